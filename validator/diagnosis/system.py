"""The identities of a report as one sparse system: which change of which cell moves which of them.

Cells that move the same identities in the same proportion cannot be told apart by equations. They form one
effect, and the search works on effects; all of 表四 is three of them.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, reduce
from math import gcd
from operator import or_
from typing import NamedTuple

import msgspec

from validator.model.outcome import Equation
from validator.model.report import Number

Amount = int | Fraction
Weights = Mapping[int, int]
"""Equation number -> by how much it moves; no entry is 0."""
Vector = Mapping[int, Amount]
"""The same with amounts that need not be whole."""


class Push(NamedTuple):
    """What moves an equation one way: a mask of effects by cells that grow, and by these cells if they shrink."""

    growing: int
    shrinking: Mapping[str, int]


class System(msgspec.Struct, frozen=True, eq=False):
    """Equations over cells, as effects.

    `effects[i]` says by how much each equation moves when effect i grows by 1; `members[i]` are its cells
    with a factor: a cell that grows by d moves the effect by factor x d. `masks[e]` has bit i set if effect i
    moves equation e, and `touched[i]` has bit e; `touching` gives the effects that touch just these equations.
    `pushes[e]` says what moves equation e down, and what moves it up.
    `parts[e]` numbers the part of the system, sharing no cell with the others, that equation e lies in. `effect_of`
    and `columns` give the effect of each cell and what it moves by itself; `totals` gives the equations that state a
    cell to be the sum of others. `plain`: cells of one effect move it alike, by 1 or by -1. `numbers` gives the
    number of each equation, several if it was given several times. `outside` are the equations with a constant, which
    bind nothing here.
    """

    effects: tuple[Weights, ...]
    members: tuple[tuple[tuple[str, int], ...], ...]
    masks: tuple[int, ...]
    touched: tuple[int, ...]
    touching: Mapping[int, tuple[int, ...]]
    pushes: tuple[tuple[Push, Push], ...]
    parts: tuple[int, ...]
    effect_of: Mapping[str, int]
    columns: Mapping[str, Weights]
    totals: Mapping[str, tuple[int, ...]]
    plain: bool
    numbers: Mapping[Equation | None, Sequence[int]]
    outside: Set[Equation]


@lru_cache(maxsize=64)
def build_system(equations: tuple[Equation | None, ...], unknown: tuple[Equation | None, ...] = ()) -> System:
    """Build the system of these equations but the unknown; they keep their numbers.

    Those with a constant stay outside. An equation given several times is unknown as often as it is said to be.
    """
    columns: dict[str, dict[int, int]] = {}
    binding: dict[int, Equation] = {}
    outside: set[Equation] = set()
    numbers: dict[Equation | None, list[int]] = {}
    waived = list(unknown)
    for number, equation in enumerate(equations):
        if equation in waived:
            waived.remove(equation)
        elif equation is not None and "" in equation.coefficients:
            outside.add(equation)
        elif equation is not None:
            binding[number] = equation
            numbers.setdefault(equation, []).append(number)
    for number, bound in binding.items():
        for cell, coefficient in bound.coefficients.items():
            if coefficient:
                columns.setdefault(cell, {})[number] = coefficient
    members: dict[tuple[tuple[int, int], ...], list[tuple[str, int]]] = {}
    for cell, column in columns.items():
        factor = gcd(*column.values()) * (1 if next(iter(column.values())) > 0 else -1)
        members.setdefault(tuple((e, c // factor) for e, c in column.items()), []).append((cell, factor))
    effect_of = {cell: effect for effect, group in enumerate(members.values()) for cell, _ in group}
    masks = [0] * len(equations)
    touching: dict[int, list[int]] = {}
    grown: list[tuple[dict[str, int], dict[str, int]]] = [({}, {}) for _ in equations]
    for cell, column in columns.items():
        for number, weight in column.items():
            grown[number][weight > 0][cell] = 1 << effect_of[cell]
    touched = tuple(mask_of(equation for equation, _ in vector) for vector in members)
    for effect, vector in enumerate(members):
        touching.setdefault(touched[effect], []).append(effect)
        for number, _ in vector:
            masks[number] |= 1 << effect
    return System(
        effects=tuple(dict(vector) for vector in members),
        members=tuple(map(tuple, members.values())),
        masks=tuple(masks),
        touched=touched,
        touching={mask: tuple(effects) for mask, effects in touching.items()},
        pushes=tuple((_push(down, up), _push(up, down)) for down, up in grown),
        parts=connect(len(equations), ([equation for equation, _ in vector] for vector in members)),
        effect_of=effect_of,
        columns=columns,
        totals=_totals(binding, columns),
        plain=all(abs(factor) == 1 for group in members.values() for _, factor in group),
        numbers=numbers,
        outside=outside,
    )


def _push(growing: Mapping[str, int], shrinking: Mapping[str, int]) -> Push:
    return Push(reduce(or_, growing.values(), 0), shrinking)


def mask_of(numbers: Iterable[int]) -> int:
    """Give the mask that has the bits of these numbers."""
    return sum([1 << number for number in numbers])


def connect(count: int, groups: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Number the connected parts of so many equations, where each group hangs together: by the first of a part."""
    leader = list(range(count))

    def lead(equation: int) -> int:
        while leader[equation] != equation:
            equation = leader[equation]
        return equation

    for group in groups:
        first = lead(group[0])
        for equation in group[1:]:
            other = lead(equation)
            first, other = min(first, other), max(first, other)
            leader[other] = first
    return tuple(map(lead, range(count)))


def _totals(equations: Mapping[int, Equation], columns: Mapping[str, Weights]) -> dict[str, tuple[int, ...]]:
    """Find the cells that stand alone on one side of an equation with two or more cells on the other."""
    totals: dict[str, tuple[int, ...]] = {}
    for number, equation in equations.items():
        for side, other in ((equation.left, equation.right), (equation.right, equation.left)):
            cell = side[0][1] if len(side) == 1 and len(other) > 1 else ""
            if number in columns.get(cell, ()):
                totals[cell] = (*totals.get(cell, ()), number)
    return totals


def exact(number: Number) -> Amount:
    """Give a number as a whole one, or as a fraction if it is none."""
    if isinstance(number, Decimal):
        return int(number) if number == int(number) else Fraction(number)
    return number


def divide(amount: Amount, by: int) -> Amount:
    """Divide exactly; whole numbers stay whole where they can."""
    if (by == 1 or by == -1) and type(amount) is int:  # noqa: PLR1714 - a tuple costs more
        return amount * by
    result = Fraction(amount) / by
    return result.numerator if result.denominator == 1 else result


Figures = Mapping[str, Amount | None]
"""What each cell counts as now; None for one that may not change."""
Deltas = tuple[tuple[str, int], ...]
"""Cells with the amount by which each changes."""
