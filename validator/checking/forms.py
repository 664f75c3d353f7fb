"""Rules about what reading met and about the form as a whole, one small function a kind; blanks are told once each."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from validator.model.bilingual import Bilingual
from validator.model.form import Form, FormCell
from validator.model.outcome import Outcome, Verdict
from validator.model.report import CellState, Number, Problem, Report
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Kind, Rule
from validator.words import join_names, line

from .sheet import Sheet
from .wording import fill_message, list_names, plain, short_name

_CHANGING = frozenset({"rows", "count", "printed", "raw", "line"})
"""Values that an edit elsewhere may change: they do not tell one problem from another."""


class ProblemRule(Rule, frozen=True, kw_only=True):
    """One finding for each problem of a kind that reading the report met; `values` are the fields it brings."""

    problem: str
    values: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The values that the problem brings."""
        return self.values


def check_problems(rule: ProblemRule, sheet: Sheet) -> Iterator[Outcome]:
    """Give a broken outcome for each problem of the rule's kind."""
    for problem in sheet.report.problems:
        if problem.kind == rule.problem:
            yield Outcome(
                rule=rule.id,
                instance=_instance(rule, problem),
                verdict=Verdict.BROKEN,
                severity=rule.worst,
                cells=problem.cells,
                location=problem.location,
                values=_words(problem, sheet.form),
            )


def _instance(rule: ProblemRule, problem: Problem) -> str:
    lasting = [str(problem.values[key]) for key in rule.values if key in problem.values and key not in _CHANGING]
    return ".".join(lasting) or str(problem.values.get("detail", ""))


def describe_problems(report: Report, ruleset: Ruleset) -> tuple[Bilingual, ...]:
    """Say each problem of a report in a sentence; one whose kind no rule tells of is named by its kind."""
    form = ruleset.form(report.form)
    rules: dict[str, ProblemRule] = {}
    for rule in ruleset.rules:
        if isinstance(rule, ProblemRule):
            rules.setdefault(rule.problem, rule)
    return tuple(
        write_problem(rules[problem.kind], _words(problem, form)) if problem.kind in rules else plain(problem.kind)
        for problem in report.problems
    )


def write_problem(rule: ProblemRule, words: Mapping[str, Bilingual]) -> Bilingual:
    """Write the message of a problem. One read back from JSON brings a sentence, `detail`, and no other value."""
    if all(name in words for name in rule.values):
        return fill_message(rule.message, words)
    return words.get("detail", rule.title)


def _words(problem: Problem, form: Form | None) -> Mapping[str, Bilingual]:
    """Give the values of a problem in words: the ids of tables, rows, columns and cells as the form names them."""
    values = problem.values
    words = {key: plain(value) for key, value in values.items()}
    if form is None:
        return words
    table = next((table for table in form.tables if table.id == values.get("table")), None)
    if table is not None:
        words["table"] = table.name
        for cell in form.cells.values():
            if cell.table is table and cell.row.id == values.get("row"):
                words["row"] = cell.row_name
            if cell.table is table and cell.column.id == values.get("column"):
                words["column"] = cell.column_name
    if "tables" in values:
        names = [table.name for table in form.tables if table.id in str(values["tables"]).split()]
        words["tables"] = join_names(names)
    if "cell" in values:
        words["cell"] = form.name(str(values["cell"]))
    return words


def check_form_year(rule: Rule, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Check that the form is the one prescribed for the report's year, where the year is certain."""
    report, form = sheet.report, sheet.form
    if form is None:
        return
    if report.year is None or any(problem.kind == "year-contradiction" for problem in report.problems):
        yield Outcome(rule.id, "", Verdict.NOT_ASSESSED, rule.worst, reason="missing")
    elif form.covers(report.year):
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)
    else:
        same = (other for other in sheet.ruleset.forms.values() if other.family == form.family)
        right = next((other.title for other in same if other.covers(report.year)), None)
        values = {
            "form": form.title,
            "year": plain(report.year),
            "expected": right or line("no-national-form"),
        }
        yield _broken(rule, "", tuple(report.cells)[:1], values)


