"""Styles of a Word document and properties of paragraphs and runs, as far as they change what text it shows.

They are found before the text is read: most of them say nothing of it.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from validator.patterns import BytesPattern
from validator.readers.package import Element

from .parts import CELL, KINDS, ROW, VALUE, WORD, word_names

_STYLE = f"{WORD}style"
_PARAGRAPH_PROPERTIES = f"{WORD}pPr"
_RUN_PROPERTIES = f"{WORD}rPr"
_RUN, _ROW_PROPERTIES = word_names("r trPr")
_HIDDEN, _NUMBERING, _RUN_STYLE, _PARAGRAPH_STYLE = word_names("vanish numPr rStyle pStyle")
_TAKEN_AWAY = word_names("del moveFrom")
_CHANGES = word_names("ins del moveFrom moveTo cellIns cellDel cellMerge")
_BASE = BytesPattern(rb'basedOn\s[^>]*val="([^"]*)"')
_STYLE_ID = BytesPattern(rb'styleId="([^"]*)"')
_TELLING = (b"vanish", b"vertAlign", b"position", b"trike", b"numPr", b'w:color w:val="FFFFFF"', b"background1")
INK = f"{WORD}color"
"""The colour of text."""
SHIFTS = word_names("vertAlign position")
"""What sets text above or below its line."""
STRIKES = word_names("strike dstrike")
"""What strikes text out."""
_WHITE = "FFFFFF"
_LEAST_SHIFT = 4  # half points: what is moved by less is set straight

DEFAULT = ""
"""The name under which the style stands that a paragraph has if it names none."""


class Style(msgspec.Struct, frozen=True):
    """What a style says of text; None where it says nothing.

    `list_id` and `level` are those of the list that its paragraphs are numbered in, `align` is "superscript",
    "subscript" or "baseline"; `white`: its letters are.
    """

    list_id: str | None = None
    level: int | None = None
    hidden: bool | None = None
    align: str | None = None
    struck: bool | None = None
    white: bool | None = None


_PLAIN = Style()


def may_change_text(data: bytes, used: Iterable[str]) -> bool:
    """Say whether a part with styles is worth parsing: whether those used, or the default one, may change the text.

    A part may hold hundreds of styles and hardly any document uses one that hides, raises or numbers.
    """
    if not any(name in data for name in _TELLING):
        return False
    if b'styleId="' not in data:
        return True  # written in another way than all known programs do
    wanted = [name.encode() for name in used]
    wanted.extend(_find_defaults(data))
    seen: set[bytes] = set()
    while wanted:
        name = wanted.pop()
        start = data.find(b'styleId="%b"' % name)
        if name in seen or start < 0:
            continue
        seen.add(name)
        end = data.find(b"styleId=", start + 8)
        style = data[start : end if end > 0 else len(data)]
        if any(name in style for name in _TELLING):
            return True
        wanted.extend(_BASE.findall(style))
    return False


def _find_defaults(data: bytes) -> Iterator[bytes]:
    """Give the ids of the styles that are used where none is named."""
    at = data.find(b'default="')
    while at >= 0:
        tag = data[data.rfind(b"<", 0, at) : data.find(b">", at)]
        yield from _STYLE_ID.findall(tag)
        at = data.find(b'default="', at + 1)


def resolve_styles(root: Element) -> dict[str, Style]:
    """Give the styles that say anything of the text, by their ids, with what they take over from others."""
    own: dict[str, tuple[Style, str]] = {}
    default = None
    for element in root.iter(_STYLE):
        name = element.get(f"{WORD}styleId") or ""
        own[name] = _read_style(element)
        if element.get(f"{WORD}type") == "paragraph" and is_on(element.get(f"{WORD}default", "0")):
            default = name
    resolved = {name: _resolve(name, own) for name in own}
    if default is not None:
        resolved[DEFAULT] = resolved[default]
    return {name: style for name, style in resolved.items() if style != _PLAIN}


def is_on(value: str | None) -> bool:
    """Say whether a property that is there is switched on: it is, unless its value says no."""
    return value not in ("0", "false", "off")


def is_white(ink: Element) -> bool:
    """Say whether a colour is that of the page."""
    theme = ink.get(f"{WORD}themeColor")
    shaded = ink.get(f"{WORD}themeShade") or ink.get(f"{WORD}themeTint")
    return (theme in ("background1", "light1") and not shaded) or (
        not theme and (ink.get(VALUE) or "").upper() == _WHITE
    )


def read_shift(element: Element) -> str | None:
    """Give where a property of a run sets its text, as `Style.align` says it; None if it says nothing of that."""
    value = element.get(VALUE) or ""
    if element.tag == SHIFTS[0]:
        return value
    if not value.lstrip("-").isdecimal() or abs(int(value)) < _LEAST_SHIFT:
        return None
    return "subscript" if value.startswith("-") else "superscript"


def read_numbering(properties: Element) -> tuple[str | None, int | None]:
    """Give the list and the level, from 0, that a w:numPr states; None for either that it does not."""
    list_id = level = None
    for element in properties:
        value = element.get(VALUE) or ""
        if element.tag == f"{WORD}numId":
            list_id = value
        elif element.tag == f"{WORD}ilvl" and value.isdecimal():
            level = int(value)
    return list_id, level


def _read_style(element: Element) -> tuple[Style, str]:
    """Give what a style says by itself, and the id of the style that it is based on."""
    base = ""
    list_id: str | None = None
    level: int | None = None
    hidden: bool | None = None
    align: str | None = None
    struck: bool | None = None
    white: bool | None = None
    for child in element:
        if child.tag == f"{WORD}basedOn":
            base = child.get(VALUE) or ""
        elif child.tag == _PARAGRAPH_PROPERTIES:
            for item in child:
                if item.tag == f"{WORD}numPr":
                    list_id, level = read_numbering(item)
        elif child.tag == _RUN_PROPERTIES:
            for item in child:
                if item.tag == f"{WORD}vanish":
                    hidden = is_on(item.get(VALUE))
                elif item.tag in SHIFTS:
                    align = read_shift(item) or align
                elif item.tag in STRIKES:
                    struck = struck or is_on(item.get(VALUE))
                elif item.tag == INK:
                    white = is_white(item)
    return Style(list_id, level, hidden, align, struck, white), base


def _resolve(name: str, own: dict[str, tuple[Style, str]]) -> Style:
    found = _PLAIN
    seen: set[str] = set()
    while name in own and name not in seen:
        seen.add(name)
        style, name = own[name]
        found = Style(
            found.list_id if found.list_id is not None else style.list_id,
            found.level if found.level is not None else style.level,
            found.hidden if found.hidden is not None else style.hidden,
            found.align if found.align is not None else style.align,
            found.struck if found.struck is not None else style.struck,
            found.white if found.white is not None else style.white,
        )
    return found


class ParagraphMark(msgspec.Struct):
    """What the properties of a paragraph say. `joins`: its end is deleted or hidden, so that the next goes on."""

    list_id: str | None = None
    level: int | None = None
    style: str = DEFAULT
    joins: bool = False


class RunMark(msgspec.Struct):
    """What the properties of a run say; `align` is "superscript", "subscript" or "baseline", None for nothing."""

    hidden: bool | None = None
    struck: bool | None = None
    align: str | None = None
    style: str | None = None


class Marks(msgspec.Struct):
    """Properties that matter, by their elements; and how many changes are pending, in tables and elsewhere."""

    styles: Mapping[str, Style]
    paragraphs: dict[Element, ParagraphMark] = msgspec.field(default_factory=dict)
    runs: dict[Element, RunMark] = msgspec.field(default_factory=dict)
    changes: int = 0
    changes_in_cells: int = 0

    def find_all(self, root: Element) -> None:
        """Find what is remarkable in a part, beside what was found in others."""
        names = (_HIDDEN, *SHIFTS, *STRIKES, _NUMBERING, *_CHANGES)
        if self.styles:
            names = (*names, _RUN_STYLE, _PARAGRAPH_STYLE)
        for element in root.iter(*names):
            parent = element.getparent()
            above = parent.getparent() if parent is not None else None
            if parent is None or above is None:
                continue
            if element.tag in _CHANGES:
                self._take_change(element, parent, above)
            elif element.tag in (_NUMBERING, _PARAGRAPH_STYLE):
                self._take_paragraph(element, parent)
            elif above.tag == _RUN:
                self._take_run(element, self.runs.setdefault(parent, RunMark()))
            elif element.tag == _HIDDEN and above.tag == _PARAGRAPH_PROPERTIES and is_on(element.get(VALUE)):
                self._of_paragraph(above).joins = True

    def style_of(self, name: str | None) -> Style:
        """Give what a style says of the text; nothing if there is none."""
        return _PLAIN if name is None else self.styles.get(name, _PLAIN)

    def _take_run(self, element: Element, mark: RunMark) -> None:
        if element.tag == _HIDDEN:
            mark.hidden = is_on(element.get(VALUE))
        elif element.tag in SHIFTS:
            mark.align = read_shift(element) or mark.align
        elif element.tag in STRIKES:
            mark.struck = mark.struck or is_on(element.get(VALUE))
        else:
            mark.style = element.get(VALUE)

    def _take_paragraph(self, element: Element, properties: Element) -> None:
        if element.tag == _NUMBERING:
            mark = self._of_paragraph(properties)
            mark.list_id, mark.level = read_numbering(element)
            return
        style = element.get(VALUE) or DEFAULT
        if style in self.styles or DEFAULT in self.styles:
            self._of_paragraph(properties).style = style

    def _of_paragraph(self, properties: Element) -> ParagraphMark:
        return self.paragraphs.setdefault(properties, ParagraphMark())

    def _take_change(self, element: Element, parent: Element, above: Element) -> None:
        if parent.tag == _RUN_PROPERTIES and above.tag == _PARAGRAPH_PROPERTIES:
            if element.tag not in _TAKEN_AWAY:
                return  # a paragraph that was added, whose text is counted itself
            self._of_paragraph(above).joins = True
        if _is_in_cell(above) or parent.tag == _ROW_PROPERTIES:
            self.changes_in_cells += 1
        else:
            self.changes += 1


def _is_in_cell(element: Element | None) -> bool:
    while element is not None:
        if KINDS.get(element.tag) in (CELL, ROW):
            return True
        element = element.getparent()
    return False
