"""Files as users have them -> documents, each carrier by a reader of its own; JSON is read as a report at once."""

import re
import stat
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from validator.errors import ReadError
from validator.model.document import Document, Remark
from validator.model.report import Report
from validator.model.result import FILE_MARK
from validator.patterns import Pattern
from validator.words import name_os_error

from .sniffing import HEAD_LENGTH, begins_as_page, sniff

_MEGABYTE = 2**20
_TEXT_LIMIT = 32 * _MEGABYTE
_PAGE_LIMIT = 16 * _MEGABYTE
_OFFICE_LIMIT = 64 * _MEGABYTE  # pictures and scanned stamps are part of these files

SECONDS = 120.0
"""What a file may take, if nothing else is said."""
_seconds: ContextVar[float] = ContextVar("seconds", default=SECONDS)
"""What the file at hand may take in another program: few readers ask one, and readers take bytes and a name alone."""

_FAR_HEAD = 1024
_OLE = "DOC/XLS/WPS"
_TEXT = "TXT/HTML"
_PAGE = "HTML"
_ARCHIVE = "MHTML"
_WEB = (_PAGE, _ARCHIVE)
_OWN_MARK = FILE_MARK.encode()
_BLANKS = b"\xef\xbb\xbf\r\n\t\f\v "

_TAG = Pattern(
    r"<(?:!doctype|html|head|body|meta|title|table|tbody|t[rdh]|p|div|br|span|font|h[1-6]|[uo]l|li|pre|center|section"
    r"|article|strong)[\s/>]",
    re.IGNORECASE,
)
_HTML_IN_TEXT = Pattern(r"<(?:html|body|!doctype\s+html)[\s>]|<table[\s>].*<tr[\s>]", re.IGNORECASE | re.DOTALL)


def read(path: Path, seconds: float = SECONDS) -> Document | Report:
    """Read a file by its suffix; a JSON file is a report already, of which nothing is left to extract.

    Where another program converts the file first, it has so many seconds. Raises ReadError if it cannot be opened, is
    empty or too large, is of another kind than its suffix says, is what this program wrote itself, or cannot be read as
    what it is.
    """
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        known = " ".join(SUFFIXES)
        raise ReadError("unknown-suffix", suffix=suffix, known=known) if suffix else ReadError("no-suffix", known=known)
    reader, limit = _READERS[suffix]
    _seconds.set(seconds)
    data, actual = _load(path, suffix, limit)
    if actual in _WEB and suffix in _EXPORTED:
        return _read_exported(data, path.as_posix(), actual)
    return _read_archive(data, path.as_posix()) if actual == _ARCHIVE else reader(data, path.as_posix())


def _load(path: Path, suffix: str, limit: int) -> tuple[bytes, str]:
    """Give the bytes of a file, at most `limit`, and their kind; what is of another kind than it may be is refused."""
    try:
        status = path.stat()
        # A pipe or a device has no end, and no size that would tell.
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("cannot-open", reason="not-a-file")
        with path.open("rb") as file:
            head = file.read(HEAD_LENGTH)
            actual = sniff(head) or _TEXT
            if actual == _TEXT and suffix == ".pdf" and b"%PDF-" in head[:_FAR_HEAD]:
                actual = "PDF"  # behind what a mail or a server put before it
            if actual == _TEXT and suffix in _EXPORTED and begins_as_page(head):
                actual = _PAGE
            if actual in (_TEXT, _PAGE) and _OWN_MARK in head:
                raise ReadError("own-output")
            if head.strip(_BLANKS) and not _may_be(actual, suffix):
                raise ReadError("wrong-suffix", suffix=suffix, actual=actual)
            data = head if status.st_size > limit else head + file.read(status.st_size)
    except OSError as error:
        raise ReadError("cannot-open", reason=name_os_error(error)) from None
    except ValueError:
        raise ReadError("cannot-open", reason="no-such-name") from None
    if status.st_size > limit:
        size = f"{status.st_size / _MEGABYTE:.1f} MB"
        raise ReadError("too-large", size=size, limit=f"{limit // _MEGABYTE} MB")
    if not data.strip(_BLANKS):
        raise ReadError("empty")
    if actual in _WEB and len(data) > (_PAGE_LIMIT if actual == _PAGE else _OFFICE_LIMIT):
        raise ReadError("too-large", size=f"{len(data) / _MEGABYTE:.1f} MB", limit=f"{_PAGE_LIMIT // _MEGABYTE} MB")
    return data, actual


