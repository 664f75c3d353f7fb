"""Workbooks, made with openpyxl."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter
from sheet_writer import sheet_bytes
from variants.frame import TOKEN, Draft, Way, corrected, earlier, footnoted, pieces
from word_writer import place_cells
from xlsxwriter.worksheet import Worksheet

SUFFIX = ".xlsx"
SUFFIXES: dict[str, str] = {}


def _open(draft: Draft, *, sections: bool = False) -> Workbook:
    return load_workbook(BytesIO(sheet_bytes(draft.report, sheet_a_section=sections)))


def _save(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _figures(book: Workbook) -> Iterator[Cell]:
    return (
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int) and cell.value
    )


def _rich(make: Callable[[Draft], Draft], font: InlineFont, draft: Draft) -> bytes:
    book = _open(make(draft))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and TOKEN.search(cell.value):
                    cell.value = CellRichText(
                        [TextBlock(font, text) if kind else text for kind, text in pieces(cell.value)]
                    )
    return _save(book)


def _formatted(code: str, draft: Draft) -> bytes:
    book = _open(draft)
    for cell in _figures(book):
        if draft.random.random() < 0.4:
            cell.number_format = code
    return _save(book)


def _dusty(draft: Draft) -> bytes:
    book = _open(draft)
    for cell in _figures(book):
        if draft.random.random() < 0.4:
            cell.value = cell.value + draft.random.choice((1e-10, -1e-10, 3e-12)) * max(1, cell.value / 1e3)
            cell.number_format = draft.random.choice(("0", "General"))
    return _save(book)


def _as_text(pattern: str, draft: Draft) -> bytes:
    book = _open(draft)
    for cell in _figures(book):
        if draft.random.random() < 0.4:
            cell.value = pattern.format(cell.value)
    return _save(book)


def _coloured(draft: Draft) -> bytes:
    """Set figures in a font of their own."""
    book = _open(draft)
    for cell in _figures(book):
        cell.font = Font(bold=True, color="FF0000")
    return _save(book)


def _narrow(draft: Draft) -> bytes:
    book = _open(draft)
    sheet = book.active
    for column in range(18, 22):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    return _save(book)


def _two_sheets(draft: Draft) -> bytes:
    book = _open(draft)
    book.active.title = str(draft.year)
    other = _open(earlier(draft)).active
    sheet = book.create_sheet(str(draft.year - 1))
    for row in other.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.cell(cell.row, cell.column, cell.value)
    for area in other.merged_cells.ranges:
        sheet.merge_cells(str(area))
    return _save(book)


def _two_beside(gap: int, draft: Draft) -> bytes:
    """Set the report of the year before beside that of the year, blank columns between."""
    book = _open(draft)
    sheet, other = book.active, _open(earlier(draft)).active
    shift = sheet.max_column + gap
    for row in other.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.cell(cell.row, cell.column + shift, cell.value)
    for area in other.merged_cells.ranges:
        area.shift(shift, 0)
        sheet.merge_cells(area.coord)
    return _save(book)


def _moved(rows: int, columns: int, every: int, draft: Draft) -> bytes:
    """Let the report begin further down and to the right, its rows apart."""
    source, book = _open(draft).active, Workbook()
    sheet = book.active
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.cell(cell.row * every + rows, cell.column + columns, cell.value)
    for area in source.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        sheet.merge_cells(None, top * every + rows, left + columns, bottom * every + rows, right + columns)
    return _save(book)


def _former(by_row: bool, draft: Draft) -> bytes:
    """Hide a row or a column with other figures before the one that counts, of the same labels."""
    source, book = _open(draft).active, Workbook()
    sheet = book.active
    rows = [row[0].row for row in source.iter_rows() if any(isinstance(cell.value, int) for cell in row)]
    at = draft.random.choice(rows) if by_row else draft.random.choice((4, 5, 6, 7))
    for cell in (cell for row in source.iter_rows() for cell in row if cell.value is not None):
        down, right = (int(cell.row >= at), 0) if by_row else (0, int(cell.column >= at))
        sheet.cell(cell.row + down, cell.column + right, cell.value)
    for area in source.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        if by_row:
            sheet.merge_cells(None, top + (top >= at), left, bottom + (bottom >= at), right)
        else:
            sheet.merge_cells(None, top, left + (left >= at), bottom, right + (right >= at))
    for cell in source[at] if by_row else source[get_column_letter(at)]:
        copied = sheet.cell(cell.row, cell.column)
        if cell.value is not None and not isinstance(copied, MergedCell):
            copied.value = cell.value + 7 if isinstance(cell.value, int) else cell.value
    if by_row:
        sheet.row_dimensions[at].hidden = True
    else:
        sheet.column_dimensions[get_column_letter(at)].hidden = True
    return _save(book)


def _unmerged(draft: Draft) -> bytes:
    book = _open(draft)
    for area in list(book.active.merged_cells.ranges):
        book.active.unmerge_cells(area.coord)
    return _save(book)


def _bordered(draft: Draft) -> bytes:
    book, side = _open(draft), Side(style="thin")
    for row in book.active.iter_rows():
        for cell in row:
            cell.border = Border(side, side, side, side)
    return _save(book)


def _broken_labels(draft: Draft) -> bytes:
    book = _open(draft)
    for row in book.active.iter_rows(min_row=4):
        for cell in row:
            if isinstance(cell.value, str) and len(cell.value) > 6:
                cell.value = f"{cell.value[:4]}\n{cell.value[4:]}"
    return _save(book)


def _by_xlsxwriter(put: Callable[[Worksheet, int, int, int], object], draft: Draft) -> bytes:
    """Write the workbook by XlsxWriter; `put` writes a figure into a row and column from 0."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("年报")
    boxed = book.add_format({"border": 1, "text_wrap": True})
    sheet.merge_range(0, 0, 0, 14, draft.report.title)
    top = 1
    for heading, paragraphs, tables in draft.report.sections:
        for text in (heading, *paragraphs):
            sheet.write(top, 0, text)
            top += 1
        for table in tables:
            height = 0
            for row, column, cell in place_cells(table):
                height = max(height, row + cell.rowspan)
                if cell.colspan > 1 or cell.rowspan > 1:
                    bottom, right = top + row + cell.rowspan - 1, column + cell.colspan - 1
                    sheet.merge_range(top + row, column, bottom, right, cell.text, boxed)
                if cell.figure and cell.text.isdecimal():
                    put(sheet, top + row, column, int(cell.text))
                else:
                    sheet.write(top + row, column, cell.text, boxed)
            top += height
    book.close()
    return target.getvalue()


