"""The blank policy: what counts as 0, what cannot be assessed, and what is told of it once."""

import pytest
from made_sheets import APPLICANTS, RULESET, change, findings_of, identity_name, make_report, outcome_of, sound

from validator.checking import check, coverage, to_findings
from validator.model.outcome import Severity, Verdict

CASES = ("upheld", "corrected", "other", "pending", "total")

# Blanks


def test_a_blank_beside_figures_counts_as_zero_and_is_told():
    report = make_report(RULESET.forms["2021"], {"review.upheld": 3, "review.other": "blank", "review.total": 4})
    outcome = outcome_of(report, "review-total", "review")
    assert (outcome.verdict, outcome.left, outcome.right) == (Verdict.BROKEN, 3, 4)
    assert outcome.blanks == ("review.other",)
    (finding,) = [f for f in findings_of(report) if f.rule == "review-total"]
    assert finding.message.zh == "表四 行政复议：四项结果之和3，总计4，相差1（表四 行政复议·其他结果空白，按0计）"


@pytest.mark.parametrize(
    ("figures", "verdict", "reason"),
    [
        ({"upheld": 3, "total": 3}, Verdict.HOLDS, ""),
        ({"total": 0}, Verdict.HOLDS, ""),
        ({"total": 3}, Verdict.NOT_ASSESSED, "parts-blank"),
        ({"upheld": 3}, Verdict.NOT_ASSESSED, "total-blank"),
        ({"upheld": 0}, Verdict.NOT_ASSESSED, "total-blank"),
        ({}, Verdict.NOT_ASSESSED, "all-blank"),
        (dict.fromkeys(CASES, "/"), Verdict.NOT_ASSESSED, "not-applicable"),
        ({"upheld": 3, "corrected": "/", "total": 3}, Verdict.HOLDS, ""),
        ({"upheld": 3, "total": "/"}, Verdict.NOT_ASSESSED, "total-blank"),
        ({"upheld": 3, "other": "unreadable", "total": 3}, Verdict.NOT_ASSESSED, "unreadable"),
        ({"upheld": 3, "other": "missing", "total": 3}, Verdict.NOT_ASSESSED, "missing"),
        ({"upheld": "unreadable", "total": "missing"}, Verdict.NOT_ASSESSED, "missing"),
    ],
)  # fmt: skip
def test_the_blank_policy_of_an_identity(figures, verdict, reason):
    stated = dict.fromkeys(CASES, "blank") | figures
    report = make_report(RULESET.forms["2021"], {f"review.{name}": value for name, value in stated.items()})
    outcome = outcome_of(report, "review-total", "review")
    assert (outcome.verdict, outcome.reason) == (verdict, reason)
    outcomes = check(report, RULESET)
    assert coverage(outcomes).expected == 42
    assert coverage(outcomes).assessed == (42 if verdict is Verdict.HOLDS else 41)


def test_a_blank_total_of_filled_parts_stops_every_identity_it_enters():
    handled = "applications.handled_total.natural_person"
    report = change(sound("2021"), {handled: "blank"})
    reasons = {identity_name(o): o.reason for o in check(report, RULESET) if o.exact and o.reason}
    assert reasons == {
        "applications-balance[natural_person]": "total-blank",
        "applications-handled-total[natural_person]": "total-blank",
        "applications-row-total[handled_total]": "total-blank",
    }
    (finding,) = [f for f in findings_of(report) if f.rule == "form-blank-total"]
    assert (finding.severity, finding.cells) == (Severity.WARNING, (handled,))
    assert "(七)总计·自然人" in finding.message.zh
    assert finding.location == report.cells[handled].location


def test_a_blank_total_of_blank_parts_counts_as_zero_elsewhere():
    report = sound("2021")
    enterprise = {a: "blank" for a in report.cells if a.endswith(".enterprise")}
    others = {a: "blank" for a in report.cells if a.startswith("applications.") and a.rsplit(".")[-1] in APPLICANTS[2:]}
    person = {
        a.replace("natural_person", "total"): c.value for a, c in report.cells.items() if a.endswith("natural_person")
    }
    report = change(report, enterprise | others | person)
    verdicts = {identity_name(o): (o.verdict, o.reason) for o in check(report, RULESET) if o.exact}
    assert verdicts["applications-row-total[handled_total]"] == (Verdict.HOLDS, "")
    assert verdicts["applications-balance[enterprise]"] == (Verdict.NOT_ASSESSED, "all-blank")
    assert not any(f.rule == "form-blank-total" for f in findings_of(report))
    (note,) = [f for f in findings_of(report) if f.rule == "form-blank-cells"]
    assert note.message.zh.startswith("表三：175格中125格空白")


