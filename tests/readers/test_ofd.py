"""OFD files: reports set in it read back exactly, objects come to lie where they are shown, bad files are refused."""

from functools import cache
from random import Random

import pytest
from figures import make_figures
from ofd_writer import STYLES, document_root, ofd_bytes, ofd_root, page_content, text_object, zipped
from sheet_setter import HEIGHT, WIDTH, Line
from typeset import print_report

from validator.errors import ReadError
from validator.extraction import extract
from validator.geometry import Glyph, PrintedPage
from validator.model.document import Document, Paragraph, Remark, Table
from validator.model.location import PagePlace
from validator.model.report import CellState
from validator.pipeline.knowledge import Knowledge, load_knowledge
from validator.readers.fixed.ofd import read_ofd, see_pages

MM = 72 / 25.4
YEARS = {"2014": 2016, "2019": 2019, "2021": 2023}
BODY = "云溪县档案局"
ROOT = ofd_root("云溪县档案局2023年政府信息公开工作年度报告", ["Doc_0/Document.xml"])
PAGE = "Doc_0/Pages/P/Content.xml"


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def parts(*pages: str, common: str = "", **more: str) -> dict[str, str | bytes]:
    """Give the parts of a file with these pages, each the objects of its only layer or a whole part."""
    names = [f"Pages/P{'' if index == 0 else index}/Content.xml" for index in range(len(pages))]
    contents = [page if page.startswith("<ofd:Page ") else page_content(page) for page in pages]
    filed = {f"Doc_0/{name}": content for name, content in zip(names, contents, strict=True)}
    return {"OFD.xml": ROOT, "Doc_0/Document.xml": document_root(names, common), **filed, **more}


def text(code: str, content: str, **attributes: str) -> str:
    """Give a text object of size 4 at (10, 20), with a TextCode of these attributes."""
    stated = {"Boundary": "10 20 50 5", "Size": "4", **attributes}
    written = " ".join(f'{name}="{value}"' for name, value in stated.items())
    return f"<ofd:TextObject {written}><ofd:TextCode {code}>{content}</ofd:TextCode></ofd:TextObject>"


def path(data: str, inner: str = "", **attributes: str) -> str:
    stated = {"Boundary": f"0 0 {WIDTH} {HEIGHT}", "LineWidth": "0", **attributes}
    written = " ".join(f'{name}="{value}"' for name, value in stated.items())
    return f"<ofd:PathObject {written}>{inner}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"


def see(objects: str, **more: str) -> PrintedPage:
    return see_pages(zipped(parts(objects, **more)))[0][0].page


def in_mm(box: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(value / MM, 3) for value in box)


def begins(glyphs: list[Glyph]) -> list[tuple[str, float, float]]:
    """Give each sign with its left side and its base line, in millimetres, for signs of size 4."""
    return [(g.text, round(g.left / MM, 3), round(g.bottom / MM - 0.48, 3)) for g in glyphs]


def strokes(objects: str, **more: str) -> list[tuple[float, ...]]:
    return [in_mm(stroke) for stroke in see(objects, **more).strokes]


def failure(data: bytes) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(ReadError) as caught:
        read_ofd(data, "a.ofd")
    return caught.value.code, caught.value.values


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


# Reports


@pytest.mark.parametrize("form_id", YEARS)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", [1, 4, 36, 116])
def test_a_report_reads_back_exactly(form_id: str, style: str, seed: int) -> None:
    random = Random(seed)
    form = knowledge().ruleset.forms[form_id]
    scale = random.choice([1, 37, 1234])
    figures = {address: value * scale for address, value in make_figures(form, random).items()}
    zero = random.choice(["0", "", "/"])
    texts = {a: (f"{n:,}" if seed % 2 else str(n)) if n else zero for a, n in figures.items()}
    prose = {0: ["健全制度，明确责任，把政府信息公开纳入年度重点工作。" * random.randint(1, 40)]}
    printed = print_report(form, texts, organization=BODY, year=YEARS[form_id], prose=prose)

    document = read_ofd(ofd_bytes(printed, style=style, seed=seed), "a.ofd")
    report = extract(document, knowledge().ruleset.forms, knowledge().wordings)

    states = {"": CellState.BLANK, "/": CellState.NOT_APPLICABLE}
    expected = {a: (states.get(t, CellState.NUMBER), None if t in states else figures[a]) for a, t in texts.items()}
    assert (report.form, report.organization, report.year) == (form_id, BODY, YEARS[form_id])
    assert {address: (cell.state, cell.value) for address, cell in report.cells.items()} == expected
    assert report.problems == ()
    assert document.title == printed.title


