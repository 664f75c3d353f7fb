"""The rules and forms of a run, with every relation spelled out once for each form."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from validator.errors import UsageError
from validator.model.bilingual import Bilingual
from validator.model.form import Form, replacements
from validator.patterns import Pattern
from validator.words import ask_nearest

from .instances import Instance, Terms, Test, compile_test, spell_out, spell_out_linked
from .kinds import Kind, LinkedRelation, Relation, Rule, Subject

WORD_OF_READING = Pattern(r"\{([a-z_]+)\}")
"""A word of a quantity that a reading leaves open."""


class Layout(NamedTuple):
    """A form as one report prints it: cells by table, instances of each rule and their test, what each total adds up.

    A report may print a row instead of the rows it stands for; then the cells of those rows are not in `tables`.
    """

    tables: Mapping[str, tuple[str, ...]]
    instances: Mapping[str, tuple[Instance, ...]]
    tests: Mapping[str, Test]
    totals: Mapping[str, tuple[str, ...]]


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What else a quantity may mean: further sums of cells that a claim of it may equal.

    `quantity` matches the address, with a group for each of its {words}; `reading` is that of the claim, "" for
    any. The addresses of `also` hold the same {words}. `at_most`: any figure up to the first sum holds. `loose`:
    a disagreement weighs less.
    """

    quantity: Pattern
    reading: str = ""
    also: tuple[Terms, ...] = ()
    at_most: bool = False
    loose: bool = False


def spell_reading(reading: Reading, quantity: str) -> tuple[Terms, ...] | None:
    """Give the sums that a claim of this quantity may be, its own address first; None if the reading does not fit."""
    found = reading.quantity.fullmatch(quantity)
    if found is None:
        return None
    words = found.groupdict()
    spelled = (
        tuple((factor, WORD_OF_READING.sub(lambda m: words[m[1]], name)) for factor, name in sums)
        for sums in reading.also
    )
    return (((1, quantity),), *spelled)


class Ruleset(msgspec.Struct, frozen=True, eq=False):
    """All rules, ordered by group and id, with their kinds by name, all forms, and what claims may mean.

    Relations are spelled out when a form is first met. `groups` say what the rules of a group are about.
    """

    forms: Mapping[str, Form]
    rules: tuple[Rule, ...]
    readings: tuple[Reading, ...] = ()
    kinds: Mapping[str, Kind] = msgspec.field(default_factory=dict)
    groups: Mapping[str, Bilingual] = msgspec.field(default_factory=dict)
    _layouts: dict[tuple[str, frozenset[str]], Layout] = msgspec.field(default_factory=dict)
    _about: dict[tuple[Subject, str | None], tuple[tuple[Rule, Kind], ...]] = msgspec.field(default_factory=dict)
    _judges: dict[str, list[Callable[..., Any]]] = msgspec.field(default_factory=dict)
    _linked: dict[tuple[str, str], Mapping[str, tuple[Instance, ...]]] = msgspec.field(default_factory=dict)

    def __reduce__(self) -> tuple[type["Ruleset"], tuple[object, ...]]:
        """Travel to another process as what it was made of."""
        return Ruleset, (self.forms, self.rules, self.readings, self.kinds)

    def rule(self, rule_id: str) -> Rule:
        """Give the rule with this id; UsageError names the nearest one if there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise UsageError.of("no-rule", name=rule_id, near=ask_nearest(rule_id, [rule.id for rule in self.rules]))

    def form(self, form_id: str | None) -> Form | None:
        """Give the form with this id; None if there is none, as for a report without tables."""
        return next((form for form in self.forms.values() if form.id == form_id), None)

    def family(self, form_id: str | None) -> str:
        """Give the family of the form with this id, "" for reports on disclosure and where there is no form."""
        form = self.form(form_id)
        return form.family if form is not None else ""

    def form_of_prose(self, year: int | None) -> Form:
        """Give the form whose addresses the text of a report without tables takes: that of its year, or the nearest."""
        forms = sorted([form for form in self.forms.values() if not form.family], key=lambda form: form.first_year)
        return next((form for form in reversed(forms) if year is None or form.first_year <= year), forms[0])

    def select(self, only: Collection[str] = (), without: Collection[str] = ()) -> "Ruleset":
        """Keep the rules whose id or group is in `only` (all if empty) and not in `without`."""
        known = {rule.id for rule in self.rules} | {rule.group for rule in self.rules}
        for name in (*only, *without):
            if name not in known:
                raise UsageError.of("no-rule-or-group", name=name, near=ask_nearest(name, known))
        kept = [rule for rule in self.rules if not only or rule.id in only or rule.group in only]
        kept = [rule for rule in kept if rule.id not in without and rule.group not in without]
        return Ruleset(self.forms, tuple(kept), self.readings, self.kinds, self.groups)

    def rules_about(self, subject: Subject, form_id: str | None) -> tuple[tuple[Rule, Kind], ...]:
        """Give the rules that look at a subject in reports of a form, each with its kind."""
        key = (subject, form_id)
        if key not in self._about:
            pairs = ((rule, self.kinds[rule.kind]) for rule in self.rules if not rule.forms or form_id in rule.forms)
            self._about[key] = tuple(pair for pair in pairs if pair[1].subject == subject)
        return self._about[key]

    @property
    def judges(self) -> Mapping[str, Sequence[Callable[..., Any]]]:
        """The checks of prose by the kind of statement that they judge."""
        if not self._judges:
            for kind in self.kinds.values():
                for statement in kind.judges:
                    self._judges.setdefault(statement, []).append(kind.check)
        return self._judges

    def layout(self, form: Form, standing: frozenset[str]) -> Layout:
        """Give the form as printed with these rows standing for others, spelled out once."""
        key = (form.id, standing)
        if key not in self._layouts:
            self._layouts[key] = self._spell(form, standing)
        return self._layouts[key]

    def linked(self, form: Form, other: Form) -> Mapping[str, tuple[Instance, ...]]:
        """Give the instances of each rule between a report of one form and others of another that fits both."""
        key = (form.id, other.id)
        if key not in self._linked:
            found: dict[str, tuple[Instance, ...]] = {}
            for rule in self.rules:
                if isinstance(rule, LinkedRelation) and form.id in rule.forms:
                    found[rule.id] = tuple(spell_out_linked(rule, form, other))
            self._linked[key] = found
        return self._linked[key]

    def _spell(self, form: Form, standing: frozenset[str]) -> Layout:
        rules = [rule for rule in self.rules if isinstance(rule, Relation) and form.id in rule.forms]
        instances = {rule.id: tuple(spell_out(rule, form, standing)) for rule in rules}
        totals: dict[str, tuple[str, ...]] = {}
        # Identities define a total; a bound does so only for a total that no identity defines.
        for exact in (True, False):
            defined = set(totals)
            for rule in rules:
                for instance in instances[rule.id]:
                    if instance.total and rule.exact is exact and instance.total not in defined:
                        totals[instance.total] = totals.get(instance.total, ()) + instance.parts
        replaced = replacements(form, standing)
        tables: dict[str, list[str]] = {}
        for address, cell in form.cells.items():
            if address not in replaced and (not cell.row.stands_for or address in replaced.values()):
                tables.setdefault(cell.table.id, []).append(address)
        tests = {rule: compile_test(own) for rule, own in instances.items()}
        return Layout({table: tuple(cells) for table, cells in tables.items()}, instances, tests, totals)
