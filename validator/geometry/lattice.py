"""Strokes -> rulings -> lattices: where rulings touch they frame cells; a ruling that is missing merges two."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from operator import ge, itemgetter
from typing import NamedTuple

import msgspec

from .page import Box, Glyph, Stroke

_THICKEST = 6.0
_OFF = 1.0
"""How far pieces of one line may stand off each other."""
_CLOSE = 2.5
_SAME = 5.2
_WIDEST = 11.0
"""Lines of one table that stand no farther apart, and all together no wider, are one: double lines, borders of
neighbours with a little room between. Where they are not quite close, there must be no text between them."""
_DOT = 3.0
_GAP = 3.0
_SHORTEST = 5.0
_TOUCH = 5.2
_BEYOND = 6.0
"""How far lines must run on past the last one across, to show a row or a column that is not closed."""
_COVERED = 0.7
_MOST_PAIRS = 3_000_000
_MOST_SQUARES = 60_000
_MANY_GROUPS = 300
_start = itemgetter(1)


class Ruling(NamedTuple):
    """A straight line at `at` (x of an upright one, y of a level one) from `start` to `end`."""

    at: float
    start: float
    end: float


_Points = list[tuple[float, float]]
_Piece = tuple[float, float, float]
_Group = tuple[list[Ruling], list[Ruling]]
_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


def find_rulings(strokes: Iterable[Stroke]) -> tuple[list[Ruling], list[Ruling]]:
    """Give the level and the upright rulings that these strokes make, each ordered by its place."""
    level: list[_Piece] = []
    upright: list[_Piece] = []
    for left, top, right, bottom in strokes:
        width, height = right - left, bottom - top
        # The dots of a dotted line are of no direction: each is a piece of both, and what stays alone is dropped.
        if height <= _THICKEST and (width >= height or width <= _DOT):
            level.append(((top + bottom) / 2, left, right))
        if width <= _THICKEST and (height > width or height <= _DOT):
            upright.append(((left + right) / 2, top, bottom))
    return _put_together(level, _OFF, _OFF), _put_together(upright, _OFF, _OFF)


def merge_near(rulings: Iterable[Ruling], find_points: Callable[[], _Points]) -> list[Ruling]:
    """Put the rulings of one table that stand close side by side in one place.

    `find_points` gives the middles of all glyphs, across the rulings and along them, in order.
    """
    return _put_together(list(rulings), _SAME, _WIDEST, find_points)


def _put_together(
    pieces: list[_Piece], apart: float, widest: float, find_points: Callable[[], _Points] | None = None
) -> list[Ruling]:
    """Join the pieces that lie on one line and touch, or nearly so; drop what is too short to part anything."""
    if not pieces:
        return []
    pieces.sort()
    rulings: list[Ruling] = []
    first = 0
    begin = before = pieces[0][0]
    for index, (at, _, _) in enumerate(pieces):
        if at != before and (
            at - before > apart
            or at - begin > widest
            or (
                find_points is not None
                and at - before > _CLOSE
                and _has_text_between(pieces[first:index], pieces[index], find_points())
            )
        ):
            _join(pieces[first:index], rulings)
            first, begin = index, at
        before = at
    _join(pieces[first:], rulings)
    return rulings


def _has_text_between(before: Sequence[_Piece], after: _Piece, points: _Points) -> bool:
    start = min(after[1], *(start for _, start, _ in before))
    end = max(after[2], *(end for _, _, end in before))
    between = points[bisect_right(points, (before[-1][0], end)) : bisect_left(points, (after[0], start))]
    return any(start <= along <= end for _, along in between)


def _join(pieces: list[_Piece], rulings: list[Ruling]) -> None:
    """Add the rulings that the pieces of one line make."""
    lengths = [end - start + 0.01 for _, start, end in pieces]
    at = sum([piece[0] * length for piece, length in zip(pieces, lengths, strict=True)]) / sum(lengths)
    if pieces[0][0] != pieces[-1][0]:
        pieces.sort(key=_start)
    _, start, end = pieces[0]
    for _, begin, finish in pieces:
        if begin > end + _GAP:
            if end - start >= _SHORTEST:
                rulings.append(Ruling(at, start, end))
            start, end = begin, finish
        elif finish > end:
            end = finish
    if end - start >= _SHORTEST:
        rulings.append(Ruling(at, start, end))


class Region(msgspec.Struct):
    """A ruled cell: its squares as half-open ranges of columns and rows of the lattice, and its box.

    `open_top`, `open_bottom`: no line closes it there. `is_corner`: it lies open on two sides that meet.
    """

    left: int
    top: int
    right: int
    bottom: int
    box: Box
    open_top: bool = False
    open_bottom: bool = False
    is_corner: bool = False


class Lattice(msgspec.Struct):
    """A ruled figure: the places of its columns and rows, its regions, and the region of each square."""

    xs: list[float]
    ys: list[float]
    regions: list[Region] = msgspec.field(default_factory=list)
    squares: list[list[int]] = msgspec.field(default_factory=list)

    @property
    def box(self) -> Box:
        """Give the box of the whole figure."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def find(self, x: float, y: float) -> int:
        """Give the number of the region that holds this point, -1 if it lies outside."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.squares[row][column]
        return -1


def find_lattices(level: Sequence[Ruling], upright: Sequence[Ruling], glyphs: Sequence[Glyph]) -> list[Lattice]:
    """Give the figures that rulings frame, the smallest first; a drawing of countless lines gives none.

    `glyphs` are those of the page: lines with text between them are never taken for one.
    """
    if len(level) * len(upright) > _MOST_PAIRS:
        return []

    @cache
    def across() -> _Points:
        return sorted([((left + right) / 2, (top + bottom) / 2) for _, left, top, right, bottom, _, _ in glyphs])

    @cache
    def along() -> _Points:
        return sorted([(y, x) for x, y in across()])

    groups = _with_far_sides(list(_touching(level, upright)))
    lattices = [_build(*group, across, along) for group in groups]
    found = [lattice for lattice in lattices if lattice is not None]
    return sorted(found, key=lambda lattice: (lattice.xs[-1] - lattice.xs[0]) * (lattice.ys[-1] - lattice.ys[0]))


def _touching(level: Sequence[Ruling], upright: Sequence[Ruling]) -> Iterator[_Group]:
    """Group rulings that hang together."""
    group = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    places = [ruling.at for ruling in upright]
    for number, (y, start, end) in enumerate(level):
        for other in range(bisect_left(places, start - _TOUCH), bisect_right(places, end + _TOUCH)):
            if upright[other].start - _TOUCH <= y <= upright[other].end + _TOUCH:
                group[root(number)] = root(len(level) + other)
    members: dict[int, _Group] = {}
    for number, ruling in enumerate(level):
        members.setdefault(root(number), ([], []))[0].append(ruling)
    for number, ruling in enumerate(upright):
        members.setdefault(root(len(level) + number), ([], []))[1].append(ruling)
    yield from members.values()


def _with_far_sides(groups: list[_Group]) -> list[_Group]:
    """Give a table the line that closes its first or last column where no line across reaches it.

    So it is on a page that a merged cell goes all the way down.
    """
    whole = [group for group in groups if group[0] and group[1]]
    for level, upright in groups:
        if not level and len(upright) == 1 and len(groups) < _MANY_GROUPS:
            (side,) = upright
            for _, others in whole:
                top, bottom = min(line.start for line in others), max(line.end for line in others)
                if abs(side.start - top) <= _BEYOND and abs(side.end - bottom) <= _BEYOND:
                    others.append(side)
                    break
    return whole


def _build(
    level: list[Ruling], upright: list[Ruling], across: Callable[[], _Points], along: Callable[[], _Points]
) -> Lattice | None:
    if not level or not upright:
        return None
    level, upright = merge_near(level, along), merge_near(upright, across)
    if not level or not upright:
        return None
    xs = _close(sorted({ruling.at for ruling in upright}), level)
    ys = _close(sorted({ruling.at for ruling in level}), upright)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1 or width * height > _MOST_SQUARES:
        return None
    lattice = Lattice(xs, ys)
    above = _cover(level, ys, xs)  # above[j][i]: a line along the top of square i of row j
    before = _cover(upright, xs, ys)
    _fill(lattice, above, before)
    return lattice


def _close(places: list[float], across: Sequence[Ruling]) -> list[float]:
    """Add a place where lines across run on past the first or the last: a side without a line, or a page's end."""
    first = [ruling.start for ruling in across if ruling.start < places[0] - _BEYOND]
    last = [ruling.end for ruling in across if ruling.end > places[-1] + _BEYOND]
    before = [min(first)] if len(first) > 1 else []
    after = [max(last)] if len(last) > 1 else []
    return [*before, *places, *after]


