"""The pages of an open PDF -> what is printed on them; pages that cannot be read as text are refused by number."""

from collections.abc import Sequence
from ctypes import c_void_p, cast
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from validator.errors import ReadError
from validator.geometry import PrintedPage

from .pdf_glyphs import UNKNOWN, read_glyphs
from .pdf_strokes import read_graphics
from .pdf_view import View

_MOST_PAGES = 300
_MOST_MARKS = 400_000
"""Characters and objects of all pages together; a report of 60 pages has about 100 000."""
_PICTURE_SHARE = 0.5
"""The share of a page that pictures cover on a scanned one."""
_FEW_GLYPHS = 40
"""A scanned page may have a page number, a stamp or the name of the scanner as text."""
_MANY_OUTLINES = 40
_UNKNOWN_SHARE = 0.05
_FORM_FIELDS = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)


class ReadPage(NamedTuple):
    """A page, the characters and objects read for it, and whether it is a picture, garbled, or text over a picture."""

    page: PrintedPage
    marks: int
    is_picture: bool
    is_garbled: bool
    is_compared: bool


def read_pages(document: pypdfium2.PdfDocument) -> tuple[list[PrintedPage], list[int]]:
    """Give what all pages print, and the numbers of those that are pictures under an invisible text layer.

    Raises ReadError for pages that cannot be loaded, are pictures or garbled, and for more than a report can have.
    """
    count = len(document)
    if count > _MOST_PAGES:
        raise ReadError("too-many-pages", count=count, limit=_MOST_PAGES)
    read: list[ReadPage] = []
    left = _MOST_MARKS
    for number in range(1, count + 1):
        try:
            page = _open(document, number)
        except pypdfium2.PdfiumError:
            raise ReadError("damaged", kind="PDF", detail=f"page {number}") from None
        try:
            read.append(_read_page(page, number, left))
        finally:
            page.close()
        left -= read[-1].marks
        if left < 0:
            raise ReadError("too-large", size=f"> {_MOST_MARKS} objects", limit=f"{_MOST_MARKS} objects")
    if pictures := [found.page.number for found in read if found.is_picture]:
        raise ReadError("scanned-pages", pages=name_pages(pictures))
    if garbled := [found.page.number for found in read if found.is_garbled]:
        raise ReadError("garbled-pages", pages=name_pages(garbled))
    return [found.page for found in read], [found.page.number for found in read if found.is_compared]


def name_pages(numbers: Sequence[int]) -> str:
    """Write page numbers, runs of three or more shortened: "2、4–6"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


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


def _read_page(page: pypdfium2.PdfPage, number: int, most: int) -> ReadPage:
    view = View(*page.get_bbox(), page.get_rotation() // 90)
    graphics = read_graphics(cast(page.raw, c_void_p).value or 0, view, most)
    if graphics.objects > most:
        return ReadPage(PrintedPage(number, view.width, view.height, (), ()), graphics.objects, False, False, False)
    text_page = page.get_textpage()
    try:
        text = read_glyphs(cast(text_page.raw, c_void_p).value or 0, view)
    finally:
        text_page.close()
    is_covered = graphics.pictures >= _PICTURE_SHARE * view.width * view.height
    # Under a scan the text layer is not drawn; elsewhere text that is not drawn is none of the page.
    glyphs = text.glyphs + text.hidden if is_covered else text.glyphs
    is_drawn = not glyphs and graphics.outlines >= _MANY_OUTLINES
    unknown = sum(glyph.text == UNKNOWN for glyph in glyphs)
    return ReadPage(
        PrintedPage(number, view.width, view.height, glyphs, graphics.strokes),
        graphics.objects + len(glyphs),
        is_picture=is_drawn or (is_covered and len(glyphs) < _FEW_GLYPHS),
        is_garbled=unknown > _UNKNOWN_SHARE * len(glyphs),
        is_compared=is_covered and len(text.hidden) * 2 > len(glyphs),
    )
