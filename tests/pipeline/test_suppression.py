"""What is left out of results: by exemptions, by comments of a report, by a baseline."""

from datetime import date

import pytest
from made_findings import find
from msgspec.structs import replace

from validator.config import Config, Exemption
from validator.config.baseline import Baseline, make_entries
from validator.config.loading import load_config
from validator.errors import ConfigError
from validator.model.bilingual import Bilingual
from validator.model.location import LostPlace
from validator.model.outcome import Change, Explanation
from validator.model.report import Problem, Report
from validator.model.result import ReportResult
from validator.pipeline import load_ruleset
from validator.pipeline.suppression import make_suppressions, refuse_names, vet_ignores

RULESET = load_ruleset()
TODAY = date(2026, 11, 22)
REVIEW = find("review-total", "a" * 16, "review.total")
BALANCE = find("applications-balance", "b" * 16, "applications.new_received.total")
NOTE = find("form-inline-ignore", "c" * 16)
TOLD = {rule.id for rule in RULESET.rules}


def explanation(*marks):
    return Explanation((Change("review.total", 1, 2),), marks, unique=True, reason="unknown")


def result_of(*findings, ignores=(), source="a.html", diagnosis=()):
    problems = tuple(
        Problem("inline-ignore", LostPlace("test"), (), {"rule": rule, "reason": "known", "line": line})
        for rule, line in ignores
    )
    report = Report(source, "2021", "甲县发展局", 2023, {}, (), problems)
    return ReportResult(source, vet_ignores(report, RULESET), findings=findings, diagnosis=diagnosis)


def suppressions_of(*exemptions, baseline=None, **settings):
    lines = {("exemption", number): line for number, line in enumerate((3, 8, 12, 16))}
    config = Config(file="gouji.toml", exemptions=exemptions, lines=lines, **settings)
    return make_suppressions(config, RULESET, baseline, TODAY)


def test_explanations_of_what_is_left_out_go_as_well():
    only, shared, other = explanation("a" * 16), explanation("a" * 16, "b" * 16), explanation("b" * 16)
    result = result_of(REVIEW, BALANCE, diagnosis=(only, shared, other))
    left = suppressions_of(Exemption("known", "never", rule="review")).apply(result)
    assert left.findings == (BALANCE,)
    assert left.diagnosis == (shared, other)


def test_what_has_nothing_left_out_stays_the_same():
    result = result_of(REVIEW, BALANCE)
    assert suppressions_of().apply(result) is result
    unreadable = replace(result, report=None, findings=(), error=Bilingual("坏", "bad"))
    assert suppressions_of(Exemption("known", "never", rule="review")).apply(unreadable) is unreadable


def test_a_comment_leaves_out_a_rule_or_a_group_but_never_what_comments_ask():
    result = result_of(REVIEW, BALANCE, NOTE, ignores=[("review", 3), ("form", 4)])
    assert suppressions_of().apply(result).findings == (BALANCE, NOTE)
    assert suppressions_of(inline_ignore=False).apply(result) is result


def test_a_comment_with_an_unknown_rule_has_no_effect_and_is_told_with_the_nearest():
    result = result_of(REVIEW, ignores=[("review-totl", 3)])
    (problem,) = result.report.problems
    assert (problem.kind, problem.values["near"]) == ("inline-ignore-unknown", "review-total")
    assert suppressions_of().apply(result) is result


def test_what_is_counted_and_told_in_the_end():
    suppressions = suppressions_of(
        Exemption("说明", "never", rule="review"),
        Exemption("已过", "2026-06-30", rule="applications"),
        Exemption("旧", "never", rule="form-year"),
        Exemption("未选", "never", rule="narrative"),
    )
    tally = suppressions.tally()
    for result in (
        result_of(REVIEW, BALANCE),
        result_of(REVIEW, BALANCE, ignores=[("applications", 5)], source="b.html"),
        result_of(ignores=[("review-total", 7), ("narrative", 9)], source="c.html"),
    ):
        suppressions.apply(result, tally)
    told = {rule for rule in TOLD if not rule.startswith("narrative")}
    known = tally.known(told, whole=True)
    assert (known.suppressed, known.baseline, known.fixed) == (3, 0, ())
    assert [notice.en for notice in known.notices] == [
        "gouji.toml, line 8: this exemption expired on 2026-06-30 and 1 finding(s) it fits are told (已过)",
        "gouji.toml, line 12: this exemption matches nothing any more and can go (旧)",
        "c.html, line 7: a comment asks not to tell of review-total, which finds nothing",
    ]
    assert known.notices[0].zh == "gouji.toml 第8行的例外已于2026-06-30到期，仍有1处相符，已照报（理由：已过）"
    assert [notice.en for notice in tally.known(told, whole=False).notices] == [
        known.notices[0].en,
        known.notices[2].en,
    ]


def test_known_findings_are_counted_and_fixed_ones_told(tmp_path):
    entries = make_entries([REVIEW, BALANCE], (tmp_path / "a.html").as_posix(), "甲县发展局", 2023, tmp_path)
    suppressions = suppressions_of(baseline=Baseline(tuple(entries), tmp_path))
    tally = suppressions.tally()
    assert suppressions.apply(result_of(REVIEW, NOTE), tally).findings == (NOTE,)
    known = tally.known(TOLD, whole=True)
    assert known.baseline == 1
    assert [fixed.en for fixed in known.fixed] == ["a.html: applications-balance is fixed (applications-balance有误)"]


def test_an_exempted_finding_is_not_counted_as_known_or_fixed_twice(tmp_path):
    entries = make_entries([REVIEW], (tmp_path / "a.html").as_posix(), "甲县发展局", 2023, tmp_path)
    suppressions = suppressions_of(
        Exemption("known", "never", rule="review"), baseline=Baseline(tuple(entries), tmp_path)
    )
    tally = suppressions.tally()
    assert suppressions.apply(result_of(REVIEW), tally).findings == ()
    known = tally.known(TOLD, whole=True)
    assert (known.suppressed, known.baseline, known.fixed) == (1, 0, ())


def test_names_in_a_configuration_are_those_of_rules_and_cells(tmp_path):
    path = tmp_path / "gouji.toml"
    text = '[[exemption]]\nreason = "x"\nuntil = "never"\ncell = "{}"\n'
    for cell in ("applications.denied.total", "litigation.upheld", "narrative.website_items", "review.*"):
        path.write_text(text.format(cell), encoding="utf-8")
        refuse_names(load_config(explicit=path), RULESET)
    path.write_text(text.format("litigation.uphold"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"line 4: exemption 1, cell: no cell 'litigation.uphold'; did you mean 'lit"):
        refuse_names(load_config(explicit=path), RULESET)
