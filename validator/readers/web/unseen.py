"""Elements of a page that nobody sees though no style of the page hides them.

Text may have the colour of its ground, which is what the element or the nearest one around it lays; without any, the
white page. Where a picture, a style sheet of another file or a browser's own style may lay one, text is taken to be
seen. Of tabs that hold the same table, as year by year, the one that is marked as active is seen.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .colours import BLACK, CLEAR, PICTURE, UNKNOWN, WHITE, Colour, are_alike, read_colour, read_ground
from .styles import Styled, find_coloured

T = TypeVar("T")

_INKED = '[style*="color" i],[style*="background" i]'
_BY_ATTRIBUTE = "font[color],[bgcolor]"
_OWN_COLOURS = frozenset(("a", "mark", "button", "input", "select", "textarea", "option"))
_OWN_GROUNDS = _OWN_COLOURS - {"a"}
_HOLDERS = frozenset(("td", "th", "p", "li"))
_ACTIVE = frozenset(("active", "current", "selected", "show", "shown", "on"))
_FEWEST_LABELS = 8
_MOST_TABS = 50
_LONGEST_HEADING = 60
_MOST_COMPARED = 20_000_000
"""With more style rules times elements than this, colours are not looked at."""


def mute_unseen(tree: LexborHTMLParser, muted: dict[int, LexborNode]) -> dict[int, LexborNode]:
    """Mute the text that has the colour of its ground; give the cells that hold some, by their ids."""
    found = find_coloured(tree, _INKED, _MOST_COMPARED)
    nodes = {own: styled.node for own, styled in found.items()}
    nodes.update((node.mem_id, node) for node in tree.css(_BY_ATTRIBUTE))
    page = _Colours(found, has_sheets=tree.css_first('link[rel~="stylesheet" i][href]') is not None)
    faded: dict[int, LexborNode] = {}
    for node in nodes.values():
        if page.is_unseen(node):
            mute(node, faded, lambda inner: inner.mem_id in nodes or inner.tag in _OWN_COLOURS)
    muted.update(faded)
    texts = (node for node in faded.values() if node.tag == "-text" and (node.text_content or "").strip())
    cells = (page.cells.find(text) for text in texts)
    return {cell.mem_id: cell for cell in cells if cell is not None}


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
    several = [panes for panes in beside.values() if 1 < len(panes) < _MOST_TABS]
    for panes in several[:_MOST_TABS]:  # no page of reports has more
        classes = {own: _classes_of(pane) for own, pane in panes.items()}
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


class _Nearest(Generic[T]):
    """What the nearest element around one says, itself included; each element is asked once."""

    def __init__(self, ask: Callable[[LexborNode], T | None]) -> None:
        self._ask = ask
        self._known: dict[int, T | None] = {}

    def find(self, node: LexborNode) -> T | None:
        """Give what the nearest element says; None if none says anything."""
        asked: list[int] = []
        said: T | None = None
        above: LexborNode | None = node
        while above is not None and said is None:
            own = above.mem_id
            if own in self._known:
                said = self._known[own]
                break
            asked.append(own)
            said = self._ask(above)
            above = above.parent
        self._known.update(dict.fromkeys(asked, said))
        return said


class _Colours:
    """The colours of the text and of the ground of a page's elements, and the cells that they lie in."""

    def __init__(self, found: Mapping[int, Styled], *, has_sheets: bool) -> None:
        self._found, self._has_sheets = found, has_sheets
        self._inks = _Nearest(lambda node: _ink_of(node, found) or (UNKNOWN if node.tag in _OWN_COLOURS else None))
        self._grounds = _Nearest(
            lambda node: _ground_of(node, found) or (UNKNOWN if node.tag in _OWN_GROUNDS else None)
        )
        self.cells = _Nearest(lambda node: node if node.tag in ("td", "th") else None)
        self._holders = _Nearest(lambda node: len(node.text_lexbor().strip()) if node.tag in _HOLDERS else None)

    def is_unseen(self, node: LexborNode) -> bool:
        """Say whether an element with a colour or a ground of its own has text that is not seen."""
        if _ink_of(node, self._found) is None and _ground_of(node, self._found) is None:
            return False
        ink = self._inks.find(node) or (UNKNOWN if self._has_sheets else BLACK)
        ground = self._grounds.find(node)
        if ground is None:
            ground = UNKNOWN if self._has_sheets and not self._stands_beside_other(node) else WHITE
        return ground != UNKNOWN and (ink == CLEAR or are_alike(ink, ground))

    def _stands_beside_other(self, node: LexborNode) -> bool:
        """Whether other text stands in the cell or paragraph of an element, on the same ground."""
        return self._holders.find(node) not in (None, len(node.text_lexbor().strip()))


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
