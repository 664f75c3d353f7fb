"""The rules and forms themselves, for `gouji rules`, `gouji explain`, `gouji forms` and docs/rules."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from re import Match

from msgspec.structs import asdict, replace

from validator.checking.wording import short_name
from validator.comparison.units import UnitRelation
from validator.comparison.years import YearRelation
from validator.model.bilingual import Bilingual, Language
from validator.model.form import Form, describe_years
from validator.model.outcome import Severity
from validator.model.result import RuleNote
from validator.patterns import Pattern
from validator.render.look import Look
from validator.render.rulebook import PageExample, RulePage, render_rule_index, render_rule_page, render_rule_screen
from validator.ruleset import Ruleset
from validator.ruleset.instances import Instance
from validator.ruleset.kinds import Example, ExampleValue, LinkedRelation, Relation, Rule, SidedSeverity
from validator.words import describe_reason, describe_severity, join_names, line

from .knowledge import load_ruleset
from .single import read_path

_STATES = ("blank", "missing", "unreadable")
_LOOPED = ("each", "units.each")
_MANY = 8


def describe_rule(rule: Rule, ruleset: Ruleset) -> RulePage:
    """Gather what the page of a rule shows."""
    instances = _instances(rule, ruleset)
    names = _names(*instances[0]) if instances else {}
    return RulePage(
        **asdict(rule.note),
        facts=tuple(_facts(rule, ruleset, instances)),
        message=rule.message,
        examples=tuple(_example(example, names) for example in rule.examples),
        names=tuple((name, words) for name, words in names.items() if name not in _LOOPED),
        relation=word_relation(rule.note.formula, names) if instances else None,
        limits=line("rule-limits-cells")
        if isinstance(rule, Relation)
        else line("rule-limits-links")
        if isinstance(rule, YearRelation)
        else None,
    )


def list_rules(folder: Path | None, forms: Iterable[Path] = (), file: Path | None = None) -> list[RuleNote]:
    """Give every rule, those of a user's folder among them, ordered by group and id.

    With a file those that apply to the form it follows; ReadError if it cannot be read.
    """
    ruleset = load_ruleset(folder or (), forms)
    rules = ruleset.rules
    if file is not None:
        form = read_path(file, forms).form
        rules = tuple(rule for rule in rules if form in rule.forms or not rule.forms)
    return [replace(rule.note, about=ruleset.groups.get(rule.group)) for rule in rules]


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
    yield line("rule-severity"), _severity(rule.severity)
    if isinstance(rule, YearRelation) and rule.parts_severity is not None:
        yield line("rule-severity-parts"), describe_severity(rule.parts_severity)
    if isinstance(rule, UnitRelation) and rule.exact_severity is not None:
        exact = describe_severity(rule.exact_severity)
        yield line("rule-severity-exact"), exact
    yield line("rule-group"), Bilingual(rule.group, rule.group)
    forms = [form for form in ruleset.forms.values() if form.id in rule.forms]
    if forms:
        yield line("rule-forms"), join_names(map(describe_years, forms))
    if isinstance(rule, Relation | LinkedRelation) and not rule.for_each:
        tables = dict.fromkeys(
            form.cells[address].table.name for form, own in instances[:1] for address in _cells(own[0], form)
        )
        yield line("rule-tables"), join_names(tables)
    if isinstance(rule, Relation | LinkedRelation) and rule.for_each:
        yield line("rule-loop"), _loop(instances[0][1])
    if isinstance(rule, Relation):
        if rule.when:
            yield line("rule-when"), word_relation(rule.when, _names(*instances[0]))
        if rule.levels:
            yield line("rule-levels"), join_names(line(f"rule-level-{level}") for level in rule.levels)


def _severity(severity: Severity | SidedSeverity) -> Bilingual:
    if isinstance(severity, Severity):
        return describe_severity(severity)
    left, right = describe_severity(severity.left_greater), describe_severity(severity.right_greater)
    return line("rule-severity-sides", left=left, right=right)


def _loop(instances: tuple[Instance, ...]) -> Bilingual:
    """Name what a loop goes through: each by name, or how many there are."""
    words = [next(word for key, word in i.words.items() if key in ("column", "row", "each")) for i in instances]
    table = instances[0].words["table"]
    if len(words) > _MANY:
        if "row" not in instances[0].words:
            return line("rule-loop-cells", table=table, count=len(words))
        return line("rule-loop-rows", table=table, count=len(words))
    return line("rule-loop-each", table=table, names=join_names(words))


def _names(form: Form, instances: tuple[Instance, ...]) -> dict[str, Bilingual]:
    """Say what each name of a relation is called in the form; without its table where all lie in the same one."""
    first = instances[0]
    told = {"each": line("rule-each"), "units.each": line("rule-each-of-units")}
    alone = len({form.cells[address].table.id for address in _cells(first, form)}) == 1
    for name, terms in first.names.items():
        if name not in _LOOPED:
            told[name] = _list([_label(form, first, name, address, alone=alone) for _, address in terms])
    return told


def _cells(instance: Instance, form: Form) -> Iterator[str]:
    """Give the addresses that a relation speaks of, those of another report by the cell that they are there."""
    for terms in instance.names.values():
        for _, address in terms:
            own = address if address in form.cells else address.partition(".")[2]
            if own in form.cells:
                yield own


def _label(form: Form, instance: Instance, name: str, address: str, *, alone: bool) -> Bilingual:
    """Name a cell by what the loop leaves open: its row, its column, or both."""
    link, _, rest = address.partition(".")
    if link in ("last", "units") and address not in form.cells:
        of = line(f"rule-of-{link}")
        inner = _label(form, instance, name.partition(".")[2], rest, alone=alone)
        return Bilingual(of.zh + inner.zh, of.en + inner.en)
    cell = form.cells[address]
    if not instance.name or name in form.cells:
        return short_name(cell) if alone else cell.name
    if "column" in instance.words:
        return cell.row_name
    return cell.column_name if "row" in instance.words else cell.column.label


def _list(labels: list[Bilingual]) -> Bilingual:
    if len(labels) <= _MANY:
        return join_names(labels, "list")
    first, last, count = labels[0], labels[-1], len(labels)
    return line("rule-many", first=first, last=last, count=count)


def word_relation(formula: str, names: Mapping[str, Bilingual]) -> Bilingual:
    """Write a relation in the words of the form: "(一)予以公开 + (二)部分公开 = (七)总计"."""
    left, both, right = formula.partition(" <=> ")
    if both:
        return line("rule-both", left=word_relation(left, names), right=word_relation(right, names))
    zh, en = (_TERM.sub(partial(_word_term, names, language), formula) for language in ("zh", "en"))
    return Bilingual(zh.translate(_SIGNS).replace("<=", "≤").replace(">=", "≥").replace("!=", "≠"), en)


_TERM = Pattern(r"sum\(\s*(?P<whole>[a-z][a-z0-9_.]*)\s*\)|(?P<one>[a-z][a-z0-9_.]*)")
_SIGNS = str.maketrans("*", "×")


def _word_term(names: Mapping[str, Bilingual], language: Language, found: Match[str]) -> str:
    name = found["whole"] or found["one"]
    words = names.get(name, Bilingual(name, name))
    return (line("rule-sum", names=words) if found["whole"] else words).in_language(language)


def _example(example: Example, names: Mapping[str, Bilingual]) -> PageExample:
    if example.holds is not None:
        return PageExample(_given(example.holds, names), line("rule-holds"))
    if example.breaks is not None:
        by = "" if example.delta is None else f"{example.delta:+}"
        return PageExample(_given(example.breaks, names), line("rule-broken-by", by=by) if by else line("rule-broken"))
    reason = describe_reason(example.reason)
    return PageExample(_given(example.not_assessed or {}, names), line("rule-not-assessed", reason=reason))


def _given(cells: Mapping[str, ExampleValue], names: Mapping[str, Bilingual]) -> Bilingual:
    """Say what an example gives; a cell that the relation has no name for keeps its own, between backticks."""
    given = [
        line("rule-given", name=names.get(name, Bilingual(f"`{name}`", f"`{name}`")), value=_value(value))
        for name, value in cells.items()
    ]
    return join_names(given, "rule-given-list") if given else line("rule-given-none")


def _value(value: ExampleValue) -> Bilingual:
    return line(f"state-{value}") if value in _STATES else Bilingual(str(value), str(value))
