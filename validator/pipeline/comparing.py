"""The second part of a run: the reports in the store held against each other, what is found added to each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from multiprocessing.connection import Connection

import msgspec
from msgspec.structs import replace

from validator.checking import COMPARISON, tell_fault, to_findings
from validator.comparison import (
    Identity,
    Origin,
    Sketch,
    compare_unit,
    compare_versions,
    compare_years,
    find_common,
    find_copies,
    find_units,
    find_waiver,
    identify,
    identify_names,
    names_of,
    sketch,
    tell_copied_sibling,
    tell_unplaced,
    waive,
)
from validator.comparison.bodies import folder_of
from validator.config import Config, Unit
from validator.errors import GoujiError
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Report
from validator.model.result import ReportResult
from validator.ruleset import Ruleset

from .frozen import pack
from .store import Place, Store

_MANY = 20_000

Placed = tuple[list[Unit], dict[str, str]]
"""The units to compare, and the keys of the bodies that these and the waivers name."""
_decoder: msgspec.msgpack.Decoder[Placed | None] = msgspec.msgpack.Decoder(Placed | None)


def place_reports(store: Store, config: Config) -> Placed | None:
    """Give every report in the store its place; None if there are not two of them.

    To tell bodies apart takes all names and paths at once. Where they are many, a process of its own does it, so that
    what that takes is given back.
    """
    if store.done() <= _MANY or store.folder is None:
        return _place(store, config)
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_place_apart, args=(theirs, store, config), daemon=True)
    try:
        process.start()
    except OSError:  # no room for a process
        return _place(store, config)
    finally:
        theirs.close()
    try:
        return _decoder.decode(ours.recv_bytes())
    except EOFError:  # it was killed
        return _place(store, config)
    finally:
        ours.close()
        process.kill()
        process.join()


def _place_apart(pipe: Connection, store: Store, config: Config) -> None:
    pipe.send_bytes(msgspec.msgpack.encode(_place(store, config)))


def _place(store: Store, config: Config) -> Placed | None:
    placed = list(store.origins())
    if len(placed) < 2:
        return None
    origins = [origin for _, origin in placed]
    identities = identify(origins, config.renamed)
    store.put_places(_find_place(number, origin, i) for (number, origin), i in zip(placed, identities, strict=True))
    units = [*config.units, *find_units(identities, [origin.source for origin in origins])]
    names = dict.fromkeys([*names_of(units), *(waiver.body for waiver in config.waivers if waiver.body)])
    return units, identify_names(list(names), origins, config.renamed) if names else {}


def _find_place(number: int, origin: Origin, identity: Identity) -> Place:
    """Place a report: its siblings are those of the folder around the folder of its body."""
    return Place(number, identity, "/".join(folder_of(origin.source)[:-1]))


_SAMPLE = 400
"""Reports by which it is judged what sentences are common: enough to tell, and few enough to hold."""

_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


def compare_all(
    store: Store, ruleset: Ruleset, config: Config, today: date, *, detailed: bool = False
) -> Iterator[bool]:
    """Hold all reports of a run against each other: years and versions of a body, units, copied text.

    Gives one item a report whose years are compared. `detailed` keeps the outcomes that hold as well.
    """
    placed = place_reports(store, config)
    if placed is None:
        return
    found, bodies = placed
    comparing = _Comparing(store, ruleset, config, today, bodies, detailed)
    common = find_common(list(comparing.sketch_some()))
    for body, places in groupby(store.places(), key=lambda place: place.identity.body):
        if body:
            own = list(places)
            comparing.compare_body(own, common)
            yield from (True for _ in own)
        else:
            for place in places:
                yield True
                result = store.get(place.number)
                if result.report is not None:
                    comparing.add(place, tell_unplaced(result.report, place.identity, ruleset), result)
    comparing.compare_siblings(common)
    for unit in found:
        comparing.compare_members(unit)


class _Comparing(msgspec.Struct, frozen=True):
    """What is compared and by what. `bodies` are the keys of the names that the configuration uses."""

    store: Store
    ruleset: Ruleset
    config: Config
    today: date
    bodies: Mapping[str, str]
    detailed: bool

    def sketch_some(self) -> Iterator[Sketch]:
        """Sketch as many reports, spread over all of them, as it takes to tell what is common."""
        step = max(1, self.store.count() // _SAMPLE)
        for place in islice(self.store.places(), 0, None, step):
            yield self.sketch(place, self.store.get_report(place.number))

    def sketch(self, place: Place, report: Report) -> Sketch:
        """Sketch a report."""
        return sketch(report, self.ruleset, place.identity.body, place.identity.name)

    def compare_body(self, places: Sequence[Place], common: frozenset[int]) -> None:
        """Compare the reports of one body: its years, and the versions of one year."""
        results = {place.number: self.store.get(place.number) for place in places}
        reports = {}
        for place in places:
            report = results[place.number].report
            assert report is not None, "only what could be read has a place"
            report = replace(report, year=place.identity.year)
            reports[place.number] = report
            self.store.put_sketch(place.number, self.sketch(place, report))
        found: dict[int, list[Outcome]] = {place.number: [] for place in places}
        number_of = {id(report): number for number, report in reports.items()}
        self._sort(compare_years(list(reports.values()), self.ruleset, common), places[0].number, number_of, found)
        for year, group in groupby(places, key=lambda place: place.identity.year):
            versions = [reports[place.number] for place in group]
            if year is not None and len(versions) > 1:
                number = number_of[id(versions[0])]
                self._sort(compare_versions(versions, self.ruleset), number, number_of, found)
        for place in places:
            unplaced = tell_unplaced(reports[place.number], place.identity, self.ruleset)
            self.add(place, [*unplaced, *found[place.number]], results[place.number])

    def _sort(
        self,
        outcomes: Iterable[tuple[Report, Outcome]],
        first: int,
        number_of: Mapping[int, int],
        found: Mapping[int, list[Outcome]],
    ) -> None:
        """Sort outcomes to the numbers of their reports; a fault of ours is told with the first."""
        try:
            for report, outcome in outcomes:
                found[number_of[id(report)]].append(outcome)
        except GoujiError:
            raise
        except Exception as bug:  # noqa: BLE001 - a fault of ours in one comparison must not end the run
            found[first].append(tell_fault(COMPARISON, self.ruleset, bug))

    def compare_siblings(self, common: frozenset[int]) -> None:
        """Look in each group of siblings for text that one report shares with another."""
        for _, group in groupby(self.store.sketches(), key=lambda kept: kept[0]):
            numbers = {own.source: (number, own) for _, number, own in group}
            for copy in find_copies([own for _, own in numbers.values()], self.ruleset, common):
                number, own = numbers[copy.own.source]
                place = Place(number, Identity(own.body, own.name, own.year), "")
                self.add(place, tell_copied_sibling(self.store.get_report(number), copy, self.ruleset))

    def compare_members(self, unit: Unit) -> None:
        """Compare the reports of a body with those of its members, year by year."""
        wholes = {place.identity.year: place for place in self.store.places_of(self.bodies.get(unit.body, ""))}
        members: dict[int | None, dict[str, Report]] = {}
        for name in unit.members:
            for place in self.store.places_of(self.bodies.get(name, "")):
                if place.identity.year in wholes:
                    members.setdefault(place.identity.year, {})[name] = self.store.get_report(place.number)
        for year, reports in members.items():
            whole = wholes[year]
            own = self.store.get_report(whole.number)
            found: dict[int, list[Outcome]] = {whole.number: []}
            self._sort(compare_unit(unit, own, reports, self.ruleset), whole.number, {id(own): whole.number}, found)
            self.add(whole, found[whole.number])

    def add(self, place: Place, outcomes: Iterable[Outcome], known: ReportResult | None = None) -> None:
        """Add what was found of a report to its result, `known` or kept; what a waiver covers was not assessed."""
        added = tuple(
            self._waive(place.identity, outcome)
            for outcome in outcomes
            if self.detailed or outcome.verdict is not Verdict.HOLDS
        )
        if not added:
            return
        result = known or self.store.get(place.number)
        if result.report is None:
            return
        findings = (*result.findings, *to_findings(result.report, self.ruleset, added))
        result = replace(
            result,
            findings=tuple(sorted(findings, key=lambda finding: _WEIGHT[finding.severity])),
            compared=(*result.compared, *added),
        )
        self.store.put_report(place.number, pack(result))

    def _waive(self, identity: Identity, outcome: Outcome) -> Outcome:
        if outcome.verdict is not Verdict.BROKEN or not self.config.waivers:
            return outcome
        rule = self.ruleset.rule(outcome.rule)
        waiver = find_waiver(rule, identity.body, identity.year, self.config.waivers, self.bodies, self.today)
        return outcome if waiver is None else waive(outcome)
