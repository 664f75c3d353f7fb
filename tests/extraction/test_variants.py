"""What bodies do to the form itself: columns and rows added or lost, tables split or rearranged, cells merged."""

import re
from collections.abc import Callable
from functools import partial
from random import Random

from extraction.test_layouts import knowledge, ruleset
from figures import make_figures
from typeset import LAYOUTS, print_report

from validator.checking import check, to_findings
from validator.extraction import extract
from validator.model.report import CellState, Report
from validator.readers.web import read_html

FORM = "2021"
FIGURES = make_figures(ruleset().forms[FORM], Random(5))
PAGE = LAYOUTS["page"][1](print_report(ruleset().forms[FORM], {a: str(v) for a, v in FIGURES.items()}), Random(1))
TABLES = re.findall(r"<table.*?</table>", PAGE, re.S)
ROWS = re.findall(r"<tr>.*?</tr>", TABLES[1], re.S)
APPLICATIONS = [a for a in FIGURES if a.startswith("applications.")]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
CASES = {"行政复议": "review", "未经复议直接起诉": "litigation_direct", "复议后起诉": "litigation_after_review"}
OUTCOMES = [
    f"{case}.{result}" for case in CASES.values() for result in ("upheld", "corrected", "other", "pending", "total")
]


def read(page: str) -> Report:
    return extract(read_html(page, "x.html"), ruleset().forms, knowledge().wordings)


def with_table(rows: list[str]) -> Report:
    return read(PAGE.replace(TABLES[1], f"<table>{''.join(rows)}</table>"))


def change_cells(change: Callable[[int, list[str]], None]) -> list[str]:
    rows = []
    for number, row in enumerate(ROWS):
        cells = re.findall(r"<td.*?</td>", row, re.S)
        change(number, cells)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return rows


def values(report: Report) -> dict[str, object]:
    return {address: cell.value for address, cell in report.cells.items()}


def told(report: Report) -> list[tuple[str, object]]:
    return [(p.kind, p.values.get("label", p.values.get("column", p.values.get("rows")))) for p in report.problems]


def test_added_subtotal_column_is_told_and_left_out() -> None:
    def add(number: int, cells: list[str]) -> None:
        if number == 1:
            cells[1] = cells[1].replace('colspan="5"', 'colspan="6"')
        elif number == 2:
            cells.append("<td>小计</td>")
        elif number > 2:
            cells.insert(len(cells) - 1, "<td>7</td>")

    report = with_table(change_cells(add))
    assert values(report) == FIGURES
    assert told(report) == [("extra-column", "小计")]


def test_a_subtotal_of_organisations_is_held_against_its_columns() -> None:
    def add(number: int, cells: list[str], *, wrong: int = 0) -> None:
        if number == 1:
            cells[1] = cells[1].replace('colspan="5"', 'colspan="6"')
        elif number == 2:
            cells.append("<td>法人小计</td>")
        elif number > 2:
            total = sum(int(re.sub("<.*?>", "", cell)) for cell in cells[-6:-1])
            cells.insert(len(cells) - 1, f"<td>{total + (number == 3) * wrong}</td>")

    def found(report: Report) -> list[tuple[object, ...]]:
        told = to_findings(report, ruleset(), check(report, ruleset()))
        return [(f.left, f.right, f.cells[0]) for f in told if f.rule == "applications-organizations-subtotal"]

    sound = with_table(change_cells(add))
    assert len(sound.subtotals) == 25
    assert found(sound) == []
    total = sum(value for address, value in FIGURES.items() if address in sound.subtotals[0].cells)
    wrong = with_table(change_cells(partial(add, wrong=2)))
    assert values(wrong) == FIGURES
    assert found(wrong) == [(total, total + 2, "applications.new_received.enterprise")]
    (place,) = {subtotal.location for subtotal in wrong.subtotals[:1]}
    assert place.row == 4


def test_lost_column_is_told_and_no_figure_moves() -> None:
    def drop(number: int, cells: list[str]) -> None:
        if number == 1:
            cells[1] = cells[1].replace('colspan="5"', 'colspan="4"')
        elif number == 2:
            del cells[3]
        elif number > 2:
            del cells[-3]

    report = with_table(change_cells(drop))
    assert values(report) == {a: v for a, v in FIGURES.items() if not a.endswith("legal_service")}
    assert told(report) == [("missing-column", "legal_service")]


def test_columns_in_another_order_go_by_their_headers() -> None:
    def swap(number: int, cells: list[str]) -> None:
        if number == 2:
            cells[0], cells[1] = cells[1], cells[0]
        elif number > 2:
            cells[-6], cells[-5] = cells[-5], cells[-6]

    assert values(with_table(change_cells(swap))) == FIGURES


