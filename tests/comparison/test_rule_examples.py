"""The examples of rules that need several reports: they hold, break or cannot be assessed as they say."""

import pytest
from made_series import findings_of, form_of, report_of
from made_sheets import RULESET, make_report
from msgspec.structs import replace
from test_copying import sentences, text_of

from validator.comparison import (
    KINDS,
    Identity,
    compare_unit,
    compare_versions,
    compare_years,
    find_copies,
    sketch,
    tell_copied_sibling,
    tell_unplaced,
)
from validator.config import Unit
from validator.model.form import join_address
from validator.model.outcome import Verdict
from validator.ruleset.kinds import FIELD, LinkedRelation

RULES = [rule for rule in RULESET.rules if rule.kind in {kind.name for kind in KINDS}]
SPECIAL = ("text", "year", "organization", "passages", "same", "named", "all")
LINKS = ("last.", "other.", "units.", "beside.")


def split(stated):
    """Part the cells of an example into the report's own and those of the other report."""
    own, others = {}, {}
    for name, value in stated.items():
        link = next((link for link in LINKS if name.startswith(link)), "")
        (others if link else own)[name.removeprefix(link)] = value
    return own, others


def spell(rule, form, name):
    """Give the cell that a name means in the first turn of the rule's loop."""
    if not isinstance(rule, LinkedRelation) or name in form.cells:
        return name
    turn = RULESET.linked(form, form)[rule.id][0].name
    if isinstance(rule.for_each, tuple):
        return join_address(turn, name)
    return join_address(rule.for_each.partition(".")[0], name, turn)


def made(rule, stated, year, name="云溪县档案局"):
    form = form_of(year)
    default = stated.get("all", 0)
    cells = {spell(rule, form, key): value for key, value in stated.items() if key not in SPECIAL}
    assert set(cells) <= set(form.cells), rule.id
    figures = dict.fromkeys(form.required, default) | cells
    organization = None if stated.get("organization") == "missing" else stated.get("organization", name)
    return report_of(figures, stated.get("year", year), organization, text=text(stated))


def text(stated):
    if "passages" not in stated:
        return str(stated.get("text", ""))
    kept, named = stated.get("same", stated["passages"]), stated.get("named", 0)
    new = sentences(2, stated["passages"] - kept) if "same" in stated else []
    lines = sentences(1, kept)
    if named or "same" not in stated:
        lines = [f"云溪县档案局认为，{lines[0]}", *lines[1:]]
    return text_of([*lines, *new])


def run(rule, stated):
    """Give what is told of the report of an example."""
    own, others = split(stated)
    year = 2020 if "2021" not in rule.forms and rule.forms else 2023
    report = made(rule, own, year)
    match rule.kind:
        case "body-unknown":
            identity = Identity(report.organization or "", "", report.year)
            return [(report, outcome) for outcome in tell_unplaced(report, identity, RULESET)]
        case "versions":
            return list(compare_versions([made(rule, others, year), replace(report, source="龙.docx")], RULESET))
        case "unit-sum":
            unit = Unit("云溪县", ("云溪县档案局",), exact=rule.complete_only)
            return list(compare_unit(unit, report, {"云溪县档案局": made(rule, others, year)}, RULESET))
        case "quoted-beside":
            form = RULESET.forms[rule.of]
            sheet = replace(make_report(form, others), source="报表.html", year=year)
            return [(r, o) for r, o in compare_versions([report, sheet], RULESET) if o.rule == rule.id]
        case "copied-sibling" | "name-left":
            report = replace(report, organization="云溪县统计局", source="云溪县统计局.html")
            reports = [made(rule, others, year), report]
            copies = find_copies([sketch(r, RULESET, r.source) for r in reports], RULESET)
            told = ((r, copy) for copy in copies for r in reports if r.source == copy.own.source)
            return [(r, outcome) for r, copy in told for outcome in tell_copied_sibling(r, copy, RULESET)]
    return list(compare_years([made(rule, others, others.get("year", year - 1)), report], RULESET))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_rules_between_reports(rule):
    for example in rule.examples:
        stated = next(c for c in (example.holds, example.breaks, example.not_assessed) if c is not None)
        told = run(rule, stated)
        found = [outcome for _, outcome in told if outcome.rule == rule.id]
        broken = [outcome for outcome in found if outcome.verdict is Verdict.BROKEN]
        if example.holds is not None:
            assert broken == [], stated
        elif example.breaks is not None:
            assert len(broken) == 1, stated
            assert example.delta is None or broken[0].delta == example.delta
        else:
            assert broken == []
            assert (Verdict.NOT_ASSESSED, example.reason) in [(o.verdict, o.reason) for o in found]
        for finding in findings_of(told):
            assert not FIELD.search(finding.message.zh + finding.message.en)


def test_every_kind_of_rule_between_reports_has_one():
    assert {rule.kind for rule in RULES} == {kind.name for kind in KINDS}
