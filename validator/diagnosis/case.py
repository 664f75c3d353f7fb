"""The outcomes of one report sorted for diagnosis: what binds, what is broken, what only weighs.

What weighs are bounds, and figures from outside the tables (prose, last year). They do not bind: prose is often copied
from the wrong cell, and a figure of another report can be wrong itself. Only a bound of severity error that holds is
never broken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Number, ReportCell

from .system import Amount, System, Vector, build_system, exact

# Looked up once: in Python 3.11 a member of an enumeration costs more than all that is asked of it below.
_HOLDS, _BROKEN, _UNKNOWN = Verdict.HOLDS, Verdict.BROKEN, Verdict.NOT_ASSESSED

_BITS = {"=": 6.0, "<=": 3.0, ">=": 3.0}
"""What a proposal loses by breaking such a relation, and gains by mending it."""


class _Relation(msgspec.Struct, frozen=True):
    outcome: Outcome
    coefficients: Mapping[str, int]
    sign: str
    delta: Amount


class Evidence:
    """The relations of a report that speak for or against proposals without binding them."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        relations = [
            _Relation(outcome, equation.coefficients, equation.relation, exact(delta))
            for outcome in outcomes
            if (equation := outcome.equation) is not None and (delta := outcome.delta) is not None
        ]
        # Bounds come first in all that is told.
        relations.sort(key=_is_equation)
        self._about: dict[str, list[_Relation]] = {}
        for relation in relations:
            for cell in relation.coefficients:
                self._about.setdefault(cell, []).append(relation)

    def allows(self, deltas: Sequence[tuple[str, int]]) -> bool:
        """Say whether the changes leave every held bound of severity error standing."""
        return not self._about or not any(
            relation.sign != "=" and relation.outcome.severity is Severity.ERROR and not mended
            for relation, mended in self._turned(deltas)
        )

    def weigh(self, deltas: Sequence[tuple[str, int]]) -> tuple[float, list[Outcome]]:
        """Give the bits to add to the price of the changes, and the broken outcomes that they mend besides."""
        if not self._about:
            return 0.0, []
        turned = list(self._turned(deltas))
        bits = sum(_BITS[relation.sign] * (-1 if mended else 1) for relation, mended in turned)
        return bits, [relation.outcome for relation, mended in turned if mended]

    def _turned(self, deltas: Sequence[tuple[str, int]]) -> Iterator[tuple[_Relation, bool]]:
        """Give the relations that the changes break or mend, and whether it is the latter."""
        touched = {id(r): r for cell, _ in deltas for r in self._about.get(cell, ())}
        for relation in touched.values():
            delta = relation.delta + sum(relation.coefficients.get(cell, 0) * amount for cell, amount in deltas)
            holds = delta == 0 if relation.sign == "=" else delta <= 0 if relation.sign == "<=" else delta >= 0
            if holds != (relation.outcome.verdict is _HOLDS):
                yield relation, holds


class PrintedFigures(dict[str, Amount | None]):
    """What each cell of a report counts as, looked up when it is wanted; None for one that may not change.

    A blank cell that an outcome counted as 0 may change, one that no outcome counted may not, nor a cell that is
    missing or unreadable.
    """

    def __init__(self, outcomes: Sequence[Outcome], cells: Mapping[str, ReportCell]) -> None:
        super().__init__()
        self._outcomes = outcomes
        self._cells = cells

    def mask_filled(self, masks: Mapping[str, int]) -> int:
        """Unite the masks of those cells that hold another figure than 0."""
        filled, cells = 0, self._cells
        for cell, mask in masks.items():
            if cell in cells and cells[cell][0]:
                filled |= mask
        return filled

    def __missing__(self, cell: str) -> Amount | None:
        printed = self._cells.get(cell)
        value = None if printed is None else printed[0]
        figure = value if type(value) is int else self._weigh(cell, value)
        self[cell] = figure
        return figure

    def _weigh(self, cell: str, value: Number | None) -> Amount | None:
        if value is not None:
            return exact(value)
        return 0 if cell in self._counted and cell in self._cells else None

    @cached_property
    def _counted(self) -> frozenset[str]:
        """The blank cells that an outcome counted as 0."""
        return frozenset(cell for outcome in self._outcomes if _is_known(outcome) for cell in outcome.blanks)


class Case(msgspec.Struct, frozen=True):
    """A report as diagnosis sees it.

    `not_held` are the outcomes that are broken or unknown; `broken` the identities among them, by their numbers in
    `system`. `needs` gives for each unconnected part of the system that is broken by how much its equations must move.
    """

    not_held: Sequence[Outcome]
    broken: Mapping[int, Outcome]
    system: System
    needs: Sequence[Vector]
    cells: Mapping[str, ReportCell]
    figures: PrintedFigures
    evidence: Evidence


def open_case(outcomes: Sequence[Outcome], cells: Mapping[str, ReportCell]) -> Case:
    """Sort the outcomes of a report."""
    not_held = [outcome for outcome in outcomes if outcome.verdict is not _HOLDS]
    unknown = tuple([outcome.equation for outcome in not_held if outcome.verdict is _UNKNOWN and outcome.exact])
    system = build_system(tuple([outcome.equation for outcome in outcomes if outcome.exact]), unknown)
    broken: dict[int, Outcome] = {}
    needs: dict[int, dict[int, Amount]] = {}
    for outcome in not_held:
        if outcome.verdict is _BROKEN and outcome.exact and (delta := outcome.delta) is not None:
            for number in system.numbers.get(outcome.equation, ()):
                if number not in broken:
                    broken[number] = outcome
                    needs.setdefault(system.parts[number], {})[number] = -exact(delta)
                    break
    weighing = [outcome for outcome in outcomes if not outcome.exact]
    if system.outside:
        weighing = [outcome for outcome in outcomes if not outcome.exact or outcome.equation in system.outside]
    figures = PrintedFigures(outcomes, cells)
    return Case(not_held, broken, system, list(needs.values()), cells, figures, Evidence(weighing))


def _is_known(outcome: Outcome) -> bool:
    return outcome.equation is not None and outcome.verdict is not _UNKNOWN


def _is_equation(relation: _Relation) -> bool:
    return relation.sign == "="
