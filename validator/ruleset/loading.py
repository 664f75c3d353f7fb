"""Files of rules, readings and slips -> their types, or a RuleError that names file, key and nearest right name."""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from pathlib import Path

from msgspec.structs import replace

from validator.errors import RuleError
from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.outcome import Slip
from validator.patterns import Pattern
from validator.words import ask_nearest, join_names

from . import data_folder
from .expression import parse_relation
from .forms import read_forms
from .instances import Instance, Terms, spell_out, spell_out_linked
from .kinds import Kind, LinkedRelation, Relation, Rule, check_message
from .loops import UnknownName
from .reading import fill, read_yaml
from .ruleset import WORD_OF_READING, Reading, Ruleset

_TERM = Pattern(r"\s*([+-]?)\s*([a-z{][a-z0-9_.{}]*)")


def read_ruleset(kinds: Iterable[Kind], own: Sequence[Path] = (), own_forms: Sequence[Path] = ()) -> Ruleset:
    """Read the built-in forms and the rules of these kinds, and a user's own rules and forms from some folders."""
    by_name = {kind.name: kind for kind in kinds}
    folder = data_folder()
    form_files = [*sorted((folder / "forms").glob("*.yaml"))]
    for each in own_forms:
        form_files += _files_of(each, "form")
    forms = read_forms(form_files)
    groups = load_groups(folder / "groups.yaml")
    files = [(path, group) for group in groups for path in sorted((folder / group).glob("*.yaml"))]
    for each in own:
        files += _own_files(each)
    rules: dict[str, Rule] = {}
    paths: dict[str, Path] = {}
    for path, group in files:
        rule = read_rule(path, group, by_name)
        if rule.id in rules:
            raise RuleError.of("rule-id-taken", place=str(path), name=rule.id, other=str(paths[rule.id]))
        rule = replace(rule, forms=_forms_of(rule, forms, path))
        rules[rule.id], paths[rule.id] = rule, path
        _refuse_second(rule, by_name[rule.kind], paths, rules.values(), folder)
    ordered = tuple(sorted(rules.values(), key=lambda rule: (rule.group, rule.id)))
    ruleset = Ruleset(forms, ordered, load_readings(folder / "claims" / "readings.yaml"), by_name, groups)
    if own:
        refuse_doubles(ruleset, paths)
    return ruleset


def read_rule(path: Path, group: str, kinds: Mapping[str, Kind]) -> Rule:
    """Read one rule file; RuleError names the file, the key and the nearest right name."""
    data = read_yaml(path)
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in kinds:
        raise RuleError.of(
            "rule-kind", place=str(path), name=str(kind), known=", ".join(kinds), near=ask_nearest(str(kind), kinds)
        )
    rule = fill(kinds[kind].rule, data, str(path))
    if rule.id != path.stem:
        raise RuleError.of("file-id-differs", place=str(path), name=rule.id)
    if not rule.examples:
        raise RuleError.of("rule-no-examples", place=str(path))
    check_message(rule, (*kinds[kind].fields, *rule.fields), str(path))
    if isinstance(rule, Relation) and parse_relation(rule.check, str(path)).relator not in rule.relators:
        raise RuleError.of("rule-relators", place=str(path), kind=kind, relators=_list(rule.relators))
    return replace(rule, group=rule.group or group)


def _refuse_second(rule: Rule, kind: Kind, paths: Mapping[str, Path], rules: Iterable[Rule], folder: Path) -> None:
    """Raise RuleError for a user's rule that would take the place of another, or that nothing would ever break."""
    path = paths[rule.id]
    if folder in path.parents:
        return
    same = [other for other in rules if other.kind == rule.kind and other.id != rule.id]
    if not kind.several and same:
        raise RuleError.of("rule-kind-taken", place=str(path), kind=kind.name, other=same[0].id)
    if kind.apart:
        value, values = getattr(rule, kind.apart), {getattr(other, kind.apart) for other in same}
        if value not in values:
            raise RuleError.of(
                "rule-apart",
                place=str(path),
                key=kind.apart,
                kind=kind.name,
                name=value,
                near=ask_nearest(value, values),
            )


def _own_files(folder: Path) -> list[tuple[Path, str]]:
    """Give the rule files of a user's folder, each with the name of the folder it lies in as its group."""
    return [(path, "local" if path.parent == folder else path.parent.name) for path in _files_of(folder, "rule")]


def _files_of(folder: Path, what: str) -> list[Path]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))
    if not paths:
        raise RuleError.of(f"no-{what}-files", place=str(folder))
    return paths


