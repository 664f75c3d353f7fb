"""What is being read of a web page: the open line, the open table and its grid, and the blocks that are done."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count as count_from
from itertools import islice, repeat
from typing import NamedTuple

import msgspec
from selectolax.lexbor import LexborNode

from validator.characters import INVISIBLE, lay_level
from validator.model.document import Block, Cell, Paragraph, Row, Table
from validator.model.location import HtmlCellPlace, HtmlTextPlace
from validator.patterns import Pattern
from validator.readers.boxed_prose import PROSE_LENGTH, part_prose, split_lines

from .places import Places

_WIDEST_SPAN = 1000
_MOST_STEPS = 5_000_000
SHORT = 64
"""Cells with at most so many characters hold what others hold, and are kept."""

ONE_BY_ONE = (1, 1)

MarkupCell = tuple[str, tuple[int, int]]
"""A cell as the markup gives it: its text, and how many columns and rows; 0 rows means to the end of its group."""


class MarkupRow(NamedTuple):
    """A row as the markup gives it; `group` numbers the thead, tbody or tfoot it lies in.

    After its `cells` follow those of one column and row each that hold a short text, or none.
    """

    group: int
    cells: list[MarkupCell]
    plain: Sequence[str] = ()

    @property
    def texts(self) -> Iterator[str]:
        """The texts of all its cells."""
        yield from (text for text, _ in self.cells)
        yield from self.plain


@lru_cache(maxsize=256)
def read_span(written: str | None) -> int:
    """Read a span attribute as browsers do: the number it begins with, at most 1000; 1 for anything else."""
    text = (written or "").strip(" \t\n\f\r").removeprefix("+")
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    return min(int(digits[:9]), _WIDEST_SPAN) if digits else 1


def lay_out(rows: Sequence[MarkupRow], number: int) -> Iterator[Table | str]:
    """Give the grid of a table that is the page's `number`th, and the lines of prose before, inside and after it."""
    placed = _place(rows, number)
    if placed is None:
        return (line for row in rows for text in row.texts for line in split_lines(text))
    return part_prose(placed)


def _place(rows: Sequence[MarkupRow], number: int) -> list[tuple[Row, bool]] | None:
    """Place the cells of a table, and say of each row whether it may be prose; None if there are far too many."""
    ends = {row.group: index for index, row in enumerate(rows, start=1)}
    covered: dict[int, int] = {}  # by column, the row from which it is free again
    taken: set[int] = set()  # the columns that are not free in the row at hand, the last of them, and up to which row
    last, until = -1, len(rows)
    placed = []
    steps = 0
    for index, row in enumerate(rows):
        if index == until:
            taken = {column for column, end in covered.items() if end > index}
            last, until = max(taken, default=-1), min(map(covered.__getitem__, taken), default=len(rows))
        column = 0
        cells: list[Cell] = []
        is_long = False
        for text, (colspan, claimed_rows) in row.cells:
            while column in taken:
                column += 1
            rowspan = 1 if claimed_rows == 1 else min(claimed_rows or _WIDEST_SPAN, ends[row.group] - index)
            if rowspan > 1:
                until = index + 1
                for below in range(column, column + colspan):
                    covered[below] = max(covered.get(below, 0), index + rowspan)
            build = _keep_cell if len(text) <= SHORT else _build_cell
            cells.append(build(text, number, index + 1, column, colspan, rowspan))
            column += colspan
            is_long = is_long or len(text) >= PROSE_LENGTH
        if row.plain:
            columns = _free_columns(column, len(row.plain), taken, last)
            cells += _keep_cells(tuple(row.plain), number, index + 1, columns)
            column = columns[-1] + 1
        steps += column + len(taken)
        if steps > _MOST_STEPS:  # no table that people read; laying it out could take minutes
            return None
        placed.append((Row(tuple(cells)), is_long and not any(end > index for end in covered.values())))
    return placed


