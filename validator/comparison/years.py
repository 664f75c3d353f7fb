"""The reports of one body, year after year: what a report says of the year before, held against that year's report."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from validator.checking import attempt
from validator.checking.sheet import Sheet, open_sheet
from validator.checking.wording import plain
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Report
from validator.ruleset import Ruleset
from validator.ruleset.instances import Instance
from validator.ruleset.schema import CopyRule, SeriesRule, YearRelation

from .copying import compare_sketches, tell_copied_year
from .growth import check_growth
from .identical import check_identical
from .leftovers import check_year_left
from .linked import Judged, judge, link_sheets, tell, tell_together
from .sketches import Sketch, sketch
from .slips import check_slip
from .versions import are_alike

_RANK = (Verdict.HOLDS, Verdict.BROKEN, Verdict.NOT_ASSESSED)


class Pair(NamedTuple):
    """A report beside one of last year, and both on one sheet."""

    own: Sheet
    last: Sheet
    both: Sheet


class _Series(NamedTuple):
    """The reports of a body by year, and the sketches of their prose by source."""

    by_year: Mapping[int, Sequence[Sheet]]
    sketches: Mapping[str, Sketch]
    rules: Sequence[SeriesRule]
    common: Collection[int]


def compare_years(
    reports: Sequence[Report], ruleset: Ruleset, common: Collection[int] = frozenset()
) -> Iterator[tuple[Report, Outcome]]:
    """Compare the reports of one body with those of the year before, each outcome with the later report.

    Files of one year are versions of one report: a relation is broken only if no version of last year agrees with it.
    Reports without a year are left out; one whose year only its file's name tells is given with that year.
    `common` are the hashes of sentences that are nobody's own (see find_common).
    """
    by_year: dict[int, list[Sheet]] = {}
    for report in sorted(reports, key=lambda report: report.source):
        if report.year is not None:
            by_year.setdefault(report.year, []).append(open_sheet(report, ruleset))
    if len(by_year) == 1:
        return
    sketches = {s.report.source: sketch(s.report, ruleset) for sheets in by_year.values() for s in sheets}
    rules = [rule for rule in ruleset.rules if isinstance(rule, SeriesRule)]
    series = _Series(by_year, sketches, rules, common)
    doubtful = {year for year, (first, *others) in by_year.items() if not _all_alike(first, others)}
    for before, year in pairwise(sorted(by_year)):
        for own in by_year[year]:
            missing = range(before + 1, year)
            if missing:
                outcomes = _tell_gap(own, missing, rules)
            elif doubtful.intersection((before, year)):
                outcomes = _not_assessed(own, rules, "unlike")
            else:
                outcomes = _compare(own, by_year[before], series)
            for outcome in outcomes:
                yield own.report, outcome


def _all_alike(first: Sheet, others: Sequence[Sheet]) -> bool:
    """Say whether the files of one year can be one report; if not, it is not certain whose they are."""
    return all(are_alike(first.report, other.report) for other in others)


def _compare(own: Sheet, last: Sequence[Sheet], series: _Series) -> Iterator[Outcome]:
    pairs = [Pair(own, sheet, link_sheets(own, sheet, "last.")) for sheet in last]
    for rule in series.rules:
        if not rule.forms or own.report.form in rule.forms:
            yield from attempt(rule.title, own.ruleset, partial(_check, rule, pairs, series))


def _check(rule: SeriesRule, pairs: Sequence[Pair], series: _Series) -> Iterator[Outcome]:
    """Hand a rule to the function of its kind."""
    own, last = pairs[0].own, [pair.last for pair in pairs]
    match rule.kind:
        case "last-year" if isinstance(rule, YearRelation):
            yield from _check_relation(rule, pairs)
        case "growth-last-year":
            yield from check_growth(rule, own, last)
        case "unit-slip":
            yield from check_slip(rule, own, last)
        case "identical-years":
            yield from check_identical(rule, own, series.by_year)
        case "year-left":
            yield from check_year_left(rule, own.report, [sheet.report for sheet in last])
        case "copied-last-year" if isinstance(rule, CopyRule):
            here, there = series.sketches[own.report.source], [series.sketches[s.report.source] for s in last]
            copies = [compare_sketches(here, other, series.common) for other in there]
            yield tell_copied_year(rule, own.report, max(copies, key=lambda copy: copy.share), own.ruleset)
        case "year-missing":
            yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)


def _tell_gap(own: Sheet, missing: Sequence[int], rules: Sequence[SeriesRule]) -> Iterator[Outcome]:
    """Tell which years are missing, and that nothing was held against them."""
    for rule in rules:
        if rule.kind == "year-missing":
            years = "、".join(map(str, missing))
            values = {"years": plain(years)}
            yield Outcome(rule.id, years, Verdict.BROKEN, rule.worst, values=values)
    yield from _not_assessed(own, rules, "missing")


def _not_assessed(own: Sheet, rules: Sequence[SeriesRule], reason: str) -> Iterator[Outcome]:
    for rule in rules:
        if isinstance(rule, YearRelation) and own.report.form in rule.forms:
            yield Outcome(rule.id, "", Verdict.NOT_ASSESSED, rule.worst, reason=reason)


def _check_relation(rule: YearRelation, pairs: Sequence[Pair]) -> Iterator[Outcome]:
    turns: dict[str, list[Judged]] = {}
    for own, last, both in pairs:
        if own.form is None or last.form is None:
            continue
        for instance in own.ruleset.linked(own.form, last.form).get(rule.id, ()):
            severity = rule.worst if rule.parts_severity is None or _is_total(instance, own) else rule.parts_severity
            outcome = judge(rule, instance, both, severity)
            turns.setdefault(instance.name, []).append(Judged(instance, outcome, both, last.report.source))
    if not turns and all(last.form is None for _, last, _ in pairs):
        yield Outcome(rule.id, "", Verdict.NOT_ASSESSED, rule.worst, reason="missing")
    best = [min(versions, key=lambda judged: _RANK.index(judged.outcome.verdict)) for versions in turns.values()]
    last_year = {"last_year": plain(pairs[0].last.report.year or "")}
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
