"""The identities of a report as one sparse system: which change of which cell moves which of them.

Cells that move the same identities in the same proportion cannot be told apart by equations. They form one
effect, and the search works on effects; all of 表四 is three of them.

A set of effects that mends the system is turned into cells and figures here: by how much each effect must grow, and
which cells can take it. Figures are whole and never below 0; an amount that no single cell of its effect can take is
shared among the fewest that can.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import gcd
from typing import NamedTuple

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


Figures = Mapping[str, Amount]
"""The cells that may change, with what they count as now."""
Deltas = tuple[tuple[str, int], ...]
"""Cells with the amount by which each changes."""


class CellSet(NamedTuple):
    """Cells that mend a part of the system together, with the amount by which each grows.

    `several`: the same cells mend it with other amounts too.
    """

    deltas: Deltas
    several: bool = False


def solve(system: System, effects: Sequence[int], need: Vector) -> tuple[Amount, ...] | None:
    """Give by how much each of these independent effects must grow; None unless `need` takes just all of them."""
    columns = [system.effects[effect] for effect in effects]
    movers: dict[int, int] = {}
    for place, column in enumerate(columns):
        for equation in column:
            movers[equation] = movers.get(equation, 0) | 1 << place
    amounts: list[Amount] = [0] * len(columns)
    rest: dict[int, Amount] = dict(need)
    left = (1 << len(columns)) - 1
    while left:
        # An equation that one effect alone still moves tells by how much.
        alone = ((equation, mask & left) for equation, mask in movers.items() if (mask & left).bit_count() == 1)
        telling, moving = next(alone, (-1, 0))
        if not moving:
            return _solve_fully(system, effects, need)
        place = moving.bit_length() - 1
        column = columns[place]
        amount = amounts[place] = divide(rest.get(telling, 0), column[telling])
        if not amount:
            return None
        left ^= moving
        for moved, weight in column.items():
            rest[moved] = rest.get(moved, 0) - amount * weight
    return None if any(rest.values()) else tuple(amounts)


def _solve_fully(system: System, effects: Sequence[int], need: Vector) -> tuple[Amount, ...] | None:
    """Solve by Gauss and Jordan over fractions."""
    equations = sorted({e for effect in effects for e in system.effects[effect]} | set(need))
    rows = [[Fraction(system.effects[f].get(e, 0)) for f in effects] + [Fraction(need.get(e, 0))] for e in equations]
    for column in range(len(effects)):
        pivot = next((n for n in range(column, len(rows)) if rows[n][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for n, row in enumerate(rows):
            if n != column and row[column]:
                rows[n] = [a - row[column] * b for a, b in zip(row, rows[column], strict=True)]
    if any(row[-1] for row in rows[len(effects) :]):
        return None
    return tuple(divide(row[-1], 1) for row in rows[: len(effects)])


def spread(
    system: System, effects: Sequence[int], amounts: Sequence[Amount], figures: Figures
) -> tuple[int, list[CellSet]]:
    """Give the fewest cells that can take the amounts, and every set of that many; 0 and none if none can."""
    size = 0
    choices = []
    for effect, amount in zip(effects, amounts, strict=True):
        takers = _takers(system.members[effect], amount, figures)
        if not takers:
            return 0, []
        size += len(takers[0].deltas)
        choices.append(takers)
    return size, [
        CellSet(tuple(delta for taker in chosen for delta in taker.deltas), any(taker.several for taker in chosen))
        for chosen in product(*choices)
    ]


def _takers(members: tuple[tuple[str, int], ...], amount: Amount, figures: Figures) -> list[CellSet]:
    """Give every smallest set of an effect's cells that can take the amount."""
    singles = []
    for cell, factor in members:
        delta = divide(amount, factor)
        if cell in figures and can_take(figures[cell], delta):
            singles.append(CellSet(((cell, delta),)))  # type: ignore[arg-type]
    if singles or not isinstance(amount, int):
        return singles
    return list(_shared(members, amount, figures))


def can_take(figure: Amount, delta: Amount) -> bool:
    """Say whether a cell may change by this: what it then says is whole and not below 0."""
    grown = figure + delta
    return grown >= 0 and grown == int(grown)


def _shared(members: tuple[tuple[str, int], ...], amount: int, figures: Figures) -> Iterator[CellSet]:
    """Share an amount among several cells: all must shrink, for a cell that grows would take it alone."""
    stock = [
        (figure, cell)
        for cell, factor in members
        if factor * amount < 0 and abs(factor) == 1 and isinstance(figure := figures.get(cell, 0), int) and figure > 0
    ]
    for count in range(2, len(stock) + 1):
        fitting = [group for group in combinations(stock, count) if sum(n for n, _ in group) >= abs(amount)]
        for group in fitting:
            deltas = []
            rest = abs(amount)
            for place, (available, cell) in enumerate(sorted(group, reverse=True), 1):
                taken = min(available, rest - (count - place))
                deltas.append((cell, -taken))
                rest -= taken
            yield CellSet(tuple(deltas), several=sum(n for n, _ in group) > abs(amount))
        if fitting:
            return
