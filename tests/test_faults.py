"""A fault of ours in one check is told, and what the other checks found is kept."""

import msgspec
import pytest
from made_sheets import APPLICANTS, RULESET, make_report

from validator.checking import check, to_findings
from validator.comparison import compare_years
from validator.model.outcome import Severity
from validator.pipeline.knowledge import load_knowledge
from validator.pipeline.single import check_report
from validator.ruleset import Ruleset

FAULT = "form-internal-fault"
BROKEN = {"review.upheld": 3, "review.total": 4}


def report(year=2023, **figures):
    return make_report(RULESET.forms["2021"], BROKEN | figures, year=year)


def fail(*_args, **_kept):
    raise KeyError(20)


def rules_with(kind, check):
    """Give the rules, those of a kind with another check."""
    kinds = RULESET.kinds | {kind: msgspec.structs.replace(RULESET.kinds[kind], check=check)}
    return Ruleset(RULESET.forms, RULESET.rules, RULESET.readings, kinds)


def findings(given, ruleset=RULESET):
    return {f.rule: f for f in to_findings(given, ruleset, check(given, ruleset))}


def test_a_rule_that_fails_loses_no_other():
    found = findings(report(), rules_with("count-cells", fail))
    assert {"review-total", FAULT} <= found.keys()
    assert found[FAULT].severity is Severity.WARNING
    assert "计数为非负整数" in found[FAULT].message.zh or "（KeyError: 20 @ test_faults.py:" in found[FAULT].message.zh


def test_a_rule_that_fails_half_way_keeps_what_it_gave():
    right = RULESET.kinds["identity"].check

    def fail_later(rule, sheet):
        yield from right(rule, sheet)
        raise ZeroDivisionError

    found = findings(report(), rules_with("identity", fail_later))
    assert {"review-total", FAULT} <= found.keys()


def test_a_sentence_that_cannot_be_written_loses_no_finding(monkeypatch):
    module = to_findings.__globals__
    right = module["fill_message"]

    def fail_once(message, values):
        if message == RULESET.rule("review-total").message:
            raise ValueError("no")
        return right(message, values)

    monkeypatch.setitem(module, "fill_message", fail_once)
    found = findings(report())
    assert found["review-total"].message == RULESET.rule("review-total").title
    assert found["review-total"].cells
    assert "ValueError: no" in found[FAULT].message.zh


def test_diagnosis_that_fails_loses_no_finding(monkeypatch):
    monkeypatch.setattr("validator.diagnosis.diagnose", fail)
    result = check_report(report(), load_knowledge())
    rules = [f.rule for f in result.findings]
    assert rules.count("review-total") == rules.count(FAULT) == 1
    assert result.diagnosis == ()
    assert result.status == "failed"
    assert "更改建议" in next(f for f in result.findings if f.rule == FAULT).message.zh


def test_a_comparison_that_fails_loses_no_other():
    ruleset = rules_with("growth-last-year", fail)
    last, own = report(2022), report(2023, **{f"applications.carried_over.{a}": 5 for a in APPLICANTS[:1]})
    told = [outcome.rule for _, outcome in compare_years([last, own], ruleset)]
    assert FAULT in told
    assert "continuity-carried-over" in told


@pytest.mark.parametrize("half", ["2.5", "0.5", "1000.5"])
@pytest.mark.parametrize("cell", ["handled_total.total", "carried_forward.legal_service", "granted.total"])
def test_a_count_that_is_a_fraction_is_explained_or_not_but_kept(cell, half):
    from decimal import Decimal

    made = report(**{f"applications.{cell}": Decimal(half)})
    result = check_report(made, load_knowledge())
    rules = {f.rule for f in result.findings}
    assert {"form-count-cell", "review-total"} <= rules
    assert FAULT not in rules
    mended = {c.cell: c.proposed for e in result.diagnosis for c in e.changes}
    assert mended[f"applications.{cell}"] == 0
