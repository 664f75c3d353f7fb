"""What the script of a page works with when a figure is tried: the cells and the relations between them, as data."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from validator.model.bilingual import Language
from validator.model.form import Form
from validator.model.location import describe_location
from validator.model.outcome import Equation
from validator.model.report import Number
from validator.model.result import ReportResult, RuleNote
from validator.render.layout import make_harmless
from validator.render.look import Look
from validator.words import describe_reason

from .cell import STATES
from .problem import ProblemView
from .prose import Stated

PlainData = dict[str, object]

_REASONS = ("total-blank", "all-blank", "parts-blank", "missing", "unreadable", "not-applicable")


def write_trial(
    result: ReportResult,
    form: Form,
    rules: Mapping[str, RuleNote],
    problems: Sequence[ProblemView],
    named: Mapping[str, Sequence[str]],
    stated: Sequence[tuple[Stated, str]],
    look: Look,
) -> PlainData:
    """Give the data of a report for the script of its page.

    `named` are the cells that each problem names, by the problem's id; `stated` the claims with their ids in the page.
    Cells are told by their number in `cells`: address, name, state, value, printed text, place. A relation holds the
    number of its rule, what it is about, left terms, relation, right terms, verdict and reason; a term is a factor and
    the number of a cell, or a constant and -1. `totals` are totals with the parts that fill them.
    """
    outcomes = [outcome for outcome in result.outcomes if outcome.equation is not None]
    equations = tuple(outcome.equation for outcome in outcomes if outcome.equation is not None)
    order, shared = _share(form, frozenset(result.cells), equations, look.language)
    table = _Numbers(result, form, look, order)
    notes: dict[str, int] = {}
    relations = [
        [
            notes.setdefault(outcome.rule, len(notes)),
            about,
            table.side(equation.left, outcome.left) if left is None else left,
            equation.relation,
            table.side(equation.right, outcome.right) if right is None else right,
            str(outcome.verdict),
            outcome.reason,
        ]
        for outcome, equation, (about, left, right) in zip(outcomes, equations, shared, strict=True)
    ]
    defined = _totals(tuple((o.equation, o.exact) for o in outcomes if o.equation and o.location is None), form)
    totals = [[table.number(total), [table.number(part) for part in parts]] for total, parts in defined.items()]
    known = [
        [problem.id, sorted({table.number(a) for a in named[problem.id] if a in form.cells})] for problem in problems
    ]
    claims = [[anchor, one.state, one.claim.span, [table.number(a) for a in one.cells]] for one, anchor in stated]
    return {
        "cells": table.cells,
        "rules": [look.say(rules[rule].holds or rules[rule].title) if rule in rules else rule for rule in notes],
        "relations": relations,
        "totals": totals,
        "problems": known,
        "claims": claims,
        "reasons": {reason: look.say(describe_reason(reason)) for reason in _REASONS},
    }


class _Numbers:
    """Numbers the cells of a report, first those of an order, then others as they are met."""

    def __init__(self, result: ReportResult, form: Form, look: Look, order: Mapping[str, int]) -> None:
        self._cells, self._form, self._look, self._language = result.cells, form, look, look.language
        self._tables = result.tables
        self._known = {**order}
        show = self._show
        self.cells = [show(address) for address in order]

    def number(self, address: str) -> int:
        """Give the number of a cell of the form, of which the report may have none."""
        if address not in self._known:
            self._known[address] = len(self.cells)
            self.cells.append(self._show(address))
        return self._known[address]

    def _show(self, address: str) -> list[object]:
        cell, name = self._cells.get(address), _name(self._form, address, self._language)
        if cell is None:
            return [address, name, "missing", None, "", ""]
        number, raw, state, location = cell[:4]
        place = make_harmless(self._look.say(describe_location(location, self._tables)))
        if type(number) is int:
            value: str | None = str(number)
            if raw == value:  # nearly all of them
                return [address, name, STATES[state], value, value, place]
        else:
            value = None if number is None else write_number(number)
        return [address, name, STATES[state], value, raw if raw.isprintable() else make_harmless(raw), place]

    def side(self, terms: Sequence[tuple[int, str]], value: Number | None) -> list[list[object]]:
        """Give a side in terms of numbered cells; what lies in other reports is a constant."""
        own: list[list[object]] = []
        rest: Number = 0 if value is None else value
        foreign = False
        for factor, address in terms:
            if not address:
                own.append([str(factor), -1])
                rest -= factor
            elif address in self._form.cells:
                own.append([factor, self.number(address)])
                rest -= factor * (self._cells[address].value or 0) if address in self._cells else 0
            else:
                foreign = True
        return [*own, [write_number(rest), -1]] if foreign else own


@cache
def _name(form: Form, address: str, language: Language) -> str:
    return form.name(address).in_language(language)


_Side = list[list[object]] | None
_Relation = tuple[str, _Side, _Side]
"""What a relation is about and its sides; None for one that holds what lies in other reports."""


@lru_cache(maxsize=64)
def _share(
    form: Form, printed: frozenset[str], equations: tuple[Equation, ...], language: Language
) -> tuple[Mapping[str, int], tuple[_Relation, ...]]:
    """Give what reports share that print the same cells: the numbers of the cells, and the relations between them.

    First come the cells of the form that are printed, in its order, then others as relations name them.
    """
    order: dict[str, int] = {}
    for address in form.cells:
        if address in printed:
            order[address] = len(order)
    relations: list[_Relation] = []
    for equation in equations:
        sides: list[_Side] = []
        for terms in (equation.left, equation.right):
            for _, address in terms:
                if address in form.cells:
                    order.setdefault(address, len(order))
            own = all(not address or address in form.cells for _, address in terms)
            numbered: list[list[object]] = [
                [factor, order[address]] if address else [str(factor), -1] for factor, address in terms if own
            ]
            sides.append(numbered if own else None)
        relations.append((_about(equation, form, language), sides[0], sides[1]))
    return order, tuple(relations)


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


@lru_cache(maxsize=64)
def _totals(equations: tuple[tuple[Equation, bool], ...], form: Form) -> Mapping[str, tuple[str, ...]]:
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
