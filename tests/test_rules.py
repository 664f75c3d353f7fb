"""Every rule file: its examples hold, break or cannot be assessed as they say; its texts are complete."""

from decimal import Decimal
from pathlib import Path

import pytest
from made_sheets import RULESET, make_report
from msgspec.structs import replace

from validator.checking import check, describe_problems, to_findings
from validator.checking.forms import ProblemRule
from validator.model.document import Paragraph
from validator.model.form import join_address
from validator.model.location import LostPlace, TextPlace
from validator.model.outcome import Severity, Verdict
from validator.model.report import Problem, Report, Subtotal
from validator.pipeline import load_ruleset
from validator.ruleset import data_folder
from validator.ruleset.kinds import FIELD, Relation
from validator.ruleset.loading import refuse_doubles

RULES = {rule.id: rule for rule in RULESET.rules}
FILES = {path.stem: path for group in RULESET.groups for path in (data_folder() / group).glob("*.yaml")}
CONTRACT = {
    "applications-balance",
    "applications-row-total",
    "applications-handled-total",
    "review-total",
    "statistics-received-total",
    "statistics-closed-total",
    "statistics-replies-total",
    "statistics-denied-total",
    "statistics-review-total",
    "statistics-litigation-total",
    "statistics-staff-total",
    "statistics-disclosed-at-most-channels",
    "statistics-disclosed-at-least-channel",
}
PROBLEMS = {
    "page-under-suffix",
    *("no-table", "missing-table", "table-cut", "missing-row", "extra-row", "row-repeated", "row-order", "row-merged"),
    *("missing-column", "extra-column", "label-damaged", "cells-ambiguous", "cell-unreadable", "cell-approximate"),
    *("digits-apart", "cell-annotated", "cells-chosen", "missing-section", "section-order", "placeholder"),
    *("period-contradiction", "period-damaged", "year-contradiction", "form-unknown", "characters-replaced"),
    *("pending-changes", "pending-changes-in-tables", "hidden-text", "embedded-documents", "has-pictures"),
    *("formula-stale", "formula-uncached", "formulas-recalculated", "rounded-display", "hidden-cells", "hidden-sheet"),
    *("hidden-tables", "hidden-copies"),
    *("several-documents", "fault", "report-linked", "report-list", "no-annex"),
    *("inline-ignore", "inline-ignore-malformed", "inline-ignore-unknown", "scanned-with-text"),
    *("picture-pages", "garbled-pages", "scans-read", "insets-read", "table-unread", "rows-unread"),
}


SECTIONS = [f"section{number}" for number in range(1, 7)]


def write_prose(form, stated):
    """Write the text of a report: the headings of the form, with the text that an example gives for a section."""
    numerals = stated.get("numbers", "一二三四五六")
    lines = []
    for numeral, section, name in zip(numerals, form.sections, SECTIONS, strict=True):
        lines += [f"{numeral}、{section[0].partition('、')[2]}", stated.get(name, "本部分按格式填写，已写明各项情况。")]
    lines.append(stated.get("signed", ""))
    return tuple(Paragraph(text, TextPlace(number, 1)) for number, text in enumerate(filter(None, lines), 1))


def rules_about(subject):
    return [rule for rule in RULESET.rules if RULESET.kinds[rule.kind].subject == subject]


RELATIONS = [
    (rule.id, form_id, number)
    for rule in RULESET.rules
    if isinstance(rule, Relation)
    for form_id in rule.forms
    for number in range(len(rule.examples))
]


