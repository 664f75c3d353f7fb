"""The text of a cell: full lines run on, others end; labels one sign a line; turned words."""

import pytest
from made_pages import page, rule, write

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
