"""Digits of a page, in the order of its file -> which of them stand in one figure, by how they were set and stand."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from .page import Glyph

FIGURE = frozenset("0123456789.,%０１２３４５６７８９")
TOUCHING = 0.1
APART = 0.18
"""From here on a gap between two digits, in heights, is seen as one."""
_WIDEST = 1.2
"""Digits of one figure stand no farther apart: figures are spaced out by up to their height."""
_OVERLAP = 0.3
EQUAL = 0.04

Home = tuple[int, int] | None
"""The lattice that a glyph lies in and its region there; None outside of all."""


def gap_between(before: Glyph, after: Glyph) -> float:
    """Give the gap between two signs in heights."""
    return (after[1] - before[3]) / ((after[4] - after[2]) or 1.0)


def may_be_one(before: Glyph, after: Glyph) -> bool:
    """Whether two signs are level digits of one line, no farther apart than those of one figure."""
    return (
        after[0] in FIGURE
        and before[0] in FIGURE
        and not (before[5] or after[5])
        and abs(after[2] - before[2]) < TOUCHING * (after[4] - after[2])
        and -_OVERLAP < gap_between(before, after) < _WIDEST
    )


def find_figure(
    glyphs: Sequence[Glyph], homes: Sequence[Home], index: int, gaps: Sequence[float]
) -> tuple[int, int, bool]:
    """Give the first and the last sign of the figure that the pair ending at `index` is of, and whether that is sure.

    They are of one where they were set as one. Where each sign was set by itself, those are one that stand equally
    apart and touch, or stand as far apart as digits do within cells, as `gaps` tells; that is sure where no other
    digit is near. -1 and -1 where the two are not of one.
    """
    before, after = glyphs[index - 1], glyphs[index]
    if before[6] and before[6] == after[6]:
        return *extend(glyphs, index, _are_set_as_one), True
    if is_set(glyphs, index - 2) or is_set(glyphs, index):
        return -1, -1, False
    gap = gap_between(before, after)
    first, last = extend(glyphs, index, partial(stand_apart, gap, EQUAL if before[6] else TOUCHING))
    is_inside = gap > APART and any(homes[number] == homes[number - 1] for number in range(first + 1, last + 1))
    if not (abs(gap) < TOUCHING or is_inside or any(abs(gap - other) < EQUAL for other in gaps)):
        return -1, -1, False
    around = [at for at in (first, last + 1) if 0 < at < len(glyphs) and homes[at] == homes[at - 1]]
    near = [at for at in around if may_be_one(glyphs[at - 1], glyphs[at])]
    return min((first, *(at - 1 for at in near))), max((last, *near)), not near


def _are_set_as_one(glyphs: Sequence[Glyph], index: int) -> bool:
    before, after = glyphs[index - 1], glyphs[index]
    return before[6] == after[6] and gap_between(before, after) < _WIDEST


def stand_apart(gap: float, tolerance: float, glyphs: Sequence[Glyph], index: int) -> bool:
    """Whether two digits stand so far apart."""
    before, after = glyphs[index - 1], glyphs[index]
    return may_be_one(before, after) and abs(gap_between(before, after) - gap) < tolerance


def is_set(glyphs: Sequence[Glyph], index: int) -> bool:
    """Whether a digit was set as one with that behind it."""
    if not 0 <= index < len(glyphs) - 1:
        return False
    before, after = glyphs[index], glyphs[index + 1]
    return before[6] == after[6] != 0 and before[0] in FIGURE and after[0] in FIGURE


def extend(glyphs: Sequence[Glyph], index: int, are_one: Callable[[Sequence[Glyph], int], bool]) -> tuple[int, int]:
    """Give the first and the last of the signs around the pair that ends at `index`, each of one with the next."""
    first = index - 1
    while first and are_one(glyphs, first):
        first -= 1
    last = index
    while last + 1 < len(glyphs) and are_one(glyphs, last + 1):
        last += 1
    return first, last


def find_gaps(glyphs: Sequence[Glyph], homes: Sequence[Home]) -> list[float]:
    """Give the gaps between digits within cells that were set one by one and stand apart."""
    gaps = {
        round(gap_between(before, after), 2)
        for index, (before, after) in enumerate(pairwise(glyphs))
        if homes[index] == homes[index + 1]
        and may_be_one(before, after)
        and not any(is_set(glyphs, number) for number in (index - 1, index, index + 1))
    }
    return [gap for gap in gaps if gap > APART]


def sets_figures(glyphs: Sequence[Glyph]) -> bool:
    """Whether a page has figures that were set as one: then digits that were not are of two."""
    return any(is_set(glyphs, index) for index in range(len(glyphs) - 1))
