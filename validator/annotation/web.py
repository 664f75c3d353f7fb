"""A web page and the notes on it -> a copy with one style sheet more, which marks the places and prints the notes.

All other bytes stay. The sheet is ASCII, whatever the page is written in, names elements by where they stand in the
tree that browsers build, and fetches and executes nothing.
"""

import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from validator.errors import ReadError
from validator.model.location import Location
from validator.patterns import Pattern
from validator.readers.decoding import decode, find_encoding
from validator.readers.web import END_OF_NOTES, START_OF_NOTES, find_page, find_web_places
from validator.render.look import Look
from validator.words import line

from .notes import COLOURS, Notes

_EDGES = {"error": "C8321E", "warning": "B97900", "note": "3A6EA5", "": "707070"}
_BOX = (
    "font:14px/1.6 sans-serif;color:#222;background:#fff;text-align:left;text-indent:0;white-space:pre-line;"
    "box-sizing:border-box;padding:.5em .8em;margin:.3em 0;border:1px solid #999;border-left:6px solid #C8321E;"
    "float:none;height:auto;min-height:0;max-height:none;visibility:visible;opacity:1;transform:none;clear:both"
)
_BADGE = (
    "display:block;position:absolute;top:0;right:0;left:auto;bottom:auto;width:auto;height:auto;margin:0;padding:0 3px;"
    "font:bold 11px/14px sans-serif;color:#fff;text-indent:0;white-space:nowrap;z-index:1"
)
_OPENED = (
    "top:100%;width:24em;max-width:60vw;padding:.5em .8em;font:14px/1.6 sans-serif;color:#222;background:#fff;"
    "border:1px solid #999;text-align:left;white-space:pre-line;z-index:2147483647"
)
_NAME = Pattern(r"[A-Za-z][A-Za-z0-9_-]*")
_UNSEEN = Pattern(r"(<noscript\b[^>]*>).*?(</noscript\s*>)", re.IGNORECASE | re.DOTALL)
_PLAIN = frozenset("!#$%'()*+,-./0123456789:=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~")


def annotate_web(data: bytes, notes: Notes, look: Look) -> bytes:
    """Give the copy. An earlier sheet of ours is replaced. Raises ReadError as `read_html`, or if none counts."""
    mark, encoding = find_encoding(data, html=True)
    data = _clear(data, len(mark), encoding)
    if not notes.notes and not notes.touched:
        return data
    for end in _ends(data, encoding):
        room = f"{START_OF_NOTES}{END_OF_NOTES}".encode(encoding)
        page = _Page(data[:end] + room + data[end:])
        if page.has_room:
            sheet = "\n".join(("", *_write_rules(page, notes, look), ""))
            return data[:end] + f"{START_OF_NOTES}{sheet}{END_OF_NOTES}".encode(encoding) + data[end:]
    raise ReadError("damaged", kind="HTML", detail="no place for a style sheet")


def annotate_archive(data: bytes, notes: Notes, look: Look) -> bytes:
    """Give the copy of an archive (MIME) in which the page is annotated; its other parts stay as they are.

    Raises ReadError as `annotate_web`, and where the page is not found as it is written.
    """
    page, length, written, transfer = find_page(data)
    copy = annotate_web(page, notes, look)[len(page) - length :]
    start = data.find(written)
    if start < 0 or not written:
        raise ReadError("damaged", kind="MHTML", detail=transfer)
    end = b"\r\n" if b"\r\n" in data else b"\n"
    if transfer == "base64":
        copy = encodebytes(copy).replace(b"\n", end)
    elif transfer == "quoted-printable":
        lines = copy.replace(b"\r\n", b"\n").split(b"\n")
        copy = end.join(b2a_qp(line, istext=False).replace(b"=\n", b"=" + end) for line in lines)
    return data[:start] + copy + data[start + len(written) :]


def _clear(data: bytes, start: int, encoding: str) -> bytes:
    """Take our earlier sheet away."""
    opening, closing = START_OF_NOTES.encode(encoding), END_OF_NOTES.encode(encoding)
    while (begin := data.find(opening, start)) >= 0 and (end := data.find(closing, begin)) >= 0:
        data = data[:begin] + data[end + len(closing) :]
    return data


def _ends(data: bytes, encoding: str) -> Iterator[int]:
    """Give where a sheet may stand: before the end of the body or the page as it is written, or behind all.

    Where something that is not closed holds these, as a comment, it is the head of the body or before the first table.
    """
    lower = data.lower()
    for tag in ("</body", "</html"):
        if (found := lower.rfind(tag.encode(encoding))) >= 0:
            yield found
    yield len(data)
    if (found := lower.find("<body".encode(encoding))) >= 0:
        closing = ">".encode(encoding)
        if (end := lower.find(closing, found)) >= 0:
            yield end + len(closing)
    if (found := lower.find("<table".encode(encoding))) >= 0:
        yield found


