"""The pages of an open PDF -> what they show: glyphs, strokes, pictures and what lies hidden."""

from collections.abc import Iterator, Mapping
from ctypes import addressof, c_double, c_void_p, cast
from functools import lru_cache
from math import atan2, hypot, pi
from typing import Any

import pypdfium2
from pypdfium2 import raw

from validator.errors import ReadError
from validator.geometry import Box, Glyph, PrintedPage, Stroke, make_glyph

from . import pdfium
from .legibility import MOST_MARKS, MOST_PAGES, SeenPage
from .pdf_pen import View
from .pdf_strokes import read_graphics
from .showing import SMALLEST, PaintedText, find_shown, to_text

_MOST_ANNOTATIONS = 1000
_HALF = 0.3
_DRAWN_AT = 220
"""Dots an inch at which a scanned page is drawn: what a page of A4 is read at, and a little more."""
_MOST_DRAWN = 6000
_MOST_PIXELS = 120_000_000
_FORM_FIELDS = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)


def see_pages(document: pypdfium2.PdfDocument, hidden: frozenset[str] = frozenset()) -> list[SeenPage]:
    """Give what all pages show; `hidden` are the names of layers that are switched off.

    Raises ReadError for a page that cannot be loaded, and for more than a report can have.
    """
    count = len(document)
    if count > MOST_PAGES:
        raise ReadError("too-many-pages", count=count, limit=MOST_PAGES)
    seen: list[SeenPage] = []
    left = MOST_MARKS
    for number in range(1, count + 1):
        try:
            page = _open(document, number)
        except pypdfium2.PdfiumError:
            raise ReadError("damaged", kind="PDF", detail=f"page {number}") from None
        try:
            sight, marks = _see_page(page, number, left, hidden)
        finally:
            page.close()
        seen.append(sight)
        left -= marks
        if left < 0:
            raise ReadError("too-large", size=f"> {MOST_MARKS} objects", limit=f"{MOST_MARKS} objects")
    return seen


def draw_page(
    document: pypdfium2.PdfDocument, sight: SeenPage, inset: tuple[Box, str] | None
) -> tuple[Any, float] | None:
    """Give a page, or what is seen of a picture on it, in blue, green and red, and how long a pixel is in points.

    None if its pictures would take too much room.
    """
    page = document[sight.page.number - 1]
    width, height = page.get_size()
    scale = min(_DRAWN_AT / 72, _MOST_DRAWN / max(width, height, 1.0))
    try:
        pictures = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)
        if sum(wide * high for wide, high in (picture.get_px_size() for picture in pictures)) > _MOST_PIXELS:
            return None
        drawn = page.render(scale=scale, may_draw_forms=False).to_numpy()[:, :, :3]
        if inset is not None:
            left, top, right, bottom = (max(round(value * scale), 0) for value in inset[0])
            drawn = drawn[top:bottom, left:right]
        return (drawn.copy(), 1 / scale) if drawn.size else None
    finally:
        page.close()


