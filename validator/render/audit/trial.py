"""What the script of a page works with when a figure is tried: the cells and the relations between them, as data."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from validator.model.bilingual import Bilingual, Language
from validator.model.form import Form
from validator.model.location import Location, describe_location
from validator.model.outcome import Equation, Outcome, Verdict
from validator.model.report import Number, ReportCell
from validator.model.result import ReportResult, RuleNote
from validator.render.layout import make_harmless
from validator.render.look import Look
from validator.render.template import write_json
from validator.words import describe_reason

from .cell import STATES
from .problem import ProblemView
from .prose import Stated

PlainData = dict[str, object]

_REASONS = ("total-blank", "all-blank", "parts-blank", "missing", "unreadable", "not-applicable")


class Trial(NamedTuple):
    """The data of a report for the script of its page.

    `shared` is JSON that reports have in common which print the same cells: `cells` with address and name, which are
    told by their number in this list; `relations` with the number of the rule in `rules`, what it is about, left terms,
    relation, right terms; a term is a factor and the number of a cell, or a constant and -1. `totals` are totals with
    the parts that fill them. `own` is the rest: the `places` of these cells, `cells` that are not just the number that
    the table shows (number, state, value, printed text), `more` cells that the report lacks (address, name), `verdicts`
    on relations that do not hold (relation, verdict, reason), and further `relations`, of the words of a rule, what
    each is about, left terms, relation, right terms, verdict and reason.
    """

    shared: str
    own: PlainData


def write_trial(
    result: ReportResult,
    form: Form,
    rules: Mapping[str, RuleNote],
    plain: Mapping[str, str],
    problems: Sequence[ProblemView],
    named: Mapping[str, Sequence[str]],
    stated: Sequence[tuple[Stated, str]],
    look: Look,
) -> Trial:
    """Give the data of a report.

    `plain` are the cells that the table shows as they are (`show_plain`), `named` those that each problem names, by the
    problem's id; `stated` are the claims with their ids in the page.
    """
    cells = result.cells
    own = [o for o in result.outcomes if o.equation is not None and o.location is not None]
    fixed = [o for o in result.outcomes if o.equation is not None and o.location is None]
    shared = _share(form, frozenset(cells), _Same(fixed, rules), look)
    numbers, places = _Numbers(shared.order), _places(look, tuple(result.tables.items()))
    printed = [cells.get(address) for address in shared.order]
    relations = [
        [
            _word(outcome.rule, rules, look),
            _about(outcome.equation, form, look.language),
            _write_side(outcome.equation.left, outcome.left, form, numbers, cells),
            outcome.equation.relation,
            _write_side(outcome.equation.right, outcome.right, form, numbers, cells),
            str(outcome.verdict),
            outcome.reason,
        ]
        for outcome in (*(fixed[number] for number in shared.foreign), *own)
        if outcome.equation is not None
    ]
    return Trial(
        shared.text,
        {
            "cells": [
                [shared.order[address], *_show(cells.get(address))]
                for address in sorted(shared.order.keys() - plain.keys(), key=shared.order.__getitem__)
            ],
            "places": ["" if cell is None else places[cell.location] for cell in printed],
            "relations": relations,
            "verdicts": [
                [shared.numbers[number], str(outcome.verdict), outcome.reason]
                for number, outcome in enumerate(fixed)
                if outcome.verdict is not Verdict.HOLDS and number not in shared.foreign
            ],
            "problems": [[p.id, sorted({numbers[a] for a in named[p.id] if a in form.cells})] for p in problems],
            "claims": [[anchor, one.state, one.claim.span, [numbers[a] for a in one.cells]] for one, anchor in stated],
            "more": [[address, form.name(address).in_language(look.language)] for address in numbers.more],
        },
    )


class _Numbers(dict[str, int]):
    """The numbers of cells; those that are not in the order get theirs as they are asked for."""

    def __init__(self, order: Mapping[str, int]) -> None:
        super().__init__(order)
        self.more: list[str] = []

    def __missing__(self, address: str) -> int:
        self.more.append(address)
        self[address] = number = len(self)
        return number


def _show(cell: ReportCell | None) -> tuple[str, str | None, str]:
    """Give state, value and printed text of a cell."""
    if cell is None:
        return "missing", None, ""
    value = None if cell.value is None else write_number(cell.value)
    return STATES[cell.state], value, make_harmless(cell.raw)


_Terms = Sequence[tuple[int, str]]


def _write_side(
    terms: _Terms, value: Number | None, form: Form, numbers: Mapping[str, int], cells: Mapping[str, ReportCell]
) -> list[list[object]]:
    """Give a side in terms of numbered cells; what lies in other reports is a constant."""
    own: list[list[object]] = []
    rest: Number = 0 if value is None else value
    for factor, address in terms:
        if not address:
            own.append([str(factor), -1])
            rest -= factor
        elif address in form.cells:
            own.append([factor, numbers[address]])
            rest -= factor * (cells[address].value or 0) if address in cells else 0
    foreign = any(address and address not in form.cells for _, address in terms)
    return [*own, [write_number(rest), -1]] if foreign else own


class _Places(dict[Location, str]):
    """Places in words; `tables` are the names of tables of the file, by their number."""

    def __init__(self, look: Look, tables: tuple[tuple[int, Bilingual], ...]) -> None:
        self._look, self._tables = look, dict(tables)

    def __missing__(self, location: Location) -> str:
        if len(self) >= _KEPT:
            self.clear()
        self[location] = told = make_harmless(self._look.say(describe_location(location, self._tables)))
        return told


_KEPT = 1024
_places = lru_cache(maxsize=16)(_Places)


class _Same:
    """Relations of a form and the rules that they are of, the same as others if they are the same objects.

    To tell by what they say would take longer than all the rest.
    """

    __slots__ = ("_key", "outcomes", "rules")

    def __init__(self, outcomes: Sequence[Outcome], rules: Mapping[str, RuleNote]) -> None:
        self.outcomes, self.rules = outcomes, rules
        self._key = (id(rules), *[part for one in outcomes for part in (one.rule, id(one.equation))])

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._key == other._key


class _Shared(NamedTuple):
    """What reports share: the JSON, the numbers of cells, and those that the outcomes have among the relations.

    `foreign` are outcomes that are not there, for their relations hold what lies in other reports.
    """

    text: str
    order: Mapping[str, int]
    numbers: Sequence[int]
    foreign: Sequence[int]


@lru_cache(maxsize=64)
def _share(form: Form, printed: frozenset[str], same: _Same, look: Look) -> _Shared:
    """Give what reports share that print the same cells.

    First come the cells of the form that are printed, in its order, then others as relations name them.
    """
    language = look.language
    order = {address: number for number, address in enumerate(a for a in form.cells if a in printed)}
    notes: dict[str, int] = {}
    relations: list[list[object]] = []
    numbers: list[int] = []
    foreign: list[int] = []
    for number, outcome in enumerate(same.outcomes):
        numbers.append(len(relations))
        equation = outcome.equation
        if equation is None or any(address not in form.cells for address in equation.addresses):
            foreign.append(number)
            continue
        for address in equation.addresses:
            order.setdefault(address, len(order))
        left, right = (
            [[factor, order[address]] if address else [str(factor), -1] for factor, address in terms]
            for terms in (equation.left, equation.right)
        )
        note = notes.setdefault(outcome.rule, len(notes))
        relations.append([note, _about(equation, form, language), left, equation.relation, right])
    defined = _totals([(one.equation, one.exact) for one in same.outcomes if one.equation is not None], form)
    data = {
        "cells": [[address, form.name(address).in_language(language)] for address in order],
        "rules": [_word(rule, same.rules, look) for rule in notes],
        "relations": relations,
        "totals": [[order[total], [order[part] for part in parts]] for total, parts in defined.items()],
        "reasons": {reason: look.say(describe_reason(reason)) for reason in _REASONS},
    }
    return _Shared(write_json(data), order, numbers, foreign)


def _word(rule: str, rules: Mapping[str, RuleNote], look: Look) -> str:
    """Say what a rule holds."""
    return look.say(rules[rule].holds or rules[rule].title) if rule in rules else rule


def write_number(value: Number) -> str:
    """Write a number in plain digits."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@lru_cache(maxsize=4096)
