"""What the styles of a web page, its own and those of single elements, do to the text that it shows.

Only properties that change what a reader takes for text are known here; style sheets of other files are not read.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from validator.patterns import Pattern

from .tags import CELL, GROUP, KINDS, ROW, TABLE

_TELLING_WORDS = (b"hidden", b"display", b"visibility", b"opacity", b"line-through", b"mso-text-raise")
_OFF_SCREEN, _NOTHING = rb"\s*:\s*-\d{3,}", rb"\s*:\s*0(?![.\d]*[1-9])"
_TELLING = {
    b"role": rb"\s*=",
    b"font-size": _NOTHING,
    b"vertical-align": rb"\s*:\s*['\"]?(?:su[bp]|-?[\d.]*[1-9])",
    b"left": _OFF_SCREEN,
    b"top": _OFF_SCREEN,
    b"right": _OFF_SCREEN,
    b"indent": _OFF_SCREEN,
    b"clip": rb"(?:-path)?\s*:",
    b"width": _NOTHING,
    b"height": _NOTHING,
}
_TELLING_RULES = {word: re.compile(word + rest) for word, rest in _TELLING.items()}


def may_matter(markup: bytes) -> bool:
    """Say whether the styles of a page, in lower case, may matter: whether it says somewhere what hides or raises text.

    Each word is looked for by itself, which is many times faster than one pattern of all of them.
    """
    if any(word in markup for word in _TELLING_WORDS):
        return True
    return any(word in markup and rule.search(markup) is not None for word, rule in _TELLING_RULES.items())


_INLINE = (
    ",".join(
        f'[style*="{word}" i]'
        for word in (
            "display",
            "visibility",
            "opacity",
            "line-through",
            "font-size",
            "vertical-align",
            "mso-text-raise",
        )
    )
    + ',[style*="-9" i],[style*="clip" i],[style*="overflow" i],[style*="-1" i]'
)
_KNOWN = frozenset(
    (
        *("display", "visibility", "opacity", "text-decoration", "text-decoration-line", "font-size", "vertical-align"),
        *("mso-text-raise", "position", "left", "top", "right", "text-indent", "margin-left", "clip", "clip-path"),
        *("overflow", "width", "height", "max-height"),
    )
)
_ROLES = {
    "table": TABLE,
    "grid": TABLE,
    "treegrid": TABLE,
    "rowgroup": GROUP,
    "row": ROW,
    "cell": CELL,
    "gridcell": CELL,
    "columnheader": CELL,
    "rowheader": CELL,
    "inline-table": TABLE,
    "table-row-group": GROUP,
    "table-header-group": GROUP,
    "table-footer-group": GROUP,
    "table-row": ROW,
    "table-cell": CELL,
}
_TABLE_TAGS = frozenset(tag for tag, kind in KINDS.items() if kind in (TABLE, GROUP, ROW, CELL))
_LENGTH = Pattern(r"([+-]?\d*\.?\d+)\s*(px|pt|em|rem|%|cm|mm|in|ex|ch|vw|vh)?$")
_TAG_NAME = Pattern(r"(?:^|[\s>+~])[a-z][\w-]*")
_NAMED = Pattern(r"[.\[:](?!:)")
_FOR_SCREENS = Pattern(r"(?:^|,)\s*(?:only\s+)?(?:all|screen)?\s*(?:,|$)|^\s*(?:only\s+)?(?:all|screen)\s+and\b")
_FAR = -900.0  # no page is so wide that text this far to the left of it is seen

Styles = Mapping[str, str]


class Looks(msgspec.Struct, frozen=True):
    """Elements by what their styles do, as ids in memory (`mem_id`).

    `gone` take no room. Text straight in `mute` ones is not seen, though its room is kept, or is struck out. `raised`
    text stands above the line, `lowered` below it. `kinds` are those shown as parts of a table though not named so.
    """

    gone: dict[int, LexborNode] = msgspec.field(default_factory=dict)
    mute: dict[int, LexborNode] = msgspec.field(default_factory=dict)
    raised: dict[int, LexborNode] = msgspec.field(default_factory=dict)
    lowered: dict[int, LexborNode] = msgspec.field(default_factory=dict)
    kinds: dict[int, int] = msgspec.field(default_factory=dict)


class _Priority(NamedTuple):
    important: bool
    inline: bool
    ids: int
    names: int
    tags: int
    order: int


class _Styled(msgspec.Struct):
    """An element and what is declared for it: of each property the value that counts, and its priority."""

    node: LexborNode
    declared: dict[str, tuple[_Priority, str]] = msgspec.field(default_factory=dict)

    def declare(self, name: str, value: str, priority: _Priority) -> None:
        """Take a declaration over unless a stronger one was met."""
        if name in _KNOWN and (name not in self.declared or self.declared[name][0] <= priority):
            self.declared[name] = (priority, value)

    def styles(self) -> dict[str, str]:
        """Give the values that count."""
        return {name: value for name, (_, value) in self.declared.items()}


def find_looks(tree: LexborHTMLParser) -> Looks:
    """Find the elements of a page whose styles change what text it shows."""
    looks = Looks()
    by_sheet: set[int] = set()
    roles: dict[int, int] = {}
    found = _find_styled(tree)
    declared = {own: styled.styles() for own, styled in found.items()}
    for own, styled in found.items():
        node, styles = styled.node, declared[own]
        if _takes_no_room(styles):
            looks.gone[own] = node
            if "display" in styled.declared and not styled.declared["display"][0].inline:
                by_sheet.add(own)
        elif _is_unseen(styles):
            _mute(node, looks.mute, lambda _: False)
        else:
            _mute_inherited(node, declared, looks.mute)
            _shift(node, styles, looks)
        kind = _ROLES.get(styles.get("display", ""), TABLE if styles.get("display") == "table" else None)
        if kind is not None and node.tag not in _TABLE_TAGS:
            roles[own] = kind
    for node in tree.css("[hidden]"):
        looks.gone[node.mem_id] = node
    for node in tree.css("[role]"):
        kind = _ROLES.get((node.attributes.get("role") or "").strip().lower())
        if kind is not None and node.tag not in _TABLE_TAGS:
            roles[node.mem_id] = kind
    _keep_last_tables(tree, looks.gone, by_sheet)
    if roles:
        looks.kinds.update(_confirm(tree, roles))
    return looks


def _find_styled(tree: LexborHTMLParser) -> dict[int, _Styled]:
    """Give the elements for which anything is declared, by the page's style sheets or by themselves, by their ids."""
    found: dict[int, _Styled] = {}
    sheets = [sheet.text() for sheet in tree.css("style") if _is_for_screens(sheet.attributes.get("media") or "")]
    telling = [sheet for sheet in sheets if may_matter(sheet.lower().encode("utf-8", "replace"))]
    order = 0
    for selectors, declarations in _read_sheets(telling):
        order += 1
        for selector in selectors:
            try:
                nodes = tree.css(selector)
            except SelectolaxError:
                continue  # nothing a parser knows, or a part that stands for no element, such as ::before
            for node in nodes:
                styled = found.setdefault(node.mem_id, _Styled(node))
                for name, value, important in declarations:
                    styled.declare(name, value, _Priority(important, False, *_weigh(selector), order))
    for node in tree.css(_INLINE):
        styled = found.setdefault(node.mem_id, _Styled(node))
        for declaration in (node.attributes.get("style") or "").lower().split(";"):
            name, _, value = declaration.partition(":")
            important = "!important" in value
            value = value.replace("!important", "").strip()
            styled.declare(name.strip(), value, _Priority(important, True, 0, 0, 0, 0))
    return found