def _rewritten(changes: dict[bytes, bytes], draft: Draft) -> bytes:
    """Write the parts of the workbook as other programs do: patterns and what takes their place."""
    source, target = ZipFile(BytesIO(sheet_bytes(draft.report))), BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            part = source.read(name)
            for pattern, by in changes.items() if name.startswith("xl/") and "rels" not in name else ():
                part = re.sub(pattern, by, part)
            packed.writestr(name, part)
    return target.getvalue()


_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006"
_REWRITTEN: dict[str, dict[bytes, bytes]] = {
    "strict": {_MAIN: b"http://purl.oclc.org/ooxml/spreadsheetml"},
    "prefixed": {b"xmlns=": b"xmlns:x=", rb"<(/?)([A-Za-z]\w*)(?=[\s/>])": rb"<\1x:\2"},
    "floats": {rb"<v>(\d+)</v>": rb"<v>\1.0</v>"},
    "exponents": {rb"<v>([1-9])(\d)</v>": rb"<v>\1.\2E1</v>"},
}
_CODES = {
    "thousands": "#,##0",
    "unit": '0"件"',
    "decimals": "#,##0.00",
    "scaled": "#,##0,",
    "accounting": '_-* #,##0_-;-* #,##0_-;"-"',
}
_TEXTS = {"text": "{}", "noted": "{}[1]", "circled": "{}②", "starred": "{}*", "power": "{}²", "spaced": " {} "}

WAYS: dict[str, Way] = {
    "plain": lambda draft: sheet_bytes(draft.report),
    "sections": lambda draft: sheet_bytes(draft.report, sheet_a_section=True),
    "coloured": _coloured,
    "dusty": _dusty,
    "hidden-beside": _narrow,
    "raised": partial(_rich, footnoted, InlineFont(vertAlign="superscript")),
    "struck": partial(_rich, corrected, InlineFont(strike=True)),
    **{f"format-{name}": partial(_formatted, code) for name, code in _CODES.items()},
    **{f"text-{name}": partial(_as_text, pattern) for name, pattern in _TEXTS.items()},
    "moved": partial(_moved, 4, 2, 1),
    "rows-apart": partial(_moved, 0, 0, 2),
    "former-row": partial(_former, True),
    "former-column": partial(_former, False),
    "unmerged": _unmerged,
    "bordered": _bordered,
    "broken-labels": _broken_labels,
    "xlsxwriter": partial(_by_xlsxwriter, lambda sheet, row, column, figure: sheet.write(row, column, figure)),
    "formulas": partial(
        _by_xlsxwriter,
        lambda sheet, row, column, figure: sheet.write_formula(row, column, f"={figure - 1}+1", None, figure),
    ),
    **{name: partial(_rewritten, changes) for name, changes in _REWRITTEN.items()},
    "two-sheets": _two_sheets,
    "two-beside": partial(_two_beside, 1),
    "two-apart": partial(_two_beside, 4),
}
