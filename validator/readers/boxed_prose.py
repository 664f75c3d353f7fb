"""Rows of a grid -> tables, and the lines of prose that are set in rows before, inside and after them."""

from collections.abc import Iterable, Iterator, Sequence

from validator.model.document import Cell, Framing, Row, Table
from validator.numerals import looks_like_value

PROSE_LENGTH = 80
"""A cell with fewer characters than this is no prose."""


def part_prose(rows: Iterable[tuple[Row, bool]]) -> Iterator[Table | str]:
    """Give the tables that rows make up, and lines of prose; a row comes with whether prose may stand in it.

    It may if a cell has PROSE_LENGTH characters or more and no cell spans past the row. It is prose if a sentence
    stands in it and no figure; so are rows of a single cell without others.
    """
    grid: list[Row] = []
    for row, may_be_prose in rows:
        if may_be_prose and is_prose(row.cells):
            yield from _close(grid)
            grid = []
            yield from (line for cell in row.cells for line in split_lines(cell.text))
        else:
            grid.append(row)
    yield from _close(grid)


def split_lines(text: str) -> Iterator[str]:
    """Give the lines of a cell that are not empty."""
    return (line for line in text.split("\n") if line)


def is_prose(cells: Sequence[Cell]) -> bool:
    """Whether a sentence stands in a row of these cells, and no figure."""
    has_sentence = any(len(cell.text) >= PROSE_LENGTH and "。" in cell.text for cell in cells)
    return has_sentence and not any(cell.text and looks_like_value(cell.text) for cell in cells)


def _close(rows: Sequence[Row]) -> Iterator[Table | str]:
    if all(len(row.cells) <= 1 for row in rows):
        yield from (line for row in rows for cell in row.cells for line in split_lines(cell.text))
    elif any(cell.text for row in rows for cell in row.cells):
        yield Table(tuple(rows), Framing.GRID)
