"""Printed pages -> sheets, each read by itself: columns of text, pages side by side, what is turned by 90 degrees."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from msgspec.structs import replace

from .lines import Line, find_lines
from .page import Box, Glyph, PrintedPage, Stroke

_MANY_TURNED, _MANY_DIGITS = 40, 8
"""So many turned signs and digits are a table set sideways; the turned words of a table's head are fewer."""
_AMONG = 0.1
_AROUND = 40.0
_NARROWEST = 6.0
"""Points between two columns of text, or the rulings in them, at least."""
_FEW_ACROSS = 4
"""So many signs and rulings, of titles and headers, may cross the strip between two columns."""
_LEAST_LINES = 8
_LEAST_HAN = 8
"""Chinese characters that a line of a column of text has on average at least: units and figures are no text."""
_LEAST_TEXT = 60
_LEAST_RULINGS = 4
_FULL = 0.7
"""The share of its column that a full line of text fills at least."""
_CLEAR = 2.0
_MIDDLE = (0.3, 0.7)


class Sheet(msgspec.Struct, frozen=True):
    """A part of a page as a page of its own, and how it stands on the page: turned by quarters, then moved right."""

    page: PrintedPage
    number: int
    whole: tuple[float, float]
    turn: int = 0
    right: float = 0.0

    def place(self, box: Box) -> Box:
        """Give where a box of the sheet stands on the page."""
        left, top, right, bottom = box
        if self.turn == 1:
            return self.whole[0] - bottom, left, self.whole[0] - top, right
        if self.turn == 3:
            return top, self.whole[1] - right, bottom, self.whole[1] - left
        return left + self.right, top, right + self.right, bottom


def part_pages(pages: Sequence[PrintedPage]) -> list[Sheet]:
    """Give the sheets of pages in reading order; their own numbers count on from 0, at least one for each page."""
    sheets: list[Sheet] = []
    for page in pages:
        for sheet in _part(page):
            sheets.append(replace(sheet, page=replace(sheet.page, number=len(sheets))))
    return sheets


def _part(page: PrintedPage) -> Iterator[Sheet]:
    whole = (page.width, page.height)
    turns = {glyph[5] for glyph in page.glyphs}
    for turn in (turn for turn in (1, 3) if turn in turns):
        turned = [glyph for glyph in page.glyphs if glyph[5] == turn]
        if len(turned) < _MANY_TURNED or sum(glyph[0].isdigit() for glyph in turned) < _MANY_DIGITS:
            continue
        left, top, right, bottom = _around(turned)
        rest = [glyph for glyph in page.glyphs if glyph[5] != turn]
        if sum(_is_in(glyph, (left, top, right, bottom)) for glyph in rest) > _AMONG * len(turned):
            continue
        wide = (left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND)
        if rest:
            outside = [stroke for stroke in page.strokes if not _overlap(stroke, wide)]
            yield Sheet(replace(page, glyphs=rest, strokes=outside), page.number, whole)
        size = {"width": page.height, "height": page.width}
        glyphs = [Glyph(glyph[0], *_turn(glyph[1:5], whole, turn), 0, glyph[6]) for glyph in turned]
        strokes = [Stroke(*_turn(stroke, whole, turn)) for stroke in page.strokes]
        yield Sheet(replace(page, glyphs=glyphs, strokes=strokes, **size), page.number, whole, turn)
        return
    yield from _part_columns(page)


def _part_columns(page: PrintedPage) -> Iterator[Sheet]:
    """Give what stands above two columns or pages side by side, each of the two, and what stands below."""
    whole = (page.width, page.height)
    found = _find_gutter(page)
    if found is None:
        yield Sheet(page, page.number, whole)
        return
    x, top, bottom = found
    bands: list[tuple[Box, float]] = [((0.0, 0.0, page.width, top), 0.0)]
    sides = [(0.0, top, x, bottom), (x, top, page.width, bottom)]
    edges = [min(glyph[1] for glyph in page.glyphs if _is_in(glyph, side)) for side in sides]
    bands += [(sides[0], 0.0), (sides[1], edges[1] - edges[0]), ((0.0, bottom, page.width, page.height), 0.0)]
    for box, right in bands:
        glyphs = [_move(glyph, right) for glyph in page.glyphs if _is_in(glyph, box)]
        strokes = [Stroke(s[0] - right, s[1], s[2] - right, s[3]) for s in page.strokes if _is_in(("", *s), box)]
        if glyphs:
            yield Sheet(replace(page, glyphs=glyphs, strokes=strokes), page.number, whole, 0, right)


