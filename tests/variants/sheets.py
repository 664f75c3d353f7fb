"""Workbooks, made with openpyxl."""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from sheet_writer import sheet_bytes
from variants.frame import TOKEN, Draft, Way, corrected, earlier, footnoted, pieces

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
    "two-sheets": _two_sheets,
    "two-beside": partial(_two_beside, 1),
    "two-apart": partial(_two_beside, 4),
}
