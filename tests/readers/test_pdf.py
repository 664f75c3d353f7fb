"""PDF files: reports read back exactly however a page is turned or nested; what is not text is refused by its page."""

import re
import sys
from functools import cache
from random import Random

import pytest
from figures import make_figures
from hostile.pdf_writer import FONT, PdfFile, assemble, show, typeset_pages
from typeset import print_report

from validator.errors import ReadError
from validator.extraction import extract
from validator.model.document import Document, Paragraph, Remark, Table
from validator.model.location import PagePlace
from validator.model.report import CellState
from validator.numerals import looks_like_value, parse_numeral
from validator.pipeline.knowledge import Knowledge, load_knowledge
from validator.readers import read
from validator.readers.fixed.pdf import read_pdf

pytest.importorskip("pypdfium2")

YEARS = {"2014": 2016, "2019": 2019, "2021": 2023}
BODY = "云溪县档案局"
TABLE = b"0.5 w 50 700 100 40 re 150 700 100 40 re S 50 720 m 250 720 l S\n"
WORDS = [("甲", 55, 105), ("12", 155, 105), ("乙", 55, 125), ("7", 155, 125)]
CELLS = [["甲", "12"], ["乙", "7"]]


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def file_of(*contents: bytes, **options: object) -> bytes:
    file, root = assemble(contents, **options)
    return file.to_bytes(root)


def words(*told: tuple[str, float, float]) -> bytes:
    return b"".join(show(text, left, top, size=10) for text, left, top in told)


def tables(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in row.cells] for row in b.rows] for b in document.blocks if isinstance(b, Table)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("form_id", list(YEARS))
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("turned", [b"", b"/Rotate 90", b"/Rotate 180", b"/Rotate 270"])
def test_a_report_reads_back_exactly(form_id: str, seed: int, turned: bytes):
    form = knowledge().ruleset.forms[form_id]
    random = Random(seed)
    figures = make_figures(form, random, single_other=seed == 1)
    texts = {a: "" if not value and random.random() < 0.3 else str(value) for a, value in figures.items()}
    printed = print_report(form, texts, organization=BODY, year=YEARS[form_id])
    contents = typeset_pages(printed)
    if turned:  # drawn turned back, so that the reader sees them upright
        matrix = {b"90": b"0 1 -1 0 842 0", b"180": b"-1 0 0 -1 595 842", b"270": b"0 -1 1 0 0 595"}[turned[8:]]
        contents = [b"q %s cm\n%s Q" % (matrix, content) for content in contents]
    box = b"0 0 842 595" if turned[8:] in (b"90", b"270") else b"0 0 595 842"

    report = extract(
        read_pdf(file_of(*contents, page=turned, box=box), "a.pdf"), knowledge().ruleset.forms, knowledge().wordings
    )

    assert (report.form, report.organization, report.year) == (form_id, BODY, YEARS[form_id])
    read = {address: (cell.state, cell.value) for address, cell in report.cells.items()}
    assert read == {a: (CellState.NUMBER, figures[a]) if text else (CellState.BLANK, None) for a, text in texts.items()}


@pytest.mark.parametrize("form_id", list(YEARS))
@pytest.mark.parametrize("seed", range(2))
def test_a_report_without_rulings_is_read_exactly_where_all_cells_are_filled(form_id: str, seed: int):
    """Labels that wrap included; where cells are blank, only the form of 2014 shows which, one figure a row."""
    form = knowledge().ruleset.forms[form_id]
    random = Random(seed)
    figures = make_figures(form, random)
    texts = {a: "" if seed and not value and random.random() < 0.3 else str(value) for a, value in figures.items()}
    printed = print_report(form, texts, organization=BODY, year=YEARS[form_id])
    contents = [re.sub(rb"0\.5 w [^\n]* re S\n", b"", content) for content in typeset_pages(printed)]

    report = extract(read_pdf(file_of(*contents), "a.pdf"), knowledge().ruleset.forms, knowledge().wordings)

    read = {address: cell.value for address, cell in report.cells.items() if cell.state is CellState.NUMBER}
    assert read.items() <= {address: figures[address] for address, text in texts.items() if text}.items()
    if not seed or form_id == "2014":
        blank = {address for address, cell in report.cells.items() if cell.state is CellState.BLANK}
        assert (len(read) + len(blank), blank) == (len(texts), {a for a, text in texts.items() if not text})


