"""A rule over relations -> its instances: one for each turn of its loop, spelled out in cells of one form.

`for_each` is the only loop of a rule: what it stands at in each turn says what the rule's names mean there.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import attrgetter, eq, ge, itemgetter, le, ne
from typing import NamedTuple

from validator.errors import RuleError
from validator.model.bilingual import Bilingual
from validator.model.form import Form, replacements
from validator.model.outcome import Equation
from validator.model.report import Number

from .expression import Expression, Relator, Term, parse_relation
from .kinds import LinkedRelation, Relation
from .loops import Turn, UnknownName, turns

Terms = tuple[tuple[int, str], ...]

Test = Callable[[Mapping[str, Number]], Sequence[bool]]
"""Says of each instance of a rule whether it holds, given the numbers by address; KeyError if one is not there."""


class Comparison(NamedTuple):
    """Two sides in cells, and what is between them."""

    left: Terms
    relator: Relator
    right: Terms

    def add_up(self, numbers: Mapping[str, Number]) -> tuple[Number, Number]:
        """Add up each side, given the numbers by address; KeyError if one is not there."""
        return _add_up(self.left, numbers), _add_up(self.right, numbers)


class Instance(NamedTuple):
    """One turn of a rule's loop. `equation` is what the outcome carries; None for both-or-neither and distinct.

    `total` is the cell that stands alone on one side and is defined as the sum of the other side's `parts`.
    `words` name the table and what the loop stands at; `names` are the cells behind each name of the rule.
    """

    name: str
    addresses: tuple[str, ...]
    comparison: Comparison
    equation: Equation | None
    condition: Comparison | None
    total: str
    parts: tuple[str, ...]
    words: Mapping[str, Bilingual]
    names: Mapping[str, Terms]


def spell_out(rule: Relation, form: Form, standing: Collection[str] = ()) -> Iterator[Instance]:
    """Give the instances of a rule in a form; RuleError names a word of the rule that the form does not have.

    `standing` are the addresses of the rows that a report prints instead of the rows they stand for.
    """
    expression = parse_relation(rule.check, f"{rule.id}: check")
    condition = parse_relation(rule.when, f"{rule.id}: when") if rule.when else None
    replaced = replacements(form, standing)
    for turn in turns(rule.for_each, form, replaced, f"{rule.id}: for_each"):
        yield _instance(rule.id, expression, condition, _Scope(form, replaced, turn, rule.id))


def spell_out_linked(rule: LinkedRelation, form: Form, other: Form) -> Iterator[Instance]:
    """Give the instances of a rule between a report and others, given the forms of both.

    Addresses of cells of the other reports begin with the rule's link. Turns that name a cell which one of the forms
    lacks are left out, and so RuleError is raised only where both are the same.
    """
    expression = parse_relation(rule.check, f"{rule.id}: check")
    for turn in turns(rule.for_each, form, {}, f"{rule.id}: for_each"):
        try:
            yield _instance(rule.id, expression, None, _Scope(form, {}, turn, rule.id, other, rule.link))
        except UnknownName:
            # Of a cell that only one of two forms has nothing can be said.
            if other is form:
                raise


class _Scope(NamedTuple):
    """What turns the names of a rule into cells: the form, the rows in use and the turn of the loop.

    Names that begin with `link`, if there is one, are cells of a report of the form `other`.
    """

    form: Form
    replaced: Mapping[str, str]
    turn: Turn
    place: str
    other: Form | None = None
    link: str = ""

    def spell(self, term: Term) -> Terms:
        """Spell out a term in cells; RuleError if it names none."""
        if self.other is not None and term.name.startswith(self.link):
            bare = term._replace(name=term.name.removeprefix(self.link))
            there = self._replace(form=self.other, link="", other=None)
            return tuple((factor, f"{self.link}{address}") for factor, address in there.spell(bare))
        found = self._resolve(term)
        if found is None:
            what = "set" if term.is_set else "cell"
            known = (lambda: self.turn.sets) if term.is_set else self._known_names
            raise UnknownName(f"{self.place}: form {self.form.id} has no {what}", term.name, known)
        if self.replaced:
            found = tuple(dict.fromkeys(self.replaced.get(address, address) for address in found))
        return tuple((term.coefficient, address) for address in found)

    def _resolve(self, term: Term) -> tuple[str, ...] | None:
        turn, form = self.turn, self.form
        if not term.name:
            return ("",)
        if term.is_set:
            members = turn.sets.get(term.name)
            return None if members is None else tuple(turn.address(member) for member in members)
        for address in (turn.address(term.name), term.name):
            if address in form.cells:
                return (address,)
            if address in form.computed:
                return form.computed[address].parts
        return None

    def _known_names(self) -> list[str]:
        start, end = f"{self.turn.prefix}.", f".{self.turn.suffix}" if self.turn.suffix else ""
        local = [a[len(start) : len(a) - len(end)] for a in self.form.cells if a.startswith(start) and a.endswith(end)]
        return [*local, *self.form.cells]


def _instance(rule_id: str, expression: Expression, condition: Expression | None, scope: _Scope) -> Instance:
    names: dict[str, Terms] = {}
    comparison = _compare(expression, scope, names)
    addresses = tuple(dict.fromkeys(a for _, a in (*comparison.left, *comparison.right) if a))
    if not addresses:
        raise RuleError.of("rule-no-cell", place=rule_id)
    total, parts = ("", ()) if scope.link else _defined(comparison, scope.form)
    first = next((address for address in addresses if address in scope.form.cells), "")
    if not first:
        raise RuleError.of("rule-no-own-cell", place=rule_id)
    return Instance(
        name=scope.turn.name,
        addresses=addresses,
        comparison=comparison,
        equation=_equation(comparison),
        condition=_compare(condition, scope, {}) if condition else None,
        total=total,
        parts=parts,
        words={"table": scope.form.cells[first].table.name, **scope.turn.words},
        names=names,
    )


def _compare(relation: Expression, scope: _Scope, names: dict[str, Terms]) -> Comparison:
    """Spell out a relation in cells, and note in `names` what each name stands for."""
    sides: list[Terms] = []
    for side in (relation.left, relation.right):
        spelled: list[tuple[int, str]] = []
        for term in side:
            cells = scope.spell(term)
            spelled += cells
            if term.name:
                names[term.name] = tuple((1, address) for _, address in cells)
        sides.append(tuple(spelled))
    return Comparison(sides[0], relation.relator, sides[1])


_TESTS: Mapping[Relator, Callable[[Number, Number], bool]] = {"=": eq, "<=": le, ">=": ge, "!=": ne}


_LEFT, _RIGHT = attrgetter("left"), attrgetter("right")


def compile_test(instances: Sequence[Instance]) -> Test:
    """Make what tests the instances of a rule at once: most reports are sound, and nothing else is asked of them."""
    relator: Relator = instances[0].comparison.relator if instances else "="
    test = _TESTS.get(relator, _are_both_or_neither)
    lefts, rights = (_adding([side(one.comparison) for one in instances]) for side in (_LEFT, _RIGHT))
    return lambda numbers: list(map(test, lefts(numbers), rights(numbers)))


def _adding(sides: Sequence[Terms]) -> Callable[[Mapping[str, Number]], Sequence[Number]]:
    """Give what adds up each of several sides; nearly all are cells that count once, of one rule as many a side."""
    single = {factor for side in sides for factor, _ in side} == {1}
    if single and len(sides) > 1 and all(len(side) == 1 for side in sides):
        return itemgetter(*[address for side in sides for _, address in side])
    if single and all(len(side) > 1 for side in sides):
        picks = [itemgetter(*[address for _, address in side]) for side in sides]
        return lambda numbers: [sum(pick(numbers)) for pick in picks]
    return lambda numbers: [_add_up(side, numbers) for side in sides]


def _add_up(terms: Terms, numbers: Mapping[str, Number]) -> Number:
    return sum([factor * numbers[address] for factor, address in terms])


def _are_both_or_neither(left: Number, right: Number) -> bool:
    return (left == 0) == (right == 0)


def _equation(comparison: Comparison) -> Equation | None:
    match comparison.relator:
        case "=" | "<=" | ">=" as relation:
            return Equation(comparison.left, relation, comparison.right)
    return None


def _defined(comparison: Comparison, form: Form) -> tuple[str, tuple[str, ...]]:
    """Find the total that stands alone on one side, with its parts on the other; ("", ()) if there is none.

    In a bound the other side must hold no total, or neither defines the other.
    """
    sides = (comparison.left, comparison.right)
    for one, other in (sides, sides[::-1]):
        parts = tuple(address for _, address in other if address)
        cell = form.cells.get(one[0][1]) if len(one) == 1 and one[0][0] == 1 else None
        if cell is None or not cell.is_total or not parts:
            continue
        if comparison.relator == "=" or not any(form.cells[part].is_total for part in parts):
            return cell.address, parts
    return "", ()
