"""What officers are scored on: each fault by itself in a report that is else sound, through the whole program."""

from random import Random

import pytest
from typeset import LAYOUTS, print_report

from validator import check
from validator.pipeline import load_ruleset

FORM = load_ruleset().forms["2021"]
BODY, TITLE = "云溪县档案局", "云溪县档案局2023年政府信息公开工作年度报告"
WORK = "各科室分工合作，按月通报进展，按季查找不足，把公开的要求落到业务的每一个环节，让群众看得到、听得懂、信得过。"
OVERVIEW = [
    "（一）主动公开情况。制发行政规范性文件2件，废止1件，现行有效9件。作出行政许可决定120件、行政处罚决定33件。",
    "（二）依申请公开情况。全年新收政府信息公开申请46件，上年结转3件，办结45件，结转下年度继续办理4件。",
    f"（三）政府信息管理情况。{WORK}",
    f"（四）公开平台建设情况。{WORK}",
    f"（五）监督保障情况。{WORK}",
]
PROSE = {
    0: OVERVIEW,
    3: ["因政府信息公开被申请行政复议3件，被提起行政诉讼1件。"],
    4: ["存在的问题：公开的深度还不够，解读的形式单一。", "改进措施：下一步将加强培训，完善制度，改进栏目设置。"],
    5: ["本年度发出收费通知0件，总金额0元，实际收取0元。无其他需要报告的事项。"],
}
ROWS = {
    "new_received": (40, 6),
    "carried_over": (3, 0),
    "granted": (30, 5),
    "partially_granted": (2, 0),
    "unavailable.not_held": (7, 1),
    "handled_total": (39, 6),
    "carried_forward": (4, 0),
}
OTHERS = {
    "proactive.normative_documents.issued": 2,
    "proactive.normative_documents.repealed": 1,
    "proactive.normative_documents.in_force": 9,
    "proactive.licensing.decisions": 120,
    "proactive.penalty.decisions": 33,
    "review.upheld": 2,
    "review.corrected": 1,
    "review.total": 3,
    "litigation_direct.upheld": 1,
    "litigation_direct.total": 1,
}


def page(section=None, text="", *, cells=None, body=BODY, signed="2024年1月15日", old="", new=""):
    """Print the sound report with one section's text, some cells, the signature or a piece of the page replaced."""
    figures = dict.fromkeys(FORM.required, 0) | OTHERS
    for row, (people, companies) in ROWS.items():
        values = {"natural_person": people, "enterprise": companies, "total": people + companies}
        figures |= {f"applications.{row}.{column}": value for column, value in values.items()}
    said = PROSE if section is None else PROSE | {section: text if isinstance(text, list) else [text]}
    prose = {number: list(lines) for number, lines in said.items()}
    prose[5] += [body, signed]
    texts = {address: str(value) for address, value in (figures | (cells or {})).items()}
    printed = print_report(FORM, texts, organization=body, year=2023, prose=prose)
    made = LAYOUTS["page"][1](printed, Random(1))
    assert old in made
    return made.replace(old, new, 1) if old else made


def shell(inside):
    return f"<html><body><h1>{TITLE}</h1>{inside}</body></html>"


def renumber(made):
    """Number sections two to six from one, as where the first run of numbers counts headings of section one."""
    for before, after in zip("二三四五六", "一二三四五", strict=True):
        made = made.replace(f"<p>{before}、", f"<p>{after}、")
    return made


def overdue():
    row = "applications.other.fee_overdue"
    return {f"{row}.natural_person": 1, f"{row}.total": 1} | {
        "applications.unavailable.not_held.natural_person": 6,
        "applications.unavailable.not_held.total": 7,
    }