def test_tables_break_over_pages_and_cells_say_on_which_they_stand() -> None:
    form = knowledge().ruleset.forms["2021"]
    figures = {address: str(value) for address, value in make_figures(form, Random(1)).items()}
    printed = print_report(form, figures, prose={0: ["健全制度，明确责任。" * 90]})
    document = read_ofd(ofd_bytes(printed, seed=1), "a.ofd")
    report = extract(document, knowledge().ruleset.forms, knowledge().wordings)
    pages = [cell.location.page for cell in report.cells.values() if isinstance(cell.location, PagePlace)]
    assert len(pages) == len(figures)
    assert pages == sorted(pages)
    assert len(set(pages)) > 1
    applications = {report.cells[a].location.page for a in figures if a.startswith("applications")}  # type: ignore[union-attr]
    assert len(applications) == 2


def test_a_cell_is_where_it_is_printed() -> None:
    grid = path("M 20 30 L 100 30 M 20 40 L 100 40 M 20 50 L 100 50 M 20 30 L 20 50 M 60 30 L 60 50 M 100 30 L 100 50")
    words = "".join(
        text_object(Line(x, y, 4, word))
        for x, y, word in [(25, 37, "甲"), (70, 37, "12"), (25, 47, "乙"), (70, 47, "")]
    )
    (table,) = read_ofd(zipped(parts(grid + words)), "a.ofd").blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["甲", "12"], ["乙", ""]]
    place = table.rows[0].cells[1].location
    assert isinstance(place, PagePlace)
    assert (place.page, in_mm(place.box)) == (1, pytest.approx((60, 30, 100, 40), abs=0.1))


def ruled(*cells: tuple[float, float, float, float, str]) -> str:
    """Give the objects of ruled cells with a text in each."""
    boxes = [path(f"M {x0} {y0} L {x1} {y0} L {x1} {y1} L {x0} {y1} C") for x0, y0, x1, y1, _ in cells]
    return "".join(boxes) + "".join(text_object(Line(x0 + 1, y1 - 3, 4, word)) for x0, _, _, y1, word in cells if word)


def rows(document: Document) -> list[list[tuple[str, int]]]:
    (table,) = document.blocks
    assert isinstance(table, Table)
    return [[(cell.text, cell.rowspan) for cell in row.cells] for row in table.rows]


def test_figures_alone_at_the_head_of_a_page_do_not_prolong_the_heads_before() -> None:
    heads = [(20, 240, 50, 260, "结果"), (50, 240, 90, 260, "总计"), (90, 240, 190, 250, "诉讼")]
    heads += [(90, 250, 140, 260, "结果"), (140, 250, 190, 260, "总计")]
    figures = [(20, 20, 50, 30, ""), (50, 20, 90, 30, "8"), (90, 20, 140, 30, ""), (140, 20, 190, 30, "4")]
    document = read_ofd(zipped(parts(ruled(*heads), ruled(*figures))), "a.ofd")
    assert rows(document) == [
        [("结果", 2), ("总计", 2), ("诉讼", 1)],
        [("结果", 1), ("总计", 1)],
        [("", 1), ("8", 1), ("", 1), ("4", 1)],
    ]


def test_a_group_goes_on_where_a_label_stands_beside_it() -> None:
    first = [(20, 240, 50, 260, "其他"), (50, 240, 90, 250, "1.甲"), (50, 250, 90, 260, "2.乙")]
    first += [(90, 240, 190, 250, "3"), (90, 250, 190, 260, "4")]
    second = [(20, 20, 50, 30, ""), (50, 20, 90, 30, "3.丙"), (90, 20, 190, 30, "5")]
    document = read_ofd(zipped(parts(ruled(*first), ruled(*second))), "a.ofd")
    assert rows(document) == [[("其他", 3), ("1.甲", 1), ("3", 1)], [("2.乙", 1), ("4", 1)], [("3.丙", 1), ("5", 1)]]


