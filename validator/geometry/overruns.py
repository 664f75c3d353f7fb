"""Figures that run over the lines of their cells: each is put whole into its cell or told as torn, and none is parted.

Signs that were set as one run (`Glyph.run`) are one figure, however far apart its digits stand. Where a writer sets
each sign by itself, digits are one figure if they stand as far apart within a cell as across the line.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from .lattice import Lattice, Region
from .page import Glyph

Home = tuple[int, int] | None
"""The lattice that a glyph lies in and its region there; None outside of all."""

_FIGURE = frozenset("0123456789.,%０１２３４５６７８９")
_TOUCHING = 0.1
_APART = 0.18
"""From here on a gap between two digits, in heights, is seen as one."""
_WIDEST = 1.2
"""Digits of one figure stand no farther apart: figures are spaced out by up to their height."""
_OVERLAP = 0.3
_SAME = 0.15
"""How far gaps that are alike may differ, and by how much of its width a digit must stick out over a line."""
_MARGIN = 0.15
_PADDING = 0.8
"""The most that is taken for the margin between a figure and the side of its cell that it is set to."""
_MIDDLE = 0.2
_LEANING = 0.25
_ALIKE = (0.85, 1.2)
"""Heights of signs that are no marks beside a figure, in heights of the figure."""


class Torn(msgspec.Struct, frozen=True):
    """A figure of which nothing shows whose it is: the cells it lies in, and its signs in each, in their order."""

    pieces: tuple[tuple[Home, list[Glyph]], ...]


def is_figure(text: str) -> bool:
    """Whether a sign is a digit, or stands within figures."""
    return text in _FIGURE


def settle_figures(glyphs: Sequence[Glyph], homes: list[Home], lattices: Sequence[Lattice]) -> list[Torn]:
    """Put each figure that runs over a line between two cells into the one it was set in; give those that are torn.

    It is of the only cell that holds nothing else; where several are blank, its alignment must tell.
    """
    torn: list[Torn] = []
    held: dict[Home, list[Glyph]] = {}
    gaps: list[float] = []
    index = 1
    while index < len(glyphs):
        if homes[index] == homes[index - 1] or not _may_be_one(glyphs[index - 1], glyphs[index]):
            index += 1
            continue
        if not held:
            for glyph, home in zip(glyphs, homes, strict=True):
                held.setdefault(home, []).append(glyph)
            gaps = _find_gaps(glyphs, homes)
        is_one = _belong(glyphs, index)
        first, last = _extend(glyphs, index, _belong) if is_one else _find_spaced(glyphs, homes, index, lattices, gaps)
        figure, lain = glyphs[first : last + 1], homes[first : last + 1]
        index = max(index, last) + 1
        if not figure or (is_one and _fill_their_cells(figure, lain, lattices)):
            continue
        owner = _find_owner(figure, lain, held, lattices) if is_one else None
        if owner is None:
            torn.append(Torn(tuple(_part(figure, lain, lattices).items())))
        else:
            homes[first : last + 1] = [owner] * len(figure)
    return torn


def _gap(before: Glyph, after: Glyph) -> float:
    """Give the gap between two signs in heights."""
    return (after[1] - before[3]) / ((after[4] - after[2]) or 1.0)


def _may_be_one(before: Glyph, after: Glyph) -> bool:
    """Whether two signs are level digits of one line, no farther apart than those of one figure."""
    return (
        after[0] in _FIGURE
        and before[0] in _FIGURE
        and not (before[5] or after[5])
        and abs(after[2] - before[2]) < _TOUCHING * (after[4] - after[2])
        and -_OVERLAP < _gap(before, after) < _WIDEST
    )


def _belong(glyphs: Sequence[Glyph], index: int) -> bool:
    """Whether a sign is of one figure with the one before: they were set as one; or they touch, and neither was so
    set with others.
    """
    before, after = glyphs[index - 1], glyphs[index]
    if before[6] and before[6] == after[6]:
        return _gap(before, after) < _WIDEST
    return (
        _may_be_one(before, after)
        and abs(_gap(before, after)) < _TOUCHING
        and not (_is_set(glyphs, index - 2) or _is_set(glyphs, index))
    )


def _is_set(glyphs: Sequence[Glyph], index: int) -> bool:
    """Whether a digit was set as one with that behind it."""
    if not 0 <= index < len(glyphs) - 1:
        return False
    before, after = glyphs[index], glyphs[index + 1]
    return before[6] == after[6] != 0 and before[0] in _FIGURE and after[0] in _FIGURE


def _extend(glyphs: Sequence[Glyph], index: int, are_one: Callable[[Sequence[Glyph], int], bool]) -> tuple[int, int]:
    """Give the first and the last of the signs around the pair that ends at `index`, each of one with the next."""
    first = index - 1
    while first and are_one(glyphs, first):
        first -= 1
    last = index
    while last + 1 < len(glyphs) and are_one(glyphs, last + 1):
        last += 1
    return first, last


def _fill_their_cells(figure: Sequence[Glyph], lain: Sequence[Home], lattices: Sequence[Lattice]) -> bool:
    """Whether digits that touch across a line are those of two figures that fill two cells."""
    for number in range(1, len(figure)):
        one = figure[number - 1][6] and figure[number - 1][6] == figure[number][6]
        if lain[number] != lain[number - 1] and one:
            return False
    region = _region(lain[0], lattices)
    return region is not None and not (
        any(_is_cut(glyph, region) for glyph in figure)
        or figure[0][1] - region.box[0] > _MARGIN * (figure[0][4] - figure[0][2])
    )


def _region(home: Home, lattices: Sequence[Lattice]) -> Region | None:
    return None if home is None else lattices[home[0]].regions[home[1]]


def _is_cut(glyph: Glyph, region: Region) -> bool:
    """Whether one of the sides of a cell runs through a sign."""
    part = _SAME * (glyph[3] - glyph[1])
    return any(glyph[1] + part < side < glyph[3] - part for side in (region.box[0], region.box[2]))


def _find_owner(
    figure: Sequence[Glyph], lain: Sequence[Home], held: dict[Home, list[Glyph]], lattices: Sequence[Lattice]
) -> Home:
    """Give the cell that a figure is of; None if that is not certain."""
    size = figure[0][4] - figure[0][2]
    blank: list[Home] = []
    for home, inside in _part(figure, lain, lattices).items():
        if home is None:
            continue
        if len(held.get(home, ())) == len(inside):
            blank.append(home)
            continue
        signs = set(map(id, figure))
        others = [glyph for glyph in held[home] if id(glyph) not in signs]
        if not any(_ALIKE[0] < (glyph[4] - glyph[2]) / size < _ALIKE[1] for glyph in others):
            return None  # marks, of this figure or of another
        if _run_together(figure, inside, others):
            return None
    if len(blank) > 1:
        if any(_gap(a, b) > _APART for a, b in pairwise(figure)):
            return None
        blank = [home for home in blank if _is_set_in(figure, size, _region(home, lattices))]
    return blank[0] if len(blank) == 1 else None


def _run_together(figure: Sequence[Glyph], inside: Sequence[Glyph], others: Sequence[Glyph]) -> bool:
    """Whether the signs of a figure that lie in the cell of others stand so close to these that they look like one.

    Where two signs lie on each other, some programs tell one of them alone.
    """
    if all(glyph[6] > 0 for glyph in (*figure, *others)):
        return False
    usual = [0.0, *(_gap(before, after) for before, after in pairwise(figure))]
    for glyph in inside:
        for other in others:
            if abs(other[2] - glyph[2]) < _MIDDLE * (glyph[4] - glyph[2]):
                gap = max(_gap(glyph, other), _gap(other, glyph))
                if gap < _TOUCHING or any(abs(gap - own) < _SAME for own in usual):
                    return True
    return False


def _is_set_in(figure: Sequence[Glyph], size: float, region: Region | None) -> bool:
    """Whether a figure is set to one of the sides of a cell or to its middle."""
    if region is None:
        return False
    before, behind = figure[0][1] - region.box[0], region.box[2] - figure[-1][3]
    return (
        -_TOUCHING * size < before < _PADDING * size
        or -_TOUCHING * size < behind < _PADDING * size
        or abs(before - behind) < 2 * _MIDDLE * size
    )


def _find_gaps(glyphs: Sequence[Glyph], homes: Sequence[Home]) -> list[float]:
    """Give the gaps between digits within cells that were set one by one and stand apart."""
    gaps = {
        round(_gap(before, after), 2)
        for index, (before, after) in enumerate(pairwise(glyphs))
        if homes[index] == homes[index + 1]
        and _may_be_one(before, after)
        and not any(_is_set(glyphs, number) for number in (index - 1, index, index + 1))
    }
    return [gap for gap in gaps if gap > _APART]


def _find_spaced(
    glyphs: Sequence[Glyph], homes: Sequence[Home], index: int, lattices: Sequence[Lattice], gaps: Sequence[float]
) -> tuple[int, int]:
    """Give the first and the last digit of a figure whose signs were set one by one and stand apart across a line.

    `gaps` are those between such digits within cells. -1 and -1 where the two digits are of two figures.
    """
    before, after = glyphs[index - 1], glyphs[index]
    gap = _gap(before, after)

    def are_alike(glyphs: Sequence[Glyph], index: int) -> bool:
        one, other = glyphs[index - 1], glyphs[index]
        return _may_be_one(one, other) and abs(_gap(one, other) - gap) < _SAME

    first, last = _extend(glyphs, index, are_alike) if gap > _APART else (index - 1, index)
    is_sure = (_is_set(glyphs, index - 2) and before[6] > 0) or (_is_set(glyphs, index) and after[6] > 0)
    if not is_sure and (
        any(homes[number] == homes[number - 1] for number in range(first + 1, last + 1))
        or any(abs(gap - other) < _SAME for other in gaps)
    ):
        return first, last
    left, right = _region(homes[index - 1], lattices), _region(homes[index], lattices)
    if not (before[6] and left and right) or _sets_figures(glyphs):
        return -1, -1
    if any(_is_cut(sign, region) for sign in (before, after) for region in (left, right)):
        return index - 1, index
    first, last = _extend(glyphs, index, _belong)
    size = after[4] - after[2]
    lean = _leaning(glyphs[first], before, left), _leaning(glyphs[index], glyphs[last], right)
    return (first, last) if lean[0] > _LEANING * size and lean[1] < -_LEANING * size else (-1, -1)


def _leaning(first: Glyph, last: Glyph, region: Region) -> float:
    """Give how much farther a word stands from the left side of a cell than from the right one."""
    return first[1] - region.box[0] - (region.box[2] - last[3])


def _sets_figures(glyphs: Sequence[Glyph]) -> bool:
    """Whether a page has figures that were set as one: then digits that were not are of two."""
    return any(_is_set(glyphs, index) for index in range(len(glyphs) - 1))


def _part(figure: Sequence[Glyph], lain: Sequence[Home], lattices: Sequence[Lattice]) -> dict[Home, list[Glyph]]:
    """Give the signs of a figure by the cells that they lie in; also for cells that they leave out."""
    parts: dict[Home, list[Glyph]] = {}
    for number, (glyph, home) in enumerate(zip(figure, lain, strict=True)):
        left, right = _region(lain[number - 1], lattices) if number else None, _region(home, lattices)
        if home is not None and left and right and left.box[2] < right.box[0]:
            between = lattices[home[0]].find((left.box[2] + right.box[0]) / 2, (glyph[2] + glyph[4]) / 2)
            if between >= 0:
                parts.setdefault((home[0], between), [])
        parts.setdefault(home, []).append(glyph)
    return parts
