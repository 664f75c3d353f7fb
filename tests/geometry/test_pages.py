"""Tables that go on over pages are one; page numbers, heads and feet do not stand between."""

from made_pages import page, rule, upright, write

from validator.geometry import Glyph, Grid, PrintedPage, TextLine, lay_out

XS = [50.0, 150.0, 250.0, 350.0]


def rows(*texts: tuple[str, str, str], top: float, number: int, more: list[Glyph] | None = None) -> PrintedPage:
    """Make a page with a table of rows of 20 points."""
    glyphs = list(more or [])
    for index, row in enumerate(texts):
        for x, text in zip(XS, row, strict=False):
            glyphs += write(text, x + 5, top + 5 + 20 * index)
    return page(glyphs, rule(XS, [top + 20 * n for n in range(len(texts) + 1)]), number)


def texts(piece: object) -> list[list[str]]:
    assert isinstance(piece, Grid)
    return [[cell.text for cell in row] for row in piece.rows]


def test_a_table_goes_on_without_its_head():
    pages = [
        rows(("项", "数", "计"), ("甲", "1", "2"), top=500, number=1, more=write("- 1 -", 190, 580)),
        rows(("乙", "3", "4"), top=50, number=2, more=write("- 2 -", 190, 580)),
    ]
    assert [texts(piece) for piece in lay_out(pages)] == [[["项", "数", "计"], ["甲", "1", "2"], ["乙", "3", "4"]]]


def test_a_repeated_head_is_dropped_and_running_heads_stand_once():
    pages = [
        rows(("项", "数", "计"), ("甲", "1", "2"), top=500, number=1, more=write("年度报告", 180, 20)),
        rows(("项", "数", "计"), ("乙", "3", "4"), top=50, number=2, more=write("年度报告", 180, 20)),
    ]
    head, grid = lay_out(pages)
    assert isinstance(head, TextLine)
    assert (head.text, head.page) == ("年度报告", 1)
    assert texts(grid) == [["项", "数", "计"], ["甲", "1", "2"], ["乙", "3", "4"]]


def test_a_heading_between_keeps_tables_apart():
    pages = [
        rows(("甲", "1", "2"), top=500, number=1),
        rows(("乙", "3", "4"), top=150, number=2, more=write("四、诉讼", 50, 120)),
    ]
    assert [texts(p) if isinstance(p, Grid) else p.text for p in lay_out(pages)] == [
        [["甲", "1", "2"]],
        "四、诉讼",
        [["乙", "3", "4"]],
    ]


def test_other_columns_are_another_table():
    other = page(write("乙", 55, 55) + write("3", 205, 55), rule([50, 200, 350], [50, 70]), 2)
    crossing = page(write("乙", 55, 55) + write("3", 185, 55), rule([50, 180, 350], [50, 70]), 2)
    first = rows(("甲", "1", "2"), top=500, number=1)
    assert len(lay_out([first, crossing])) == 2
    assert len(lay_out([first, other])) == 2


def test_a_row_cut_by_the_end_of_the_page_is_one():
    xs = [50, 144, 172, 350]
    first = [*write("一、本年新收政府信", 52, 505), *write("21491", 146, 505), *write("5", 200, 505)]
    second = [*write("息申请", 52, 55), *write("7", 146, 55)]
    pages = [page(first, rule(xs, [500, 520]), 1), page(second, rule(xs, [50, 70]), 2)]
    assert [texts(piece) for piece in lay_out(pages)] == [[["一、本年新收政府信息申请", "214917", "5"]]]


def test_rows_with_room_of_their_own_stay_apart():
    pages = [rows(("合计", "21", ""), top=500, number=1), rows(("小计", "", ""), top=50, number=2)]
    assert [texts(piece) for piece in lay_out(pages)] == [[["合计", "21", ""], ["小计", "", ""]]]