def test_a_row_with_the_unit_of_the_row_before_is_a_row_of_its_own() -> None:
    first = [(20, 240, 90, 250, "不同意公开"), (90, 240, 110, 250, "件"), (110, 240, 190, 250, "5")]
    second = [(20, 20, 90, 30, "涉及国家秘密"), (90, 20, 110, 30, "件"), (110, 20, 190, 30, "")]
    document = read_ofd(zipped(parts(ruled(*first), ruled(*second))), "a.ofd")
    assert rows(document) == [[("不同意公开", 1), ("件", 1), ("5", 1)], [("涉及国家秘密", 1), ("件", 1), ("", 1)]]


def test_a_label_is_cut_by_the_end_of_a_page_only_where_its_line_was_full() -> None:
    second = [(20, 20, 50, 30, "行政强制"), (50, 20, 90, 30, "")]
    whole = [(20, 240, 50, 250, "行政处罚"), (50, 240, 90, 250, "5")]
    document = read_ofd(zipped(parts(ruled(*whole), ruled(*second))), "a.ofd")
    assert rows(document) == [[("行政处罚", 1), ("5", 1)], [("行政强制", 1), ("", 1)]]
    cut = [(20, 240, 50, 250, "要求提供公开"), (50, 240, 90, 250, "5")]
    rest = [(20, 20, 50, 30, "出版物"), (50, 20, 90, 30, "")]
    document = read_ofd(zipped(parts(ruled(*cut), ruled(*rest))), "a.ofd")
    assert rows(document) == [[("要求提供公开出版物", 1), ("5", 1)]]


# Text


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('X="1" Y="4" DeltaX="5 6"', [("一", 11, 24), ("1", 16, 24), ("二", 22, 24)]),
        ('X="1" Y="4" DeltaX="g 2 5.5"', [("一", 11, 24), ("1", 16.5, 24), ("二", 22, 24)]),
        ('X="1" Y="4" DeltaX="5 g 900 6"', [("一", 11, 24), ("1", 16, 24), ("二", 22, 24)]),
        ('X="1" Y="4" DeltaX="5,6"', [("一", 11, 24), ("1", 16, 24), ("二", 22, 24)]),
        ('X="1" Y="4" DeltaY="g 2 5"', [("一", 11, 24), ("1", 11, 29), ("二", 11, 34)]),
        ('X="1" Y="4" DeltaX="1 1" DeltaY="5 5"', [("一", 11, 24), ("1", 12, 29), ("二", 13, 34)]),
        ('X="1" Y="4"', [("一", 11, 24), ("1", 15, 24), ("二", 17, 24)]),
        ('X="1" Y="4" DeltaX="5"', [("一", 11, 24), ("1", 16, 24), ("二", 18, 24)]),
        ('Y="4" DeltaX="5 6"', [("一", 10, 24), ("1", 15, 24), ("二", 21, 24)]),
    ],
)
def test_steps_between_characters(code: str, expected: list[tuple[str, float, float]]) -> None:
    assert begins(list(see(text(code, "一1二")).glyphs)) == expected


def test_blanks_take_a_step_and_are_no_glyphs() -> None:
    assert begins(list(see(text('X="0" Y="4" DeltaX="4 4 4"', "一 　二")).glyphs)) == [("一", 10, 24), ("二", 22, 24)]


def test_line_breaks_around_a_text_are_layout() -> None:
    assert begins(list(see(text('X="0" Y="4" DeltaX="6"', "\n\t12\n")).glyphs)) == [("1", 10, 24), ("2", 16, 24)]


def test_a_second_code_goes_on_where_the_first_stated_no_place() -> None:
    double = text('X="2" Y="4"', "一").replace(
        "</ofd:TextObject>",
        '<ofd:TextCode X="9">二</ofd:TextCode><ofd:TextCode Y="8">三</ofd:TextCode></ofd:TextObject>',
    )
    assert begins(list(see(double).glyphs)) == [("一", 12, 24), ("二", 19, 24), ("三", 19, 28)]


def test_the_box_of_a_character() -> None:
    (glyph,) = see(text('X="0" Y="4"', "一")).glyphs
    assert in_mm(glyph[1:5]) == (10, 20.48, 14, 24.48)
    (narrow,) = see(text('X="0" Y="4"', "一", HScale="0.5")).glyphs
    assert in_mm(narrow[1:5]) == (10, 20.48, 12, 24.48)
    (scaled,) = see(text('X="0" Y="1"', "一", Size="1", CTM="4 0 0 8 1 2")).glyphs
    assert in_mm(scaled[1:5]) == pytest.approx((11, 22 + 0.96, 15, 22 + 8.96))


