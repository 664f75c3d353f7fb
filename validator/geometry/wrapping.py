"""The text of a cell: printed lines that were full run on into the next, others were ended on purpose."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .lines import Line, find_lines
from .page import Box, Glyph

_PADDING = 0.8
"""The most that is taken for a margin inside a cell, in heights of its glyphs."""
_SLACK = 0.1
"""How much of a glyph's height a cell may have less room than it seems: its lines have a thickness, too."""
_TORN = 0.25
_FIGURE = frozenset("0123456789.,，．０１２３４５６７８９")
_INDENT = 1.5
_NEVER_FIRST = frozenset("，。、；：！？）〕】》”’,.;:!?)]%％")
_NEVER_LAST = frozenset("（〔【《“‘([")


class CellText(NamedTuple):
    """What a cell prints; how much room its last line leaves, and the widths of its first word and first sign."""

    text: str
    free: float = 0.0
    word: float = 0.0
    sign: float = 0.0


def read_cell(glyphs: Sequence[Glyph], box: Box) -> CellText:
    """Give the text printed in a cell with this box, its lines joined where the cell was too narrow for more.

    Words that are set turned are read in their direction, after the upright ones.
    """
    read: list[CellText] = []
    for turn in range(4):
        turned = [_turn_back(glyph, turn) for glyph in glyphs if glyph[5] == turn] if turn else _upright(glyphs)
        if turned:
            left, _, right, _ = _turn_back(Glyph("", *box), turn)[1:5]
            read.append(_join(find_lines(turned), left, right))
    if len(read) == 1:
        return read[0]
    return CellText("\n".join(part.text for part in read))


def runs_on(before: CellText, after: CellText) -> bool:
    """Whether the text of a cell goes on in another: its last line had no room for the first word there."""
    torn = before.text[-1] in _FIGURE and after.text[0] in _FIGURE
    return (after.sign if torn else after.word) > before.free


def _upright(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    return [glyph for glyph in glyphs if not glyph[5]] if any(glyph[5] for glyph in glyphs) else glyphs


def _turn_back(glyph: Glyph, turn: int) -> Glyph:
    """Turn a glyph upright about the corner of the page, so that its line runs from left to right."""
    text, left, top, right, bottom, _ = glyph
    if turn == 1:
        return Glyph(text, top, -right, bottom, -left)
    if turn == 2:
        return Glyph(text, -right, -bottom, -left, -top)
    if turn == 3:
        return Glyph(text, -bottom, left, -top, right)
    return glyph


def _join(lines: Sequence[Line], left: float, right: float) -> CellText:
    size = max(line.box[3] - line.box[1] for line in lines)
    margin = min(min(line.box[0] for line in lines) - left, right - max(line.box[2] for line in lines))
    room = right - left - 2 * min(max(margin, 0.0), _PADDING * size)
    edge = min(line.box[0] for line in lines)
    pieces = [lines[0].text]
    for before, after in pairwise(lines):
        torn = before.text[-1] in _FIGURE and after.text[0] in _FIGURE
        free = room - (before.box[2] - before.box[0]) - (_TORN if torn else _SLACK) * size
        indented = _INDENT * size < after.box[0] - edge < 3 * size and _is_flush(lines, edge)
        if indented or _first_word(after) <= free:
            pieces.append("\n")
        elif not torn and _is_narrow(before.text[-1]) and _is_narrow(after.text[0]):
            pieces.append(" ")
        pieces.append(after.text)
    last, first = lines[-1], lines[0].glyphs[0]
    free = room - (last.box[2] - last.box[0]) - _SLACK * size
    return CellText("".join(pieces), free, _first_word(lines[0]), first[3] - first[1])


def _is_flush(lines: Sequence[Line], edge: float) -> bool:
    """Whether most lines begin at the left edge of the text: then one that does not is indented."""
    return sum(line.box[0] - edge < 1.0 for line in lines) * 3 > len(lines) * 2


def _first_word(line: Line) -> float:
    """Give the width of what must stay together at the beginning of a line."""
    glyphs = line.glyphs
    end = 0
    while end + 1 < len(glyphs):
        sign, after = glyphs[end], glyphs[end + 1]
        if after[1] - sign[3] > 0.18 * (sign[4] - sign[2]):
            break
        together = _is_narrow(sign[0]) and _is_narrow(after[0])
        if not (together or after[0] in _NEVER_FIRST or sign[0] in _NEVER_LAST):
            break
        end += 1
    return glyphs[end][3] - glyphs[0][1]


def _is_narrow(text: str) -> bool:
    return text < "\u2e80"
