"""A picture file of one page or several -> a document, as a printed page is read."""

from validator.errors import ReadError
from validator.geometry import lay_out
from validator.model.document import Document, Remark
from validator.readers.fixed.document import build_document
from validator.readers.fixed.legibility import name_pages
from validator.readers.opening import SCANS_WANTED, can_read_pictures, tell_scanning

from . import name_places, see_picture


def read_picture(data: bytes, source: str) -> Document:
    """Read a picture; ReadError if that is not wanted or its extra is not installed, or if there is no text in it."""
    if not SCANS_WANTED.get():
        raise ReadError("scans-off")
    if not can_read_pictures():
        raise ReadError("needs-extra", suffix="JPG/PNG/TIFF", extra="scan")
    from .picture import decode_pictures

    pictures = decode_pictures(data)
    pages = {
        number: see_picture(picture, number)
        for number, picture in enumerate(tell_scanning(pictures, len(pictures)), start=1)
    }
    numbers = name_pages(list(pages))
    remark, empty = Remark("scans-read", {"pages": numbers}), ReadError("nothing-in-picture", pages=numbers)
    document = build_document(
        lay_out([scanned.page for scanned in pages.values()]), source, "picture", remarks=(remark,), empty=empty
    )
    return name_places(document, pages)