@pytest.mark.parametrize(
    ("degrees", "turn", "box"),
    [
        ("90", 1, (9.52, 24, 13.52, 28)),
        ("180", 2, (6, 23.52, 10, 27.52)),
        ("270", 3, (6.48, 20, 10.48, 24)),
        ("-90", 3, (6.48, 20, 10.48, 24)),
    ],
)
def test_characters_that_are_turned(degrees: str, turn: int, box: tuple[float, ...]) -> None:
    (glyph,) = see(text('X="0" Y="4"', "一", CharDirection=degrees)).glyphs
    assert (glyph.turn, in_mm(glyph[1:5])) == (turn, pytest.approx(box))


def test_a_turned_matrix_and_a_slanted_one() -> None:
    (glyph,) = see(text('X="0" Y="0"', "一", CTM="0 1 -1 0 0 0")).glyphs
    assert (glyph.turn, in_mm(glyph[1:5])) == (1, pytest.approx((9.52, 20, 13.52, 24)))
    assert see(text('X="0" Y="0"', "草稿", CTM="0.7 0.7 -0.7 0.7 0 0")).glyphs == []
    assert see(text('X="0" Y="0"', "草稿", CTM="0 0 0 0 0 0")).glyphs == []


def test_reading_down_without_steps() -> None:
    glyphs = see(text('X="0" Y="4"', "一二", ReadDirection="90")).glyphs
    assert begins(list(glyphs)) == [("一", 10, 24), ("二", 10, 28)]


@pytest.mark.parametrize(("width", "shown"), [(4.5, ["1", "2⋯"]), (9, ["1", "2", "3", "4"])])
def test_a_figure_of_which_a_part_is_clipped_away_is_no_figure(width: float, shown: list[str]) -> None:
    area = f"<ofd:Area><ofd:Path><ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} 9 L 0 9 C</ofd:AbbreviatedData>"
    clips = f"<ofd:Clips><ofd:Clip>{area}</ofd:Path></ofd:Area></ofd:Clip></ofd:Clips><ofd:TextCode"
    printed = see(text('X="0" Y="4"', "1234").replace("<ofd:TextCode", clips))
    assert [glyph.text for glyph in printed.glyphs] == shown


def test_a_figure_that_runs_off_the_page_is_no_figure() -> None:
    printed = see(text('X="0" Y="4"', "1234", Boundary=f"{WIDTH - 4.5} 20 50 5"))
    assert [glyph.text for glyph in printed.glyphs] == ["1", "2⋯"]


@pytest.mark.parametrize("attributes", [{"Visible": "false"}, {"Alpha": "0"}, {"Fill": "false"}])
def test_text_that_is_not_shown_is_not_read(attributes: dict[str, str]) -> None:
    hidden = text('X="0" Y="4"', "99", **attributes)
    document = read_ofd(zipped(parts(hidden + text('X="0" Y="14"', "受理12件"))), "a.ofd")
    assert lines(document) == ["受理12件"]


def test_text_of_a_colour_without_opacity_or_beside_the_page_is_not_read() -> None:
    clear = text('X="0" Y="4"', "99").replace("<ofd:TextCode", '<ofd:FillColor Alpha="0"/><ofd:TextCode')
    beside = text('X="0" Y="4"', "88", Boundary="230 20 50 5")
    assert see(clear + beside).glyphs == []


def test_radicals_become_characters() -> None:
    assert [glyph.text for glyph in see(text('X="0" Y="4"', "⽂⻚")).glyphs] == ["文", "页"]


# Rulings


def test_stroked_paths() -> None:
    assert strokes(path("M 10 10 L 60 10 L 60 30")) == [(10, 10, 60, 10), (60, 10, 60, 30)]
    assert strokes(path("S 10 10 L 60 10 60 30 10 30 C")) == [
        (10, 10, 60, 10),
        (60, 10, 60, 30),
        (10, 30, 60, 30),
        (10, 10, 10, 30),
    ]
    assert strokes(path("M10 10L60 10M10,20L60,20")) == [(10, 10, 60, 10), (10, 20, 60, 20)]
    assert strokes(path("M 10 10 L 60 10", LineWidth="2")) == [(9, 9, 61, 11)]
    assert strokes(path("M 10 10 L 60 40 Q 1 1 60 90 B 1 1 2 2 60 99 A 5 5 0 0 1 60 120 L 90 120")) == [
        (60, 120, 90, 120)
    ]


