"""A government's report against those of its departments and townships: the whole counts what its members count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from validator.checking.sheet import Sheet, open_sheet, resolve
from validator.checking.wording import list_names, plain
from validator.config import Unit
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Number, Report
from validator.patterns import Pattern
from validator.ruleset import Ruleset
from validator.ruleset.instances import Instance
from validator.ruleset.kinds import Kind, LinkedRelation
from validator.words import line

from .bodies import Identity, folder_of
from .linked import Judged, judge, say, tell_together
from .names import is_own_office, is_region, plain_name

_FEWEST_MEMBERS = 2
# 本报告仅统计县政府本级数据, 不含各部门、乡镇: then the whole is less than its members.
_NARROW = Pattern(
    "(?:仅|只)(?:统计|包括|包含|含|涵盖|反映)[^。;,]{0,16}本级|(?:不含|不包括|不包含|未包括|未包含)[^。;,]{0,16}(?:部门|单位|乡镇|街道)"
)


class UnitRelation(LinkedRelation, frozen=True, kw_only=True):
    """A relation with the sums over a unit's members.

    `exact_severity` is for a unit whose sums are meant to be exact. `complete_only`: held against nothing but the sums
    of such a unit with no member missing.
    """

    link = "units."

    exact_severity: Severity | None = None
    complete_only: bool = False


class Whole(NamedTuple):
    """A unit, the report of its body, those of the members at hand by name, and the names of those that are missing.

    `narrow`: the report says that it does not count what its members count.
    """

    unit: Unit
    own: Sheet
    members: Mapping[str, Sheet]
    absent: Sequence[str]
    narrow: bool


class Part(NamedTuple):
    """A member's share in a sum: its name, the figure, and where it stands."""

    name: str
    value: Number
    place: Location | None


def compare_unit(
    unit: Unit, whole: Report, members: Mapping[str, Report], ruleset: Ruleset
) -> Iterator[tuple[Report, Outcome]]:
    """Compare a body's report with those of its members for the same year, each outcome with the body's report.

    `members` are the reports at hand by the names that the unit gives; those that are missing are named, and the sums
    are then only a lower bound.
    """
    own = open_sheet(whole, ruleset)
    if own.form is None:
        return
    narrow = is_own_office(whole.organization or "") or any(_NARROW.search(p.text) for p in whole.prose)
    sheets = {name: open_sheet(report, ruleset) for name, report in members.items()}
    compared = Whole(unit, own, sheets, [name for name in unit.members if name not in members], narrow)
    for rule, kind in ruleset.rules_about("unit", whole.form):
        yield from ((whole, outcome) for outcome in kind.check(rule, compared))


def check_unit(rule: UnitRelation, whole: Whole) -> Iterator[Outcome]:
    """Give an outcome for each turn of the rule; turns that break are told together."""
    unit, own, sheets, absent, narrow = whole
    if own.form is None or (rule.complete_only and not unit.exact):
        return  # where nothing is said to be exact, nothing is missing
    if narrow or not sheets:
        yield Outcome(rule.id, "", Verdict.NOT_ASSESSED, rule.worst, reason="scope" if narrow else "missing")
        return
    severity = rule.exact_severity if unit.exact and rule.exact_severity is not None else rule.worst
    broken: list[Judged] = []
    found: dict[str, tuple[list[Part], list[str]]] = {}
    for turn in own.ruleset.linked(own.form, own.form)[rule.id]:
        address = next(a for a in turn.addresses if a.startswith(rule.link)).removeprefix(rule.link)
        parts, unknown = _gather(address, sheets)
        lacking = [*absent, *unknown]
        found[turn.name] = parts, lacking
        if (rule.complete_only and lacking) or not parts:
            yield Outcome(rule.id, turn.name, Verdict.NOT_ASSESSED, severity, (address,), reason="missing")
            continue
        numbers = {**own.numbers, f"{rule.link}{address}": sum(part.value for part in parts)}
        sheet = Sheet(own.report, own.ruleset, own.form, own.layout, numbers, own.blanks, own.blank_totals)
        instance = _made_exact(turn) if unit.exact and not lacking and not rule.complete_only else turn
        judged = Judged(instance, judge(rule, instance, sheet, severity), sheet)
        if judged.outcome.verdict is Verdict.BROKEN:
            broken.append(judged)
        else:
            yield judged.outcome
    if broken:
        cells = own.form.cells
        ordered = sorted(broken, key=lambda judged: not cells[judged.outcome.cells[0]].column.total)
        first = ordered[0].outcome
        parts, lacking = found[first.instance]
        shares = [line("named-share", name=p.name, figure=plain(p.value)) for p in parts if p.value]
        values = {
            "name": own.form.name(first.cells[0]),
            "members": list_names(shares),
            "count": plain(len(parts)),
            "absent": say(rule, "absent", [plain(name) for name in lacking]),
            "scope": say(rule, "scope", [plain(unit.scope)] if unit.scope else []),
        }
        told = tell_together(rule, ordered, first.instance, severity, values)
        yield told._replace(related=tuple(part.place for part in parts if part.place is not None and part.value))


def _gather(address: str, sheets: Mapping[str, Sheet]) -> tuple[list[Part], list[str]]:
    """Give what each member says of a cell, and the members that say nothing of it; a blank counts as 0."""
    parts: list[Part] = []
    unknown: list[str] = []
    for name, sheet in sheets.items():
        value = sheet.numbers.get(address)
        if value is None:
            value = resolve(address, sheet).counted
        if value is None:
            unknown.append(name)
            continue
        cell = sheet.report.cells.get(address)
        place = None if cell is None else OtherFilePlace(sheet.report.source, cell.location)
        parts.append(Part(name, value, place))
    return sorted(parts, key=lambda part: -part.value), unknown


def _made_exact(instance: Instance) -> Instance:
    return instance._replace(comparison=instance.comparison._replace(relator="="))


def find_units(identities: Sequence[Identity], sources: Sequence[str]) -> list[Unit]:
    """Give the units that folders show beyond doubt.

    Such a folder bears the name of a government, holds reports of that government alone, and in its folders below
    those of at least two other bodies, all of the same region.
    """
    direct: dict[tuple[str, ...], dict[str, str]] = {}
    below: dict[tuple[str, ...], dict[str, str]] = {}
    for identity, source in zip(identities, sources, strict=True):
        folder = folder_of(source)
        direct.setdefault(folder, {})[identity.body] = identity.name
        for depth in range(len(folder)):
            below.setdefault(folder[:depth], {})[identity.body] = identity.name
    units = []
    for folder, bodies in direct.items():
        members = {body: name for body, name in below.get(folder, {}).items() if body not in bodies}
        if len(bodies) == 1 and folder and len(members) >= _FEWEST_MEMBERS:
            ((body, name),) = bodies.items()
            named = is_region(body) and body.endswith(plain_name(folder[-1]))
            if named and all(member.startswith(body) for member in members):
                units.append(Unit(name, tuple(sorted(members.values()))))
    return units


def names_of(units: Iterable[Unit]) -> tuple[str, ...]:
    """Give the names of all bodies in some units, each once."""
    return tuple(dict.fromkeys(name for unit in units for name in (unit.body, *unit.members)))


KINDS = (
    Kind(
        "unit-sum",
        "unit",
        check_unit,
        ("name", "members", "count", "others", "absent", "scope"),
        UnitRelation,
        several=True,
    ),
)
