"""The sound report that hostile files are made from, and that files which must be read are compared with."""

import re
from functools import cache
from io import BytesIO
from random import Random

from carriers.reports import printed
from docx import Document
from hostile.packing import part_of, repack
from hostile.pdf_writer import assemble, typeset_pages
from openpyxl import Workbook
from sheet_writer import sheet_bytes
from typeset import LAYOUTS
from typeset.grid import PrintedTable
from word_writer import place_cells, word_bytes

NAME = "sound_2021"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_INLINE = re.compile(rb'(<c [^>]*?)t="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
_STRINGS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_STRINGS = (
    b'<Relationship Id="rIdS" Target="sharedStrings.xml" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)


@cache
def page() -> bytes:
    """The report as HTML."""
    return LAYOUTS["page"][1](printed(NAME), Random(1)).encode()


@cache
def word() -> bytes:
    """The report as .docx."""
    return word_bytes(printed(NAME))


@cache
def sheets() -> bytes:
    """The report as .xlsx, its strings in a part of their own, as Excel keeps them."""
    package = sheet_bytes(printed(NAME))
    strings: list[bytes] = []

    def share(found: re.Match[bytes]) -> bytes:
        strings.append(b"<si>" + found[2] + b"</si>")
        return found[1] + b't="s"><v>%d</v></c>' % (len(strings) - 1)

    sheet = _INLINE.sub(share, part_of(package, "xl/worksheets/sheet1.xml"))
    shared = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{_MAIN}">'.encode() + b"".join(strings) + b"</sst>"
    types = part_of(package, "[Content_Types].xml").replace(b"</Types>", _STRINGS_TYPE + b"</Types>")
    relations = part_of(package, "xl/_rels/workbook.xml.rels").replace(
        b"</Relationships>", _STRINGS + b"</Relationships>"
    )
    parts = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared, "[Content_Types].xml": types}
    return repack(package, {**parts, "xl/_rels/workbook.xml.rels": relations})


@cache
def pdf_pages() -> tuple[bytes, ...]:
    """What the pages of the report print."""
    return tuple(typeset_pages(printed(NAME)))


@cache
def pdf() -> bytes:
    """The report as .pdf."""
    file, root = assemble(pdf_pages())
    return file.to_bytes(root)


@cache
def ofd() -> bytes:
    """The report as .ofd."""
    from ofd_writer import ofd_bytes

    return ofd_bytes(printed(NAME))


@cache
def rtf() -> bytes:
    """The report as .rtf: each row a paragraph of cells with their right edges."""
    lines = [printed(NAME).title]
    body = []
    for heading, paragraphs, tables in printed(NAME).sections:
        lines += [heading, *paragraphs]
        body += [f"{_escape(line)}\\par\n" for line in lines]
        lines = []
        for table in tables:
            body += _rtf_rows(table)
    return ("{\\rtf1\\ansi\\uc1\n" + "".join(body) + "}").encode("ascii")


def _rtf_rows(table: PrintedTable) -> list[str]:
    cells: list[list[tuple[str, int, str]]] = [[] for _ in table.rows]
    for row, column, cell in place_cells(table):
        for down in range(cell.rowspan):
            merge = "" if cell.rowspan == 1 else "\\clvmgf" if down == 0 else "\\clvmrg"
            cells[row + down].append((cell.text if down == 0 else "", column + cell.colspan, merge))
    rows = []
    for row in cells:
        row.sort(key=lambda cell: cell[1])
        edges = "".join(f"{merge}\\cellx{edge * 700}" for _, edge, merge in row)
        rows.append(f"\\trowd{edges}\n" + "".join(f"\\intbl {_escape(text)}\\cell\n" for text, _, _ in row) + "\\row\n")
    return [*rows, "\\pard\n"]


def _escape(text: str) -> str:
    return "".join(f"\\u{ord(sign)}?" if ord(sign) > 126 or sign in "{}\\" else sign for sign in text)


def other_word() -> bytes:
    """A Word document that is no report."""
    document, target = Document(), BytesIO()
    document.add_paragraph("关于春节放假的通知")
    document.add_table(2, 2).cell(0, 0).text = "日期"
    document.save(target)
    return target.getvalue()


def other_sheets() -> bytes:
    """A workbook that is no report."""
    workbook, target = Workbook(), BytesIO()
    workbook.active.append(["姓名", "电话"])
    workbook.active.append(["某人", 12345])
    workbook.save(target)
    return target.getvalue()
