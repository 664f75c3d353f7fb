"""What a printed page shows, before anything is made of it, and the lines and grids that pages come to.

All lengths are points (1/72 inch), measured from the top left corner of the page as a reader sees it, that is
after any rotation of the page.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Glyph(NamedTuple):
    """One printed sign: its text (a character; a ligature may be several) and its box.

    `turn` counts the quarter turns, clockwise, by which it is set: 0 is upright, 1 is read from top to bottom, 3 from
    bottom to top. Blanks are no glyphs: the distance tells them. `run` numbers the runs of signs that a page sets as
    one; 0 where that is not known, below 0 where a sign may be missing that lies on another of its kind.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turn: int = 0
    run: int = 0


make_glyph: Callable[[tuple[str, float, float, float, float, int, int]], Glyph] = partial(tuple.__new__, Glyph)
"""Makes a glyph of all its fields, at half the cost of calling the class."""


class Stroke(NamedTuple):
    """A straight ruling, or a filled bar thin enough to be one, as the box it covers."""

    left: float
    top: float
    right: float
    bottom: float


make_stroke: Callable[[Box], Stroke] = partial(tuple.__new__, Stroke)


class PrintedPage(msgspec.Struct, frozen=True):
    """A page: its number from 1, its size, and what is printed on it, in the order of the file.

    `slants` are straight lines that are neither level nor upright, each from its left end to its right one.
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    strokes: Sequence[Stroke]
    slants: Sequence[tuple[float, float, float, float]] = ()


class TextLine(NamedTuple):
    """A printed line of running text and where it stands; a wide gap between two words is two blanks."""

    text: str
    page: int
    box: Box


class GridCell(msgspec.Struct, frozen=True):
    """A ruled cell: its text, where it stands, its column in the grid from 0, and what it spans.

    `text` keeps a line break where the printed line was ended on purpose, and joins lines that were full.
    """

    text: str
    page: int
    box: Box
    column: int
    colspan: int = 1
    rowspan: int = 1


class Grid(msgspec.Struct, frozen=True):
    """A ruled table, also one that goes on over several pages: the cells that begin in each row, left to right."""

    rows: tuple[tuple[GridCell, ...], ...]


Piece = TextLine | Grid