def test_table_over_two_pages_with_and_without_its_header() -> None:
    for header in (ROWS[:3], []):
        parts = f"<table>{''.join(ROWS[:15])}</table><p></p><table>{''.join([*header, *ROWS[15:]])}</table>"
        report = read(PAGE.replace(TABLES[1], parts))
        assert values(report) == FIGURES
        assert told(report) == []


def test_merged_blank_cells_are_blank_in_every_column() -> None:
    def merge(number: int, cells: list[str]) -> None:
        if number > 2:
            cells[-6:-1] = ['<td colspan="5">&nbsp;</td>']

    report = with_table(change_cells(merge))
    for address in APPLICATIONS:
        cell = report.cells[address]
        if address.endswith(("natural_person", "total")):
            assert (cell.state, cell.value) == (CellState.NUMBER, FIGURES[address])
        else:
            assert (cell.state, cell.value) == (CellState.BLANK, None)


def test_number_in_merged_cells_is_in_no_column() -> None:
    def merge(number: int, cells: list[str]) -> None:
        if number == 3:
            cells[-6:-1] = ['<td colspan="5">9</td>']

    report = with_table(change_cells(merge))
    assert report.cells["applications.new_received.research"].state is CellState.UNREADABLE
    assert report.cells["applications.new_received.total"].value == FIGURES["applications.new_received.total"]


def test_lost_row_is_told_by_its_name() -> None:
    report = with_table([row for row in ROWS if "2.其他法律行政法规禁止公开" not in row])
    assert told(report) == [("missing-row", "2.其他法律行政法规禁止公开")]
    assert values(report) == {a: v for a, v in FIGURES.items() if ".prohibited_by_law." not in a}


def test_added_row_is_told_and_left_out() -> None:
    added = f"<tr><td>小计</td>{'<td>4</td>' * 7}</tr>"
    report = with_table([*ROWS[:7], added, *ROWS[7:]])
    assert told(report) == [("extra-row", "小计")]
    assert values(report) == FIGURES


def test_rows_without_numbering_are_known_by_their_words() -> None:
    bare = re.sub(r">(?:[（(][一二三四五六七][）)]|\d\.|[一二三四]、)(?=[^<]*</td>)", ">", TABLES[1])
    assert values(read(PAGE.replace(TABLES[1], bare))) == FIGURES


def test_table_four_as_three_tables_or_one_figure_a_row() -> None:
    figures = [FIGURES[address] for address in OUTCOMES]
    heads = "".join(f"<td>{result}</td>" for result in RESULTS)
    three = "".join(
        f"<table><tr><td colspan=5>{case}</td></tr><tr>{heads}</tr>"
        f"<tr>{''.join(f'<td>{v}</td>' for v in figures[n * 5 : n * 5 + 5])}</tr></table>"
        for n, case in enumerate(CASES)
    )
    names = [(case, result) for case in CASES for result in RESULTS]
    rows = (f"<tr><td>{case}</td><td>{r}</td><td>{v}</td></tr>" for (case, r), v in zip(names, figures, strict=True))
    for printed in (three, f"<table>{''.join(rows)}</table>"):
        assert values(read(PAGE.replace(TABLES[2], printed))) == FIGURES


def test_tables_of_menus_and_metadata_are_not_the_report() -> None:
    menu = "<table><tr><td>行政许可</td><td>行政处罚</td><td>规章</td></tr></table>"
    metadata = "<table><tr><td>索引号</td><td>014300/2024-00012</td><td>发文日期</td><td>2024-01-20</td></tr></table>"
    report = read(PAGE.replace("<h1>", menu + metadata + "<h1>"))
    assert values(report) == FIGURES
    assert told(report) == []


def test_row_printed_twice_is_told_also_with_equal_figures() -> None:
    (row,) = (row for row in ROWS if "4.保护第三方合法权益" in row)
    report = with_table([again for other in ROWS for again in ([other] * (1 + (other == row)))])
    assert told(report) == [("row-repeated", "4.保护第三方合法权益")]
    assert values(report) == FIGURES


def test_merged_row_out_of_order_beside_one_of_its_own_rows_is_told() -> None:
    merged = f"<tr><td colspan=2>（六）其他处理</td>{'<td>4</td>' * 7}</tr>"
    rows = [re.sub(r"<td[^>]*>[（(]六[）)]其他处理</td>", "", row) for row in ROWS]
    rows = [row for row in rows if "逾期不补正" not in row and "逾期未按收费通知" not in row]
    report = with_table([*rows[:5], merged, *rows[5:]])
    unread = {a for a in APPLICATIONS if a not in report.cells or report.cells[a].state is CellState.UNREADABLE}
    assert {a for a in APPLICATIONS if "_overdue." in a} <= unread
    assert {a: v for a, v in values(report).items() if v is not None and a in FIGURES} == {
        a: FIGURES[a] for a in FIGURES if a not in unread
    }