LISTED = "".join(f"<li>{BODY}{year}年政府信息公开工作年度报告 {year + 1}-01-20</li>" for year in range(2016, 2024))
CASES = {
    "fees not told of": (page(5, "本年度没有其他需要报告的事项。"), "form-fees-absent", "note"),
    "more received than charged": (page(5, "发出收费通知1件，总金额100元，实际收取200元。"), "form-fees", "warning"),
    "an amount without a notice": (page(5, "发出收费通知0件，总金额100元，实际收取0元。"), "form-fees", "warning"),
    "a notice without an amount": (page(5, "发出收费通知2件，总金额0元，实际收取0元。"), "form-fees", "warning"),
    "an amount beside the tariff": (page(5, "发出收费通知1件，总金额105元，实际收取100元。"), "form-fees", "note"),
    "units of ten thousand": (page(5, "发出收费通知1件，总金额0.01万元，实际收取100元。"), "form-fees", "note"),
    "overdue without a notice": (page(5, "未发出收费通知。", cells=overdue()), "form-fees", "note"),
    "section five empty": (page(4, "无。"), "form-problems-thin", "note"),
    "problems alone": (
        page(4, "存在的问题：公开的深度不够，解读的形式单一，栏目有缺漏。"),
        "form-problems-topics",
        "note",
    ),
    "measures alone": (page(4, "下一步将加强培训，完善制度，改进栏目设置，按季检查。"), "form-problems-topics", "note"),
    "a topic missing": (page(0, [*OVERVIEW[:3], WORK, WORK, OVERVIEW[4]]), "form-overview-topics", "note"),
    "a government's topics": (page(body="云溪县人民政府"), "form-overview-government", "note"),
    "numbers from section two": (renumber(page()), "form-section-numbers", "note"),
    "a number left out": (page(old="<p>六、", new="<p>七、"), "form-section-numbers", "note"),
    "a number twice": (page(old="<p>四、", new="<p>三、"), "form-section-numbers", "note"),
    "two systems": (page(old="<p>四、", new="<p>第四部分 "), "form-section-numbers", "note"),
    "a topic as a section": (
        page(old="<p>（三）政府信息管理情况。", new="<p>二、政府信息管理情况</p><p>"),
        "form-section-numbers",
        "note",
    ),
    "signed before the end": (page(signed="2023年12月15日"), "form-signing-date", "note"),
    "signed too late": (page(signed="2024年2月20日"), "form-signing-date", "note"),
    "last year's letterhead": (
        page(old="<p>一、", new="<p>发布日期：2023-01-18</p><p>一、"),
        "form-signing-date",
        "note",
    ),
    "a damaged period": (page(old="2023年12月31日", new="202023年12月31日"), "form-period-contradiction", "error"),
    "none corrected": (page(3, "行政复议3件，无被纠正情形；行政诉讼1件。"), "narrative-figure", "error"),
    "none found wrong": (page(3, "行政复议3件，没有被纠错案件；行政诉讼1件。"), "narrative-figure", "error"),
    "not one corrected": (page(3, "行政复议3件，无一件被纠正；行政诉讼1件。"), "narrative-figure", "error"),
    "a rate of none": (page(3, "行政复议3件，纠错率为0；行政诉讼1件。"), "narrative-figure", "error"),
    "all upheld": (page(3, "政府信息公开行政复议均获维持；行政诉讼1件。"), "narrative-all-upheld", "warning"),
    "parts above the whole": (
        page(0, [*OVERVIEW, "网站发布信息2139条，其中动态1744条，公告393条，文件21条，解读2条。"]),
        "narrative-parts",
        "warning",
    ),
    "a note in a cell": (page(old="<td>2</td>", new="<td>2（其中修订1件）</td>"), "form-cell-annotated", "note"),
    "a link alone": (shell("<p><a href='a.pdf'>年度报告全文.pdf</a></p>"), "form-report-linked", "error"),
    "a list of reports": (shell(f"<ul>{LISTED}</ul>"), "form-report-list", "error"),
}
SILENT = {
    "nothing wrong": page(),
    "no delay": page(3, "行政复议3件，行政诉讼1件，未发生超期答复的情形。"),
    "withdrawn": page(0, [*OVERVIEW, "另有8件由申请人撤销。"]),
    "channels may share items": page(0, [*OVERVIEW, "主动公开信息100条，其中网站公开90条、微信公开60条。"]),
    "published anew": page(old="<p>一、", new="<p>发布时间：2025-06-18</p><p>一、"),
}


