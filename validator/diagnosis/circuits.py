"""Three cells of which each could be made up for by the other two: the case in which equations leave amounts open.

Where a set mends the system only with a figure below 0, a third cell of such a circuit can carry the excess. The
official forms have no circuit that matters; identities that users add may have.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor, gcd, lcm

from .amounts import CellSet, Figures, can_take, solve
from .search import find_sets
from .system import Amount, System


def complete_circuits(
    system: System, effects: Sequence[int], amounts: Sequence[Amount], figures: Figures
) -> Iterator[CellSet]:
    """Give the sets of three cells that mend the system through circuits around one or two effects that cannot."""
    first = effects[0]
    for pair in find_sets(system, system.effects[first], 2, excluded=1 << first):
        weights = solve(system, pair, system.effects[first])
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
        if not all(cell in figures and abs(factor) == 1 for cell, factor in chosen):
            continue
        lines = [
            (figures[cell], factor * a, factor * d)
            for (cell, factor), a, d in zip(chosen, start, direction, strict=True)
        ]
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
