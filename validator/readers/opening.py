"""A path, or a member of an archive -> its bytes and what they are, where that is not what the suffix says."""

import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeVar

from validator.errors import ReadError
from validator.model.document import Document
from validator.model.report import Report
from validator.model.result import FILE_MARK
from validator.words import name_os_error

_MEGABYTE = 2**20
PAGE_LIMIT = 16 * _MEGABYTE
_HEAD_LENGTH = 4096  # so many bytes tell what a file is
_FAR_HEAD = 1024

OLE = "DOC/XLS/WPS"
TEXT = "TXT/HTML"
PAGE = "HTML"
ARCHIVE = "MHTML"
_OWN_MARK = FILE_MARK.encode()
_BLANKS = b"\xef\xbb\xbf\r\n\t\f\v "

# Longer signatures first where one begins with another.
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/XLS/WPS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"BZh9", "BZIP2"),
    (b"\xfd7zXZ\0", "XZ"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"MZ\x90\0", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\0", "SQLite"),
)
_PACKAGES = ((b"word/", "DOCX"), (b"xl/", "XLSX"), (b"ppt/", "PPTX"), (b"OFD.xml", "OFD"), (b"opendocument", "ODF"))
_MHTML = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (rb"\A[\w-]+:[^\n]*$", rb"^MIME-Version:", rb"^Content-Type:\s*(?:multipart/|text/html)")
)
# At the head alone: pages saved from Word name <w:WordDocument> in a comment.
_WORD_XML = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*<(?:\?mso-application|w:wordDocument|pkg:package)\b", re.DOTALL
)
_PAGE = re.compile(
    r"\s*(?><\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|table|div)[\s>:]",
    re.IGNORECASE | re.DOTALL,
)

SCANS_WANTED: ContextVar[bool] = ContextVar("scans", default=False)
"""Whether the file at hand may be read as a picture: few readers ask, and they take bytes and a name alone."""

SCANNING: ContextVar[Callable[[int, int], None] | None] = ContextVar("scanning", default=None)
"""Who is told how many pictures of the file at hand have been read, and of how many at most."""
_T = TypeVar("_T")


def tell_scanning(pictures: Iterable[_T], total: int) -> Iterator[_T]:
    """Pass on pictures and tell who wants to know how far their reading has come."""
    tell = SCANNING.get()
    for number, picture in enumerate(pictures):
        if tell is not None:
            tell(number, total)
        yield picture
    if tell is not None:
        tell(total, total)


_SCANNING = ("rapidocr", "onnxruntime", "cv2", "numpy")


def may_read_pictures() -> bool:
    """Whether pictures are to be read and can be."""
    return SCANS_WANTED.get() and can_read_pictures()


@cache
def can_read_pictures() -> bool:
    """Whether what reads pictures is installed (the extra `scan`); nothing of it is imported."""
    return all(find_spec(part) is not None for part in _SCANNING)


class Inset(NamedTuple):
    """A picture inside a file: the number of the block that it stands before, and what gives its bytes."""

    before: int
    load: Callable[[], bytes]


Reader = Callable[[bytes, str], Document | Report]


class Carrier(NamedTuple):
    """What a suffix promises: its reader, how large the file may be, and what its first bytes may show.

    `exported`: systems also export web pages under it, for Word and Excel open them all the same.
    """

    reader: Reader
    limit: int
    kinds: tuple[str, ...] = (TEXT,)
    exported: bool = False


def load(path: Path, member: str, suffix: str, carrier: Carrier) -> tuple[bytes, str]:
    """Give the bytes of a file, or of a member of an archive, and their kind.

    Raises ReadError if they cannot be opened, are none or too many, or are of another kind than the suffix says, which
    may be told before all are read.
    """
    try:
        if member:
            from .zipped import read_member

            data, size = read_member(path, member, carrier.limit)
            actual = _find_kind(data[:_HEAD_LENGTH], suffix, carrier)
        else:
            status = path.stat()
            # A pipe or a device has no end, and no size that would tell.
            if not stat.S_ISREG(status.st_mode):
                raise ReadError("cannot-open", reason="not-a-file")
            size = status.st_size
            with path.open("rb") as file:
                data = file.read(_HEAD_LENGTH)
                actual = _find_kind(data, suffix, carrier)
                if size <= carrier.limit:
                    data += file.read(size)
    except OSError as error:
        raise ReadError("cannot-open", reason=name_os_error(error)) from None
    except ValueError:
        raise ReadError("cannot-open", reason="no-such-name") from None
    limit = min(carrier.limit, PAGE_LIMIT) if actual == PAGE else carrier.limit
    if size > limit:
        raise too_large(size, limit)
    if not data.strip(_BLANKS):
        raise ReadError("empty")
    return data, actual


def _find_kind(head: bytes, suffix: str, carrier: Carrier) -> str:
    """Give the kind of a file by its first bytes; ReadError if it is our own or not what its suffix says."""
    actual = _sniff(head) or TEXT
    if actual == TEXT and suffix == ".pdf" and b"%PDF-" in head[:_FAR_HEAD]:
        return "PDF"  # behind what a mail or a server put before it
    if actual == TEXT and _OWN_MARK in head:
        raise ReadError("own-output")
    if actual == TEXT and carrier.exported and _begins_as_page(head):
        return PAGE
    may_be = actual in carrier.kinds or (actual == ARCHIVE and carrier.exported)
    if head.strip(_BLANKS) and not may_be:
        raise ReadError("wrong-suffix", suffix=suffix, actual=actual)
    return actual


def too_large(size: int, limit: int) -> ReadError:
    """Give the error for a file of so many bytes where so many are read."""
    return ReadError("too-large", size=f"{size / _MEGABYTE:.1f} MB", limit=f"{limit // _MEGABYTE} MB")


def _sniff(head: bytes) -> str | None:
    """Name the kind of file that begins with these bytes; None if it may be text."""
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            if kind == "ZIP":
                return next((name for part, name in _PACKAGES if part in head), kind)
            return kind
    if all(pattern.search(start) for pattern in _MHTML):
        return "MHTML"
    return "Word XML" if _WORD_XML.match(start) else None


def _begins_as_page(head: bytes) -> bool:
    """Whether a file that begins with these bytes, and may be text, is a web page by its first tag."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    return _PAGE.match(head.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace")) is not None