def test_a_cell_stands_where_the_page_shows_it():
    document = read_pdf(file_of(TABLE + words(*WORDS)), "a.pdf")
    assert tables(document) == [CELLS]
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert table.rows[1].cells[1].location == PagePlace(1, (150.0, 122.0, 250.0, 142.0))
    moved = read_pdf(file_of(TABLE + words(*WORDS), box=b"20 30 595 842"), "a.pdf").blocks[0]
    assert isinstance(moved, Table)
    assert moved.rows[1].cells[1].location == PagePlace(1, (130.0, 122.0, 230.0, 142.0))


UPRIGHT_BARS = b"".join(b"%d 700 0.6 40 re f\n" % x for x in (50, 150, 250))
BARS = b"".join(b"50 %d 200 0.6 re f\n" % y for y in (700, 720, 740)) + UPRIGHT_BARS
UNSEEN = b"50 700 200 40 re 100 700 20 40 re n\n"
TRAPEZOIDS = b"".join(b"50 %d m 250 %d l 249 %d l 51 %d l h f\n" % (y, y, y + 1, y + 1) for y in (700, 720, 740))
DASHES = b"[3 2] 0 d 0.5 w " + TABLE
DOTS = b"".join(
    [b"%d %d 0.8 0.8 re f\n" % (x, y) for y in (700, 720, 740) for x in range(50, 251, 2)]
    + [b"%d %d 0.8 0.8 re f\n" % (x, y) for x in (50, 150, 250) for y in range(700, 741, 2)]
)


@pytest.mark.parametrize(
    "drawing",
    [
        BARS,
        TRAPEZOIDS + BARS[-90:],
        DASHES,
        DOTS,
        b"q 0.5 0 0 0.5 0 421 cm " + TABLE.replace(b"S", b"") + b"n Q " + BARS,
    ],
    ids=["bars", "trapezoids", "dashes", "dots", "not drawn"],
)
def test_lines_drawn_in_other_ways(drawing: bytes):
    assert tables(read_pdf(file_of(drawing + words(*WORDS)), "a.pdf")) == [CELLS]


