"""What else a report says of a proposal: its bounds, and figures from outside its tables (prose, last year).

These weigh, they do not bind: prose is often copied from the wrong cell, and a figure of another report can be wrong
itself. Only a bound of severity error that holds is never broken.
"""

from collections.abc import Iterable, Sequence

import msgspec

from validator.model.outcome import Outcome, Severity, Verdict

from .system import Amount, exact

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
