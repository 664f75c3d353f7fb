"""The place of each cell is where another library finds what the cell is said to hold."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
from carriers.making import SLOW, Files
from carriers.reports import NAMES, knowledge

from validator.model.location import Location, PagePlace, SheetPlace, WordCellPlace
from validator.pipeline.single import read_report

Find = Callable[[Location], str]


@contextmanager
def word(path: Path) -> Iterator[Find]:
    from docx import Document

    grids = [[row.cells for row in table.rows] for table in Document(str(path)).tables]

    def find(place: Location) -> str:
        assert isinstance(place, WordCellPlace)
        return grids[place.table - 1][place.row - 1][place.column - 1].text

    yield find


@contextmanager
def sheets(path: Path) -> Iterator[Find]:
    from openpyxl import load_workbook

    workbook = load_workbook(path)

    def find(place: Location) -> str:
        assert isinstance(place, SheetPlace)
        value = workbook[place.sheet][place.cell].value
        return "" if value is None else str(value)

    yield find


@contextmanager
def pages(path: Path) -> Iterator[Find]:
    from pypdfium2 import PdfDocument

    document = PdfDocument(path)
    opened = [document[number] for number in range(len(document))]
    texts = [page.get_textpage() for page in opened]

    def find(place: Location) -> str:
        assert isinstance(place, PagePlace)
        height = opened[place.page - 1].get_height()
        left, top, right, bottom = place.box
        return texts[place.page - 1].get_text_bounded(left, height - bottom, right, height - top)

    try:
        yield find
    finally:
        for part in (*texts, *opened, document):
            part.close()


@contextmanager
def printed_pages(path: Path) -> Iterator[Find]:
    """Find the pieces of text of an OFD file by where their boxes, in millimetres, have their middle."""
    from lxml import etree

    pieces: dict[int, list[tuple[float, float, str]]] = {}
    with ZipFile(path) as file:
        for name in file.namelist():
            if number := re.search(r"Pages/Page_(\d+)/Content\.xml$", name):
                for piece in etree.fromstring(file.read(name)).iter("{*}TextObject"):
                    x, y, width, height = (float(value) * 72 / 25.4 for value in piece.get("Boundary").split())
                    words = "".join(piece.itertext())
                    pieces.setdefault(int(number[1]) + 1, []).append((x + width / 2, y + height / 2, words))

    def find(place: Location) -> str:
        assert isinstance(place, PagePlace)
        left, top, right, bottom = place.box
        return "".join(t for x, y, t in pieces[place.page] if left <= x <= right and top <= y <= bottom)

    yield find


FINDERS = {
    "docx": word,
    "xlsx": sheets,
    "xlsx-sections": sheets,
    "pdf-a4": pages,
    "pdf-landscape": pages,
    "ofd": printed_pages,
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("carrier", [pytest.param(c, marks=[pytest.mark.slow] if c in SLOW else ()) for c in FINDERS])
def test_a_cell_stands_where_it_is_said_to(files: Files, carrier: str, name: str) -> None:
    path = files.get(carrier, name)
    report = read_report(path, knowledge())
    with FINDERS[carrier](path) as find:
        found = {address: find(cell.location) for address, cell in report.cells.items()}
    assert {a: re.sub(r"[\s,]", "", text) for a, text in found.items()} == {
        address: re.sub(r"[\s,]", "", cell.raw) for address, cell in report.cells.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("carrier", ["pdf-a4", "pdf-landscape", "pdf-narrow", "pdf-exported", "ofd"])
def test_the_large_table_really_breaks_over_pages(files: Files, carrier: str) -> None:
    last_rows = {}
    for name in NAMES:
        table = "statistics." if name.endswith("2014") else "applications."
        cells = read_report(files.get(carrier, name), knowledge()).cells
        numbers = [cell.location.page for address, cell in cells.items() if address.startswith(table)]
        last_rows[name] = numbers.count(numbers[0]) if len(set(numbers)) > 1 else 0
    assert len(set(last_rows.values()) - {0}) >= 3, last_rows
