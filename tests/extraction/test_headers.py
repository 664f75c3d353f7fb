"""Columns go by the words of a legible header, in every layout; words that contradict leave the cells unreadable."""

import re
from collections.abc import Callable
from random import Random

import pytest
from extraction.test_damage import wrong_cells
from extraction.test_layouts import BODY, YEARS, knowledge, ruleset, states
from figures import make_figures
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from typeset import LAYOUTS, PrintedCell, PrintedReport, print_report

from validator.extraction import extract
from validator.extraction.headers import Heading, Word
from validator.model.form import Form
from validator.model.report import CellState, Report
from validator.readers.text import read_text
from validator.readers.web import read_html

seeds = st.integers(0, 2**32 - 1)
FORM = "2021"
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
APPLICANTS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def read(name: str, printed: PrintedReport, change: Callable[[str], str] = str) -> Report:
    suffix, layout = LAYOUTS[name]
    text, source = change(layout(printed, Random(1))), f"report{suffix}"
    document = read_html(text, source) if suffix == ".html" else read_text(text, source, markdown=suffix == ".md")
    return extract(document, ruleset().forms, knowledge().wordings)


def shuffled(form: Form, random: Random) -> Form:
    """Give a form whose columns stand in another order: those of a block, or those of each group alike."""

    def shuffle(table, block):
        columns = list(block.columns)
        if table.id == "outcomes":
            order = random.sample(range(5), 5)
            columns = [columns[start + n] for start in (0, 5, 10) for n in order]
        elif table.id == "applications":
            columns[1:-1] = random.sample(columns[1:-1], len(columns) - 2)
        else:
            random.shuffle(columns)
        return replace(block, columns=tuple(columns))

    tables = tuple(replace(t, blocks=tuple(shuffle(t, block) for block in t.blocks)) for t in form.tables)
    return replace(form, tables=tables)


def total_first(printed: PrintedReport) -> PrintedReport:
    """Put the total of table three before the other columns."""
    (table,) = (table for _, _, tables in printed.sections for table in tables if table.width == 10)
    for number, row in enumerate(table.rows):
        if number == 1:
            row[:] = [row[-1], *row[:-1]]
        figures = [cell for cell in row if cell.figure]
        if figures:
            row[:] = [*(cell for cell in row if not cell.figure), figures[-1], *figures[:-1]]
    return printed


@pytest.mark.parametrize("form_id", ["2019", "2021"])
@pytest.mark.parametrize("name", list(LAYOUTS))
@settings(max_examples=5, deadline=None)
@given(seed=seeds)
def test_columns_in_any_order_are_read_by_their_names(name: str, form_id: str, seed: int) -> None:
    random = Random(seed)
    form = ruleset().forms[form_id]
    figures = make_figures(form, random)
    texts = {address: str(value) for address, value in figures.items()}
    printed = print_report(shuffled(form, random), texts, organization=BODY, year=YEARS[form_id])
    report = read(name, total_first(printed) if random.random() < 0.4 else printed)
    assert {a: (c.state, c.value) for a, c in report.cells.items()} == {
        a: states(texts[a], figures[a]) for a in figures
    }


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name not in ("bare_cells", "printed_lines")])
@settings(max_examples=4, deadline=None)
@given(seed=seeds)
def test_blanks_in_columns_of_any_order_stay_in_theirs(name: str, seed: int) -> None:
    random = Random(seed)
    form = ruleset().forms[FORM]
    figures = make_figures(form, random)
    texts = {a: "" if value == 0 and random.random() < 0.5 else str(value) for a, value in figures.items()}
    report = read(name, print_report(shuffled(form, random), texts, organization=BODY))
    assert {a: (c.state, c.value) for a, c in report.cells.items()} == {
        a: states(texts[a], figures[a]) for a in figures
    }


@pytest.mark.parametrize("name", ["bare_cells", "printed_lines"])
@settings(max_examples=8, deadline=None)
@given(seed=seeds)
def test_lost_blanks_in_columns_of_any_order_move_no_figure(name: str, seed: int) -> None:
    random = Random(seed)
    form = ruleset().forms[FORM]
    figures = make_figures(form, random)
    texts = {a: "" if value == 0 and random.random() < 0.5 else str(value) for a, value in figures.items()}
    report = read(name, print_report(shuffled(form, random), texts, organization=BODY))
    assert wrong_cells(report, texts, figures) == {}


FIGURES = make_figures(ruleset().forms[FORM], Random(5))
PRINTED = print_report(ruleset().forms[FORM], {a: str(v) for a, v in FIGURES.items()}, organization=BODY)


def unread(report: Report, prefixes: tuple[str, ...]) -> bool:
    cells = [cell for address, cell in report.cells.items() if address.startswith(prefixes)]
    told = [p for p in report.problems if p.kind == "cells-ambiguous"]
    return bool(told) and all(cell.state is CellState.UNREADABLE for cell in cells)


def swap(text: str, first: str, second: str) -> str:
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


