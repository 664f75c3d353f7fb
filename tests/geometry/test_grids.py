"""Lines that frame cells become a grid: merged cells, broken and doubled lines, open sides, boxes in boxes."""

from made_pages import frame, level, page, rule, upright, write

from validator.geometry import Grid, Stroke, TextLine, lay_out

XS, YS = [50.0, 150.0, 250.0, 350.0], [100.0, 120.0, 140.0]
WORDS = [
    *write("甲", 55, 105),
    *write("1", 155, 105),
    *write("2", 255, 105),
    *write("乙", 55, 125),
    *write("3", 155, 125),
    *write("4", 255, 125),
]
PLAIN = [[("甲", 0, 1, 1), ("1", 1, 1, 1), ("2", 2, 1, 1)], [("乙", 0, 1, 1), ("3", 1, 1, 1), ("4", 2, 1, 1)]]


def shape(grid: object) -> list[list[tuple[str, int, int, int]]]:
    assert isinstance(grid, Grid)
    return [[(cell.text, cell.column, cell.colspan, cell.rowspan) for cell in row] for row in grid.rows]


def only_grid(glyphs: list, strokes: list[Stroke]) -> list[list[tuple[str, int, int, int]]]:
    pieces = lay_out([page(glyphs, strokes)])
    assert len(pieces) == 1
    return shape(pieces[0])


def test_plain_grid_and_its_places():
    pieces = lay_out([page(WORDS, rule(XS, YS))])
    assert [shape(piece) for piece in pieces] == [PLAIN]
    cell = pieces[0].rows[1][2]
    assert (cell.page, cell.box) == (1, (250, 120, 350, 140))


def test_a_missing_line_merges_cells():
    strokes = [level(100, 50, 350), level(120, 150, 350), level(140, 50, 350)]
    strokes += [upright(50, 100, 140), upright(150, 100, 140), upright(250, 120, 140), upright(350, 100, 140)]
    glyphs = [*write("甲", 55, 115), *write("合", 200, 105), *write("3", 155, 125), *write("4", 255, 125)]
    assert only_grid(glyphs, strokes) == [[("甲", 0, 1, 2), ("合", 1, 2, 1)], [("3", 1, 1, 1), ("4", 2, 1, 1)]]


def test_dashes_doubles_and_lines_slightly_off_are_lines():
    dashes = [Stroke(x, 119.7, x + 3, 120.3) for x in range(50, 350, 5)]
    doubled = [upright(149, 100, 140), upright(151.5, 100, 140)]
    off = [level(100, 50, 200), level(100.8, 199, 350), level(140, 50, 348.5)]
    strokes = [*dashes, *doubled, *off, upright(50, 100, 140), upright(250, 99, 141), upright(350, 100, 140)]
    assert only_grid(WORDS, strokes) == PLAIN


def test_dots_that_are_drawn_one_by_one_are_lines():
    dots = [Stroke(x, y - 0.4, x + 0.8, y + 0.4) for y in YS for x in range(50, 351, 2)]
    dots += [Stroke(x - 0.4, y, x + 0.4, y + 0.8) for x in XS for y in range(100, 141, 2)]
    assert only_grid(WORDS, dots) == PLAIN


def test_cells_with_frames_of_their_own():
    strokes = [side for top in (100, 124) for left in (50, 152, 254) for side in frame(left, top, left + 98, top + 20)]
    assert (
        only_grid([*WORDS[:3], *write("乙", 55, 128), *write("3", 155, 128), *write("4", 260, 128)], strokes) == PLAIN
    )


def test_columns_close_together_keep_their_figures():
    xs = [50.0, 58.0, 66.0, 74.0]
    glyphs = [g for n, x in enumerate(xs[:-1]) for g in write(str(n + 1), x + 1.5, 105)]
    assert only_grid(glyphs, rule(xs, [100, 120])) == [[("1", 0, 1, 1), ("2", 1, 1, 1), ("3", 2, 1, 1)]]


def test_sides_without_lines():
    strokes = [*(level(y, 50, 350) for y in YS), upright(150, 100, 140), upright(250, 100, 140)]
    assert only_grid(WORDS, strokes) == PLAIN


def test_text_between_level_lines_alone_is_no_grid():
    pieces = lay_out([page(WORDS, [level(y, 50, 350) for y in YS])])
    assert [piece.text for piece in pieces if isinstance(piece, TextLine)] == ["甲  1  2", "乙  3  4"]


def test_a_box_around_prose_and_a_table():
    glyphs = [*write("一段文字", 60, 60), *WORDS, *write("另一段", 60, 160)]
    pieces = lay_out([page(glyphs, [*frame(40, 50, 360, 200), *rule(XS, YS)])])
    assert [piece.text if isinstance(piece, TextLine) else shape(piece) for piece in pieces] == [
        "一段文字",
        PLAIN,
        "另一段",
    ]


def test_shading_and_underlines_are_no_lines_of_a_table():
    strokes = [*rule(XS, YS), level(117, 170, 200), Stroke(50, 100, 350, 120)]
    assert only_grid(WORDS, strokes) == PLAIN


def test_a_number_that_runs_out_of_its_cell_stays_whole():
    glyphs = [*write("甲", 55, 105), *write("7730.28", 230, 105), *write("9", 300, 105)]
    assert only_grid(glyphs, rule(XS, [100, 120])) == [[("甲", 0, 1, 1), ("7730.28", 1, 1, 1), ("9", 2, 1, 1)]]


def test_figures_that_fill_their_cells_stay_apart():
    glyphs = [*write("12", 50, 105), *write("34", 60, 105), *write("56", 70, 105)]
    assert only_grid(glyphs, rule([50, 60, 70, 80], [100, 120])) == [
        [("12", 0, 1, 1), ("34", 1, 1, 1), ("56", 2, 1, 1)]
    ]


def test_signs_printed_twice_to_look_bold_count_once():
    glyphs = [*WORDS, *write("1", 155.3, 105), *write("4", 255, 125.2)]
    assert only_grid(glyphs, rule(XS, YS)) == PLAIN
