"""The reports of one body, year after year: what a report says of the year before, held against that year's report."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from validator.checking import attempt
from validator.checking.sheet import Sheet, open_sheet
from validator.checking.wording import plain
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Report
from validator.ruleset import Ruleset
from validator.ruleset.instances import Instance
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import LinkedRelation, Rule

from .linked import Judged, Series, Years, judge, link_sheets, tell, tell_together
from .sketches import Sketch, sketch
from .versions import are_alike

_RANK = (Verdict.HOLDS, Verdict.BROKEN, Verdict.NOT_ASSESSED)


@dataclass(frozen=True, kw_only=True)
class YearRelation(LinkedRelation):
    """A relation with last year's report; `parts_severity` is for turns that are no total, where only they break."""

    link = "last."

    parts_severity: Severity | None = None


def compare_years(
    reports: Sequence[Report],
    ruleset: Ruleset,
    common: Collection[int] = frozenset(),
    known: Mapping[str, Sketch] | None = None,
) -> Iterator[tuple[Report, Outcome]]:
    """Compare the reports of one body with those of the year before, each outcome with the later report.

    Files of one year are versions of one report: a relation is broken only if no version of last year agrees with it.
    Reports without a year are left out; one whose year only its file's name tells is given with that year.
    `common` are the hashes of sentences that are nobody's own (see find_common), `known` sketches that are there
    already, by source.
    """
    by_year: dict[int, list[Sheet]] = {}
    for report in sorted(reports, key=lambda report: report.source):
        if report.year is not None:
            by_year.setdefault(report.year, []).append(open_sheet(report, ruleset))
    if len(by_year) == 1:
        return
    sketches = dict(known or {})
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
                    for outcome in attempt(rule.title, ruleset, partial(kind.check, rule, years)):
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


KINDS = (
    Kind("last-year", "years", check_relation, ("last_year", "others"), YearRelation, several=True, despite=True),
    Kind("year-missing", "years", check_missing, ("years",), despite=True),
)
