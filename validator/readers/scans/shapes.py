"""Figures of a page read sign by sign: each is held against the signs of all other figures of the page.

What the network saw of other lines names the shapes; what it saw of the line itself is not asked. Signs are compared in
greys and at parts of a pixel, since those of small print are only six pixels wide.
"""

from collections import Counter

import cv2
import msgspec
import numpy as np

from .marks import Box
from .picture import Pixels

LEAST = 1e-4
"""What is less likely than that is not taken for a reading at all."""
MOST = 6
_PAPER = 245.0
_HALF_DARK = 0.62
_ROOM = 3
"""Pixels around the box of a line in which thin ends of its strokes may lie."""
_SHAPE = (20, 28)
_SHIFTS = (-0.5, 0.0, 0.5)
"""Pixels by which a sign is moved to lie on another as well as it can."""
_NEEDED = 2
"""So many signs of a kind elsewhere on the page are needed to know one by its shape."""
_SURE = 0.8
_CERTAIN = 6.0
"""The logarithm of how much likelier one kind is that fits wholly than one that is as far as kinds are apart."""
_UNLIKE = 0.75
"""The share of that way that a sign is from all kinds if it is as likely none of them."""
_FARTHEST = 0.12
_WIDE, _NARROW = 1.4, 1.04
"""A sign wider than so many digits is several that touch; two pieces that are together no wider are one."""


class _Sign(msgspec.Struct):
    """A sign of a line: where it lies in the line, and its greys from 0 (paper) to 1."""

    owner: int
    ink: Pixels
    text: str = ""

    @property
    def high(self) -> int:
        return int(self.ink.shape[0])

    @property
    def wide(self) -> int:
        return int(self.ink.shape[1])


def read_shapes(
    clean: Pixels, boxes: dict[int, Box], ways: dict[int, dict[str, float]], em: float
) -> dict[int, dict[str, float]]:
    """Give what the figures in these boxes may be, each with its likelihood; none of what the page has too seldom.

    `ways` is what the network saw in each.
    """
    lines = {number: _Line(clean, box) for number, box in boxes.items()}
    first = {number: line.part(number, 0.0) for number, line in lines.items()}
    width = _find_width(first, ways)
    parts = {number: line.part(number, width) for number, line in lines.items()} if width else first
    known: list[_Sign] = []
    for number, signs in parts.items():
        text, chance = max(ways[number].items(), key=lambda item: item[1], default=("", 0.0))
        if chance > _SURE and len(signs) == len(text):
            for sign, one in zip(signs, text, strict=True):
                sign.text = one
                known.append(sign)
    kinds = Counter(sign.text for sign in known)
    wanted: list[_Sign] = []
    for number, signs in parts.items():
        own = Counter(sign.text for sign in signs if sign.text)
        text = max(ways[number], key=ways[number].__getitem__, default="")
        # A sign that no other line has could only be taken for one that it is not.
        if not any(kinds[one] - own[one] < _NEEDED for one in text):
            wanted.extend(signs)
    chances = _compare(wanted, known, em)
    named: dict[int, dict[str, float]] = {number: {} for number in boxes}
    by_line: dict[int, list[dict[str, float]]] = {}
    for sign, kinds_of in zip(wanted, chances, strict=True):
        by_line.setdefault(sign.owner, []).append(kinds_of)
    for number, found in by_line.items():
        named[number] = _join(found)
    return named


class _Line:
    """The greys of a line, and the spans of what hangs together in it or stands right above each other."""

    def __init__(self, clean: Pixels, box: Box) -> None:
        left, top, right, bottom = max(box[0] - _ROOM, 0), max(box[1] - _ROOM, 0), box[2] + _ROOM, box[3] + _ROOM
        grey = clean[top:bottom, left:right].astype(np.float32)
        # Thin strokes of small signs are grey all through: what is dark is told by the darkest of the line.
        dark = float(np.percentile(grey, 3))
        self.ink = np.clip((_PAPER - grey) / max(_PAPER - dark, 1.0), 0.0, 1.0)
        window = (self.ink > 1 - _HALF_DARK).astype(np.uint8) * 255
        count, _, stats, _ = cv2.connectedComponentsWithStats(window, connectivity=8)
        high, wide = window.shape
        kept = [
            [x, x + w, y, y + h]
            for x, y, w, h, area in stats[1:count].tolist()
            if area >= 6 and x < wide - _ROOM and x + w > _ROOM and y < high - _ROOM and y + h > _ROOM
        ]
        # The digits of a line are of one height, which the thin strokes of some do not show by themselves.
        low, low_end = min((span[2] for span in kept), default=0), max((span[3] for span in kept), default=0)
        spans = sorted([x0, x1, low, low_end] for x0, x1, _, _ in kept)
        self.spans: list[list[int]] = []
        for span in spans:
            last = self.spans[-1] if self.spans else None
            if last is not None and span[0] < last[1] - 0.3 * min(span[1] - span[0], last[1] - last[0]):
                last[:] = _around(last, span)
            else:
                self.spans.append(span)

    def part(self, owner: int, width: float) -> list[_Sign]:
        """Give the signs from left to right; with the `width` of a digit touching ones are cut, broken ones joined."""
        spans = self.spans
        if width:
            joined: list[list[int]] = []
            for span in spans:
                if joined and span[1] - joined[-1][0] <= _NARROW * width:
                    joined[-1] = _around(joined[-1], span)
                else:
                    joined.append(list(span))
            spans = [part for span in joined for part in self._cut(span, width)]
        return [_Sign(owner, self.ink[y0:y1, x0:x1]) for x0, x1, y0, y1 in spans]

    def _cut(self, span: list[int], width: float) -> list[list[int]]:
        """Cut a span that is as wide as several digits where the least ink is."""
        x0, x1, y0, y1 = span
        count = round((x1 - x0) / width)
        if x1 - x0 < _WIDE * width or count < 2:
            return [span]
        columns = self.ink[y0:y1].sum(axis=0)
        edges = [x0]
        for number in range(1, count):
            at = x0 + (x1 - x0) * number / count
            low, high = max(int(at - width / 3), edges[-1] + 2), min(int(at + width / 3) + 1, x1 - 1)
            edges.append(low + int(np.argmin(columns[low:high])) if low < high else int(at))
        return [[a, b, y0, y1] for a, b in zip(edges, [*edges[1:], x1], strict=True) if b > a]


