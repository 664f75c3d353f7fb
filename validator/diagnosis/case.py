"""The outcomes of one report sorted for diagnosis: what binds, what is broken, what only weighs.

What weighs are bounds, and figures from outside the tables (prose, last year). They do not bind: prose is often copied
from the wrong cell, and a figure of another report can be wrong itself. Only a bound of severity error that holds is
never broken.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from validator.model.outcome import Equation, Outcome, Severity, Verdict
from validator.model.report import ReportCell

from .system import Amount, Figures, System, Vector, build_system, exact

_BITS = {"=": 6.0, "<=": 3.0, ">=": 3.0}
"""What a proposal loses by breaking such a relation, and gains by mending it."""


class _Relation(msgspec.Struct, frozen=True):
    outcome: Outcome
    coefficients: dict[str, int]
    sign: str
    delta: Amount


class Evidence:
    """The relations of a report that speak for or against proposals without binding them."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self._about: dict[str, list[_Relation]] = {}
        for outcome in outcomes:
            if outcome.equation is None or outcome.delta is None:
                continue
            equation, delta = outcome.equation, exact(outcome.delta)
            relation = _Relation(outcome, equation.coefficients, equation.relation, delta)
            for cell in relation.coefficients:
                self._about.setdefault(cell, []).append(relation)

    def allows(self, deltas: Sequence[tuple[str, int]]) -> bool:
        """Say whether the changes leave every held bound of severity error standing."""
        return not any(
            relation.sign != "=" and relation.outcome.severity is Severity.ERROR and not mended
            for relation, mended in self._turned(deltas)
        )

    def weigh(self, deltas: Sequence[tuple[str, int]]) -> tuple[float, list[Outcome]]:
        """Give the bits to add to the price of the changes, and the broken outcomes that they mend besides."""
        turned = list(self._turned(deltas))
        bits = sum(_BITS[relation.sign] * (-1 if mended else 1) for relation, mended in turned)
        return bits, [relation.outcome for relation, mended in turned if mended]

    def _turned(self, deltas: Sequence[tuple[str, int]]) -> Iterable[tuple[_Relation, bool]]:
        """Give the relations that the changes break or mend, and whether it is the latter."""
        touched = {id(r): r for cell, _ in deltas for r in self._about.get(cell, ())}
        for relation in touched.values():
            delta = relation.delta + sum(relation.coefficients.get(cell, 0) * amount for cell, amount in deltas)
            holds = delta == 0 if relation.sign == "=" else delta <= 0 if relation.sign == "<=" else delta >= 0
            if holds != (relation.outcome.verdict is Verdict.HOLDS):
                yield relation, holds


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
        verdict = outcome.verdict
        if equation is None or verdict is Verdict.NOT_ASSESSED:
            continue
        if outcome.blanks:
            blanks.update(outcome.blanks)
        if equation.relation != "=":
            weighing.append(outcome)
            continue
        if verdict is Verdict.BROKEN:
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
        if (value := cell[0]) is not None
    }
    figures |= {address: 0 for address in blanks if address in cells and cells[address].value is None}
    return Case(tuple(stated), system, tuple(needs.values()), cells, figures, Evidence(weighing))
