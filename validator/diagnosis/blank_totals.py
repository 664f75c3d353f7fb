"""Totals left blank while their parts are filled: what they should say, if everything they lie in then holds."""

from collections.abc import Callable, Mapping, Sequence

from validator.model.outcome import Change, Equation, Explanation, Outcome, Verdict
from validator.model.report import CellState, ReportCell

from .surroundings import Surroundings
from .system import Amount, divide, exact

_REASON = "total-left-blank"


def explain_blank_totals(
    outcomes: Sequence[Outcome],
    cells: Mapping[str, ReportCell],
    around: Surroundings,
    fingerprint: Callable[[Outcome], str],
) -> list[Explanation]:
    """Explain each finding of blank totals by the sums that these totals should hold.

    There is no explanation if some identity would still be broken or unknown with the sums filled in.
    """
    unassessed = [outcome.equation for outcome in outcomes if outcome.reason == "total-blank"]
    equations = [equation for equation in unassessed if equation is not None and equation.relation == "="]
    sums = _fill(equations, cells) if equations else {}
    if not sums:
        return []
    findings = [
        outcome
        for outcome in outcomes
        if outcome.verdict is Verdict.BROKEN
        and outcome.reason == "total-blank"
        and all(cell in sums for cell in outcome.cells)
    ]
    return [_explain(outcome, sums, around, fingerprint(outcome)) for outcome in findings]


def _explain(outcome: Outcome, sums: Mapping[str, int], around: Surroundings, fingerprint: str) -> Explanation:
    columns = {around.columns.get(cell, (cell,)) for cell in outcome.cells}
    return Explanation(
        changes=tuple(Change(cell, None, sums[cell], _REASON, (fingerprint,)) for cell in outcome.cells),
        explains=(fingerprint,),
        unique=True,
        reason=_REASON,
        confidence="unique",
        operation=len(outcome.cells) > 2 and len(columns) == 1,
        at_least=len(outcome.cells),
    )


def _fill(equations: Sequence[Equation], cells: Mapping[str, ReportCell]) -> dict[str, int]:
    """Give every blank total its sum, from equations in which no other blank total is left; {} on a contradiction."""
    open_cells = _blank_totals(equations, cells)
    known: dict[str, Amount] = {"": 1}
    for cell in dict.fromkeys(cell for equation in equations for cell in equation.addresses):
        if cell not in open_cells:
            printed = cells.get(cell)
            if printed is None or printed.state is CellState.UNREADABLE:
                return {}
            known[cell] = 0 if printed.value is None else exact(printed.value)
    waiting = list(equations)
    while waiting:
        ready = [(e, unknown) for e in waiting if len(unknown := [a for a in e.addresses if a not in known]) < 2]
        if not ready:
            return {}
        for equation, unknown in ready:
            waiting.remove(equation)
            rest = sum(c * known.get(cell, 0) for cell, c in equation.coefficients.items())
            if unknown and unknown[0] not in known:
                known[unknown[0]] = -divide(rest, equation.coefficients[unknown[0]])
            elif rest:
                return {}
    sums = {cell: known[cell] for cell in open_cells}
    return {c: s for c, s in sums.items() if isinstance(s, int)} if all(_is_count(s) for s in sums.values()) else {}


def _is_count(amount: Amount) -> bool:
    return isinstance(amount, int) and amount >= 0


def _blank_totals(equations: Sequence[Equation], cells: Mapping[str, ReportCell]) -> dict[str, None]:
    """Find the cells without a figure that stand alone on one side of an equation."""
    sides = [side for equation in equations for side in (equation.left, equation.right) if len(side) == 1]
    alone = dict.fromkeys(side[0][1] for side in sides)
    return {c: None for c in alone if c in cells and cells[c].value is None and cells[c].state is CellState.BLANK}
