"""How probable an explanation is, in bits: the fewer, the likelier. A slip counts once, however many cells it moves."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log2
from typing import NamedTuple

import msgspec

from validator.model.outcome import Slip, Suspect

from .case import Case
from .recognise import PrintedCell, Recognise, choose_slips, look_up
from .surroundings import Surroundings
from .system import Deltas

MISTAKE_BITS = 7.0
"""The price of one more mistake, whatever its kind: that this cell of some 150 should have gone wrong."""
_FILL_BITS = 1.0
"""The price of a figure where there is none: most cells of most reports are rightly 0."""
_UNPRICED = 8.0
"""The price of a slip that is not among the data."""
_NEAR, _FAR, _FAR_AND_EMPTY = 1.0, 5.0, 8.0
"""The price of finding the other cell of an exchange: next to the first, elsewhere in its line, elsewhere and empty."""


_FEWEST_COLUMNS = 3
_MUCH = 2
"""So many digits too long or too short, and more, are all the same."""


class Price(NamedTuple):
    """What an explanation costs; for each of its changes the slip behind it, and which act of the person it was.

    Changes of one act bear the same number.
    """

    bits: float
    reasons: tuple[str, ...]
    acts: tuple[int, ...]

    def then(self, other: "Price") -> "Price":
        """Give the price of both together, this one's changes first."""
        acts = tuple(act + len(self.acts) for act in other.acts)
        return Price(self.bits + other.bits, self.reasons + other.reasons, self.acts + acts)


def name_reason(reasons: Sequence[str]) -> str:
    """Give the slip behind all of these changes, or say that there are several."""
    return reasons[0] if len(reasons) == 1 or len(set(reasons)) == 1 else "several-slips"


class _Slips(msgspec.Struct, frozen=True):
    """The slips of a run by their ids; those of reading; those of one figure, the most frequent first.

    `single` gives them by how many digits the printed figure is longer than the right one, and whether it is nothing.
    """

    by_id: Mapping[str, Slip]
    of_reading: frozenset[str]
    single: Mapping[tuple[int, bool], Sequence[tuple[float, str, Recognise]]]


@lru_cache(maxsize=16)
def _arrange(slips: tuple[Slip, ...]) -> _Slips:
    """Arrange the slips; a run has the same for all reports."""
    by_rarity = sorted((slip.bits, slip.id) for slip in slips)
    return _Slips(
        by_id={slip.id: slip for slip in slips},
        of_reading=frozenset(slip.id for slip in slips if slip.suspect == "extraction"),
        single={
            (longer, nothing): [(bits, slip, apt[slip]) for bits, slip in by_rarity if slip in apt]
            for longer in (-1, 0, 1, _MUCH)
            for nothing in (True, False)
            for apt in [choose_slips(longer, nothing)]
        },
    )


