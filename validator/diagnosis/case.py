"""The outcomes of one report sorted for diagnosis: what binds, what is broken, what only weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from validator.model.outcome import Outcome, Verdict
from validator.model.report import ReportCell

from .amounts import Figures
from .evidence import Evidence
from .system import Amount, System, Vector, build_system, exact


@dataclass(frozen=True, slots=True)
class Case:
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
    assessed = [o for o in outcomes if o.equation is not None and o.verdict is not Verdict.NOT_ASSESSED]
    stated = [o for o in assessed if o.equation is not None and o.equation.relation == "="]
    broken = [(number, outcome) for number, outcome in enumerate(stated) if outcome.verdict is Verdict.BROKEN]
    if not broken:
        return None
    system = build_system(tuple([o.equation for o in stated if o.equation is not None]))
    needs: dict[int, dict[int, Amount]] = {}
    for number, outcome in broken:
        if number not in system.outside and outcome.delta is not None:
            needs.setdefault(system.parts[number], {})[number] = -exact(outcome.delta)
    if not needs:
        return None
    weighing = [o for o in assessed if o.equation is not None and o.equation.relation != "="]
    weighing += [stated[number] for number in sorted(system.outside)]
    blanks = {cell for o in assessed if o.blanks for cell in o.blanks}
    figures = {
        address: value if type(value) is int else exact(value)
        for address, cell in cells.items()
        if (value := cell.value) is not None
    }
    figures |= {address: 0 for address in blanks if address in cells and cells[address].value is None}
    return Case(tuple(stated), system, tuple(needs.values()), cells, figures, Evidence(weighing))