def _forms_of(rule: Rule, forms: Mapping[str, Form], path: Path) -> tuple[str, ...]:
    """Give the forms that a rule names, or of a relation that names none those that have its cells.

    "2021+" is that form and those of the forms that follow it which have the cells. The cells of other reports that a
    rule names are looked for in reports of the same form.
    """
    named = {name.removesuffix("+"): number for number, name in enumerate(rule.forms, 1)}
    for name, number in named.items():
        if name not in forms:
            known = ", ".join(forms)
            raise RuleError.of(
                "rule-form", place=str(path), number=number, name=name, known=known, near=ask_nearest(name, forms)
            )
    wanted = list(named)
    for form in forms.values():  # in the order of their years: a form stands after the one that it follows
        if (
            form.id not in wanted
            and form.after in wanted
            and (f"{form.after}+" in rule.forms or form.after not in named)
        ):
            wanted.append(form.id)
    if not isinstance(rule, Relation | LinkedRelation):
        return tuple(wanted)
    result: list[str] = []
    errors: list[UnknownName] = []
    for form_id in wanted or forms:
        try:
            _spell_out_in(rule, forms[form_id])
            result.append(form_id)
        except UnknownName as error:
            if not rule.forms or form_id in named:
                errors.append(error)
        except RuleError as error:
            raise RuleError.of("in-file", place=str(path), what=error.words) from None
    if errors and (rule.forms or not result):
        # What a form knows nearly is more likely meant than what it does not know at all.
        last = next((error for error in reversed(errors) if ask_nearest(error.name, error.known()).en), errors[-1])
        known_names = [name for error in errors if error.name == last.name for name in error.known()]
        raise UnknownName(f"{path}: {last.text}", last.name, lambda: known_names)
    return tuple(result)


def _spell_out_in(rule: Relation | LinkedRelation, form: Form) -> None:
    """Spell a rule out in a form: in those of this program, which have all of its cells or none, one turn will do."""
    turns = spell_out(rule, form) if isinstance(rule, Relation) else spell_out_linked(rule, form, form)
    if data_folder() in Path(form.source).parents:
        next(turns)
    else:
        deque(turns, maxlen=0)


def refuse_doubles(ruleset: Ruleset, paths: Mapping[str, Path]) -> None:
    """Spell out every rule in every form; RuleError if one does not fit, or says what another says already."""
    for form in ruleset.forms.values():
        seen: dict[object, str] = {}
        for rule_id, instances in ruleset.layout(form, frozenset()).instances.items():
            for meaning in map(_meaning, instances):
                other = seen.setdefault(meaning, rule_id)
                if other != rule_id:
                    first, second = sorted((other, rule_id), key=list(paths).index)
                    raise RuleError.of(
                        "rule-said-already", place=str(paths[second]), other=first, where=str(paths[first])
                    )


def _list(relators: Iterable[str]) -> Bilingual:
    return join_names([Bilingual(relator, relator) for relator in relators], "names-either")


def _meaning(instance: Instance) -> object:
    """Give what an instance says, the same for every way to write it."""
    comparison = instance.comparison
    sums: dict[str, int] = {}
    for sign, terms in ((1, comparison.left), (-1, comparison.right)):
        for coefficient, address in terms:
            sums[address] = sums.get(address, 0) + sign * coefficient
    divisor = gcd(*sums.values()) or 1
    turn = -1 if comparison.relator == ">=" or (comparison.relator != "<=" and sums[min(sums)] < 0) else 1
    relator = "<=" if comparison.relator == ">=" else comparison.relator
    return relator, instance.condition, frozenset((a, turn * n // divisor) for a, n in sums.items() if n)


@dataclass(frozen=True, slots=True)
class ReadingSpec:
    """One entry: a quantity, the reading of the claim, and the sums that it may be as well."""

    quantity: str
    reading: str = ""
    also: tuple[str, ...] = ()
    at_most: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """The file: a list of entries, of which the first that fits a claim is taken."""

    readings: tuple[ReadingSpec, ...]


def load_readings(path: Path) -> tuple[Reading, ...]:
    """Load the readings of claims; RuleError names the file and the entry that is wrong."""
    return tuple(
        Reading(
            quantity=_pattern(spec.quantity),
            reading=spec.reading,
            also=tuple(_terms(text, spec.quantity, path) for text in spec.also),
            at_most=spec.at_most,
            loose=spec.loose,
        )
        for spec in fill(ReadingFile, read_yaml(path), str(path)).readings
    )


def _pattern(quantity: str) -> Pattern:
    escaped = re.escape(quantity).replace(r"\{", "{").replace(r"\}", "}")
    return Pattern(WORD_OF_READING.sub(r"(?P<\1>[a-z_]+)", escaped))


def _terms(text: str, quantity: str, path: Path) -> Terms:
    terms: list[tuple[int, str]] = []
    position = 0
    while position < len(text):
        found = _TERM.match(text, position)
        if found is None or (terms and not found.group(1)):
            raise RuleError.of("words-sum", place=f"{path}: {quantity}", text=text)
        terms.append((-1 if found.group(1) == "-" else 1, found.group(2)))
        position = found.end()
    return tuple(terms)


@dataclass(frozen=True)
class GroupFile:
    """The file: what the rules of each folder beside it are about."""

    groups: Mapping[str, Bilingual]


def load_groups(path: Path) -> dict[str, Bilingual]:
    """Load the groups of the rules of this program, each a folder of files; RuleError names what is wrong."""
    return dict(fill(GroupFile, read_yaml(path), str(path)).groups)


@dataclass(frozen=True)
class SlipFile:
    """The file: a list of slips."""

    slips: tuple[Slip, ...]


def load_slips(path: Path) -> tuple[Slip, ...]:
    """Load every slip of the file; RuleError names the entry and the key that is wrong."""
    slips = fill(SlipFile, read_yaml(path), str(path)).slips
    ids = [slip.id for slip in slips]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise RuleError.of("slip-twice", place=str(path), number=number + 1, name=name)
    return slips
