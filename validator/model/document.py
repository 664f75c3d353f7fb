"""What every reader ends in: a document as blocks of text and of cells, each with its place.

A reader knows nothing of reports. It says what the carrier shows, and with `Framing` how much of the
table's shape it shows: extraction must never assume more than that.
"""

from enum import Enum
from typing import NamedTuple

import msgspec

from .location import Location


class Framing(Enum):
    """How much of a table's shape the carrier shows."""

    GRID = "grid"
    """Rows and columns are certain, with merged cells (HTML, Word, sheets, ruled pages)."""
    ROWS = "rows"
    """A line is a row and every cell is explicit, also a blank one; trailing cells may be filler."""
    CELLS = "cells"
    """Cells in order, blank ones explicit; where a row ends is not shown."""


class Cell(NamedTuple):
    """A cell as printed: raw text, grid column (from 0) and the spans it covers.

    `filler` says how many unused columns of its row the carrier marked right after this cell.
    """

    text: str
    location: Location
    column: int
    colspan: int = 1
    rowspan: int = 1
    filler: int = 0


class Row(msgspec.Struct, frozen=True):
    """The cells that begin in one row, left to right; cells spanned from above are not repeated."""

    cells: tuple[Cell, ...]


class Table(msgspec.Struct, frozen=True):
    """A table, or for CELLS a run of cells, one Row for each printed line."""

    rows: tuple[Row, ...]
    framing: Framing


class Paragraph(msgspec.Struct, frozen=True, array_like=True):
    """A paragraph or a printed line of running text; `gap` counts the blank lines before it."""

    text: str
    location: Location
    gap: int = 0


Block = Paragraph | Table


class Remark(msgspec.Struct, frozen=True):
    """Something about the file itself that its user should know: the kind of a problem, and the values that tell it.

    `location` is where it was met, if that is not the whole file.
    """

    code: str
    values: dict[str, str | int]
    location: Location | None = None


class Link(msgspec.Struct, frozen=True):
    """A file that a page without tables offers: the words of the link, and the file's name without its folders."""

    text: str
    file: str


class Document(msgspec.Struct, frozen=True):
    """A file as its reader understood it. `title` is the carrier's own title, if it has one.

    `line_per_paragraph`: a paragraph is one printed line, and a sentence may run on into the next.
    `ends_open`: the file stops before its last line or table is closed, so the last figure may be cut short.
    """

    source: str
    carrier: str
    blocks: tuple[Block, ...]
    title: str | None = None
    remarks: tuple[Remark, ...] = ()
    line_per_paragraph: bool = False
    ends_open: bool = False
    links: tuple[Link, ...] = ()
