"""What the pages of a document come to: lines of running text and grids of cells, in reading order."""

from typing import NamedTuple

import msgspec

from .page import Box


class TextLine(NamedTuple):
    """A printed line of running text and where it stands; a wide gap between two words is two blanks."""

    text: str
    page: int
    box: Box


class GridCell(NamedTuple):
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
