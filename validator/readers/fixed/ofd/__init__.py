"""OFD (GB/T 33190), the state format of pages laid out for good: a package of XML -> a document."""

from typing import Any

from validator.errors import ReadError
from validator.geometry import lay_out
from validator.model.document import Document, Remark
from validator.readers.fixed.document import build_document
from validator.readers.fixed.legibility import MOST_MARKS, MOST_PAGES, SeenPage, judge_pages, name_pages, read_pictures
from validator.readers.package import Package, open_package
from validator.readers.scans import ScannedPage, may_read, name_places

from .painting import Budget, paint_page
from .parts import DocumentParts, find_documents, list_pages


def read_ofd(data: bytes, source: str) -> Document:
    """Read an OFD file; the pages of several documents in it follow one another, and a remark says so.

    Raises ReadError if it is encrypted, damaged, out of all proportion, or if its pages hold no readable text,
    or no table where some are pictures.
    """
    seen, title, documents = see_pages(data)
    scanned: dict[int, ScannedPage] = {}
    if may_read():
        package = open_package(data, "OFD")
        seen, scanned = read_pictures(seen, lambda number: _draw_page(package, seen[number - 1]))
    judged = judge_pages(seen)
    remarks = judged.remarks
    if documents > 1:
        remarks = (*remarks, Remark("several-documents", {"count": documents}))
    if scanned:
        remarks = (*remarks, Remark("scans-read", {"pages": name_pages(list(scanned))}))
    read = build_document(lay_out(judged.pages), source, "ofd", title=title, remarks=remarks, refusal=judged.refusal)
    return name_places(read, scanned) if scanned else read


def _draw_page(package: Package, sight: SeenPage) -> tuple[Any, float] | None:
    """Give the picture that covers a page, and how long one of its pixels is in points; None if there is none."""
    from validator.readers.scans.picture import decode_pictures

    if sight.picture is None:
        return None
    part, width = sight.picture
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