def _find_gutter(page: PrintedPage) -> tuple[float, float, float] | None:
    """Give the x of a blank strip between two columns of text or two pages, and from which y to which it runs."""
    strips = _find_strips(page)
    lines = find_lines([glyph for glyph in page.glyphs if not glyph[5]]) if strips else []
    for x in strips:
        run: list[Line] = []
        best: list[Line] = []
        for line in lines:
            if _crosses(line, x):
                run = []
                continue
            run.append(line)
            if len(run) > len(best):
                best = run
        if len(best) < _LEAST_LINES:
            continue
        top = min(line.box[1] for line in best) - 1
        bottom = max(line.box[3] for line in best) + 1
        if any(_overlap(stroke, (x - _CLEAR, top, x + _CLEAR, bottom)) for stroke in page.strokes):
            continue
        sides = [(0.0, top, x, bottom), (x, top, page.width, bottom)]
        if all(_is_text(page, side) for side in sides):
            return x, top, bottom
    return None


def _is_text(page: PrintedPage, side: Box) -> bool:
    """Whether a side of a page holds lines of text or ruled tables, and is no column of figures, labels or units."""
    glyphs = [glyph for glyph in page.glyphs if _is_in(glyph, side)]
    lines = find_lines(glyph for glyph in glyphs if not glyph[5])
    if len(lines) < _LEAST_LINES or sum("\u4e00" <= glyph[0] <= "\u9fff" for glyph in glyphs) < _LEAST_TEXT:
        return False
    edge, end = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    across = sum(s[2] - s[0] > 3 * (s[3] - s[1]) and _is_in(("", *s), side) for s in page.strokes)
    if across >= _LEAST_RULINGS:
        return True
    # Lines of text fill their column; labels and cells do not.
    full = [line for line in lines if line.box[2] - line.box[0] > _FULL * (end - edge)]
    return sum(_count_han(line) >= _LEAST_HAN for line in full) * 3 >= len(lines)


def _count_han(line: Line) -> int:
    return sum("\u4e00" <= glyph[0] <= "\u9fff" for glyph in line.glyphs)


def _find_strips(page: PrintedPage) -> list[float]:
    """Give the middles of upright strips about the middle of a page that hardly anything crosses, the widest first."""
    if not _may_have_strips(page):
        return []
    steps = [0] * (int(page.width) + 3)
    last = len(steps) - 2
    for sides, first in ((page.glyphs, 1), (page.strokes, 0)):
        for box in sides:
            start, end = int(box[first]), int(box[first + 2])
            if not 0 <= start <= end <= last:
                start, end = min(max(start, 0), last), min(max(end, 0), last)
            steps[start] += 1
            steps[end + 1] -= 1
    strips: list[tuple[int, float]] = []
    start, crossing = 0, 0
    for x, step in enumerate(steps):
        crossing += step
        if crossing > _FEW_ACROSS or x == len(steps) - 1:
            if x - start >= _NARROWEST and _MIDDLE[0] * page.width < (x + start) / 2 < _MIDDLE[1] * page.width:
                strips.append((start - x, (x + start) / 2))
            start = x + 1
    return [x for _, x in sorted(strips)]


def _may_have_strips(page: PrintedPage) -> bool:
    """Whether anywhere about the middle of a page so few rulings cross an upright line that a strip may be there."""
    starts = sorted([int(stroke[0]) for stroke in page.strokes])
    ends = sorted([int(stroke[2]) for stroke in page.strokes])
    places = range(int(_MIDDLE[0] * page.width) + 1, int(_MIDDLE[1] * page.width))
    return any(bisect_right(starts, x) - bisect_left(ends, x) <= _FEW_ACROSS for x in places)


def _crosses(line: Line, x: float) -> bool:
    """Whether a line runs through a strip."""
    return any(glyph[1] < x + _CLEAR and glyph[3] > x - _CLEAR for glyph in line.glyphs) or any(
        before[3] <= x <= after[1] and after[1] - before[3] < _NARROWEST for before, after in pairwise(line.glyphs)
    )


def _around(glyphs: Sequence[Glyph]) -> Box:
    left, top = min(glyph[1] for glyph in glyphs), min(glyph[2] for glyph in glyphs)
    return left, top, max(glyph[3] for glyph in glyphs), max(glyph[4] for glyph in glyphs)


def _is_in(glyph: Sequence[Any], box: Box) -> bool:
    x, y = float(glyph[1] + glyph[3]) / 2, float(glyph[2] + glyph[4]) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _overlap(stroke: Stroke, box: Box) -> bool:
    return stroke[0] < box[2] and stroke[2] > box[0] and stroke[1] < box[3] and stroke[3] > box[1]


def _turn(box: Sequence[float], whole: tuple[float, float], turn: int) -> Box:
    left, top, right, bottom = box
    if turn == 1:
        return top, whole[0] - right, bottom, whole[0] - left
    return whole[1] - bottom, left, whole[1] - top, right


def _move(glyph: Glyph, right: float) -> Glyph:
    return glyph._replace(left=glyph.left - right, right=glyph.right - right) if right else glyph