def _build_cell(text: str, table: int, row: int, column: int, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell(text, HtmlCellPlace(table, row, column + 1), column, colspan, rowspan)


# Reports follow a form: in page after page the same short labels and figures stand in the same places.
_keep_cell = lru_cache(maxsize=8192)(_build_cell)


@lru_cache(maxsize=2048)
def _keep_cells(texts: tuple[str, ...], table: int, row: int, columns: Sequence[int]) -> list[Cell]:
    """Give cells of one column and row each."""
    return list(map(_keep_cell, texts, repeat(table), repeat(row), columns))


def _free_columns(start: int, count: int, taken: set[int], last: int) -> Sequence[int]:
    """Give the next free columns; `last` is the last that is taken."""
    while start in taken:
        start += 1
    if start > last:
        return range(start, start + count)
    return tuple(islice((column for column in count_from(start) if column not in taken), count))


_LINE_END = "\x1e"
_BLANKS = Pattern(r"[ \t\n\r\f]+")
_text_place = lru_cache(maxsize=1024)(HtmlTextPlace)


def clean_line(text: str) -> str:
    """Give a line of text as a browser shows it: runs of blanks are one, and none at either end."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", text.translate(INVISIBLE)).strip()


def clean_lines(text: str) -> str:
    """Give the text of a cell, each of its lines as a browser shows it."""
    if not text.isprintable() and _LINE_END in text:
        return "\n".join(filter(None, map(clean_line, text.split(_LINE_END))))
    return clean_line(text)


clean_short = lru_cache(maxsize=4096)(clean_lines)
"""As clean_lines, for short texts."""


class Page(msgspec.Struct):
    """The blocks of a page so far. `pieces` is the text of the open line, or of the open cell of a data table.

    A table counts as a data table until another table is met inside it. `last_groups` are those of its groups of rows
    that are shown below the others; `shifted`: the open cell holds text above or below its line. `places` if asked.
    """

    next_table: int
    blocks: list[Block] = msgspec.field(default_factory=list)
    pieces: list[str] = msgspec.field(default_factory=list)
    rows: list[MarkupRow] | None = None
    groups: int = 0
    last_groups: set[int] = msgspec.field(default_factory=set)
    shifted: bool = False
    span: tuple[int, int] = ONE_BY_ONE
    paragraphs: int = 0
    preformatted: int = 0
    places: Places | None = None

    def end_line(self) -> None:
        """End the open line: in a cell of a data table another follows, elsewhere it is a paragraph."""
        if self.rows is not None:
            self.pieces.append(_LINE_END)
        elif self.pieces:
            self._add_paragraph(clean_line("".join(self.pieces)))
            self.pieces.clear()
            if self.places is not None:
                self.places.texts.clear()

    def add_preformatted(self, text: str) -> None:
        """Add text whose line ends are shown as such."""
        first, *lines = text.split("\n")
        self.pieces.append(first)
        for line in lines:
            before = self.paragraphs
            self.end_line()
            self.preformatted += self.paragraphs - before
            self.pieces.append(line)

    def open_table(self) -> None:
        """Begin a table; one that is open already was layout, and what its cells hold is running text."""
        if self.rows is not None:
            rows, self.rows = self.rows, None
            for text in (text for row in rows for text in row.texts):
                self._add_lines(text, rows)
            self._add_lines(self._take_text())
            if self.places is not None:
                self.places.texts.clear()
        self.end_line()
        self.rows = []

    def close_table(self) -> None:
        """End a table: a data table becomes a block, prose in it paragraphs."""
        if self.rows is None:
            self.end_line()
            return
        rows, self.rows = self.rows, None
        if self.last_groups:  # a foot may be written before the body
            rows.sort(key=lambda row: row.group in self.last_groups)
            self.last_groups.clear()
        self.pieces.clear()
        number = self.next_table
        if self.places is not None:
            self.places.texts.clear()
        for item in lay_out(rows, number):
            if isinstance(item, Table):
                self.blocks.append(item)
                self.next_table = number + 1
            else:
                self._add_paragraph(item, rows)
        if self.places is not None:
            self.places.place_cells([row for row, _ in _place(rows, number) or ()], [row.cells for row in rows])

    def open_group(self, tag: str | None) -> None:
        """Begin a group of rows of the open table."""
        self.groups += 1
        if tag == "tfoot":
            self.last_groups.add(self.groups)

    def open_row(self, row: LexborNode, cells: list[MarkupCell], plain: Sequence[str] = ()) -> None:
        """Begin a row of the open table with those of its cells that are read already, their texts clean."""
        if self.rows is not None:
            if self.places is not None:
                cells.extend((text, ONE_BY_ONE) for text in plain)
                plain = ()
            self.rows.append(MarkupRow(self.groups, cells, plain))
            if self.places is not None:
                nodes = [cell for cell in row.iter() if not cell.is_comment_node] if cells else []
                self.places.open_row(cells, nodes)

    def open_cell(self, span: tuple[int, int]) -> None:
        """Begin a cell that covers so many columns and rows."""
        if self.rows is None:
            self.end_line()
        else:
            self.pieces.clear()
            self.span = span
            if self.places is not None:
                self.places.texts.clear()

    def close_cell(self) -> None:
        """End a cell; in a layout table it is running text."""
        if self.rows is None:
            self.end_line()
        else:
            self.add_cell(self._take_text(), self.span)

    def add_cell(self, text: str, span: tuple[int, int]) -> None:
        """Add a cell to the row that is open, its text clean."""
        if self.rows is not None:
            self.rows[-1].cells.append((text, span))
            if self.places is not None:
                self.places.add_cell(self.rows[-1].cells)

    def close_caption(self) -> None:
        """End a caption, which stands before its table."""
        if self.rows is None:
            self.end_line()
        else:
            self._add_lines(self._take_text())

    def _take_text(self) -> str:
        text = "".join(self.pieces).strip()
        self.pieces.clear()
        if self.shifted:
            self.shifted = False
            text = lay_level(text)
        return clean_lines(text)

    def _add_lines(self, text: str, rows: Sequence[MarkupRow] = ()) -> None:
        for line in text.split("\n"):
            self._add_paragraph(line, rows)

    def _add_paragraph(self, text: str, rows: Sequence[MarkupRow] = ()) -> None:
        if text:
            self.paragraphs += 1
            place = _text_place(self.paragraphs)
            self.blocks.append(Paragraph(text, place))
            if (
                self.places is not None
                and (holder := self.places.find_line(text, [row.cells for row in rows])) is not None
            ):
                self.places.found[place] = holder
