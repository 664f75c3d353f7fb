"""Lattices and glyphs -> the cells of each lattice with their glyphs, and the glyphs that lie in none."""

from collections.abc import Sequence

import msgspec

from .lattice import Lattice, Region
from .lines import CellText, read_cell
from .page import Box, Glyph, PrintedPage

_FIGURE = frozenset("0123456789.,%０１２３４５６７８９")
_TOUCHING = 0.1
_MARGIN = 0.15
_THINNEST = 5.0
"""An empty strip narrower than this is no cell: it lies between two frames, or between the lines of a double one."""

_NOTHING = CellText("")


class RuledCell(msgspec.Struct):
    """A cell of a page: its box, the rows it covers from `row` to before `end`, and what is printed in it.

    `open_top`, `open_bottom`: no line closes it there.
    """

    box: Box
    row: int
    end: int
    page: int
    printed: CellText
    open_top: bool = False
    open_bottom: bool = False

    @property
    def text(self) -> str:
        """Give what is printed in the cell."""
        return self.printed.text


class RuledGrid(msgspec.Struct):
    """The cells of a lattice in rows, or of several that were put together; `box` and `page` are those of the first."""

    page: int
    box: Box
    rows: list[list[RuledCell]] = msgspec.field(default_factory=list)
    last_page: int = 0


def read_grids(page: PrintedPage, lattices: Sequence[Lattice]) -> tuple[list[RuledGrid], list[Glyph]]:
    """Give the grids of a page with their texts, and the glyphs outside them.

    A frame around one cell, or around a single column of cells, is no grid: what is printed in it is running text.
    Glyphs lie in the smallest lattice around them, in the cell of their middle.
    """
    lattices = [lattice for lattice in lattices if len({region.left for region in lattice.regions}) > 1]
    homes = _find_homes(page.glyphs, lattices)
    inside: dict[tuple[int, int], list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph, home in zip(page.glyphs, homes, strict=True):
        if home is None:
            outside.append(glyph)
        else:
            inside.setdefault(home, []).append(glyph)
    grids = []
    for number, lattice in enumerate(lattices):
        found = {index: glyphs for (owner, index), glyphs in inside.items() if owner == number}
        grid = _build(page.number, lattice, found)
        if found and grid is not None:
            grids.append(grid)
        else:
            outside.extend(glyph for glyphs in found.values() for glyph in glyphs)
    return grids, outside


_Home = tuple[int, int] | None


def _find_homes(glyphs: Sequence[Glyph], lattices: Sequence[Lattice]) -> list[_Home]:
    """Give for each glyph the lattice and the region its middle lies in."""
    boxes = [(number, lattice.box, lattice) for number, lattice in enumerate(lattices)]
    homes: list[_Home] = []
    for _, left, top, right, bottom, _ in glyphs:
        x, y = (left + right) / 2, (top + bottom) / 2
        home: _Home = None
        for number, box, lattice in boxes:
            if box[0] <= x <= box[2] and box[1] <= y <= box[3] and (index := lattice.find(x, y)) >= 0:
                home = (number, index)
                break
        homes.append(home)
    if boxes:
        _keep_figures_whole(glyphs, homes, lattices)
    return homes


def _keep_figures_whole(glyphs: Sequence[Glyph], homes: list[_Home], lattices: Sequence[Lattice]) -> None:
    """Put a figure that runs over a line between two cells into the cell it was set in, all its digits together."""
    index = 1
    while index < len(glyphs):
        if homes[index] == homes[index - 1] or not _touch(glyphs[index - 1], glyphs[index]):
            index += 1
            continue
        first = index - 1
        while first and _touch(glyphs[first - 1], glyphs[first]):
            first -= 1
        last = index
        while last + 1 < len(glyphs) and _touch(glyphs[last], glyphs[last + 1]):
            last += 1
        home = homes[first]
        if home is not None:
            region = lattices[home[0]].regions[home[1]]
            if _runs_over(glyphs[first : last + 1], region):
                homes[first : last + 1] = [home] * (last + 1 - first)
        index = last + 1


def _touch(before: Glyph, after: Glyph) -> bool:
    size = after[4] - after[2]
    return (
        after[0] in _FIGURE
        and before[0] in _FIGURE
        and abs(after[1] - before[3]) < _TOUCHING * size
        and abs(after[2] - before[2]) < _TOUCHING * size
    )


def _runs_over(figure: Sequence[Glyph], region: Region) -> bool:
    """Whether a figure was set in this cell and runs out of it, rather than being two that fill two cells."""
    edge = region.box[2]
    size = figure[0][4] - figure[0][2]
    cut = any(g[1] + 0.15 * (g[3] - g[1]) < edge < g[3] - 0.15 * (g[3] - g[1]) for g in figure)
    return cut or figure[0][1] - region.box[0] > _MARGIN * size


def _build(page: int, lattice: Lattice, inside: dict[int, list[Glyph]]) -> RuledGrid | None:
    kept = [
        (index, region)
        for index, region in enumerate(lattice.regions)
        if index in inside or not (_is_strip(region) or region.is_corner)
    ]
    if len({region.left for _, region in kept}) < 2:
        return None
    tops = {top: number for number, top in enumerate(sorted({region.top for _, region in kept}))}
    rows: list[list[RuledCell]] = [[] for _ in tops]
    for index, region in kept:
        row = tops[region.top]
        end = 1 + max(number for top, number in tops.items() if top < region.bottom)
        printed = read_cell(inside[index], region.box) if index in inside else _NOTHING
        rows[row].append(RuledCell(region.box, row, end, page, printed, region.open_top, region.open_bottom))
    for cells in rows:
        cells.sort(key=_left)
    return RuledGrid(page, lattice.box, rows, page)


def _is_strip(region: Region) -> bool:
    left, top, right, bottom = region.box
    return right - left < _THINNEST or bottom - top < _THINNEST


def _left(cell: RuledCell) -> float:
    return cell.box[0]