def test_what_stands_in_a_form_object_is_on_the_page():
    file = PdfFile([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[6 0 R]>>", FONT])
    inner = file.add_stream(
        TABLE + words(*WORDS), b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
    )
    content = file.add_stream(b"q 1 0 0 1 10 -20 cm /X Do Q")
    entries = b"/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</X %d 0 R>>>>" % (
        content,
        inner,
    )
    file.add(b"<</Type/Page%s>>" % entries)
    document = read_pdf(file.to_bytes(1), "a.pdf")
    assert tables(document) == [CELLS]
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert table.rows[0].cells[0].location == PagePlace(1, (60.0, 122.0, 160.0, 142.0))


def test_lines_end_where_the_page_cuts_them():
    clipped = b"q 0 690 595 152 re W n 0.5 w 50 600 100 140 re 150 600 100 140 re S 50 720 m 250 720 l S Q\n"
    document = read_pdf(file_of(clipped + words(*WORDS, ("页脚文字", 100, 700))), "a.pdf")
    assert tables(document) == [CELLS]
    assert lines(document) == ["页脚文字"]


def test_text_set_aslant_is_a_watermark_and_text_not_drawn_is_nothing():
    slanted = b"BT /F1 60 Tf 0.8 0.6 -0.6 0.8 60 600 Tm <51855F86> Tj ET\n"
    hidden = b"q BT 3 Tr /F1 10 Tf 155 715 Td <0039> Tj ET Q\n"
    assert tables(read_pdf(file_of(slanted + hidden + TABLE + words(*WORDS)), "a.pdf")) == [CELLS]


def test_radicals_become_the_characters_they_look_like():
    document = read_pdf(file_of(words(("⾏政⽅⾯，⼆、其他", 50, 50))), "a.pdf")
    assert lines(document) == ["行政方面，二、其他"]


def test_the_title_counts_if_it_names_a_report():
    file, root = assemble([words(("正文", 50, 50))])
    info = file.add(b"<</Title<%s>>>" % ("\ufeff云溪县档案局2023年度报告".encode("utf-16-be").hex().encode()))
    assert read_pdf(file.to_bytes(root, trailer=b"/Info %d 0 R" % info), "a.pdf").title == "云溪县档案局2023年度报告"
    file.objects[info - 1] = b"<</Title(Microsoft Word - 1.doc)>>"
    assert read_pdf(file.to_bytes(root, trailer=b"/Info %d 0 R" % info), "a.pdf").title is None


def scan(*texts: bytes) -> bytes:
    """Give pages that are pictures, with these texts on them."""
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    more = [picture + b"\nstream\n\x80\nendstream"]
    contents = [b"q 595 0 0 842 0 0 cm /S Do Q\n" + text for text in texts]
    file, root = assemble(contents, more=more)
    fonts = b"/Resources<</Font<</F1 3 0 R>>"
    file.objects[:] = [body.replace(fonts, fonts + b"/XObject<</S 4 0 R>>") for body in file.objects]
    return file.to_bytes(root)


LONG = "本机关二〇二三年依法公开政府信息，及时答复申请，接受社会监督，不断改进工作，提高公开的质量和水平。"


def test_pictures_of_text_are_named_by_page():
    with pytest.raises(ReadError) as refused:
        read_pdf(scan(show(LONG, 20, 50), b"", show("扫描全能王", 20, 800), show(LONG, 20, 50), b""), "a.pdf")
    assert (refused.value.code, refused.value.values) == ("scanned-pages", {"pages": "2、3、5"})


def test_recognised_text_under_a_picture_is_read_and_told():
    document = read_pdf(scan(b"3 Tr\n" + show(LONG, 20, 50)), "a.pdf")
    assert lines(document) == [LONG]
    assert document.remarks == (Remark("scanned-with-text", {"pages": "1"}),)


def test_text_without_characters_is_garbled():
    with pytest.raises(ReadError) as refused:
        read_pdf(file_of(show(LONG, 20, 50), show("\ue001\ue002\ue003\ue004 12", 20, 50)), "a.pdf")
    assert (refused.value.code, refused.value.values) == ("garbled-pages", {"pages": "2"})


def test_pages_with_tables_are_read_beside_pictures_and_garbled_ones():
    table = TABLE + words(*WORDS)
    document = read_pdf(scan(table + show(LONG, 20, 50), show("云溪县档案局", 20, 50)), "a.pdf")
    assert (tables(document), lines(document)) == ([CELLS], [LONG, "云溪县档案局"])
    assert document.remarks == (Remark("picture-pages", {"pages": "1、2"}),)
    garbled = show("\ue001\ue002\ue003\ue004\ue001\ue002\ue003\ue004\ue003 12", 20, 50)
    document = read_pdf(file_of(garbled, table), "a.pdf")
    assert (tables(document), lines(document)) == ([CELLS], [])
    assert document.remarks == (Remark("garbled-pages", {"pages": "1"}),)


def test_bullets_without_characters_garble_no_page():
    document = read_pdf(
        file_of(TABLE + words(*WORDS), show("\uf0fc热线", 20, 50) + show("\uf0fc网址", 20, 90)), "a.pdf"
    )
    assert lines(document) == ["\ufffd热线", "\ufffd网址"]


def test_what_stands_before_the_head_is_passed_over(tmp_path):
    path = tmp_path / "a.pdf"
    data = file_of(TABLE + words(*WORDS))
    path.write_bytes(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + data)
    document = read(path)
    assert isinstance(document, Document)
    assert tables(document) == [CELLS]
    path.write_bytes(b" x" * 600 + data)
    with pytest.raises(ReadError) as refused:
        read(path)
    assert refused.value.code == "wrong-suffix"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"1 g\n", b""),  # white on white
        (b"0.98 g\n", b""),
        (b"q 0 0 10 10 re W n\n", b"Q\n"),  # clipped away
        (b"q 0 0 0 0 re W n\n", b"Q\n"),
        (b"/G0 gs\n", b"/G1 gs\n"),  # transparent
        (b"3 Tr\n", b"0 Tr\n"),
        (b"7 Tr\n", b"0 Tr\n"),
        (b"", b"1 g 190 720 30 20 re f 0 g\n"),  # behind a box
        (b"q 0 g 190 720 30 20 re f 0 g\n", b"Q\n"),  # black on black
        (b"q 1 0 0 1 600 0 cm\n", b"Q\n"),  # off the page
        (b"q 0.05 0 0 0.05 190 690 cm\n", b"Q\n"),  # a speck
    ],
)
def test_a_figure_that_is_not_shown_is_not_read(before: bytes, after: bytes):
    states = b"/Resources<</ExtGState<</G0<</ca 0>>/G1<</ca 1>>>>/Font<</F1 3 0 R>>>>"
    file, root = assemble([TABLE + words(*WORDS) + before + words(("8", 200, 105)) + after])
    fonts = b"/Resources<</Font<</F1 3 0 R>>>>"
    assert any(fonts in body for body in file.objects)
    file.objects[:] = [body.replace(fonts, states) for body in file.objects]
    assert tables(read_pdf(file.to_bytes(root), "a.pdf")) == [CELLS]


