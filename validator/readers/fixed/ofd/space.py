"""Numbers, boxes and transforms as the attributes of an OFD file write them, in millimetres."""

import math
from itertools import repeat
from typing import NamedTuple

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
        turns = math.atan2(self.b, self.a) / (math.pi / 2)
        return round(turns) % 4 if abs(turns - round(turns)) < _STRAIGHT else None

    def scale(self) -> float:
        """Give by how much lengths grow, on average over the directions."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


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