def test_separate_lines_are_read_as_any_path() -> None:
    data = "M 10 10 L 60 10 M 60 30 L 60 10 M 10 30 L 30 50"
    assert strokes(path(data)) == strokes(path(data.replace(" ", ",").replace(",L,", "L"))) != []
    assert strokes(path(data, CTM="1 0 0 1 5 0")) == [(15, 10, 65, 10), (65, 10, 65, 30)]
    assert strokes(path(data, CTM="0 1 -1 0 80 0")) == [(70, 10, 70, 60), (50, 60, 70, 60)]
    assert [in_mm(slant) for slant in see(path(data)).slants] == [(10, 30, 30, 50)]
    assert see(path(data)).slants == see(path(data + " M 10 30 Q 1 1 30 50")).slants
    assert [in_mm(slant) for slant in see(path("M 30 10 L 10 30 M 0 0 L 0 1")).slants] == [(10, 30, 30, 10)]
    assert failure(zipped(parts(path("M 10 10 L 60 10 M 10 x L 60 20"))))[0] == "damaged"


def test_objects_that_are_stated_alike_look_alike_and_others_do_not() -> None:
    white, red = ('<ofd:FillColor Value="255 255 255"/>', '<ofd:FillColor Value="255 0 0"/>')
    plain = text('X="0" Y="4"', "一")
    coloured = [plain.replace("<ofd:TextCode", f"{colour}<ofd:TextCode") for colour in (white, red, white)]
    wide = text('X="0" Y="4"', "一", HScale="0.5")
    assert [g.text for g in see("".join(coloured)).glyphs] == ["一"]
    assert [g.text for g in see(plain + "".join(coloured) + plain).glyphs] == ["一"] * 3
    assert [in_mm((g.right - g.left,)) for g in see(plain + wide + plain).glyphs] == [(4,), (2,), (4,)]
    lines = [path("M 10 10 L 60 10", colour.replace("Fill", "Stroke")) for colour in (white, red, white)]
    assert strokes("".join(lines)) == [(10, 10, 60, 10)]
    moved = [path("M 10 10 L 60 10", Boundary=f"0 {y} 100 100", CTM=f"1 0 0 1 {y} 0") for y in (0, 20)]
    assert strokes("".join(moved)) == [(10, 10, 60, 10), (30, 30, 80, 30)]


def test_filled_bars_are_rulings_and_filled_boxes_are_not() -> None:
    bar, box = "M 10 10 L 60 10 L 60 10.4 L 10 10.4 C", "M 10 10 L 60 10 L 60 30 L 10 30 C"
    filled = {"Stroke": "false", "Fill": "true"}
    assert strokes(path(f"{bar} {box}", **filled)) == [(10, 10, 60, 10.4)]
    assert strokes(path(bar, **filled | {"Fill": "false"})) == []


def test_rulings_that_nobody_sees() -> None:
    line = "M 10 10 L 60 10"
    assert strokes(path(line, Visible="false") + path(line, Alpha="0")) == []
    assert strokes(path(line, '<ofd:StrokeColor Value="255 255 255"/>')) == []
    assert strokes(path(line, '<ofd:StrokeColor Value="255 0 0"/>')) == [(10, 10, 60, 10)]


def test_a_ruling_ends_at_its_boundary() -> None:
    inside = path("M -50 5 L 500 5", Boundary="20 30 40 10")
    assert strokes(inside) == [pytest.approx((20, 35, 60, 35), abs=0.6)]
    assert strokes(path("M 10 10 L 60 10", Boundary="0 0 0 0")) == [(10, 10, 60, 10)]


def test_transforms_of_paths() -> None:
    assert strokes(path("M 0 0 L 10 0", Boundary="20 30 100 9", CTM="2 0 0 2 1 1", LineWidth="1")) == [
        pytest.approx((20, 30, 42, 32), abs=0.6)
    ]
    assert strokes(path("M 0 0 L 10 0", Boundary="20 30 9 100", CTM="0 1 -1 0 0 0")) == [(20, 30, 20, 40)]


# Pages


def res(content: str) -> str:
    return f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016">{content}</ofd:Res>'


