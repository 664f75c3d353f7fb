"""Tables that are last year's, figure by figure: hardly ever chance where the figures are many."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from validator.checking.sheet import Sheet
from validator.checking.wording import list_names, plain
from validator.model.form import Form
from validator.model.location import OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Number
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import Rule

from .series import Years


@dataclass(frozen=True, kw_only=True)
class IdenticalRule(Rule):
    """Tables that repeat last year's: at least so many figures in so many different values, stocks left out."""

    tables: tuple[str, ...]
    figures: int
    different: int
    leave_out: tuple[str, ...] = ()


def check_identical(rule: IdenticalRule, years: Years) -> Iterator[Outcome]:
    """Give an outcome if the report has enough figures: broken if all of them are those of the year before."""
    own = years.own
    if own.form is None or own.report.year is None:
        return
    figures = _telling_figures(rule, own)
    if len(figures) < rule.figures or len(set(figures.values())) < rule.different:
        return
    year = own.report.year
    same: list[Sheet] = []
    while twin := next(
        (s for s in years.series.by_year.get(year - 1, ()) if _telling_figures(rule, s) == figures), None
    ):
        year, same = year - 1, [twin, *same]
    if not same:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)
        return
    last = same[-1].report
    tables = [table.name for table in own.form.tables if any(own.form.cells[a].table is table for a in figures)]
    values = {
        "years": plain("、".join(str(sheet.report.year) for sheet in same)),
        "count": plain(len(figures)),
        "tables": list_names(tables),
    }
    places = tuple(OtherFilePlace(last.source, last.cells[address].location) for address in figures)
    yield Outcome(rule.id, "", Verdict.BROKEN, rule.worst, tuple(figures), values=values, related=places[:1])


def _telling_figures(rule: IdenticalRule, sheet: Sheet) -> dict[str, Number]:
    """Give the figures that change from year to year: neither 0 nor a total nor a stock."""
    if sheet.form is None:
        return {}
    counts = _counts(rule.tables, rule.leave_out, sheet.form)
    return {address: value for address, value in sheet.numbers.items() if value and address in counts}


@lru_cache(maxsize=16)
def _counts(tables: tuple[str, ...], leave_out: tuple[str, ...], form: Form) -> frozenset[str]:
    return frozenset(
        address
        for address, cell in form.cells.items()
        if cell.table.id in tables
        and not cell.is_total
        and not any(f".{word}." in f".{address}." for word in leave_out)
    )


KINDS = (Kind("identical-years", "years", check_identical, ("years", "count", "tables"), IdenticalRule, several=True),)
