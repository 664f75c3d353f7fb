"""Where a cell stands on the printed form: its row, its column, and the groups whose sums are not printed."""

from collections.abc import Container, Mapping
from functools import lru_cache

import msgspec

from validator.model.form import Form, FormBlock, FormTable, join_address

Cells = tuple[str, ...]


class Surroundings(msgspec.Struct, frozen=True, eq=False):
    """The form as lines of cells: `rows` and `columns` give the line that a cell lies in, in printed order.

    `subtotals` gives for a total the groups of cells that a person may add up on the way to it.
    """

    rows: Mapping[str, Cells]
    columns: Mapping[str, Cells]
    subtotals: Mapping[str, tuple[Cells, ...]]

    def beside(self, cell: str, printed: Container[str]) -> Cells:
        """Give the cells next to this one in its row, of those that the report prints."""
        return _neighbours(cell, self.rows.get(cell, ()), printed)

    def above(self, cell: str, printed: Container[str]) -> Cells:
        """Give the cells next to this one in its column, above and below, of those that the report prints."""
        return _neighbours(cell, self.columns.get(cell, ()), printed)


_NOWHERE = Surroundings({}, {}, {})


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
    return Surroundings(rows, columns, subtotals)


def _neighbours(cell: str, line: Cells, printed: Container[str]) -> Cells:
    if len(line) < 2:
        return ()
    before = place = line.index(cell)
    after = place + 1
    while before and line[before - 1] not in printed:
        before -= 1
    while after < len(line) and line[after] not in printed:
        after += 1
    return (*line[max(0, before - 1) : before], *line[after : after + 1])


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
