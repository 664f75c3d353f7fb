"""What is drawn on a PDF page, path by path -> strokes as its reader sees them, cut off where the page cuts them."""

from ctypes import Array, addressof, c_float, c_int, c_uint
from typing import NamedTuple

import msgspec

from validator.geometry import Box, Stroke, make_stroke

from . import pdfium
from .showing import NOWHERE, Area, Colour, PaintedText


class View(msgspec.Struct, frozen=True):
    """The box of a page in its own coordinates and the quarter turns, clockwise, by which it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def width(self) -> float:
        """Give the width of the page as it is shown, in points."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Give the height of the page as it is shown, in points."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def show(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Give left, top, right and bottom of a box as it is shown, from the top left corner."""
        if self.quarters == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.quarters == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.quarters == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


_SLOPE = 1.0
_LONGEST_SLANT = 90.0
"""Points; a slanted line that strikes out a figure is no longer."""
_EDGE = 0.25
"""The share of a page's height, at top and bottom, in which lines may be cut off by the end of a printed page."""


class Matrix(NamedTuple):
    """A transform, as PDF writes it: x' = ax + cy + e, y' = bx + dy + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def move(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: "Matrix") -> "Matrix":
        """Give the transform that does `first` and then this one."""
        a, b, c, d, e, f = first
        x, y = self.move(e, f)
        return Matrix(
            self.a * a + self.c * b, self.b * a + self.d * b, self.a * c + self.c * d, self.b * c + self.d * d, x, y
        )


AS_IS = Matrix(1, 0, 0, 1, 0, 0)


class PageGraphics(msgspec.Struct):
    """What is drawn on a page: strokes, areas, the area of pictures in square points, their boxes, outlines, objects.

    `texts` has the text objects by pdfium's handle, still without their glyphs.
    """

    texts: dict[int, PaintedText] = msgspec.field(default_factory=dict)
    areas: list[Area] = msgspec.field(default_factory=list)
    strokes: list[Stroke] = msgspec.field(default_factory=list)
    slants: list[tuple[float, float, float, float]] = msgspec.field(default_factory=list)
    pictures: float = 0.0
    insets: list[tuple[Box, str]] = msgspec.field(default_factory=list)
    outlines: int = 0
    objects: int = 0


class Pen(msgspec.Struct):
    """Draws on a page, with room for what pdfium answers. `most` is how many objects a page may have,
    `hidden` the names of layers that are not shown.

    `faint`: what is drawn lies in a group that lets all through.
    """

    view: View
    graphics: PageGraphics
    most: int
    hidden: frozenset[str] = frozenset()
    floats: Array[c_float] = msgspec.field(default_factory=pdfium.Floats6)
    fill: c_int = msgspec.field(default_factory=c_int)
    stroke: c_int = msgspec.field(default_factory=c_int)
    parts: Array[c_uint] = msgspec.field(default_factory=pdfium.Parts4)
    faint: bool = False
    _owner: int = 0
    _outer: Matrix = AS_IS
    _clip: Box | None = None
    _inner: Box = NOWHERE

    def __post_init__(self) -> None:
        """Work out within which box no line can be cut off."""
        width, height = self.view.width, self.view.height
        self._inner = (0, _EDGE * height, width, height - _EDGE * height)

    def begin(self, handle: int, outer: Matrix) -> None:
        """Begin with the lines of one path."""
        self._owner, self._outer, self._clip = handle, outer, None

    def matrix_of(self, handle: int) -> Matrix:
        """Give the transform of an object."""
        pdfium.object_matrix_of(handle, addressof(self.floats))
        return Matrix(*self.floats)

    def fill_of(self, handle: int, *, stroked: bool = False) -> tuple[Colour | None, int]:
        """Give the colour that an object is painted in, None if it is of several, and from 0 to 255 how far it covers.

        `stroked`: the colour of its lines.
        """
        at = addressof(self.parts)
        read = pdfium.stroke_colour_of if stroked else pdfium.fill_colour_of
        if not read(handle, at, at + 4, at + 8, at + 12):
            return None, 255
        red, green, blue, covering = self.parts
        return (red, green, blue), covering

    def clip_of(self, handle: int, outer: Matrix) -> Box | None:
        """Give what is left of the page for an object, as the page is shown; None if all is."""
        clip = pdfium.clip_path_of(handle)
        if not clip or pdfium.count_clips(clip) <= 0:
            return None
        self.begin(handle, outer)
        left, bottom, right, top = self._find_clip()
        return self.view.show(left, bottom, right, top) if left < right and bottom < top else NOWHERE

    def draw_line(self, x1: float, y1: float, x2: float, y2: float, wide: float) -> None:
        """Add the stroke between two points, `wide` points thick, if it is level or upright."""
        if abs(x1 - x2) > _SLOPE and abs(y1 - y2) > _SLOPE:
            if max(abs(x1 - x2), abs(y1 - y2)) <= _LONGEST_SLANT:
                (x1, y1, *_), (x2, y2, *_) = sorted(self.view.show(x, y, x, y) for x, y in ((x1, y1), (x2, y2)))
                self.graphics.slants.append((x1, y1, x2, y2))
            return
        half = wide / 2
        left, right = (x1, x2) if x1 < x2 else (x2, x1)
        bottom, top = (y1, y2) if y1 < y2 else (y2, y1)
        if right - left > top - bottom:
            bottom, top = bottom - half, top + half
        else:
            left, right = left - half, right + half
        self.draw_bar(left, bottom, right, top)

    def draw_bar(self, left: float, bottom: float, right: float, top: float) -> None:
        """Add a stroke with this box, in the page's own coordinates, as much of it as the page shows."""
        view = self.view
        shown = view.show(left, bottom, right, top)
        inner = self._inner
        if shown[1] < inner[1] or shown[3] > inner[3] or shown[0] < 0 or shown[2] > inner[2]:
            if self._clip is None:
                self._clip = self._find_clip()
            left, bottom = max(left, self._clip[0]), max(bottom, self._clip[1])
            right, top = min(right, self._clip[2]), min(top, self._clip[3])
            if left > right or bottom > top:
                return
            shown = view.show(left, bottom, right, top)
        self.graphics.strokes.append(make_stroke(shown))

    def _find_clip(self) -> Box:
        """Give the box that the page and the clipping of the path leave, in the page's own coordinates."""
        view = self.view
        left, bottom, right, top = view.left, view.bottom, view.right, view.top
        clip = pdfium.clip_path_of(self._owner)
        at = addressof(self.floats)
        for path in range(max(pdfium.count_clips(clip), 0) if clip else 0):
            xs, ys = [], []
            for index in range(min(pdfium.count_clip_segments(clip, path), 100)):
                pdfium.segment_point_of(pdfium.clip_segment_at(clip, path, index), at, at + 4)
                x, y = self._outer.move(self.floats[0], self.floats[1])
                xs.append(x)
                ys.append(y)
            if xs:
                left, right = max(left, min(xs)), min(right, max(xs))
                bottom, top = max(bottom, min(ys)), min(top, max(ys))
        return left, bottom, right, top