def _read_exported(data: bytes, source: str, actual: str) -> Document:
    """Read a page that a program exported under the suffix of an office's file, and say so."""
    document = (_read_page if actual == _PAGE else _read_archive)(data, source)
    remark = Remark("page-under-suffix", {"suffix": Path(source).suffix.lower()})
    return replace(document, remarks=(remark, *document.remarks))


def _read_archive(data: bytes, source: str) -> Document:
    from .web import find_page

    page = find_page(data)
    if len(page) > _PAGE_LIMIT:
        raise ReadError("too-large", size=f"{len(page) / _MEGABYTE:.1f} MB", limit=f"{_PAGE_LIMIT // _MEGABYTE} MB")
    return _read_page(page, source)


def _read_page(data: bytes, source: str) -> Document:
    from .comments import find_ignores
    from .decoding import decode

    text, remarks = decode(data, html=True)
    _refuse_blank(text)
    remarks += find_ignores(text)
    if not _TAG.search(text):
        from .text import read_text

        return replace(read_text(text, source), remarks=remarks)
    from .web import read_markup

    markup = text.encode("utf-8", errors="replace")
    del data, text  # while a page is parsed there is no need to hold it three times over
    document = read_markup(markup, source, remarks)
    if not document.blocks:
        raise ReadError("no-text")
    return document


def _read_lines(data: bytes, source: str, *, markdown: bool = False) -> Document:
    from .decoding import decode

    text, remarks = decode(data, html=False)
    if markdown:
        from .comments import find_ignores, hide_comments

        remarks += find_ignores(text)
        text = hide_comments(text)
    _refuse_blank(text)
    if _HTML_IN_TEXT.search(text):
        from .mixed import read_mixed

        return replace(read_mixed(text, source, markdown=markdown), remarks=remarks)
    from .text import read_text

    return replace(read_text(text, source, markdown=markdown), remarks=remarks)


def _read_markdown(data: bytes, source: str) -> Document:
    return _read_lines(data, source, markdown=True)


def _read_json(data: bytes, source: str) -> Report:
    from .json_report import read_json

    return read_json(data, source)


def _read_word(data: bytes, source: str) -> Document:
    from .word import read_word

    return read_word(data, source)


def _read_sheets(data: bytes, source: str) -> Document:
    from .sheets import read_sheets

    return read_sheets(data, source)


def _read_pdf(data: bytes, source: str) -> Document:
    from .fixed.pdf import read_pdf

    return read_pdf(data, source)


def _read_ofd(data: bytes, source: str) -> Document:
    from .fixed.ofd import read_ofd

    return read_ofd(data, source)


def _read_old_text(data: bytes, source: str) -> Document:
    return _read_word(data, source) if _is_package(data) else _read_open_text(data, source)


def _read_old_sheets(data: bytes, source: str) -> Document:
    return _read_sheets(data, source) if _is_package(data) else _read_open_sheets(data, source)


def _read_open_text(data: bytes, source: str) -> Document:
    return _read_word(_convert(data, source, "docx"), source)


def _read_open_sheets(data: bytes, source: str) -> Document:
    from .sheets import read_sheets

    return read_sheets(_convert(data, source, "xlsx"), source, recalculated=True)


