"""The reports of one body, year after year: what a report says of last year's, and what it has kept of it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from validator.checking import attempt
from validator.checking.sheet import Sheet, open_sheet
from validator.checking.wording import list_names, plain
from validator.model.form import Form
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Number, Report
from validator.patterns import Pattern
from validator.ruleset import Ruleset
from validator.ruleset.instances import Instance
from validator.ruleset.kinds import Kind, LinkedRelation, Rule

from .linked import Judged, Series, Years, are_alike, judge, link_sheets, tell, tell_together
from .sketches import Sketch, sketch, split_prose

_RANK = (Verdict.HOLDS, Verdict.BROKEN, Verdict.NOT_ASSESSED)


class YearRelation(LinkedRelation, frozen=True, kw_only=True):
    """A relation with last year's report; `parts_severity` is for turns that are no total, where only they break."""

    link = "last."

    parts_severity: Severity | None = None


def compare_years(
    reports: Sequence[Report],
    ruleset: Ruleset,
    common: Collection[int] = frozenset(),
    known: Mapping[str, Sketch] | None = None,
) -> Iterator[tuple[Report, Outcome]]:
    """Compare the reports of one body with those of the year before, family by family, each outcome with the later one.

    Files of one year are versions of one report: a relation is broken only if no version of last year agrees with it.
    Reports without a year are left out; one whose year only its file's name tells is given with that year.
    `common` are the hashes of sentences that are nobody's own (see find_common), `known` sketches that are there
    already, by source.
    """
    families: dict[str, dict[int, list[Sheet]]] = {}
    for report in sorted(reports, key=lambda report: report.source):
        if report.year is not None:
            by_year = families.setdefault(ruleset.family(report.form), {})
            by_year.setdefault(report.year, []).append(open_sheet(report, ruleset))
    for family in sorted(families):
        if len(families[family]) > 1:
            yield from _compare_family(families[family], ruleset, common, dict(known or {}))


def _compare_family(
    by_year: Mapping[int, list[Sheet]], ruleset: Ruleset, common: Collection[int], sketches: dict[str, Sketch]
) -> Iterator[tuple[Report, Outcome]]:
    for report in (sheet.report for sheets in by_year.values() for sheet in sheets):
        if report.source not in sketches:
            sketches[report.source] = sketch(report, ruleset)
    series = Series(by_year, sketches, common)
    doubtful = {year for year, (first, *others) in by_year.items() if not _all_alike(first, others)}
    for before, year in pairwise(sorted(by_year)):
        missing = range(before + 1, year)
        obstacle = "no-report" if missing else "unlike" if doubtful.intersection((before, year)) else ""
        for own in by_year[year]:
            last = by_year[before]
            both = () if obstacle else [link_sheets(own, sheet, YearRelation.link) for sheet in last]
            years = Years(own, last, both, series, obstacle, missing)
            for rule, kind in ruleset.rules_about("years", own.report.form):
                if kind.despite or not obstacle:
                    for outcome in attempt(rule.title, ruleset, kind.check, rule, years):
                        yield own.report, outcome


def _all_alike(first: Sheet, others: Sequence[Sheet]) -> bool:
    """Say whether the files of one year can be one report; if not, it is not certain whose they are."""
    return all(are_alike(first.report, other.report) for other in others)


def check_missing(rule: Rule, years: Years) -> Iterator[Outcome]:
    """Tell which years are missing before a report."""
    if years.missing:
        named = "、".join(map(str, years.missing))
        yield Outcome(rule.id, named, Verdict.BROKEN, rule.worst, values={"years": plain(named)})
    elif not years.obstacle:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)


def check_relation(rule: YearRelation, years: Years) -> Iterator[Outcome]:
    """Give an outcome for each turn of the rule; it breaks where no version of last year's report agrees."""
    if years.obstacle:
        yield Outcome(rule.id, "", Verdict.NOT_ASSESSED, rule.worst, reason=years.obstacle)
        return
    own = years.own
    turns: dict[str, list[Judged]] = {}
    for last, both in zip(years.last, years.both, strict=True):
        if own.form is None or last.form is None:
            continue
        for instance in own.ruleset.linked(own.form, last.form).get(rule.id, ()):
            severity = rule.worst if rule.parts_severity is None or _is_total(instance, own) else rule.parts_severity
            outcome = judge(rule, instance, both, severity)
            turns.setdefault(instance.name, []).append(Judged(instance, outcome, both, last.report.source))
    if not turns and all(last.form is None for last in years.last):
        yield Outcome(rule.id, "", Verdict.NOT_ASSESSED, rule.worst, reason="missing")
    best = [min(versions, key=lambda judged: _RANK.index(judged.outcome.verdict)) for versions in turns.values()]
    last_year = {"last_year": plain(years.last[0].report.year or "")}
    broken = [judged for judged in best if judged.outcome.verdict is Verdict.BROKEN]
    for judged in best:
        if judged.outcome.verdict is not Verdict.BROKEN:
            yield judged.outcome
        elif not rule.together:
            yield tell(judged, {**last_year, "others": plain("")})
    if rule.together and broken:
        totals = [judged for judged in broken if _is_total(judged.instance, judged.sheet)]
        ordered = [*totals, *(judged for judged in broken if judged not in totals)]
        severity = min((judged.outcome.severity for judged in broken), key=list(Severity).index)
        yield tell_together(rule, ordered, "total" if totals else "parts", severity, last_year)


def _is_total(instance: Instance, sheet: Sheet) -> bool:
    """Say whether the loop stands at a total of the form."""
    cell = None if sheet.form is None else sheet.form.cells.get(instance.addresses[0])
    return cell is not None and cell.column.total


_LONGEST = 60
# Words of a sentence that looks back: it may name last year in this year's report as well.
_LOOKS_BACK = Pattern(
    "上年|去年|同比|环比|相比|比较|较|比20|以来|自20|从20|至20|截至|截止|底|末|印发|施行|出台|修订|成立|建立|启动|上线"
    "|开通|起|结转|〔|《|第[一二三四五六七八九十\\d]"
)


class IdenticalRule(Rule, frozen=True, kw_only=True):
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
    while twin := next((s for s in years.series.by_year.get(year - 1, ()) if _repeats(rule, s, figures)), None):
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


def _repeats(rule: IdenticalRule, sheet: Sheet, figures: Mapping[str, Number]) -> bool:
    """Whether these are the figures of a sheet, which is soon told of nearly all."""
    return all(sheet.numbers.get(a) == n for a, n in figures.items()) and _telling_figures(rule, sheet) == figures


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
    Kind("last-year", "years", check_relation, ("last_year", "others"), YearRelation, several=True, despite=True),
    Kind("year-missing", "years", check_missing, ("years",), despite=True),
    Kind("identical-years", "years", check_identical, ("years", "count", "tables"), IdenticalRule, several=True),
    Kind("year-left", "years", check_year_left, ("quote", "last_year", "count")),
)
