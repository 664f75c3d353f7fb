"""The cells of an HTML table, with their spans -> the grid a browser shows; prose set in a table stays prose."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from validator.model.document import Cell, Row, Table
from validator.model.location import HtmlCellPlace
from validator.readers.boxed_prose import PROSE_LENGTH, part_prose, split_lines

_WIDEST_SPAN = 1000
_MOST_STEPS = 5_000_000
_KEPT_LENGTH = 40

ONE_BY_ONE = (1, 1)

MarkupCell = tuple[str, tuple[int, int]]
"""A cell as the markup gives it: its text, and how many columns and rows; 0 rows means to the end of its group."""


class MarkupRow(NamedTuple):
    """A row as the markup gives it; `group` numbers the thead, tbody or tfoot it lies in."""

    group: int
    cells: list[MarkupCell]


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
        return (line for row in rows for text, _ in row.cells for line in split_lines(text))
    return part_prose(placed)


def _place(rows: Sequence[MarkupRow], number: int) -> list[tuple[Row, bool]] | None:
    """Place the cells of a table, and say of each row whether it may be prose; None if there are far too many."""
    ends = {row.group: index for index, row in enumerate(rows, start=1)}
    covered: dict[int, int] = {}  # by column, the row from which it is free again
    placed = []
    steps = 0
    for index, row in enumerate(rows):
        column = 0
        cells = []
        is_long = False
        for text, span in row.cells:
            while covered.get(column, 0) > index:
                column += 1
            if span is ONE_BY_ONE and len(text) <= _KEPT_LENGTH:
                cells.append(_keep_cell(text, number, index + 1, column))
                column += 1
                continue
            colspan, claimed_rows = span
            rowspan = min(claimed_rows or _WIDEST_SPAN, ends[row.group] - index)
            if rowspan > 1:
                for below in range(column, column + colspan):
                    covered[below] = max(covered.get(below, 0), index + rowspan)
            cells.append(_build_cell(text, number, index + 1, column, colspan, rowspan))
            column += colspan
            is_long = is_long or len(text) >= PROSE_LENGTH
        steps += column
        if steps > _MOST_STEPS:  # no table that people read; laying it out could take minutes
            return None
        placed.append((Row(tuple(cells)), is_long and not any(end > index for end in covered.values())))
    return placed


def _build_cell(text: str, table: int, row: int, column: int, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell(text, HtmlCellPlace(table, row, column + 1), column, colspan, rowspan)


# Reports follow a form: in page after page the same short labels and figures stand in the same places.
_keep_cell = lru_cache(maxsize=8192)(_build_cell)
