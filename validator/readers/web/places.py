"""The elements of a web page that hold what is read of it, noted while it is read where somebody asks for them."""

from collections.abc import Iterable, Sequence

import msgspec
from selectolax.lexbor import LexborNode

from validator.model.document import Row
from validator.model.location import Location

_Cells = list[tuple[str, tuple[int, int]]]


class Places(msgspec.Struct):
    """`found` gives the element of each place that is done. `texts` are those of the open line, `cell` the open cell.

    `cells` are those of each row of a table by the id of the list of its texts.
    """

    found: dict[Location, LexborNode] = msgspec.field(default_factory=dict)
    texts: list[LexborNode] = msgspec.field(default_factory=list)
    cell: LexborNode | None = None
    cells: dict[int, list[LexborNode]] = msgspec.field(default_factory=dict)

    def open_row(self, row: _Cells, nodes: list[LexborNode]) -> None:
        """Begin a row with the elements of those of its cells that are read already."""
        self.cells[id(row)] = nodes

    def add_cell(self, row: _Cells) -> None:
        """Add the open cell to a row."""
        if self.cell is not None:
            self.cells[id(row)].append(self.cell)

    def place_cells(self, placed: Iterable[Row], rows: Iterable[_Cells]) -> None:
        """Note where the cells of a table are; its rows are given as placed in its grid, and as in the markup."""
        for there, row in zip(placed, rows, strict=False):
            nodes = self.cells.pop(id(row), [])
            self.found.update((cell.location, node) for cell, node in zip(there.cells, nodes, strict=False))

    def find_line(self, text: str, rows: Sequence[_Cells]) -> LexborNode | None:
        """Give what holds a line: the largest element that says no more, or the cell of these rows that says it."""
        for row in rows:
            for node, (said, _) in zip(self.cells.get(id(row), ()), row, strict=False):
                if text in said:
                    return node
        texts = self._find_texts(_squeeze(text))
        met = {node.mem_id for node in texts}
        holders = [above for node in texts if (above := node.parent) is not None]
        whole = next((holder for holder in holders if _says_only(holder, met)), None)
        if whole is None:
            return holders[0] if holders else None
        while (above := whole.parent) is not None and above.tag != "body" and _says_only(above, met):
            whole = above
        return whole

    def _find_texts(self, line: str) -> list[LexborNode]:
        """Give those of the open texts that say this line; all of them where it is not found so."""
        said = [(node, words) for node in self.texts if (words := _squeeze(node.text_content or ""))]
        start = "".join(words for _, words in said).find(line)
        found, at = [], 0
        for node, words in said:
            if start < 0 or (at < start + len(line) and at + len(words) > start):
                found.append(node)
            at += len(words)
        return found


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _says_only(element: LexborNode, texts: set[int]) -> bool:
    """Whether all text in an element is among these."""
    return all(
        node.mem_id in texts or node.tag != "-text" or not (node.text_content or "").strip()
        for node in element.traverse(include_text=True)
    )
