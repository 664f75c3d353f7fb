"""How probable an explanation is, in bits: the fewer, the likelier. A slip counts once, however many cells it moves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from validator.model.slip import Slip, SlipId, Suspect

from .recognise import SINGLE, Spot
from .surroundings import Surroundings
from .system import Amount

MISTAKE_BITS = 7.0
"""The price of one more mistake, whatever its kind: that this cell of some 150 should have gone wrong."""
_UNPRICED = 8.0
"""The price of what no slip among the data explains."""

Deltas = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Price:
    """What an explanation costs, and the slip behind each of its changes."""

    bits: float
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The slip behind them all, or that there are several."""
        return self.reasons[0] if len(set(self.reasons)) == 1 else "several-slips"


class Pricer:
    """Prices changes of one report; every change is looked at once."""

    def __init__(self, slips: Sequence[Slip], spot_of: Callable[[str], Spot], around: Surroundings) -> None:
        self._slips: Mapping[SlipId, Slip] = {slip.id: slip for slip in slips}
        self._by_rarity = sorted((s.bits, s.id) for s in slips if s.id in SINGLE)
        self._spot_of = spot_of
        self._around = around
        self._spots: dict[str, Spot] = {}
        self._known: dict[tuple[str, Amount], tuple[float, str]] = {}

    def suspect(self, price: Price) -> Suspect:
        """Say who slipped: the extractor if every slip is one of reading, else the report."""
        slips = [self._slips.get(reason) for reason in price.reasons]  # type: ignore[call-overload]
        return "extraction" if all(slip and slip.suspect == "extraction" for slip in slips) else "report"

    def price(self, deltas: Deltas) -> Price:
        """Price a set of changes: the cheapest way to see them as slips of one cell and of two."""
        if not deltas:
            return Price(0.0, ())
        (cell, delta), rest = deltas[0], deltas[1:]
        bits, reason = self._price_one(cell, delta)
        following = self.price(rest)
        best = Price(MISTAKE_BITS + bits + following.bits, (reason, *following.reasons))
        for place, (other, _) in enumerate(rest):
            pair = self._price_pair(deltas[0], rest[place])
            if pair is None:
                continue
            following = self.price((*rest[:place], *rest[place + 1 :]))
            total = MISTAKE_BITS + pair[0] + following.bits
            if total < best.bits and other:
                reasons = [pair[1], *following.reasons]
                reasons.insert(place + 1, pair[1])
                best = Price(total, tuple(reasons))
        return best

    def price_operation(self, slip: SlipId, cells: int, variants: int) -> Price | None:
        """Price one act that moves so many cells; None if it is not among the slips."""
        if slip not in self._slips:
            return None
        return Price(MISTAKE_BITS + self._slips[slip].bits + log2(variants), (slip,) * cells)

    def spot(self, cell: str) -> Spot:
        """Give a printed cell and what stands around it."""
        if cell not in self._spots:
            self._spots[cell] = self._spot_of(cell)
        return self._spots[cell]

    def _price_one(self, cell: str, delta: int) -> tuple[float, str]:
        known = self._known.get((cell, delta))
        if known is not None:
            return known
        spot = self.spot(cell)
        meant = int(spot.figure + delta)
        best = _UNPRICED + log2(2 + int(max(spot.figure, meant))), "unknown"
        for bits, slip in self._by_rarity:
            if bits >= best[0]:
                break
            variants = SINGLE[slip](spot, meant)
            if variants and bits + log2(variants) < best[0]:
                best = bits + log2(variants), slip
        self._known[cell, delta] = best
        return best

    def _price_pair(self, first: tuple[str, int], second: tuple[str, int]) -> tuple[float, str] | None:
        """Price two changes as an exchange of two figures of one row or column, or of a figure and a 0."""
        figure, other = self.spot(first[0]).figure, self.spot(second[0]).figure
        if first[1] != -second[1] or figure + first[1] != other:
            return None
        for line, slip in ((self._around.rows, "neighbouring-column"), (self._around.columns, "neighbouring-row")):
            cells = line.get(first[0], ())
            if second[0] in cells:
                near = abs(cells.index(first[0]) - cells.index(second[0])) == 1
                name = slip if near and not (figure and other) else "cells-exchanged"
                if name in self._slips:
                    far = 1.0 if near else 5.0 if figure and other else 8.0
                    return self._slips[name].bits + far, name  # type: ignore[index]
        return None
