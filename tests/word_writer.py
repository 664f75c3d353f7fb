"""Writes a printed report as a Word document, its tables with cells that are really merged."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from typeset.grid import PrintedCell, PrintedReport, PrintedTable


def write_word(report: PrintedReport, path: Path, *, landscape: bool = False) -> Path:
    """Write the report to the path and give the path back."""
    path.write_bytes(word_bytes(report, landscape=landscape))
    return path


def word_bytes(report: PrintedReport, *, landscape: bool = False) -> bytes:
    """Give the report as the bytes of a .docx file."""
    document = start_document(landscape=landscape)
    document.add_heading(report.title, 0)
    for heading, paragraphs, tables in report.sections:
        document.add_heading(heading, 1)
        for text in paragraphs:
            document.add_paragraph(text)
        for table in tables:
            add_table(document, table)
    document.add_paragraph()  # Word ends every document with one; without it a table at the end is lost in a .doc
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def start_document(*, landscape: bool = False) -> WordDocument:
    """Give an empty document whose text is small enough for fifteen columns."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name = "Noto Sans CJK SC"
    style.font.size = Pt(8)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    if landscape:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    return document


def add_table(document: WordDocument, table: PrintedTable) -> None:
    """Add a table at the end of the document: one grid of cells, merged where the printed ones span several."""
    made = document.add_table(len(table.rows), table.width, style="Table Grid")
    grid = [row.cells for row in made.rows]
    for row, column, cell in place_cells(table):
        first = grid[row][column]
        if cell.colspan > 1 or cell.rowspan > 1:
            first = first.merge(grid[row + cell.rowspan - 1][column + cell.colspan - 1])
        first.text = cell.text


def place_cells(table: PrintedTable) -> Iterator[tuple[int, int, PrintedCell]]:
    """Give each printed cell with the row and the column of the grid that it begins in, both from 0."""
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            covered.update(_reach(row, column, cell))
            yield row, column, cell
            column += cell.colspan


def _reach(row: int, column: int, cell: PrintedCell) -> Sequence[tuple[int, int]]:
    return [(row + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)]