def _around(one: list[int], other: list[int]) -> list[int]:
    return [min(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), max(one[3], other[3])]


def _find_width(parts: dict[int, list[_Sign]], ways: dict[int, dict[str, float]]) -> float:
    """Give how wide a digit of the page is, the slim 1 left aside; 0 if hardly any is known."""
    widths = [
        sign.wide
        for number, signs in parts.items()
        for text in [max(ways[number], key=ways[number].__getitem__, default="")]
        if len(text) == len(signs)
        for sign, one in zip(signs, text, strict=True)
        if one.isdigit() and one != "1"
    ]
    return float(np.median(widths)) if len(widths) >= 2 * _NEEDED else 0.0


def _shape(sign: _Sign, across: float = 0.0, down: float = 0.0) -> Pixels:
    """Give a sign in the middle of a frame of one size, moved by parts of its own pixels."""
    high, wide = sign.ink.shape
    side = max(high, round(wide * _SHAPE[1] / _SHAPE[0]), 1)
    frame = max(round(side * _SHAPE[0] / _SHAPE[1]), wide)
    scale_x, scale_y = _SHAPE[0] / frame, _SHAPE[1] / side
    x, y = (frame - wide) / 2 + across, (side - high) / 2 + down
    matrix = np.array([[scale_x, 0, (x + 0.5) * scale_x - 0.5], [0, scale_y, (y + 0.5) * scale_y - 0.5]])
    scaled = cv2.GaussianBlur(sign.ink, (0, 0), 0.4 * side / _SHAPE[1]) if side > _SHAPE[1] else sign.ink
    shape = cv2.warpAffine(scaled, matrix, _SHAPE, flags=cv2.INTER_LINEAR, borderValue=0.0)
    return cv2.GaussianBlur(shape, (3, 3), 0).ravel()


def _compare(wanted: list[_Sign], known: list[_Sign], em: float) -> list[dict[str, float]]:
    """Give for each sign what it may be; nothing for one that is like none of the page."""
    if not wanted or not known:
        return [{} for _ in wanted]
    away = _measure(wanted, known)
    owners, highs = np.array([sign.owner for sign in known]), np.array([sign.high for sign in known])
    texts = np.array([sign.text for sign in known])
    nearest: list[dict[str, float]] = []
    for row, sign in zip(away, wanted, strict=True):
        usable = (owners != sign.owner) & (np.abs(highs - sign.high) < 0.25 * em)
        scores: dict[str, float] = {}
        for text in sorted(set(texts[usable].tolist())):
            found = np.sort(row[usable & (texts == text)])
            # One mistaken sign among the known ones must not name another: the second nearest of a kind counts.
            if len(found) >= _NEEDED:
                scores[text] = float(found[_NEEDED - 1])
        nearest.append(scores)
    other = [
        min(score for text, score in scores.items() if text != s.text)
        for s, scores in zip(wanted, nearest, strict=True)
        if s.text in scores and len(scores) > 1
    ]
    next_kind = float(np.median(other)) if other else _FARTHEST
    return [_weigh(scores, next_kind) for scores in nearest]


def _measure(wanted: list[_Sign], known: list[_Sign]) -> Pixels:
    """Give the mean square by which each sign differs from each known one where it lies on it best."""
    table = np.stack([_shape(sign) for sign in known])
    squares = (table**2).sum(axis=1)
    away: Pixels = np.full((len(wanted), len(known)), np.inf, np.float32)
    for across in _SHIFTS:
        for down in _SHIFTS:
            moved = np.stack([_shape(sign, across, down) for sign in wanted])
            here = (moved**2).sum(axis=1)[:, None] + squares[None, :] - 2 * moved @ table.T
            away = np.minimum(away, here / table.shape[1])
    return np.maximum(away, 0.0)


def _weigh(scores: dict[str, float], next_kind: float) -> dict[str, float]:
    """Make likelihoods of how far a sign is from each kind; what is far from all may be something else.

    `next_kind` is how far the signs of the page are from the nearest kind that they are not.
    """
    if not scores or min(scores.values()) > _FARTHEST:
        return {}
    least = min(scores.values())
    spread = next_kind / _CERTAIN
    weights = {text: float(np.exp(-(score - least) / spread)) for text, score in scores.items()}
    total = sum(weights.values()) + float(np.exp(min((least - _UNLIKE * next_kind) / spread, 50.0)))
    return {text: weight / total for text, weight in weights.items()}


def _join(found: list[dict[str, float]]) -> dict[str, float]:
    """Give the likeliest texts of a row of signs; none where a sign is like no other of the page."""
    texts: dict[str, float] = {"": 1.0}
    for chances in found:
        texts = {text + one: chance * more for text, chance in texts.items() for one, more in chances.items()}
        texts = dict(sorted(texts.items(), key=lambda item: -item[1])[:MOST])
    return {text: chance for text, chance in texts.items() if chance >= LEAST}
