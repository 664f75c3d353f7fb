"""Hostile workbooks."""

import re
from collections.abc import Iterator

from hostile.case import READ, Hostile
from hostile.ole import encrypted_package
from hostile.packing import members_of, pack, pack_blanks, part_of, repack, write_zip
from hostile.sound import other_sheets, sheets
from hostile.xml_bombs import TYPES, arm, nest

_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_BOOK = "xl/workbook.xml"
_DAMAGED = ("damaged", "wrong-suffix")
_MUCH = ("too-much-packed", "damaged")
_NO_REPORT = ("not-a-report", "no-text-inside", *_MUCH)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cases() -> Iterator[Hostile]:
    """Give the cases."""
    yield Hostile("password.xlsx", ("encrypted",), encrypted_package)
    yield from _bombs()
    for name, document_type in TYPES.items():
        build = lambda t=document_type: _armed(_STRINGS, t, b"</t>")  # noqa: E731
        yield Hostile(f"entities in strings, {name}.xlsx", ("unsafe-xml",), build)
    yield Hostile("entities in a sheet.xlsx", ("unsafe-xml",), lambda: _armed(_SHEET, TYPES["file"], b"</v>"))
    yield Hostile("entities in the book.xlsx", ("unsafe-xml",), lambda: _armed(_BOOK, TYPES["laughs"], b"<sheets"))
    yield from _wrong_structure()
    yield from _wrong_cells()
    yield from _harmless()
    yield Hostile("not a report.xlsx", ("not-a-report",), other_sheets)


def _bombs() -> Iterator[Hostile]:
    yield Hostile("bomb by ratio.xlsx", _MUCH, lambda: _with_blanks(_SHEET))
    yield Hostile("bomb in the strings.xlsx", _MUCH, lambda: _with_blanks(_STRINGS))
    yield Hostile("bomb beside.xlsx", (*_MUCH, READ), lambda: _with_blanks("xl/media/a.png"))
    yield Hostile("nested deeply.xlsx", _MUCH, lambda: _rows(nest(100_000, "row")))
    yield Hostile("rows by the million.xlsx", _NO_REPORT, lambda: _rows(b'<row s="1" customFormat="1"/>' * 10**6))
    yield Hostile(
        "cells by the million.xlsx", _NO_REPORT, lambda: _rows(b"<row>" + b"<c><v>1</v></c>" * 10**6 + b"</row>")
    )
    yield Hostile("cells by the ten thousand.xlsx", _NO_REPORT, lambda: _rows(_block(300, 60)))
    yield Hostile("cells far out.xlsx", _NO_REPORT, lambda: _rows(_far_cells()))
    yield Hostile("sheets by the thousand.xlsx", (READ, *_MUCH), _many_sheets)
    merges = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 20_001))
    yield Hostile("merges by the thousand.xlsx", (READ, *_NO_REPORT), lambda: _with_merges(merges))


def _wrong_structure() -> Iterator[Hostile]:
    yield Hostile("no workbook.xlsx", _DAMAGED, lambda: repack(sheets(), {_BOOK: None}))
    yield Hostile("no sheet.xlsx", _DAMAGED, lambda: repack(sheets(), {_SHEET: None}))
    yield Hostile("blank sheet.xlsx", _DAMAGED, lambda: repack(sheets(), {_SHEET: b""}))
    yield Hostile("broken XML.xlsx", _DAMAGED, lambda: repack(sheets(), {_SHEET: part_of(sheets(), _SHEET)[:-99]}))
    yield Hostile("no strings.xlsx", _DAMAGED, lambda: repack(sheets(), {_STRINGS: None}))
    yield Hostile("another root.xlsx", (*_DAMAGED, *_NO_REPORT), lambda: repack(sheets(), {_SHEET: b"<html/>"}))
    yield Hostile(
        "no relations.xlsx", (*_DAMAGED, READ), lambda: repack(sheets(), {"xl/_rels/workbook.xml.rels": None})
    )


