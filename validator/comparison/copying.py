"""What share of a report's text stands in another: in last year's, or in a sibling's of the same year."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from validator.checking.wording import list_names, plain
from validator.model.bilingual import Bilingual
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Report
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Kind, Rule
from validator.words import line

from .linked import Years
from .sketches import CopyRule, Sketch, find_passages, own_names

_MOST_TWINS = 20
"""A sentence is looked up in so many reports at most, the first ones by source."""

_MANY = 50
_COMMON = 0.5
"""Among many reports, a sentence that more than this share of them has is nobody's own."""

_RELATED = 0.3
_FEWEST_SHARED = 3
"""From here on a report draws on another so much that a name left in its text is no chance."""

_LONGEST = 60


class Copy(NamedTuple):
    """How much of a report stands in another: characters shared and counted, by section (a number of the sketch)."""

    own: Sketch
    other: Sketch
    shared: Mapping[int, int]
    counted: Mapping[int, int]
    marks: frozenset[int]

    @property
    def share(self) -> float:
        """The share of the whole text."""
        return sum(self.shared.values()) / max(sum(self.counted.values()), 1)

    def sections_from(self, percent: int, characters: int) -> list[int]:
        """Give the sections of so many characters at least that are shared from this percentage on."""
        return [
            section
            for section, count in self.counted.items()
            if count >= characters and 100 * self.shared.get(section, 0) >= percent * count
        ]

    def is_telling(self, rule: CopyRule) -> bool:
        """Say whether the whole text or one of its sections is shared as the rule says."""
        whole = sum(self.counted.values()) >= rule.characters and 100 * self.share >= rule.percent
        return whole or bool(self.sections_from(rule.percent, rule.characters))


def compare_sketches(own: Sketch, other: Sketch, common: Collection[int] = frozenset()) -> Copy:
    """Compare a report with another; sentences whose hash is among the common ones do not count.

    A sentence of the other that still names that body is shared as well.
    """
    there = {*array("Q", other.hashes), *other.named}
    shared: Counter[int] = Counter()
    counted: Counter[int] = Counter()
    marks = set()
    for mark, length, section in _rows(own):
        if mark not in common:
            counted[section] += length
            if mark in there:
                shared[section] += length
                marks.add(mark)
    return Copy(own, other, shared, counted, frozenset(marks))


def _rows(own: Sketch) -> Iterator[tuple[int, int, int]]:
    return zip(array("Q", own.hashes), array("H", own.lengths), array("H", own.sections), strict=True)


def find_common(sketches: Collection[Sketch]) -> frozenset[int]:
    """Give the hashes of sentences that a large share of many reports have; none where the reports are few."""
    if len(sketches) < _MANY:
        return frozenset()
    count = Counter(mark for own in sketches for mark in set(array("Q", own.hashes)))
    return frozenset(mark for mark, number in count.items() if number > _COMMON * len(sketches))


def find_copies(sketches: Sequence[Sketch], ruleset: Ruleset, common: Collection[int] = frozenset()) -> Iterator[Copy]:
    """Give for each report of a group of siblings, all of one year, the other body's report that it shares most with.

    Only what one of the rules would tell of is given. Of two that are copies of each other, the later by source is
    told of. The time grows with the number of sentences, not with the number of pairs.
    """
    rules = [rule for rule in ruleset.rules if isinstance(rule, CopyRule) and rule.kind == "copied-sibling"]
    ordered = sorted(sketches, key=lambda own: own.source)
    index: dict[int, list[int]] = {}
    for number, own in enumerate(ordered):
        for mark in {*array("Q", own.hashes), *own.named}.difference(common):
            twins = index.setdefault(mark, [])
            if len(twins) < _MOST_TWINS:
                twins.append(number)
    for number, own in enumerate(ordered):
        nearest = _nearest(number, own, ordered, index)
        if nearest is None:
            continue
        copy, other = compare_sketches(own, ordered[nearest], common), ordered[nearest]
        if any(copy.is_telling(rule) for rule in rules):
            back = compare_sketches(other, own, common)
            if nearest < number or not any(back.is_telling(rule) for rule in rules):
                yield copy
                continue
        if copy.share >= _RELATED and _names_left(own, other):
            yield copy


