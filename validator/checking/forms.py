"""Rules about the form as a whole, one small function a kind; the last ones tell of blanks, once each."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from validator.model.bilingual import Bilingual
from validator.model.form import FormCell
from validator.model.outcome import Outcome, Verdict
from validator.model.report import CellState, Number
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import Rule

from .sheet import Sheet
from .wording import list_names, plain, short_name


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
        right = next((other.title for other in sheet.ruleset.forms.values() if other.covers(report.year)), None)
        values = {
            "form": form.title,
            "year": plain(report.year),
            "expected": right or Bilingual("无全国统一格式", "no national form"),
        }
        yield _broken(rule, "", tuple(report.cells)[:1], values)


def check_counts(rule: Rule, sheet: Sheet, _: Sequence[Outcome]) -> Iterator[Outcome]:
    """Check that counts are whole and not negative and amounts not negative: an outcome a table, or a bad cell."""
    if sheet.form is None:
        return
    numbers, cells = sheet.numbers, sheet.form.cells
    for table, addresses in sheet.layout.tables.items():
        found = [(address, numbers[address]) for address in addresses if address in numbers]
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
        blank = [a for a in addresses if a in sheet.blanks and a not in sheet.blank_totals]
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
    name, figure = short_name(cell), plain(value)
    return Bilingual(f"{name.zh}（{figure.zh}）", f"{name.en} ({figure.en})")
