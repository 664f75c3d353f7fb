"""Forms and rules as data: what loads, what each name means, and what is said of a file that is wrong."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from validator.errors import RuleError, UsageError
from validator.pipeline import load_ruleset
from validator.ruleset import data_folder
from validator.ruleset.expression import Term, parse_relation

RULESET = load_ruleset()


def cells(form_id: str) -> set[str]:
    return set(RULESET.forms[form_id].required)


def instances(rule_id: str, form_id: str, *standing: str):
    layout = RULESET.layout(RULESET.forms[form_id], frozenset(standing))
    return {instance.name: instance for instance in layout.instances[rule_id]}


# Forms


def test_cells_of_the_forms():
    applicants = [column.id for column in RULESET.forms["2021"].table("applications").blocks[0].columns]
    assert applicants[0] == "natural_person"
    assert applicants[3:] == ["public_welfare", "legal_service", "other_organization", "total"]
    others = {
        f"applications.other.{part}.{c}" for part in ("correction_overdue", "fee_overdue", "misc") for c in applicants
    }
    assert others <= cells("2021")
    assert {f"applications.other.{c}" for c in applicants} <= cells("2019")
    assert not {f"applications.other.{c}" for c in applicants} & cells("2021")
    assert {f"applications.other.{c}" for c in applicants} <= set(RULESET.forms["2021"].cells)
    shared = {address for address in cells("2019") & cells("2021") if not address.startswith("proactive")}
    assert cells("2021") - shared - others == {address for address in cells("2021") if address.startswith("proactive")}
    assert {"proactive.fees.amount", "proactive.coercion.decisions", "proactive.regulations.in_force"} <= cells("2021")
    assert {"proactive.procurement.amount", "proactive.other_services.change"} <= cells("2019")
    assert {"statistics.complaints", "statistics.replies.denied_not_government_information"} <= cells("2014")
    assert {
        f"{c}.{r}"
        for c in ("review", "litigation_direct", "litigation_after_review")
        for r in ("upheld", "corrected", "other", "pending", "total")
    } <= shared


def test_kinds_of_cells():
    form = RULESET.forms["2019"].cells
    assert form["applications.handled_total.enterprise"].is_total
    assert form["applications.granted.total"].is_total
    assert not form["applications.carried_forward.enterprise"].is_total
    assert form["proactive.procurement.amount"].is_money
    assert not form["proactive.fees.previous_items"].is_money
    assert form["proactive.fees.change"].is_signed
    assert RULESET.forms["2014"].cells["statistics.resources.funding"].row.unit == "万元"


def test_computed_addresses_are_sums_of_cells():
    form = RULESET.forms["2021"]
    computed = {address: set(cell.parts) for address, cell in form.computed.items()}
    unavailable = ("not_held", "needs_creation", "still_unclear")
    assert computed["applications.unavailable.total"] == {f"applications.unavailable.{u}.total" for u in unavailable}
    assert len(computed["applications.denied.legal_person"]) == 8 * 5
    assert "applications.denied.state_secret.natural_person" not in computed["applications.denied.legal_person"]
    assert computed["litigation.pending"] == {"litigation_direct.pending", "litigation_after_review.pending"}
    assert set().union(*computed.values()) <= set(form.cells)


@pytest.mark.parametrize(
    ("form_id", "address", "zh", "en"),
    [
        ("2021", "applications.denied.state_secret.enterprise", "表三 (三)不予公开·1.属于国家秘密·商业企业",
         "Table 3, (3) Denied, 1. State secrets, Enterprises"),
        ("2021", "applications.partially_granted.total", "表三 (二)部分公开·总计",
         "Table 3, (2) Partially granted, Total"),
        ("2021", "litigation_direct.total", "表四 行政诉讼·未经复议直接起诉·总计",
         "Table 4, Litigation, Litigation without review, total"),
        ("2021", "applications.denied.total", "表三 (三)不予公开·总计", "Table 3, (3) Denied, Total"),
        ("2014", "statistics.disclosed.total", "统计表 (一)主动公开政府信息数", "Statistics, Items disclosed"),
        ("2021", "narrative.website_items", "narrative.website_items", "narrative.website_items"),
    ],
)  # fmt: skip
def test_names_in_the_words_of_the_form(form_id, address, zh, en):
    name = RULESET.forms[form_id].name(address)
    assert (name.zh, name.en) == (zh, en)


def test_years_of_the_forms():
    own = [form for form in RULESET.forms.values() if not form.family]
    used = {year: [f.id for f in own if f.covers(year)] for year in (2013, 2014, 2018, 2019, 2021, 2030)}
    assert used == {2013: [], 2014: ["2014"], 2018: ["2014"], 2019: ["2019"], 2021: ["2021"], 2030: ["2021"]}


# Relations


def test_a_relation_is_read_into_terms():
    relation = parse_relation("3 * a - sum(b.c) <= d + 2", "x")
    assert relation.left == (Term(3, "a"), Term(-1, "b.c", True))
    assert (relation.relator, relation.right) == ("<=", (Term(1, "d"), Term(2, "")))


@pytest.mark.parametrize(
    "text", ["a", "a =", "= b", "a = b = c", "a + = b", "a * b = c", "a == b", "a = b)", "A = b", "2a = b"]
)
def test_what_is_no_relation_is_refused(text):
    with pytest.raises(RuleError, match="x: "):
        parse_relation(text, "x")


def test_loops_are_spelled_out():
    balance = instances("applications-balance", "2021")
    assert list(balance)[:2] == ["natural_person", "enterprise"]
    assert balance["research"].equation.left == (
        (1, "applications.new_received.research"),
        (1, "applications.carried_over.research"),
    )
    rows = instances("applications-row-total", "2021")
    assert len(rows) == 25
    assert "other" not in rows
    assert rows["denied.state_secret"].total == "applications.denied.state_secret.total"
    assert [t for _, t in instances("review-total", "2019")["review"].equation.right] == ["review.total"]


def test_a_row_that_stands_for_others_takes_their_place():
    handled = instances("applications-handled-total", "2021", "applications.other")["total"]
    assert handled.addresses.count("applications.other.total") == 1
    assert not any("misc" in address for address in handled.addresses)
    rows = instances("applications-row-total", "2021", "applications.other")
    assert len(rows) == 23
    assert rows["other"].total == "applications.other.total"
    assert instances("applications-handled-total", "2021")["total"].addresses.count("applications.other.total") == 0


def test_totals_know_their_parts():
    totals = RULESET.layout(RULESET.forms["2021"], frozenset()).totals
    assert set(totals["review.total"]) == {"review.upheld", "review.corrected", "review.other", "review.pending"}
    both = set(totals["applications.handled_total.total"])
    assert {"applications.handled_total.research", "applications.granted.total"} <= both
    assert "applications.carried_forward.total" not in both
    statistics = RULESET.layout(RULESET.forms["2014"], frozenset()).totals
    assert "statistics.channels.wechat" in statistics["statistics.disclosed.total"]
    assert statistics["statistics.resources.staff"] == (
        "statistics.resources.staff_full_time",
        "statistics.resources.staff_part_time",
    )


def test_forms_of_a_rule_follow_from_its_cells():
    assert RULESET.rule("applications-balance").forms == ("2019", "2021")
    assert RULESET.rule("proactive-procurement-both").forms == ("2019",)
    assert RULESET.rule("statistics-staff-total").forms == ("2014",)


# Rulesets


def test_an_unknown_rule_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="'review-totl'; did you mean 'review-total'"):
        RULESET.rule("review-totl")
    with pytest.raises(UsageError, match="'aplications'; did you mean 'applications'"):
        RULESET.select(only=["aplications"])


def test_rules_are_selected_by_id_and_group():
    chosen = RULESET.select(only=["applications", "review-total"], without=["applications-balance"])
    ids = {rule.id for rule in chosen.rules}
    assert {"review-total", "applications-row-total"} <= ids
    assert "applications-balance" not in ids
    assert {rule.group for rule in chosen.rules} == {"applications", "review"}


def test_rules_are_ordered_and_travel_to_other_processes():
    order = [(rule.group, rule.id) for rule in RULESET.rules]
    assert order == sorted(order)
    copy = pickle.loads(pickle.dumps(RULESET))
    assert [rule.id for rule in copy.rules] == [rule.id for rule in RULESET.rules]
    assert list(copy.forms["2021"].cells) == list(RULESET.forms["2021"].cells)


def test_loading_says_nothing_and_needs_no_heavy_module():
    code = "import json, sys, validator.pipeline as r; r.load_ruleset(); print(json.dumps([*sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(run.stdout))
    assert run.stderr == ""
    assert not loaded & {"jinja2", "rich", "difflib", "selectolax"}


def test_only_loading_imports_pydantic():
    code = "import json, sys, validator, validator.cli, validator.pipeline as r\n"
    code += "before = 'pydantic' in sys.modules; r.load_ruleset()\n"
    code += "print(json.dumps([before, 'pydantic' in sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [False, True]


def test_data_lies_at_the_top_of_the_repository():
    assert data_folder() == Path(__file__).parents[1] / "rules"
