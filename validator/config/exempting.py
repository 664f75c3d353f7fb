"""Exemptions held against findings: which are told, which are not, and which exemptions are of no more use."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

import msgspec

from validator.characters import fold
from validator.model.outcome import Finding

from .schema import Exemption, Globs, has_ended, path_within


class Parted(msgspec.Struct, frozen=True):
    """The findings of a report: those to tell, and those that exemptions leave out.

    `fitting` are the exemptions (by number) whose conditions on the report it meets, `used` those that leave out a
    finding, `late` those that would if they had not expired, one for each finding.
    """

    kept: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    fitting: tuple[int, ...] = ()
    used: tuple[int, ...] = ()
    late: tuple[int, ...] = ()


class Exempting(msgspec.Struct, frozen=True, dict=True):
    """The exemptions of a run. `groups` gives the group of each rule; `folder` is where patterns of paths start."""

    exemptions: Sequence[Exemption]
    folder: Path
    groups: Mapping[str, str]
    today: date

    def part(self, findings: Sequence[Finding], source: str, body: str | None, year: int | None) -> Parted:
        """Part the findings of a report, whatever was parted before: the same findings always give the same."""
        place = path_within(Path(source), self.folder) if self._paths else ""
        fitting = tuple(n for n in range(len(self.exemptions)) if self._fits_report(n, place, body, year))
        if not fitting:
            return Parted(tuple(findings))
        kept: list[Finding] = []
        suppressed: list[Finding] = []
        used: list[int] = []
        late: list[int] = []
        for finding in findings:
            matching = [n for n in fitting if self._fits_finding(self.exemptions[n], finding)]
            valid = [n for n in matching if not self._expired(self.exemptions[n])]
            (suppressed if valid else kept).append(finding)
            used += valid
            late += [n for n in matching if n not in valid]
        return Parted(tuple(kept), tuple(suppressed), fitting, tuple(used), tuple(late))

    def _fits_report(self, number: int, place: str, body: str | None, year: int | None) -> bool:
        exemption = self.exemptions[number]
        if exemption.year is not None and exemption.year != year:
            return False
        if exemption.body and fold(exemption.body).strip() != fold(body or "").strip():
            return False
        return number not in self._paths or self._paths[number].match(place)

    def _fits_finding(self, exemption: Exemption, finding: Finding) -> bool:
        if exemption.fingerprint and exemption.fingerprint != finding.fingerprint:
            return False
        if exemption.rule and exemption.rule not in (finding.rule, self.groups.get(finding.rule)):
            return False
        return not exemption.cell or any(fnmatchcase(cell, exemption.cell) for cell in finding.cells)

    def _expired(self, exemption: Exemption) -> bool:
        return has_ended(exemption.until, self.today)

    @cached_property
    def _paths(self) -> Mapping[int, Globs]:
        return {n: Globs((exemption.path,)) for n, exemption in enumerate(self.exemptions) if exemption.path}


class Use(msgspec.Struct):
    """What has become of each exemption in the reports of a run, added up one report after the other."""

    suppressed: int = 0
    fitted: dict[int, int] = msgspec.field(default_factory=dict)
    used: dict[int, int] = msgspec.field(default_factory=dict)
    late: dict[int, int] = msgspec.field(default_factory=dict)

    def add(self, parted: Parted) -> None:
        """Count what the exemptions did to one report."""
        self.suppressed += len(parted.suppressed)
        for counts, numbers in ((self.fitted, parted.fitting), (self.used, parted.used), (self.late, parted.late)):
            for number in numbers:
                counts[number] = counts.get(number, 0) + 1

    def expired(self) -> list[tuple[int, int]]:
        """Give the exemptions (by number) that have expired while they still match, with the findings told again."""
        return sorted(self.late.items())

    def idle(self, exemptions: Iterable[Exemption], *, whole: bool) -> list[int]:
        """Give the exemptions (by number) that match nothing any more.

        Unless the run was `whole` (all files, all rules), only those can be judged that name a report, if that report
        was checked.
        """
        return [
            number
            for number, exemption in enumerate(exemptions)
            if number not in self.used
            and number not in self.late
            and (whole or (number in self.fitted and (exemption.path or exemption.body or exemption.year is not None)))
        ]