def findings_of(folder, text):
    (folder / "a.html").write_text(text, encoding="utf-8")
    (report,) = check(folder / "a.html").reports
    return [(finding.rule, finding.severity.value) for finding in report.findings]


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_found_and_nothing_else(tmp_path, name):
    text, rule, severity = CASES[name]
    assert findings_of(tmp_path, text) == [(rule, severity)]


@pytest.mark.parametrize("name", SILENT)
def test_what_is_right_is_not_told(tmp_path, name):
    assert findings_of(tmp_path, SILENT[name]) == []


# Figures of real reports, in words of our own.
FLOWS = {
    "3259 + 58 = 3278 + 39": ("新收申请3259件，上年结转58件，全年答复3278件，结转下年度39件。", []),
    "1295 + 189 = 1191 + 293": ("新收申请1295件，上年结转189件，办结1191件，结转下年度继续办理293件。", []),
    "34 + 2 = 35 + 1": ("收到申请34件，上年结转2件，已办结35件，结转下年度1件。", []),
    "14069 + 560 = 13810 + 819": ("新收申请14069件，上年结转560件，办结13810件，结转下年度819件。", []),
    "14069 + 560 > 13801 + 819": ("新收申请14069件，上年结转560件，办结13801件，结转下年度819件。", ["narrative-flow"]),
    "60 of 264": ("因政府信息公开被申请行政复议264件，其中结果纠正60件，占22.7%。", []),
    "61 of 264": ("因政府信息公开被申请行政复议264件，其中结果纠正61件，占22.7%。", ["narrative-share"]),
}


@pytest.mark.parametrize("name", FLOWS)
def test_figures_of_a_text_without_tables_fit_each_other(tmp_path, name):
    said, wanted = FLOWS[name]
    found = findings_of(tmp_path, shell(f"<p>一、总体情况</p><p>2023年，本机关{said}</p>"))
    assert [rule for rule, _ in found if rule.startswith("narrative-")] == wanted


REVIEWS = [
    "119 25 91 24 259 7 0 15 6 28 21 1 7 9 38",
    "40 0 10 5 55 2 0 4 6 12 6 0 9 7 22",
]


@pytest.mark.parametrize("printed", REVIEWS)
def test_table_four_of_real_reports_adds_up_with_a_note_beside_it(tmp_path, printed):
    cases = ("review", "litigation_direct", "litigation_after_review")
    addresses = [f"{case}.{name}" for case in cases for name in ("upheld", "corrected", "other", "pending", "total")]
    cells = dict(zip(addresses, map(int, printed.split()), strict=True))
    text = page(3, "（含上年度结转数量）", cells=cells)
    assert [found for found in findings_of(tmp_path, text) if found[1] == "error"] == []
    broken = page(3, "（含上年度结转数量）", cells=cells | {"review.total": cells["review.total"] + 1})
    assert ("review-total", "error") in findings_of(tmp_path, broken)


@pytest.mark.parametrize(("printed", "value"), [("22（其中修订16件）", 22), ("55（含自然失效29件）", 55)])
def test_words_in_brackets_behind_a_figure_do_not_change_it(tmp_path, printed, value):
    from validator import read

    text = page(old="<td>9</td>", new=f"<td>{printed}</td>")
    assert ("form-cell-annotated", "note") in findings_of(tmp_path, text)
    assert read(tmp_path / "a.html").cells["proactive.normative_documents.in_force"].value == value


def test_a_fee_of_real_size_is_read_with_its_decimals(tmp_path):
    assert findings_of(tmp_path, page(cells={"proactive.fees.amount": "3415.74"})) == []
