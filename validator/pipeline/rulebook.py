"""The rules and forms themselves, for `gouji rules`, `gouji explain`, `gouji forms` and docs/rules."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import asdict

from validator.comparison.units import UnitRelation
from validator.comparison.years import YearRelation
from validator.model.bilingual import Bilingual
from validator.model.form import Form, describe_years
from validator.model.outcome import Severity
from validator.model.result import RuleNote
from validator.render.look import Look
from validator.render.rulebook import PageExample, RulePage, render_rule_index, render_rule_page, render_rule_screen
from validator.ruleset import Ruleset
from validator.ruleset.instances import Instance
from validator.ruleset.schema import Example, ExampleValue, LinkedRelation, Relation, Rule, SidedSeverity
from validator.words import describe_reason, describe_severity

from .knowledge import load_ruleset

_LIMITS = Bilingual(
    "与有数的格并列的空格按0计。缺格、有格无法识别、总计空白而各项有数、全部空白、一侧全部空白而另一侧不为0时不核对，"
    "不核对不视为通过。",
    "A blank beside figures counts as 0. Not assessed, and never counted as a pass: a cell that is missing or cannot "
    "be read, a blank total of filled parts, cells that are all blank, and a blank side against one that is not 0.",
)
_LIMITS_OF_LINKS = Bilingual(
    "两份报告中有一格空白、缺失或无法识别，就不核对；缺上年报告的，也不核对。不核对不视为通过。",
    "Not assessed, and never counted as a pass: a cell that is blank, missing or cannot be read in either report, and "
    "reports without one of the year before.",
)
_LINKS = {
    "last": Bilingual("上年报告的", "last year's "),
    "units": Bilingual("下属单位之和：", "the sum over the members of "),
}
_LEVELS = {
    "county": Bilingual("县级政府", "county governments"),
    "county-department": Bilingual("县级部门", "county departments"),
    "township": Bilingual("乡镇、街道", "townships"),
}
_STATES = {"blank": "空白", "missing": "缺", "unreadable": "无法识别"}
_MANY = 8


def describe_rule(rule: Rule, ruleset: Ruleset) -> RulePage:
    """Gather what the page of a rule shows."""
    instances = _instances(rule, ruleset)
    return RulePage(
        **asdict(rule.note),
        facts=tuple(_facts(rule, ruleset, instances)),
        message=rule.message,
        examples=tuple(_example(example) for example in rule.examples),
        names=tuple(_names(instances[0][0], instances[0][1])) if instances else (),
        limits=_LIMITS if isinstance(rule, Relation) else _LIMITS_OF_LINKS if isinstance(rule, YearRelation) else None,
    )


def list_rules(folder: Path | None, forms: Iterable[Path] = ()) -> list[RuleNote]:
    """Give every rule, those of a user's folder among them, ordered by group and id."""
    return [rule.note for rule in load_ruleset(folder or (), forms).rules]


def list_forms(folders: Iterable[Path] = ()) -> list[Form]:
    """Give every form, those of a user's folders among them, in the order of their years."""
    return list(load_ruleset(forms=folders).forms.values())


def explain_rule(rule_id: str, folder: Path | None, look: Look, forms: Iterable[Path] = ()) -> Iterator[str]:
    """Give the page of a rule as people read it; UsageError names the nearest one if there is none."""
    ruleset = load_ruleset(folder or (), forms)
    return render_rule_screen(describe_rule(ruleset.rule(rule_id), ruleset), look)


