"""The changes that could explain one broken part of a report: sets of cells and operations, each with its price."""

from collections.abc import Iterator

import msgspec

from validator.model.outcome import Outcome

from .amounts import can_take
from .case import Case
from .operations import find_exchanges, find_operations
from .pricing import MISTAKE_BITS, Price, Pricer
from .smallest import Smallest, find_next
from .surroundings import Surroundings
from .system import Deltas, Vector, divide

_PRICED = 3000
"""Of so many sets the prices are compared; further ones are only counted."""
_CLOSE = 12.0
"""A larger set is told beside the smallest if it costs less than so many bits more."""
_UNLIKELY_PAIR = 2 * (MISTAKE_BITS + 6.0)
"""From this price on two changes look less like slips than like figures that happen to fit."""
_TRIED_BESIDES = 6
"""So many single changes that mend a share of what is broken are tried together with an operation."""


class Candidate(msgspec.Struct, frozen=True):
    """Changes that mend a part, or with `mended` only these equations of it.

    `besides` are outcomes beyond the identities that they mend too. `several`: other amounts would do as well.
    `larger`: a smaller set mends the same.
    """

    deltas: Deltas
    price: Price
    bits: float
    besides: tuple[Outcome, ...] = ()
    several: bool = False
    larger: bool = False
    mended: frozenset[int] | None = None

    @property
    def rank(self) -> tuple[bool, float]:
        """Give the key by which candidates are ordered, best first."""
        return self.larger, self.bits


def price_sets(need: Vector, smallest: Smallest, case: Case, pricer: Pricer) -> list[Candidate]:
    """Price the smallest sets of cells, and such as are one cell larger and nearly as likely."""
    found = [_weigh(s.deltas, pricer.price(s.deltas), case, several=s.several) for s in smallest.sets[:_PRICED]]
    best = min([candidate.bits for candidate in found], default=0.0)
    if best < _UNLIKELY_PAIR:
        return found
    larger = [
        _weigh(s.deltas, pricer.price(s.deltas), case, several=s.several, larger=True)
        for s in find_next(case.system, need, case.figures, smallest)
        if case.evidence.allows(s.deltas)
    ]
    return found + [candidate for candidate in larger if candidate.bits < best + _CLOSE]


def price_operations(need: Vector, case: Case, around: Surroundings, pricer: Pricer) -> list[Candidate]:
    """Find and price the operations that mend all that is needed."""
    return list(_operations(need, (), case, around, pricer))


def price_exchanges(need: Vector, case: Case, around: Surroundings, pricer: Pricer) -> list[Candidate]:
    """Find and price the exchanges of two figures, one act each, that mend all that is needed."""
    found = []
    for deltas in find_exchanges(case.system, need, case.figures, around):
        price = pricer.price(deltas)
        if len(set(price.acts)) == 1 and case.evidence.allows(deltas):
            found.append(_weigh(deltas, price, case))
    return found


def price_shares(need: Vector, case: Case, pricer: Pricer) -> list[Candidate]:
    """Find and price the single changes that mend two or more of the broken equations and break none."""
    found = []
    for cell, column in case.system.columns.items():
        figure = case.figures[cell] if len(column) > 1 and column.keys() <= need.keys() else None
        if figure is not None:
            amounts = {divide(need[equation], weight) for equation, weight in column.items()}
            amount = amounts.pop()
            if not amounts and isinstance(amount, int) and can_take(figure, amount):
                deltas = ((cell, amount),)
                if case.evidence.allows(deltas):
                    found.append(_weigh(deltas, pricer.price(deltas), case, mended=frozenset(column)))
    return sorted(found, key=lambda candidate: candidate.rank)


def price_mixed(
    need: Vector, shares: list[Candidate], case: Case, around: Surroundings, pricer: Pricer
) -> Iterator[Candidate]:
    """Find and price an operation together with one change of a cell elsewhere."""
    for share in shares[:_TRIED_BESIDES]:
        rest = {equation: amount for equation, amount in need.items() if equation not in (share.mended or ())}
        if rest:
            yield from _operations(rest, share.deltas, case, around, pricer)


def _weigh(
    deltas: Deltas,
    price: Price,
    case: Case,
    several: bool = False,
    larger: bool = False,
    mended: frozenset[int] | None = None,
) -> Candidate:
    bits, besides = case.evidence.weigh(deltas)
    return Candidate(deltas, price, price.bits + bits, tuple(besides), several=several, larger=larger, mended=mended)


def _operations(need: Vector, before: Deltas, case: Case, around: Surroundings, pricer: Pricer) -> Iterator[Candidate]:
    """Give the operations that mend what is needed, each once, together with changes made before."""
    seen = set()
    for operation in find_operations(case.system, need, case.figures, around):
        deltas = before + operation.deltas
        price = pricer.price_operation(operation.slip, len(operation.deltas), operation.variants)
        if price is None or frozenset(deltas) in seen or not case.evidence.allows(deltas):
            continue
        seen.add(frozenset(deltas))
        yield _weigh(deltas, pricer.price(before).then(price), case)
