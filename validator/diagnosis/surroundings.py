"""Where a cell stands on the printed form: its row, its column, and the groups whose sums are not printed."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from validator.model.form import Form, FormBlock, FormTable, join_address

from .system import Amount, Figures

Cells = tuple[str, ...]


class Surroundings(msgspec.Struct, frozen=True, eq=False):
    """The form as lines of cells: `rows` and `columns` give the line that a cell lies in, in printed order.

    `in_row` and `in_column` give the cells before and after it there. `subtotals` gives for a total the groups of
    cells that a person may add up on the way to it.
    """

    rows: Mapping[str, Cells]
    columns: Mapping[str, Cells]
    in_row: Mapping[str, Cells]
    in_column: Mapping[str, Cells]
    subtotals: Mapping[str, tuple[Cells, ...]]

    def beside(self, cell: str, figures: Figures) -> dict[str, Amount]:
        """Give the cells next to this one in its row, of those that the report prints, with their figures."""
        near = {c: figure for c in self.in_row.get(cell, ()) if (figure := figures[c]) is not None}
        return near if len(near) == len(self.in_row.get(cell, ())) else _read_near(cell, self.rows[cell], figures)

    def above(self, cell: str, figures: Figures) -> dict[str, Amount]:
        """Give the cells next to this one in its column, above and below, of those that the report prints."""
        near = {c: figure for c in self.in_column.get(cell, ()) if (figure := figures[c]) is not None}
        return near if len(near) == len(self.in_column.get(cell, ())) else _read_near(cell, self.columns[cell], figures)


_NOWHERE = Surroundings({}, {}, {}, {}, {})


@lru_cache(maxsize=16)
def survey(form: Form | None) -> Surroundings:
    """Lay out the cells of a form; nothing if there is no form."""
    if form is None:
        return _NOWHERE
    rows: dict[str, Cells] = {}
    columns: dict[str, Cells] = {}
    subtotals: dict[str, tuple[Cells, ...]] = {}
    for table in form.tables:
        for block in table.blocks:
            grid = [[join_address(table.prefix, row.id, column.id) for column in block.columns] for row in block.rows]
            rows |= {cell: tuple(line) for line in grid for cell in line}
            columns |= {cell: line for line in zip(*grid, strict=True) for cell in line}
            subtotals |= _subtotals(table, block)
    return Surroundings(rows, columns, _find_next(rows), _find_next(columns), subtotals)


def _find_next(lines: Mapping[str, Cells]) -> dict[str, Cells]:
    """Give the cells before and after each in its line."""
    return {
        cell: (*line[max(0, place - 1) : place], *line[place + 1 : place + 2])
        for line in dict.fromkeys(lines.values())
        for place, cell in enumerate(line)
    }


def _read_near(cell: str, line: Cells, figures: Figures) -> dict[str, Amount]:
    """Give the nearest printed cell before this one in its line and the nearest after it, with their figures."""
    place = line.index(cell)
    nearest = [next((c for c in way if figures[c] is not None), "") for way in (line[:place][::-1], line[place + 1 :])]
    return {other: figure for other in nearest if other and (figure := figures[other]) is not None}


def _subtotals(table: FormTable, block: FormBlock) -> dict[str, tuple[Cells, ...]]:
    """Give the groups of each total of a block: groups of rows for a total row, sets of columns for a total column."""
    groups = [tuple(row.id for row in block.rows if row.group == group) for group in block.groups]
    column_ids = {column.id for column in block.columns}
    sets = [ids for ids in block.sets.values() if set(ids) <= column_ids]
    found: dict[str, tuple[Cells, ...]] = {}
    for row in block.rows:
        for column in block.columns:
            lines: list[Cells] = []
            if row.total:
                lines += [tuple(join_address(table.prefix, r, column.id) for r in group) for group in groups]
            if column.total:
                lines += [tuple(join_address(table.prefix, row.id, c) for c in ids) for ids in sets]
            if lines:
                found[join_address(table.prefix, row.id, column.id)] = tuple(lines)
    return found