def spell(rule, form, instance, name):
    """Give the cells that a name of an example means in the first turn of the rule's loop."""
    if name == "each":
        return [instance.name]
    block = next((t.blocks[0] for t in form.tables if t.prefix and str(rule.for_each).startswith(t.prefix)), None)
    prefix, suffix = instance.name, ""
    if isinstance(rule.for_each, str) and rule.for_each:
        table = rule.for_each.partition(".")[0]
        by_column = "column" in instance.words
        prefix, suffix = (table, instance.name) if by_column else (join_address(table, instance.name), "")
        if name in block.sets:
            return [join_address(prefix, member, suffix) for member in block.sets[name]]
    for table in form.tables:
        for block in table.blocks:
            if name.startswith(f"{table.prefix}.") and name.removeprefix(f"{table.prefix}.") in block.sets:
                return [join_address(table.prefix, m) for m in block.sets[name.removeprefix(f"{table.prefix}.")]]
    local = join_address(prefix, name, suffix)
    found = local if local in form.cells else name
    assert found in form.cells, f"{rule.id}: example names {name}"
    return [found]


@pytest.mark.parametrize(("rule_id", "form_id", "number"), RELATIONS)
def test_examples_of_relations(rule_id, form_id, number):
    rule, form = RULES[rule_id], RULESET.forms[form_id]
    example = rule.examples[number]
    instance = RULESET.layout(form, frozenset()).instances[rule_id][0]
    stated = next(cells for cells in (example.holds, example.breaks, example.not_assessed) if cells is not None)
    figures = {address: value for name, value in stated.items() for address in spell(rule, form, instance, name)}
    organization = "某县某局" if rule.levels else None
    outcomes = check(make_report(form, figures, organization=organization), RULESET)
    found = [outcome for outcome in outcomes if (outcome.rule, outcome.instance) == (rule_id, instance.name)]
    if example.reason == "not-applicable" and not found:
        return
    (outcome,) = found
    if example.holds is not None:
        assert outcome.verdict is Verdict.HOLDS
    elif example.breaks is not None:
        assert outcome.verdict is Verdict.BROKEN
        assert example.delta is None or outcome.delta == example.delta
    else:
        assert (outcome.verdict, outcome.reason) == (Verdict.NOT_ASSESSED, example.reason)


@pytest.mark.parametrize("rule", [rule for rule in RULESET.rules if isinstance(rule, ProblemRule)], ids=lambda r: r.id)
def test_examples_of_problems(rule):
    form = RULESET.forms["2019" if "proactive" in str(rule.examples) else "2021"]
    for example in rule.examples:
        values = example.breaks if example.breaks is not None else example.holds
        problems = () if example.breaks is None else (Problem(rule.problem, LostPlace("test"), (), values),)
        report = make_report(form, {}, problems=problems)
        findings = [f for f in to_findings(report, RULESET, check(report, RULESET)) if f.rule == rule.id]
        assert len(findings) == len(problems)
        if problems:
            (text,) = describe_problems(report, RULESET)
            assert findings[0].message == text
            assert findings[0].location == LostPlace("test")
            assert not FIELD.search(text.zh + text.en)
            for key in {"table", "row", "column", "cell"}.intersection(values):
                assert values[key] not in text.zh


@pytest.mark.parametrize("rule", [r for r in RULESET.rules if r.kind == "printed-subtotal"], ids=lambda r: r.id)
def test_examples_of_printed_subtotals(rule):
    form = RULESET.forms["2021"]
    columns = ("enterprise", "research", "public_welfare", "legal_service", "other_organization")
    others = [f"applications.{row}" for row in ("granted", "handled_total")]
    for example in rule.examples:
        stated = next(c for c in (example.holds, example.breaks, example.not_assessed) if c is not None)
        figures = {name: value for name, value in stated.items() if name != "subtotal"}
        report = make_report(form, figures | {f"{row}.enterprise": 5 for row in others})
        sums = {"applications.new_received": stated["subtotal"], **dict.fromkeys(others, 5)}
        subtotals = [
            Subtotal("小计", tuple(f"{row}.{column}" for column in columns), value, TextPlace(9, 9))
            for row, value in sums.items()
        ]
        outcomes = check(replace(report, subtotals=tuple(subtotals)), RULESET)
        outcome = next(o for o in outcomes if (o.rule, o.instance) == (rule.id, "applications.new_received"))
        wanted = Verdict.HOLDS if example.holds else Verdict.BROKEN if example.breaks else Verdict.NOT_ASSESSED
        assert (outcome.verdict, outcome.reason) == (wanted, example.reason)
        assert example.delta is None or outcome.delta == example.delta


