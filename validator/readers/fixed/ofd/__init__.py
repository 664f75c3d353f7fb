"""OFD (GB/T 33190), the state format of pages laid out for good: a package of XML -> a document."""

from validator.errors import ReadError
from validator.geometry import Box, PrintedPage, lay_out
from validator.model.document import Document, Remark
from validator.readers.fixed.document import build_document
from validator.readers.fixed.legibility import MOST_PAGES, judge_pages
from validator.readers.package import open_package

from .painting import Budget, Painter
from .parts import DocumentParts, find_documents, list_pages


def read_ofd(data: bytes, source: str) -> Document:
    """Read an OFD file; the pages of several documents in it follow one another, and a remark says so.

    Raises ReadError if it is encrypted, damaged, out of all proportion, or if its pages hold no readable text.
    """
    pages, pictures, title, documents = paint_pages(data)
    judge_pages(pages, pictures)
    remarks = (Remark("several-documents", {"count": documents}),) if documents > 1 else ()
    return build_document(lay_out(pages), source, "ofd", title=title, remarks=remarks)


def paint_pages(data: bytes) -> tuple[list[PrintedPage], dict[int, list[Box]], str | None, int]:
    """Give what an OFD file prints: its pages, their pictures by page, its title, and how many documents it holds."""
    package = open_package(data, "OFD")
    names, title = find_documents(package)
    listed = [(name, *list_pages(package, name)) for name in names]
    count = sum(len(found) for *_, found in listed)
    if count > MOST_PAGES:
        raise ReadError("too-many-pages", count=count, limit=MOST_PAGES)
    budget = Budget()
    pages: list[PrintedPage] = []
    pictures: dict[int, list[Box]] = {}
    for name, root, found in listed:
        document = DocumentParts(package, name, root)
        for page in found:
            painter = Painter(document.open_page(page), budget)
            pages.append(painter.paint(len(pages) + 1))
            pictures[len(pages)] = painter.pictures
    return pages, pictures, title, len(names)
