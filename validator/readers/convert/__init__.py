"""Files of older programs (.doc .wps .rtf .odt, .xls .et .ods) -> the packages that they would be saved as today.

Before LibreOffice may open one it is looked at: what it holds, and whether it is encrypted or a bomb.
"""

import re
from pathlib import PurePath
from struct import pack, unpack_from
from typing import Literal

from validator.errors import ReadError
from validator.readers.package import OLE, open_package

from .office import OfficeFailedError, OfficeSlowError, close_office, find_office, office_at

_STREAMS = {"WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls"}
_ACTUAL = {".doc": "DOC", ".xls": "XLS"}
_ENCRYPTED_WORD = 0x0100
_FILE_PASS = 0x2F
_MOST_CELLS = 300_000
_DEEPEST_GROUP = 1000  # LibreOffice takes some kilobytes for each group that is open
_BRACE = re.compile(rb"\\[{}\\]|[{}]")
_ROW_OR_CELL = re.compile(rb"<table:table-(?:(row)|cell)\b([^>]*)>")
_REPEATED = re.compile(rb"-repeated=\"(\d{1,9})\"")
_LONGEST_START = 40  # records at the start of a workbook, before those that hold anything


def convert(data: bytes, source: str, target: Literal["docx", "xlsx"], seconds: float = 120) -> bytes:
    """Give the bytes of a file as docx or xlsx, converted by LibreOffice, which runs nothing in it and fetches nothing.

    It has so many seconds, and as many once more in a fresh LibreOffice. Raises ReadError: what `_inspect` raises,
    "needs-office" if LibreOffice is not there, "office-failed" if it cannot open the file, "office-slow" if it does
    not come to an end.
    """
    suffix = PurePath(source).suffix.lower()
    given = _inspect(data, suffix, target)
    program = find_office()
    if program is None:
        raise ReadError("needs-office", suffix=suffix, better=f".{target}")
    try:
        try:
            return _convert(data, given, target, program, seconds)
        except OfficeSlowError:
            # It was busy with what an earlier file left behind, or the computer was; once more, then.
            close_office()
            return _convert(data, given, target, program, seconds)
    except OfficeSlowError as error:
        close_office()
        raise ReadError("office-slow", seconds=error.seconds, suffix=suffix, better=f".{target}") from None
    except OfficeFailedError as error:
        raise ReadError("office-failed", suffix=suffix, better=f".{target}", detail=str(error)) from None


def _convert(data: bytes, given: str, target: str, program: str, seconds: float) -> bytes:
    office = office_at(program)
    is_fresh = not office.files
    try:
        return office.convert(data, given, target, seconds)
    except OfficeFailedError:
        # An earlier file may have left it in a bad state; one that brings a fresh one down is not tried again.
        if is_fresh or not office.is_worn:
            raise
        return office_at(program).convert(data, given, target, seconds)


def _inspect(data: bytes, suffix: str, target: str) -> str:
    """Give the suffix under which LibreOffice should get a file that is to become a docx or an xlsx.

    Raises ReadError: "encrypted", "too-deep", "wrong-suffix" for figures where text is expected and the other way
    round, and what open_package raises for a package.
    """
    if data.startswith(OLE):
        return _inspect_ole(data, suffix, target)
    if data.startswith(b"PK"):
        package = open_package(data, "ODF", suffix=suffix)
        manifest = package.find("META-INF/manifest.xml")
        if manifest and b"encryption-data" in package.read(manifest):
            raise ReadError("encrypted")
        for name in package.names:
            part = package.read(name)
            if name.endswith(".xml") and b"<!DOCTYPE" in part:
                raise ReadError("unsafe-xml", part=name[:60])
            if name == "content.xml" and _count_cells(part) > _MOST_CELLS:
                raise ReadError("too-much-packed", what=f"{name}: > {_MOST_CELLS} cells", limit=f"{_MOST_CELLS} cells")
        return suffix
    if not data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"{\\rtf"):
        return suffix
    _refuse_deep_groups(data)
    return ".rtf"


def _refuse_deep_groups(data: bytes) -> None:
    """Raise ReadError("too-deep") for RTF whose groups lie in each other as no program writes them."""
    depth = 0
    for found in _BRACE.finditer(data):
        brace = found[0]
        depth += (brace == b"{") - (brace == b"}")
        if depth > _DEEPEST_GROUP:
            raise ReadError("too-deep")


def _count_cells(content: bytes) -> int:
    """Count the cells of sheets that hold something, each as often as it is repeated; blank ones cost nothing."""
    rows, cells = 1, 0
    for found in _ROW_OR_CELL.finditer(content):
        repeated = _REPEATED.search(found[2])
        times = int(repeated[1]) if repeated else 1
        if found[1]:
            rows = times
        elif not found[2].endswith(b"/"):
            cells += rows * times
    return cells


def _inspect_ole(data: bytes, suffix: str, target: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError("encrypted")
    for name, kind in _STREAMS.items():
        start = _find_stream(data, name)
        if start is None:
            continue
        if kind == ".doc" and len(data) >= start + 12 and unpack_from("<H", data, start + 10)[0] & _ENCRYPTED_WORD:
            raise ReadError("encrypted")
        if kind == ".xls" and _asks_for_password(data, start):
            raise ReadError("encrypted")
        if (kind == ".doc") != (target == "docx"):
            raise ReadError("wrong-suffix", suffix=suffix, actual=_ACTUAL[kind])
        return kind
    return {"docx": ".doc", "xlsx": ".xls"}[target]


def _find_stream(data: bytes, name: str) -> int | None:
    """Give where the first sector of a stream begins: its entry in the directory holds its name in 64 bytes."""
    spelled = name.encode("utf-16-le")
    entry = data.find(spelled.ljust(64, b"\0") + pack("<HB", len(spelled) + 2, 2), 512)
    if entry < 0 or len(data) < entry + 128:
        return None
    shift = min(unpack_from("<H", data, 30)[0], 12)
    sector: int = unpack_from("<I", data, entry + 116)[0]
    start = (sector + 1) << shift
    return start if start < len(data) else None


def _asks_for_password(data: bytes, start: int) -> bool:
    """Whether a workbook says near its start that what follows is encrypted."""
    for _ in range(_LONGEST_START):
        if len(data) < start + 4:
            return False
        kind, length = unpack_from("<HH", data, start)
        if kind == _FILE_PASS:
            return True
        start += 4 + length
    return False