def test_composite_objects_and_drawing_parameters() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{path("M 0 0 L 10 0", DrawParam="2")}</ofd:Content>'
    parameters = '<ofd:DrawParam ID="1" LineWidth="2"/><ofd:DrawParam ID="2" Relative="1"/>'
    resources = res(
        f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
        f"<ofd:DrawParams>{parameters}</ofd:DrawParams>"
    ).replace(' LineWidth="0"', "")
    use = '<ofd:CompositeObject ID="1" ResourceID="7" Boundary="20 30 40 9" CTM="2 0 0 1 0 0"/>'
    page = see(
        f"<ofd:PageBlock><ofd:PageBlock>{use}</ofd:PageBlock></ofd:PageBlock>",
        common="<ofd:PublicRes>/Doc_0/res.xml</ofd:PublicRes>",
        **{"Doc_0/Res.xml": resources},
    )
    ((left, top, right, bottom),) = [in_mm(stroke) for stroke in page.strokes]
    assert (left, right, (top + bottom) / 2) == pytest.approx((20 - 0.53, 40 + 1.41, 30 + 0.44), abs=0.1)
    assert failure(zipped(parts(use)))[1]["detail"] == f"{PAGE}: CompositeObject 1: ResourceID=7"


def test_templates_lie_below_and_above() -> None:
    common = '<ofd:TemplatePage ID="2" BaseLoc="T.xml" ZOrder="Foreground"/><ofd:TemplatePage ID="3" BaseLoc="U.xml"/>'
    used = '<ofd:Template TemplateID="2"/><ofd:Template TemplateID="3"/>'
    page = page_content(text('X="0" Y="4"', "二"), used)
    above, below = page_content(text('X="0" Y="4"', "三")), page_content(text('X="0" Y="4"', "一"))
    seen = see(page, common=common, **{"Doc_0/T.xml": above, "Doc_0/U.xml": below})
    assert [glyph.text for glyph in seen.glyphs] == ["一", "二", "三"]
    assert failure(zipped(parts(page)))[1]["detail"] == f"{PAGE}: Template 2"


def test_the_page_has_the_box_it_states() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>10 20 100 50</ofd:PhysicalBox></ofd:Area>"
    page = see(page_content(text('X="0" Y="4"', "一"), area))
    assert (page.width / MM, page.height / MM) == pytest.approx((100, 50))
    assert begins(list(page.glyphs)) == [("一", 0, 4)]
    assert see("").width == pytest.approx(WIDTH * MM)
    assert see(page_content("", area.replace("100 50", "1e300 50"))).width == pytest.approx(WIDTH * MM)


@pytest.mark.parametrize("namespace", ["http://www.ofdspec.org", "http://www.ofdspec.org/2016/"])
def test_other_namespaces(namespace: str) -> None:
    changed = {
        name: str(part).replace("http://www.ofdspec.org/2016", namespace).replace("ofd:", "o:")
        for name, part in parts(text('X="0" Y="4"', "受理12件")).items()
    }
    renamed = {name: part.replace("xmlns:ofd", "xmlns:o") for name, part in changed.items()}
    assert lines(read_ofd(zipped(renamed), "a.ofd")) == ["受理12件"]


@pytest.mark.parametrize("location", ["pages/p/content.XML", "/Doc_0/Pages/P/Content.xml", "Pages\\P\\Content.xml"])
@pytest.mark.parametrize(
    "root", ["Doc_0/Document.xml", "/doc_0/Document.xml", "Doc_0\\Document.xml", "./Doc_0/Document.xml"]
)
def test_the_ways_in_which_parts_are_named(location: str, root: str) -> None:
    named = parts(text('X="0" Y="4"', "受理12件")) | {
        "OFD.xml": ofd_root("", [root]),
        "Doc_0/Document.xml": document_root([location]),
    }
    assert lines(read_ofd(zipped(named), "a.ofd")) == ["受理12件"]


def test_several_documents_follow_one_another() -> None:
    first = parts(text('X="0" Y="4"', "受理12件"))
    second = {
        name.replace("Doc_0", "Doc_1"): content
        for name, content in parts(text('X="0" Y="4"', "答复11件")).items()
        if name.startswith("Doc_0")
    }
    both = first | second | {"OFD.xml": ofd_root("", ["Doc_0/Document.xml", "Doc_1/Document.xml"])}
    document = read_ofd(zipped(both), "a.ofd")
    assert lines(document) == ["受理12件", "答复11件"]
    assert [block.location.page for block in document.blocks if isinstance(block, Paragraph)] == [1, 2]  # type: ignore[union-attr]
    assert document.remarks == (Remark("several-documents", {"count": 2}),)