def _cover(rulings: Sequence[Ruling], places: Sequence[float], across: Sequence[float]) -> list[list[bool]]:
    """Say for each place and each stretch between two lines across whether a ruling runs along it."""
    width = len(across) - 1
    wanted = [_COVERED * (after - before) for before, after in pairwise(across)]
    length = [[0.0] * width for _ in places]
    for at, start, end in rulings:
        row = length[bisect_left(places, at)]
        for i in range(max(bisect_right(across, start) - 1, 0), min(bisect_left(across, end), width)):
            first, last = across[i], across[i + 1]
            row[i] += (end if end < last else last) - (start if start > first else first)
    return [[*map(ge, row, wanted)] for row in length]


def _fill(lattice: Lattice, above: list[list[bool]], before: list[list[bool]]) -> None:
    """Find the regions: rows of squares without a line between, and below them those of the same width."""
    xs, ys, regions = lattice.xs, lattice.ys, lattice.regions
    width, height = len(xs) - 1, len(ys) - 1
    sides = [*zip(*before[1:width], strict=True)] if width > 1 else [()] * height  # of each row, within it
    running: dict[tuple[int, int], int] = {}
    for row, lines in enumerate(sides):
        runs: dict[tuple[int, int], int] = {}
        top, squares = above[row], []
        start = 0
        for end in [*(column for column, line in enumerate(lines, 1) if line), width]:
            span = (start, end)
            number = running.get(span, -1)
            if number < 0 or True in top[start:end]:
                number = len(regions)
                regions.append(Region(start, row, end, row + 1, _NOWHERE))
            else:
                regions[number].bottom = row + 1
            squares += [number] * (end - start)
            runs[span] = number
            start = end
        lattice.squares.append(squares)
        running = runs
    for region in regions:
        left, first, right, end = region.left, region.top, region.right, region.bottom
        region.box = (xs[left], ys[first], xs[right], ys[end])
        region.open_top = True not in above[first][left:right]
        region.open_bottom = True not in above[end][left:right]
        if region.open_top or region.open_bottom:
            region.is_corner = True not in before[left][first:end] or True not in before[right][first:end]
