"""Glyphs and strokes of a page -> the glyphs that no line strikes out, and the strokes that strike none."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from .page import Glyph, PrintedPage, Stroke

_THICKEST = 3.0
_HIGHEST, _LOWEST = 0.36, 0.8
"""Where a line runs through a sign and not above or under it, in heights of the sign from its top."""
_PAST = 0.7
"""How far, in heights, the line may run past what it strikes out; a ruling runs on to the sides of its table."""
_TALLEST = 1.3
"""How far a slanted line goes up at most, in heights of what it strikes out."""
_GAP = 3.0
_SAME = 1.0
_SLACK = 0.1
"""Points by which glyphs are looked for farther off than they could be."""


def drop_struck(page: PrintedPage) -> PrintedPage:
    """Give the page without the upright glyphs that a level or slanted line strikes out, and without such lines."""
    level = [s for s in page.strokes if (high := s[3] - s[1]) <= _THICKEST and high <= s[2] - s[0]]
    if not (level or page.slants) or not page.glyphs:
        return page
    places = _Places(page.glyphs)
    struck: set[int] = set()
    lines: set[Stroke] = set()
    beside: dict[float, list[int]] = {}
    for stroke in level:
        y = (stroke[1] + stroke[3]) / 2
        near = beside.get(y)
        if near is None:
            near = beside[y] = places.find_crossed(y)
        if not near or stroke in lines or not _find_crossed(stroke[0], stroke[2], near, page.glyphs):
            continue
        pieces, left, right = _join(stroke, level)
        crossed = _find_crossed(left, right, near, page.glyphs)
        glyphs = [page.glyphs[number] for number in crossed]
        room = _PAST * max(glyph[4] - glyph[2] for glyph in glyphs)
        if min(glyph[1] for glyph in glyphs) - left <= room and right - max(glyph[3] for glyph in glyphs) <= room:
            struck.update(crossed)
            lines.update(pieces)
    for slant in page.slants:
        struck.update(_find_slashed(slant, page.glyphs, places))
    if not struck:
        return page
    return replace(
        page,
        glyphs=[glyph for number, glyph in enumerate(page.glyphs) if number not in struck],
        strokes=[stroke for stroke in page.strokes if stroke not in lines],
    )


class _Places:
    """The upright glyphs of a page by the heights of their middles."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        self._rows: dict[float, list[int]] = {}
        tallest = 0.0
        row: list[int] = []
        last = before = float("nan")
        for number, (_, _, top, _, bottom, turn, _) in enumerate(glyphs):
            if top != before or bottom != last:  # signs of one line come one after the other
                before, last = top, bottom
                row = self._rows.setdefault((top + bottom) / 2, [])
                tallest = max(tallest, bottom - top)
            if not turn:
                row.append(number)
        self._middles = sorted(self._rows)
        self._tallest = tallest

    def find_near(self, y: float, before: float = 0.5, behind: float = 0.5) -> list[int]:
        """Give the numbers of the glyphs whose middles are so far above or below, in heights of the tallest."""
        middles, tall = self._middles, self._tallest
        first, end = bisect_left(middles, y - before * tall), bisect_right(middles, y + behind * tall)
        return [number for middle in middles[first:end] for number in self._rows[middle]]

    def find_crossed(self, y: float) -> list[int]:
        """Give the numbers of the glyphs that a level line at `y` runs through about their middle."""
        slack = _SLACK / max(self._tallest, _SLACK)
        return [
            number
            for number in self.find_near(y, min(_LOWEST - 0.5 + slack, 0.5), min(0.5 - _HIGHEST + slack, 0.5))
            if _HIGHEST
            <= (y - self._glyphs[number][2]) / max(self._glyphs[number][4] - self._glyphs[number][2], 0.1)
            <= _LOWEST
        ]


def _find_crossed(left: float, right: float, near: Sequence[int], glyphs: Sequence[Glyph]) -> list[int]:
    """Give those of the glyphs beside a line that it runs over."""
    return [number for number in near if left <= (glyphs[number][1] + glyphs[number][3]) / 2 <= right]


def _find_slashed(
    slant: tuple[float, float, float, float],
    glyphs: Sequence[Glyph],
    places: _Places,
) -> list[int]:
    """Give the numbers of the glyphs that a slanted line strikes out: it crosses them all and hardly runs past them.

    The line that parts the first cell of a table, from corner to corner, crosses some signs, and runs far past them.
    """
    x0, y0, x1, y1 = slant
    crossed: list[int] = []
    for number in places.find_near((y0 + y1) / 2):
        left, top, right, bottom = glyphs[number][1:5]
        x = (left + right) / 2
        if x0 <= x <= x1 and top < y0 + (x - x0) / (x1 - x0) * (y1 - y0) < bottom:
            crossed.append(number)
    if not crossed:
        return []
    height = max(glyphs[number][4] - glyphs[number][2] for number in crossed)
    left, right = min(glyphs[number][1] for number in crossed), max(glyphs[number][3] for number in crossed)
    fits = abs(y1 - y0) <= _TALLEST * height and max(abs(left - x0), abs(x1 - right)) <= _PAST * height
    return crossed if fits else []


def _join(stroke: Stroke, level: Sequence[Stroke]) -> tuple[list[Stroke], float, float]:
    """Give the pieces of the line that a stroke is of, and from where to where it runs."""
    along = sorted(
        other for other in level if abs(other[1] - stroke[1]) <= _SAME and abs(other[3] - stroke[3]) <= _SAME
    )
    first = last = along.index(stroke)
    while first and along[first][0] - max(other[2] for other in along[:first]) <= _GAP:
        first -= 1
    right = stroke[2]
    while last + 1 < len(along) and along[last + 1][0] - right <= _GAP:
        last += 1
        right = max(right, along[last][2])
    return along[first : last + 1], along[first][0], right
