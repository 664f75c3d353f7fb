"""Rules about the form as a whole, and what reading a report met."""

from decimal import Decimal

from made_sheets import RULESET, findings_of, make_report
from msgspec.structs import replace

from validator.checking import check, coverage, to_findings
from validator.model.location import JsonPlace, TextPlace
from validator.model.outcome import Severity
from validator.model.report import Problem, Report


def test_amounts_may_have_decimals_and_changes_may_be_negative():
    amounts = {"proactive.procurement.items": 2, "proactive.procurement.amount": Decimal("52.15"),
               "proactive.licensing.previous_items": 6, "proactive.licensing.change": -4}  # fmt: skip
    report = make_report(RULESET.forms["2019"], amounts)
    assert not [f for f in findings_of(report) if f.severity is Severity.ERROR]
    wrong = make_report(RULESET.forms["2019"], {"proactive.licensing.change": Decimal("0.5")})
    (finding,) = [f for f in findings_of(wrong) if f.rule == "form-count-cell"]
    assert finding.message.zh.startswith("表二 行政许可·本年增/减填作0.5，")
    assert finding.cells == ("proactive.licensing.change",)


def test_a_form_of_another_year_is_an_error_unless_the_year_is_in_doubt():
    report = make_report(RULESET.forms["2019"], {}, year=2023)
    (finding,) = [f for f in findings_of(report) if f.rule == "form-year"]
    assert finding.severity is Severity.ERROR
    assert "2023年度的报告用了《中华人民共和国政府信息公开工作年度报告格式(试行)》" in finding.message.zh
    doubt = Problem("year-contradiction", TextPlace(1, 1), (), {"first": 2020, "second": 2023})
    assert not [f for f in findings_of(replace(report, problems=(doubt,))) if f.rule == "form-year"]


def test_problems_of_reading_are_told_in_the_words_of_the_form():
    place = TextPlace(40, 1)
    problems = (
        Problem("table-cut", place, (), {"table": "applications", "row": "denied.state_secret"}),
        Problem("extra-row", place, (), {"table": "applications", "label": "小计"}),
        Problem("extra-row", place, (), {"table": "applications", "label": "小计"}),
        Problem("cell-unreadable", place, ("review.total",), {"cell": "review.total", "raw": "见附件"}),
    )
    found = findings_of(make_report(RULESET.forms["2021"], {}, problems=problems))
    texts = [(f.severity, f.message.zh) for f in found]
    assert texts[0] == (Severity.ERROR, "文件在表三的“(三)不予公开·1.属于国家秘密”之后中断，其后内容缺失")
    assert (Severity.WARNING, "表四 行政复议·总计印作“见附件”，读不出数字，未核对") in texts
    assert {f.location for f in found} == {place}
    assert len({f.fingerprint for f in found}) == 4


def test_a_report_of_no_form_has_no_identities_but_its_problems_are_told():
    problem = Problem("form-unknown", TextPlace(3, 1))
    report = Report("x", None, None, 2023, {}, (), (problem,))
    outcomes = check(report, RULESET)
    assert coverage(outcomes).expected == 0
    assert [f.rule for f in to_findings(report, RULESET, outcomes)] == ["form-unknown"]
    assert check(replace(report, form="narrative", problems=()), RULESET) == ()


def test_a_problem_read_back_from_json_is_told_in_its_own_sentence():
    problem = Problem("extra-row", JsonPlace("problems[0]"), (), {"detail": "表三多出一行“小计”"})
    bare = Problem("table-cut", JsonPlace("problems[1]"))
    found = findings_of(make_report(RULESET.forms["2021"], {}, problems=(problem, bare)))
    assert [(f.rule, f.message.zh) for f in found] == [
        ("form-table-cut", "表格中断"),
        ("form-extra-row", "表三多出一行“小计”"),
    ]