def test_a_page_that_only_links_the_report_names_the_file() -> None:
    title = "云溪县水务局2024年政府信息公开工作年度报告"
    page = f'<h1>{title}</h1><a href="/">首页</a><p>附件：<a href="./f/P0202501.pdf?v=2">年度报告</a></p>'
    (problem,) = read(page).problems
    assert (problem.kind, problem.values["files"]) == ("report-linked", "年度报告（P0202501.pdf）")


def test_free_text_of_a_year_whose_form_is_an_annex_lacks_the_annex() -> None:
    said = "<p>2017年，我局收到政府信息公开申请3件。</p>"
    for year, kind in ((2017, "no-annex"), (2013, None), (2022, "no-table")):
        page = f"<h1>云溪县水务局{year}年政府信息公开工作年度报告</h1>{said.replace('2017', str(year))}"
        assert [problem.kind for problem in read(page).problems] == ([kind] if kind else [])


def test_a_column_that_header_and_rows_leave_blank_moves_no_figure() -> None:
    heads = [["行政复议", *[""] * 5, "行政诉讼", *[""] * 9]]
    heads += [[*RESULTS, "", "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4], [*[""] * 6, *RESULTS, *RESULTS]]
    figures = [str(FIGURES[address]) for address in OUTCOMES]
    rows = [*heads, [*figures[:5], "", *figures[5:]]]
    text = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    report = read(PAGE.replace(TABLES[2], f"<table>{text}</table>"))
    assert values(report) == FIGURES
    assert told(report) == []
    # A figure under no header is in no column.
    text = text.replace(f"<td>{figures[4]}</td><td></td>", f"<td></td><td>{figures[4]}</td>")
    report = read(PAGE.replace(TABLES[2], f"<table>{text}</table>"))
    assert report.cells["review.total"].state is CellState.UNREADABLE


def test_a_row_that_says_it_is_a_note_is_no_row_of_the_form() -> None:
    note = f"<tr><td>注：本表由业务科室核对</td>{'<td></td>' * 7}</tr>"
    report = with_table([*ROWS[:7], note, *ROWS[7:]])
    assert values(report) == FIGURES
    assert told(report) == []
    report = with_table([*ROWS[:7], note.replace("<td></td>", "<td>4</td>"), *ROWS[7:]])
    assert told(report) == [("extra-row", "注：本表由业务科室核对")]


def test_merged_cells_copied_into_each_column_they_cover_are_one() -> None:
    def copy_cells(rows: list[str]) -> str:
        """Print each cell as often as it has columns, as programs do that give merged cells as plain text."""
        copied = []
        for row in rows:
            cells = re.findall(r'<td(?: colspan="(\d+)")?[^>]*?>(.*?)</td>', row, re.S)
            copied.append("".join(f"<td>{text}</td>" * int(span or 1) for span, text in cells))
        return "".join(f"<tr>{row}</tr>" for row in copied)

    page = PAGE
    for table in TABLES:
        rows = re.findall(r"<tr>.*?</tr>", re.sub(r' rowspan="\d+"', "", table), re.S)
        if table is not TABLES[2]:
            page = page.replace(table, f"<table>{copy_cells(rows)}</table>")
    report = read(page)
    wrong = {a: v for a, v in values(report).items() if v != FIGURES[a]}
    assert wrong == {}
    assert told(report) == []


def test_table_four_as_a_table_of_reviews_and_one_of_suits() -> None:
    figures = [f"<td>{FIGURES[address]}</td>" for address in OUTCOMES]
    heads = "".join(f"<td>{result}</td>" for result in RESULTS)
    reviews = f"<tr><td>行政复议</td></tr><tr>{heads}</tr><tr>{''.join(figures[:5])}</tr>"

    def suits(first: str, second: str) -> str:
        over = f"<td colspan=5>{first}</td><td colspan=5>{second}</td>"
        return f"<tr><td colspan=10>行政诉讼</td></tr><tr>{over}</tr><tr>{heads * 2}</tr>"

    direct, after = "".join(figures[5:10]), "".join(figures[10:])
    below = {("未经复议直接起诉", "复议后起诉"): direct + after, ("复议后起诉", "未经复议直接起诉"): after + direct}
    for names, printed in below.items():
        tables = f"<table>{reviews}</table><table>{suits(*names)}<tr>{printed}</tr></table>"
        report = read(PAGE.replace(TABLES[2], tables))
        assert {a: report.cells[a].value for a in OUTCOMES} == {a: FIGURES[a] for a in OUTCOMES}
        assert told(report) == []
