"""A report and the rules -> outcomes and findings: sums, blanks, coverage, messages, fingerprints."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_sheets import (
    RULESET,
    change,
    findings_of,
    identity_name,
    make_report,
    outcome_of,
    report_of_truth,
    sound,
    told,
)
from msgspec.structs import replace

from validator.checking import check, coverage, fingerprint, to_findings
from validator.model.outcome import Severity, Verdict

CORPUS = Path(__file__).parents[1] / ".." / "shared" / "corpus"
TRUTHS = sorted(CORPUS.glob("*.truth.json"))


# Real reports


@pytest.mark.skipif(not TRUTHS, reason="the corpus is not there")
@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.partition(".")[0])
def test_identities_of_real_reports(path):
    truth = json.loads(path.read_text(encoding="utf-8"))
    expected = truth["identities"]
    report = report_of_truth(truth)
    outcomes = check(report, RULESET)
    exact = {identity_name(outcome): outcome for outcome in outcomes if outcome.exact}
    assert coverage(outcomes).expected == expected["expected"] == len(exact)
    assert coverage(outcomes).assessed == expected["assessed"]
    broken = {name: (o.left, o.right, o.cells) for name, o in exact.items() if o.verdict is Verdict.BROKEN}
    assert broken == {f["id"]: (f["left"], f["right"], tuple(f["cells"])) for f in expected["failed"]}
    reasons = {"all cells blank": "all-blank", "total cell blank": "total-blank"}
    assert {name: o.reason for name, o in exact.items() if o.verdict is Verdict.NOT_ASSESSED} == {
        item["id"]: reasons[item["why"].partition(":")[0]] for item in expected["not_assessed"]
    }
    unblemished = [o for o in exact.values() if o.verdict is not Verdict.NOT_ASSESSED and not o.blanks]
    assert len(unblemished) == expected["assessed_without_any_blank"]


@pytest.mark.skipif(not TRUTHS, reason="the corpus is not there")
@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.partition(".")[0])
def test_findings_of_real_reports(path):
    truth = json.loads(path.read_text(encoding="utf-8"))
    found = findings_of(report_of_truth(truth))
    stated = [f for f in truth["findings"] if f["kind"] in ("exact", "bound", "form")]
    wanted = {frozenset(f["about"]) for f in stated if f["severity"] == "error" and f["required"]}
    assert {frozenset(f.cells) for f in found if f.severity is Severity.ERROR} == wanted
    allowed = {frozenset(f["about"]) for f in stated if f["kind"] != "form" or f["severity"] != "note"}
    assert {frozenset(f.cells) for f in found if f.severity is Severity.WARNING} <= allowed


# Sound reports


@pytest.mark.parametrize(
    ("form_id", "options", "expected"),
    [("2014", {}, 7), ("2019", {}, 40), ("2021", {}, 42), ("2021", {"single_other": True}, 40)],
)
def test_a_sound_report_has_no_findings(form_id, options, expected):
    for seed in range(40):
        report = sound(form_id, seed, **options)
        outcomes = check(report, RULESET)
        heavy = [f.message.zh for f in to_findings(report, RULESET, outcomes) if f.severity is Severity.ERROR]
        assert heavy == []
        assert (coverage(outcomes).expected, coverage(outcomes).assessed) == (expected, expected)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_one_wrong_cell_of_table_three_breaks_its_row_and_its_column(data):
    report = sound("2021", data.draw(st.integers(0, 500)))
    address = data.draw(st.sampled_from([a for a in report.cells if a.startswith("applications.")]))
    by = data.draw(st.integers(1, 5000))
    broken = told(change(report, {address: report.cells[address].value + by}))
    row, column = address.removeprefix("applications.").rsplit(".", 1)
    head = row in ("new_received", "carried_over", "carried_forward")
    assert ("applications-row-total", row) in broken
    assert (("applications-balance" if head else "applications-handled-total"), column) in broken
    rules = {rule for rule, _ in broken if "forward" not in rule}
    assert rules <= {"applications-row-total", "applications-balance", "applications-handled-total"}


def test_findings_come_worst_first_and_in_the_order_of_the_form():
    report = change(sound("2021"), {"review.total": 99, "applications.granted.research": 77, "review.other": "blank"})
    found = findings_of(report)
    assert [f.severity for f in found] == sorted((f.severity for f in found), key=list(Severity).index)
    errors = [(f.rule, f.cells[0]) for f in found if f.severity is Severity.ERROR]
    assert errors == [
        ("applications-row-total", "applications.granted.natural_person"),
        ("applications-handled-total", "applications.granted.research"),
        ("review-total", "review.upheld"),
    ]


# Severities, conditions, levels, other kinds


@pytest.mark.parametrize(("parts", "severity"), [(4, Severity.ERROR), (2, Severity.WARNING)])
def test_a_severity_for_each_side(parts, severity):
    report = make_report(RULESET.forms["2014"], {"statistics.review.upheld": parts, "statistics.review.total": 3})
    (finding,) = [f for f in findings_of(report) if f.rule == "statistics-review-total"]
    assert (finding.severity, finding.left, finding.right) == (severity, parts, 3)


def test_regulations_are_doubted_below_the_level_that_may_issue_them():
    figures = {"proactive.regulations.issued": 2, "proactive.regulations.in_force": 2}
    for organization, doubted in (("某县水利局", True), ("某市水利局", False), (None, False)):
        report = make_report(RULESET.forms["2021"], figures, organization=organization)
        assert any(f.rule == "proactive-regulations-level" for f in findings_of(report)) is doubted


# Messages and fingerprints


def test_a_message_gives_place_figures_and_difference():
    figures = {"new_received": 161, "carried_over": 2, "granted": 150, "handled_total": 150, "carried_forward": 12}
    report = make_report(
        RULESET.forms["2021"], {f"applications.{row}.natural_person": value for row, value in figures.items()}
    )
    (finding,) = [f for f in findings_of(report) if f.rule == "applications-balance"]
    assert finding.message.zh == "表三 自然人列：一+二为161+2=163，三（七）+四为150+12=162，相差1"
    assert finding.message.en == (
        "Table 3, column Natural persons: 1 + 2 is 161+2=163, 3(7) + 4 is 150+12=162, difference 1"
    )
    assert (finding.left, finding.right, finding.delta) == (163, 162, 1)
    first, *rest = finding.cells
    assert finding.location == report.cells[first].location
    assert finding.related == tuple(report.cells[address].location for address in rest)


def test_fingerprints_hang_on_body_year_rule_and_instance_alone():
    report = change(sound("2021"), {"review.total": 99, "litigation_direct.total": 98})
    marks = {f.cells[0]: f.fingerprint for f in findings_of(report) if f.rule == "review-total"}
    assert len(set(marks.values())) == 2
    assert all(len(mark) == 16 and int(mark, 16) >= 0 for mark in marks.values())
    edited = change(report, {"review.total": 77, "applications.granted.total": 12345})
    moved = replace(edited, source="elsewhere.html")
    assert marks.items() <= {f.cells[0]: f.fingerprint for f in findings_of(moved)}.items()
    for other in (replace(report, year=2022), replace(report, organization="另一个局")):
        assert not set(marks.values()) & {f.fingerprint for f in findings_of(other)}
    outcome = outcome_of(report, "review-total", "review")
    assert fingerprint(report, outcome) == marks["review.upheld"]
