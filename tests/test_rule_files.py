"""A user's own rules, and what is said of a file that is wrong."""

from decimal import Decimal
from pathlib import Path

import pytest

from validator.errors import RuleError
from validator.model.outcome import Slip
from validator.pipeline import load_ruleset
from validator.pipeline.knowledge import KINDS
from validator.ruleset import data_folder
from validator.ruleset.forms import read_forms
from validator.ruleset.reading import fill, read_yaml

RULE = """
id: {id}
kind: bound
severity: warning
check: {check}
title: {{zh: 题, en: title}}
message: {{zh: "{message}", en: "{message}"}}
why: {{zh: 因, en: why}}
basis: 依据
examples:
  - holds: {{review.upheld: 0}}
"""


def write_rule(folder: Path, name="own", check="review.upheld <= 10", message="{left}", **changes: str) -> Path:
    text = RULE.format(id=name, check=check, message=message)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_of_own_rules_is_added(tmp_path):
    write_rule(tmp_path)
    write_rule(tmp_path / "wuwei", "in-folder", check="review.upheld <= 11")
    write_rule(tmp_path, "named", check="review.upheld <= 12", kind="group: mine\nkind")
    added = load_ruleset(tmp_path)
    assert {(added.rule(name).group, name) for name in ("own", "in-folder", "named")} == {
        ("local", "own"),
        ("wuwei", "in-folder"),
        ("mine", "named"),
    }
    assert added.rule("own").forms == ("2019", "2021")
    assert added.layout(added.forms["2021"], frozenset()).instances["own"][0].addresses == ("review.upheld",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"basis:": "bassis:"}, "unknown key 'bassis'; did you mean 'basis'?"),
        ({"basis: 依据\n": ""}, "the key 'basis' is missing"),
        ({"severity: warning": "severity: warnign"},
         "severity: 'warnign' is not one of error, warning, note; did you mean 'warning'"),
        ({"kind: bound": "kind: bond"}, "kind: 'bond' is not one of"),
        ({"check: review.upheld": "check: review.upheald"}, "'review.upheald'; did you mean 'review.upheld'"),
        ({"check: review.upheld <= 10": "check: sum(statistics.chanels) <= 10"},
         "'statistics.chanels'; did you mean 'statistics.channels'"),
        ({"check: review": "for_each: aplications.columns\ncheck: review"},
         "no table 'aplications'; did you mean 'applications'"),
        ({"check: review": "for_each: applications.colums\ncheck: review"}, "'colums'; did you mean 'columns'"),
        ({"check: review": "for_each: [reviews]\ncheck: review"}, "'reviews'; did you mean 'review'"),
        ({"check: review": "forms: ['2014']\ncheck: review"}, "form 2014 has no cell 'review.upheld'"),
        ({"check: review": "forms: ['2015']\ncheck: review"}, "forms: 1: '2015' is not one of 2014, 2019, 2021"),
        ({"id: own": "id: mine"}, "id 'mine' differs from the file's name"),
        ({'zh: "{left}"': 'zh: "{lefts}"'}, "message.zh: no field 'lefts'; did you mean 'left'"),
        ({'zh: "{left}"': 'zh: "左"'}, "only one language uses left"),
        ({"title: {zh: 题, en: title}": "title: 题"}, "title: '题' is not keys with values"),
        ({"title: {zh: 题, en: title}": "title: {zh: 题}"}, "title: the key 'en' is missing"),
        ({"examples:\n  - holds: {review.upheld: 0}": "examples: []"}, "examples: give at least one"),
        ({"  - holds:": "  - hold:"}, "examples: 1: unknown key 'hold'; did you mean 'holds'"),
        ({"basis: 依据": "basis: 依据\nbasis: 依据"}, "line 10: the key 'basis' stands twice"),
        ({"basis: 依据": "basis: on"}, "line 9: 'on' is a bool to YAML"),
        ({"basis: 依据": "basis: 2021"}, "basis: 2021 is not a text"),
        ({"basis: 依据": "basis: 2021-10-01"}, "'2021-10-01' is a timestamp to YAML"),
        ({"basis: 依据": "no: 依据"}, "the key 'no' is not a text"),
        ({"basis: 依据": "basis:"}, "'' is a null to YAML"),
        ({"basis: 依据": "basis: [依据"}, "not YAML: "),
        ({"review.upheld: 0": "review.upheld: 010"}, "'010' is a int to YAML"),
        ({"severity: warning": "severity: {left_greater: note, rigth_greater: note}"},
         "severity: unknown key 'rigth_greater'; did you mean 'right_greater'?"),
        ({"severity: warning": "severity: {left_greater: note}"}, "severity: the key 'right_greater' is missing"),
        ({"severity: warning": "severity: [note]"}, "severity: ['note'] is not one of error, warning, note"),
        ({"title: {zh: 题, en: title}": "title: [题, title]"}, "title: ['题', 'title'] is not keys with values"),
        ({"title: {zh: 题, en: title}": "title: {zh: 题, en: title, de: Titel}"}, "title: unknown key 'de'"),
        ({"check: review": "forms: '2021'\ncheck: review"}, "forms: '2021' is not a list"),
        ({"check: review": "for_each: 1\ncheck: review"}, "for_each: 1 is not a text"),
        ({"check: review": "for_each: [review, 1]\ncheck: review"}, "for_each: 2: 1 is not a text"),
        ({"review.upheld: 0": "review.upheld: true"}, "examples: 1: holds: review.upheld: True is not a whole number"),
        ({"holds: {review.upheld: 0}": "breaks: {review.upheld: 11}\n    delta: one"},
         "examples: 1: delta: 'one' is not a whole number"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_its_key_and_the_right_name(tmp_path, changes, message):
    path = write_rule(tmp_path, **changes)
    with pytest.raises(RuleError) as caught:
        load_ruleset(tmp_path)
    text = str(caught.value)
    assert message in text
    assert text.startswith(str(path))
    assert "\n" not in text


def test_own_rules_repeat_neither_an_id_nor_a_relation(tmp_path):
    write_rule(tmp_path / "a", "review-total")
    with pytest.raises(RuleError, match=r"the id 'review-total' is taken by .*review-total.yaml"):
        load_ruleset(tmp_path / "a")
    write_rule(tmp_path / "b", "same", **{"kind: bound": "kind: identity"},
               check="litigation_direct.total = litigation_direct.pending + litigation_direct.other "
               "+ litigation_direct.corrected + litigation_direct.upheld")  # fmt: skip
    with pytest.raises(RuleError, match=r"same\.yaml: says what review-total says already"):
        load_ruleset(tmp_path / "b")
    write_rule(
        tmp_path / "c", "twice", check="2 * proactive.regulations.published <= 2 * proactive.regulations.total_public"
    )
    with pytest.raises(RuleError, match="says what proactive-public-at-least-published says already"):
        load_ruleset(tmp_path / "c")


ALONE = [kind for kind in KINDS if not kind.several]


@pytest.mark.parametrize("kind", ALONE, ids=lambda kind: kind.name)
def test_a_second_rule_of_a_kind_that_stands_alone_is_refused(tmp_path, kind):
    (built_in,) = [rule for rule in load_ruleset().rules if rule.kind == kind.name]
    (path,) = data_folder().glob(f"*/{built_in.id}.yaml")
    text = path.read_text(encoding="utf-8").replace(f"id: {built_in.id}", "id: own")
    (tmp_path / "own.yaml").write_text(text.replace("severity: error", "severity: note"), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_ruleset(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}/own.yaml: kind: there can be one rule of kind {kind.name!r}, and {built_in.id!r} is it"
    )


@pytest.mark.parametrize(
    ("kind", "check", "right"),
    [
        ("identity", "review.upheld <= 10", "="),
        ("bound", "review.upheld = 10", "<= or >="),
        ("both-or-neither", "review.upheld = 10", "<=>"),
        ("distinct", "review.upheld <=> 10", "!="),
    ],
)
def test_a_relation_of_another_kind_is_refused(tmp_path, kind, check, right):
    write_rule(tmp_path, check=check, **{"kind: bound": f"kind: {kind}"})
    with pytest.raises(RuleError, match=f"own.yaml: check: a rule of kind '{kind}' relates its sides by {right}"):
        load_ruleset(tmp_path)


def test_a_second_rule_of_a_kind_with_several_is_told_beside_the_first(tmp_path):
    write_rule(tmp_path, check="review.upheld <= 3", message="{left}")
    ruleset = load_ruleset(tmp_path)
    assert {rule.id for rule in ruleset.rules} == {rule.id for rule in load_ruleset().rules} | {"own"}


def test_a_folder_without_rules_is_refused(tmp_path):
    with pytest.raises(RuleError, match=f"{tmp_path}: no rule files"):
        load_ruleset(tmp_path)
    with pytest.raises(RuleError, match="no rule files"):
        load_ruleset(tmp_path / "nowhere")


def test_plain_values_of_yaml(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text('{a: [1, -6, 2.02], b: "on", c: true, d: 表三, e: null-and-void}', encoding="utf-8")
    assert read_yaml(path) == {"a": [1, -6, Decimal("2.02")], "b": "on", "c": True, "d": "表三", "e": "null-and-void"}


def test_figures_and_texts_of_examples_stay_what_they_are(tmp_path):
    write_rule(tmp_path, **{"{review.upheld: 0}": '{a: 3, b: "10", c: "2.5", d: 52.15, e: blank, f: -0.1}'})
    (example,) = load_ruleset(tmp_path).rule("own").examples
    expected = {"a": 3, "b": "10", "c": "2.5", "d": 52.15, "e": "blank", "f": -0.1}
    assert example.holds == expected
    assert {name: type(value) for name, value in example.holds.items()} == {n: type(v) for n, v in expected.items()}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("bits", "4", "bits: '4' is not a whole number"),
        ("bits", True, "bits: True is not a whole number"),
        ("suspect", "reports", "suspect: 'reports' is not one of report, extraction; did you mean 'report'?"),
        ("examples", [{"printed": {"a": "x"}, "ment": {"a": 6}}],
         "examples: 1: unknown key 'ment'; did you mean 'meant'?"),
        ("examples", [{"printed": {"a": "x"}, "meant": {"a": "6"}}],
         "examples: 1: meant: a: '6' is not a whole number"),
        ("examples", [{"printed": {"a": Decimal("1.5")}, "meant": {}}],
         "examples: 1: printed: a: 1.5 is not a whole number"),
    ],
)  # fmt: skip
def test_data_of_another_type_is_refused_with_its_key(key, value, message):
    words = {"zh": "正负号", "en": "sign"}
    data = {"id": "sign", "name": words, "why": words, "bits": 3}
    assert fill(Slip, data, "sign.yaml").bits == 3
    with pytest.raises(RuleError) as caught:
        fill(Slip, data | {key: value}, "sign.yaml")
    text = str(caught.value)
    assert text.startswith("sign.yaml: ")
    assert message in text


