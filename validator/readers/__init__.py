"""Files as users have them -> documents, each carrier by a reader of its own; JSON is read as a report at once."""

import os
import re
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from validator.errors import ReadError
from validator.model.document import Document, Remark
from validator.model.report import Report
from validator.patterns import Pattern

from .opening import ARCHIVE, OLE, PAGE, PAGE_LIMIT, SCANS_WANTED, TEXT, Carrier, load, too_large

_MEGABYTE = 2**20
_TEXT_LIMIT = 32 * _MEGABYTE
_OFFICE_LIMIT = 64 * _MEGABYTE  # pictures and scanned stamps are part of these files

SECONDS = 120.0
"""What a file may take, if nothing else is said."""
_seconds: ContextVar[float] = ContextVar("seconds", default=SECONDS)
"""What the file at hand may take in another program: few readers ask one, and readers take bytes and a name alone."""

_WEB = (PAGE, ARCHIVE)

_TAG = Pattern(
    r"<(?:!doctype|html|head|body|meta|title|table|tbody|t[rdh]|p|div|br|span|font|h[1-6]|[uo]l|li|pre|center|section"
    r"|article|strong)[\s/>]",
    re.IGNORECASE,
)
_HTML_IN_TEXT = Pattern(r"<(?:html|body|!doctype\s+html)[\s>]|<table[\s>].*<tr[\s>]", re.IGNORECASE | re.DOTALL)


def read(path: Path, seconds: float = SECONDS, member: str = "", *, scans: bool = True) -> Document | Report:
    """Read a file, or a member of an archive, by its suffix; JSON is a report already, with nothing left to extract.

    Where another program converts the file first, it has so many seconds. `scans`: pictures are read where what that
    takes is installed. Raises ReadError if it cannot be opened, is
    empty or too large, is of another kind than its suffix says, is what this program wrote itself, or cannot be read as
    what it is.
    """
    source = f"{path.as_posix()}!{member}" if member else path.as_posix()
    suffix = (Path(member) if member else path).suffix.lower()
    if suffix not in _CARRIERS:
        known = " ".join(SUFFIXES)
        raise ReadError("unknown-suffix", suffix=suffix, known=known) if suffix else ReadError("no-suffix", known=known)
    carrier = _CARRIERS[suffix]
    _seconds.set(seconds)
    data, actual = load(path, member, suffix, carrier)
    wanted = SCANS_WANTED.set(scans)
    try:
        if actual in _WEB and carrier.exported:
            return _read_exported(data, source, actual, suffix)
        return _read_archive(data, source) if actual == ARCHIVE else carrier.reader(data, source)
    finally:
        SCANS_WANTED.reset(wanted)


def load_source(source: str) -> tuple[bytes, str]:
    """Give the bytes of what a result names as its source, a file or a member of an archive, and what they are.

    Raises ReadError as `read`.
    """
    path, member = source, ""
    while not os.path.exists(path) and "!" in path:
        path = path.rpartition("!")[0]
        member = source[len(path) + 1 :]
    suffix = os.path.splitext(source)[1].lower()
    return load(Path(path), member, suffix, _CARRIERS[suffix])


def _read_exported(data: bytes, source: str, actual: str, suffix: str) -> Document:
    """Read a page that a program exported under the suffix of an office's file, and say so."""
    document = (_read_page if actual == PAGE else _read_archive)(data, source)
    remark = Remark("page-under-suffix", {"suffix": suffix})
    return replace(document, remarks=(remark, *document.remarks))


def _read_archive(data: bytes, source: str) -> Document:
    from .web import find_page

    page = find_page(data).page
    if len(page) > PAGE_LIMIT:
        raise too_large(len(page), PAGE_LIMIT)
    return _read_page(page, source)