class Pricer:
    """Prices changes of one report; every change is looked at once."""

    def __init__(self, slips: Sequence[Slip], case: Case, around: Surroundings) -> None:
        self._arranged = _arrange(tuple(slips))
        self._slips = self._arranged.by_id
        self._case = case
        self._around = around
        self._printed: dict[str, PrintedCell] = {}
        self._known: dict[tuple[str, int], tuple[float, str]] = {}

    def suspect(self, reasons: Sequence[str]) -> Suspect:
        """Say who slipped: the extractor if every slip is one of reading, else the report."""
        return "extraction" if self._arranged.of_reading.issuperset(reasons) else "report"

    def price(self, deltas: Deltas) -> Price:
        """Price a set of changes: the cheapest way to see them as slips of one cell and of two."""
        if len(deltas) == 1 or len({abs(amount) for _, amount in deltas}) == len(deltas):
            return self._price_singly(deltas)
        best = self._price_singly(deltas[:1]).then(self.price(deltas[1:]))
        for place in range(1, len(deltas)):
            pair = self._price_pair(deltas[0], deltas[place])
            if pair is not None:
                others = self.price((*deltas[1:place], *deltas[place + 1 :]))
                total = MISTAKE_BITS + pair[0] + others.bits
                if total < best.bits:
                    best = Price(total, *_pair_up(place, pair[1], others))
        return best

    def _price_singly(self, deltas: Deltas) -> Price:
        """Price a set of changes, each as a slip of its own: no two go the same way and back."""
        priced = [self._price_one(*delta) for delta in deltas]
        if len(priced) == 1:
            return Price(MISTAKE_BITS + priced[0][0], (priced[0][1],), (0,))
        bits = 0.0
        for own, _ in reversed(priced):
            bits += MISTAKE_BITS + own
        return Price(bits, tuple([slip for _, slip in priced]), tuple(range(len(priced))))

    def price_operation(self, slip: str, cells: int, variants: int) -> Price | None:
        """Price one act that moves so many cells; None if it is not among the slips."""
        if slip not in self._slips:
            return None
        return Price(MISTAKE_BITS + self._slips[slip].bits + log2(variants), (slip,) * cells, (0,) * cells)

    def _look_up(self, cell: str) -> PrintedCell:
        if cell not in self._printed:
            self._printed[cell] = look_up(cell, self._case, self._around)
        return self._printed[cell]

    def _price_one(self, cell: str, delta: int) -> tuple[float, str]:
        known = self._known.get((cell, delta))
        if known is not None:
            return known
        printed = self._look_up(cell)
        figure = printed.figure
        meant = int(figure + delta)
        best: tuple[float, str] = _UNPRICED + log2(2 + int(max(figure, meant))), "unknown"
        longer = len(printed.digits) - len(str(meant))
        for bits, slip, recognise in self._arranged.single[longer if -2 < longer < 2 else _MUCH, not figure]:
            if bits >= best[0]:
                break
            variants = recognise(printed, meant)
            if variants and bits + log2(variants) < best[0]:
                best = bits + log2(variants), slip
        if not figure and not any(printed.parts):
            best = best[0] + _FILL_BITS, best[1]
        self._known[cell, delta] = best
        return best

    def _price_pair(self, first: tuple[str, int], second: tuple[str, int]) -> tuple[float, str] | None:
        """Price two changes as an exchange of figures in a line, of one and a 0, or as a part in another column."""
        (cell, delta), (other, opposite) = first, second
        if delta != -opposite or other not in self._around.rows.get(cell, ()) + self._around.columns.get(cell, ()):
            return None
        figure, moved = self._look_up(cell).figure, self._look_up(other).figure
        if figure + delta != moved:
            return self._price_part(cell, other, abs(delta))
        near = ""
        if other in self._around.beside(cell, self._case.figures):
            near = "neighbouring-column"
        elif other in self._around.above(cell, self._case.figures):
            near = "neighbouring-row"
        slip = near if near and not (figure and moved) else "cells-exchanged"
        if slip not in self._slips:
            return None
        return self._slips[slip].bits + (_NEAR if near else _FAR if figure and moved else _FAR_AND_EMPTY), slip

    def _price_part(self, cell: str, other: str, amount: int) -> tuple[float, str] | None:
        """Price an amount that was counted in another column of its row; None for a total or a row of two."""
        columns = [c for c in self._around.rows.get(cell, ()) if c not in self._around.subtotals]
        if "other-column" not in self._slips or len(columns) < _FEWEST_COLUMNS or not {cell, other} <= set(columns):
            return None
        return self._slips["other-column"].bits + log2(len(columns) - 1) + log2(1 + amount), "other-column"


def _pair_up(place: int, slip: str, others: Price) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Give slips and acts of changes of which the first and that at `place` are one act, and the rest are others."""
    acts = tuple(act + 1 for act in others.acts)
    return (
        (slip, *others.reasons[: place - 1], slip, *others.reasons[place - 1 :]),
        (0, *acts[: place - 1], 0, *acts[place - 1 :]),
    )
