"""Lattices and glyphs -> the cells of each lattice with their glyphs, and the glyphs that lie in none."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import combinations

import msgspec

from .lattice import Lattice, Region
from .lines import CellText, read_cell
from .overruns import Torn, settle_figures
from .page import Box, Glyph, PrintedPage
from .spacing import FIGURE, Home

_THINNEST = 5.0
"""An empty strip narrower than this is no cell: it lies between two frames, or between the lines of a double one."""

_NOTHING = CellText("")
_FAR = 1e6
_EVERYWHERE: Box = (-_FAR, -_FAR, _FAR, _FAR)


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
    torn = settle_figures(page.glyphs, homes, lattices) if lattices else []
    inside: dict[tuple[int, int], list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph, home in zip(page.glyphs, homes, strict=True):
        if home is None:
            outside.append(glyph)
        else:
            inside.setdefault(home, []).append(glyph)
    grids = []
    for number, lattice in enumerate(lattices):
        told = _tell_torn(torn, number, inside) if torn else {}
        found = {index: glyphs for (owner, index), glyphs in inside.items() if owner == number}
        grid = _build(page.number, lattice, found, told)
        if found and grid is not None:
            grids.append(grid)
        else:
            outside.extend(glyph for glyphs in found.values() for glyph in glyphs)
    return grids, outside


def _find_homes(glyphs: Sequence[Glyph], lattices: Sequence[Lattice]) -> list[Home]:
    """Give for each glyph the lattice and the region its middle lies in."""
    boxes = [(number, *lattice.box, lattice) for number, lattice in enumerate(lattices)]
    are_apart = not any(_overlap(one.box, other.box) for one, other in combinations(lattices, 2))
    homes: list[Home] = []
    home: Home = None
    left, top, right, bottom = 0.0, 0.0, -1.0, -1.0  # of the region that the glyph before lies in
    for _, start, high, end, low, _, _ in glyphs:
        x, y = (start + end) / 2, (high + low) / 2
        if not (left <= x < right and top <= y < bottom):
            home, right = None, left - 1
            for number, begin, above, last, below, lattice in boxes:
                if begin <= x <= last and above <= y <= below and (index := lattice.find(x, y)) >= 0:
                    home = (number, index)
                    if are_apart:
                        left, top, right, bottom = lattice.regions[index].box
                    break
        homes.append(home)
    return homes


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _tell_torn(torn: Sequence[Torn], number: int, inside: dict[tuple[int, int], list[Glyph]]) -> dict[int, str]:
    """Give what the cells of a lattice say that hold a part of a torn figure: all that runs together, part by part.

    Parts on lines of their own are no number; so none of these cells has one. A label keeps its words.
    """
    told: dict[int, str] = {}
    for figure in torn:
        texts: list[str] = []
        cells: list[int] = []
        for home, signs in figure.pieces:
            held = inside.get(home, []) if home is not None else []
            if home is None or not all(glyph[0] in FIGURE for glyph in held):
                texts.append("".join(glyph[0] for glyph in signs))
                if home is not None and home[0] == number:
                    lost = set(map(id, signs))
                    inside[home] = [glyph for glyph in held if id(glyph) not in lost]
                continue
            texts.append(read_cell(held, _EVERYWHERE).text if held else "")
            if home[0] == number:
                cells.append(home[1])
        told.update(dict.fromkeys(cells, "\n".join(filter(None, texts))))
    return told


def _build(page: int, lattice: Lattice, inside: dict[int, list[Glyph]], told: dict[int, str]) -> RuledGrid | None:
    kept = [
        (index, region)
        for index, region in enumerate(lattice.regions)
        if index in inside or not (_is_strip(region) or region.is_corner)
    ]
    if len({region.left for _, region in kept}) < 2:
        return None
    tops = sorted({region.top for _, region in kept})
    rows: list[list[RuledCell]] = [[] for _ in tops]
    for index, region in kept:
        row, end = bisect_left(tops, region.top), bisect_left(tops, region.bottom)
        printed = read_cell(inside[index], region.box) if index in inside else _NOTHING
        if index in told:
            printed = CellText(told[index], ended=True)
        rows[row].append(RuledCell(region.box, row, end, page, printed, region.open_top, region.open_bottom))
    for cells in rows:
        cells.sort(key=_left)
    return RuledGrid(page, lattice.box, rows, page)


def _is_strip(region: Region) -> bool:
    left, top, right, bottom = region.box
    return right - left < _THINNEST or bottom - top < _THINNEST


def _left(cell: RuledCell) -> float:
    return cell.box[0]