def _wrong_cells() -> Iterator[Hostile]:
    strange = b'<row r="1"><c r="A1" t="s"><v>%s</v></c></row>'
    for name, index in {"far": b"99999999", "negative": b"-1", "no number": b"x", "endless": b"9" * 5000}.items():
        yield Hostile(f"string index {name}.xlsx", _NO_REPORT, lambda i=index: _rows(strange % i))
    for name, place in {
        "no row": b"A",
        "row 0": b"A0",
        "no column": b"7",
        "beyond": b"ZZZZZ99999999",
        "blank": b"",
    }.items():
        row = b'<row r="1"><c r="%s"><v>1</v></c></row>' % place
        yield Hostile(f"reference {name}.xlsx", (*_DAMAGED, *_NO_REPORT), lambda r=row: _rows(r))
    odd = b"".join(b"<row><c><v>%s</v></c></row>" % v for v in (b"NaN", b"1e999", b"-INF", b"x", b"9" * 400, b""))
    yield Hostile("strange values.xlsx", _NO_REPORT, lambda: _rows(odd))
    loop = b"<row r='1'><c r='A1'><f>B1</f><v>1</v></c><c r='B1'><f>A1</f><v>2</v></c></row>"
    yield Hostile("formulas in a circle.xlsx", _NO_REPORT, lambda: _rows(loop))
    nested = b"<row><c><f>%s1%s</f><v>1</v></c></row>" % (b"(" * 8000, b")" * 8000)
    yield Hostile("nested formula.xlsx", _NO_REPORT, lambda: _rows(nested))
    wide = b"<row><c><f>SUM(A1:XFD1048576)+SUM(A:XFD)</f><v>1</v></c></row>" * 2000
    yield Hostile("formulas over everything.xlsx", _NO_REPORT, lambda: _rows(wide))


def _harmless() -> Iterator[Hostile]:
    yield Hostile("last cell.xlsx", (READ,), _with_last_cell)
    yield Hostile("last cell, styled.xlsx", (READ,), lambda: _with_last_cell(b'<c r="XFD1048576" s="0"/>'))
    merge = b'<mergeCell ref="P1:XFD1048576"/>'
    yield Hostile("merge over the sheet.xlsx", (READ,), lambda: _with_merges(merge))
    yield Hostile("macros.xlsm", (READ,), _with_macros)
    yield Hostile("other workbooks.xlsx", (READ,), _with_links)


def _armed(name: str, document_type: bytes, before: bytes) -> bytes:
    part = part_of(sheets(), name)
    if not part.startswith(b"<?xml"):
        part = b'<?xml version="1.0"?>' + part
    return repack(sheets(), {name: arm(part, document_type, before)})


def _with_blanks(name: str) -> bytes:
    return write_zip([pack_blanks(name, 500), *(own for own in members_of(sheets()) if own.name != name)])


def _rows(rows: bytes) -> bytes:
    text = f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>'.encode()
    return repack(sheets(), {_SHEET: text + rows + b"</sheetData></worksheet>"})


def _block(rows: int, columns: int) -> bytes:
    return (b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>") * rows


def _far_cells() -> bytes:
    return b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n * 1000, n * 1000) for n in range(1, 1049))


def _with_last_cell(cell: bytes = b'<c r="XFD1048576"><v>1</v></c>') -> bytes:
    end = b'<row r="1048576">' + cell + b"</row></sheetData>"
    return repack(sheets(), {_SHEET: part_of(sheets(), _SHEET).replace(b"</sheetData>", end)})


def _with_merges(merges: bytes) -> bytes:
    part = re.sub(rb"<mergeCells[^>]*>", lambda found: found[0] + merges, part_of(sheets(), _SHEET), count=1)
    assert merges in part
    return repack(sheets(), {_SHEET: part})


def _many_sheets() -> bytes:
    entries = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(2, 3000))
    book = part_of(sheets(), _BOOK)
    named = re.sub(rb"<sheet [^>]*/>", lambda found: found[0] + entries, book, count=1)
    declared = (
        named.replace(b"<workbook ", f'<workbook xmlns:r="{_OFFICE}" '.encode()) if b"xmlns:r=" not in named else named
    )
    return repack(sheets(), {_BOOK: declared})


def _with_macros() -> bytes:
    types = part_of(sheets(), "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return repack(
        sheets(), {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Auto_Open" * 999}
    )


def _with_links() -> bytes:
    link = f'<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_OFFICE}" r:id="rId1"/></externalLink>'.encode()
    target = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/externalLinkPath" Target="http://127.0.0.1:9/a.xlsx" TargetMode="External"/></Relationships>'
    ).encode()
    relations = part_of(sheets(), "xl/_rels/workbook.xml.rels").replace(
        b"</Relationships>",
        f'<Relationship Id="rIdL" Type="{_OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'.encode()
        + b"</Relationships>",
    )
    return write_zip(
        [
            *(own for own in members_of(sheets()) if own.name != "xl/_rels/workbook.xml.rels"),
            pack("xl/_rels/workbook.xml.rels", relations),
            pack("xl/externalLinks/externalLink1.xml", link),
            pack("xl/externalLinks/_rels/externalLink1.xml.rels", target),
        ]
    )