def test_the_current_version_of_a_document_counts() -> None:
    versions = (
        '<ofd:Versions><ofd:Version ID="1" BaseLoc="V0.xml"/><ofd:Version ID="2" Current="true" BaseLoc="Doc_0/V.xml"/>'
    )
    root = ROOT.replace("</ofd:DocBody>", f"{versions}</ofd:Versions></ofd:DocBody>")
    version = (
        '<ofd:DocVersion xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocRoot>New.xml</ofd:DocRoot></ofd:DocVersion>'
    )
    new = parts(text('X="0" Y="4"', "旧"), text('X="0" Y="4"', "受理12件"))
    new |= {"OFD.xml": root, "Doc_0/V.xml": version, "Doc_0/New.xml": document_root(["Pages/P1/Content.xml"])}
    assert lines(read_ofd(zipped(new), "a.ofd")) == ["受理12件"]


# What is not shown

PROSE = text_object(
    Line(20, 40, 3, "我单位依法做好政府信息公开工作，加强组织领导，完善工作机制，做到应公开尽公开，自觉接受社会监督。")
)


def _box(left: float, top: float, width: float, height: float, value: str, more: str = "") -> str:
    corners = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return (
        f'<ofd:PathObject Boundary="{left} {top} {width} {height}" Stroke="false" Fill="true" {more}>'
        f'<ofd:FillColor Value="{value}"/><ofd:AbbreviatedData>{corners}</ofd:AbbreviatedData></ofd:PathObject>'
    )


def _coloured(value: str, more: str = "") -> str:
    return text('X="0" Y="4"', "1250").replace("<ofd:TextCode", f'<ofd:FillColor Value="{value}" {more}/><ofd:TextCode')


@pytest.mark.parametrize(
    "objects",
    [
        _coloured("255 255 255"),
        _coloured("250 252 255"),
        _coloured("0 0 0", 'Alpha="0"'),
        _box(0, 0, 200, 200, "0 0 128") + _coloured("0 0 128"),
        _coloured("0 0 0") + _box(0, 0, 200, 200, "255 255 255"),
    ],
)
def test_text_that_cannot_be_seen_is_not_read(objects: str) -> None:
    assert lines(read_ofd(zipped(parts(objects, PROSE)), "a.ofd"))[0].startswith("我单位依法")


@pytest.mark.parametrize(
    "objects",
    [
        _coloured("128 0 0"),
        _box(0, 0, 200, 200, "0 0 128") + _coloured("255 255 255"),
        _coloured("0 0 0") + _box(0, 0, 200, 200, "255 255 0", 'Alpha="90"'),
    ],
)
def test_text_in_colours_is_read(objects: str) -> None:
    assert lines(read_ofd(zipped(parts(objects, PROSE)), "a.ofd"))[0] == "1250"


# Pages without text


def picture(width: float, height: float) -> str:
    return f'<ofd:ImageObject ResourceID="4" Boundary="0 0 {width} {height}" CTM="{width} 0 0 {height} 0 0"/>'


def test_scanned_pages_are_named() -> None:
    scan, number = picture(WIDTH, HEIGHT), text('X="90" Y="270"', "— 2 —")
    assert failure(zipped(parts(PROSE, scan + number, PROSE, scan))) == ("scanned-pages", {"pages": "2、4"})
    assert lines(read_ofd(zipped(parts(PROSE + scan, picture(40, 40), "")), "a.ofd"))[0].startswith("我单位依法")


def test_text_hidden_under_a_scan_is_read_and_told() -> None:
    hidden = PROSE.replace("<ofd:TextObject", '<ofd:TextObject Alpha="0"')
    document = read_ofd(zipped(parts(picture(WIDTH, HEIGHT) + hidden)), "a.ofd")
    assert document.remarks == (Remark("scanned-with-text", {"pages": "1"}),)
    assert lines(document)[0].startswith("我单位依法")


def test_text_turned_into_drawings_is_no_text() -> None:
    letter = path("M 10 10 " + "B 1 1 2 2 3 3 " * 12, Stroke="false", Fill="true")
    assert failure(zipped(parts(letter * 60))) == ("scanned-pages", {"pages": "1"})


