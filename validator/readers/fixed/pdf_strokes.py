"""The objects of a PDF page -> strokes, and how much of the page pictures cover; also inside form objects."""

from ctypes import Array, addressof, c_float, c_int
from dataclasses import dataclass, field
from typing import NamedTuple

from validator.geometry import Stroke

from . import pdfium
from .pdf_view import View

_THIN = 6.0
_DEEPEST = 12
_LONGEST_PATH = 4000
_MANY_CURVES = 8
"""A filled path of more segments is the outline of a sign or a drawing."""
_SINGLE = 6
"""The most segments of a path that is one simple figure; most are boxes, and some carriers draw each dot as one."""
_SLOPE = 1.0
_TINY = 1e-6


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
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            x,
            y,
        )


_AS_IS = Matrix(1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class PageGraphics:
    """What is drawn on a page beside its text: strokes, the area of pictures in square points, outlines, objects."""

    strokes: list[Stroke] = field(default_factory=list)
    pictures: float = 0.0
    outlines: int = 0
    objects: int = 0


@dataclass(slots=True)
class _Pen:
    """Room for what pdfium answers, and the page that is drawn."""

    view: View
    graphics: PageGraphics
    most: int
    matrix: Array[c_float] = field(default_factory=pdfium.Floats6)
    bounds: Array[c_float] = field(default_factory=pdfium.Floats4)
    x: c_float = field(default_factory=c_float)
    y: c_float = field(default_factory=c_float)
    fill: c_int = field(default_factory=c_int)
    stroke: c_int = field(default_factory=c_int)
    width: c_float = field(default_factory=c_float)

    def matrix_of(self, handle: int) -> Matrix:
        """Give the transform of an object."""
        pdfium.object_matrix_of(handle, addressof(self.matrix))
        return Matrix(*self.matrix)

    def add(self, x1: float, y1: float, x2: float, y2: float, wide: float) -> None:
        """Add the stroke between two points of the page, if it is level or upright."""
        if abs(x1 - x2) > _SLOPE and abs(y1 - y2) > _SLOPE:
            return
        half = wide / 2
        left, right = (x1, x2) if x1 < x2 else (x2, x1)
        bottom, top = (y1, y2) if y1 < y2 else (y2, y1)
        if right - left > top - bottom:
            bottom, top = bottom - half, top + half
        else:
            left, right = left - half, right + half
        self.graphics.strokes.append(Stroke(*self.view.show(left, bottom, right, top)))


def read_graphics(page: int, view: View, most: int) -> PageGraphics:
    """Give what is drawn on a page; `page` is pdfium's handle. It stops after `most` objects."""
    graphics = PageGraphics()
    pen = _Pen(view, graphics, most)
    for index in range(pdfium.count_objects(page)):
        _read_object(pdfium.object_at(page, index), _AS_IS, pen, 0)
        if graphics.objects > most:
            break
    return graphics


def _read_object(handle: int, outer: Matrix, pen: _Pen, depth: int) -> None:
    pen.graphics.objects += 1
    kind = pdfium.type_of(handle)
    if kind == pdfium.PATH:
        _read_path(handle, outer, pen)
    elif kind == pdfium.IMAGE:
        inner = outer.after(pen.matrix_of(handle))
        pen.graphics.pictures += abs(inner.a * inner.d - inner.b * inner.c)
    elif kind == pdfium.FORM and depth < _DEEPEST:
        inner = outer.after(pen.matrix_of(handle))
        for index in range(pdfium.count_form_objects(handle)):
            if pen.graphics.objects > pen.most:
                break
            _read_object(pdfium.form_object_at(handle, index), inner, pen, depth + 1)


def _read_path(handle: int, outer: Matrix, pen: _Pen) -> None:
    pdfium.draw_mode_of(handle, addressof(pen.fill), addressof(pen.stroke))
    count = pdfium.count_segments(handle)
    if not (pen.fill.value or pen.stroke.value) or count < 2:
        return
    if count > _LONGEST_PATH:
        pen.graphics.outlines += 1
        return
    if count <= _SINGLE and not pen.stroke.value and _is_straight(outer):
        _add_figure(handle, outer, pen)
        return
    inner = outer.after(pen.matrix_of(handle))
    wide = 0.0
    if pen.stroke.value:
        pdfium.stroke_width_of(handle, addressof(pen.width))
        wide = pen.width.value * abs(inner.a * inner.d - inner.b * inner.c) ** 0.5
    curves = 0
    for points, bent in _subpaths(handle, count, inner, pen):
        if bent:
            curves += 1
        elif pen.stroke.value:
            for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
                pen.add(x1, y1, x2, y2, wide)
        elif len(points) > 2:
            _add_bar(points, pen)
    if curves and count > _MANY_CURVES:
        pen.graphics.outlines += 1


def _is_straight(matrix: Matrix) -> bool:
    """Whether what is level or upright stays so."""
    return (abs(matrix.b) < _TINY and abs(matrix.c) < _TINY) or (abs(matrix.a) < _TINY and abs(matrix.d) < _TINY)


def _add_figure(handle: int, outer: Matrix, pen: _Pen) -> None:
    """Add a single filled figure by its bounds, if it is thin enough to be a line or a dot of one."""
    at = addressof(pen.bounds)
    pdfium.bounds_of(handle, at, at + 4, at + 8, at + 12)
    left, bottom, right, top = pen.bounds
    if outer is not _AS_IS:
        _add_bar([outer.move(left, bottom), outer.move(right, top)], pen)
    elif right - left <= _THIN or top - bottom <= _THIN:
        pen.graphics.strokes.append(Stroke(*pen.view.show(left, bottom, right, top)))


def _add_bar(points: list[tuple[float, float]], pen: _Pen) -> None:
    """Add a filled figure that is thin enough to be a line."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    if right - left <= _THIN or top - bottom <= _THIN:
        pen.graphics.strokes.append(Stroke(*pen.view.show(left, bottom, right, top)))


def _subpaths(handle: int, count: int, matrix: Matrix, pen: _Pen) -> list[tuple[list[tuple[float, float]], bool]]:
    """Give the corners of each part of a path, closed ones with the first again at the end, and whether it is bent."""
    parts: list[tuple[list[tuple[float, float]], bool]] = []
    points: list[tuple[float, float]] = []
    bent = False
    x_at, y_at = addressof(pen.x), addressof(pen.y)
    for index in range(count):
        segment = pdfium.segment_at(handle, index)
        kind = pdfium.segment_type_of(segment)
        pdfium.segment_point_of(segment, x_at, y_at)
        if kind == pdfium.MOVE:
            if len(points) > 1:
                parts.append((points, bent))
            points, bent = [], False
        elif kind != pdfium.LINE:
            bent = True
        points.append(matrix.move(pen.x.value, pen.y.value))
        if pdfium.segment_closes(segment):
            points.append(points[0])
    if len(points) > 1:
        parts.append((points, bent))
    return parts
