"""Elements of a page that nobody sees though no style of the page hides them.

Text may have the colour of its ground, which is what the element or the nearest one around it lays; without any, the
white page. Where a picture, a style sheet of another file or a browser's own style may lay one, text is taken to be
seen. Of tabs that hold the same table, as year by year, the one that is marked as active is seen.
"""

from collections.abc import Callable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .colours import BLACK, CLEAR, PICTURE, UNKNOWN, WHITE, Colour, are_alike, read_colour, read_ground
from .styles import Styled, find_coloured

_INKED = '[style*="color" i],[style*="background" i]'
_BY_ATTRIBUTE = "font[color],[bgcolor]"
_OWN_COLOURS = frozenset(("a", "mark", "button", "input", "select", "textarea", "option"))
_ACTIVE = frozenset(("active", "current", "selected", "show", "shown", "on"))
_FEWEST_LABELS = 8
_LONGEST_HEADING = 60
_MOST_COMPARED = 20_000_000
"""With more style rules times elements than this, colours are not looked at."""


def mute_unseen(tree: LexborHTMLParser, muted: dict[int, LexborNode]) -> dict[int, LexborNode]:
    """Mute the text that has the colour of its ground; give the cells that hold some, by their ids."""
    found = find_coloured(tree, _INKED, _MOST_COMPARED)
    nodes = {own: styled.node for own, styled in found.items()}
    nodes.update((node.mem_id, node) for node in tree.css(_BY_ATTRIBUTE))
    has_sheets = tree.css_first('link[rel~="stylesheet" i][href]') is not None
    unseen = [node for node in nodes.values() if _is_unseen(node, found, has_sheets=has_sheets)]
    for node in unseen:
        mute(node, muted, lambda inner: inner.mem_id in nodes or inner.tag in _OWN_COLOURS)
    cells = (cell for node in unseen for cell in _cells_of(node))
    return {cell.mem_id: cell for cell in cells if _holds_muted(cell, muted)}


def find_inactive(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Give the elements beside one marked as active that share a class with it, and the labels of its tables.

    Style sheets and scripts of other files show one of them at a time. Those that hold whole reports are none of them.
    """
    tables = tree.css("table")
    beside: dict[int, dict[int, LexborNode]] = {}
    for table in tables if len(tables) > 1 else ():
        above = table.parent
        while above is not None and (around := above.parent) is not None:
            there = beside.setdefault(around.mem_id, {})
            if above.mem_id in there:
                break
            there[above.mem_id] = above
            above = around
    for panes in beside.values():
        classes = {own: _classes_of(pane) for own, pane in panes.items()} if len(panes) > 1 else {}
        active = [own for own, names in classes.items() if any(map(_is_active, names))]
        if len(active) == 1:
            names, labels = classes.pop(active[0]), _labels_of(panes[active[0]])
            for own, others in classes.items():
                same = _labels_of(panes[own])
                alike = len(same & labels) * 10 >= max(_FEWEST_LABELS, len(same)) * 9
                if alike and names & others and not _holds_text(panes[own]):
                    yield panes[own]


def _classes_of(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").lower().split())


def _is_active(name: str) -> bool:
    return name.rpartition("-")[2] in _ACTIVE


def _holds_text(node: LexborNode) -> bool:
    tables = "".join(table.text_lexbor() for table in node.css("table"))
    return len("".join(node.text_lexbor().split())) > len("".join(tables.split())) + _LONGEST_HEADING


def _labels_of(node: LexborNode) -> set[str]:
    texts = ("".join(cell.text_lexbor().split()) for cell in node.css("td,th"))
    return {text for text in texts if len(text) > 2 and not text.isascii()}


def mute(node: LexborNode, muted: dict[int, LexborNode], is_seen: Callable[[LexborNode], bool]) -> None:
    """Mute an element and all in it but what is seen all the same."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        muted[inner.mem_id] = inner
        waiting.extend(child for child in inner.iter(include_text=True) if not is_seen(child))


def _cells_of(node: LexborNode) -> list[LexborNode]:
    """Give the cell around an element, or the cells in it."""
    above: LexborNode | None = node
    while above is not None and above.tag not in ("td", "th"):
        above = above.parent
    return node.css("td,th") if above is None else [above]


def _holds_muted(cell: LexborNode, muted: Mapping[int, LexborNode]) -> bool:
    texts = (node for node in cell.traverse(include_text=True) if node.tag == "-text" and node.mem_id in muted)
    return any((text.text_content or "").strip() for text in texts)


def _is_unseen(node: LexborNode, found: Mapping[int, Styled], *, has_sheets: bool) -> bool:
    if _ink_of(node, found) is None and _ground_of(node, found) is None:
        return False
    ink = _nearest_ink(node, found, UNKNOWN if has_sheets else BLACK)
    ground = _nearest_ground(node, found)
    if ground is None:
        ground = UNKNOWN if has_sheets and not _stands_beside_other(node) else WHITE
    return ground != UNKNOWN and (ink == CLEAR or are_alike(ink, ground))


def _nearest_ink(node: LexborNode, found: Mapping[int, Styled], default: Colour) -> Colour:
    above: LexborNode | None = node
    while above is not None:
        if (ink := _ink_of(above, found)) is not None:
            return ink
        if above.tag in _OWN_COLOURS:
            return UNKNOWN
        above = above.parent
    return default


def _nearest_ground(node: LexborNode, found: Mapping[int, Styled]) -> Colour | None:
    above: LexborNode | None = node
    while above is not None:
        if (ground := _ground_of(above, found)) is not None:
            return ground
        if above.tag in _OWN_COLOURS - {"a"}:
            return UNKNOWN
        above = above.parent
    return None


def _ink_of(node: LexborNode, found: Mapping[int, Styled]) -> Colour | None:
    """Give the colour that an element is given for its text; None if it takes that around it."""
    styled = found.get(node.mem_id)
    value = styled.styles().get("color") if styled is not None else None
    if value is None and node.tag == "font":
        value = node.attributes.get("color")
    return None if not value or value in ("inherit", "currentcolor", "unset") else read_colour(value)


def _ground_of(node: LexborNode, found: Mapping[int, Styled]) -> Colour | None:
    """Give the ground that an element lays; None if that around it shows through."""
    styled = found.get(node.mem_id)
    declared = dict(styled.declared) if styled is not None else {}
    if PICTURE.search(declared.get("background-image", (None, ""))[1]):
        return UNKNOWN
    laid = [declared[name] for name in ("background", "background-color") if name in declared]
    if laid:
        ground = read_ground(max(laid, key=lambda one: one[0])[1])
        return None if ground == CLEAR else ground
    attributes = node.attributes if node.tag in ("table", "tr", "td", "th", "tbody", "thead", "body") else {}
    if attributes.get("background"):
        return UNKNOWN
    return read_colour(colour) if (colour := attributes.get("bgcolor")) else None


def _stands_beside_other(node: LexborNode) -> bool:
    """Whether other text stands in the cell or paragraph of an element, on the same ground."""
    text, above = node.text_lexbor().strip(), node.parent
    while above is not None and node.tag not in ("td", "th"):
        if above.tag in ("td", "th", "p", "li"):
            return above.text_lexbor().strip() != text
        above = above.parent
    return False
