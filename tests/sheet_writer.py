"""Writes a printed report as an Excel workbook, its tables with cells that are really merged."""

import re
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet
from typeset.grid import PrintedReport, PrintedTable
from word_writer import place_cells

WIDTH = 15
"""Columns that lines of text are merged over."""

_PLAIN = re.compile(r"0|[1-9][0-9]{0,14}")
_PARTED = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+")


def write_sheet(report: PrintedReport, path: Path, *, sheet_a_section: bool = False) -> Path:
    """Write the report to the path and give the path back."""
    path.write_bytes(sheet_bytes(report, sheet_a_section=sheet_a_section))
    return path


def sheet_bytes(report: PrintedReport, *, sheet_a_section: bool = False) -> bytes:
    """Give the report as the bytes of an .xlsx file: all on one sheet, or one sheet for each section."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "年度报告"
    row = add_line(sheet, 1, report.title)
    for number, (heading, paragraphs, tables) in enumerate(report.sections, start=1):
        if sheet_a_section and number > 1:
            sheet = workbook.create_sheet(f"第{number}部分")
            row = 1
        for text in (heading, *paragraphs):
            row = add_line(sheet, row, text)
        for table in tables:
            row = add_table(sheet, row, table)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def add_line(sheet: Worksheet, row: int, text: str) -> int:
    """Write a line of text over the whole width and give the row below it."""
    sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=WIDTH)
    return row + 1


def add_table(sheet: Worksheet, top: int, table: PrintedTable) -> int:
    """Write a table from this row on and give the row below it; what is a plain number becomes a number."""
    for row, column, cell in place_cells(table):
        place = sheet.cell(top + row, column + 1)
        if cell.figure and _PLAIN.fullmatch(cell.text):
            place.value = int(cell.text)
        elif cell.figure and _PARTED.fullmatch(cell.text):
            place.value = int(cell.text.replace(",", ""))
            place.number_format = "#,##0"
        else:
            place.value = cell.text or None
        if cell.colspan > 1 or cell.rowspan > 1:
            sheet.merge_cells(
                start_row=top + row,
                start_column=column + 1,
                end_row=top + row + cell.rowspan - 1,
                end_column=column + cell.colspan,
            )
    return top + len(table.rows)