def write_rule_pages(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Give the name and the text of each page of docs/rules, the index among them."""
    pages = [describe_rule(rule, ruleset) for rule in ruleset.rules]
    yield "README.md", render_rule_index(pages)
    for page in pages:
        yield f"{page.id}.md", f"{render_rule_page(page, 'zh')}\n---\n\n{render_rule_page(page, 'en')}"


def _instances(rule: Rule, ruleset: Ruleset) -> list[tuple[Form, tuple[Instance, ...]]]:
    """Give the instances of a relation in each of its forms, the latest form first."""
    if not isinstance(rule, Relation | LinkedRelation):
        return []
    forms = [form for form in ruleset.forms.values() if form.id in rule.forms]
    if isinstance(rule, LinkedRelation):
        return [(form, ruleset.linked(form, form)[rule.id]) for form in reversed(forms)]
    return [(form, ruleset.layout(form, frozenset()).instances[rule.id]) for form in reversed(forms)]


def _facts(
    rule: Rule, ruleset: Ruleset, instances: list[tuple[Form, tuple[Instance, ...]]]
) -> Iterator[tuple[Bilingual, Bilingual]]:
    yield Bilingual("级别", "Severity"), _severity(rule.severity)
    if isinstance(rule, YearRelation) and rule.parts_severity is not None:
        yield Bilingual("总计相等时", "If the totals agree"), describe_severity(rule.parts_severity)
    if isinstance(rule, UnitRelation) and rule.exact_severity is not None:
        exact = describe_severity(rule.exact_severity)
        yield Bilingual("配置注明应当相等时", "If configured as exact"), exact
    yield Bilingual("分组", "Group"), Bilingual(rule.group, rule.group)
    forms = [form for form in ruleset.forms.values() if form.id in rule.forms]
    if forms:
        years = Bilingual(
            "、".join(describe_years(f).zh for f in forms), ", ".join(describe_years(f).en for f in forms)
        )
        yield Bilingual("适用", "Reports of"), years
    if isinstance(rule, Relation | LinkedRelation) and rule.for_each:
        yield Bilingual("逐一核对", "For each of"), _loop(instances[0][1])
    if isinstance(rule, Relation):
        if rule.when:
            yield Bilingual("条件", "If"), Bilingual(f"`{rule.when}`", f"`{rule.when}`")
        if rule.levels:
            levels = [_LEVELS[level] for level in rule.levels]
            words = Bilingual("、".join(w.zh for w in levels), ", ".join(w.en for w in levels))
            yield Bilingual("适用单位", "Bodies"), words


def _severity(severity: Severity | SidedSeverity) -> Bilingual:
    if isinstance(severity, Severity):
        return describe_severity(severity)
    left, right = describe_severity(severity.left_greater), describe_severity(severity.right_greater)
    return Bilingual(
        f"左边大时{left.zh}，右边大时{right.zh}", f"{left.en} if the left side is greater, {right.en} if the right is"
    )


def _loop(instances: tuple[Instance, ...]) -> Bilingual:
    """Name what a loop goes through: each by name, or how many there are."""
    words = [next(word for key, word in i.words.items() if key in ("column", "row", "each")) for i in instances]
    table = instances[0].words["table"]
    if len(words) > _MANY:
        if "row" not in instances[0].words:
            return Bilingual(f"{table.zh}各格（{len(words)}格）", f"{table.en}, every cell ({len(words)})")
        return Bilingual(f"{table.zh}各行（{len(words)}行）", f"{table.en}, every row ({len(words)})")
    return Bilingual(f"{table.zh} " + "、".join(w.zh for w in words), f"{table.en}: " + ", ".join(w.en for w in words))


def _names(form: Form, instances: tuple[Instance, ...]) -> Iterator[tuple[str, Bilingual]]:
    """Say what each name of a formula is called in the form."""
    first = instances[0]
    for name, terms in first.names.items():
        labels = [_label(form, first, name, address) for _, address in terms]
        if name not in ("each", "units.each"):
            yield name, _list(labels)


def _label(form: Form, instance: Instance, name: str, address: str) -> Bilingual:
    """Name a cell by what the loop leaves open: its row, its column, or both."""
    link, _, rest = address.partition(".")
    if link in _LINKS and address not in form.cells:
        inner = _label(form, instance, name.partition(".")[2], rest)
        return Bilingual(_LINKS[link].zh + inner.zh, _LINKS[link].en + inner.en)
    cell = form.cells[address]
    if not instance.name or name in form.cells:
        return cell.name
    if "column" in instance.words:
        return cell.row_name
    return cell.column_name if "row" in instance.words else cell.column.label


def _list(labels: list[Bilingual]) -> Bilingual:
    if len(labels) <= _MANY:
        return Bilingual("、".join(label.zh for label in labels), "; ".join(label.en for label in labels))
    first, last, count = labels[0], labels[-1], len(labels)
    return Bilingual(f"{first.zh} 至 {last.zh}，共{count}项", f"{first.en} to {last.en}, {count} in all")


def _example(example: Example) -> PageExample:
    if example.holds is not None:
        return PageExample(_given(example.holds), Bilingual("成立", "holds"))
    if example.breaks is not None:
        by = "" if example.delta is None else f"{example.delta:+}"
        zh, en = ("不成立", "broken") if not by else (f"不成立，相差 {by}", f"broken, difference {by}")
        return PageExample(_given(example.breaks), Bilingual(zh, en))
    reason = describe_reason(example.reason)
    verdict = Bilingual(f"不核对：{reason.zh}", f"not assessed: {reason.en}")
    return PageExample(_given(example.not_assessed or {}), verdict)


def _given(cells: Mapping[str, ExampleValue]) -> Bilingual:
    zh = "，".join(f"`{name}` {_STATES.get(str(value), value)}" for name, value in cells.items())
    en = ", ".join(f"`{name}` {value}" for name, value in cells.items())
    return Bilingual(zh or "—", en or "-")
