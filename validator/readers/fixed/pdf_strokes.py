"""The objects of a PDF page -> strokes, and how much of the page pictures cover; also inside form objects."""

from ctypes import addressof
from itertools import pairwise

from . import pdfium
from .pdf_pen import AS_IS, Matrix, PageGraphics, Pen
from .pdf_view import View

_THIN = 6.0
_DEEPEST = 12
_LONGEST_PATH = 4000
_MANY_CURVES = 8
"""A filled path of more segments is the outline of a sign or a drawing."""
_SINGLE = 6
"""The most segments of a path that is one simple figure; most are boxes, and some carriers draw each dot as one."""
_TINY = 1e-6

_Part = tuple[list[tuple[float, float]], bool]


def read_graphics(page: int, view: View, most: int) -> PageGraphics:
    """Give what is drawn on a page; `page` is pdfium's handle. It stops after `most` objects."""
    graphics = PageGraphics()
    pen = Pen(view, graphics, most)
    for index in range(pdfium.count_objects(page)):
        _read_object(pdfium.object_at(page, index), AS_IS, pen, 0)
        if graphics.objects > most:
            break
    return graphics


def _read_object(handle: int, outer: Matrix, pen: Pen, depth: int) -> None:
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


def _read_path(handle: int, outer: Matrix, pen: Pen) -> None:
    pdfium.draw_mode_of(handle, addressof(pen.fill), addressof(pen.stroke))
    count = pdfium.count_segments(handle)
    if not (pen.fill.value or pen.stroke.value) or count < 2:
        return
    if count > _LONGEST_PATH:
        pen.graphics.outlines += 1
        return
    pen.begin(handle, outer)
    if count <= _SINGLE and not pen.stroke.value and _is_straight(outer):
        _draw_figure(handle, outer, pen)
        return
    inner = outer.after(pen.matrix_of(handle))
    wide = 0.0
    if pen.stroke.value:
        pdfium.stroke_width_of(handle, addressof(pen.floats))
        wide = pen.floats[0] * abs(inner.a * inner.d - inner.b * inner.c) ** 0.5
    curves = 0
    for points, bent in _find_parts(handle, count, inner, pen):
        if bent:
            curves += 1
        elif pen.stroke.value:
            for (x1, y1), (x2, y2) in pairwise(points):
                pen.draw_line(x1, y1, x2, y2, wide)
        elif len(points) > 2:
            _draw_box(points, pen)
    if curves and count > _MANY_CURVES:
        pen.graphics.outlines += 1


def _is_straight(matrix: Matrix) -> bool:
    """Whether what is level or upright stays so."""
    return (abs(matrix.b) < _TINY and abs(matrix.c) < _TINY) or (abs(matrix.a) < _TINY and abs(matrix.d) < _TINY)


def _draw_figure(handle: int, outer: Matrix, pen: Pen) -> None:
    """Draw a single filled figure by its bounds, if it is thin enough to be a line or a dot of one."""
    at = addressof(pen.floats)
    pdfium.bounds_of(handle, at, at + 4, at + 8, at + 12)
    left, bottom, right, top, _, _ = pen.floats
    if outer is not AS_IS:
        _draw_box([outer.move(left, bottom), outer.move(right, top)], pen)
    elif right - left <= _THIN or top - bottom <= _THIN:
        pen.draw_bar(left, bottom, right, top)


def _draw_box(points: list[tuple[float, float]], pen: Pen) -> None:
    """Draw a filled figure that is thin enough to be a line."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    if right - left <= _THIN or top - bottom <= _THIN:
        pen.draw_bar(left, bottom, right, top)


def _find_parts(handle: int, count: int, matrix: Matrix, pen: Pen) -> list[_Part]:
    """Give the corners of each part of a path, closed ones with the first again at the end, and whether it is bent."""
    parts: list[_Part] = []
    points: list[tuple[float, float]] = []
    bent = False
    at = addressof(pen.floats)
    for index in range(count):
        segment = pdfium.segment_at(handle, index)
        kind = pdfium.segment_type_of(segment)
        pdfium.segment_point_of(segment, at, at + 4)
        if kind == pdfium.MOVE:
            if len(points) > 1:
                parts.append((points, bent))
            points, bent = [], False
        elif kind != pdfium.LINE:
            bent = True
        points.append(matrix.move(pen.floats[0], pen.floats[1]))
        if pdfium.segment_closes(segment):
            points.append(points[0])
    if len(points) > 1:
        parts.append((points, bent))
    return parts