class _Page:
    """The tree that a browser builds of a page in which there is room for our sheet, and what is where in it."""

    def __init__(self, data: bytes) -> None:
        text, _ = decode(data, html=True)
        self.tree, self.places = find_web_places(text.encode("utf-8", "replace"))
        if "<noscript" in text.lower():
            # What is for browsers without scripts is plain text to all others, and opens no elements there.
            self.tree, places = find_web_places(_UNSEEN.sub(r"\1\2", text).encode("utf-8", "replace"))
            self.places = dict(_carry(self.places, places))
        self.has_room = len(self.tree.css("style[data-gouji=notes]")) == 1
        named = [node.attributes.get("id") or "" for node in self.tree.css("[id]")]
        self._names = {name for name in named if named.count(name) == 1 and _NAME.fullmatch(name)}

    def find(self, place: Location) -> Any:  # noqa: ANN401 - an element of lexbor, or None
        """Give the element of a place, None for one that holds far more than the place."""
        node = self.places.get(place)
        if node is None or node.tag in ("body", "html") or (node.tag not in ("td", "th") and node.css_first("table")):
            return None
        selector = self.select(node)
        return node if [one.mem_id for one in self.tree.css(selector)] == [node.mem_id] else None

    def select(self, node: Any) -> str:  # noqa: ANN401
        """Name an element by its place among its siblings and theirs, down from the root or a name of its own."""
        steps: list[str] = []
        while node is not None and node.tag != "html":
            name = node.attributes.get("id")
            if name in self._names:
                return ">".join((f'[id="{name}"]', *reversed(steps)))
            number = 1
            before = node.prev
            while before is not None:
                number += before.is_element_node
                before = before.prev
            steps.append(f"{node.tag if _NAME.fullmatch(node.tag) else '*'}:nth-child({number})")
            node = node.parent
        return ">".join(("html", *reversed(steps)))


def _carry(read: dict[Location, Any], seen: dict[Location, Any]) -> Iterator[tuple[Location, Any]]:
    """Give the places of a page as it is read with their elements in the tree that is seen, where these are certain."""
    by_text: dict[str, list[Any]] = {}
    for node in seen.values():
        by_text.setdefault(node.text(), []).append(node)
    for place, node in read.items():
        twin, same = seen.get(place), by_text.get(node.text(), [])
        if twin is not None and twin.text() == node.text():
            yield place, twin
        elif len(same) == 1:
            yield place, same[0]


def _write_rules(page: _Page, notes: Notes, look: Look) -> Iterator[str]:
    """Give the rules: a cell with a note has its number, a line of text its note below, a table those of its cells."""
    yield "style[data-gouji]{display:none!important}"
    for place in notes.touched:
        if (node := page.find(place)) is not None:
            yield _rule(page.select(node), f"background:#{COLOURS['touched']};{_PRINTED}")
    placed: dict[str, tuple[Any, list[str], list[str], str]] = {}
    elsewhere: list[str] = []
    for number, note in zip(count(1), notes.notes, strict=False):
        said = f"{number}  " + "\n".join(note.lines)
        node = page.find(note.place)
        if node is None:
            elsewhere.append(said)
            continue
        _, numbers, texts, _ = placed.setdefault(page.select(node), (node, [], [], note.severity))
        numbers.append(str(number))
        texts.append(said)
    below: dict[str, list[tuple[int, str]]] = {}
    for selector, (node, numbers, texts, severity) in placed.items():
        edge = f"#{_EDGES[severity]}"
        marked = f"background:#{COLOURS[severity]};outline:2px solid {edge};outline-offset:-2px;{_PRINTED}"
        if node.tag not in ("td", "th"):
            yield _rule(selector, marked)
            yield _rule(f"{selector}::after", f"content:{_quote(texts)};display:block;position:static;{_BOX}")
            continue
        yield _rule(selector, f"{marked};position:relative")
        yield _rule(
            f"{selector}::after", f"content:{_quote([','.join(numbers)])};{_BADGE};background:{edge};{_PRINTED}"
        )
        side = "left:0;right:auto" if _is_in_left_half(node) else "left:auto;right:0"
        yield f"@media screen{{{_rule(f'{selector}:hover::after', f'content:{_quote(texts)};{_OPENED};{side}')}}}"
        below.setdefault(page.select(_table_of(node)), []).extend(zip(map(int, numbers), texts, strict=True))
    for selector, told in below.items():
        box = f"display:table-caption;caption-side:bottom;position:static;{_BOX}"
        yield _rule(f"{selector}::after", f"content:{_quote(text for _, text in sorted(told))};{box}")
    head = [look.say(line("notes-in-page", count=len(notes.notes))), *elsewhere]
    yield _rule("html>body::before", f"content:{_quote(head)};display:block;position:static;{_BOX}")


_PRINTED = "-webkit-print-color-adjust:exact;print-color-adjust:exact"
"""Backgrounds are left out on paper otherwise."""


def _rule(selector: str, declarations: str) -> str:
    """Give a rule that counts above those of the page."""
    return f"{selector}{{{declarations.replace(';', '!important;')}!important}}"


def _quote(texts: Iterable[str]) -> str:
    """Give texts, a line or more each, as a string of CSS in ASCII that no parser of HTML takes for anything else."""
    return '"' + "".join(c if c in _PLAIN else f"\\{ord(c):x} " for c in "\n\n".join(texts) if _is_shown(c)) + '"'


def _is_shown(character: str) -> bool:
    return character.isprintable() or character == "\n"


def _is_in_left_half(cell: Any) -> bool:  # noqa: ANN401
    cells = [child.mem_id for child in cell.parent.iter()]
    return cells.index(cell.mem_id) * 2 < len(cells)


def _table_of(cell: Any) -> Any:  # noqa: ANN401
    node = cell
    while node.tag != "table":
        node = node.parent
    return node
