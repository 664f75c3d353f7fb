"""The terminal text: order, grouping, harmless characters, widths, languages and consoles."""

import re

import pytest
from audit_samples import check_samples
from msgspec.structs import replace
from results import (
    ALL,
    FAILED,
    GRANTED,
    NOTED,
    PASSED,
    ROW_BROKEN,
    SWAPPED,
    UNREADABLE,
    make_report,
    make_results,
    render,
)

from validator.model.bilingual import Bilingual
from validator.model.location import LostPlace
from validator.model.outcome import Change, Equation, Explanation, Outcome, Severity, Verdict
from validator.model.report import CellState, ReportCell
from validator.model.result import Coverage, ReportResult
from validator.render.layout import break_points, make_harmless
from validator.render.look import Look
from validator.render.terminal import render_terminal

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def show(*reports: ReportResult, look: Look | None = None) -> str:
    return "".join(render_terminal(make_results(*reports), look or Look()))


def test_screen_of_a_failed_a_passed_and_an_unreadable_report():
    assert render("terminal", ALL, Look()) == (
        "甲县发展局 2023年（2021年格式）  reports/a.html\n"
        "  1处应改，涉及2条勾稽关系；1处请核实；1处提示\n"
        "  最可能：表三 (一)予以公开·法人或其他组织·商业企业填报为12，应为21（数字颠倒）；"
        "改正此一处，2条勾稽关系全部成立，无其他同等改动方案\n"
        "    网页第2个表格第5行第3列\n"
        "    × 错误 applications-row-total：左边30，右边21，相差9\n"
        "      网页第2个表格第5行第3列  [applications-row-total]\n"
        "    × 错误 applications-handled-total：左边44，右边35，相差9\n"
        "      网页第2个表格第5行第3列  [applications-handled-total]\n"
        "  ! 警告 form-fees：左边None，右边None，相差None\n"
        "    网页第2个表格第5行第3列  [form-fees]\n"
        "  · 提示 form-blank：左边None，右边None，相差None\n"
        "    网页第2个表格第5行第3列  [form-blank]\n"
        "\n"
        "√ 通过（核对 42/42） 乙市档案局 2023年（2021年格式）  reports/b.txt\n"
        "\n"
        "未能核对（不视为通过）\n"
        "  甲县发展局 2023年（2021年格式）  reports/a.html\n"
        "    表四 总计空白：1条关系未核对（行政复议·总计）\n"
        "\n"
        "无法读取\n"
        "  reports/c.html：文件是空的\n"
        "\n"
        "共3份：1份有错误，1份通过，1份无法读取；错误2条，警告1条，提示1条；勾稽关系核对 83/84 条\n"
    )


def test_english_screen_is_ascii_but_for_the_words_of_the_report():
    text = show(FAILED, UNREADABLE, look=Look("en"))
    assert "Most likely: Table 3, (1) Granted, Enterprises says 12, should be 21 (digits swapped)" in text
    assert "    x error applications-row-total: left 30, right 21, off by 9\n" in text
    assert "    Table 4 the total is blank: 1 relation(s) not assessed (Review, Total)\n" in text
    assert text.replace("甲县发展局", "").isascii()


def test_quiet_shows_problems_alone():
    text = show(FAILED, PASSED, UNREADABLE, look=Look(quiet=True))
    assert "错误 applications-row-total" in text
    assert "警告 form-fees" in text
    assert "reports/c.html：文件是空的" in text
    assert not any(word in text for word in ("提示", "通过", "未能核对", "共3份"))
    assert show(PASSED, look=Look(quiet=True)) == ""


def test_failed_reports_come_before_those_with_warnings():
    warned = replace(FAILED, source="reports/0.html", findings=(NOTED,), diagnosis=(), outcomes=())
    text = show(warned, FAILED)
    assert text.index("reports/a.html") < text.index("reports/0.html")


def test_a_finding_without_explanation_stands_by_itself():
    text = show(replace(FAILED, diagnosis=(), findings=(ROW_BROKEN,)))
    assert "\n  × 错误 applications-row-total" in text
    assert "最可能" not in text


def test_rival_explanations_are_told_with_the_first():
    def rival(proposed: int) -> Explanation:
        return Explanation((Change("review.other", None, proposed),), ("aaaa",), unique=False, reason="unknown")

    first = replace(SWAPPED, unique=False, confidence="one-of", alternatives=4)
    text = show(replace(FAILED, diagnosis=(first, rival(1), rival(2), rival(3), rival(4))))
    assert "2条勾稽关系全部成立\n    网页第2个表格第5行第3列\n  或：review.other未填写，应为1（原因不明）\n" in text
    assert "\n  或：review.other未填写，应为2（原因不明）\n" in text
    assert "\n  另有2种同等改动方案\n    × 错误" in text
    assert text.count("[applications-row-total]") == 1


def test_a_rival_that_takes_more_says_so():
    larger = Explanation((Change("review.other", 0, 1),), ("aaaa",), False, "unknown", confidence="larger")
    text = show(replace(FAILED, diagnosis=(SWAPPED, larger)))
    assert "\n  或须多改一处：review.other填报为0，应为1（原因不明）\n" in text
    assert "另有" not in text


