"""A result -> the changes that are proved: cells whose right figure the relations leave no doubt about."""

import msgspec

from validator.model.location import Location
from validator.model.report import CellState
from validator.model.result import ReportResult, Results
from validator.render.look import Look
from validator.render.problems import list_problems, name_cell


class Mending(msgspec.Struct, frozen=True):
    """A cell to change: its place, its name, what it says ("" if it is blank) and what it should say."""

    place: Location
    name: str
    reported: str
    proposed: str
    basis: tuple[str, ...] = ()


def plan_mending(reports: list[ReportResult], results: Results, look: Look) -> list[Mending]:
    """Give the changes of the problems whose mend is the only one of its size, all cells of a problem or none.

    A cell that holds more than its figure (a mark of a note, a unit) is left, for nobody but its author knows what of
    that should stay; so is what the prose says.
    """
    planned = []
    for report in reports:
        form = results.forms.get(report.form or "")
        for problem in list_problems(report, results, look):
            cells = [report.cells.get(change.cell) for change in problem.changes]
            if not problem.is_certain or not all(cell and _is_plain(cell.state, cell.raw) for cell in cells):
                continue
            planned += [
                Mending(
                    cell.location,
                    " ".join(part for part in name_cell(change.cell, report, form, look) if part),
                    cell.raw.strip(),
                    str(change.proposed),
                    problem.basis,
                )
                for change, cell in zip(problem.changes, cells, strict=True)
                if cell is not None
            ]
    return planned


def _is_plain(state: CellState, raw: str) -> bool:
    return state is CellState.BLANK or (state is CellState.NUMBER and raw.strip().isascii() and raw.strip().isdecimal())