def test_a_wrong_form_file_is_named(tmp_path):
    text = (data_folder() / "forms" / "2019.yaml").read_text(encoding="utf-8")
    path = tmp_path / "2019.yaml"
    path.write_text(text.replace("outcomes: [granted,", "outcomes: [grantd,"), encoding="utf-8")
    with pytest.raises(
        RuleError,
        match=r"2019.yaml: table applications: set outcomes: no row or column 'grantd'; did you mean 'granted'",
    ):
        read_forms([path])
    path.write_text(text.replace("first_year: 2019", "first_year: '2019'"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"2019.yaml: first_year: '2019' is not a whole number"):
        read_forms([path])
    path.write_text(text.replace("money: true", "mony: true"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"columns: 2: unknown key 'mony'; did you mean 'money'"):
        read_forms([path])
    path.write_text(text.replace("first_year:", "frist_year:"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"2019.yaml: unknown key 'frist_year'; did you mean 'first_year'"):
        read_forms([path])


PROSE = """
id: {id}
kind: {kind}
severity: note
title: {{zh: 题, en: title}}
message: {{zh: "{message}", en: "{message}"}}
why: {{zh: 因, en: why}}
basis: 依据
examples:
  - holds: {{}}
{more}
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rule_of_a_problem_that_is_never_met_is_refused(tmp_path):
    more = "problem: row-repaeted\nvalues: [table]"
    write(tmp_path / "idle.yaml", PROSE.format(id="idle", kind="problem", message="{table}", more=more))
    with pytest.raises(RuleError, match=r"no problem 'row-repaeted'; did you mean 'row-repeated'\?"):
        load_ruleset(tmp_path)


def test_two_rules_of_one_problem_both_tell(tmp_path):
    more = "problem: row-repeated\nvalues: [table]"
    write(tmp_path / "second.yaml", PROSE.format(id="second", kind="problem", message="{table}", more=more))
    rules = [rule.id for rule in load_ruleset(tmp_path).rules if getattr(rule, "problem", "") == "row-repeated"]
    assert rules == ["form-row-repeated", "second"]


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)) + "id: *a39\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "more than 50000 values"),
        ("id: &me [*me]\n", "line 1: an alias stands inside of what it names"),
        ("id: &me {id: *me}\n", "line 1: an alias stands inside of what it names"),
        (f"figures: {'9' * 5000}\n", "999999999999… is no number of at most 30 signs"),
        (f"figures: 0.{'9' * 5000}\n", "0.9999999999… is no number of at most 30 signs"),
        ("id: " + "[" * 3000 + "]" * 3000 + "\n", "."),
    ],
)
def test_a_file_that_goes_on_for_ever_is_refused_in_one_line(tmp_path, text, message):
    path = write(tmp_path / "own" / "endless.yaml", text)
    with pytest.raises(RuleError, match=message) as refused:
        load_ruleset(path.parent)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize("check", [f"review.upheld <= {'9' * 5000}", f"{'9' * 5000} * review.upheld = 1", "(" * 5000])
def test_a_relation_without_end_is_refused_in_one_short_line(tmp_path, check):
    write_rule(tmp_path, check=f'"{check}"')
    with pytest.raises(RuleError, match="own: check: ") as refused:
        load_ruleset(tmp_path)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500
