"""What of a page's elements must be known before they are walked, found by selectors all at once.

Elements are told by their ids in memory (`mem_id`), which are those of the parser's nodes.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from validator.patterns import Pattern

from .markup import CELL, GROUP, INPUT, KINDS, ROW, TABLE, UNSEEN
from .page import read_span
from .styles import Hints, Styles, find_styled
from .unseen import find_inactive, mute, mute_unseen

# What nearly every table is made of. A cell with anything else may hold several lines, or what is not its text.
_ODD = r"table :not(p,o\:p,span,td,font,tr,b,strong,u,tbody,th)"
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
_FEWEST_CELLS = 20
_FAR = -900.0  # no page is so wide that text this far to the left of it is seen


class Looks(msgspec.Struct, frozen=True):
    """Elements by what their styles do, as ids in memory (`mem_id`).

    `gone` take no room. Text straight in `mute` ones is not seen, though its room is kept, or is struck out. `raised`
    text stands above the line, `lowered` below it. `kinds` are those shown as parts of a table though not named so,
    `faint` cells with text in the colour of its ground.
    """

    gone: dict[int, LexborNode] = msgspec.field(default_factory=dict)
    mute: dict[int, LexborNode] = msgspec.field(default_factory=dict)
    raised: dict[int, LexborNode] = msgspec.field(default_factory=dict)
    lowered: dict[int, LexborNode] = msgspec.field(default_factory=dict)
    kinds: dict[int, int] = msgspec.field(default_factory=dict)
    faint: dict[int, LexborNode] = msgspec.field(default_factory=dict)


class Marks(msgspec.Struct, frozen=True):
    """Elements by what is remarkable about them.

    `looks` says what their styles do. `spans` gives how many columns and rows a cell covers, if it says so, `spanning`
    are the rows of such cells. `odd` is what holds anything but cells, paragraphs and inline elements; `half_seen` what
    holds text that is not displayed. `blocks`: there may be paragraphs in cells.
    """

    looks: Looks
    spans: dict[int, tuple[int, int]]
    spanning: set[int]
    odd: set[int]
    half_seen: set[int]
    blocks: bool


def find_marks(tree: LexborHTMLParser, hints: Hints) -> Marks:
    """Find what is remarkable in a page, of whose markup these hints were taken."""
    looks = find_looks(tree) if hints.styled else Looks()
    looks.gone.update((node.mem_id, node) for node in find_inactive(tree))
    if hints.coloured:
        looks.faint.update(mute_unseen(tree, looks.mute))
    odd = tree.css(_ODD)
    unseen = [node for node in odd if KINDS.get(node.tag) in (UNSEEN, INPUT)]
    hidden = (*looks.gone.values(), *looks.mute.values())
    shifted = (*looks.raised.values(), *looks.lowered.values())
    spans, spanning = _read_spans(tree, aria=hints.aria)
    return Marks(
        looks=looks,
        spans=spans,
        spanning=spanning,
        odd=_with_ancestors((*odd, *hidden, *shifted)) | looks.kinds.keys(),
        half_seen=_with_ancestors((*unseen, *hidden)),
        blocks=tree.css_first("td p,th p") is not None,
    )


def is_in_one_line(cell: LexborNode, text: str) -> bool:
    """Whether all text of a cell that is not odd, and so has no blocks but paragraphs, is in one of them or in none."""
    node = cell.first_child
    if node is not None and node.next is None and node.tag in ("p", "-text"):
        return True
    while node is not None:
        inside = node.text_lexbor().strip()
        if not inside:
            node = node.next
        elif inside != text:
            return False
        elif node.tag in ("p", "-text"):
            return True
        else:
            node = node.first_child
    return False


def _read_spans(tree: LexborHTMLParser, *, aria: bool) -> tuple[dict[int, tuple[int, int]], set[int]]:
    """Give how many columns and rows each cell covers that says so, and the rows of such cells."""
    columns: dict[int, int] = {}
    rows: dict[int, int] = {}
    above: dict[int, int] = {}
    # What is said for readers of screens counts where the other is not said.
    for name in ("aria-colspan", "colspan", "aria-rowspan", "rowspan") if aria else ("colspan", "rowspan"):
        found = columns if name.endswith("colspan") else rows
        for node in tree.css(f"[{name}]"):
            if written := node.attrs[name]:
                found[node.mem_id] = read_span(written)
            if node.mem_id not in above:
                above[node.mem_id] = row.mem_id if (row := node.parent) is not None else 0
    spans = {cell: (columns.get(cell, 1) or 1, rows.get(cell, 1)) for cell in above}
    return {cell: span for cell, span in spans.items() if span != (1, 1)}, set(above.values())


def _with_ancestors(nodes: Iterable[LexborNode]) -> set[int]:
    """Give the ids of these elements and of all that they lie in."""
    found: set[int] = set()
    for node in nodes:
        above: LexborNode | None = node
        while above is not None and above.mem_id not in found:
            found.add(above.mem_id)
            above = above.parent
    return found


def find_looks(tree: LexborHTMLParser) -> Looks:
    """Find the elements of a page whose styles change what text it shows."""
    looks = Looks()
    by_sheet: set[int] = set()
    veiled: dict[int, LexborNode] = {}
    roles: dict[int, int] = {}
    found = find_styled(tree)
    declared = {own: styled.styles() for own, styled in found.items()}
    for own, styled in found.items():
        node, styles = styled.node, declared[own]
        if _takes_no_room(styles):
            looks.gone[own] = node
            if "display" in styled.declared and not styled.declared["display"][0].inline:
                by_sheet.add(own)
        elif _is_seen_through(styles) or styles.get("visibility") == "hidden":
            veiled[own] = node
        elif _is_struck(styles):
            mute(node, looks.mute, lambda _: False)
        else:
            if _length(styles.get("font-size", "")) == 0:
                mute(node, looks.mute, lambda inner: _has_size(declared.get(inner.mem_id, {}).get("font-size", "")))
            _shift(node, styles, looks)
        _add_role(roles, node, styles.get("display", "").removeprefix("inline-"))
    for node in tree.css("[hidden]"):
        looks.gone[node.mem_id] = node
    for node in tree.css("[role]"):
        _add_role(roles, node, (node.attributes.get("role") or "").strip().lower())
    for own in _find_awaited(tree, looks.gone | veiled, by_sheet):
        looks.gone.pop(own, None)
        veiled.pop(own, None)
    for own, node in veiled.items():
        # What lies in it may be visible by itself, but never less seen through.
        through = _is_seen_through(declared[own])
        mute(node, looks.mute, lambda inner: not through and _is_visible(declared.get(inner.mem_id, {})))  # noqa: B023
    if roles:
        looks.kinds.update(_confirm(tree, roles))
    return looks


def _add_role(roles: dict[int, int], node: LexborNode, name: str) -> None:
    """Note what an element is shown as, unless its tag says that already."""
    kind = _ROLES.get(name)
    if kind is not None and node.tag not in _TABLE_TAGS:
        roles[node.mem_id] = kind


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


def _is_seen_through(styles: Styles) -> bool:
    """Whether an element and all in it is seen through."""
    opacity = styles.get("opacity", "").removesuffix("%")
    try:
        return bool(opacity) and float(opacity) <= 0.01
    except ValueError:
        return False


def _is_struck(styles: Styles) -> bool:
    return "line-through" in (styles.get("text-decoration-line") or styles.get("text-decoration") or "")


def _is_visible(styles: Styles) -> bool:
    return styles.get("visibility") == "visible"


def _has_size(size: str) -> bool:
    """Whether a size of letters is one by itself; one in parts of the size around it is not."""
    return bool(size) and _length(size) != 0 and not re.search(r"(?<!r)em$|%$|^inherit$", size)


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


def _find_awaited(tree: LexborHTMLParser, hidden: Mapping[int, LexborNode], by_sheet: set[int]) -> set[int]:
    """Give what a script of the page will show: where no table is shown, what a style sheet hides or holds most cells.

    Posts of WeChat lie so in pages that were saved without being run.
    """
    holding: set[int] = set()
    for table in tree.css("table") if hidden else ():
        above: LexborNode | None = table
        inside = False
        while above is not None:
            if above.mem_id in hidden:
                inside = True
                holding.add(above.mem_id)
            above = above.parent
        if not inside:
            return set()
    cells = max(_FEWEST_CELLS, len(tree.css("td"))) if holding else 0
    return {
        own
        for own in holding
        if own in by_sheet or (hidden[own].tag not in _TABLE_TAGS and len(hidden[own].css("td")) * 2 > cells)
    }


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
