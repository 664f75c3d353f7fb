"""The objects of a PDF page -> strokes, painted areas and how text is painted; also inside form objects."""

from ctypes import addressof, c_ulong, create_string_buffer
from itertools import pairwise

from . import pdfium
from .pdf_pen import AS_IS, Matrix, PageGraphics, Pen, View
from .showing import NOWHERE, PAGE_SHARE, WHITE, Area, PaintedText

_THIN = 6.0
_HAIRLINE = 2.0
"""Points; what is filled and no thinner may cover a digit."""
_FAINT = 12
"""What covers less, of 255, is not seen."""
_SOLID = 250
_CORNERS = 4
_LEVEL = 0.3
_STROKED = (1, 5)
"""Render modes of text of which the outlines alone are painted."""
_SCANNED = frozenset({b"DCTDecode", b"CCITTFaxDecode", b"JBIG2Decode", b"JPXDecode"})
"""How scans are packed; a picture that lets through what lies under it, a seal or a watermark, is packed plainly."""
_LAYER = "OC\0".encode("utf-16-le")
_DEEPEST = 12
_LONGEST_PATH = 4000
_MANY_CURVES = 8
"""A filled path of more segments is the outline of a sign or a drawing."""
_SINGLE = 6
"""The most segments of a path that is one simple figure; most are boxes, and some carriers draw each dot as one."""
_TINY = 1e-6

_Part = tuple[list[tuple[float, float]], bool]


def read_graphics(page: int, view: View, most: int, hidden: frozenset[str]) -> PageGraphics:
    """Give what is drawn on a page but in hidden layers; `page` is pdfium's handle. It stops after `most` objects."""
    graphics = PageGraphics()
    pen = Pen(view, graphics, most, hidden)
    for index in range(pdfium.count_objects(page)):
        _read_object(pdfium.object_at(page, index), AS_IS, pen, 0)
        if graphics.objects > most:
            break
    return graphics


def _read_object(handle: int, outer: Matrix, pen: Pen, depth: int) -> None:
    pen.graphics.objects += 1
    if pen.hidden and _is_hidden(handle, pen.hidden):
        return
    kind = pdfium.type_of(handle)
    if kind == pdfium.PATH:
        _read_path(handle, outer, pen)
    elif kind == pdfium.TEXT:
        mode = pdfium.render_mode_of(handle)
        colour, covering = pen.fill_of(handle, stroked=mode in _STROKED)
        invisible = mode in (pdfium.INVISIBLE, pdfium.CLIPPING)
        clip = pen.clip_of(handle, outer)
        if covering <= _FAINT or pen.faint:
            clip = NOWHERE
        pen.graphics.texts[handle] = PaintedText(pen.graphics.objects, [], colour, clip, invisible)
    elif kind == pdfium.IMAGE:
        inner = outer.after(pen.matrix_of(handle))
        size = abs(inner.a * inner.d - inner.b * inner.c)
        pen.graphics.pictures += size
        _cover(handle, inner, size, pen)
    elif kind == pdfium.SHADING:
        pen.graphics.areas.append(Area(pen.graphics.objects, (0.0, 0.0, pen.view.width, pen.view.height)))
    elif kind == pdfium.FORM and depth < _DEEPEST:
        inner = outer.after(pen.matrix_of(handle))
        was_faint = pen.faint
        pen.faint = was_faint or pen.fill_of(handle)[1] <= _FAINT
        for index in range(pdfium.count_form_objects(handle)):
            if pen.graphics.objects > pen.most:
                break
            _read_object(pdfium.form_object_at(handle, index), inner, pen, depth + 1)
        pen.faint = was_faint


def _is_hidden(handle: int, hidden: frozenset[str]) -> bool:
    """Whether an object is in one of these layers; pdfium gives names as UTF-16 and their length in bytes."""
    name, length = create_string_buffer(256), c_ulong()
    for index in range(min(pdfium.count_marks(handle), 8)):
        mark = pdfium.mark_at(handle, index)
        pdfium.mark_name_of(mark, addressof(name), 256, addressof(length))
        if name.raw[: length.value] != _LAYER or not pdfium.mark_text_of(
            mark, b"Name", addressof(name), 256, addressof(length)
        ):
            continue
        if name.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0") in hidden:
            return True
    return False


def _cover(handle: int, inner: Matrix, size: float, pen: Pen) -> None:
    """Add the area of a picture, whose own corners are those of a unit square."""
    corners = [inner.move(x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    box = pen.view.show(min(xs), min(ys), max(xs), max(ys))
    is_large = size >= PAGE_SHARE * pen.view.width * pen.view.height
    pen.graphics.insets.append((box, ""))
    pen.graphics.areas.append(Area(pen.graphics.objects, box, None, is_large and _is_scanned(handle)))


def _is_scanned(handle: int) -> bool:
    name = create_string_buffer(32)
    for index in range(min(pdfium.filters_of(handle), 4)):
        pdfium.filter_of(handle, index, addressof(name), 32)
        if name.value in _SCANNED:
            return True
    return False


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
        _draw_figure(handle, count, outer, pen)
        return
    if pen.fill.value:
        _fill(handle, count, outer, pen)
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


def _fill(handle: int, count: int, outer: Matrix, pen: Pen) -> None:
    """Add the area of a filled path, of its one colour if it is one box and nothing shows through."""
    at = addressof(pen.floats)
    if not pdfium.bounds_of(handle, at, at + 4, at + 8, at + 12):
        return
    left, bottom, right, top, _, _ = pen.floats
    colour, covering = pen.fill_of(handle)
    if min(right - left, top - bottom) <= _HAIRLINE or covering <= _FAINT or pen.faint:
        return
    if covering < _SOLID or pdfium.is_see_through(handle) or not _is_box(handle, count, outer, pen):
        colour = None
    (x0, y0), (x1, y1) = outer.move(left, bottom), outer.move(right, top)
    box = pen.view.show(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    if clip := pen.clip_of(handle, outer):
        box = (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
    pen.graphics.areas.append(Area(pen.graphics.objects, box, colour))


def _is_box(handle: int, count: int, outer: Matrix, pen: Pen) -> bool:
    """Whether a path is a single box with level and upright sides."""
    if not _CORNERS <= count <= _SINGLE or not _is_straight(outer):
        return False
    parts = _find_parts(handle, count, pen.matrix_of(handle), pen)
    if len(parts) != 1 or parts[0][1]:
        return False
    points = parts[0][0]
    return len({(round(x, 1), round(y, 1)) for x, y in points}) == _CORNERS and all(
        min(abs(x0 - x1), abs(y0 - y1)) < _LEVEL for (x0, y0), (x1, y1) in pairwise([*points, points[0]])
    )


def _draw_figure(handle: int, count: int, outer: Matrix, pen: Pen) -> None:
    """Draw a single filled figure by its bounds, if it is thin enough to be a line or a dot of one."""
    at = addressof(pen.floats)
    pdfium.bounds_of(handle, at, at + 4, at + 8, at + 12)
    left, bottom, right, top, _, _ = pen.floats
    thick = min(right - left, top - bottom)
    if thick > _HAIRLINE:
        _fill(handle, count, outer, pen)
        if thick > _THIN or pen.fill_of(handle)[0] == WHITE:
            return  # what is white covers a sign and parts nothing
    if outer is not AS_IS:
        _draw_box([outer.move(left, bottom), outer.move(right, top)], pen)
    else:
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