@pytest.mark.parametrize(
    ("clip", "shown"),
    [
        (b"100 690 61 60", "1⋯"),
        (b"100 690 66 60", "12⋯"),
        (b"160 690 90 60", "⋯234"),
        (b"160 690 9 60", "⋯23⋯"),
        (b"100 690 150 60", "1234"),
        (b"0 0 595 842", "1234"),
    ],
)
def test_a_figure_of_which_a_part_is_clipped_away_is_no_figure(clip: bytes, shown: str):
    clipped = b"q %s re W n\n" % clip + words(("1234", 155, 105)) + b"Q\n"
    document = read_pdf(file_of(TABLE + words(WORDS[0], *WORDS[2:]) + clipped), "a.pdf")
    assert tables(document) == [[["甲", shown], CELLS[1]]]
    assert parse_numeral(shown).note == ("" if shown == "1234" else "ambiguous")
    assert looks_like_value(shown)


def test_a_figure_that_runs_off_the_page_is_no_figure():
    document = read_pdf(file_of(TABLE + words(*WORDS), box=b"0 0 161 842"), "a.pdf")
    assert "1⋯" in [cell for row in tables(document)[0] for cell in row]


@pytest.mark.parametrize(
    "ground",
    [
        b"0 0 0.5 rg 160 660 80 100 re f\n",  # a dark cell
        b"0 0 0.5 rg 160 660 m 260 660 l 260 760 l 200 770 180 770 160 760 c f\n",  # one with a bent side
    ],
)
def test_white_figures_on_a_dark_ground_are_read(ground: bytes):
    label, figure = show("甲", 55, 105, size=10), show("12", 175, 105, size=10)
    data = file_of(ground + TABLE + label + b"1 g\n" + figure + b"0 g\n")
    assert tables(read_pdf(data, "a.pdf"))[0][0] == ["甲", "12"]