def check_counts(rule: Rule, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Check that counts are whole and not negative and amounts not negative: an outcome a table, or a bad cell."""
    if sheet.form is None:
        return
    numbers, cells = sheet.numbers, sheet.form.cells
    is_plain = set(map(type, numbers.values())) == {int} and min(numbers.values()) >= 0  # as of nearly every report
    for table, addresses in sheet.layout.tables.items():
        if is_plain:
            if not numbers.keys().isdisjoint(addresses):
                yield Outcome(rule.id, table, Verdict.HOLDS, rule.worst)
            continue
        found = [(address, value) for address in addresses if (value := numbers.get(address)) is not None]
        odd = [(cells[a], value) for a, value in found if value.__class__ is not int or value < 0]
        bad = [(cell, value) for cell, value in odd if not _fits(cell, value)]
        for cell, value in bad:
            yield _broken(rule, cell.address, (cell.address,), {"cell": cell.name, "value": plain(value)})
        if len(found) > len(bad):
            yield Outcome(rule.id, table, Verdict.HOLDS, rule.worst)


def _fits(cell: FormCell, value: Number) -> bool:
    whole = isinstance(value, int) or value == value.to_integral_value()
    return (value >= 0 or cell.is_signed) and (whole or cell.is_money)


def check_blank_cells(rule: Rule, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Tell once a table how many of its cells are blank; totals that should not be are told of elsewhere."""
    if not _has_figures(sheet):
        return
    for table, addresses in sheet.layout.tables.items():
        cells = sheet.report.cells
        blank = [a for a in addresses if a in sheet.blanks and a not in sheet.blank_totals] if sheet.blanks else []
        blank = [address for address in blank if cells[address].state is CellState.BLANK]
        if blank:
            present = sum(address in cells for address in addresses)
            values = {"table": _table_name(sheet, table), "blank": plain(len(blank)), "cells": plain(present)}
            yield _broken(rule, table, tuple(blank), values)
        else:
            yield Outcome(rule.id, table, Verdict.HOLDS, rule.worst)


def check_blank_totals(rule: Rule, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Tell once a table which totals are blank though their parts are filled."""
    for table, cells in _by_table(sheet, sheet.blank_totals).items():
        values = {
            "table": cells[0].table.name,
            "count": plain(len(cells)),
            "list": list_names([short_name(cell) for cell in cells]),
        }
        # The reason lets diagnosis know which finding filled totals would mend.
        yield _broken(rule, table, tuple(cell.address for cell in cells), values)._replace(reason="total-blank")


def check_blank_parts(rule: Rule, sheet: Sheet, earlier: Sequence[Outcome]) -> Iterator[Outcome]:
    """Tell once a table which totals hold a figure though all their parts are blank."""
    filled: dict[str, None] = {}
    for outcome in earlier:
        if outcome.reason == "parts-blank" and outcome.equation is not None:
            side = outcome.equation.right if outcome.left is None else outcome.equation.left
            cells = [address for _, address in side if sheet.numbers.get(address)]
            if outcome.exact or any(address in sheet.layout.totals for address in cells):
                filled |= dict.fromkeys(cells)
    for table, found in _by_table(sheet, filled).items():
        names = [_with_figure(cell, sheet.numbers[cell.address]) for cell in found]
        values = {"table": found[0].table.name, "count": plain(len(found)), "list": list_names(names)}
        yield _broken(rule, table, tuple(cell.address for cell in found), values)


def check_no_figures(rule: Rule, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Tell of a report whose tables hold no number at all."""
    if sheet.form is None or not sheet.report.cells:
        return
    if _has_figures(sheet):
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)
    else:
        yield _broken(rule, "", tuple(sheet.report.cells)[:1], {"form": sheet.form.title})


KINDS = (
    Kind("problem", "cells", check_problems, rule=ProblemRule, several=True, apart="problem"),
    Kind("form-year", "form", check_form_year, ("form", "year", "expected")),
    Kind("count-cells", "form", check_counts, ("cell", "value")),
    Kind("blank-cells", "form", check_blank_cells, ("table", "blank", "cells")),
    Kind("blank-totals", "form", check_blank_totals, ("table", "count", "list")),
    Kind("blank-parts", "form", check_blank_parts, ("table", "count", "list")),
    Kind("no-figures", "form", check_no_figures, ("form",)),
)


def _broken(rule: Rule, instance: str, cells: tuple[str, ...], values: Mapping[str, Bilingual]) -> Outcome:
    return Outcome(rule.id, instance, Verdict.BROKEN, rule.worst, cells, values=values)


def _has_figures(sheet: Sheet) -> bool:
    return any(address in sheet.numbers for addresses in sheet.layout.tables.values() for address in addresses)


def _table_name(sheet: Sheet, table: str) -> Bilingual:
    return Bilingual("", "") if sheet.form is None else sheet.form.table(table).name


def _by_table(sheet: Sheet, addresses: Collection[str]) -> dict[str, list[FormCell]]:
    """Group cells of the report's form by the id of their table, in printed order."""
    if sheet.form is None or not addresses:
        return {}
    tables = {
        table: [sheet.form.cells[address] for address in own if address in addresses]
        for table, own in sheet.layout.tables.items()
    }
    return {table: cells for table, cells in tables.items() if cells}


def _with_figure(cell: FormCell, value: Number) -> Bilingual:
    return line("named-figure", name=short_name(cell), figure=plain(value))