def test_a_slip_of_reading_is_not_laid_to_the_report():
    change = Change(GRANTED, 1, 10, "number-split")
    text = show(replace(FAILED, diagnosis=(replace(SWAPPED, changes=(change,), suspect="extraction"),)))
    assert "\n  可能是读取有误，请核对原件：表三 (一)予以公开·法人或其他组织·商业企业填报为1，应为10" in text
    assert "（一个数被拆成两段）；按此读取，2条勾稽关系成立\n" in text


def test_one_relation_is_not_called_all():
    text = show(replace(FAILED, findings=(ROW_BROKEN,), diagnosis=(replace(SWAPPED, explains=("aaaa",)),)))
    assert "（数字颠倒）；改正此一处，该条勾稽关系即成立，无其他同等改动方案\n" in text


def test_changes_with_reasons_of_their_own():
    changes = (Change("x.a", 12, 21, "digits-swapped"), Change("x.b", 3, 8, "unknown"))
    text = show(replace(FAILED, diagnosis=(replace(SWAPPED, changes=changes, reason="several-slips"),)))
    assert "最可能：x.a填报为12，应为21（数字颠倒）；x.b填报为3，应为8（原因不明）；改正此2处" in text


def test_one_act_has_one_reason():
    changes = (Change("x.a", 12, 0, "unknown"), Change("x.b", 0, 12, "unknown"))
    act = replace(SWAPPED, changes=changes, reason="row-shifted", operation=True)
    text = show(replace(FAILED, diagnosis=(act,), slips={"row-shifted": Bilingual("整段错开一列", "shifted")}))
    assert "最可能：x.a填报为12，应为0；x.b填报为0，应为12（整段错开一列）；改正此2处" in text


def test_mistakes_that_have_nothing_to_do_with_each_other_are_told_apart():
    parts = (
        replace(SWAPPED, explains=("aaaa",)),
        replace(SWAPPED, changes=(Change("x.b", 3, 8, "unknown"),), explains=("bbbb",)),
    )
    whole = replace(SWAPPED, changes=tuple(change for part in parts for change in part.changes), parts=parts)
    text = show(replace(FAILED, diagnosis=(whole,)))
    first, second = text.index("最可能：表三"), text.index("最可能：x.b填报为3")
    assert first < text.index("[applications-row-total]") < second < text.index("[applications-handled-total]")
    assert text.count("最可能") == 2


def test_what_is_only_detected_is_not_pinned_on_a_cell():
    text = show(replace(FAILED, diagnosis=(replace(SWAPPED, confidence="detected", unique=False),)))
    assert "\n  必有一格有误，勾稽关系不足以确定是哪一格；可能：" in text
    nothing = replace(SWAPPED, changes=(), reason="nothing-small", unique=False, at_least=3)
    assert "\n  没有改动较少的方案能使各条勾稽关系成立，至少有3处有误\n    × 错误" in show(
        replace(FAILED, diagnosis=(nothing,))
    )


def test_passed_reports_are_listed_only_up_to_a_point():
    text = show(*(replace(PASSED, source=f"p{number:02}.txt") for number in range(23)))
    assert "p19.txt" in text
    assert "p20.txt" not in text
    assert "√ 另有3份通过\n" in text


def test_coverage_of_a_passed_report_is_not_hidden():
    partly = replace(FAILED, findings=(), diagnosis=())
    text = show(partly)
    assert "√ 通过（核对 41/42） 甲县发展局 2023年（2021年格式）  reports/a.html" in text
    assert "表四 总计空白：1条关系未核对" in text


def test_a_report_of_which_nothing_could_be_checked_is_not_called_sound():
    text = show(replace(PASSED, coverage=Coverage(0, 0)))
    assert "· 无可核对的勾稽关系 乙市档案局 2023年（2021年格式）  reports/b.txt\n" in text
    assert "√" not in text


@pytest.mark.parametrize("look", [Look(), Look(width=60, colour=True)])
def test_markup_in_a_report_is_shown_as_it_is(look):
    text = show(replace(FAILED, report=make_report("a", "[red]甲[/red]县[/]")), look=look)
    assert "[red]甲[/red]县[/]" in ANSI.sub("", text)


@pytest.mark.parametrize("look", [Look(), Look(width=200, colour=True)])
def test_control_and_direction_characters_are_harmless(look):
    hostile = replace(FAILED, report=make_report("a", "甲\x1b[2J县\u202e局\u2066\x9b31m\r\n乙"), source="a\u2028b\x07")
    text = ANSI.sub("", show(hostile, look=look))
    assert "甲\\x1b[2J县\\u202e局\\u2066\\x9b31m  乙" in text
    assert "a\\u2028b\\x07" in text
    assert not set(text) & set("\x1b\u202e\u2066\x9b\r\u2028\x07")


