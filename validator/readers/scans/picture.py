"""The bytes or pixels of a picture of a page -> grey pixels with the page level and upright, its light evened out.

Red ink (stamps, seals) is taken out: in the red part of the picture it is as light as the paper.
"""

from typing import Any

import cv2
import msgspec
import numpy as np

from validator.errors import ReadError

Pixels = Any
"""An array of numpy: rows of pixels, grey from 0 to 255, or blue, green and red."""

_SIDE = 1967.0
"""The pixels of the side of a square as large as a page of A4 at 200 dpi, to which all pictures are brought."""
_STRIP, _STRIP_SIDE = 0.5, 1.19
_LARGEST_GROWTH = 2.0
_MOST_PIXELS = 80_000_000
_MOST_PAGES = 60
_SMALL = 4
_LIGHT = 41
"""Side of the square in which the paper is looked for, in pixels of a picture shrunk by _SMALL; signs are smaller."""
_RED, _LIGHT_RED = 32, 160
"""How much redder than anything else red ink is, and how light at least: black signs under a stamp are darker."""
_STEEPEST = 8.0
_STRAIGHT = 0.05
_LEAST_SIDE = 0.35
"""The share of the page's width that a table has at least by whose corners the page is straightened."""
_BENT = 0.08
_SCRATCH, _PIECE = 13, 26
"""Pixels that are missing of a ruling at most where a scratch crosses it, and those that are left in a piece at least.
"""


class Straightened(msgspec.Struct, frozen=True):
    """A page made straight: its grey pixels, and the matrix that takes a place on it back to the picture.

    `stained` are the pixels, of 255, where red ink lay.
    """

    grey: Pixels
    back: Pixels
    stained: Pixels

    def place(self, box: tuple[float, ...], scale: float) -> tuple[float, float, float, float]:
        """Give the box around where a box of the page lies in the picture, times `scale`."""
        left, top, right, bottom = box
        corners = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float64)
        xs, ys = cv2.perspectiveTransform(corners, self.back)[0].T * scale
        return (
            round(float(xs.min()), 1),
            round(float(ys.min()), 1),
            round(float(xs.max()), 1),
            round(float(ys.max()), 1),
        )


def decode_pictures(data: bytes) -> list[Pixels]:
    """Give the pages of a picture file in blue, green and red; ReadError("damaged") or ("too-large")."""
    coded: Any = np.frombuffer(data, np.uint8)
    width, height = _find_size(data)
    if width * height > _MOST_PIXELS:
        raise ReadError("too-large", size=f"{width} × {height}", limit=f"{_MOST_PIXELS // 1_000_000} MP")
    try:
        if data[:4] in (b"II*\0", b"MM\0*"):
            read, pages = cv2.imdecodemulti(coded, cv2.IMREAD_COLOR)
            pictures = list(pages)[:_MOST_PAGES] if read else []
        else:
            picture = cv2.imdecode(coded, cv2.IMREAD_COLOR)
            pictures = [] if picture is None else [picture]
    except cv2.error:
        pictures = []
    if not pictures or any(page.shape[0] * page.shape[1] > _MOST_PIXELS for page in pictures):
        raise ReadError("damaged", kind="JPG/PNG/TIFF", detail="pixels")
    return pictures


def _find_size(data: bytes) -> tuple[int, int]:
    """Give width and height as the head of a PNG or JPEG states them, before its pixels take any room."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    place = 2
    while data[:2] == b"\xff\xd8" and place + 9 < len(data) and data[place] == 0xFF:
        mark = data[place + 1]
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            high, wide = data[place + 5 : place + 7], data[place + 7 : place + 9]
            return int.from_bytes(wide, "big"), int.from_bytes(high, "big")
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return 0, 0


def straighten(picture: Pixels) -> Straightened:
    """Bring a picture to the usual size, its light evened out, its lines level and its largest table to a rectangle."""
    height, width = picture.shape[:2]
    # A low picture is a table that is as wide as the text of its page.
    side = _STRIP_SIDE * width if height < _STRIP * width else (height * width) ** 0.5
    scale = min(_SIDE / max(side, 1.0), _LARGEST_GROWTH)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    grey, stained = _drop_red(cv2.resize(picture, size, interpolation=way))
    grey = even_light(grey)
    matrix = np.diag([scale, scale, 1.0])
    angle = _find_slope(grey)
    if abs(angle) > _STRAIGHT:
        turn = np.vstack([cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), angle, 1.0), [0, 0, 1]])
        grey = _warp(grey, turn)
        matrix = turn @ matrix
    corners = _find_corners(grey)
    if corners is not None:
        flat = cv2.getPerspectiveTransform(*corners)
        grey = _warp(grey, flat)
        matrix = flat @ matrix
    moved = matrix @ np.diag([1 / scale, 1 / scale, 1.0])
    stained = cv2.warpPerspective(stained, moved, (grey.shape[1], grey.shape[0]))
    return Straightened(grey, np.linalg.inv(matrix), stained)


def _drop_red(picture: Pixels) -> tuple[Pixels, Pixels]:
    """Give the red part of a picture, in which red ink is light, with that ink as light as paper, and where it lay."""
    blue, green, red = (part.astype(np.int16) for part in cv2.split(picture))
    is_ink = (red - np.maximum(blue, green) > _RED) & (red > _LIGHT_RED)
    grey = red.astype(np.uint8)
    # Under a stamp the paper around it is taken, so that its light is evened as if there were none.
    around = cv2.dilate(
        cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), np.ones((9, 9), np.uint8)
    )
    paper = cv2.resize(around, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.where(is_ink, paper, grey).astype(np.uint8), is_ink.astype(np.uint8) * 255


def even_light(grey: Pixels) -> Pixels:
    """Divide a grey picture by the light of its paper."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(width // _SMALL, 1), max(height // _SMALL, 1)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), _LIGHT)
    paper = np.maximum(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), 40)
    return np.clip(grey.astype(np.float32) * (245.0 / paper), 0, 255).astype(np.uint8)