def _convert(data: bytes, source: str, target: Literal["docx", "xlsx"]) -> bytes:
    from .convert import convert

    return convert(data, source, target, _seconds.get())


def _is_package(data: bytes) -> bool:
    """Whether Word or WPS saved a file of today's kind under an older suffix."""
    return data.startswith(b"PK")


def _may_be(actual: str, suffix: str) -> bool:
    return actual in _KINDS.get(suffix, (_TEXT,)) or (actual in _WEB and suffix in _EXPORTED)


def _refuse_blank(text: str) -> None:
    if not text or text.isspace():
        raise ReadError("empty")


_Reader = Callable[[bytes, str], Document | Report]

_READERS: dict[str, tuple[_Reader, int]] = {
    ".html": (_read_page, _PAGE_LIMIT),
    ".htm": (_read_page, _PAGE_LIMIT),
    ".mht": (_read_archive, _OFFICE_LIMIT),
    ".mhtml": (_read_archive, _OFFICE_LIMIT),
    ".txt": (_read_lines, _TEXT_LIMIT),
    ".md": (_read_markdown, _TEXT_LIMIT),
    ".json": (_read_json, _TEXT_LIMIT),
    ".docx": (_read_word, _OFFICE_LIMIT),
    ".docm": (_read_word, _OFFICE_LIMIT),
    ".xlsx": (_read_sheets, _OFFICE_LIMIT),
    ".xlsm": (_read_sheets, _OFFICE_LIMIT),
    ".pdf": (_read_pdf, _OFFICE_LIMIT),
    ".ofd": (_read_ofd, _OFFICE_LIMIT),
    ".doc": (_read_old_text, _OFFICE_LIMIT),
    ".wps": (_read_old_text, _OFFICE_LIMIT),
    ".rtf": (_read_old_text, _OFFICE_LIMIT),
    ".odt": (_read_open_text, _OFFICE_LIMIT),
    ".xls": (_read_old_sheets, _OFFICE_LIMIT),
    ".et": (_read_old_sheets, _OFFICE_LIMIT),
    ".ods": (_read_open_sheets, _OFFICE_LIMIT),
}

_CONVERTING = (_read_old_text, _read_old_sheets, _read_open_text, _read_open_sheets)

_EXPORTED = frozenset({".doc", ".docx", ".wps", ".rtf", ".xls", ".xlsx", ".et"})
"""Suffixes under which systems export what is a web page, for Word and Excel open it all the same."""

_KINDS = {
    ".html": (_TEXT, _ARCHIVE),
    ".htm": (_TEXT, _ARCHIVE),
    ".mht": (_ARCHIVE,),
    ".mhtml": (_ARCHIVE,),
    ".docx": (_OLE, "DOCX", "ZIP"),
    ".docm": (_OLE, "DOCX", "ZIP"),
    ".xlsx": (_OLE, "XLSX", "ZIP"),
    ".xlsm": (_OLE, "XLSX", "ZIP"),
    ".pdf": ("PDF",),
    ".ofd": ("OFD", "ZIP"),
    ".doc": (_OLE, "RTF", "DOCX", "ZIP"),
    ".wps": (_OLE, "RTF", "DOCX", "ZIP"),
    ".rtf": ("RTF",),
    ".odt": ("ODF", "ZIP"),
    ".xls": (_OLE, "XLSX", "ZIP"),
    ".et": (_OLE, "XLSX", "ZIP"),
    ".ods": ("ODF", "ZIP"),
}
"""What the first bytes may show for a suffix: an OLE container also holds an encrypted document, and a package may
name its parts late. Word and WPS themselves save RTF and DOCX under older suffixes. Text for all others."""

SUFFIXES = tuple(_READERS)
"""The suffixes of files that can be read, in lower case."""

CONVERTED = frozenset(suffix for suffix, (reader, _) in _READERS.items() if reader in _CONVERTING)
"""Those of them that LibreOffice may have to convert."""
