"""OFD (GB/T 33190), the state format of pages laid out for good: a package of XML -> a document."""

from functools import partial
from typing import Any

from validator.errors import ReadError
from validator.geometry import Box, lay_out
from validator.model.document import Document, Remark
from validator.readers.fixed.document import build_document
from validator.readers.fixed.legibility import MOST_MARKS, MOST_PAGES, SeenPage, judge_pages, name_pages, read_pictures
from validator.readers.opening import may_read_pictures
from validator.readers.package import Package, open_package
from validator.readers.scans import ScannedPage, name_places

from .painting import Budget, paint_page
from .parts import DocumentParts, find_documents, list_pages


def read_ofd(data: bytes, source: str) -> Document:
    """Read an OFD file; the pages of several documents in it follow one another, and a remark says so.

    Raises ReadError if it is encrypted, damaged, out of all proportion, or if its pages hold no readable text,
    or no table where some are pictures.
    """
    seen, title, documents = see_pages(data)
    scanned: dict[int, ScannedPage] = {}
    if may_read_pictures():
        package = open_package(data, "OFD")
        seen, scanned = read_pictures(seen, partial(_draw_page, package))
    judged = judge_pages(seen)
    remarks, empty = judged.remarks, None
    if documents > 1:
        remarks = (*remarks, Remark("several-documents", {"count": documents}))
    if scanned:
        numbers = name_pages(list(scanned))
        remarks = (*remarks, Remark("scans-read", {"pages": numbers}))
        empty = ReadError("nothing-in-picture", pages=numbers)
    read = build_document(
        lay_out(judged.pages), source, "ofd", title=title, remarks=remarks, refusal=judged.refusal, empty=empty
    )
    return name_places(read, scanned) if scanned else read


def _draw_page(package: Package, sight: SeenPage, inset: tuple[Box, str] | None) -> tuple[Any, float] | None:
    """Give the picture that covers a page, or one on it, and how long a pixel is in points; None if there is none."""
    from validator.readers.scans.picture import decode_pictures

    if inset is not None:
        part, width = inset[1], inset[0][2] - inset[0][0]
    elif sight.picture is not None:
        part, width = sight.picture
    else:
        return None
    try:
        (picture, *_) = decode_pictures(package.read(part))
    except ReadError:
        return None
    return picture, width / picture.shape[1]


def see_pages(data: bytes) -> tuple[list[SeenPage], str | None, int]:
    """Give what the pages of an OFD file show, its title, and how many documents it holds."""
    package = open_package(data, "OFD")
    names, title = find_documents(package)
    listed = [(name, *list_pages(package, name)) for name in names]
    count = sum(len(found) for *_, found in listed)
    if count > MOST_PAGES:
        raise ReadError("too-many-pages", count=count, limit=MOST_PAGES)
    budget = Budget(MOST_MARKS)
    seen: list[SeenPage] = []
    for name, root, found in listed:
        document = DocumentParts(package, name, root)
        for page in found:
            seen.append(paint_page(document.open_page(page), len(seen) + 1, budget))
    return seen, title, len(names)
