"""Pages that are set in columns, side by side or turned are read sheet by sheet, with places on the page as it is."""

import pytest
from made_pages import HEIGHT, WIDTH, page, rule, write

from validator.geometry import Glyph, Grid, Stroke, TextLine, lay_out

LINES = [
    "本年度收到的申请均已办理完毕并答复",
    "各科室按照分工公开本单位政府信息啊",
    "对各类意见建议均有专人负责登记回复",
]


def column(name: str, left: float, top: float) -> list:
    return [glyph for index in range(9) for glyph in write(f"{name}{LINES[index % 3]}", left, top + 15 * index, size=9)]


def test_two_columns_are_read_one_after_the_other():
    glyphs = write("年度报告", 170, 20) + column("左", 20, 60) + column("右", 210, 60)
    lines = lay_out([page(glyphs, [])])
    assert all(isinstance(line, TextLine) for line in lines)
    assert [line.text[0] for line in lines] == ["年", *"左" * 9, *"右" * 9]
    assert [(line.page, round(line.box[0])) for line in (lines[1], lines[-1])] == [(1, 20), (1, 210)]


def test_columns_of_a_table_without_rulings_are_no_columns_of_text():
    glyphs = [
        glyph
        for index in range(12)
        for glyph in write(f"第{index}项公开政府信息的数量", 20, 40 + 15 * index)
        + write(f"{index * 7}", 300, 40 + 15 * index)
    ]
    lines = lay_out([page(glyphs, [])])
    assert len(lines) == 12
    assert all(line.text.endswith(str(index * 7)) for index, line in enumerate(lines))


def test_a_table_that_is_turned_is_read_and_its_cells_stand_where_they_are_printed():
    words = [("收到申请数量合计", "12345", "6"), ("办结申请数量合计", "12345", "7"), ("结转下一年度继续", "12345", "8")]
    glyphs = [
        glyph
        for row, texts in enumerate(words)
        for place, text in zip((500.0, 380.0, 280.0), texts, strict=True)
        for glyph in write(text, 100 + 40 * row, place, turn=3)
    ]
    edges = rule([90 + 40 * n for n in range(4)], [150.0, 300.0, 390.0, 510.0])
    (grid,) = lay_out([page(glyphs, edges)])
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [list(texts) for texts in words]
    left, top, right, bottom = grid.rows[0][0].box
    assert (round(left), round(right)) == (90, 130)
    assert (round(top), round(bottom)) == (390, 510)


def test_a_table_over_both_halves_is_no_pair_of_columns():
    glyphs = [*column("左", 40, 100), *column("右", 220, 100)]
    (grid,) = lay_out([page(glyphs, rule([30, 210, 390], [98 + 15 * n for n in range(10)]))])
    assert isinstance(grid, Grid)
    assert len(grid.rows) == 9


@pytest.mark.parametrize("turn", [1, 3])
def test_a_table_turned_either_way_is_read_below_its_heading(turn: int):
    figures = [["甲乙丙丁", str(100 + n), str(200 + n)] for n in range(10)]
    glyphs = [g for n, row in enumerate(figures) for i, t in enumerate(row) for g in write(t, 60 + 80 * i, 60 + 20 * n)]
    strokes = rule([55, 135, 215, 295], [55 + 20 * n for n in range(11)])

    def turned(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        if turn == 1:
            return WIDTH - bottom, left, WIDTH - top, right
        return top, HEIGHT - right, bottom, HEIGHT - left

    sideways = [Glyph(g.text, *turned(*g[1:5]), turn) for g in glyphs]
    heading = write("三、收到和处理申请情况", 100, 20)
    found = lay_out([page([*heading, *sideways], [Stroke(*turned(*s)) for s in strokes])])
    assert isinstance(found[0], TextLine)
    assert found[0].text == "三、收到和处理申请情况"
    assert isinstance(found[1], Grid)
    assert [[cell.text for cell in row] for row in found[1].rows] == figures
    assert found[1].rows[2][1].box == pytest.approx(turned(135, 95, 215, 115))
