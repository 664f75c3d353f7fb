"""Glyphs -> printed lines, read from left to right, with blanks where there are gaps; and the text of a cell."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter

import msgspec

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
_PADDING = 0.8
"""The most that is taken for a margin inside a cell, in heights of its glyphs."""
_SLACK = 0.1
"""How much of a glyph's height a cell may have less room than it seems: its lines have a thickness, too."""
_TORN = 0.25
_FIGURE = frozenset("0123456789.,，．０１２３４５６７８９")
_INDENT = 1.5
_NEVER_FIRST = frozenset("，。、；：！？）〕】》”’,.;:!?)]%％")
_NEVER_LAST = frozenset("（〔【《“‘([")
_by_left = itemgetter(1)


class Line(msgspec.Struct, frozen=True):
    """A printed line: its glyphs from left to right, its text and its box."""

    glyphs: Sequence[Glyph]
    text: str
    box: Box


def find_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Give the lines that upright glyphs make, from top to bottom."""
    groups: list[list[Glyph]] = []
    middle = height = 0.0
    group: list[Glyph] = []
    for glyph in sorted(glyphs, key=_middle):
        top, bottom = glyph[2], glyph[4]
        own, at = bottom - top, (top + bottom) / 2
        if group and at - middle <= _SAME_LINE * (own if own < height else height):
            group.append(glyph)
            if own > height:  # the tallest glyph tells where the line is
                middle, height = max(middle, at), own
        else:
            group = [glyph]
            groups.append(group)
            middle, height = at, own
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
        text, left, top, right, bottom, _, _ = glyphs[0]
        return Line(glyphs, text, (left, top, right, bottom))
    glyphs.sort(key=_by_left)
    if (plain := _to_plain_line(glyphs)) is not None:
        return plain
    kept = [glyphs[0]]
    pieces = [glyphs[0][0]]
    gaps = sorted([after[1] - before[3] for before, after in pairwise(glyphs)])
    usual = gaps[len(gaps) // 2]
    before = kept[0]
    for glyph in glyphs[1:]:
        text, left, top, right, bottom, _, _ = glyph
        if text == before[0] and left - before[1] < _DOUBLED * (right - left) and abs(top - before[2]) < 2:
            continue
        gap = left - before[3]
        size = bottom - top
        if gap > 0 and gap > _WORD_GAP * (size := min(size, before[4] - before[2])):
            narrow = text[0] < "\u2e80" and before[0][-1] < "\u2e80"
            if gap > _WIDE_GAP * size and gap > min(2 * usual, _COLUMN_GAP * size):
                pieces.append("  ")
            elif narrow or gap > _HAN_GAP * size:
                pieces.append(" ")
        kept.append(glyph)
        pieces.append(text)
        before = glyph
    _, _, tops, rights, bottoms, _, _ = zip(*kept, strict=True)
    top, bottom = min(tops), max(bottoms)
    if bottom - min(bottoms) > _LOWER * (bottom - top):
        _shift_marks(kept, pieces)
    return Line(kept, "".join(pieces), (kept[0][1], top, max(rights), bottom))


def _to_plain_line(glyphs: list[Glyph]) -> Line | None:
    """Make a line of signs that all are as high, without a gap between two and none printed twice; else None."""
    before, first, top, end, bottom, turn, _ = glyphs[0]
    if turn:
        return None
    widest = _WORD_GAP * (bottom - top)
    start, last, pieces = first, end, [before]
    for text, left, high, right, low, turn, _ in glyphs[1:]:
        if (
            high != top
            or low != bottom
            or turn
            or left - last > widest
            or (text == before and left - start < _DOUBLED * (right - left))
        ):
            return None
        before, start, last = text, left, right
        pieces.append(text)
        end = max(end, right)
    return Line(glyphs, "".join(pieces), (first, top, end, bottom))


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
        height, base = max((round(glyph[4] - glyph[2], 1), glyph[4] - _BASE * (glyph[4] - glyph[2])) for glyph in word)
        for number, glyph in enumerate(word, start):
            own = glyph[4] - glyph[2]
            raised = (base - (glyph[4] - _BASE * own)) / height
            if raised >= (_RAISE if own <= _SMALL * height else _RAISE_LEVEL):
                pieces[signs[number]] = pieces[signs[number]].translate(RAISED)
            elif raised <= -_LOWER and own <= _SMALL * height:
                pieces[signs[number]] = pieces[signs[number]].translate(LOWERED)
        start = index


def _middle(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]


class CellText(msgspec.Struct, frozen=True):
    """What a cell prints, its lines and its sides; `ended`: no line after it goes on with it."""

    text: str
    lines: Sequence[Line] = ()
    sides: tuple[float, float] = (0.0, 0.0)
    ended: bool = False

    @property
    def free(self) -> float:
        """Give how much room the last line leaves."""
        if not self.lines:
            return 0.0
        size, room = _find_room(self.lines, *self.sides)
        last = self.lines[-1].box
        return room - (last[2] - last[0]) - _SLACK * size

    @property
    def word(self) -> float:
        """Give how wide the first word is."""
        return _first_word(self.lines[0]) if self.lines else 0.0

    @property
    def sign(self) -> float:
        """Give how wide the first sign is."""
        first = self.lines[0].glyphs[0] if self.lines else None
        return first[3] - first[1] if first else 0.0


def read_cell(glyphs: Sequence[Glyph], box: Box) -> CellText:
    """Give the text printed in a cell with this box, its lines joined where the cell was too narrow for more.

    Words that are set turned are read in their direction, after the upright ones.
    """
    if len(glyphs) == 1 and not glyphs[0][5]:
        return _join([to_line([*glyphs])], box[0], box[2])
    if (line := _to_plain_line(sorted(glyphs, key=_by_left))) is not None:
        return CellText(line.text, (line,), (box[0], box[2]))
    read: list[CellText] = []
    for turn in range(4):
        turned = [_turn_back(glyph, turn) for glyph in glyphs if glyph[5] == turn]
        if turned:
            left, _, right, _ = _turn_back(Glyph("", *box), turn)[1:5]
            read.append(_join(find_lines(turned), left, right))
    if len(read) == 1:
        return read[0]
    return CellText("\n".join(part.text for part in read))


def runs_on(before: CellText, after: CellText) -> bool:
    """Whether the text of a cell goes on in another: its last line had no room for the first word there."""
    torn = before.text[-1] in _FIGURE and after.text[0] in _FIGURE
    return not before.ended and (after.sign if torn else after.word) > before.free


def _turn_back(glyph: Glyph, turn: int) -> Glyph:
    """Turn a glyph upright about the corner of the page, so that its line runs from left to right."""
    text, left, top, right, bottom, _, _ = glyph
    if turn == 1:
        return Glyph(text, top, -right, bottom, -left)
    if turn == 2:
        return Glyph(text, -right, -bottom, -left, -top)
    if turn == 3:
        return Glyph(text, -bottom, left, -top, right)
    return glyph


def _join(lines: Sequence[Line], left: float, right: float) -> CellText:
    if len(lines) == 1:
        return CellText(lines[0].text, lines, (left, right))
    size, room = _find_room(lines, left, right)
    edge = min(line.box[0] for line in lines)
    pieces = [lines[0].text]
    for before, after in pairwise(lines):
        torn = before.text[-1] in _FIGURE and after.text[0] in _FIGURE
        free = room - (before.box[2] - before.box[0]) - (_TORN if torn else _SLACK) * size
        indented = _INDENT * size < after.box[0] - edge < 3 * size and _is_flush(lines, edge)
        if indented or _first_word(after) <= free:
            pieces.append("\n")
        elif not (torn or after.text[0] in _NEVER_FIRST) and _is_narrow(before.text[-1]) and _is_narrow(after.text[0]):
            pieces.append(" ")
        pieces.append(after.text)
    return CellText("".join(pieces), lines, (left, right))


def _find_room(lines: Sequence[Line], left: float, right: float) -> tuple[float, float]:
    """Give how high the lines of a cell are at most, and how wide one may be."""
    size = max(line.box[3] - line.box[1] for line in lines)
    margin = min(min(line.box[0] for line in lines) - left, right - max(line.box[2] for line in lines))
    return size, right - left - 2 * min(max(margin, 0.0), _PADDING * size)


def _is_flush(lines: Sequence[Line], edge: float) -> bool:
    """Whether most lines begin at the left edge of the text: then one that does not is indented."""
    return sum(line.box[0] - edge < 1.0 for line in lines) * 3 > len(lines) * 2


def _first_word(line: Line) -> float:
    """Give the width of what must stay together at the beginning of a line."""
    glyphs = line.glyphs
    end = 0
    while end + 1 < len(glyphs):
        sign, after = glyphs[end], glyphs[end + 1]
        if after[1] - sign[3] > _WORD_GAP * (sign[4] - sign[2]):
            break
        together = _is_narrow(sign[0]) and _is_narrow(after[0])
        if not (together or after[0] in _NEVER_FIRST or sign[0] in _NEVER_LAST):
            break
        end += 1
    return glyphs[end][3] - glyphs[0][1]


def _is_narrow(text: str) -> bool:
    return text < "\u2e80"
