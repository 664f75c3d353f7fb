"""Every set of at most so many effects that can mend a broken system: branch and eliminate, after Fellegi and Holt.

Some equation is broken, so one of its effects must be in the set: branch on each. An effect that is in the
set may take any amount, so eliminate it: use it to clear that equation, which turns the others into
combinations that no longer contain it. When nothing is broken any more, the set can mend the system; when something
is and the set is full, it cannot. No amount is guessed, so nothing is missed.

Fellegi and Holt, A systematic approach to automatic edit and imputation, JASA 71 (1976) 17-35. The search follows
de Waal and Quere, A fast and simple algorithm for automatic editing of mixed data, JOS 19 (2003) 383-402.
"""

from collections.abc import Mapping, Sequence
from math import inf

import msgspec

from .system import System, Vector

Pivot = tuple[int, Vector]
"""An equation and the effect that cleared it."""


class OutOfNodes(Exception):
    """The search has looked at as many nodes as it was given; `found` are the sets it met on the way."""

    def __init__(self, found: list[tuple[int, ...]]) -> None:
        super().__init__()
        self.found = found


class _Search(msgspec.Struct):
    effects: Sequence[Vector]
    nodes_left: float
    found: list[tuple[int, ...]] = msgspec.field(default_factory=list)


def find_sets(
    system: System,
    need: Vector,
    size: int,
    excluded: int = 0,
    nodes: float = inf,
    movers: Mapping[int, int] | None = None,
) -> list[tuple[int, ...]]:
    """Give every independent set of `size` effects, two or more, whose span, and no smaller set's, holds `need`.

    `need` is by how much each broken equation must move, `excluded` a mask of effects that stay. Sets are
    tuples of effect numbers. OutOfNodes is raised when the search would look at more than `nodes` nodes. With `movers`,
    which masks effects for each broken equation, only sets are given that have one of these for each.
    """
    search = _Search(system.effects, nodes)
    able: Sequence[int] = system.masks
    if movers is not None:
        able = list(able)
        for equation, mask in movers.items():
            able[equation] = mask
    _extend(search, need, size, excluded, able, system.masks, (), ())
    return search.found


def _extend(
    search: _Search,
    need: Vector,
    size: int,
    excluded: int,
    able: Sequence[int],
    masks: Sequence[int],
    pivots: tuple[Pivot, ...],
    chosen: tuple[int, ...],
) -> None:
    """Look for two or more effects.

    `masks` are the effects that move each equation as it is after the pivots, `able` those of them of which one must.
    """
    keep = ~excluded
    movers: dict[int, int] = {}
    row = narrowest = -1
    fewest = 1 << 30
    for equation in need:
        movers[equation] = mask = able[equation] & keep
        width = mask.bit_count()
        if width < fewest:
            row, narrowest, fewest = equation, mask, width
    candidates = narrowest & _promising(movers, size)
    while candidates:
        bit = candidates & -candidates
        candidates ^= bit
        effect = bit.bit_length() - 1
        column = search.effects[effect]
        if pivots:
            column = _reduce(column, pivots)
            if row not in column:
                continue
        excluded |= bit
        search.nodes_left -= 1
        if search.nodes_left < 0:
            raise OutOfNodes(search.found)
        if size == 2:
            left = _mask_last(masks, movers, row, column, ~excluded)
            rest = eliminate(need, row, column) if left else {}
            for equation in rest:
                if equation in column:
                    left &= masks[equation] | masks[row]
            if rest and left:
                _finish(search, rest, left, (*pivots, (row, column)), (*chosen, effect))
        elif rest := eliminate(need, row, column):
            merged = list(masks)
            still = merged if able is masks else list(able)
            for equation in column:
                still[equation] = merged[equation] = masks[equation] | masks[row]
            _extend(search, rest, size - 1, excluded, still, merged, (*pivots, (row, column)), (*chosen, effect))


def _mask_last(masks: Sequence[int], movers: Mapping[int, int], row: int, column: Vector, left: int) -> int:
    """Mask the effects of these that can be the last beside one that moves `column`.

    What only one of both moves is for the other alone: what is needed beyond the column, and what the column moves
    without need.
    """
    for equation, mask in movers.items():
        if equation not in column:
            left &= mask
    if left:
        for equation in column:
            if equation not in movers:
                left &= masks[equation] | masks[row]
    return left


def _finish(search: _Search, need: Vector, candidates: int, pivots: tuple[Pivot, ...], chosen: tuple[int, ...]) -> None:
    """Look for the last effect among the candidates: it alone moves all that is still needed."""
    while candidates:
        bit = candidates & -candidates
        candidates ^= bit
        effect = bit.bit_length() - 1
        if _parallel(need, _reduce(search.effects[effect], pivots)):
            search.found.append((*chosen, effect))


def _promising(movers: Mapping[int, int], size: int) -> int:
    """Mask the effects that can be in a set of this size that moves all these equations; 0 if there is no such set.

    `movers` masks the effects that move each. Equations that share no effect need one each. If there are just as many
    of them as the set has effects, none of its effects can lie outside them all.
    """
    promising = -1
    ordered = list(movers.values())
    for masks in (ordered, reversed(ordered)):
        used = count = 0
        for mask in masks:
            if not mask & used:
                if count == size:
                    return 0
                used |= mask
                count += 1
        if count == size:
            promising &= used
    return promising


def eliminate(vector: Vector, row: int, pivot: Vector) -> Vector:
    """Clear equation `row` of a vector by the pivot; the result may be a multiple, which leaves its span alone."""
    amount = vector.get(row)
    if not amount:
        return vector
    scale = pivot[row]
    if abs(scale) == 1:
        result = dict(vector)
        amount *= scale
    else:
        result = {equation: value * scale for equation, value in vector.items()}
    for equation, value in pivot.items():
        left = result.get(equation, 0) - amount * value
        if left:
            result[equation] = left
        else:
            del result[equation]
    return result


def _reduce(vector: Vector, pivots: tuple[Pivot, ...]) -> Vector:
    for row, pivot in pivots:
        if row in vector:
            vector = eliminate(vector, row, pivot)
    return vector


def _parallel(first: Vector, second: Vector) -> bool:
    """Say whether one vector is a multiple of the other."""
    if first.keys() != second.keys():
        return False
    equation, amount = next(iter(first.items()))
    other = second[equation]
    return not [e for e, value in first.items() if second[e] * amount != value * other]
