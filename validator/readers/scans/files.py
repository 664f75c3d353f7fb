"""A picture file of one page or several -> a document, as a printed page is read."""

from validator.errors import ReadError
from validator.geometry import lay_out
from validator.model.document import Document, Remark
from validator.readers.fixed.document import build_document
from validator.readers.fixed.legibility import name_pages
from validator.readers.opening import SCANS_WANTED

from . import is_ready, name_places, see_picture


def read_picture(data: bytes, source: str) -> Document:
    """Read a picture; ReadError if that is not wanted or its extra is not installed, or if there is no text in it."""
    if not SCANS_WANTED.get():
        raise ReadError("scans-off")
    if not is_ready():
        raise ReadError("needs-extra", suffix="JPG/PNG/TIFF", extra="scan")
    from .picture import decode_pictures

    pages = {number: see_picture(picture, number) for number, picture in enumerate(decode_pictures(data), start=1)}
    remark = Remark("scans-read", {"pages": name_pages(list(pages))})
    document = build_document(
        lay_out([scanned.page for scanned in pages.values()]), source, "picture", remarks=(remark,)
    )
    return name_places(document, pages)
