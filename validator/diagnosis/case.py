"""The outcomes of one report sorted for diagnosis: what binds, what is broken, what only weighs."""

from collections.abc import Mapping, Sequence

import msgspec

from validator.model.outcome import Equation, Outcome, Verdict
from validator.model.report import ReportCell

from .amounts import Figures
from .evidence import Evidence
from .system import Amount, System, Vector, build_system, exact


class Case(msgspec.Struct, frozen=True):
    """A report with broken identities.

    `identities` are those that hold or are broken, numbered as in `system`. `needs` gives for each unconnected
    part of the system that is broken by how much its equations must move.
    """

    identities: tuple[Outcome, ...]
    system: System
    needs: tuple[Vector, ...]
    cells: Mapping[str, ReportCell]
    figures: Figures
    evidence: Evidence


def open_case(outcomes: Sequence[Outcome], cells: Mapping[str, ReportCell]) -> Case | None:
    """Sort the outcomes of a report; None if no identity is broken.

    A blank cell that an outcome counted as 0 may change, one that no outcome counted may not, nor a cell that is
    missing or unreadable.
    """
    stated: list[Outcome] = []
    weighing: list[Outcome] = []
    broken: list[tuple[int, Outcome]] = []
    equations: list[Equation] = []
    blanks: set[str] = set()
    for outcome in outcomes:
        equation = outcome.equation
        if equation is None or outcome.verdict is Verdict.NOT_ASSESSED:
            continue
        blanks.update(outcome.blanks)
        if equation.relation != "=":
            weighing.append(outcome)
            continue
        if outcome.verdict is Verdict.BROKEN:
            broken.append((len(stated), outcome))
        stated.append(outcome)
        equations.append(equation)
    if not broken:
        return None
    system = build_system(tuple(equations))
    needs: dict[int, dict[int, Amount]] = {}
    for number, outcome in broken:
        if number not in system.outside and outcome.delta is not None:
            needs.setdefault(system.parts[number], {})[number] = -exact(outcome.delta)
    if not needs:
        return None
    weighing += [stated[number] for number in sorted(system.outside)]
    figures = {
        address: value if type(value) is int else exact(value)
        for address, cell in cells.items()
        if (value := cell.value) is not None
    }
    figures |= {address: 0 for address in blanks if address in cells and cells[address].value is None}
    return Case(tuple(stated), system, tuple(needs.values()), cells, figures, Evidence(weighing))
