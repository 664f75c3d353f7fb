"""Numbers, boxes, transforms and paths as an OFD file writes them, in millimetres -> points and rulings."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise, repeat
from typing import NamedTuple

from validator.geometry import Box, Stroke, make_stroke
from validator.patterns import Pattern

POINTS_A_MM = 72 / 25.4
_STRAIGHT = 0.05  # quarter turns that a line of text may be out of true


class Space(NamedTuple):
    """An affine transform: x' = a x + c y + e, y' = b x + d y + f; y runs down the page."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def inside(self, outer: "Space") -> "Space":
        """Give the transform that does this one first and then the outer one."""
        a, b, c, d, e, f = outer
        return Space(
            a * self.a + c * self.b,
            b * self.a + d * self.b,
            a * self.c + c * self.d,
            b * self.c + d * self.d,
            a * self.e + c * self.f + e,
            b * self.e + d * self.f + f,
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def cover(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Give the upright box that a box comes to lie in: left, top, right, bottom."""
        a, b, c, d, e, f = self
        if b == 0 == c and a > 0 < d:
            return a * left + e, d * top + f, a * right + e, d * bottom + f
        xs = (a * left + c * top, a * right + c * top, a * left + c * bottom, a * right + c * bottom)
        ys = (b * left + d * top, b * right + d * top, b * left + d * bottom, b * right + d * bottom)
        return min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f

    def quarters(self) -> int | None:
        """Give the quarter turns, clockwise, that this gives a level line of text; None if it then lies aslant."""
        if self.b == 0 < self.a:
            return 0
        turns = math.atan2(self.b, self.a) / (math.pi / 2)
        return round(turns) % 4 if abs(turns - round(turns)) < _STRAIGHT else None

    def scale(self) -> float:
        """Give by how much lengths grow, on average over the directions."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


_make_space: Callable[[tuple[float, float, float, float, float, float]], Space] = partial(tuple.__new__, Space)


def find_space(matrix: str | None, boundary: Box, outer: Space) -> Space:
    """Give the transform of an object: its own matrix, then to the corner of its boundary, then the outer one.

    Raises ValueError if the matrix is not one.
    """
    left, top = boundary[:2]
    if not matrix:
        a, b, c, d, e, f = outer
        return _make_space((a, b, c, d, a * left + c * top + e, b * left + d * top + f))
    numbers = read_numbers(matrix, 6)
    if numbers is None:
        raise ValueError(f"CTM={matrix}")
    a, b, c, d, e, f = numbers
    return Space(a, b, c, d, e + left, f + top).inside(outer)


def read_box(written: str | None) -> Box:
    """Read the boundary that an object states: left, top, width, height; zeros if it states none."""
    try:
        left, top, width, height = map(float, (written or "").split())
        if math.isfinite(left + top + width + height):
            return left, top, width, height
    except ValueError:
        pass  # with commas, or more than four
    numbers = read_numbers(written, 4)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if numbers else (0.0, 0.0, 0.0, 0.0)


# Sizes, widths and places on a line are the same in object after object.
@lru_cache(maxsize=4096)
def read_numbers(written: str | None, count: int) -> tuple[float, ...] | None:
    """Read so many finite numbers; None if there are fewer, or others."""
    if not written:
        return None
    try:
        numbers = tuple(map(float, (written.replace(",", " ") if "," in written else written).split()))
    except ValueError:
        return None
    return numbers[:count] if len(numbers) >= count and all(map(math.isfinite, numbers)) else None


def read_number(written: str | None, default: float) -> float:
    """Read one finite number."""
    if not written:
        return default
    numbers = read_numbers(written, 1)
    return numbers[0] if numbers else default


def read_steps(written: str, most: int) -> list[float] | None:
    """Read at most so many steps between characters; "g 3 5.2" stands for three of 5.2. None if one is no number."""
    tokens = iter(written.replace(",", " ").split())
    steps: list[float] = []
    try:
        for token in tokens:
            if len(steps) >= most:
                break
            if token == "g":
                times = int(next(tokens))
                steps.extend(repeat(float(next(tokens)), min(times, most - len(steps))))
            else:
                steps.append(float(token))
    except (ValueError, StopIteration):
        return None
    return steps if all(map(math.isfinite, steps)) else None


_TOKEN = Pattern(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COUNTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_SLANT = 0.5  # points that a ruling may be out of true
_LONGEST_SLANT = 90.0  # points; a slanted line that strikes out a figure is no longer
_CORNERS = 4
_HAIRLINE = 2.0  # points; what is filled and no thinner may cover a digit
_BAR = 6.0  # points; a filled bar no thicker than this is a ruling

Point = tuple[float, float]
Piece = tuple[float, float, float, float]
"""A straight line from one point to another."""
Line = list[tuple[Point, bool]]
"""The points of one stretch of a path, each with whether a straight line leads to it."""


def read_lines(data: str, space: Space) -> list[Line]:
    """Give the stretches of a path from its abbreviated data. Raises ValueError if it is not well formed."""
    try:
        return _follow(data.split(), space)
    except ValueError:
        return _follow(_TOKEN.findall(data), space)  # some writers leave out blanks


def _follow(tokens: Sequence[str], space: Space) -> list[Line]:
    lines: list[Line] = []
    index, end = 0, len(tokens)
    command = ""
    while index < end:
        if tokens[index] in _COUNTS:
            command = tokens[index]
            index += 1
        elif command in {"", "C"}:
            raise ValueError(tokens[index])
        if command == "C":
            if lines:
                lines[-1].append((lines[-1][0][0], True))
            continue
        index += _COUNTS[command]
        if index > end:
            raise ValueError(" ".join(tokens[-8:]))
        point = space.place(float(tokens[index - 2]), float(tokens[index - 1]))
        if command in {"S", "M"} or not lines:
            lines.append([(point, False)])
        else:
            lines[-1].append((point, command == "L"))
    return lines


def is_curved(lines: Sequence[Line], most: int) -> bool:
    """Say whether a path has curves, and more points than `most`."""
    return sum(map(len, lines)) > most and any(not straight for line in lines for _, straight in line[1:])


def find_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Give the straight pieces of the stretches of a path, from where to where each runs."""
    return [(*start, *end) for line in lines for (start, _), (end, straight) in pairwise(line) if straight]


def read_pieces(data: str, space: Space) -> list[Piece] | None:
    """Give the pieces of a path that is nothing but separate straight lines, as rulings are; None for another."""
    tokens = data.split()
    a, b, c, d, e, f = space
    if len(tokens) % 6 or b != 0 or c != 0 or set(tokens[::6]) != {"M"} or set(tokens[3::6]) != {"L"}:
        return None
    xs, ys, further_xs, further_ys = (tokens[first::6] for first in (1, 2, 4, 5))
    try:
        # The lines of a table begin and end at few places.
        across = {written: a * float(written) + e for written in {*xs, *further_xs}}
        down = {written: d * float(written) + f for written in {*ys, *further_ys}}
    except ValueError:
        return None
    ends = map(across.__getitem__, further_xs), map(down.__getitem__, further_ys)
    return [*zip(map(across.__getitem__, xs), map(down.__getitem__, ys), *ends, strict=True)]


def draw_pieces(pieces: Iterable[Piece], width: float, within: Box, strokes: list[Stroke], slants: list[Piece]) -> None:
    """Add what straight pieces show, drawn by lines of this width in points.

    Level and upright ones are strokes, cut to a box; short ones that are neither are slants, from left to right.
    """
    half = width / 2
    least_x, least_y, most_x, most_y = within
    for x0, y0, x1, y1 in pieces:
        wide, high = abs(x0 - x1), abs(y0 - y1)
        if wide <= _SLANT or high <= _SLANT:
            left, right = (x0 - half, x1 + half) if x0 < x1 else (x1 - half, x0 + half)
            top, bottom = (y0 - half, y1 + half) if y0 < y1 else (y1 - half, y0 + half)
            if least_x <= left < right <= most_x and least_y <= top < bottom <= most_y:
                strokes.append(make_stroke((left, top, right, bottom)))
            else:
                strokes.extend(_cut((left, top, right, bottom), within))
        elif wide <= _LONGEST_SLANT and high <= _LONGEST_SLANT:
            slants.append((x0, y0, x1, y1) if x0 < x1 else (x1, y1, x0, y0))


def find_bars(lines: Sequence[Line], within: Box) -> Iterator[Stroke]:
    """Give the filled stretches of a path that are bars, thin enough to be rulings, cut to a box."""
    for line in lines:
        xs = [x for (x, _), _ in line]
        ys = [y for (_, y), _ in line]
        box = (min(xs), min(ys), max(xs), max(ys))
        if len(line) >= 4 and min(box[2] - box[0], box[3] - box[1]) <= _BAR and _is_box(line, box):
            yield from _cut(box, within)


def find_fill(lines: Sequence[Line], within: Box) -> tuple[Box, bool] | None:
    """Give the bounds of a filled path, cut to a box, and whether it fills them; None for one as thin as a ruling."""
    xs = [x for line in lines for (x, _), _ in line]
    ys = [y for line in lines for (_, y), _ in line]
    if not xs or min(max(xs) - min(xs), max(ys) - min(ys)) <= _HAIRLINE:
        return None
    bounds = (min(xs), min(ys), max(xs), max(ys))
    box = (max(bounds[0], within[0]), max(bounds[1], within[1]), min(bounds[2], within[2]), min(bounds[3], within[3]))
    return box, len(lines) == 1 and len(lines[0]) >= _CORNERS and _is_box(lines[0], bounds)


def _is_box(line: Line, box: Box) -> bool:
    return all(
        min(x - box[0], box[2] - x) <= _SLANT and min(y - box[1], box[3] - y) <= _SLANT for (x, y), _ in line
    ) and all(straight for _, straight in line[1:])


def _cut(box: Box, within: Box) -> Iterator[Stroke]:
    left, top = max(box[0], within[0]), max(box[1], within[1])
    right, bottom = min(box[2], within[2]), min(box[3], within[3])
    if left <= right and top <= bottom and max(right - left, bottom - top) > 0:
        yield Stroke(left, top, right, bottom)