def _open(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Open a page; what is filled into form fields or typed over it becomes part of what it prints."""
    page = document[number - 1]
    if not raw.FPDFPage_GetAnnotCount(page.raw):
        return page
    kinds = {raw.FPDFAnnot_GetSubtype(annotation) for annotation in _annotations(page)}
    if kinds.intersection(_FORM_FIELDS) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS:
        page.close()
        return document[number - 1]
    return page


def _annotations(page: pypdfium2.PdfPage) -> Iterator[Any]:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        yield annotation
        raw.FPDFPage_CloseAnnot(annotation)


def _find_struck(page: pypdfium2.PdfPage, view: View) -> Iterator[Stroke]:
    """Give a line through each text that an annotation strikes out."""
    corners = raw.FS_QUADPOINTSF()
    for annotation in _annotations(page):
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_STRIKEOUT:
            continue
        for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _MOST_ANNOTATIONS)):
            if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, corners):
                xs, ys = (
                    (corners.x1, corners.x2, corners.x3, corners.x4),
                    (corners.y1, corners.y2, corners.y3, corners.y4),
                )
                left, top, right, bottom = view.show(min(xs), min(ys), max(xs), max(ys))
                yield Stroke(left, (top + bottom) / 2 - _HALF, right, (top + bottom) / 2 + _HALF)


def _see_page(page: pypdfium2.PdfPage, number: int, most: int, hidden: frozenset[str]) -> tuple[SeenPage, int]:
    """Give what a page shows, and how many characters and objects were read for it."""
    left, bottom, right, top = page.get_bbox()
    view = View(left, bottom, right, top, page.get_rotation() // 90)
    graphics = read_graphics(cast(page.raw, c_void_p).value or 0, view, most, hidden)
    if graphics.objects > most:
        return SeenPage(PrintedPage(number, view.width, view.height, (), ())), graphics.objects
    if raw.FPDFPage_GetAnnotCount(page.raw):
        graphics.strokes.extend(_find_struck(page, view))
    text_page = page.get_textpage()
    try:
        count = read_glyphs(cast(text_page.raw, c_void_p).value or 0, view, graphics.texts)
    finally:
        text_page.close()
    shown, under = find_shown([text for text in graphics.texts.values() if text.glyphs], graphics.areas)
    printed = PrintedPage(number, view.width, view.height, shown, graphics.strokes, graphics.slants)
    seen = SeenPage(printed, under, graphics.pictures, graphics.outlines, insets=graphics.insets)
    return seen, graphics.objects + count


_ASCENT, _DESCENT = 0.88, 0.12
_TALLEST = 1.7
_STRAIGHT = 0.05
"""How far a text may be off the level, in quarter turns; a watermark is set aslant."""
_HYPHEN = 2
"""What pdfium gives for a hyphen at the end of a line."""


def read_glyphs(text_page: int, view: View, texts: Mapping[int, PaintedText]) -> int:
    """Add the characters of a page to its text objects and count them; `text_page` is pdfium's handle.

    Text that stands aslant or is too small to be seen is left out; what stands off the page is clipped.
    """
    box, matrix = pdfium.Floats4(), pdfium.Floats6()
    box_at, matrix_at = addressof(box), addressof(matrix)
    width, height = view.width, view.height
    last, turn, size, e, f = 0, -1, 0.0, 0.0, 0.0
    quarter = run = 0
    glyphs: list[Glyph] = []
    painted: PaintedText | None = None
    count = max(int(pdfium.count_characters(text_page)), 0)
    for index in range(count):
        owner = pdfium.text_object_of(text_page, index)
        if not owner:
            continue  # a blank or a line end that pdfium made up
        if owner != last:
            last = owner
            pdfium.matrix_of(text_page, index, matrix_at)
            a, b, c, d, e, f = matrix
            quarter, scale = _find_turn(a, b, c, d)
            turn = (view.quarters - quarter) % 4 if quarter >= 0 else -1
            size = pdfium.font_size_of(text_page, index) * scale
            painted = texts.get(owner)
            if painted is None or abs(size) < SMALLEST:
                turn = -1
            else:
                glyphs, run = painted.glyphs, -painted.order
        if turn < 0:
            continue
        code = pdfium.unicode_of(text_page, index)
        text = "-" if code == _HYPHEN else to_text(code)
        if not text:
            continue
        pdfium.loose_box_of(text_page, index, box_at)
        left, top, right, bottom = box
        if size > 0:
            straight = _straighten(left, bottom, right, top, quarter, size, e, f)
            left, bottom, right, top = straight or _box_ink(text_page, index, size)
        left, top, right, bottom = view.show(left, bottom, right, top)
        if painted and not (0 <= left + right <= 2 * width and 0 <= top + bottom <= 2 * height):
            painted.clip_to((0.0, 0.0, width, height))
        glyphs.append(make_glyph((text, left, top, right, bottom, turn, run)))
    return count


def _straighten(
    left: float, bottom: float, right: float, top: float, quarter: int, size: float, e: float, f: float
) -> tuple[float, float, float, float] | None:
    """Give the box one height for all signs of a font, about the line it stands on, where fonts tell only the ink.

    None for a sign that does not stand on that line, as in vertical writing.
    """
    if quarter == 0 and _is_near((bottom + top) / 2 - f, top - bottom, size):
        return left, f - _DESCENT * size, right, f + _ASCENT * size
    if quarter == 2 and _is_near(f - (bottom + top) / 2, top - bottom, size):
        return left, f - _ASCENT * size, right, f + _DESCENT * size
    if quarter == 1 and _is_near(e - (left + right) / 2, right - left, size):
        return e - _ASCENT * size, bottom, e + _DESCENT * size, top
    if quarter == 3 and _is_near((left + right) / 2 - e, right - left, size):
        return e - _DESCENT * size, bottom, e + _ASCENT * size, top
    return None


def _is_near(middle: float, height: float, size: float) -> bool:
    return -0.4 * size < middle < 1.1 * size and height < _TALLEST * size


def _box_ink(text_page: int, index: int, size: float) -> tuple[float, float, float, float]:
    """Give a square of the size of the font around the ink of a sign; pdfium's own box is wrong in vertical writing."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.ink_box_of(text_page, index, addressof(left), addressof(right), addressof(bottom), addressof(top))
    x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
    wide, high = max(right.value - left.value, size) / 2, max(top.value - bottom.value, size) / 2
    return x - wide, y - high, x + wide, y + high


@lru_cache(maxsize=512)
def _find_turn(a: float, b: float, c: float, d: float) -> tuple[int, float]:
    """Give the quarter turns counter-clockwise of a text, -1 if it is aslant, and how much its height is scaled."""
    turns = atan2(b, a) / (pi / 2)
    quarter = round(turns)
    return (quarter % 4 if abs(turns - quarter) < _STRAIGHT else -1), hypot(c, d)
