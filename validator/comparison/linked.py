"""Relations between the cells of a report and those of others, judged without a guess for what is not printed.

The cells of the other reports lie on the same sheet; their addresses begin with the rule's link ("last.", "units.").
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from validator.checking.blanks import find_obstacle
from validator.checking.relations import holds
from validator.checking.sheet import Sheet
from validator.checking.wording import describe_relation, fill_message, list_names, plain
from validator.model.bilingual import Bilingual
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Number
from validator.ruleset.instances import Instance
from validator.ruleset.schema import LinkedRelation

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
    report = replace(
        own.report, cells={**own.report.cells, **{f"{link}{a}": cell for a, cell in other.report.cells.items()}}
    )
    numbers: Mapping[str, Number] = {**own.numbers, **{f"{link}{a}": n for a, n in other.numbers.items() if a}}
    return Sheet(
        report,
        own.ruleset,
        own.form,
        own.layout,
        numbers,
        own.blanks.union(f"{link}{address}" for address in other.blanks),
        own.blank_totals.union(f"{link}{address}" for address in other.blank_totals),
    )


def judge(rule: LinkedRelation, instance: Instance, sheet: Sheet, severity: Severity) -> Outcome:
    """Judge an instance; a cell without a number leaves it unassessed."""
    left, relator, right = instance.comparison
    cells = tuple(address for address in instance.addresses if not address.startswith(rule.link))
    reason = find_obstacle(instance.addresses, sheet, between=True)
    if reason:
        return Outcome(rule.id, instance.name, Verdict.NOT_ASSESSED, severity, cells, reason=reason)
    sums: list[Number] = [sum(factor * sheet.numbers[address] for factor, address in side) for side in (left, right)]
    verdict = Verdict.HOLDS if holds(relator, sums[0], sums[1]) else Verdict.BROKEN
    return Outcome(rule.id, instance.name, verdict, severity, cells, left=sums[0], right=sums[1])


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
    figures = f"{plain(left or 0).zh}/{plain(right or 0).zh}"
    return Bilingual(f"{name.zh}（{figures}）", f"{name.en} ({figures})")


def _places(judged: Judged) -> tuple[Location, ...]:
    """Give the places of the cells of the other report."""
    cells = judged.sheet.report.cells
    others = (a for a in judged.instance.addresses if a not in judged.outcome.cells and a in cells)
    return tuple(OtherFilePlace(judged.other, cells[a].location) for a in others) if judged.other else ()
