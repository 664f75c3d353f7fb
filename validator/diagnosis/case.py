"""The outcomes of one report sorted for diagnosis: what binds, what is broken, what only weighs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from validator.model.outcome import Outcome, Verdict
from validator.model.report import Number, ReportCell

from .amounts import Figures, divide
from .evidence import Evidence
from .recognise import Spot
from .surroundings import Surroundings
from .system import Amount, System, Vector, build_system


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
            needs.setdefault(system.parts[number], {})[number] = -_exact(outcome.delta)
    if not needs:
        return None
    weighing = [o for o in assessed if o.equation is not None and o.equation.relation != "="]
    weighing += [stated[number] for number in sorted(system.outside)]
    blanks = {cell for o in assessed if o.blanks for cell in o.blanks}
    figures = {
        address: value if type(value) is int else _exact(value)
        for address, cell in cells.items()
        if (value := cell.value) is not None
    }
    figures |= {address: 0 for address in blanks if address in cells and cells[address].value is None}
    return Case(tuple(stated), system, tuple(needs.values()), cells, figures, Evidence(weighing))


def _exact(number: Number) -> Amount:
    """Give a number as a whole one, or as a fraction if it is none."""
    if isinstance(number, Decimal):
        return int(number) if number == int(number) else Fraction(number)
    return number


def _residual(case: Case, equation: int) -> Amount:
    """Give the left side of an identity less its right side, as printed."""
    delta = case.identities[equation].delta
    return 0 if delta is None else _exact(delta)


def spotter(case: Case, around: Surroundings) -> Callable[[str], Spot]:
    """Give the function that looks a cell up together with what stands around it."""
    figures, cells = case.figures, case.cells

    def look(cell: str) -> Spot:
        printed = cells.get(cell)
        groups = around.subtotals.get(cell, ())
        return Spot(
            figure=figures[cell],
            raw="" if printed is None else printed.raw,
            blank=printed is None or printed.value is None,
            parts=tuple(
                figures[cell] - divide(_residual(case, equation), case.system.columns[cell][equation])
                for equation in case.system.totals.get(cell, ())
            ),
            beside=tuple(figures[other] for other in around.beside(cell, figures)),
            above=tuple(figures[other] for other in around.above(cell, figures)),
            subtotals=tuple(sum(figures.get(part, 0) for part in group) for group in groups),
        )

    return look
