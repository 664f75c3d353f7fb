"""Glyphs -> printed lines: what stands side by side, read from left to right, with blanks where there are gaps."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from .page import Box, Glyph

_SAME_LINE = 0.5
"""How far the middle of a glyph may stand off the middle of its line, in heights of the lower of the two."""
_WORD_GAP = 0.18
_HAN_GAP = 0.4
_WIDE_GAP = 1.1
_COLUMN_GAP = 3.0
"""Lines that are spaced out to be full have gaps as wide as that nowhere."""
_DOUBLED = 0.3
_by_left = itemgetter(1)


class Line(NamedTuple):
    """A printed line: its glyphs from left to right, its text and its box."""

    glyphs: Sequence[Glyph]
    text: str
    box: Box


def find_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Give the lines that upright glyphs make, from top to bottom."""
    groups: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=_middle):
        own = glyph[4] - glyph[2]
        if groups and (glyph[2] + glyph[4]) / 2 - middle <= _SAME_LINE * min(own, height):
            group = groups[-1]
            group.append(glyph)
            if own > height:  # the tallest glyph tells where the line is
                middle, height = max(middle, (glyph[2] + glyph[4]) / 2), own
        else:
            groups.append([glyph])
            middle, height = (glyph[2] + glyph[4]) / 2, own
    return [to_line(group) for group in groups]


def to_line(glyphs: list[Glyph]) -> Line:
    """Make one line of glyphs that stand side by side; signs printed twice to look bold count once."""
    if len(glyphs) == 1:
        text, left, top, right, bottom, _ = glyphs[0]
        return Line(glyphs, text, (left, top, right, bottom))
    glyphs.sort(key=_by_left)
    kept = [glyphs[0]]
    pieces = [glyphs[0][0]]
    gaps = _find_gaps(glyphs)
    usual = sorted(gaps)[len(gaps) // 2]
    for glyph in glyphs[1:]:
        text, left, top, right, bottom, _ = glyph
        before = kept[-1]
        if text == before[0] and left - before[1] < _DOUBLED * (right - left) and abs(top - before[2]) < 2:
            continue
        gap = left - before[3]
        size = min(bottom - top, before[4] - before[2])
        if gap > _WORD_GAP * size:
            narrow = text[0] < "\u2e80" and before[0][-1] < "\u2e80"
            if gap > _WIDE_GAP * size and gap > min(2 * usual, _COLUMN_GAP * size):
                pieces.append("  ")
            elif narrow or gap > _HAN_GAP * size:
                pieces.append(" ")
        kept.append(glyph)
        pieces.append(text)
    top = min(glyph[2] for glyph in kept)
    bottom = max(glyph[4] for glyph in kept)
    return Line(kept, "".join(pieces), (kept[0][1], top, max(glyph[3] for glyph in kept), bottom))


def _find_gaps(glyphs: Sequence[Glyph]) -> list[float]:
    return [after[1] - before[3] for before, after in pairwise(glyphs)]


def _middle(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]
