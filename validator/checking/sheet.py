"""A report laid on its form: the numbers by address, and which cells are blank."""

from collections.abc import Mapping
from functools import cache

import msgspec

from validator.model.form import Form, join_address
from validator.model.report import CellState, Number, Report
from validator.ruleset import Ruleset
from validator.ruleset.ruleset import Layout

_EMPTY = Layout({}, {}, {})
_FILLED = (CellState.NUMBER, CellState.UNREADABLE)


class Sheet(msgspec.Struct, frozen=True):
    """A report and its form as this report prints it; `form` is None if it follows no known form.

    `numbers` also maps "" to 1, the address of a constant. `blanks` are the cells without a figure that can
    count as 0 (blank or marked as not applicable), `blank_totals` those that cannot: totals whose parts hold a
    number. A cell in none of the three is missing or unreadable.
    """

    report: Report
    ruleset: Ruleset
    form: Form | None
    layout: Layout
    numbers: Mapping[str, Number]
    blanks: frozenset[str]
    blank_totals: frozenset[str]


def open_sheet(report: Report, ruleset: Ruleset) -> Sheet:
    """Lay a report on the form it follows."""
    form = ruleset.form(report.form)
    cells = report.cells
    numbers: dict[str, Number] = {address: c.value for address, c in cells.items() if c.value is not None}
    numbers[""] = 1
    if form is None:
        return Sheet(report, ruleset, None, _EMPTY, numbers, frozenset(), frozenset())
    layout = ruleset.layout(form, _standing_rows(report, form))
    blanks: frozenset[str] = frozenset()
    blank_totals: frozenset[str] = frozenset()
    if len(numbers) <= len(cells):
        blanks = frozenset(a for a, c in cells.items() if c.value is None and c.state is not CellState.UNREADABLE)
        blank_totals = frozenset(
            total for total, parts in layout.totals.items() if total in blanks and any(p in numbers for p in parts)
        )
    return Sheet(report, ruleset, form, layout, numbers, blanks, blank_totals)


def _standing_rows(report: Report, form: Form) -> frozenset[str]:
    """Find the rows that the report prints instead of the rows they stand for: (六)其他处理 in one row.

    Such a row counts where its parts hold nothing, and it holds something or its parts are not printed at all.
    """
    cells = report.cells
    standing = set()
    for row, own, parts in _candidates(form):
        if any(address in cells for address in own):
            printed = [cells[part].state for part in parts if part in cells]
            filled = any(address in cells and cells[address].state in _FILLED for address in own)
            if not any(state in _FILLED for state in printed) and (filled or not printed):
                standing.add(row)
    return frozenset(standing)


@cache
def _candidates(form: Form) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Give the rows of a form that may stand for others: address, own cells, cells of the rows it stands for."""
    return tuple(
        (
            join_address(table.prefix, row.id),
            tuple(join_address(table.prefix, row.id, column.id) for column in block.columns),
            tuple(join_address(table.prefix, part, column.id) for part in row.stands_for for column in block.columns),
        )
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        if row.stands_for
    )