TEXT_LAYOUTS = ["cell_a_line", "row_a_line", "framed_rows", "bar_below", "tabs", "bare_cells"]


@pytest.mark.parametrize("name", [*TEXT_LAYOUTS, "page"])
def test_header_that_lost_words_goes_by_position(name: str) -> None:
    lost = {"结果纠正": "结果", "其他结果": "其他", "尚未审结": "尚未"}

    def lose(text: str) -> str:
        for whole, part in lost.items():
            text = text.replace(whole, part)
        return text.replace("社会公益组织", "社会公益组识")

    report = read(name, PRINTED, lose)
    assert {a: c.value for a, c in report.cells.items()} == FIGURES


@pytest.mark.parametrize("name", TEXT_LAYOUTS)
def test_words_out_of_order_beside_lost_ones_leave_the_cells_unread(name: str) -> None:
    def change(text: str) -> str:
        return swap(text.replace("社会公益组织", "公社组益"), "法律服务机构", "商业企业")

    assert unread(read(name, PRINTED, change), ("applications.",))


@pytest.mark.parametrize("name", [*TEXT_LAYOUTS, "page", "markdown"])
@pytest.mark.parametrize("damaged", ["社会公益组识", "社会", "社会公益"])
def test_damaged_name_tells_its_column_where_it_can_be_no_other(name: str, damaged: str) -> None:
    form = ruleset().forms[FORM]

    def move(block):
        columns = list(block.columns)
        columns[1:4] = [columns[3], columns[1], columns[2]]
        return replace(block, columns=tuple(columns))

    tables = tuple(replace(t, blocks=tuple(map(move, t.blocks))) if t.id == "applications" else t for t in form.tables)
    texts = {address: str(value) for address, value in FIGURES.items()}
    printed = print_report(replace(form, tables=tables), texts, organization=BODY)
    report = read(name, printed, lambda text: text.replace("社会公益组织", damaged))
    assert {a: c.value for a, c in report.cells.items()} == FIGURES


@pytest.mark.parametrize("name", TEXT_LAYOUTS)
def test_total_before_its_parts_beside_lost_words_leaves_the_cells_unread(name: str) -> None:
    def change(text: str) -> str:
        head, mark, tail = text.partition("行政复议、行政诉讼情况")
        return head + mark + swap(tail, "总计", "结果维持").replace("结果纠正", "结果")

    report = read(name, PRINTED, change)
    assert unread(report, ("review.", "litigation"))
    assert report.cells["applications.granted.total"].value == FIGURES["applications.granted.total"]


@pytest.mark.parametrize("name", [*TEXT_LAYOUTS, "page"])
def test_a_name_that_stands_for_two_columns_leaves_the_cells_unread(name: str) -> None:
    assert unread(read(name, PRINTED, lambda text: text.replace("科研机构", "商业企业")), ("applications.",))


OUTCOMES = {"行政复议": "review", "未经复议直接起诉": "litigation_direct", "复议后起诉": "litigation_after_review"}
IDS = dict(zip(RESULTS, ("upheld", "corrected", "other", "pending", "total"), strict=True))
PAGE = LAYOUTS["page"][1](PRINTED, Random(1))
TABLE_FOUR = re.findall(r"<table.*?</table>", PAGE, re.S)[2]


def with_table_four(html: str) -> Report:
    return extract(read_html(PAGE.replace(TABLE_FOUR, html), "x.html"), ruleset().forms, knowledge().wordings)


@pytest.mark.parametrize("seed", range(6))
def test_table_four_in_parts_goes_by_the_names_of_groups_and_columns(seed: int) -> None:
    random = Random(seed)
    cases, results = random.sample(list(OUTCOMES), 3), random.sample(RESULTS, 5)
    heads = "".join(f"<td>{result}</td>" for result in results)

    def figure(case: str, result: str) -> int:
        return FIGURES[f"{OUTCOMES[case]}.{IDS[result]}"]

    tables = "".join(
        f"<table><tr><td colspan=5>{case}</td></tr><tr>{heads}</tr><tr>"
        + "".join(f"<td>{figure(case, result)}</td>" for result in results)
        + "</tr></table>"
        for case in cases
    )
    rows = "".join(
        f"<tr><td>{case}</td>" + "".join(f"<td>{figure(case, result)}</td>" for result in results) + "</tr>"
        for case in cases
    )
    single = "".join(
        f"<tr><td>{case}</td><td>{result}</td><td>{figure(case, result)}</td></tr>"
        for case in cases
        for result in results
    )
    for html in (tables, f"<table><tr><td></td>{heads}</tr>{rows}</table>", f"<table>{single}</table>"):
        assert {a: c.value for a, c in with_table_four(html).cells.items()} == FIGURES


def test_table_four_in_parts_that_name_a_group_twice_is_not_read() -> None:
    rows = "".join(f"<tr><td>{case}</td>{'<td>1</td>' * 5}</tr>" for case in ("行政复议", "行政复议", "复议后起诉"))
    heads = "".join(f"<td>{result}</td>" for result in RESULTS)
    report = with_table_four(f"<table><tr><td></td>{heads}</tr>{rows}</table>")
    assert unread(report, ("review.", "litigation"))