def _warp(grey: Pixels, matrix: Pixels) -> Pixels:
    height, width = grey.shape
    return cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=245)


def _find_slope(grey: Pixels) -> float:
    """Give by how many degrees the rulings and lines of text of a page slope down to the right.

    It is the turn after which the rows of pixels differ most: full ones beside empty ones.
    """
    small = cv2.resize(grey, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
    ink = (small < 205).astype(np.uint8) * 255
    height, width = ink.shape
    edge = (height // 20, width // 20)
    best = 0.0
    for reach, step in ((_STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.03)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        scores = []
        for angle in angles:
            matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
            rows = cv2.warpAffine(ink, matrix, (width, height))[edge[0] : -edge[0], edge[1] : -edge[1]]
            sums = rows.sum(axis=1, dtype=np.float64)
            scores.append(float(((sums[1:] - sums[:-1]) ** 2).sum()))
        best = float(angles[int(np.argmax(scores))])
    return best


def _find_corners(grey: Pixels) -> tuple[Pixels, Pixels] | None:
    """Give the corners of the largest table, and where they would be if it were a rectangle; None if it is one."""
    level, upright = find_lines(grey)
    reach: Pixels = np.ones((5, 5), np.uint8)
    level, upright = cv2.dilate(level, reach), cv2.dilate(upright, reach)
    labels = cv2.connectedComponents(level | upright)[1]
    # A table is what has most crossings; the edge of the sheet on a photograph is larger and has few.
    crossings = cv2.connectedComponentsWithStats(level & upright)[3][1:]
    owners = [int(labels[int(y), int(x)]) for x, y in crossings if labels[int(y), int(x)]]
    if not owners:
        return None
    largest = max(set(owners), key=lambda owner: (owners.count(owner), -owner))
    width = grey.shape[1]
    ys, xs = np.nonzero(labels == largest)
    if np.ptp(xs) < _LEAST_SIDE * width or np.ptp(ys) < 60:
        return None
    total, less = xs + ys, xs - ys
    found = np.array(
        [(xs[i], ys[i]) for i in (np.argmin(total), np.argmax(less), np.argmax(total), np.argmin(less))], np.float32
    )
    left, right = (found[0][0] + found[3][0]) / 2, (found[1][0] + found[2][0]) / 2
    top, bottom = (found[0][1] + found[1][1]) / 2, (found[3][1] + found[2][1]) / 2
    wanted = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    off = float(np.abs(found - wanted).max())
    if off < 2.0 or off > _BENT * width:
        return None
    return found, wanted


def find_lines(grey: Pixels) -> tuple[Pixels, Pixels]:
    """Give where a straightened page has level and where upright rulings, as pixels of 255."""
    ink = (grey < 200).astype(np.uint8) * 255
    height, width = grey.shape
    level = _find_level(ink, max(width // 22, 40))
    upright = _find_level(np.ascontiguousarray(ink.T), max(height // 66, 30)).T
    return level, np.ascontiguousarray(upright)


def _find_level(ink: Pixels, long: int) -> Pixels:
    """Give the lines of ink that are as long, and what goes on with them beyond a scratch."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((3, long // 2), np.uint8))
    # Pieces longer than any stroke of a sign: what is mended must not run through signs from one ruling to the next.
    mended = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(long // 2, _PIECE)), np.uint8))
    mended = cv2.morphologyEx(mended, cv2.MORPH_CLOSE, np.ones((1, _SCRATCH), np.uint8))
    mended = cv2.morphologyEx(mended, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    count, labels = cv2.connectedComponents(mended | level)
    met: Pixels = np.zeros(count, bool)
    met[np.unique(labels[level > 0])] = True
    met[0] = False
    return met[labels].astype(np.uint8) * 255


_CUT_HEIGHT, _CUT_WIDTH, _GREYS, _BARE = 32, 160, 36, 215


def cut_out(grey: Pixels, box: tuple[int, int, int, int], em: float) -> bytes:
    """Give a piece of a page with room around it as a PNG of some hundred bytes; b"" if it is none."""
    left, top, right, bottom = box
    room = round(0.5 * em)
    part = grey[max(top - room, 0) : bottom + room, max(left - 2 * room, 0) : right + 2 * room]
    scale = min(_CUT_HEIGHT / max(part.shape[0], 1), _CUT_WIDTH / max(part.shape[1], 1), 1.0)
    size = (max(round(part.shape[1] * scale), 1), max(round(part.shape[0] * scale), 1))
    if not part.size:
        return b""
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    # Few greys, and bare paper of one: its grain would take more room than the figure.
    few = np.where(small > _BARE, 255, small // _GREYS * _GREYS).astype(np.uint8)
    return bytes(cv2.imencode(".png", few)[1])