def test_marks_of_other_colours_that_let_through_hide_nothing():
    marker = b"q /G0 gs 1 1 0 rg 150 720 60 20 re f Q\n"
    file, root = assemble([TABLE + words(*WORDS) + marker])
    fonts = b"/Resources<</Font<</F1 3 0 R>>>>"
    states = b"/Resources<</ExtGState<</G0<</ca 0.4>>>>/Font<</F1 3 0 R>>>>"
    file.objects[:] = [body.replace(fonts, states) for body in file.objects]
    assert tables(read_pdf(file.to_bytes(root), "a.pdf")) == [CELLS]


def test_a_password_is_asked_for_only_if_the_reader_needs_one():
    file, root = assemble([TABLE + words(*WORDS)])
    assert tables(read_pdf(file.to_bytes(root, user=b""), "a.pdf")) == [CELLS]
    with pytest.raises(ReadError) as told:
        read_pdf(file.to_bytes(root, user=b"secret"), "a.pdf")
    assert told.value.code == "encrypted"


def test_a_file_that_was_cut_is_damaged():
    whole = file_of(*[TABLE + words(*WORDS)] * 9)
    for data in (whole[: len(whole) // 2], whole[:-40]):
        with pytest.raises(ReadError) as refused:
            read_pdf(data, "a.pdf")
        assert (refused.value.code, refused.value.values["kind"]) == ("damaged", "PDF")


def test_blank_pages_are_no_fault_unless_there_is_nothing_else():
    assert tables(read_pdf(file_of(b"", TABLE + words(*WORDS), b""), "a.pdf")) == [CELLS]
    with pytest.raises(ReadError) as told:
        read_pdf(file_of(b"", b""), "a.pdf")
    assert told.value.code == "no-text-inside"


def forms(levels: int, draws: int, last: bytes) -> bytes:
    """Give a file in which each of so many forms draws the next so many times."""
    file = PdfFile([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[4 0 R]>>", FONT])
    entries = b"/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>"
    file.add(b"<</Type/Page%s>>" % entries)
    file.add_stream(b"/X Do")
    for level in range(levels):
        is_last = level == levels - 1
        follow = b"" if is_last else b"/XObject<</X %d 0 R>>" % (7 + level)
        resources = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>%s>>" % follow
        file.add_stream(last if is_last else b"/X Do " * draws, resources)
    return file.to_bytes(1)


def test_forms_in_forms_are_read_as_far_as_they_come_to_little():
    assert tables(read_pdf(forms(5, 1, TABLE + words(*WORDS)), "a.pdf")) == [CELLS]
    with pytest.raises(ReadError) as told:
        read_pdf(forms(12, 10, b"0 0 9 9 re f"), "a.pdf")
    assert told.value.code == "too-much-packed"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: file_of(b"0 0 9 1 re f\n" * 2_500_000), "too-much-packed"),
        (lambda: file_of(*[b""] * 301), "too-many-pages"),
    ],
    ids=["bomb", "pages"],
)
def test_more_than_a_report_is_refused(data, code: str):
    with pytest.raises(ReadError) as refused:
        read_pdf(data(), "a.pdf")
    assert refused.value.code == code


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ReadError) as refused:
        read_pdf(b"%PDF-1.7", "a.pdf")
    assert (refused.value.code, refused.value.values) == ("needs-extra", {"suffix": ".pdf", "extra": "pdf"})


def test_what_is_filled_into_a_form_field_is_on_the_page():
    file, root = assemble([TABLE + words(*WORDS[:3])], page=b"/Annots[5 0 R]", more=[b"", b""])
    look = b"/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 3 0 R>>>>"
    file.objects[3] = b"<<%s/Length 44>>\nstream\nBT /F1 10 Tf 5 5 Td <0037> Tj ET            \nendstream" % look
    file.objects[4] = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(n)/V(7)/F 4/Rect[150 700 250 720]/AP<</N 4 0 R>>/MK<<>>/DA(/F1 10 Tf)>>"
    )
    assert tables(read_pdf(file.to_bytes(root), "a.pdf")) == [CELLS]
