"""From a set of effects to cells and figures: by how much each effect must grow, and which cells can take it.

Figures are whole and never below 0. An amount that no single cell of its effect can take is shared among the fewest
that can.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

from .system import Amount, System, Vector, divide

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
        for telling, mask in movers.items():
            moving = mask & left
            if moving and not moving & (moving - 1):
                break
        else:
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
