"""A body's reports year after year: sound series are not accused, planted errors are found where they stand."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from made_series import changed, findings_of, form_of, heavy, make_series, report_of, verdicts_of
from made_sheets import RULESET, report_of_truth
from msgspec.structs import replace

from validator.checking import check
from validator.comparison import compare_years
from validator.model.location import OtherFilePlace
from validator.model.outcome import Severity, Verdict
from validator.ruleset.kinds import FIELD

HONGZE = Path(__file__).parents[2] / ".." / "shared" / "corpus" / "hongze_2023.truth.json"
OVER, FORWARD = "applications.carried_over", "applications.carried_forward"


def compare(*reports):
    return list(compare_years(reports, RULESET))


def found(*reports, rule):
    return [finding for finding in findings_of(compare(*reports)) if finding.rule == rule]


@pytest.mark.parametrize("seed", range(25))
def test_a_sound_series_has_no_findings(seed):
    series = make_series(seed, range(2018, 2025))
    told = compare(*series)
    assert [finding.message.zh for finding in heavy(told)] == []
    carried = {r.year for r, o in told if o.rule == "continuity-carried-over" and o.verdict is Verdict.HOLDS}
    assert carried == set(range(2020, 2025))
    broken = [o for report in series for o in check(report, RULESET) if o.exact and o.verdict is Verdict.BROKEN]
    assert broken == []


def test_a_wrong_total_is_one_error_that_names_the_columns():
    before, after = make_series(3, (2022, 2023))
    wrong = after.cells[f"{OVER}.total"].value + 2
    figures = {f"{OVER}.total": wrong, f"{OVER}.natural_person": after.cells[f"{OVER}.natural_person"].value + 2}
    (finding,) = found(before, changed(after, figures), rule="continuity-carried-over")
    assert finding.severity is Severity.ERROR
    assert finding.cells == (f"{OVER}.total", f"{OVER}.natural_person")
    assert (finding.left, finding.right, finding.delta) == (wrong, wrong - 2, 2)
    assert finding.location == after.cells[f"{OVER}.total"].location
    there = [
        OtherFilePlace(before.source, before.cells[f"{FORWARD}.{c}"].location) for c in ("total", "natural_person")
    ]
    assert [place for place in finding.related if isinstance(place, OtherFilePlace)] == there
    assert finding.message.zh.startswith(
        f"表三 总计列：上年结转为{wrong}，2022年度报告的结转下年度为{wrong - 2}，相差2"
    )
    assert "自然人（" in finding.message.zh
    assert not FIELD.search(finding.message.zh + finding.message.en)


def test_columns_that_differ_under_an_equal_total_are_one_warning():
    before, after = make_series(3, (2022, 2023))
    cells = {c: after.cells[f"{OVER}.{c}"].value for c in ("enterprise", "research")}
    figures = {f"{OVER}.enterprise": cells["enterprise"] + 1, f"{OVER}.research": cells["research"] + 4}
    (finding,) = found(before, changed(after, figures), rule="continuity-carried-over")
    assert (finding.severity, finding.cells) == (Severity.WARNING, (f"{OVER}.enterprise", f"{OVER}.research"))


@pytest.mark.parametrize(
    ("own", "last", "reason"),
    [("blank", 0, "blank"), (0, "blank", "blank"), ("blank", 3, "blank"), (3, "unreadable", "unreadable"),
     ("unreadable", 3, "unreadable"), (3, "missing", "missing"), ("missing", 3, "missing"),
     ("blank", "blank", "all-blank"), ("/", "/", "not-applicable")],
)  # fmt: skip
def test_what_is_not_printed_is_never_held(own, last, reason):
    before = report_of({f"{FORWARD}.enterprise": last, f"{FORWARD}.natural_person": 1}, 2022)
    after = report_of({f"{OVER}.enterprise": own, f"{OVER}.natural_person": 1}, 2023)
    told = verdicts_of(compare(before, after), "continuity-carried-over")
    assert told["natural_person"] == (Verdict.HOLDS, "")
    assert told["enterprise"] == (Verdict.NOT_ASSESSED, reason)


def test_a_blank_total_of_filled_columns_is_not_assessed():
    before = report_of({f"{FORWARD}.total": 3, f"{FORWARD}.natural_person": 3}, 2022)
    after = report_of({f"{OVER}.total": "blank", f"{OVER}.natural_person": 3}, 2023)
    told = verdicts_of(compare(before, after), "continuity-carried-over")
    assert told["total"] == (Verdict.NOT_ASSESSED, "total-blank")


def test_a_report_of_last_year_without_tables_is_not_held():
    before, after = make_series(3, (2022, 2023))
    bare = replace(before, form="narrative", cells={})
    assert verdicts_of(compare(bare, after), "continuity-carried-over") == {"": (Verdict.NOT_ASSESSED, "missing")}


def test_the_figures_of_hongze_hold():
    zeros = dict.fromkeys(form_of(2023).required, 0)
    before = report_of(zeros | {"proactive.normative_documents.in_force": 5}, 2023)
    stocks = {"issued": 3, "repealed": 0, "in_force": 8}
    after = report_of(zeros | {f"proactive.normative_documents.{k}": v for k, v in stocks.items()}, 2024)
    told = compare(before, after)
    columns = (*(c.id for c in form_of(2024).table("applications").blocks[0].columns),)
    held = (Verdict.HOLDS, "")
    assert verdicts_of(told, "continuity-carried-over") == dict.fromkeys(columns, held)
    rows = ("proactive.regulations", "proactive.normative_documents")
    assert verdicts_of(told, "continuity-in-force") == dict.fromkeys(rows, held)
    (stock,) = [o for _, o in told if (o.rule, o.instance) == ("continuity-in-force", rows[1])]
    assert (stock.left, stock.right) == (8, 8)
    assert findings_of(told) == []


def test_a_stock_that_does_not_follow_is_a_warning_with_its_arithmetic():
    before, after = make_series(5, (2021, 2022))
    address = "proactive.normative_documents.in_force"
    stock = after.cells[address].value
    (finding,) = found(before, changed(after, {address: stock + 1}), rule="continuity-in-force")
    assert (finding.severity, finding.left, finding.right) == (Severity.WARNING, stock + 1, stock)
    assert finding.location == after.cells[address].location
    assert OtherFilePlace(before.source, before.cells[address].location) in finding.related
    issued, repealed = (after.cells[address.replace("in_force", c)].value for c in ("issued", "repealed"))
    assert f"{before.cells[address].value}+{issued}-{repealed}={stock}" in finding.message.zh


def test_items_of_the_year_before_follow_from_last_years_report():
    before, after = make_series(4, (2019, 2020))
    address = "proactive.penalty.previous_items"
    items = after.cells[address].value
    (finding,) = found(before, changed(after, {address: items + 7}), rule="continuity-items")
    assert (finding.severity, finding.cells, finding.delta) == (Severity.ERROR, (address,), 7)


def test_cases_pending_last_year_do_not_vanish():
    before, after = make_series(4, (2021, 2022))
    figures = {"review.pending": 9, "review.total": before.cells["review.total"].value + 9}
    less = changed(after, {f"review.{r}": 0 for r in ("upheld", "corrected", "other", "pending", "total")})
    (finding,) = found(changed(before, figures), less, rule="continuity-pending")
    assert (finding.severity, finding.left, finding.right) == (Severity.NOTE, 0, 9)


@pytest.mark.parametrize(
    ("amount", "before", "told"),
    [(Decimal(20200), Decimal("2.02"), True), (Decimal("2.02"), Decimal(31000), True),
     (Decimal(2), Decimal(900), False), (Decimal(3_000_000), Decimal(2), False), (Decimal(0), Decimal(500), False)],
)  # fmt: skip
def test_fees_in_another_unit(amount, before, told):
    address = "proactive.fees.amount"
    zeros = dict.fromkeys(form_of(2023).required, 0)
    first, second = report_of(zeros | {address: before}, 2022), report_of(zeros | {address: amount}, 2023)
    findings = found(first, second, rule="continuity-fee-unit")
    assert [(f.cells, f.left, f.right) for f in findings] == ([((address,), amount, before)] if told else [])


def test_a_table_kept_for_three_years_is_told_with_the_years():
    series = make_series(9, (2021, 2022, 2023, 2024))
    same = [changed(series[0], {}, f"{year}.html") for year in (2022, 2023)]
    kept = [series[0], *(report_of(values(report), year) for report, year in zip(same, (2022, 2023), strict=True))]
    told = {f.message.zh.partition("年度")[0][-9:]: f for f in found(*kept, rule="continuity-identical")}
    assert [key[-4:] for key in told] == ["2021", "2022"]
    assert "2021、2022" in list(told)[1]
    assert all(f.severity is Severity.WARNING for f in told.values())
    assert found(*series, rule="continuity-identical") == []


def values(report):
    return {address: cell.value for address, cell in report.cells.items()}


def test_few_figures_that_are_the_same_are_no_copy():
    figures = dict.fromkeys(form_of(2023).required, 0)
    for row in ("new_received", "granted", "handled_total"):
        figures |= {f"applications.{row}.{c}": 3 for c in ("natural_person", "total")}
    figures["proactive.normative_documents.in_force"] = 12
    assert heavy(compare(report_of(figures, 2022), report_of(figures, 2023))) == []


def test_a_missing_year_is_said_and_nothing_is_held_across_it():
    first, _, third = make_series(6, (2021, 2022, 2023))
    told = compare(first, third)
    (finding,) = findings_of(told)
    assert (finding.rule, finding.severity) == ("continuity-year-missing", Severity.NOTE)
    assert "2022" in finding.message.zh
    assert {o.verdict for _, o in told if o.rule == "continuity-carried-over"} == {Verdict.NOT_ASSESSED}


def test_of_two_versions_of_last_year_one_that_agrees_is_enough():
    before, after = make_series(7, (2021, 2022))
    other = changed(before, {f"{FORWARD}.total": 99}, "old version.html")
    third = changed(before, {f"{FORWARD}.total": 98}, "another version.html")
    assert found(before, other, after, rule="continuity-carried-over") == []
    assert len(found(third, other, after, rule="continuity-carried-over")) == 1


def test_fingerprints_hang_on_the_later_report_alone():
    before, after = make_series(3, (2022, 2023))
    wrong = changed(after, {f"{OVER}.total": 77})
    (one,) = found(before, wrong, rule="continuity-carried-over")
    moved = changed(before, {"proactive.licensing.decisions": 12345}, "moved/2022.docx")
    (two,) = found(moved, changed(wrong, {f"{OVER}.research": 50}, "moved/2023.docx"), rule="continuity-carried-over")
    assert one.fingerprint == two.fingerprint


# Prose


NEW = "applications.new_received"


def grow(text, last, this=30, text_before=""):
    zeros = dict.fromkeys(form_of(2023).required, 0)
    before = report_of(zeros | {f"{NEW}.total": last}, 2022, text=text_before)
    return found(before, report_of(zeros | {f"{NEW}.total": this}, 2023, text=text), rule="continuity-growth")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("新收政府信息公开申请30件，同比下降25%。", 40),
        ("新收政府信息公开申请30件，比上年增长11.1%。", 27),
        ("新收政府信息公开申请31件，同比下降6%。", 33),
        ("新收政府信息公开申请30件，比上年增加5件。", 25),
        ("新收政府信息公开申请30件，上年同期为31件。", 31),
        ("新收政府信息公开申请30件（上年31件）。", 31),
        ("新收政府信息公开申请30件，同比约下降四成。", 31),
        ("新收政府信息公开申请30件，网站访问量同比增长20%。", 31),
        ("其中县自然资源局收到政府信息公开申请30件，同比增长50%。", 31),
        ("新收政府信息公开申请30件，环比增长20%。", 31),
        ("新收政府信息公开申请30件，同比增长至20%。", 31),
        ("新收政府信息公开申请30件，较2020年增加12件。", 31),
        ("新收政府信息公开申请30件，近三年年均增长20%。", 31),
    ],
)
def test_comparisons_that_hold_or_speak_of_something_else(text, last):
    assert grow(text, last) == []


@pytest.mark.parametrize(
    ("text", "last", "says"),
    [
        ("新收政府信息公开申请30件，同比下降35%。", 40, "写作-35%，由40到30应为-25%"),
        ("新收政府信息公开申请30件，同比增长25%。", 40, "写作+25%，由40到30应为-25%"),
        ("新收政府信息公开申请30件，比上年增加5件。", 27, "写作相差+5，由27到30应为+3"),
        ("新收政府信息公开申请30件，上年同期为31件。", 40, "上年数写作31"),
    ],
)
def test_comparisons_that_last_years_report_denies(text, last, says):
    (finding,) = grow(text, last)
    assert (finding.severity, finding.cells) == (Severity.WARNING, (f"{NEW}.total",))
    assert finding.location.line == 500
    assert says in finding.message.zh
    assert f"2022年度报告的表三 一、本年新收政府信息公开申请数量·总计为{last}" in finding.message.zh
    assert not FIELD.search(finding.message.zh + finding.message.en)


def test_a_year_left_in_a_sentence_of_last_year():
    old = "2022年，全局主动公开政府信息51条。\n2022年3月建成的查阅点继续开放。\n2022年以来，访问量较2021年增长。"
    zeros = dict.fromkeys(form_of(2023).required, 0)
    before = report_of(zeros, 2022, text=old)
    (finding,) = found(before, report_of(zeros, 2023, text=old), rule="continuity-year-left")
    assert finding.location.line == 500
    assert "2022年,全局主动公开政府信息51条" in finding.message.zh
    new = old.replace("2022年，", "2023年，")
    assert found(before, report_of(zeros, 2023, text=new), rule="continuity-year-left") == []


@pytest.mark.skipif(not HONGZE.exists(), reason="the corpus is not there")
def test_the_report_of_hongze_and_the_year_after():
    before = report_of_truth(json.loads(HONGZE.read_text(encoding="utf-8")))
    zeros = dict.fromkeys(form_of(2024).required, 0)
    stocks = {"issued": 3, "repealed": 0, "in_force": 8}
    figures = zeros | {f"proactive.normative_documents.{column}": count for column, count in stocks.items()}
    told = compare(before, report_of(figures, 2024, before.organization))
    assert {verdict for verdict, _ in verdicts_of(told, "continuity-carried-over").values()} == {Verdict.HOLDS}
    assert {verdict for verdict, _ in verdicts_of(told, "continuity-in-force").values()} == {Verdict.HOLDS}
