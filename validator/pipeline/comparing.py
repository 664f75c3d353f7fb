"""The second part of a run: the reports in the store held against each other, what is found added to each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from pathlib import Path

import msgspec
from msgspec.structs import replace

from validator.checking import COMPARISON, tell_fault, to_findings
from validator.comparison import (
    Identity,
    Sketch,
    compare_unit,
    compare_versions,
    compare_years,
    find_common,
    find_copies,
    find_waiver,
    sketch,
    sketch_twice,
    tell_copied_sibling,
    tell_unplaced,
    waive,
)
from validator.config import Unit, Waiver
from validator.errors import GoujiError
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Report
from validator.ruleset import Ruleset

from .frozen import Added, Hands, freeze_added, freeze_sketch, from_bytes, to_bytes
from .knowledge import Knowledge
from .placing import place_reports
from .settings import Settings
from .store import Place, Store

_SAMPLE = 400
"""Reports by which it is judged what sentences are common: enough to tell, and few enough to hold."""

_SKETCHED = 16
"""Reports that are sketched at once in a process."""

_PART = 64
"""Reports that are compared at once in a process, or a few more, for those of one body stay together."""

_Added = tuple[tuple[tuple[int, bytes], ...], tuple[tuple[int, bytes], ...]]
"""What comparing some bodies comes to: what is added to their reports, and sketches, by their numbers."""
_sketches_decoder: msgspec.msgpack.Decoder[list[Sketch]] = msgspec.msgpack.Decoder(list[Sketch])
_added_decoder: msgspec.msgpack.Decoder[_Added] = msgspec.msgpack.Decoder(_Added)


def compare_all(store: Store, ruleset: Ruleset, settings: Settings, hands: Hands | None = None) -> Iterator[bool]:
    """Hold all reports of a run against each other: years and versions of a body, units, copied text.

    Gives one item a report whose years are compared. The bodies are gone through in other processes if there are any.
    """
    placed = place_reports(store, settings.config)
    if placed is None:
        return
    found, bodies = placed
    comparison = _Comparison(settings.config.waivers, settings.today, bodies, settings.detailed, frozenset())
    if hands is not None:
        store.share()
    common = find_common(list(_sketch_some(_Comparing(store, ruleset, comparison), hands)))
    comparing = _Comparing(store, ruleset, replace(comparison, common=common))
    if hands is None:
        for part in _part(store.places()):
            comparing.compare(part)
            yield from (True for _ in part)
    else:
        yield from _compare_apart(comparing, hands)
    comparing.compare_siblings()
    for unit in found:
        comparing.compare_members(unit)


def _part(places: Iterable[Place]) -> Iterator[list[Place]]:
    """Part the reports, in the order of their bodies; those of one body stay together."""
    part: list[Place] = []
    for _, own in groupby(places, key=lambda place: place.identity.body or place.number):
        part += own
        if len(part) >= _PART:
            yield part
            part = []
    if part:
        yield part


def _compare_apart(comparing: "_Comparing", hands: Hands) -> Iterator[bool]:
    """Compare in other processes, which read the store; what they do not answer is compared here."""
    store = comparing.store
    given = store.path, comparing.comparison
    for part, answer in hands.call((__name__, compare_part.__name__), given, _part(store.places())):
        if answer is None:
            comparing.compare(part)
        else:
            store.put_compared(*_added_decoder.decode(answer))
        yield from (True for _ in part)


def _sketch_some(comparing: "_Comparing", hands: Hands | None) -> Iterator[Sketch]:
    """Sketch as many reports, spread over all of them, as it takes to tell what is common."""
    store = comparing.store
    places = list(islice(store.places(), 0, None, max(1, store.count() // _SAMPLE)))
    parts = [places[first : first + _SKETCHED] for first in range(0, len(places), _SKETCHED)]
    if hands is None:
        answers: Iterable[tuple[list[Place], bytes | None]] = ((part, None) for part in parts)
    else:
        answers = hands.call((__name__, sketch_part.__name__), (store.path, comparing.comparison), parts)
    for part, answer in answers:
        yield from comparing.sketch_all(part) if answer is None else from_bytes(answer, _sketches_decoder)


def sketch_part(given: tuple[Path, "_Comparison"], part: list[Place], knowledge: Knowledge) -> bytes:
    """Sketch some reports for another process."""
    path, comparison = given
    return to_bytes(list(_Comparing(Store(path), knowledge.ruleset, comparison).sketch_all(part)))


def compare_part(given: tuple[Path, "_Comparison"], part: list[Place], knowledge: Knowledge) -> bytes:
    """Compare some bodies for another process, and give what there is to keep as bytes."""
    path, comparison = given
    keeping = _Keeping(path)
    _Comparing(keeping, knowledge.ruleset, comparison).compare(part)
    return msgspec.msgpack.encode((keeping.added, keeping.sketched))


class _Keeping(Store):
    """A store that another process owns: what is put into it is kept until that one is told of it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.added: list[tuple[int, bytes]] = []
        self.sketched: list[tuple[int, bytes]] = []

    def add(self, number: int, added: Added) -> None:
        """Keep what is added to a report to tell of it."""
        self.added.append((number, freeze_added(added)))

    def put_sketch(self, number: int, sketch: Sketch) -> None:
        """Keep the sketch of a report to tell of it."""
        self.sketched.append((number, freeze_sketch(sketch)))


