"""The smallest sets of cells that mend one part of a system, all of them for up to three cells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .amounts import CellSet, Deltas, Figures, solve, spread
from .circuits import complete_circuits
from .search import OutOfNodes, find_sets
from .system import Amount, System, Vector

PROVED_SIZE = 3
"""Up to this many cells the search has no limit but its end."""
TRIED_SIZE = 6
"""Up to this many cells it tries, with a limit to the nodes it looks at."""
_NODES = 3000


@dataclass(frozen=True, slots=True)
class Smallest:
    """What is known of the smallest sets of cells that mend a part.

    `sets` are the sets of the smallest size at which any was found. `complete`: they are all there are and no
    smaller one exists. `at_least`: fewer cells than this cannot mend it, which is proved in any case.
    """

    sets: tuple[CellSet, ...]
    complete: bool
    at_least: int


@dataclass(slots=True)
class _Hunt:
    """The state of a search: sets that turned out to need more cells, by size, and effects that lead nowhere.

    Sets with amounts left open grow from blocked effects alone. `exact`: none of them can have been overlooked.
    """

    system: System
    need: Vector
    figures: Figures
    allows: Callable[[Deltas], bool]
    larger: dict[int, list[CellSet]] = field(default_factory=dict)
    blocked: list[tuple[tuple[int, ...], tuple[Amount, ...]]] = field(default_factory=list)
    exact: bool = True

    def take(self, effects: tuple[int, ...], size: int) -> None:
        """Turn effects that span what is needed into sets of cells, kept under their size."""
        amounts = solve(self.system, effects, self.need)
        if amounts is None or not all(amounts):
            return
        fewest, sets = spread(self.system, effects, amounts, self.figures)
        allowed = [found for found in sets if self.allows(found.deltas)]
        if fewest != size or not allowed:
            self.blocked.append((effects, amounts))
            self.exact = self.exact and self.system.plain
        if len(allowed) < len(sets) and any(len(self.system.members[effect]) > 1 for effect in effects):
            self.exact = False
        self.larger.setdefault(fewest, []).extend(allowed)

    def take_circuits(self, size: int) -> None:
        """Keep the sets of this size that grow from blocked effects through a circuit."""
        for effects, amounts in self.blocked:
            for found in complete_circuits(self.system, effects, amounts, self.figures):
                if self.allows(found.deltas):
                    self.larger.setdefault(size, []).append(found)
                else:
                    self.exact = False


def find_smallest(
    system: System, need: Vector, figures: Figures, allows: Callable[[Deltas], bool] = lambda _: True
) -> Smallest:
    """Find the smallest sets that move each equation by `need`, of cells that have figures, and that are allowed."""
    hunt = _Hunt(system, need, figures, allows)
    for size in range(1, TRIED_SIZE + 1):
        if size == PROVED_SIZE:
            hunt.take_circuits(size)
        try:
            for effects in find_sets(system, need, size, nodes=None if size <= PROVED_SIZE else _NODES):
                hunt.take(effects, size)
        except OutOfNodes:
            break
        if hunt.larger.get(size):
            complete = hunt.exact and size <= PROVED_SIZE
            return Smallest(_distinct(hunt.larger[size]), complete, size if complete else _lower_bound(hunt))
    return Smallest((), complete=False, at_least=_lower_bound(hunt))


def _lower_bound(hunt: _Hunt) -> int:
    """Give the number of cells that is proved to be needed once the sets of up to PROVED_SIZE have been searched."""
    return PROVED_SIZE + 1 if hunt.exact else 1


def _distinct(sets: Iterable[CellSet]) -> tuple[CellSet, ...]:
    """Keep one of the sets with the same cells, in the order found."""
    seen: dict[frozenset[str], CellSet] = {}
    for found in sets:
        seen.setdefault(frozenset(cell for cell, _ in found.deltas), found)
    return tuple(seen.values())
