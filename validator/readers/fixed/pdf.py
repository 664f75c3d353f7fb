"""PDF files -> documents: figures come from the text layer alone, tables from the lines that are drawn."""

from functools import partial

from validator.errors import ReadError
from validator.geometry import lay_out
from validator.model.document import Document, Remark
from validator.patterns import Pattern
from validator.readers.opening import may_read_pictures
from validator.readers.scans import ScannedPage, name_places

from .document import build_document
from .legibility import judge_pages, name_pages, read_pictures

_TAIL = 4096
"""How many of the last bytes must hold the file's own end mark; some servers add a few lines of their own."""
_HEAD = b"%PDF-"
_FARTHEST = 1024
"""Within so many bytes programs look for the head: what stands before it is passed over."""
_NAMES_A_REPORT = Pattern(r"报告|年报")


def read_pdf(data: bytes, source: str) -> Document:
    """Read a PDF file into its lines and tables.

    Raises ReadError if it is encrypted or damaged, if it holds no table and pages of it are pictures or garbled, or if
    there is more of it than of any report.
    """
    try:
        import pypdfium2
    except ImportError:
        raise ReadError("needs-extra", suffix=".pdf", extra="pdf") from None
    from .pdf_bounds import refuse_bombs
    from .pdf_layers import find_hidden_layers
    from .pdf_pages import draw_page, see_pages

    data = data[max(data.find(_HEAD, 0, _FARTHEST), 0) :]
    if not any(mark in data[-_TAIL:] for mark in (b"%%EOF", b"startxref")):
        raise ReadError("damaged", kind="PDF", detail="cut short")
    packed = refuse_bombs(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY):
            raise ReadError("encrypted") from None
        raise ReadError("damaged", kind="PDF", detail="no page tree") from None
    scanned: dict[int, ScannedPage] = {}
    try:
        seen = see_pages(document, find_hidden_layers(data, packed))
        if may_read_pictures():
            seen, scanned = read_pictures(seen, partial(draw_page, document))
        title = document.get_metadata_value("Title").strip()
    finally:
        document.close()
    judged = judge_pages(seen)
    remarks, empty = judged.remarks, None
    if scanned:
        numbers = name_pages(list(scanned))
        remarks = (*remarks, Remark("scans-read", {"pages": numbers}))
        empty = ReadError("nothing-in-picture", pages=numbers)
    named = title if _NAMES_A_REPORT.search(title) else None
    pieces = lay_out(judged.pages)
    read = build_document(pieces, source, "pdf", title=named, remarks=remarks, refusal=judged.refusal, empty=empty)
    return name_places(read, scanned) if scanned else read