def _about(equation: Equation, form: Form, language: Language) -> str:
    """Say which row or column a relation is about, if all its cells lie in one."""
    cells = [form.cells[address] for address in equation.addresses if address in form.cells]
    if len(cells) < 2:
        return form.name(cells[0].address).in_language(language) if cells else ""
    first, table = cells[0], cells[0].table.name.in_language(language)
    if first.row_name.zh and all(cell.row is first.row for cell in cells):
        return f"{table} {first.row_name.in_language(language)}"
    if len(first.block.columns) > 1 and all(cell.column is first.column for cell in cells):
        return f"{table} {first.column_name.in_language(language)}"
    if first.column.groups and all(cell.column.groups == first.column.groups for cell in cells):
        return f"{table} {'·'.join(word.in_language(language) for word in first.column.groups)}"
    return table


def _totals(equations: Sequence[tuple[Equation, bool]], form: Form) -> Mapping[str, tuple[str, ...]]:
    """Give what fills each total: a blank one over filled parts is not taken for 0. Identities come before bounds."""
    totals: dict[str, tuple[str, ...]] = {}
    for wanted in (True, False):
        defined = set(totals)
        for equation, exact in equations:
            if exact is wanted:
                total, parts = _split_total(equation, form)
                if total and total not in defined:
                    totals[total] = totals.get(total, ()) + parts
    return totals


def _split_total(equation: Equation, form: Form) -> tuple[str, tuple[str, ...]]:
    sides = (equation.left, equation.right)
    for one, other in (sides, sides[::-1]):
        parts = tuple(address for _, address in other if address)
        cell = form.cells.get(one[0][1]) if len(one) == 1 and one[0][0] == 1 else None
        if cell is None or not cell.is_total or not parts or any(part not in form.cells for part in parts):
            continue
        if equation.relation == "=" or not any(form.cells[part].is_total for part in parts):
            return cell.address, parts
    return "", ()


Expand = Callable[[str], tuple[str, ...]]


def expand_with(form: Form | None, result: ReportResult) -> Expand:
    """Give what says which printed cells are behind an address: itself, or the parts of a computed one."""

    def expand(address: str) -> tuple[str, ...]:
        if address in result.cells:
            return (address,)
        computed = form.computed.get(address) if form is not None else None
        return () if computed is None else tuple(part for part in computed.parts if part in result.cells)

    return expand