def test_a_merged_label_goes_on_over_the_break():
    def part(label: str, items: list[str], top: float, number: int) -> PrintedPage:
        ys = [top + 20 * n for n in range(len(items) + 1)]
        strokes = [s for s in rule(XS, ys) if s.right - s.left < 5 or s.top < ys[0] + 1 or s.bottom > ys[-1] - 1]
        strokes += [s._replace(left=150) for y in ys[1:-1] for s in rule(XS, [y])[:1]]
        glyphs = write(label, 55, top + 15)
        for y, item in zip(ys, items, strict=False):
            glyphs += write(item, 155, y + 5) + write("7", 255, y + 5)
        return page(glyphs, strokes, number)

    (grid,) = lay_out([part("办理", ["甲", "乙"], 500, 1), part("", ["丙", "丁"], 50, 2)])
    assert isinstance(grid, Grid)
    assert (grid.rows[0][0].text, grid.rows[0][0].rowspan) == ("办理", 4)
    assert texts(grid) == [["办理", "甲", "7"], ["乙", "7"], ["丙", "7"], ["丁", "7"]]


def test_a_label_column_that_no_line_crosses_on_its_page_is_a_column():
    first = page([*write("办理", 55, 505), *write("甲", 155, 505), *write("1", 255, 505)], rule(XS, [500, 520]), 1)
    inner = rule([150.0, 250.0, 350.0], [50, 70, 90])
    second = page(
        [*write("乙", 155, 55), *write("2", 255, 55), *write("丙", 155, 75), *write("3", 255, 75)],
        [*inner, upright(50, 50, 90)],
        2,
    )
    (grid,) = lay_out([first, second])
    assert texts(grid) == [["办理", "甲", "1"], ["乙", "2"], ["丙", "3"]]
    assert isinstance(grid, Grid)
    assert grid.rows[0][0].rowspan == 3
    assert [row[-1].column for row in grid.rows] == [2, 2, 2]


def test_a_row_that_the_page_leaves_open_is_a_row():
    strokes = [*rule(XS, [500, 520]), *(upright(x, 520, 540) for x in XS)]
    glyphs = [*write("甲", 55, 505), *write("1", 155, 505), *write("2", 255, 505)]
    glyphs += [*write("乙", 55, 525), *write("3", 155, 525), *write("4", 255, 525)]
    assert [texts(piece) for piece in lay_out([page(glyphs, strokes)])] == [[["甲", "1", "2"], ["乙", "3", "4"]]]


def open_row(first: tuple[str, str, str], second: tuple[str, str, str]) -> list[list[list[str]]]:
    """Set a row at the end of a page, which no line closes, and one at the top of the next, which no line opens."""
    ends = [*rule(XS, [500])[:1], *(upright(x, 500, 520) for x in XS)]
    begins = [*rule(XS, [70])[:1], *(upright(x, 50, 70) for x in XS)]
    glyphs = [
        [g for x, text in zip(XS, row, strict=False) for g in write(text, x + 5, top)]
        for row, top in ((first, 505), (second, 55))
    ]
    return [texts(piece) for piece in lay_out([page(glyphs[0], ends, 1), page(glyphs[1], begins, 2)])]


def test_rows_that_no_line_parts_are_one_unless_both_have_figures_of_their_own():
    assert open_row(("甲", "", ""), ("", "21", "7")) == [[["甲", "21", "7"]]]
    assert open_row(("甲", "21", ""), ("", "", "7")) == [[["甲", "21", ""], ["", "", "7"]]]
    assert open_row(("", "21", ""), ("乙", "", "7")) == [[["", "21", ""], ["乙", "", "7"]]]


def test_a_sentence_goes_on_past_the_number_of_the_page():
    first = [*write("共收到申请", 50, 560), *write("1", 200, 580)]
    second = [*write("21件。", 50, 50), *write("2", 200, 580)]
    lines = lay_out([page(first, [], 1), page(second, [], 2)])
    assert [line.text for line in lines if isinstance(line, TextLine)] == ["共收到申请", "21件。"]


def test_a_figure_at_the_foot_that_is_no_page_number_stays():
    lines = lay_out([page(write("7", 200, 580), [], 1), page(write("7", 200, 580), [], 2)])
    assert [line.text for line in lines if isinstance(line, TextLine)] == ["7", "7"]