HEADING = Heading(ruleset().forms[FORM].table("applications").blocks[0].columns)
PLAIN = tuple(range(7))


@pytest.mark.parametrize(
    ("words", "lines", "order"),
    [
        ("自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他", "", PLAIN),
        ("总计 自然人 法人或其他组织 商业企业 科研机构 社会公益组织 法律服务机构 其他", "", (6, 0, 1, 2, 3, 4, 5)),
        ("法人或其他组织 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计", "01111111", PLAIN),
        ("法人或其他组织 总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他", "", ()),
        (
            "法人或其他组织 总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他",
            "00011111",
            (1, 2, 3, 4, 5, 6, 0),
        ),
        (
            "法人或其他组织 总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他",
            "01111111",
            (6, 0, 1, 2, 3, 4, 5),
        ),
        ("自然人 总计 商业企业 科研机构", "", None),
        ("总计 商业企业 自然人 科研机构", "", ()),
    ],
)
def test_headers_of_rows_and_without(words: str, lines: str, order: tuple[int, ...] | None) -> None:
    names = words.split()
    where = lines or [None] * len(names)
    assert HEADING.order([Word(name, line) for name, line in zip(names, where, strict=True)]) == order
    twice = [(name, line and (copy, line)) for copy in (1, 2) for name, line in zip(names, where, strict=True)]
    assert HEADING.order([Word(name, line) for name, line in twice]) == order


def test_table_four_with_litigation_before_review() -> None:
    order = [
        a for name in ("litigation_direct", "litigation_after_review", "review") for a in FIGURES if a.startswith(name)
    ]
    five = "".join(f"<td>{result}</td>" for result in RESULTS)
    tall = five.replace("<td>", "<td rowspan=2>")
    figures = "".join(f"<td>{FIGURES[address]}</td>" for address in order)
    report = with_table_four(
        "<table><tr><td colspan=10>行政诉讼</td><td colspan=5>行政复议</td></tr>"
        f"<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>{tall}</tr>"
        f"<tr>{five}{five}</tr><tr>{figures}</tr></table>"
    )
    assert {a: c.value for a, c in report.cells.items()} == FIGURES


def test_a_figure_over_two_columns_beside_one_too_many_is_in_no_column() -> None:
    table = re.findall(r"<table.*?</table>", PAGE, re.S)[1]
    (row,) = (row for row in re.findall(r"<tr>.*?</tr>", table, re.S) if "7.属于行政执法案卷" in row)
    label = re.findall(r"<td.*?</td>", row, re.S)[0]
    figures = "<td>1</td><td colspan=2>2</td>" + "<td>3</td>" * 5
    report = extract(
        read_html(PAGE.replace(row, f"<tr>{label}{figures}</tr>"), "x.html"), ruleset().forms, knowledge().wordings
    )
    read_row = {a: c.state for a, c in report.cells.items() if ".enforcement_file." in a}
    assert set(read_row.values()) == {CellState.UNREADABLE}
    assert {a: c.value for a, c in report.cells.items() if a not in read_row} == {
        a: v for a, v in FIGURES.items() if a not in read_row
    }


@pytest.mark.parametrize("damaged", ["社会公益组织", "社会", "社会公益"])
def test_a_row_that_lost_a_cell_under_a_damaged_header_is_not_read(damaged: str) -> None:
    form = ruleset().forms["2021"]
    texts = dict.fromkeys(make_figures(form, Random(3)), "7")
    printed = print_report(form, texts, organization=BODY, year=YEARS["2021"])

    def change(page: str) -> str:
        head, row = page.replace("社会公益组织", damaged).split("3.危及", 1)
        return f"{head}3.危及{row.replace('<td>7</td>', '', 1)}"

    report = read("page", printed, change)
    cells = [
        report.cells[f"applications.denied.security_stability.{column.id}"]
        for column in form.tables[1].blocks[0].columns
    ]
    assert [cell.value for cell in cells] == [None] * 7
    assert report.cells["applications.denied.third_party_rights.total"].value == 7


def test_a_blank_total_beside_an_added_column_is_not_taken_from_that_column() -> None:
    form = ruleset().forms["2021"]
    texts = dict.fromkeys(make_figures(form, Random(3)), "7")
    texts["applications.denied.state_secret.total"] = ""
    printed = print_report(form, texts, organization=BODY, year=YEARS["2021"])
    (table,) = (table for _, _, tables in printed.sections for table in tables if table.width == 10)
    for number, row in enumerate(table.rows):
        if number == 2:
            row.append(PrintedCell("小计"))
        elif row[-1].figure:
            row.insert(-1, PrintedCell("42", figure=True))
    report = read("filler_on_last", printed)
    row = [
        cell.value for address, cell in report.cells.items() if address.startswith("applications.denied.state_secret.")
    ]
    assert row == [None] * 7
