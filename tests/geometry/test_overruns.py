"""Figures that run over the lines of their cells are whole or torn, never two numbers."""

from collections.abc import Sequence

import pytest
from made_pages import page, rule, write

from validator.geometry import Glyph, Grid, lay_out
from validator.numerals import parse_numeral

XS, YS = [50.0, 80.0, 100.0, 130.0, 160.0], [100.0, 120.0]


def spaced(text: str, middle: float, gap: float, run: int, *, one_by_one: bool = False) -> list[Glyph]:
    """Set a figure about a middle with gaps between its digits, of one run or each of its own."""
    step = 5.0 + gap
    left = middle - (len(text) * step - gap) / 2
    return [
        glyph._replace(run=run + (number if one_by_one else 0))
        for number, sign in enumerate(text)
        for glyph in write(sign, left + number * step, 105)
    ]


def texts(glyphs: Sequence[Glyph], xs: Sequence[float] = XS) -> list[str]:
    (grid,) = lay_out([page(list(glyphs), rule(list(xs), YS))])
    assert isinstance(grid, Grid)
    return [cell.text for cell in grid.rows[0]]


def values(glyphs: Sequence[Glyph], xs: Sequence[float] = XS) -> list[object]:
    return [parse_numeral(text).value for text in texts(glyphs, xs)]


@pytest.mark.parametrize("gap", [0, 2, 5, 8])
def test_a_figure_set_as_one_is_of_the_cell_that_holds_nothing_else(gap: float):
    beside = [*spaced("6", 53, 0, 1), *spaced("6", 127, 0, 3), *spaced("9", 145, 0, 4)]
    assert values([*beside, *spaced("2171", 90, gap, 2)]) == [6, 2171, 6, 9]


@pytest.mark.parametrize("gap", [2, 5, 8, 10])
def test_a_spaced_figure_beside_blank_cells_is_torn(gap: float):
    read = texts([*spaced("217108", 90, gap, 2), *spaced("9", 145, 0, 4)])
    assert "\n" in read[1]
    assert read[0] == read[1] == read[2]
    assert [parse_numeral(text).note for text in read] == ["ambiguous", "ambiguous", "ambiguous", ""]


@pytest.mark.parametrize("gap", [2.5, 5, 8])
def test_digits_set_one_by_one_are_of_one_figure_where_they_stand_as_far_apart_as_in_cells(gap: float):
    xs = [50.0, 90.0, 110.0, 150.0, 190.0]
    beside = [*spaced("0", 54, 0, 1), *spaced("0", 146, 0, 30), *spaced("25", 170, gap, 40, one_by_one=True)]
    figure = spaced("2171", 100, gap, 20, one_by_one=True)
    assert values([*figure, *beside], xs) == [0, 2171, 0, 25]
    assert values([*figure, *beside[1:]], xs) == [None, None, None, 25]


def test_digits_set_one_by_one_that_touch_are_of_one_figure_though_the_line_stands_between_two():
    xs = [390.4, 412.9, 435.4, 457.9]
    signs = [g for n, sign in enumerate("2288") for g in write(sign, 392.1 + 6.7 * n, 105, size=13.4)]
    signs += [g for n, sign in enumerate("52") for g in write(sign, 420.0 + 6.7 * n, 105, size=13.4)]
    assert values([g._replace(run=-n) for n, g in enumerate([*signs, *write("1", 440, 105)], 1)], xs) == [None, None, 1]


def test_a_figure_after_which_a_digit_may_be_cut_off_is_torn():
    signs = spaced("215", 65, 5, 1, one_by_one=True)
    assert values([*signs, *spaced("9", 145, 0, 9)], [50, 82.5, 130, 160]) == [215, None, 9]
    assert values([*signs, *spaced("9", 145, 0, 9)], [50, 81, 130, 160]) == [None, None, 9]


def test_figures_that_look_like_one_are_torn():
    glyphs = [*spaced("2262", 90, 10, 1), *spaced("6", 127, 0, 2), *spaced("5", 145, 0, 3)]
    assert values(glyphs) == [None, None, None, 5]


def test_what_a_torn_figure_leaves_out_is_torn_with_it():
    glyphs = [*write("4", 86.5, 112), *spaced("10", 89, 11, 2)]
    assert values(glyphs, [50, 82, 96, 130])[1] is None


def test_a_label_keeps_its_words_beside_a_torn_figure():
    glyphs = [*write("其他处理", 52, 105), *spaced("21710", 128, 6, 2)]
    read = texts(glyphs, [50, 100, 130, 160])
    assert read[0] == "其他处理"
    assert [parse_numeral(text).value for text in read[1:]] == [None, None]


@pytest.mark.parametrize(("start", "owner"), [(52.0, 0), (72.0, 1)])
def test_a_figure_beside_a_blank_cell_is_of_the_one_that_it_is_set_in(start: float, owner: int):
    read = values([*(g._replace(run=7) for g in write("1234567", start, 105))], [50, 75, 109, 150])
    assert read == [1234567 if number == owner else None for number in range(3)]


@pytest.mark.parametrize("runs", [(1, 2, 3), (0, 0, 0)])
def test_figures_in_narrow_columns_stay_apart(runs: tuple[int, int, int]):
    xs = [50.0, 63.0, 76.0, 89.0]
    glyphs = [
        g for run, x, text in zip(runs, xs, ("1", "20", "3"), strict=False) for g in spaced(text, x + 6.5, 0, run)
    ]
    assert values(glyphs, xs) == [1, 20, 3]
