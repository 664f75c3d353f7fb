"""The text of a cell: full lines run on, others end; labels one sign a line; turned words."""

import pytest
from made_pages import level, page, rule, write

from validator.geometry import Grid, lay_out


def read(glyphs: list, right: float = 90.0) -> str:
    """Read a cell from x 50 to `right` and y 100 to 200."""
    strokes = rule([50, right, 350], [100, 200])
    (grid,) = lay_out([page([*glyphs, *write("0", 300, 150)], strokes)])
    assert isinstance(grid, Grid)
    return grid.rows[0][0].text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["1", "0"], "10"),
        (["1,", "20", "4"], "1,204"),
    ],
)
def test_a_number_that_wraps_in_a_narrow_cell(lines: list[str], text: str):
    wide = 3 + 5.0 * max(map(len, lines))
    glyphs = [g for n, line in enumerate(lines) for g in write(line, 51.5, 110 + 12 * n)]
    assert read(glyphs, 50 + wide) == text


def test_a_label_that_wraps_is_one_line():
    assert read([*write("其他法律", 52, 110), *write("法规禁", 52, 122)], 94) == "其他法律法规禁"


def test_a_line_that_was_ended_stays_ended():
    assert read([*write("结果", 55, 110), *write("维持", 55, 122)], 120) == "结果\n维持"


def test_latin_words_keep_their_blank():
    assert read([*write("granted", 51, 110), *write("in part", 51, 122)], 90) == "granted in part"


def test_a_label_of_one_sign_a_line_reads_from_top_to_bottom():
    assert read([g for n, sign in enumerate("三、本年度") for g in write(sign, 53, 105 + 11 * n)], 66) == "三、本年度"


@pytest.mark.parametrize(("turn", "top"), [(1, 105), (3, 195)])
def test_turned_words_read_in_their_direction(turn: int, top: float):
    assert read(write("办理结果2023", 55, top, turn=turn), 80) == "办理结果2023"


def test_a_gap_between_figures_is_a_blank():
    assert read(write("1 0", 55, 110)) == "1 0"


@pytest.mark.parametrize(("size", "rise"), [(5.8, 3.3), (8.3, 3.5), (6.5, 3.5), (6, 5), (10, 4)])
@pytest.mark.parametrize(("mark", "written"), [("1", "¹"), ("12", "¹²"), ("(1)", "⁽¹⁾"), ("①", "①")])
def test_a_raised_mark_is_no_digit_of_the_figure(size: float, rise: float, mark: str, written: str):
    top = 110 + 0.88 * (10 - size) - rise  # base lines are at 0.88 of the height
    assert read([*write("1250", 52, 110), *write(mark, 72, top, size=size)], 120) == "1250" + written


def test_a_lowered_mark_is_no_digit_of_the_figure():
    assert read([*write("1250", 52, 110), *write("1", 72, 118, size=6)], 90) == "1250₁"
    assert read([*write("1250", 52, 110), *write("1", 72, 116.5, size=6)], 90) == "1250₁"


def test_smaller_signs_on_the_line_and_signs_a_little_off_it_are_no_marks():
    assert read([*write("12", 52, 110), *write("50", 62, 110 + 0.88 * 2, size=8)], 90) == "1250"
    assert read([*write("12", 52, 110), *write("50", 62, 108.8)], 90) == "1250"


@pytest.mark.parametrize("y", [115, 116.5, 117.5])
@pytest.mark.parametrize("pieces", [[(52, 72)], [(50.5, 73)], [(52, 58), (59, 72)]])
def test_a_figure_that_is_struck_out_is_not_read(y: float, pieces: list[tuple[float, float]]):
    glyphs = [*write("1255", 52, 110), *write("1250", 74, 110), *write("0", 300, 150)]
    strokes = [*rule([50, 120, 350], [100, 200]), *(level(y, left, right) for left, right in pieces)]
    (grid,) = lay_out([page(glyphs, strokes)])
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [["1250", "0"]]


@pytest.mark.parametrize(("y", "left", "right"), [(119.5, 52, 72), (109, 52, 72), (115, 50, 350)])
def test_lines_under_and_over_figures_and_rulings_strike_nothing(y: float, left: float, right: float):
    glyphs = [*write("1255", 52, 110), *write("0", 300, 150)]
    (grid,) = lay_out([page(glyphs, [*rule([50, 120, 350], [100, 200]), level(y, left, right)])])
    assert isinstance(grid, Grid)
    assert any(cell.text == "1255" for row in grid.rows for cell in row)
