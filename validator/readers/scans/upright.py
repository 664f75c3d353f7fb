"""A picture of a page that may lie on its side or its head -> the page upright and straight, with its marks found."""

from collections.abc import Sequence

import msgspec
import numpy as np

from .marks import Box, find_boxes, find_em, find_ink, find_rulings
from .picture import Pixels, Straightened, straighten
from .reading import sample_lines

_TURNS = (0, 1, 3, 2)
_SAMPLE = 10
_WIDE, _WIDEST = 3.5, 16.0
"""How many heights of a sign a line is wide by which its page is judged. The network reads signs that lie on their
side too, but only on an upright page do several follow one another.
"""
_TALL = 1.6
_FEW = 3
"""Lines that must be tried before a page is left as it lies."""
_READABLE = 0.6
"""The share of lines of Chinese that are read at ease on an upright page, at least; on its head it is nearly none."""


class Marked(msgspec.Struct, frozen=True):
    """A page made straight, the pieces of its rulings, their pixels, those of its signs, and the boxes of its lines."""

    straight: Straightened
    pieces: list[tuple[float, float, float, float]]
    ruled: Pixels
    ink: Pixels
    em: float
    boxes: Sequence[Box]


def set_upright(picture: Pixels) -> Marked:
    """Turn a page by quarters until its lines can be read; what cannot be read either way stays as it is."""
    best, most = None, -1
    for turns in _TURNS:
        marked = _mark(picture, turns)
        easy, tried = _try(marked)
        if easy > most:
            best, most = marked, easy
        if tried >= _FEW and easy >= _READABLE * tried:
            break
    assert best is not None
    return best


def _mark(picture: Pixels, turns: int) -> Marked:
    straight = straighten(np.ascontiguousarray(np.rot90(picture, turns)))
    if turns:
        height, width = picture.shape[:2]
        straight = msgspec.structs.replace(straight, back=_turn_back(turns, width, height) @ straight.back)
    pieces, ruled = find_rulings(straight.grey)
    ink = find_ink(straight.grey, ruled)
    em = find_em(ink)
    return Marked(straight, pieces, ruled, ink, em, find_boxes(ink, ruled, em))


def _turn_back(turns: int, width: int, height: int) -> Pixels:
    """Give the matrix that takes a place of a picture turned so often to the left back to the picture."""
    ways = {
        1: [[0, -1, width], [1, 0, 0], [0, 0, 1]],
        2: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        3: [[0, 1, 0], [-1, 0, height], [0, 0, 1]],
    }
    return np.array(ways[turns], np.float64)


def _try(marked: Marked) -> tuple[int, int]:
    """Give how many of some lines of a page are read at ease as Chinese, and how many were tried."""
    em = marked.em
    lines = [box for box in marked.boxes if box[3] - box[1] <= _TALL * em]
    wide = [box for box in lines if _WIDE * em <= box[2] - box[0] <= _WIDEST * em]
    wide.sort(key=lambda box: (box[0] - box[2], box))
    chosen = wide[:: max(len(wide) // _SAMPLE, 1)][:_SAMPLE]
    easy = sample_lines(marked.straight.grey, marked.ruled, chosen, em)
    return sum(easy), len(easy)
