"""A straightened page -> its rulings as strokes, and the boxes of its printed lines, all in pixels."""

from collections.abc import Sequence

import cv2
import numpy as np

from .picture import Pixels, find_lines

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_PIECE = 60
_THICKEST = 14
_SHORTEST_UPRIGHT = 24
_REACH = 7
_DARK = 165
"""Grey of ink on evened light; the edges of thin signs are lighter."""
_MOST_BOXES = 1500
"""A page of a report has some 400 lines and figures; what has more is a photograph of something else."""
_SPECK = 5
_PITCH = 1.15
"""How far lines are apart at least, in heights of a sign; and how little ink there is between them, of the mean."""
_BETWEEN = 0.25


def find_rulings(grey: Pixels) -> tuple[list[tuple[float, float, float, float]], Pixels]:
    """Give the rulings of a page in short straight pieces, and the pixels that they cover and that are next to them."""
    level, upright = find_lines(grey)
    upright = _drop_loose(upright, level)
    level = _drop_loose(level.T, upright.T).T
    pieces = [*_cut(level, level=True), *_cut(upright, level=False)]
    return pieces, cv2.dilate(level | upright, np.ones((3, 3), np.uint8))


def _drop_loose(upright: Pixels, level: Pixels) -> Pixels:
    """Leave out short lines that meet none across: strokes of large signs, bars of digits side by side."""
    upright, level = np.ascontiguousarray(upright), np.ascontiguousarray(level)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(upright)
    near = cv2.dilate(level, np.ones((2 * _REACH + 1, 1), np.uint8))
    met: Pixels = np.zeros(count, bool)
    met[np.unique(labels[near > 0])] = True
    tall = stats[:, cv2.CC_STAT_HEIGHT] >= 3 * _SHORTEST_UPRIGHT
    kept = (met | tall) & (stats[:, cv2.CC_STAT_HEIGHT] >= _SHORTEST_UPRIGHT)
    kept[0] = False
    return kept[labels].astype(np.uint8) * 255


