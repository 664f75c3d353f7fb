"""The cells of an HTML table, with their spans -> the grid a browser shows; prose set in a table stays prose."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from validator.model.document import Cell, Framing, Row, Table
from validator.model.location import HtmlCellPlace
from validator.numerals import looks_like_value

_WIDEST_SPAN = 1000
_MOST_STEPS = 5_000_000
_PROSE_LENGTH = 80
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
    """Give the grid of a table that is the page's `number`th, and the lines of prose before, inside and after it.

    A row with a sentence in it and no figure is prose, and so are rows of a single cell without others.
    """
    ends = {row.group: index for index, row in enumerate(rows, start=1)}
    covered: dict[int, int] = {}  # by column, the row from which it is free again
    grid: list[Row] = []
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
            is_long = is_long or len(text) >= _PROSE_LENGTH
        steps += column
        if steps > _MOST_STEPS:  # no table that people read; laying it out could take minutes
            yield from (line for row in rows for text, _ in row.cells for line in _lines(text))
            return
        if is_long and _is_prose(cells) and not any(end > index for end in covered.values()):
            yield from _close(grid)
            grid = []
            yield from (line for cell in cells for line in _lines(cell.text))
        else:
            grid.append(Row(tuple(cells)))
    yield from _close(grid)


def _build_cell(text: str, table: int, row: int, column: int, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell(text, HtmlCellPlace(table, row, column + 1), column, colspan, rowspan)


# Reports follow a form: in page after page the same short labels and figures stand in the same places.
_keep_cell = lru_cache(maxsize=8192)(_build_cell)


def _is_prose(cells: Sequence[Cell]) -> bool:
    has_sentence = any(len(cell.text) >= _PROSE_LENGTH and "。" in cell.text for cell in cells)
    return has_sentence and not any(cell.text and looks_like_value(cell.text) for cell in cells)


def _close(rows: Sequence[Row]) -> Iterator[Table | str]:
    if all(len(row.cells) <= 1 for row in rows):
        yield from (line for row in rows for cell in row.cells for line in _lines(cell.text))
    elif any(cell.text for row in rows for cell in row.cells):
        yield Table(tuple(rows), Framing.GRID)


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line)
