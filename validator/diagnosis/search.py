"""Every set of at most so many effects that can mend a broken system: branch and eliminate, after Fellegi and Holt.

Some equation is broken, so one of its effects must be in the set: branch on each. An effect that is in the
set may take any amount, so eliminate it: use it to clear that equation, which turns the others into
combinations that no longer contain it. When nothing is broken any more, the set can mend the system; when something
is and the set is full, it cannot. No amount is guessed, so nothing is missed.

Fellegi and Holt, A systematic approach to automatic edit and imputation, JASA 71 (1976) 17-35. The search follows
de Waal and Quere, A fast and simple algorithm for automatic editing of mixed data, JOS 19 (2003) 383-402.
"""

from collections.abc import Mapping

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
    system: System
    nodes_left: int | None
    found: list[tuple[int, ...]] = msgspec.field(default_factory=list)


def find_sets(
    system: System, need: Vector, size: int, excluded: int = 0, nodes: int | None = None
) -> list[tuple[int, ...]]:
    """Give every independent set of exactly `size` effects whose span, and no smaller set's, holds `need`.

    `need` is by how much each broken equation must move, `excluded` a mask of effects that stay. Sets are
    tuples of effect numbers. OutOfNodes is raised when the search would look at more than `nodes` nodes.
    """
    search = _Search(system, nodes)
    if size == 1:
        candidates = ~excluded
        for equation in need:
            candidates &= system.masks[equation]
        _finish(search, need, candidates, (), ())
    else:
        _extend(search, need, size, excluded, {}, (), ())
    return search.found


def _extend(
    search: _Search,
    need: Vector,
    size: int,
    excluded: int,
    merged: Mapping[int, int],
    pivots: tuple[Pivot, ...],
    chosen: tuple[int, ...],
) -> None:
    """Look for two or more effects; `merged` has the masks of equations that took in a cleared one."""
    effects, masks = search.system.effects, search.system.masks
    rows = [((merged.get(equation, 0) or masks[equation]) & ~excluded, equation) for equation in need]
    narrowest, row = min(rows, key=_width)
    mask = merged.get(row, 0) or masks[row]
    candidates = narrowest & _promising([mask for mask, _ in rows], size)
    while candidates:
        bit = candidates & -candidates
        candidates ^= bit
        effect = bit.bit_length() - 1
        column = _reduce(effects[effect], pivots)
        if row not in column:
            continue
        excluded |= bit
        rest = eliminate(need, row, column)
        if search.nodes_left is not None:
            search.nodes_left -= 1
            if search.nodes_left < 0:
                raise OutOfNodes(search.found)
        if not rest:
            continue
        if size == 2:
            left = ~excluded
            for equation in rest:
                movers = merged.get(equation, 0) or masks[equation]
                left &= movers | mask if equation in column else movers
            if left:
                _finish(search, rest, left, (*pivots, (row, column)), (*chosen, effect))
        else:
            taken = {e: (merged.get(e, 0) or masks[e]) | mask for e in column if e != row}
            now = {**merged, **taken}
            _extend(search, rest, size - 1, excluded, now, (*pivots, (row, column)), (*chosen, effect))


def _finish(search: _Search, need: Vector, candidates: int, pivots: tuple[Pivot, ...], chosen: tuple[int, ...]) -> None:
    """Look for the last effect among the candidates: it alone moves all that is still needed."""
    effects = search.system.effects
    while candidates:
        bit = candidates & -candidates
        candidates ^= bit
        effect = bit.bit_length() - 1
        if _parallel(need, _reduce(effects[effect], pivots)):
            search.found.append((*chosen, effect))


def _width(row: tuple[int, int]) -> int:
    return row[0].bit_count()


def _promising(masks: list[int], size: int) -> int:
    """Mask the effects that can be in a set of this size that moves all these equations; 0 if there is no such set.

    Equations that share no effect need one each. If there are just as many of them as the set has effects,
    none of its effects can lie outside them all.
    """
    promising = -1
    for ordered in (masks, reversed(masks)):
        used = count = 0
        for mask in ordered:
            if not mask & used:
                used |= mask
                count += 1
        if count > size:
            return 0
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
        vector = eliminate(vector, row, pivot)
    return vector


def _parallel(first: Vector, second: Vector) -> bool:
    """Say whether one vector is a multiple of the other."""
    if len(first) != len(second):
        return False
    equation, amount = next(iter(first.items()))
    other = second.get(equation, 0)
    return other != 0 and all(second.get(e, 0) * amount == value * other for e, value in first.items())
