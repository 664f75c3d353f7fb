"""What was kept from last year's report: its tables figure by figure, and sentences with their year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from validator.checking.sheet import Sheet
from validator.checking.wording import list_names, plain
from validator.model.form import Form
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Number
from validator.patterns import Pattern
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import Rule

from .linked import Years
from .sketches import split_prose

_LONGEST = 60
# Words of a sentence that looks back: it may name last year in this year's report as well.
_LOOKS_BACK = Pattern(
    "上年|去年|同比|环比|相比|比较|较|比20|以来|自20|从20|至20|截至|截止|底|末|印发|施行|出台|修订|成立|建立|启动|上线"
    "|开通|起|结转|〔|《|第[一二三四五六七八九十\\d]"
)


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


def check_year_left(rule: Rule, years: Years) -> Iterator[Outcome]:
    """Give an outcome: broken if sentences that begin with last year's year are last year's word by word."""
    report, last = years.own.report, [sheet.report for sheet in years.last]
    if report.year is None or not report.prose:
        return
    begins = re.compile(rf"{report.year - 1}年(?:度)?[^\d\-—至~～.月/]")
    found: list[tuple[str, Location, Location, str]] = []
    for before in last:
        old: dict[str, Location] | None = None
        for sentence in split_prose(report):
            if begins.match(sentence.text) and not _LOOKS_BACK.search(sentence.text):
                if old is None:
                    old = {other.text: other.location for other in split_prose(before)}
                if sentence.text in old:
                    found.append((sentence.text, sentence.location, old[sentence.text], before.source))
    if not found:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)
        return
    text, place, there, source = found[0]
    values = {
        "quote": plain(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"),
        "last_year": plain(report.year - 1),
        "count": plain(len({text for text, *_ in found})),
    }
    others = tuple(dict.fromkeys(place for _, place, _, _ in found[1:]))
    related = (OtherFilePlace(source, there), *others)
    yield Outcome(rule.id, "", Verdict.BROKEN, rule.worst, location=place, values=values, related=related)


KINDS = (
    Kind("identical-years", "years", check_identical, ("years", "count", "tables"), IdenticalRule, several=True),
    Kind("year-left", "years", check_year_left, ("quote", "last_year", "count")),
)
