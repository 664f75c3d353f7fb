"""Pictures that stand inside pages and documents: which are at hand, where they stand, and how they are read."""

import base64
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from validator.errors import ReadError
from validator.geometry import Glyph, PrintedPage, Stroke
from validator.model.document import Cell, Document, Framing, Paragraph, Row, Table
from validator.model.location import PagePlace, ScanPlace, describe_location, location_fields
from validator.readers.scans import ReadLine, ScannedPage, name_places, put_in
from validator.readers.web import read_html
from validator.readers.web.pictures import find_insets, list_pictures

PIXELS = b"\x89PNG\r\n\x1a\nnothing"
DATA = f"data:image/png;base64,{base64.b64encode(PIXELS).decode()}"


def insets_of(page: str, source: str) -> list[tuple[int, bytes]]:
    """Give where the pictures of a page stand that are at hand, and their bytes."""
    blocks = read_html(page, source).blocks
    tree = LexborHTMLParser(page)
    found = find_insets(list_pictures(tree), source, blocks, lambda: read_html(tree.html or "", source).blocks)
    return [(inset.before, inset.load()) for inset in found]


def test_a_picture_stands_between_its_paragraphs() -> None:
    page = f"<p>one</p><p><img src='{DATA}'></p><p>two</p><table><tr><td>a<td>b<img src='{DATA}'></table><p>three</p>"
    assert insets_of(page, "x.html") == [(1, PIXELS), (2, PIXELS)]


def test_a_picture_that_is_not_displayed_is_left_out() -> None:
    assert insets_of(f"<p>one</p><p style='display:none'><img src='{DATA}'></p>", "x.html") == []


def test_pictures_of_links_and_small_ones_are_none() -> None:
    page = f"<p>one</p><a href='/'><img src='{DATA}'></a><img width=20 src='{DATA}'>"
    assert insets_of(page, "x.html") == []


@pytest.mark.parametrize(
    ("address", "is_at_hand"),
    [
        ("pics/a.png", True),
        ("./pics/%61.png?v=3#top", True),
        ("pics/b.png", False),
        ("../outside.png", False),
        ("pics/../../outside.png", False),
        ("%2e%2e/outside.png", False),
        ("link.png", False),
        ("/etc/a.png", False),
        ("file:pics/a.png", False),
        ("http://localhost/pics/a.png", False),
        ("//localhost/pics/a.png", False),
        ("pics\\a.png", False),
        ("pics/a.txt", False),
    ],
)
def test_only_what_lies_beside_the_page_is_at_hand(address: str, is_at_hand: bool, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "pics").mkdir(parents=True)
    (folder / "pics" / "a.png").write_bytes(PIXELS)
    (folder / "pics" / "a.txt").write_bytes(PIXELS)
    (tmp_path / "outside.png").write_bytes(PIXELS)
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    found = insets_of(f"<p>one</p><img src='{address}'>", (folder / "page.html").as_posix())
    assert found == ([(1, PIXELS)] if is_at_hand else [])


def test_a_data_address_that_is_no_base64_is_damaged() -> None:
    with pytest.raises(ReadError, match="base64"):
        insets_of("<p>one</p><img src='data:image/png;base64,A'>", "x.html")


def page_with_picture() -> ScannedPage:
    """Give a page of text of 200 points with a picture of half its width in its lower half, in which a 7 was read."""
    page = PrintedPage(1, 200, 200, [Glyph("字", 10, 10, 20, 20), Glyph("旧", 60, 120, 70, 130)], [])
    seen = PrintedPage(1, 400, 400, [Glyph("7", 100, 100, 120, 120)], [Stroke(0, 40, 400, 42)])
    line = ReadLine((110, 110), (25, 25, 30, 30), "7", 0.9, (("7", 0.9, 0.9),), (90, 90, 170, 170), cut=b"png")
    return put_in(page, ScannedPage(seen, (line,)), (50, 100, 150, 200))


def test_a_picture_on_a_page_of_text_takes_the_place_of_the_text_there() -> None:
    put = page_with_picture()
    assert [(glyph.text, glyph.left, glyph.top) for glyph in put.page.glyphs] == [("字", 10, 10), ("7", 75, 125)]
    assert put.page.strokes == [Stroke(50, 110, 150, 110.5)]
    (line,) = put.lines
    assert (line.middle, line.box, line.room) == ((77.5, 127.5), (75, 125, 80, 130), (72.5, 122.5, 92.5, 142.5))


def test_only_what_stands_in_the_picture_has_its_place_there() -> None:
    put = page_with_picture()
    cell = Cell("7", PagePlace(1, (70, 120, 90, 140)), 0)
    document = Document(
        "x", "pdf", (Paragraph("字", PagePlace(1, (10, 10, 20, 20))), Table((Row((cell,)),), Framing.GRID))
    )
    paragraph, table = name_places(document, {1: put}).blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert paragraph.location == PagePlace(1, (10, 10, 20, 20))
    place = table.rows[0].cells[0].location
    assert place == ScanPlace(1, (75, 125, 80, 130), 0.9, (("7", 0.9, 0.9),), agreed=True, cut=b"png")


def test_a_picture_inside_a_document_is_named_by_its_number() -> None:
    place = ScanPlace(3, (1, 2, 3, 4), 0.97, (("7", 0.97, 0.98),), agreed=True, proved=2, is_inset=True, cut=b"png")
    assert location_fields(place) == {
        "scan": True,
        "picture": 3,
        "box": [1, 2, 3, 4],
        "likelihood": 0.97,
        "readings": ["7"],
        "agreed": True,
        "proved": 2,
    }
    assert describe_location(place, {}).zh.startswith("第3张图片（图像识别，请核对原件，可信度97%")
