"""What of a page's elements must be known before they are walked, found by selectors all at once.

Elements are told by their ids in memory (`mem_id`), which are those of the parser's nodes.
"""

from collections.abc import Iterable

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .grid import read_span
from .styles import Looks, find_looks
from .tags import INPUT, KINDS, UNSEEN

# What nearly every table is made of. A cell with anything else may hold several lines, or what is not its text.
_SPANNING = "[colspan],[rowspan],[aria-colspan],[aria-rowspan]"
_ODD = r"table :not(p,o\:p,span,td,font,tr,b,strong,u,tbody,th)"


class Marks(msgspec.Struct, frozen=True):
    """Elements by what is remarkable about them.

    `looks` says what their styles do. `spans` gives how many columns and rows a cell covers, if it says so. `odd` is
    what holds anything but cells, paragraphs and inline elements; `half_seen` what holds text that is not displayed.
    """

    looks: Looks
    spans: dict[int, tuple[int, int]]
    odd: set[int]
    half_seen: set[int]


def find_marks(tree: LexborHTMLParser, *, is_styled: bool) -> Marks:
    """Find what is remarkable in a page; `is_styled`: its markup speaks of hiding, moving or displaying elements."""
    looks = find_looks(tree) if is_styled else Looks()
    odd = tree.css(_ODD)
    unseen = [node for node in odd if KINDS.get(node.tag) in (UNSEEN, INPUT)]
    hidden = (*looks.gone.values(), *looks.mute.values())
    shifted = (*looks.raised.values(), *looks.lowered.values())
    return Marks(
        looks=looks,
        spans={
            node.mem_id: _read_spans(node) for node in tree.css("[colspan],[rowspan],[aria-colspan],[aria-rowspan]")
        },
        odd=_with_ancestors((*odd, *hidden, *shifted)) | looks.kinds.keys(),
        half_seen=_with_ancestors((*unseen, *hidden)),
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


def _read_spans(cell: LexborNode) -> tuple[int, int]:
    attributes = cell.attrs
    columns, rows = (attributes.get(name) or attributes.get(f"aria-{name}") for name in ("colspan", "rowspan"))
    return read_span(columns) or 1, read_span(rows)


def _with_ancestors(nodes: Iterable[LexborNode]) -> set[int]:
    """Give the ids of these elements and of all that they lie in."""
    found: set[int] = set()
    for node in nodes:
        above: LexborNode | None = node
        while above is not None and above.mem_id not in found:
            found.add(above.mem_id)
            above = above.parent
    return found
