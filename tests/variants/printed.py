"""What is printed on sheets of paper: lines cut into pieces, for writers that print each kind in their manner."""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from sheet_setter import Sheet, breadth, set_report
from typeset.grid import PrintedCell, PrintedReport, PrintedTable
from variants.frame import RAISED, STRUCK, TOKEN, UNSEEN, Draft

_SIGNS = {RAISED: 0xE100, STRUCK: 0xE200, UNSEEN: 0xE300}


class Ink(NamedTuple):
    """A piece of a printed line: what it is ("" or a kind of mark), its text, and where its base line begins, in mm."""

    kind: str
    text: str
    x: float
    y: float
    size: float

    @property
    def width(self) -> float:
        """Give how wide it is, in mm."""
        return breadth(self.text, self.size)


def set_draft(draft: Draft) -> list[Sheet]:
    """Set a draft on sheets; a mark is set in signs of its own, so that it wraps with what it stands beside."""
    return set_report(change_cells(draft.report, _encode), draft.random)


def change_cells(report: PrintedReport, change: Callable[[str], str]) -> PrintedReport:
    """Give the report with the text of each cell of its tables changed."""

    def dress(table: PrintedTable) -> PrintedTable:
        return PrintedTable(table.width, [[_with(cell, change(cell.text)) for cell in row] for row in table.rows])

    sections = [(heading, texts, [dress(table) for table in tables]) for heading, texts, tables in report.sections]
    return PrintedReport(report.title, sections)


def _with(cell: PrintedCell, text: str) -> PrintedCell:
    return PrintedCell(text, cell.colspan, cell.rowspan, cell.figure)


def _encode(text: str) -> str:
    return TOKEN.sub(lambda found: "".join(chr(_SIGNS[found[1]] + ord(sign)) for sign in found[2]), text)


def inks(sheet: Sheet) -> Iterator[Ink]:
    """Give what the lines of a sheet print, piece by piece."""
    for line in sheet.lines:
        x, start = line.x, 0
        kinds = [_kind(sign) for sign in line.text]
        for end in range(1, len(kinds) + 1):
            if end == len(kinds) or kinds[end] != kinds[start]:
                kind = kinds[start]
                text = "".join(chr(ord(sign) - _SIGNS.get(kind, 0)) for sign in line.text[start:end])
                ink = Ink(kind, text, x, line.y, line.size)
                yield ink
                x, start = x + ink.width, end


def _kind(sign: str) -> str:
    return next((kind for kind, first in _SIGNS.items() if first <= ord(sign) < first + 0x100), "")


def raise_ink(ink: Ink, size: float, height: float) -> Ink:
    """Give a mark in another size, raised; both in sizes of the line."""
    return ink._replace(size=size * ink.size, y=ink.y - height * ink.size)


@dataclass(frozen=True)
class Bar:
    """A line on a page in mm, from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float
    thick: float = 0.2


def strike(ink: Ink, *, slant: float = 0.0, high: float = 0.32) -> Bar:
    """Give the line through a piece of text; `slant` in sizes of the text."""
    y, off = ink.y - high * ink.size, slant * ink.size / 2
    return Bar(ink.x - 0.1, y + off, ink.x + ink.width + 0.1, y - off)


def without_rulings(sheets: list[Sheet]) -> list[Sheet]:
    """Give sheets whose tables are not ruled."""
    return [replace(sheet, tables=[]) for sheet in sheets]


def grey_picture(side: int = 8) -> bytes:
    """Give a grey picture as PNG."""
    rows = zlib.compress(b"".join(b"\0" + b"\xc0" * side for _ in range(side)))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