def test_totals_without_parts_are_told_once_a_table():
    figures = {f"applications.granted.{c}": "blank" for c in APPLICANTS} | {
        "applications.granted.total": 5,
        **{f"applications.denied.state_secret.{c}": "blank" for c in APPLICANTS},
        "applications.denied.state_secret.total": 2,
    }
    report = make_report(RULESET.forms["2019"], figures)
    (finding,) = [f for f in findings_of(report) if f.rule == "form-blank-parts"]
    assert finding.cells == ("applications.granted.total", "applications.denied.state_secret.total")
    assert "(一)予以公开（5）、(三)不予公开·1.属于国家秘密（2）" in finding.message.zh


def test_only_a_blank_side_does_not_break_a_bound():
    form = RULESET.forms["2014"]
    lone = make_report(form, {"statistics.training.trainees": 4, "statistics.training.courses": "blank"})
    assert outcome_of(lone, "statistics-training-both").reason == "parts-blank"
    head = {"statistics.responses.press_conferences": "blank", "statistics.responses.press_conferences_by_head": 2}
    assert outcome_of(make_report(form, head), "statistics-press-conferences-by-head").reason == "total-blank"
    blank = make_report(form, {"statistics.disclosed.normative_documents": "blank", "statistics.disclosed.total": 5})
    assert outcome_of(blank, "statistics-normative-at-most-disclosed").verdict is Verdict.HOLDS


def test_channels_partly_blank_break_their_bound_with_both_figures():
    figures = {"statistics.disclosed.total": 204, "statistics.channels.gazette": "blank",
               "statistics.channels.website": 94, "statistics.channels.weibo": 91,
               "statistics.channels.wechat": "blank", "statistics.channels.other": 6}  # fmt: skip
    (finding,) = [f for f in findings_of(make_report(RULESET.forms["2014"], figures)) if f.severity is Severity.ERROR]
    assert (finding.rule, finding.left, finding.right, finding.delta) == (
        "statistics-disclosed-at-most-channels", 204, 191, 13,
    )  # fmt: skip
    assert "204，多于五个渠道之和94+91+6=191，多13" in finding.message.zh
    assert "1.政府公报公开政府信息数、" in finding.message.zh


def test_a_report_without_figures_is_told_and_covers_nothing():
    report = make_report(RULESET.forms["2021"], {}, default="blank")
    outcomes = check(report, RULESET)
    assert (coverage(outcomes).expected, coverage(outcomes).assessed) == (42, 0)
    assert [(f.rule, f.severity) for f in to_findings(report, RULESET, outcomes)] == [("form-no-figures", "warning")]


# Rows that stand for others


def test_one_row_for_the_other_results():
    report = sound("2021", 3, single_other=True)
    outcomes = check(report, RULESET)
    assert coverage(outcomes).expected == 40
    assert {o.instance for o in outcomes if o.rule == "applications-row-total"} >= {"other", "granted"}
    blank_parts = {f"applications.other.{p}.{c}": "blank" for p in ("correction_overdue", "fee_overdue", "misc")
                   for c in (*APPLICANTS, "total")}  # fmt: skip
    assert coverage(check(change(report, blank_parts), RULESET)).expected == 40


def test_a_label_row_without_figures_does_not_stand_for_its_parts():
    report = sound("2021", 3)
    empty = {f"applications.other.{c}": "blank" for c in (*APPLICANTS, "total")}
    outcomes = check(change(report, empty), RULESET)
    assert (coverage(outcomes).expected, coverage(outcomes).assessed) == (42, 42)
    both = {f"applications.other.{c}": 7 for c in (*APPLICANTS, "total")}
    assert coverage(check(change(report, both), RULESET)).expected == 42