def _read_page(data: bytes, source: str) -> Document:
    from .decoding import decode_page, find_ignores

    text, markup, remarks = decode_page(data)
    _refuse_blank(text)
    remarks += find_ignores(text)
    if not _TAG.search(text):
        from .text import read_text

        return replace(read_text(text, source), remarks=remarks)
    from .web import read_markup

    del data, text  # while a page is parsed there is no need to hold it three times over
    document = read_markup(markup, source, remarks)
    if not document.blocks:
        raise ReadError("no-text")
    return document


def _read_lines(data: bytes, source: str, *, markdown: bool = False) -> Document:
    from .decoding import decode, find_ignores, hide_comments

    text, remarks = decode(data, html=False)
    if markdown:
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


def _read_picture(data: bytes, source: str) -> Document:
    from .scans.files import read_picture

    return read_picture(data, source)


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


def _refuse_blank(text: str) -> None:
    if not text or text.isspace():
        raise ReadError("empty")


# An OLE container also holds an encrypted document, and a package may name its parts late. Word and WPS themselves save
# RTF and DOCX under older suffixes.
_OLD_WORD = Carrier(_read_old_text, _OFFICE_LIMIT, (OLE, "RTF", "DOCX", "ZIP"), exported=True)
_OLD_SHEETS = Carrier(_read_old_sheets, _OFFICE_LIMIT, (OLE, "XLSX", "ZIP"), exported=True)
_PICTURE = Carrier(_read_picture, _OFFICE_LIMIT, ("PNG", "JPEG", "TIFF"))
_CARRIERS = {
    ".html": Carrier(_read_page, PAGE_LIMIT, (TEXT, ARCHIVE)),
    ".htm": Carrier(_read_page, PAGE_LIMIT, (TEXT, ARCHIVE)),
    ".mht": Carrier(_read_archive, _OFFICE_LIMIT, (ARCHIVE,)),
    ".mhtml": Carrier(_read_archive, _OFFICE_LIMIT, (ARCHIVE,)),
    ".txt": Carrier(_read_lines, _TEXT_LIMIT),
    ".md": Carrier(_read_markdown, _TEXT_LIMIT),
    ".json": Carrier(_read_json, _TEXT_LIMIT),
    ".docx": Carrier(_read_word, _OFFICE_LIMIT, (OLE, "DOCX", "ZIP"), exported=True),
    ".docm": Carrier(_read_word, _OFFICE_LIMIT, (OLE, "DOCX", "ZIP"), exported=True),
    ".xlsx": Carrier(_read_sheets, _OFFICE_LIMIT, (OLE, "XLSX", "ZIP"), exported=True),
    ".xlsm": Carrier(_read_sheets, _OFFICE_LIMIT, (OLE, "XLSX", "ZIP"), exported=True),
    ".pdf": Carrier(_read_pdf, _OFFICE_LIMIT, ("PDF",)),
    ".ofd": Carrier(_read_ofd, _OFFICE_LIMIT, ("OFD", "ZIP")),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff"), _PICTURE),
    ".doc": _OLD_WORD,
    ".wps": _OLD_WORD,
    ".rtf": Carrier(_read_old_text, _OFFICE_LIMIT, ("RTF",), exported=True),
    ".odt": Carrier(_read_open_text, _OFFICE_LIMIT, ("ODF", "ZIP"), exported=True),
    ".xls": _OLD_SHEETS,
    ".et": _OLD_SHEETS,
    ".ods": Carrier(_read_open_sheets, _OFFICE_LIMIT, ("ODF", "ZIP"), exported=True),
}

SUFFIXES = tuple(suffix for suffix, carrier in _CARRIERS.items() if carrier is not _PICTURE)
"""The suffixes of files that are looked for in folders, in lower case: pictures beside a page are none of them."""

_CONVERTING = (_read_old_text, _read_old_sheets, _read_open_text, _read_open_sheets)
CONVERTED = frozenset(suffix for suffix, carrier in _CARRIERS.items() if carrier.reader in _CONVERTING)
"""Those of them that LibreOffice may have to convert."""
