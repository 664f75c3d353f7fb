"""Hostile files of the kinds that LibreOffice opens."""

from collections.abc import Iterator
from random import Random

from hostile.case import READ, TOLD, Hostile
from hostile.ole import encrypted_word, encrypted_workbook, write_ole
from hostile.packing import pack, pack_blanks, write_zip
from hostile.sound import rtf
from hostile.xml_bombs import TYPES, arm, nest

_FAILED = ("office-failed", "damaged", "no-text-inside", "not-a-report", "binary", "wrong-suffix")
_SLOW = ("office-slow", "too-much-packed", *_FAILED)
_TEXT = "application/vnd.oasis.opendocument.text"
_TABLES = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "manifest")
)


def cases() -> Iterator[Hostile]:
    """Give the cases."""
    yield Hostile("random.doc", _FAILED, lambda: write_ole({"Contents": Random(1).randbytes(9000)}), office=True)
    yield Hostile("header alone.doc", _FAILED, lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), office=True)
    yield Hostile("random.xls", _FAILED, lambda: write_ole({"Workbook": Random(2).randbytes(9000)}), office=True)
    yield Hostile("header alone.et", _FAILED, lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), office=True)
    yield Hostile("password.doc", ("encrypted", *_FAILED), encrypted_word, office=True)
    yield Hostile("password.xls", ("encrypted", *_FAILED), encrypted_workbook, office=True)
    yield Hostile("password.odt", ("encrypted",), _encrypted_odt, office=True)
    yield Hostile("nested.rtf", ("too-deep",), lambda: b"{\\rtf1" + b"{" * 200_000 + b"x", office=True)
    fetching = b'{\\field{\\*\\fldinst INCLUDEPICTURE "http://127.0.0.1:9/a.png"}}{\\object\\objdata 4d5a}\\par\n}'
    yield Hostile("fields that fetch.rtf", (READ, TOLD), lambda: rtf()[:-1] + fetching, office=True)
    yield Hostile("entities.odt", ("unsafe-xml", *_FAILED), lambda: _odt(TYPES["laughs"]), office=True)
    yield Hostile("entities of files.odt", ("unsafe-xml", *_FAILED), lambda: _odt(TYPES["file"]), office=True)
    yield Hostile("entities in UTF-16.odt", ("unsafe-xml", *_FAILED), _odt_in_utf16, office=True)
    yield Hostile("bomb.odt", _SLOW, _bomb_odt, office=True)
    deep = nest(100_000, "text:section").decode()
    yield Hostile(
        "nested deeply.odt", _SLOW, lambda: _package(_TEXT, _content(f"<office:text>{deep}</office:text>")), office=True
    )
    for name, place in {"files": "file:///etc/passwd", "the web": "http://127.0.0.1:9/a.odt"}.items():
        yield Hostile(f"section of {name}.odt", (TOLD, *_FAILED), lambda p=place: _linked_odt(p), office=True)
    yield Hostile("no content.odt", _FAILED, lambda: _package(_TEXT, b""), office=True)
    yield Hostile("repeated without end.ods", _SLOW, lambda: _ods(1048576, 16384), office=True)


def _package(kind: str, content: bytes, manifest: bytes = b"") -> bytes:
    parts = [pack("mimetype", kind.encode()), pack("META-INF/manifest.xml", manifest or _manifest(kind))]
    return write_zip([*parts, *([pack("content.xml", content)] if content else [])])


def _manifest(kind: str, inside: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><manifest:manifest {_SPACES}><manifest:file-entry manifest:full-path="/"'
        f' manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml"'
        f' manifest:media-type="text/xml">{inside}</manifest:file-entry></manifest:manifest>'
    ).encode()


def _content(body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.2">'
        f"<office:body>{body}</office:body></office:document-content>"
    ).encode()


def _odt(document_type: bytes) -> bytes:
    content = _content("<office:text><text:p>政府信息公开</text:p></office:text>")
    return _package(_TEXT, arm(content, document_type, b"</text:p>"))


def _odt_in_utf16() -> bytes:
    content = _content("<office:text><text:p>政府信息公开</text:p></office:text>")
    armed = arm(content, TYPES["file"], b"</text:p>").decode()
    return _package(_TEXT, armed.replace("UTF-8", "UTF-16").encode("utf-16"))


def _linked_odt(place: str) -> bytes:
    link = f'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{place}" text:filter-name="Text"'
    source = f"<text:section-source {link}/>"
    title = "<text:p>云溪县档案局2023年政府信息公开工作年度报告</text:p>"
    section = f'<text:section text:name="a">{source}<text:p>一、总体情况</text:p></text:section>'
    return _package(_TEXT, _content(f"<office:text>{title}{section}</office:text>"))


def _bomb_odt() -> bytes:
    return write_zip([pack("mimetype", _TEXT.encode()), pack_blanks("content.xml", 500)])


def _encrypted_odt() -> bytes:
    data = (
        '<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAA"><manifest:algorithm'
        ' manifest:algorithm-name="Blowfish CFB" manifest:initialisation-vector="AAAAAAAAAAA="/>'
        '<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:iteration-count="1024"'
        ' manifest:salt="AAAAAAAAAAAAAAAAAAAAAA=="/></manifest:encryption-data>'
    )
    return _package(_TEXT, Random(3).randbytes(5000), _manifest(_TEXT, data))


def _ods(rows: int, columns: int) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>1</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return _package(
        _TABLES, _content(f'<office:spreadsheet><table:table table:name="a">{row}</table:table></office:spreadsheet>')
    )
