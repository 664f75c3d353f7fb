"""The smallest sets of cells that mend one part of a system, all of them for up to three cells."""

from collections.abc import Callable, Iterable

import msgspec

from .amounts import CellSet, Deltas, Figures, solve, spread
from .circuits import complete_circuits
from .search import OutOfNodes, find_sets
from .system import Amount, System, Vector

PROVED_SIZE = 3
"""Up to this many cells the search has no limit but its end."""
TRIED_SIZE = 6
"""Up to this many cells it tries, with a limit to the nodes it looks at for each size."""
_NODES = 1500


class Smallest(msgspec.Struct, frozen=True):
    """What is known of the smallest sets of cells that mend a part.

    `sets` are the sets of the smallest size at which any was found. `complete`: they are all there are and no
    smaller one exists. `at_least`: fewer cells than this cannot mend it, which is proved in any case.
    """

    sets: tuple[CellSet, ...]
    complete: bool
    at_least: int


class _Hunt(msgspec.Struct):
    """The state of a search: sets that turned out to need more cells, by size, and effects that lead nowhere.

    Sets with amounts left open grow from blocked effects alone. `exact`: none of them can have been overlooked.
    """

    system: System
    need: Vector
    figures: Figures
    allows: Callable[[Deltas], bool]
    larger: dict[int, list[CellSet]] = msgspec.field(default_factory=dict)
    blocked: list[tuple[tuple[int, ...], tuple[Amount, ...]]] = msgspec.field(default_factory=list)
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
    for size in range(1, PROVED_SIZE + 1):
        if size == PROVED_SIZE:
            hunt.take_circuits(size)
        for effects in find_sets(system, need, size):
            hunt.take(effects, size)
        if hunt.larger.get(size):
            return Smallest(_distinct(hunt.larger[size]), hunt.exact, size if hunt.exact else 1)
    return Smallest((), complete=False, at_least=PROVED_SIZE + 1 if hunt.exact else 1)


def try_larger(
    system: System, need: Vector, figures: Figures, smallest: Smallest, allows: Callable[[Deltas], bool]
) -> Smallest:
    """Look for larger sets where none of the proved sizes was found; what was not found is not proved to be none."""
    for size in range(PROVED_SIZE + 1, TRIED_SIZE + 1):
        hunt = _Hunt(system, need, figures, allows)
        try:
            sets, ended = find_sets(system, need, size, nodes=_NODES), True
        except OutOfNodes as stopped:
            sets, ended = stopped.found, False
        for effects in sets:
            hunt.take(effects, size)
        if hunt.larger.get(size):
            return Smallest(_distinct(hunt.larger[size]), complete=False, at_least=smallest.at_least)
        if not ended:
            break
    return smallest


def find_next(system: System, need: Vector, figures: Figures, smallest: Smallest) -> tuple[CellSet, ...]:
    """Find the sets of one cell more than the smallest, where those are of two: two slips can look like one."""
    if not smallest.sets or len(smallest.sets[0].deltas) != 2:
        return ()
    hunt = _Hunt(system, need, figures, lambda _: True)
    for effects in find_sets(system, need, 3):
        hunt.take(effects, 3)
    return _distinct(hunt.larger.get(3, ()))


def _distinct(sets: Iterable[CellSet]) -> tuple[CellSet, ...]:
    """Keep one of the sets with the same cells, in the order found."""
    seen: dict[frozenset[str], CellSet] = {}
    for found in sets:
        seen.setdefault(frozenset(cell for cell, _ in found.deltas), found)
    return tuple(seen.values())
