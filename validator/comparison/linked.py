"""Reports held together cell by cell, without a guess for what is not printed: relations, versions, waivers.

The cells of the other reports lie on the same sheet; their addresses begin with the rule's link ("last.", "units.").
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product
from pathlib import PurePath
from typing import NamedTuple

from msgspec.structs import replace

from validator.checking.relations import holds
from validator.checking.sheet import Sheet, find_obstacle, open_sheet
from validator.checking.wording import describe_relation, fill_message, list_names, plain
from validator.config.schema import Waiver, has_ended
from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import CellState, Number, Report, ReportCell
from validator.ruleset import Ruleset
from validator.ruleset.instances import Instance
from validator.ruleset.kinds import Kind, LinkedRelation, Rule
from validator.words import line

from .sketches import Sketch


class Series(NamedTuple):
    """The reports of a body by year, the sketches of their prose by source, and the hashes that are nobody's own."""

    by_year: Mapping[int, Sequence[Sheet]]
    sketches: Mapping[str, Sketch]
    common: Collection[int]


class Years(NamedTuple):
    """A report and those of the year before: all versions of one, at least one.

    `both` are the report and one of `last` on one sheet, whose addresses begin with "last." there. `obstacle` says why
    they cannot be held together, "" if they can: "no-report" (the years of `missing` have no report, `last` are of the
    year before them), "unlike" (the files of one of the years can hardly be one report).
    """

    own: Sheet
    last: Sequence[Sheet]
    both: Sequence[Sheet]
    series: Series
    obstacle: str = ""
    missing: Sequence[int] = ()


class Judged(NamedTuple):
    """An instance with what it came to, the sheet it was read from, and the source of the other report, if one."""

    instance: Instance
    outcome: Outcome
    sheet: Sheet
    other: str = ""


def link_sheets(own: Sheet, other: Sheet, link: str) -> Sheet:
    """Lay another report on the sheet of a report, its addresses with the link before them."""
    linked = _linked(link)
    cells = {**own.report.cells, **{linked[a]: cell for a, cell in other.report.cells.items()}}
    numbers: Mapping[str, Number] = {**own.numbers, **{linked[a]: n for a, n in other.numbers.items() if a}}
    return Sheet(
        replace(own.report, cells=cells),
        own.ruleset,
        own.form,
        own.layout,
        numbers,
        own.blanks.union(linked[address] for address in other.blanks),
        own.blank_totals.union(linked[address] for address in other.blank_totals),
    )


_MOST_LINKED = 4096


class _Linked(dict[str, str]):
    """Addresses with a link before them, which are those of forms: to write them anew for each report takes longer."""

    def __init__(self, link: str) -> None:
        self._link = link

    def __missing__(self, address: str) -> str:
        if len(self) >= _MOST_LINKED:
            self.clear()
        self[address] = linked = f"{self._link}{address}"
        return linked


_linked = cache(_Linked)


def judge(rule: LinkedRelation, instance: Instance, sheet: Sheet, severity: Severity) -> Outcome:
    """Judge an instance; a cell without a number leaves it unassessed."""
    cells = tuple(address for address in instance.addresses if not address.startswith(rule.link))
    reason = find_obstacle(instance.addresses, sheet, between=True)
    if reason:
        return Outcome(rule.id, instance.name, Verdict.NOT_ASSESSED, severity, cells, reason=reason)
    left, right = instance.comparison.add_up(sheet.numbers)
    verdict = Verdict.HOLDS if holds(instance.comparison.relator, left, right) else Verdict.BROKEN
    return Outcome(rule.id, instance.name, verdict, severity, cells, left=left, right=right)


def tell(judged: Judged, values: Mapping[str, Bilingual]) -> Outcome:
    """Give a broken outcome the fields of its message and the places in the other report."""
    instance, outcome, sheet, _ = judged
    if outcome.left is None or outcome.right is None:
        return outcome
    words = {**describe_relation(instance, sheet, outcome.left, outcome.right), **values}
    return outcome._replace(values=words, related=_places(judged))


def tell_together(
    rule: LinkedRelation, broken: Sequence[Judged], name: str, severity: Severity, values: Mapping[str, Bilingual]
) -> Outcome:
    """Tell of several broken instances at once: of the first one in full, of the others by name and figures."""
    first, *rest = broken
    told = tell(first, {**values, "others": say(rule, "others", [_in_short(judged) for judged in rest])})
    return told._replace(
        instance=name,
        severity=severity,
        cells=tuple(dict.fromkeys(cell for judged in broken for cell in judged.outcome.cells)),
        related=tuple(dict.fromkeys(place for judged in broken for place in _places(judged))),
    )


def say(rule: LinkedRelation, phrase: str, names: Sequence[Bilingual]) -> Bilingual:
    """Fill a phrase of a rule with a list; nothing where the list is empty or the rule has no such phrase."""
    if not names or phrase not in rule.phrases:
        return plain("")
    return fill_message(rule.phrases[phrase], {"list": list_names(names)})


def loop_name(judged: Judged) -> Bilingual:
    """Name what the loop stood at."""
    words = judged.instance.words
    return next((words[key] for key in ("column", "row", "each") if key in words), words["table"])


def _in_short(judged: Judged) -> Bilingual:
    name, left, right = loop_name(judged), judged.outcome.left, judged.outcome.right
    return line("named-figure", name=name, figure=f"{plain(left or 0).zh}/{plain(right or 0).zh}")