class _Comparison(msgspec.Struct, frozen=True):
    """By what reports are compared. `bodies` are the keys of the names that the configuration uses.

    `common` are the hashes of sentences that are nobody's own.
    """

    waivers: tuple[Waiver, ...]
    today: date
    bodies: Mapping[str, str]
    detailed: bool
    common: frozenset[int]


class _Comparing(msgspec.Struct, frozen=True):
    """What is compared and by what."""

    store: Store
    ruleset: Ruleset
    comparison: _Comparison

    def sketch_all(self, places: Iterable[Place]) -> Iterator[Sketch]:
        """Sketch some reports."""
        for place in places:
            report = self.store.get_report(place.number)
            yield sketch(report, self.ruleset, place.identity.body, place.identity.name)

    def compare(self, places: Iterable[Place]) -> None:
        """Compare the reports of some bodies; of a report of nobody it is told that it is."""
        for body, group in groupby(places, key=lambda place: place.identity.body):
            if body:
                self.compare_body(list(group))
                continue
            for place in group:
                report = self.store.get_report(place.number)
                self.add(place, tell_unplaced(report, place.identity, self.ruleset), report)

    def compare_body(self, places: Sequence[Place]) -> None:
        """Compare the reports of one body: its years, and the versions of one year."""
        kept = {place.number: self.store.get_report(place.number) for place in places}
        reports = {}
        sketches = {}
        for place in places:
            reports[place.number] = report = replace(kept[place.number], year=place.identity.year)
            identity = place.identity
            own, sketches[report.source] = sketch_twice(report, self.ruleset, identity.body, identity.name)
            if not self.ruleset.family(report.form):
                self.store.put_sketch(place.number, own)
        found: dict[int, list[Outcome]] = {place.number: [] for place in places}
        number_of = {id(report): number for number, report in reports.items()}
        compared = compare_years(list(reports.values()), self.ruleset, self.comparison.common, sketches)
        self._sort(compared, places[0].number, number_of, found)
        for year, group in groupby(places, key=lambda place: place.identity.year):
            versions = [reports[place.number] for place in group]
            if year is not None and len(versions) > 1:
                number = number_of[id(versions[0])]
                self._sort(compare_versions(versions, self.ruleset), number, number_of, found)
        for place in places:
            unplaced = tell_unplaced(reports[place.number], place.identity, self.ruleset)
            self.add(place, [*unplaced, *found[place.number]], kept[place.number])

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

    def compare_siblings(self) -> None:
        """Look in each group of siblings for text that one report shares with another."""
        for _, group in groupby(self.store.sketches(), key=lambda kept: kept[0]):
            numbers = {own.source: (number, own) for _, number, own in group}
            for copy in find_copies([own for _, own in numbers.values()], self.ruleset, self.comparison.common):
                number, own = numbers[copy.own.source]
                place = Place(number, Identity(own.body, own.name, own.year), "")
                self.add(place, tell_copied_sibling(self.store.get_report(number), copy, self.ruleset))

    def compare_members(self, unit: Unit) -> None:
        """Compare the reports of a body with those of its members, year by year."""
        bodies = self.comparison.bodies
        wholes = {
            place.identity.year: (place, report)
            for place in self.store.places_of(bodies.get(unit.body, ""))
            if not self.ruleset.family((report := self.store.get_report(place.number)).form)
        }
        members: dict[int | None, dict[str, Report]] = {}
        for name in unit.members:
            for place in self.store.places_of(bodies.get(name, "")):
                if place.identity.year in wholes:
                    report = self.store.get_report(place.number)
                    if not self.ruleset.family(report.form):
                        members.setdefault(place.identity.year, {})[name] = report
        for year, reports in members.items():
            whole, own = wholes[year]
            found: dict[int, list[Outcome]] = {whole.number: []}
            self._sort(compare_unit(unit, own, reports, self.ruleset), whole.number, {id(own): whole.number}, found)
            self.add(whole, found[whole.number])

    def add(self, place: Place, outcomes: Iterable[Outcome], known: Report | None = None) -> None:
        """Add what was found of a report, `known` or kept, to its result; what a waiver covers was not assessed."""
        added = tuple(
            self._waive(place.identity, outcome)
            for outcome in outcomes
            if self.comparison.detailed or outcome.verdict is not Verdict.HOLDS
        )
        if added:
            report = known or self.store.get_report(place.number)
            self.store.add(place.number, (tuple(to_findings(report, self.ruleset, added)), added))

    def _waive(self, identity: Identity, outcome: Outcome) -> Outcome:
        if outcome.verdict is not Verdict.BROKEN or not self.comparison.waivers:
            return outcome
        rule = self.ruleset.rule(outcome.rule)
        waivers, bodies, today = self.comparison.waivers, self.comparison.bodies, self.comparison.today
        waiver = find_waiver(rule, identity.body, identity.year, waivers, bodies, today)
        return outcome if waiver is None else waive(outcome)