def test_harmless_text_keeps_what_is_printed():
    assert make_harmless("表三　自然人 1,234") == "表三　自然人 1,234"


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_row_is_wider_than_the_screen(width):
    from rich.cells import cell_len

    rows = show(FAILED, PASSED, UNREADABLE, look=Look(width=width)).splitlines()
    assert max(map(cell_len, rows)) <= width
    assert "".join("".join(rows).split()) == "".join(show(FAILED, PASSED, UNREADABLE).split())


def test_later_rows_of_a_line_stand_further_in():
    rows = show(FAILED, look=Look(width=60)).splitlines()
    assert rows[2].startswith("  最可能：")
    assert rows[3].startswith("    ")
    assert not rows[3].strip().startswith(("，", "；", "）"))


def test_the_row_is_drawn_with_the_wrong_figure_marked():
    results = check_samples("faulty/digits_swapped_2022/report.html")
    lines = "".join(render_terminal(results, Look())).splitlines()
    (names,) = (number for number, row in enumerate(lines) if row.startswith("    │ 自然人"))
    assert lines[names].split() == [
        "│",
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert lines[names + 1].split() == ["│", "72", "0", "0", "6", "0", "8", "41"]
    assert lines[names + 2].split() == ["│", "^^", "应为27"]
    # Chinese takes two cells a character: marks stand under figures, and these end where their names do.
    ends = [
        sum(1 + (sign > "\u2fff") for sign in row[: row.index(end) + len(end)])
        for row, end in zip(lines[names : names + 3], ("自然人", "72", "^^"), strict=True)
    ]
    assert len(set(ends)) == 1
    narrow = "".join(render_terminal(results, Look(width=50))).splitlines()
    (names,) = (number for number, row in enumerate(narrow) if row.startswith("    │ 自然人"))
    assert narrow[names].split() == ["│", "自然人", "商业企业", "…", "总计"]
    assert all(sum(1 + (sign > "\u2fff") for sign in row) <= 50 for row in narrow)
    english = "".join(render_terminal(results, Look("en")))
    assert "^^ should be 27\n" in english
    doubtful = "".join(render_terminal(check_samples("faulty/district_2023/report.html"), Look()))
    assert "^ 可能应为5\n" in doubtful


def test_breaks_stand_between_chinese_characters_and_before_words():
    assert break_points("一二三四五六", 4, 4) == [2, 4]
    assert break_points("一二，三四", 4, 4) == [1, 3]
    assert break_points("alpha beta", 8, 8) == [6]
    assert break_points("abcdefghij", 4, 4) == [4, 8]


def test_colour_is_never_the_only_sign():
    plain = ANSI.sub("", show(FAILED, look=Look(width=500, colour=True)))
    assert plain == show(FAILED, look=Look(width=500))
    assert "\x1b[" not in show(FAILED, look=Look(width=60))
    assert "\x1b[" in show(FAILED, look=Look(width=60, colour=True))


def test_signs_and_words_exist_in_gbk():
    show(FAILED, PASSED, UNREADABLE).encode("gbk")


def make_unassessed(reason: str, *cells: str) -> Outcome:
    equation = Equation(((1, cells[0]),), "=", tuple((1, cell) for cell in cells[1:]))
    return Outcome("r", cells[0], Verdict.NOT_ASSESSED, Severity.ERROR, cells, equation=equation, reason=reason)


def test_what_stood_in_the_way_is_named_by_total_first_and_shortly():
    cells = {f"t.{n}": ReportCell(n, str(n), CellState.NUMBER, LostPlace("")) for n in range(4)}
    cells |= {f"t.{n}": ReportCell(None, "", CellState.BLANK, LostPlace("")) for n in range(4, 9)}
    cells["t.9"] = ReportCell(None, "?", CellState.UNREADABLE, LostPlace(""))
    names = {f"t.{n}": Bilingual(f"表九 第{n}格", f"Table 9, cell {n}") for n in range(12)}
    outcomes = (
        *(make_unassessed("total-blank", f"t.{n}", "t.8", "t.1") for n in range(4, 8)),
        make_unassessed("all-blank", "t.0", "t.5", "t.4"),
        make_unassessed("missing", "t.4", "t.1", "t.10"),
        make_unassessed("unreadable", "t.4", "t.9", "t.1"),
    )
    text = show(replace(FAILED, outcomes=outcomes, report=make_report("a", "甲县", cells), names=names))
    assert "\n    表九 总计空白：4条关系未核对（第4格、第5格、第6格等）\n" in text
    assert "\n    表九 全部空白：1条关系未核对（第5格）\n" in text
    assert "\n    表九 报告缺少相应的表、行或列：1条关系未核对（第10格）\n" in text
    assert "\n    表九 有单元格无法识别：1条关系未核对（第9格）\n" in text


def test_nameless_report_says_so():
    text = show(replace(FAILED, report=replace(FAILED.report, organization=None, year=None, form=None)))
    assert text.startswith("未写明单位（格式不明）  reports/a.html\n")


def test_every_severity_has_a_word_and_a_sign():
    for severity in Severity:
        finding = replace(ROW_BROKEN, severity=severity, message=Bilingual("话", "words"))
        zh = show(replace(FAILED, findings=(finding,), diagnosis=()))
        assert re.search(r"^  [×!·] (错误|警告|提示) 话$", zh, re.M)
