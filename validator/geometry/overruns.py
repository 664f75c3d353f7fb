"""Figures that run over the lines of their cells: each is put whole into its cell or told as torn, and none is parted.

Signs that were set as one run (`Glyph.run`) are one figure, however far apart its digits stand. Where a writer sets
each sign by itself, digits are one figure if they stand as far apart within a cell as across the line.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import msgspec

from validator.characters import CUT

from .lattice import Lattice, Region
from .page import Glyph
from .spacing import (
    APART,
    EQUAL,
    TOUCHING,
    Home,
    extend,
    find_figure,
    find_gaps,
    gap_between,
    is_set,
    may_be_one,
    sets_figures,
    stand_apart,
)

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


def settle_figures(glyphs: Sequence[Glyph], homes: list[Home], lattices: Sequence[Lattice]) -> list[Torn]:
    """Put each figure that runs over a line between two cells into the one it was set in; give those that are torn.

    It is of the only cell that holds nothing else; where several are blank, its alignment must tell.
    """
    torn = _find_cut(glyphs, homes, lattices)
    found = _find_crossing(glyphs, homes, lattices)
    if not found:
        return torn
    held: dict[Home, list[Glyph]] = {}
    for glyph, home in zip(glyphs, homes, strict=True):
        held.setdefault(home, []).append(glyph)
    over = {id(glyph) for first, last, _ in found for glyph in glyphs[first : last + 1]}
    for first, last, is_one in found:
        figure, lain = glyphs[first : last + 1], homes[first : last + 1]
        owner = _find_owner(figure, lain, held, lattices, over) if is_one else None
        if owner is None:
            torn.append(Torn(tuple(_part(figure, lain, lattices).items())))
        else:
            homes[first : last + 1] = [owner] * len(figure)
    return torn


def _find_cut(glyphs: Sequence[Glyph], homes: Sequence[Home], lattices: Sequence[Lattice]) -> list[Torn]:
    """Give the spaced figures, set sign by sign, after which no further digit could be seen: it may be left out.

    Programs that print pages of the web do not write what lies wholly outside a cell that cuts what is in it.
    """
    cut: list[Torn] = []
    # Most signs were set as one with that before them.
    ends = [index for index, (before, after) in enumerate(pairwise(glyphs), 1) if before[6] != after[6]]
    for index in ends:
        before, after = glyphs[index - 1], glyphs[index]
        home = homes[index - 1]
        if home is None or homes[index] not in (home, None) or not may_be_one(before, after):
            continue
        size = after[4] - after[2]
        gap = gap_between(before, after)
        room = (lattices[home[0]].regions[home[1]].box[2] - after[3]) / size
        goes_on = index + 1 < len(glyphs) and stand_apart(gap, EQUAL, glyphs, index + 1)
        by_itself = not (is_set(glyphs, index - 2) or is_set(glyphs, index))
        if APART < gap > room and by_itself and not goes_on:
            cut.append(Torn(((home, [after]), (None, [after._replace(text=CUT)]))))
    return cut


def _find_crossing(
    glyphs: Sequence[Glyph], homes: Sequence[Home], lattices: Sequence[Lattice]
) -> list[tuple[int, int, bool]]:
    """Give the first and the last digit of what runs over the line between two cells, and whether it is one figure."""
    found: list[tuple[int, int, bool]] = []
    gaps: list[float] | None = None
    done = 0
    for index in [index for index, (before, after) in enumerate(pairwise(homes), 1) if before != after]:
        if index < done or not may_be_one(glyphs[index - 1], glyphs[index]):
            continue
        gaps = find_gaps(glyphs, homes) if gaps is None else gaps
        first, last, is_one = find_figure(glyphs, homes, index, gaps)
        if first < 0:
            first, last = _find_doubtful(glyphs, homes, index, lattices, gaps)
        figure, lain = glyphs[first : last + 1], homes[first : last + 1]
        done = max(index, last) + 1
        if figure and not (is_one and _fill_their_cells(figure, lain, lattices)):
            found.append((first, last, is_one))
    return found


def _fill_their_cells(figure: Sequence[Glyph], lain: Sequence[Home], lattices: Sequence[Lattice]) -> bool:
    """Whether digits that touch across a line, of which not more is known, are of two figures that fill two cells."""
    if any(glyph[6] for glyph in figure):
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
    figure: Sequence[Glyph],
    lain: Sequence[Home],
    held: dict[Home, list[Glyph]],
    lattices: Sequence[Lattice],
    over: set[int],
) -> Home:
    """Give the cell that a figure is of; None if that is not certain.

    `over` has the ids of all signs of figures that run over a line: beside digits that were set one by one they do not
    show that a cell holds another figure.
    """
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
        if figure[0][6] != figure[-1][6] and all(id(glyph) in over for glyph in others):
            blank.append(home)
            continue
        if not any(_ALIKE[0] < (glyph[4] - glyph[2]) / size < _ALIKE[1] for glyph in others):
            return None  # marks, of this figure or of another
        if _run_together(figure, inside, others):
            return None
    if len(blank) > 1:
        if any(gap_between(a, b) > APART for a, b in pairwise(figure)):
            return None
        blank = [home for home in blank if _is_set_in(figure, size, _region(home, lattices))]
    return blank[0] if len(blank) == 1 else None


def _run_together(figure: Sequence[Glyph], inside: Sequence[Glyph], others: Sequence[Glyph]) -> bool:
    """Whether the signs of a figure that lie in the cell of others stand so close to these that they look like one.

    Where two signs lie on each other, some programs tell one of them alone.
    """
    if all(glyph[6] > 0 for glyph in (*figure, *others)):
        return False
    usual = [0.0, *(gap_between(before, after) for before, after in pairwise(figure))]
    for glyph in inside:
        for other in others:
            if abs(other[2] - glyph[2]) < _MIDDLE * (glyph[4] - glyph[2]):
                gap = max(gap_between(glyph, other), gap_between(other, glyph))
                if gap < TOUCHING or any(abs(gap - own) < _SAME for own in usual):
                    return True
    return False


def _is_set_in(figure: Sequence[Glyph], size: float, region: Region | None) -> bool:
    """Whether a figure is set to one of the sides of a cell or to its middle."""
    if region is None:
        return False
    before, behind = figure[0][1] - region.box[0], region.box[2] - figure[-1][3]
    return (
        -TOUCHING * size < before < _PADDING * size
        or -TOUCHING * size < behind < _PADDING * size
        or abs(before - behind) < 2 * _MIDDLE * size
    )


def _find_doubtful(
    glyphs: Sequence[Glyph], homes: Sequence[Home], index: int, lattices: Sequence[Lattice], gaps: Sequence[float]
) -> tuple[int, int]:
    """Give the first and the last of the digits about the pair ending at `index` that may be of one figure, or of two.

    They stand about as far apart as digits do within cells, or they were set one by one and a line cuts them or has
    them lean towards it from both sides. -1 and -1 where the two are of two figures.
    """
    before, after = glyphs[index - 1], glyphs[index]
    if (is_set(glyphs, index - 2) and before[6] > 0) or (is_set(glyphs, index) and after[6] > 0):
        return -1, -1
    gap = gap_between(before, after)
    first, last = extend(glyphs, index, partial(stand_apart, gap, _SAME)) if gap > APART else (index - 1, index)
    if any(homes[number] == homes[number - 1] for number in range(first + 1, last + 1)) or any(
        abs(gap - other) < _SAME for other in gaps
    ):
        return first, last
    left, right = _region(homes[index - 1], lattices), _region(homes[index], lattices)
    if not (before[6] and left and right) or sets_figures(glyphs):
        return -1, -1
    if any(_is_cut(sign, region) for sign in (before, after) for region in (left, right)):
        return index - 1, index
    first, last = extend(
        glyphs, index, lambda glyphs, at: homes[at] == homes[at - 1] and may_be_one(glyphs[at - 1], glyphs[at])
    )
    size = after[4] - after[2]
    lean = _leaning(glyphs[first], before, left), _leaning(glyphs[index], glyphs[last], right)
    return (first, last) if lean[0] > _LEANING * size and lean[1] < -_LEANING * size else (-1, -1)


def _leaning(first: Glyph, last: Glyph, region: Region) -> float:
    """Give how much farther a word stands from the left side of a cell than from the right one."""
    return first[1] - region.box[0] - (region.box[2] - last[3])


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
