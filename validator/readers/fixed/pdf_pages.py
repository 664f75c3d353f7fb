"""The pages of an open PDF -> what they show: glyphs, strokes, pictures and what lies hidden."""

from ctypes import c_void_p, cast

import pypdfium2
from pypdfium2 import raw

from validator.errors import ReadError
from validator.geometry import PrintedPage

from .legibility import MOST_MARKS, MOST_PAGES, SeenPage
from .pdf_glyphs import read_glyphs
from .pdf_strokes import read_graphics
from .pdf_view import View
from .showing import find_shown

_FORM_FIELDS = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)


def see_pages(document: pypdfium2.PdfDocument) -> list[SeenPage]:
    """Give what all pages show.

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
            sight, marks = _see_page(page, number, left)
        finally:
            page.close()
        seen.append(sight)
        left -= marks
        if left < 0:
            raise ReadError("too-large", size=f"> {MOST_MARKS} objects", limit=f"{MOST_MARKS} objects")
    return seen


def _open(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Open a page; what is filled into form fields or typed over it becomes part of what it prints."""
    page = document[number - 1]
    if not raw.FPDFPage_GetAnnotCount(page.raw):
        return page
    kinds = set()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 1000)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        kinds.add(raw.FPDFAnnot_GetSubtype(annotation))
        raw.FPDFPage_CloseAnnot(annotation)
    if kinds.intersection(_FORM_FIELDS) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS:
        page.close()
        return document[number - 1]
    return page


def _see_page(page: pypdfium2.PdfPage, number: int, most: int) -> tuple[SeenPage, int]:
    """Give what a page shows, and how many characters and objects were read for it."""
    left, bottom, right, top = page.get_bbox()
    view = View(left, bottom, right, top, page.get_rotation() // 90)
    graphics = read_graphics(cast(page.raw, c_void_p).value or 0, view, most)
    if graphics.objects > most:
        return SeenPage(PrintedPage(number, view.width, view.height, (), ())), graphics.objects
    text_page = page.get_textpage()
    try:
        count = read_glyphs(cast(text_page.raw, c_void_p).value or 0, view, graphics.texts)
    finally:
        text_page.close()
    shown, under = find_shown([text for text in graphics.texts.values() if text.glyphs], graphics.areas)
    printed = PrintedPage(number, view.width, view.height, shown, graphics.strokes)
    return SeenPage(printed, under, graphics.pictures, graphics.outlines), graphics.objects + count