def _nearest(number: int, own: Sketch, ordered: Sequence[Sketch], index: Mapping[int, Sequence[int]]) -> int | None:
    """Give the number of the report of another body that shares most characters, the first of several."""
    shared: Counter[int] = Counter()
    for mark, length, _ in _rows(own):
        for twin in index.get(mark, ()):
            if twin != number and (ordered[twin].body != own.body or not own.body):
                shared[twin] += length
    return min(shared, key=lambda twin: (-shared[twin], twin)) if shared else None


def _names_left(own: Sketch, other: Sketch) -> frozenset[int]:
    return other.named.intersection(array("Q", own.hashes))


def tell_copied_sibling(report: Report, copy: Copy, ruleset: Ruleset) -> Iterator[Outcome]:
    """Give the outcomes of what a report shares with a sibling: the share, and names of that body left in."""
    for rule, kind in ruleset.rules_about("siblings", report.form):
        yield from kind.check(rule, report, copy, ruleset)


def check_sibling(rule: CopyRule, report: Report, copy: Copy, ruleset: Ruleset) -> Iterator[Outcome]:
    """Give an outcome if a report shares so much with a sibling as the rule says."""
    if copy.is_telling(rule):
        yield _tell_share(rule, report, copy, ruleset, {"other": plain(copy.other.name or copy.other.source)})


def check_last_year(rule: CopyRule, years: Years) -> Iterator[Outcome]:
    """Give the outcome of what a report shares with last year's, that of its versions which shares most."""
    report, series = years.own.report, years.series
    here, there = series.sketches[report.source], [series.sketches[sheet.report.source] for sheet in years.last]
    copy = max((compare_sketches(here, other, series.common) for other in there), key=lambda copy: copy.share)
    if copy.is_telling(rule):
        yield _tell_share(rule, report, copy, years.own.ruleset, {"last_year": plain(copy.other.year or "")})
    else:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)


def _tell_share(
    rule: CopyRule, report: Report, copy: Copy, ruleset: Ruleset, values: Mapping[str, Bilingual]
) -> Outcome:
    own, other = copy.own, copy.other
    told = copy.sections_from(rule.percent, rule.characters) or list(copy.shared)
    names = [_section(own.section_names[s], 100 * copy.shared.get(s, 0) // max(copy.counted[s], 1)) for s in told]
    places = list(
        dict.fromkeys(
            passage.location for passage in find_passages(report, ruleset, own.names) if passage.mark in copy.marks
        )
    )
    there: list[Location] = [
        OtherFilePlace(other.source, place)
        for section, place in zip(other.section_names, other.starts, strict=True)
        if section in {own.section_names[s] for s in told}
    ]
    return Outcome(
        rule.id,
        "",
        Verdict.BROKEN,
        rule.worst,
        location=places[0] if places else None,
        values={
            **values,
            "percent": plain(int(100 * copy.share)),
            "sections": list_names(names),
            "characters": plain(sum(copy.shared.values())),
        },
        related=(*places[1:], *there),
    )


def _section(name: str, percent: int) -> Bilingual:
    if not name:
        return line("named-opening", percent=percent)
    return line("named-section", name=name, percent=percent)


def check_names(rule: Rule, report: Report, copy: Copy, ruleset: Ruleset) -> Iterator[Outcome]:
    """Tell of sentences that are the other body's own and still name it, where the report draws on it."""
    left = _names_left(copy.own, copy.other)
    if not left or len(copy.marks) < _FEWEST_SHARED or copy.share < _RELATED:
        return
    own = "".join((*own_names(copy.own.name), report.organization or ""))
    foreign = [name for name in copy.other.names if name not in own]
    found = [
        (passage, name)
        for passage in find_passages(report, ruleset, copy.own.names)
        if passage.mark in left and (name := next((n for n in foreign if n in passage.text), ""))
    ]
    if found:
        (first, name), *rest = found
        text = first.text if len(first.text) <= _LONGEST else f"{first.text[:_LONGEST]}……"
        values = {
            "quote": plain(text),
            "name": plain(name),
            "other": plain(copy.other.name or copy.other.source),
            "count": plain(len(found)),
        }
        related = tuple(dict.fromkeys(passage.location for passage, _ in rest))
        yield Outcome(rule.id, "", Verdict.BROKEN, rule.worst, location=first.location, values=values, related=related)


KINDS = (
    Kind("copied-last-year", "years", check_last_year, ("percent", "last_year", "sections", "characters"), CopyRule),
    Kind("copied-sibling", "siblings", check_sibling, ("percent", "other", "sections", "characters"), CopyRule),
    Kind("name-left", "siblings", check_names, ("quote", "name", "other", "count")),
)
