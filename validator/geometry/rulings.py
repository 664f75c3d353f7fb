"""Strokes -> rulings: straight lines, level or upright, put together from their pieces, dashes and doubles."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .page import Stroke

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


class Ruling(NamedTuple):
    """A straight line at `at` (x of an upright one, y of a level one) from `start` to `end`."""

    at: float
    start: float
    end: float


def find_rulings(strokes: Iterable[Stroke]) -> tuple[list[Ruling], list[Ruling]]:
    """Give the level and the upright rulings that these strokes make, each ordered by its place."""
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for left, top, right, bottom in strokes:
        width, height = right - left, bottom - top
        # The dots of a dotted line are of no direction: each is a piece of both, and what stays alone is dropped.
        if height <= _THICKEST and (width >= height or width <= _DOT):
            level.append(Ruling((top + bottom) / 2, left, right))
        if width <= _THICKEST and (height > width or height <= _DOT):
            upright.append(Ruling((left + right) / 2, top, bottom))
    return _put_together(level, _OFF, _OFF), _put_together(upright, _OFF, _OFF)


def merge_near(rulings: Iterable[Ruling], points: Sequence[tuple[float, float]]) -> list[Ruling]:
    """Put the rulings of one table that stand close side by side in one place.

    `points` are the middles of all glyphs, across the rulings and along them, in order.
    """
    return _put_together(list(rulings), _SAME, _WIDEST, points)


def _put_together(
    pieces: list[Ruling], apart: float, widest: float, points: Sequence[tuple[float, float]] = ()
) -> list[Ruling]:
    """Join the pieces that lie on one line and touch, or nearly so; drop what is too short to part anything."""
    pieces.sort()
    rulings: list[Ruling] = []
    first = 0
    for index in range(1, len(pieces) + 1):
        if (
            index == len(pieces)
            or pieces[index].at - pieces[index - 1].at > apart
            or pieces[index].at - pieces[first].at > widest
            or (points and _has_text_between(pieces[first:index], pieces[index], points))
        ):
            rulings.extend(_join(pieces[first:index]))
            first = index
    return rulings


def _has_text_between(before: Sequence[Ruling], after: Ruling, points: Sequence[tuple[float, float]]) -> bool:
    if after.at - before[-1].at <= _CLOSE:
        return False
    start = min(after.start, *(ruling.start for ruling in before))
    end = max(after.end, *(ruling.end for ruling in before))
    between = points[bisect_right(points, (before[-1].at, end)) : bisect_left(points, (after.at, start))]
    return any(start <= along <= end for _, along in between)


def _join(pieces: Sequence[Ruling]) -> list[Ruling]:
    total = sum(piece.end - piece.start + 0.01 for piece in pieces)
    at = sum(piece.at * (piece.end - piece.start + 0.01) for piece in pieces) / total
    joined: list[Ruling] = []
    start, end = None, 0.0
    for _, begin, finish in sorted(pieces, key=_start):
        if start is None:
            start, end = begin, finish
        elif begin <= end + _GAP:
            end = max(end, finish)
        else:
            joined.append(Ruling(at, start, end))
            start, end = begin, finish
    if start is not None:
        joined.append(Ruling(at, start, end))
    return [ruling for ruling in joined if ruling.end - ruling.start >= _SHORTEST]


def _start(ruling: Ruling) -> float:
    return ruling.start