def _read_sheets(sheets: Iterable[str]) -> Iterator[tuple[list[str], list[tuple[str, str, bool]]]]:
    """Give the rules of style sheets that declare anything of interest: selectors, and declarations in lower case."""
    if not sheets:
        return
    import tinycss2  # few pages bring a style sheet that matters

    waiting = [rule for sheet in sheets for rule in tinycss2.parse_stylesheet(sheet, True, True)]
    waiting.reverse()
    while waiting:
        rule = waiting.pop()
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer") and rule.content:
            if rule.lower_at_keyword != "media" or _is_for_screens(tinycss2.serialize(rule.prelude)):
                waiting.extend(reversed(tinycss2.parse_rule_list(rule.content, True, True)))
        elif rule.type == "qualified-rule":
            declarations = [
                (item.lower_name, tinycss2.serialize(item.value).strip().lower(), item.important)
                for item in tinycss2.parse_declaration_list(rule.content, True, True)
                if item.type == "declaration" and item.lower_name in _KNOWN
            ]
            if declarations:
                prelude = tinycss2.serialize(rule.prelude)
                yield [selector.strip() for selector in _split_selectors(prelude)], declarations


def _split_selectors(prelude: str) -> Iterator[str]:
    """Split a list of selectors at its commas, but not at those in brackets."""
    start = depth = 0
    for index, sign in enumerate(prelude):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield prelude[start:index]
            start = index + 1
    yield prelude[start:]


def _weigh(selector: str) -> tuple[int, int, int]:
    """Count the ids, the other names and the tags of a selector, by which of two the stronger one is told."""
    return selector.count("#"), len(_NAMED.findall(selector)), len(_TAG_NAME.findall(selector))


