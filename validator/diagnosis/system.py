"""The identities of a report as one sparse system: which change of which cell moves which of them.

Cells that move the same identities in the same proportion cannot be told apart by equations. They form one
effect, and the search works on effects; all of 表四 is three of them.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd

import msgspec

from validator.model.outcome import Equation
from validator.model.report import Number

Amount = int | Fraction
Weights = Mapping[int, int]
"""Equation number -> by how much it moves; no entry is 0."""
Vector = Mapping[int, Amount]
"""The same with amounts that need not be whole."""


class System(msgspec.Struct, frozen=True, eq=False):
    """Equations over cells, as effects.

    `effects[i]` says by how much each equation moves when effect i grows by 1; `members[i]` are its cells
    with a factor: a cell that grows by d moves the effect by factor x d. `masks[e]` has bit i set if effect i
    moves equation e, and `touched[i]` has bit e. `parts[e]` numbers the part of the system, sharing no cell with
    the others, that equation e lies in. `effect_of` and `columns` give the effect of each cell and what it moves
    by itself; `totals` gives the equations that state a cell to be the sum of others. `plain`: cells of one effect
    move it alike, by 1 or by -1. `outside` are the equations with a constant, which bind nothing here.
    """

    effects: tuple[Weights, ...]
    members: tuple[tuple[tuple[str, int], ...], ...]
    masks: tuple[int, ...]
    touched: tuple[int, ...]
    parts: tuple[int, ...]
    effect_of: Mapping[str, int]
    columns: Mapping[str, Weights]
    totals: Mapping[str, tuple[int, ...]]
    plain: bool
    outside: frozenset[int]


@lru_cache(maxsize=64)
def build_system(equations: tuple[Equation, ...]) -> System:
    """Build the system of these equations; they keep their numbers, those with a constant stay outside."""
    columns: dict[str, dict[int, int]] = {}
    coefficients = [equation.coefficients for equation in equations]
    outside = frozenset(number for number, terms in enumerate(coefficients) if "" in terms)
    for number, terms in enumerate(coefficients):
        for cell, coefficient in terms.items():
            if coefficient and number not in outside:
                columns.setdefault(cell, {})[number] = coefficient
    members: dict[tuple[tuple[int, int], ...], list[tuple[str, int]]] = {}
    for cell, column in columns.items():
        factor = gcd(*column.values()) * (1 if next(iter(column.values())) > 0 else -1)
        members.setdefault(tuple((e, c // factor) for e, c in column.items()), []).append((cell, factor))
    masks = [0] * len(equations)
    for effect, vector in enumerate(members):
        for equation, _ in vector:
            masks[equation] |= 1 << effect
    return System(
        effects=tuple(dict(vector) for vector in members),
        members=tuple(map(tuple, members.values())),
        masks=tuple(masks),
        touched=tuple(sum(1 << equation for equation, _ in vector) for vector in members),
        parts=_separate(len(equations), members),
        effect_of={cell: effect for effect, group in enumerate(members.values()) for cell, _ in group},
        columns=columns,
        totals=_totals(equations),
        plain=all(abs(factor) == 1 for group in members.values() for _, factor in group),
        outside=outside,
    )


def _separate(count: int, columns: Iterable[tuple[tuple[int, int], ...]]) -> tuple[int, ...]:
    """Number the connected parts of the equations; a part bears the number of its first equation."""
    leader = list(range(count))

    def lead(equation: int) -> int:
        while leader[equation] != equation:
            equation = leader[equation]
        return equation

    for column in columns:
        first = lead(column[0][0])
        for equation, _ in column[1:]:
            other = lead(equation)
            first, other = min(first, other), max(first, other)
            leader[other] = first
    return tuple(map(lead, range(count)))


def _totals(equations: Iterable[Equation]) -> dict[str, tuple[int, ...]]:
    """Find the cells that stand alone on one side of an equation with two or more cells on the other."""
    totals: dict[str, tuple[int, ...]] = {}
    for number, equation in enumerate(equations):
        for side, other in ((equation.left, equation.right), (equation.right, equation.left)):
            if len(side) == 1 and len(other) > 1:
                totals[side[0][1]] = (*totals.get(side[0][1], ()), number)
    return totals


def exact(number: Number) -> Amount:
    """Give a number as a whole one, or as a fraction if it is none."""
    if isinstance(number, Decimal):
        return int(number) if number == int(number) else Fraction(number)
    return number


def divide(amount: Amount, by: int) -> Amount:
    """Divide exactly; whole numbers stay whole where they can."""
    if by in (1, -1) and isinstance(amount, int):
        return amount * by
    result = Fraction(amount) / by
    return result.numerator if result.denominator == 1 else result
