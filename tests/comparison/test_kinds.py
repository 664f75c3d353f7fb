"""What a kind of rule costs: one module, which makes its record, and one YAML file. Here both are made up."""

from collections.abc import Iterator

import pytest
from made_series import report_of
from made_sheets import RULESET, make_report
from msgspec.structs import replace

from validator.checking import check, to_findings
from validator.checking.sheet import Sheet
from validator.checking.wording import plain
from validator.comparison import compare_years
from validator.comparison.linked import Years
from validator.errors import RuleError
from validator.model.bilingual import Bilingual
from validator.model.outcome import Outcome, Severity, Verdict
from validator.pipeline.knowledge import KINDS
from validator.ruleset.kinds import Kind, Rule
from validator.ruleset.loading import read_ruleset

# What a module of a kind holds: the keys of its files, its check, its record.


class RoundRule(Rule, frozen=True, kw_only=True):
    """Figures that are a multiple of `of` in more than `most` cells of a table."""

    table: str
    of: int
    most: int


def check_round(rule: RoundRule, sheet: Sheet) -> Iterator[Outcome]:
    """Give an outcome if the form has the table."""
    if rule.table in sheet.layout.tables:
        round_ones = [a for a in sheet.layout.tables[rule.table] if (v := sheet.numbers.get(a)) and v % rule.of == 0]
        verdict = Verdict.BROKEN if len(round_ones) > rule.most else Verdict.HOLDS
        yield Outcome(rule.id, "", verdict, rule.worst, tuple(round_ones), values={"count": plain(len(round_ones))})


def check_same_year(rule: Rule, years: Years) -> Iterator[Outcome]:
    """Give an outcome for each report: broken if it says as many cases are pending as last year's."""
    here, there = (sheet.numbers.get("review.pending") for sheet in (years.own, years.last[0]))
    yield Outcome(rule.id, "", Verdict.BROKEN if here == there else Verdict.HOLDS, rule.worst, ("review.pending",))


ROUND = Kind("round-figures", "cells", check_round, ("count",), RoundRule)
PENDING = Kind("same-pending", "years", check_same_year)

FILE = """
id: {id}
kind: {kind}
severity: warning
title: {{zh: 题, en: title}}
message: {{zh: "共{{count}}格", en: "{{count}} cells"}}
why: {{zh: 因, en: why}}
basis: 依据
examples:
  - holds: {{}}
"""
KEYS = "table: outcomes\nof: 10\nmost: 1\n"


def load(folder, text, name="own"):
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return read_ruleset((*KINDS, ROUND, PENDING), own=(folder,))


def test_a_made_up_kind_is_read_checked_and_told(tmp_path):
    ruleset = load(tmp_path, FILE.format(id="own", kind="round-figures") + KEYS)
    rule = ruleset.rule("own")
    assert isinstance(rule, RoundRule)
    assert (rule.table, rule.of, rule.most, rule.group) == ("outcomes", 10, 1, "local")
    form = ruleset.forms["2021"]
    report = make_report(form, {"review.upheld": 20, "review.total": 20})
    (finding,) = to_findings(report, ruleset, [o for o in check(report, ruleset) if o.rule == "own"])
    assert (finding.severity, finding.message) == (Severity.WARNING, Bilingual("共2格", "2 cells"))
    assert finding.cells == ("review.upheld", "review.total")
    sound = make_report(form, {"review.upheld": 21, "review.total": 21})
    assert [o.verdict for o in check(sound, ruleset) if o.rule == "own"] == [Verdict.HOLDS]
    assert {o.rule for o in check(report, ruleset)} == {o.rule for o in check(report, RULESET)} | {"own"}


def test_its_keys_and_its_message_are_checked(tmp_path):
    text = FILE.format(id="own", kind="round-figures") + KEYS
    for wrong, message in (
        (text.replace("most: 1", "mots: 1"), "own.yaml: unknown key 'mots'; did you mean 'most'?"),
        (text.replace("of: 10", "of: ten"), "own.yaml: of: 'ten' is not a whole number"),
        (text.replace("{count}", "{cuont}"), "own.yaml: message.zh: no field 'cuont'; did you mean 'count'"),
        (text.replace("round-figures", "round-figure"), "'round-figure' is not one of "),
    ):
        with pytest.raises(RuleError, match=message.replace("?", r"\?")):
            load(tmp_path, wrong)


def test_a_second_rule_of_it_is_refused(tmp_path):
    text = FILE.format(id="own", kind="round-figures") + KEYS
    load(tmp_path, text)
    with pytest.raises(RuleError, match=r"there can be one rule of kind 'round-figures', and 'own' is it"):
        load(tmp_path, text.replace("id: own", "id: second"), "second")


def test_a_made_up_kind_between_years_is_checked(tmp_path):
    text = FILE.format(id="own", kind="same-pending").replace("{count}", "1")
    ruleset = load(tmp_path, text)
    figures = {"review.pending": 2, "review.total": 2}
    last, own = report_of(figures, 2022), report_of(figures, 2023)
    told = [(r.year, o.verdict) for r, o in compare_years([last, own], ruleset) if o.rule == "own"]
    assert told == [(2023, Verdict.BROKEN)]
    assert [o for _, o in compare_years([last, replace(own, year=2024)], ruleset) if o.rule == "own"] == []