def _is_for_screens(media: str) -> bool:
    """Whether a style sheet counts on a screen of a desk; one that asks for a width is taken to."""
    media = media.lower()
    return bool(_FOR_SCREENS.search(media)) and "max-width" not in media and "print" not in media.split()


def _length(value: str) -> float | None:
    """Give a length in pixels or so, None for what is none."""
    found = _LENGTH.match(value.strip())
    if found is None:
        return None
    number = float(found[1])
    return number * {"em": 16, "rem": 16, "cm": 38, "in": 96, "pt": 1.33}.get(found[2] or "px", 1)


def _takes_no_room(styles: Styles) -> bool:
    if styles.get("display") == "none" or styles.get("visibility") == "collapse":
        return True
    if styles.get("position") in ("absolute", "fixed"):
        if any((_length(styles.get(side, "")) or 0) <= _FAR for side in ("left", "top", "right")):
            return True
        clipped = re.match(r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?", styles.get("clip", ""))
        if clipped or re.match(r"inset\(\s*(?:50|100)%", styles.get("clip-path", "")):
            return True
    if any((_length(styles.get(side, "")) or 0) <= _FAR for side in ("text-indent", "margin-left")):
        return True
    return styles.get("overflow") == "hidden" and any(
        _length(styles.get(side, "")) == 0 for side in ("width", "height", "max-height")
    )


def _is_unseen(styles: Styles) -> bool:
    """Whether an element and all in it is seen through, or struck out."""
    opacity = styles.get("opacity", "").removesuffix("%")
    struck = styles.get("text-decoration-line") or styles.get("text-decoration") or ""
    try:
        return "line-through" in struck or (bool(opacity) and float(opacity) <= 0.01)
    except ValueError:
        return False


def _mute_inherited(node: LexborNode, declared: Mapping[int, Styles], mute: dict[int, LexborNode]) -> None:
    """Mute what inherits that it is not visible, or the size 0; what lies in it may say otherwise for itself."""
    styles = declared[node.mem_id]
    if styles.get("visibility") == "hidden":
        _mute(node, mute, lambda inner: declared.get(inner.mem_id, {}).get("visibility") == "visible")
    elif _length(styles.get("font-size", "")) == 0:
        _mute(node, mute, lambda inner: _has_size(declared.get(inner.mem_id, {}).get("font-size", "")))


def _has_size(size: str) -> bool:
    """Whether a size of letters is one by itself; one in parts of the size around it is not."""
    return bool(size) and _length(size) != 0 and not re.search(r"(?<!r)em$|%$|^inherit$", size)


def _mute(node: LexborNode, mute: dict[int, LexborNode], is_seen: Callable[[LexborNode], bool]) -> None:
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        mute[inner.mem_id] = inner
        waiting.extend(child for child in inner.iter(include_text=True) if not is_seen(child))


def _shift(node: LexborNode, styles: Styles, looks: Looks) -> None:
    """Note text that is set above or below its line."""
    if node.tag in _TABLE_TAGS:
        return  # of a cell it says where its text stands in it
    align = styles.get("vertical-align", "")
    raised = _length(styles.get("mso-text-raise", "")) or (_length(align) or 0)
    if align == "super" or raised > 0:
        looks.raised[node.mem_id] = node
    elif align == "sub" or raised < 0:
        looks.lowered[node.mem_id] = node


def _keep_last_tables(tree: LexborHTMLParser, gone: dict[int, LexborNode], by_sheet: set[int]) -> None:
    """Take what a style sheet hides for shown if no table is left: a script of the page will show it."""
    tables = tree.css("table") if by_sheet else []
    holding: set[int] = set()
    for table in tables:
        above: LexborNode | None = table
        hidden = False
        while above is not None:
            if above.mem_id in gone:
                hidden = True
                holding.add(above.mem_id)
            above = above.parent
        if not hidden:
            return
    for own in holding & by_sheet:
        del gone[own]


def _confirm(tree: LexborHTMLParser, roles: Mapping[int, int]) -> dict[int, int]:
    """Give the kinds of those elements that make up whole tables: rows of several cells that lie in a table."""
    confirmed: dict[int, int] = {}
    for node in tree.css("*"):
        if roles.get(node.mem_id) != ROW:
            continue
        cells = [child for child in node.iter() if roles.get(child.mem_id) == CELL]
        above = node.parent
        between: list[int] = []
        while above is not None and roles.get(above.mem_id) != TABLE:
            if roles.get(above.mem_id) == GROUP:
                between.append(above.mem_id)
            above = above.parent
        if len(cells) > 1 and above is not None:
            confirmed[above.mem_id] = TABLE
            confirmed[node.mem_id] = ROW
            confirmed.update(dict.fromkeys(between, GROUP))
            confirmed.update((cell.mem_id, CELL) for cell in cells)
    return confirmed
