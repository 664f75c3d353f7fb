"""Glyphs -> printed lines: what stands side by side, read from left to right, with blanks where there are gaps."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from validator.characters import LOWERED, RAISED

from .page import Box, Glyph

_SAME_LINE = 0.5
"""How far the middle of a glyph may stand off the middle of its line, in heights of the lower of the two."""
_WORD_GAP = 0.18
_HAN_GAP = 0.4
_WIDE_GAP = 1.1
_COLUMN_GAP = 3.0
"""Lines that are spaced out to be full have gaps as wide as that nowhere."""
_DOUBLED = 0.3
_SMALL = 0.87
"""How high a mark is at most beside what it is set to; Word's is 0.65, LibreOffice's 0.58, a browser's 0.83 of it."""
_RAISE, _RAISE_LEVEL = 0.18, 0.3
"""How far a mark stands above the base line, in heights of what it is set to; one of the same height stands higher."""
_LOWER = 0.1
_BASE = 0.12
"""The share of a glyph's height that lies below its base line."""
_BESIDE = 0.45
_OVERLAP = 0.2
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
    for index in range(len(groups) - 2, -1, -1):
        above, below = groups[index : index + 2]
        if _are_marks(above, below):
            below.extend(above)
            del groups[index]
        elif _are_marks(below, above):
            above.extend(below)
            del groups[index + 1]
    return [to_line(group) for group in groups]


def _are_marks(marks: Sequence[Glyph], line: Sequence[Glyph]) -> bool:
    """Whether glyphs that seem a line of their own are marks, raised or lowered far, behind the signs of a line."""
    if len(marks) > len(line):
        return False
    height = max(glyph[4] - glyph[2] for glyph in line)
    signs = (*line, *marks)
    return (
        max(glyph[4] - glyph[2] for glyph in marks) <= _SMALL * height
        and min(glyph[1] for glyph in marks) - max(glyph[3] for glyph in line) < _BESIDE * height
        and all(
            any(
                -_OVERLAP * height < mark[1] - sign[3] < _BESIDE * height and mark[2] < sign[4] and sign[2] < mark[4]
                for sign in signs
                if sign is not mark
            )
            for mark in marks
        )
    )


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
    if any(abs(glyph[4] - bottom) > _LOWER * (bottom - top) for glyph in kept):
        _shift_marks(kept, pieces)
    return Line(kept, "".join(pieces), (kept[0][1], top, max(glyph[3] for glyph in kept), bottom))


def _shift_marks(glyphs: Sequence[Glyph], pieces: list[str]) -> None:
    """Write digits that are set above or below the line as such, so that they do not continue the figure beside them.

    `pieces` are the texts of the glyphs, with blanks between.
    """
    signs = [number for number, piece in enumerate(pieces) if piece.strip()]
    start = 0
    for index in range(1, len(glyphs) + 1):
        height = glyphs[index - 1][4] - glyphs[index - 1][2]
        if index < len(glyphs) and glyphs[index][1] - glyphs[index - 1][3] < _BESIDE * max(
            height, glyphs[index][4] - glyphs[index][2]
        ):
            continue
        word = glyphs[start:index]
        height, base = max((glyph[4] - glyph[2], glyph[4] - _BASE * (glyph[4] - glyph[2])) for glyph in word)
        for number, glyph in enumerate(word, start):
            own = glyph[4] - glyph[2]
            raised = (base - (glyph[4] - _BASE * own)) / height
            if raised >= (_RAISE if own <= _SMALL * height else _RAISE_LEVEL):
                pieces[signs[number]] = pieces[signs[number]].translate(RAISED)
            elif raised <= -_LOWER and own <= _SMALL * height:
                pieces[signs[number]] = pieces[signs[number]].translate(LOWERED)
        start = index


def _find_gaps(glyphs: Sequence[Glyph]) -> list[float]:
    return [after[1] - before[3] for before, after in pairwise(glyphs)]


def _middle(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]
