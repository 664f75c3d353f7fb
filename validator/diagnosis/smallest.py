"""The smallest sets of cells that mend one part of a system, all of them for up to three cells.

Three cells of which each could be made up for by the other two are a circuit, in which equations leave amounts open.
Where a set mends the system only with a figure below 0, a third cell of a circuit can carry the excess. The official
forms have no circuit that matters; identities that users add may have.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor, gcd, lcm

import msgspec

from .amounts import CellSet, can_take, solve, spread
from .case import PrintedFigures
from .search import OutOfNodes, find_sets
from .system import Amount, Deltas, Figures, System, Vector, mask_of

PROVED_SIZE = 3
"""Up to this many cells the search has no limit but its end."""
TRIED_SIZE = 6
"""Up to this many cells it tries, with a limit to the nodes that it looks at."""
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
    broken: int
    larger: dict[int, list[CellSet]] = msgspec.field(default_factory=dict)
    blocked: list[tuple[tuple[int, ...], tuple[Amount, ...]]] = msgspec.field(default_factory=list)
    exact: bool = True

    def take(self, effects: tuple[int, ...], size: int) -> None:
        """Turn effects that span what is needed into sets of cells, kept under their size."""
        amounts = solve(self.system, effects, self.need, self.broken)
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
    hunt = _Hunt(system, need, figures, allows, mask_of(need))
    for size in range(1, PROVED_SIZE + 1):
        if size == 1:
            for effect in system.touching.get(hunt.broken, ()):
                hunt.take((effect,), 1)
        else:
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
        hunt = _Hunt(system, need, figures, allows, mask_of(need))
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


def find_next(system: System, need: Vector, figures: PrintedFigures, smallest: Smallest) -> tuple[CellSet, ...]:
    """Find sets of one cell more than the smallest, where those are of two: two slips can look like one.

    They are told beside those and prove nothing, so the search has a limit.
    """
    if not smallest.sets or len(smallest.sets[0].deltas) != 2:
        return ()
    if not _may_mend(system, need, figures):
        return ()
    hunt = _Hunt(system, need, figures, lambda _: True, mask_of(need))
    try:
        sets = find_sets(system, need, 3, nodes=_NODES)
    except OutOfNodes as stopped:
        sets = stopped.found
    for effects in sets:
        hunt.take(effects, 3)
    return _distinct(hunt.larger.get(3, ()))


def _may_mend(system: System, need: Vector, figures: PrintedFigures) -> bool:
    """Say whether three cells may mend the system, none of which falls below 0: a short search for most that cannot."""
    movers = {}
    for equation, amount in need.items():
        growing, shrinking = system.pushes[equation][amount > 0]
        movers[equation] = growing | figures.mask_filled(shrinking)
    try:
        sets = find_sets(system, need, 3, nodes=_NODES, movers=movers)
    except OutOfNodes:
        return True
    broken = mask_of(need)
    for effects in sets:
        amounts = solve(system, effects, need, broken)
        if amounts is not None and spread(system, effects, amounts, figures)[1]:
            return True
    return False


def _distinct(sets: Sequence[CellSet]) -> tuple[CellSet, ...]:
    """Keep one of the sets with the same cells, in the order found."""
    if len(sets) == 1:
        return tuple(sets)
    seen: dict[frozenset[str], CellSet] = {}
    for found in sets:
        seen.setdefault(frozenset(cell for cell, _ in found.deltas), found)
    return tuple(seen.values())


def complete_circuits(
    system: System, effects: Sequence[int], amounts: Sequence[Amount], figures: Figures
) -> Iterator[CellSet]:
    """Give the sets of three cells that mend the system through circuits around one or two effects that cannot."""
    first = effects[0]
    for pair in find_sets(system, system.effects[first], 2, excluded=1 << first):
        weights = solve(system, pair, system.effects[first], system.touched[first])
        if weights is None or not all(weights) or not set(effects[1:]) <= set(pair):
            continue
        circuit = (first, *pair)
        direction = _whole((-1, *weights))
        known = dict(zip(effects, amounts, strict=True))
        start = [Fraction(known.get(effect, 0)) for effect in circuit]
        step = lcm(*(amount.denominator for amount in start))
        for part in range(step):
            moved = [a + Fraction(part, step) * d for a, d in zip(start, direction, strict=True)]
            if all(amount.denominator == 1 for amount in moved):
                yield from _along(system, circuit, [int(amount) for amount in moved], direction, figures)
                break


def _whole(weights: Sequence[Amount]) -> tuple[int, ...]:
    """Scale to the smallest whole numbers in the same proportion."""
    scale = lcm(*(Fraction(weight).denominator for weight in weights))
    scaled = [int(weight * scale) for weight in weights]
    return tuple(weight // gcd(*scaled) for weight in scaled)


def _along(
    system: System, circuit: Sequence[int], start: Sequence[int], direction: Sequence[int], figures: Figures
) -> Iterator[CellSet]:
    """Walk along the circuit: amounts start + t x direction, for each choice of one cell an effect."""
    for chosen in product(*(system.members[effect] for effect in circuit)):
        lines = [
            (figure, factor * a, factor * d)
            for (cell, factor), a, d in zip(chosen, start, direction, strict=True)
            if (figure := figures[cell]) is not None and abs(factor) == 1
        ]
        if len(lines) < len(chosen):
            continue
        steps = list(_steps(lines))
        if steps:
            best = min(steps, key=lambda t: (sum(abs(a + t * d) for _, a, d in lines), t))
            deltas = tuple((cell, a + best * d) for (cell, _), (_, a, d) in zip(chosen, lines, strict=True))
            yield CellSet(deltas, several=len(steps) > 1)


def _steps(lines: Sequence[tuple[Amount, int, int]]) -> Iterator[int]:
    """Give the steps near the turns of the lines at which every cell changes and none falls below 0."""
    turns = [Fraction(-a, d) for _, a, d in lines] + [-(Fraction(figure) + a) / d for figure, a, d in lines]
    near = {t + offset for turn in turns for t in (floor(turn), ceil(turn)) for offset in (-1, 0, 1)}
    for t in sorted(near):
        if all(a + t * d and can_take(figure, a + t * d) for figure, a, d in lines):
            yield t