def _places(judged: Judged) -> tuple[Location, ...]:
    """Give the places of the cells of the other report."""
    cells = judged.sheet.report.cells
    others = (a for a in judged.instance.addresses if a not in judged.outcome.cells and a in cells)
    return tuple(OtherFilePlace(judged.other, cells[a].location) for a in others) if judged.other else ()


def find_waiver(
    rule: Rule, body: str, year: int | None, waivers: Iterable[Waiver], bodies: Mapping[str, str], today: date
) -> Waiver | None:
    """Give the first waiver that covers a rule for a body and a year; None if none does.

    `body` is the body's key, `bodies` maps the names that waivers use to keys (see identify_names).
    """
    for waiver in waivers:
        if (
            waiver.rule in (rule.id, rule.group)
            and waiver.year in (None, year)
            and (not waiver.body or bodies.get(waiver.body) == body)
            and not has_ended(waiver.until, today)
        ):
            return waiver
    return None


def waive(outcome: Outcome) -> Outcome:
    """Give a broken outcome as one that was not assessed because of a waiver; it is never counted as held."""
    return outcome._replace(verdict=Verdict.NOT_ASSESSED, reason="waived")


_SHOWN = 5
_FEW_FIGURES = 12
_ALIKE = 0.2
"""Two files of many figures that agree in fewer than this share of them are hardly one report."""

_EMPTY = (CellState.BLANK, CellState.NOT_APPLICABLE)


def compare_versions(reports: Sequence[Report], ruleset: Ruleset) -> Iterator[tuple[Report, Outcome]]:
    """Compare the files of one body and year: those of a family as versions of one report, others side by side.

    Versions are compared with the first of them by source, each outcome with the other file. Files that hardly agree
    anywhere are not assessed: their body or year was most likely read wrongly.
    """
    families: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda report: report.source):
        families.setdefault(ruleset.family(report.form), []).append(report)
    for family, versions in sorted(families.items()):
        yield from _compare_one_report(versions, ruleset)
        beside = [open_sheet(other, ruleset) for name in families if name != family for other in families[name]]
        for report, other in product(versions, beside):
            sheet = open_sheet(report, ruleset)
            for rule, kind in ruleset.rules_about("beside", report.form):
                yield from ((report, outcome) for outcome in kind.check(rule, sheet, other))


def _compare_one_report(versions: Sequence[Report], ruleset: Ruleset) -> Iterator[tuple[Report, Outcome]]:
    first, *others = versions
    for report in others:
        for rule, kind in ruleset.rules_about("versions", report.form):
            yield from ((report, outcome) for outcome in kind.check(rule, report, first, ruleset.form(report.form)))


def check_versions(rule: Rule, report: Report, other: Report, form: Form | None) -> Iterator[Outcome]:
    """Give the outcome of whether two files of one body and year print the same figures."""
    yield _compare(rule, report, other, form)


def _compare(rule: Rule, report: Report, other: Report, form: Form | None) -> Outcome:
    name = PurePath(other.source).name
    outcome = Outcome(rule.id, f"{name}|{PurePath(report.source).name}", Verdict.NOT_ASSESSED, rule.worst)
    shared = [address for address in report.cells if address in other.cells]
    if form is None or not any(other.cells[address].value is not None for address in shared):
        return outcome._replace(reason="missing")
    apart = [address for address in shared if _differ(report.cells[address], other.cells[address])]
    if not apart:
        return outcome._replace(verdict=Verdict.HOLDS, cells=tuple(shared))
    if not are_alike(report, other):
        return outcome._replace(reason="unlike")
    shown = [_both(form.name(address), report.cells[address], other.cells[address]) for address in apart[:_SHOWN]]
    values = {"other": plain(name), "count": plain(len(apart)), "list": _with_more(shown, len(apart))}
    one: tuple[Number | None, Number | None] = (None, None)
    if len(apart) == 1:
        one = report.cells[apart[0]].value, other.cells[apart[0]].value
    return outcome._replace(
        verdict=Verdict.BROKEN,
        cells=tuple(apart),
        left=one[0],
        right=one[1],
        values=values,
        related=tuple(OtherFilePlace(other.source, other.cells[address].location) for address in apart),
    )


def are_alike(one: Report, other: Report) -> bool:
    """Say whether two files of one body and year can be one report: enough of their figures agree, or they have few."""
    figures = [
        (cell.value, other.cells[address].value)
        for address, cell in one.cells.items()
        if address in other.cells and (cell.value or other.cells[address].value)
    ]
    return len(figures) < _FEW_FIGURES or sum(here == there for here, there in figures) >= _ALIKE * len(figures)


def _differ(one: ReportCell, other: ReportCell) -> bool:
    """Say whether two cells print different figures; a blank is as good as 0, nothing is known of the rest."""
    if one.value is not None and other.value is not None:
        return one.value != other.value
    return (one.state in _EMPTY and bool(other.value)) or (other.state in _EMPTY and bool(one.value))


def _both(name: Bilingual, one: ReportCell, other: ReportCell) -> Bilingual:
    here, there = (line("state-blank") if cell.value is None else plain(cell.value) for cell in (one, other))
    return line("named-versions", name=name, here=here, there=there)


def _with_more(shown: Sequence[Bilingual], count: int) -> Bilingual:
    listed = list_names(shown)
    return line("names-more", names=listed) if count > len(shown) else listed


KINDS = (Kind("versions", "versions", check_versions, ("other", "count", "list")),)