@pytest.mark.parametrize("rule", rules_about("form"), ids=lambda r: r.id)
def test_examples_of_rules_about_the_form(rule):
    for example in rule.examples:
        stated = next(c for c in (example.holds, example.breaks, example.not_assessed) if c is not None)
        form = RULESET.forms[stated.get("form", "2021")]
        default = stated.get("all", 0)
        figures = {
            name: Decimal(str(value)) if isinstance(value, float) else value
            for name, value in stated.items()
            if name in form.cells
        }
        report = make_report(form, figures, default=default)
        if "year" in stated:
            year = None if stated["year"] == "missing" else stated["year"]
            report = Report("x", form.id, None, year, report.cells, (), ())
        if set(stated) & {"numbers", "signed", *SECTIONS}:
            report = replace(report, organization=stated.get("organization"), prose=write_prose(form, stated))
        outcomes = [outcome for outcome in check(report, RULESET) if outcome.rule == rule.id]
        broken = [outcome for outcome in outcomes if outcome.verdict is Verdict.BROKEN]
        if example.not_assessed is not None:
            assert [(o.verdict, o.reason) for o in outcomes] == [(Verdict.NOT_ASSESSED, example.reason)]
        else:
            assert bool(broken) == (example.breaks is not None)
        for finding in to_findings(report, RULESET, broken):
            assert not FIELD.search(finding.message.zh + finding.message.en)


def test_the_rules_of_the_contract_are_there():
    assert set(RULES) >= CONTRACT


def test_every_kind_of_problem_has_one_rule():
    told = [rule.problem for rule in RULESET.rules if isinstance(rule, ProblemRule)]
    assert sorted(told) == sorted(PROBLEMS)


def test_no_two_rules_say_the_same():
    refuse_doubles(RULESET, FILES)


@pytest.mark.parametrize("path", FILES.values(), ids=lambda path: path.stem)
def test_a_rule_can_be_read_in_a_minute(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 40


@pytest.mark.parametrize("rule", RULESET.rules, ids=lambda rule: rule.id)
def test_texts_are_complete(rule):
    assert rule.id == rule.id.lower()
    assert not any(severity.value in rule.id.split("-") for severity in Severity)
    for text in (rule.title, rule.message, rule.why):
        assert any("\u4e00" <= character <= "\u9fff" for character in text.zh)
        # What a report prints may be quoted in the English text, but the text itself is English.
        assert sum(character.isascii() for character in text.en) > 0.9 * len(text.en)
    assert any(example.breaks is not None for example in rule.examples)
    assert any(example.holds is not None for example in rule.examples)


def test_a_local_profile_adds_its_rules_and_its_examples_are_true():
    ruleset = load_ruleset([Path(__file__).parents[1] / "docs" / "profiles" / "wuwei"])
    added = [rule for rule in ruleset.rules if rule.id.startswith("wuwei-")]
    assert [rule.id for rule in added] == ["wuwei-overview-counts", "wuwei-overview-length"]
    form = ruleset.forms["2021"]
    for rule in added:
        for example in rule.examples:
            stated = example.holds or example.breaks
            report = replace(make_report(form, {}), prose=write_prose(form, stated))
            broken = [o for o in check(report, ruleset) if o.rule == rule.id and o.verdict is Verdict.BROKEN]
            assert bool(broken) == (example.breaks is not None)
            if rule.id == "wuwei-overview-counts" and broken:
                said = broken[0].values["missing"].zh
                assert said == ("回应关切数量" if "回应" not in stated["section1"] else "政务公开专区数量")