@pytest.mark.parametrize("sign", ["¤", "\ue123", "\ufffd", "þ", "ฐ"])
def test_text_without_characters_is_garbled(sign: str) -> None:
    garbled = text_object(Line(20, 60, 4, sign * 12 + "年度报告"))
    assert failure(zipped(parts(PROSE, garbled))) == ("garbled-pages", {"pages": "2"})


def test_nothing_printed_is_no_report() -> None:
    assert failure(zipped(parts("")))[0] == "no-text-inside"


# Bad files


def test_encrypted_files() -> None:
    root = ROOT.replace("</ofd:OFD>", "<ofd:Encryptions>Encryptions.xml</ofd:Encryptions></ofd:OFD>")
    assert failure(zipped(parts("") | {"OFD.xml": root})) == ("encrypted", {})
    assert failure(zipped(parts("", **{"Encryptions.xml": "<a/>"}))) == ("encrypted", {})


@pytest.mark.parametrize(
    ("changed", "detail"),
    [
        ({"OFD.xml": ""}, "OFD.xml: Document is empty"),
        ({"OFD.xml": ofd_root("", [])}, "OFD.xml: DocRoot"),
        ({"OFD.xml": ofd_root("", ["Doc_1/Document.xml"])}, "OFD.xml: Doc_1/Document.xml: missing"),
        (
            {"Doc_0/Document.xml": document_root(["../../../etc/passwd"])},
            "Doc_0/Document.xml: ../../../etc/passwd: missing",
        ),
        ({"Doc_0/Document.xml": document_root([""])}, "Doc_0/Document.xml: ?: missing"),
        ({PAGE: page_content("")[:-9]}, PAGE),
        ({PAGE: page_content(text('X="0" Y="4" DeltaX="4 x"', "一二三"))}, f"{PAGE}: TextObject None: DeltaX=4 x"),
        ({PAGE: page_content(text('X="0" Y="4" DeltaX="g 2"', "一二三"))}, f"{PAGE}: TextObject None: DeltaX=g 2"),
        ({PAGE: page_content(text('X="0" Y="4"', "一", Size="nan"))}, f"{PAGE}: TextObject None: Size=nan"),
        ({PAGE: page_content(text('X="0" Y="4"', "一", CTM="1 0 0"))}, f"{PAGE}: TextObject None: CTM=1 0 0"),
        ({PAGE: page_content(path("M 1 1 L 2"))}, f"{PAGE}: PathObject None"),
        ({PAGE: page_content(path("M 1 1 X 2 2"))}, f"{PAGE}: PathObject None"),
    ],
)
def test_damaged_parts_are_named(changed: dict[str, str | bytes], detail: str) -> None:
    code, values = failure(zipped(parts("") | changed))
    assert (code, values["kind"], str(values["detail"])[: len(detail)]) == ("damaged", "OFD", detail)


def test_external_entities_are_refused() -> None:
    hostile = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page_content(text('X="0" Y="4"', "&x;"))
    assert failure(zipped(parts("") | {PAGE: hostile})) == ("unsafe-xml", {"part": PAGE})


def test_more_than_any_report_is_refused() -> None:
    pages = {"Doc_0/Document.xml": document_root(["Pages/P/Content.xml"] * 301)}
    assert failure(zipped(parts("") | pages)) == ("too-many-pages", {"count": 301, "limit": 300})
    unit = '<ofd:CompositeObject ResourceID="{}"/>' * 10
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{i}"><ofd:Content>{unit.format(*[i + 1] * 10)}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
        for i in range(8)
    )
    last = '<ofd:CompositeGraphicUnit ID="8"><ofd:Content/></ofd:CompositeGraphicUnit>'
    bomb = parts(
        unit.format(*[0] * 10),
        common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
        **{"Doc_0/R.xml": res(f"<ofd:CompositeGraphicUnits>{units}{last}</ofd:CompositeGraphicUnits>")},
    )
    assert failure(zipped(bomb)) == ("too-much-packed", {"what": "OFD: > 400000", "limit": 400000})
    ring = dict(bomb) | {"Doc_0/R.xml": str(bomb["Doc_0/R.xml"]).replace('ResourceID="1"', 'ResourceID="0"')}
    assert failure(zipped(ring)) == ("too-much-packed", {"what": f"{PAGE}: 33", "limit": 32})
