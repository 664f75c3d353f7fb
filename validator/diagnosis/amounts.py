"""Effects that mend a system together -> cells and figures: by how much each must grow, and which cells take it.

Figures are whole and never below 0; an amount that no single cell of its effect can take is shared among the fewest
that can.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

from .system import Amount, Deltas, Figures, System, Vector, Weights, divide


class CellSet(NamedTuple):
    """Cells that mend a part of the system together, with the amount by which each grows.

    `several`: the same cells mend it with other amounts too.
    """

    deltas: Deltas
    several: bool = False


def solve(system: System, effects: Sequence[int], need: Vector, broken: int) -> tuple[Amount, ...] | None:
    """Give by how much each of these independent effects must grow; None unless `need` takes just all of them.

    `broken` masks the equations of `need`.
    """
    if len(effects) == 1:
        amount = multiple(need, system.effects[effects[0]])
        return None if amount is None else (amount,)
    amounts: dict[int, Amount] = dict.fromkeys(effects, 0)
    rest: dict[int, Amount] = dict(need)
    left = {effect: system.touched[effect] for effect in effects}
    while left:
        # An equation that one effect alone still moves tells by how much.
        once = several = 0
        for touched in left.values():
            several |= once & touched
            once |= touched
        once &= ~several
        if not once:
            return _solve_fully(system, effects, need)
        if once & ~broken:
            return None
        broken = -1
        effect = telling = -1
        for alone, touched in left.items():
            if touched & once:
                effect, telling = alone, (touched & once).bit_length() - 1
                break
        del left[effect]
        column = system.effects[effect]
        amount = amounts[effect] = divide(rest.get(telling, 0), column[telling])
        if not amount:
            return None
        for moved, weight in column.items():
            rest[moved] = rest.get(moved, 0) - amount * weight
    return None if any(rest.values()) else tuple(amounts.values())


def multiple(need: Vector, column: Weights) -> Amount | None:
    """Give by how much an effect must grow that alone moves each equation by what it needs; None if none does."""
    if need.keys() != column.keys():
        return None
    amounts = {divide(amount, column[equation]) for equation, amount in need.items()}
    return amounts.pop() if len(amounts) == 1 else None


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
    if len(effects) == 1:
        takers = _takers(system.members[effects[0]], amounts[0], figures)
        return len(takers[0].deltas) if takers else 0, takers
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
        figure = figures[cell]
        if figure is not None and can_take(figure, delta := divide(amount, factor)):
            singles.append(CellSet(((cell, delta),)))  # type: ignore[arg-type]
    if singles or not isinstance(amount, int):
        return singles
    return list(_shared(members, amount, figures))


def can_take(figure: Amount, delta: Amount) -> bool:
    """Say whether a cell may change by this: what it then says is whole and not below 0."""
    grown = figure + delta
    return grown >= 0 and (type(grown) is int or grown == int(grown))


def _shared(members: tuple[tuple[str, int], ...], amount: int, figures: Figures) -> Iterator[CellSet]:
    """Share an amount among several cells: all must shrink, for a cell that grows would take it alone."""
    stock = [
        (figure, cell)
        for cell, factor in members
        if factor * amount < 0 and abs(factor) == 1 and isinstance(figure := figures[cell], int) and figure > 0
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
