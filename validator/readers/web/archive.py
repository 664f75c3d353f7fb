"""A web page saved in one file (MIME, .mht) -> the bytes of the page itself; what else lies in it is left alone."""

import re

from validator.errors import ReadError

_MOST_PARTS = 2_000
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_DEEPEST = 20
_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=", re.IGNORECASE)


def find_page(data: bytes) -> bytes:
    """Give the page of an archive: of its pages the first with a table, as one of frames holds none, else the first.

    Raises ReadError("damaged") if there is none, ReadError("too-deep") or ReadError("too-much-packed").
    """
    from email import message_from_bytes  # takes longer to import than a page to read, and archives are rare

    if len(_BOUNDARY.findall(data)) > _DEEPEST:
        raise ReadError("too-deep")
    if data.count(b"\n--") > _MOST_PARTS:
        raise ReadError("too-much-packed", what="MHTML: parts", limit=f"{_MOST_PARTS} parts")
    pages: list[bytes] = []
    for part in message_from_bytes(data).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                pages.append(_declare(page, part.get_content_charset()))
    if not pages:
        raise ReadError("damaged", kind="MHTML", detail="no text/html")
    return next(filter(_TABLE.search, pages), pages[0])


def _declare(page: bytes, charset: str | None) -> bytes:
    """Give a page with the charset that its part states, unless it states one itself."""
    if charset is None or not charset.isascii() or _CHARSET.search(page):
        return page
    return b'<meta charset="%b">' % charset.encode() + page