def _cut(mask: Pixels, *, level: bool) -> list[tuple[float, float, float, float]]:
    """Give each line in pieces, so that a bent one is a row of straight ones; each reaches into the next."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    pieces: list[tuple[float, float, float, float]] = []
    for number in range(1, count):
        x, y, wide, high = (int(value) for value in stats[number][:4])
        long, thick = (wide, high) if level else (high, wide)
        if thick > 4 * _THICKEST:
            continue
        window = labels[y : y + high, x : x + wide] == number
        steps = 1 if thick <= 3 else max(round(long / _PIECE), 1)
        for step in range(steps):
            start, end = long * step // steps, long * (step + 1) // steps
            part = window[:, start:end] if level else window[start:end, :].T
            across = np.nonzero(part)[0]
            if not len(across):
                continue
            at, half = float(across.mean()), min(float(np.ptp(across)) + 1, 4.0) / 2
            if level:
                pieces.append((x + start, y + at - half, x + end, y + at + half))
            else:
                pieces.append((x + at - half, y + start, x + at + half, y + end))
    return pieces


def find_ink(grey: Pixels, ruled: Pixels) -> Pixels:
    """Give the pixels of signs, without rulings and specks."""
    ink = (grey < _DARK).astype(np.uint8) * 255
    ink[ruled > 0] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    area, wide, high = (stats[:, at] for at in (cv2.CC_STAT_AREA, cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    kept = (area >= _SPECK) & ((wide >= 3) | (high >= 4)) & (wide < grey.shape[1] // 3) & (high < grey.shape[0] // 12)
    kept[0] = False
    return kept[labels].astype(np.uint8) * 255 if count > 1 else ink


def find_em(ink: Pixels) -> float:
    """Give about how high the signs of a page are, in pixels."""
    stats = cv2.connectedComponentsWithStats(ink)[2][1:]
    heights = stats[:, cv2.CC_STAT_HEIGHT]
    heights = heights[(heights >= 8) & (heights <= 80)]
    return float(np.percentile(heights, 70)) * 1.1 if len(heights) else 28.0


def find_boxes(ink: Pixels, ruled: Pixels, em: float) -> list[Box]:
    """Give the box of each printed line, or of each part of one that rulings or wide gaps set off."""
    near: Pixels = np.ones((max(round(0.2 * em), 1), max(round(1.1 * em), 1)), np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, near)
    joined[ruled > 0] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    boxes = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:count]]
    if len(boxes) > _MOST_BOXES:
        return []
    boxes.sort(key=lambda box: (box[1], box[0]))
    merged = True
    while merged:
        merged = False
        for i, one in enumerate(boxes):
            for j in range(i + 1, len(boxes)):
                other = boxes[j]
                if other[1] > one[3] + em:
                    break
                if _belong(one, other, em, ruled):
                    boxes[i] = _around(one, other)
                    del boxes[j]
                    merged = True
                    break
            if merged:
                break
    boxes = [box for box in boxes if max(box[2] - box[0], box[3] - box[1]) >= 0.25 * em]
    return [part for box in boxes for part in _cut_lines(box, ink, em)]


def _cut_lines(box: Box, ink: Pixels, em: float) -> list[Box]:
    """Cut lines apart that are set so close that their signs hang together here and there."""
    left, top, right, bottom = box
    count = round((bottom - top) / (_PITCH * em))
    if count < 2:
        return [box]
    rows = (ink[top:bottom, left:right] > 0).sum(axis=1)
    edges = [0]
    for number in range(1, count):
        at = (bottom - top) * number / count
        low, high = int(at - 0.3 * em), int(at + 0.3 * em) + 1
        edge = low + int(np.argmin(rows[low:high]))
        if rows[edge] > _BETWEEN * rows.mean():
            return [box]
        edges.append(edge)
    spans = zip(edges, [*edges[1:], bottom - top], strict=True)
    return [part for a, b in spans if (part := _shrink((left, top + a, right, top + b), ink)) is not None]


def _shrink(box: Box, ink: Pixels) -> Box | None:
    """Give the box of the ink within a box."""
    left, top, right, bottom = box
    ys, xs = np.nonzero(ink[top:bottom, left:right])
    if not len(ys):
        return None
    return left + int(xs.min()), top + int(ys.min()), left + int(xs.max()) + 1, top + int(ys.max()) + 1


def find_rooms(ruled: Pixels, boxes: Sequence[Box]) -> list[Box | None]:
    """Give for each line the box of the white around it that rulings close in; None for what lies on the open page."""
    height, width = ruled.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats((ruled == 0).astype(np.uint8), connectivity=4)
    rooms: list[Box | None] = []
    for left, top, right, bottom in boxes:
        number = int(labels[(top + bottom) // 2, (left + right) // 2])
        x, y, wide, high = (int(value) for value in stats[number][:4])
        is_open = x == 0 or y == 0 or x + wide >= width or y + high >= height
        rooms.append(None if is_open or not number else (x, y, x + wide, y + high))
    return rooms


def _belong(one: Box, other: Box, em: float, ruled: Pixels) -> bool:
    """Whether two boxes are parts of one line of signs: above each other within one sign, or close side by side."""
    _, top, _, bottom = _around(one, other)
    if bottom - top > 1.25 * em:
        return False
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    small = min(one[3] - one[1], other[3] - other[1])
    beside = down > 0.3 * small and -1.1 * em < across
    above = across > 0.4 * min(one[2] - one[0], other[2] - other[0]) and down > -0.45 * em
    return (beside or above) and not _is_parted(one, other, ruled)


def _is_parted(one: Box, other: Box, ruled: Pixels) -> bool:
    """Whether a ruling runs between the middles of two boxes."""
    (x0, y0), (x1, y1) = (((b[0] + b[2]) // 2, (b[1] + b[3]) // 2) for b in (one, other))
    steps = max(abs(x1 - x0), abs(y1 - y0), 1)
    xs: Pixels = np.linspace(x0, x1, steps + 1).astype(int)
    ys: Pixels = np.linspace(y0, y1, steps + 1).astype(int)
    return bool((ruled[ys, xs] > 0).any())


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
