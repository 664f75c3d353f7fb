"""gouji-baseline.json: findings that were known at one time, so that only new ones count.

A finding of a report whose body and year are known is the same in every file of that report: its fingerprint says so,
and a file may be renamed. Where body or year is not known, fingerprints of different reports can be alike, and the
finding is the same only in the same file. Files are named as seen from the folder of the baseline.
"""

import os
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from validator.errors import ConfigError
from validator.model.outcome import Finding
from validator.records import Record, Unfit, make_record
from validator.words import describe_os_error

from .schema import path_within

_SCHEMA = "gouji.baseline/1"


class Entry(Record, frozen=True, kw_only=True):
    """A known finding. `message` is for people who read the file."""

    fingerprint: str
    rule: str
    source: str
    body: str | None
    year: int | None
    message: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: its fingerprint, and its file unless body and year are known."""
        return self.fingerprint, "" if self.body and self.year else self.source


class _File(Record, frozen=True, kw_only=True):
    """The file as a whole."""

    schema: str
    findings: tuple[Entry, ...] = ()


class Baseline(msgspec.Struct, frozen=True, dict=True):
    """Known findings. `folder` is the one of their file, from which its sources are named."""

    entries: tuple[Entry, ...]
    folder: Path

    def split(
        self, findings: Sequence[Finding], source: str, body: str | None, year: int | None
    ) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Part the findings of a report into known and new ones."""
        place = "" if body and year else path_within(Path(source), self.folder)
        is_known = [(finding.fingerprint, place) in self._keys for finding in findings]
        known = tuple(finding for finding, yes in zip(findings, is_known, strict=True) if yes)
        return known, tuple(finding for finding, yes in zip(findings, is_known, strict=True) if not yes)

    @cached_property
    def _keys(self) -> frozenset[tuple[str, str]]:
        return frozenset(entry.key for entry in self.entries)


class Seen(msgspec.Struct):
    """What a run has seen of a baseline, added up one report after the other: which reports, which known findings."""

    baseline: Baseline
    known: int = 0
    sources: set[str] = msgspec.field(default_factory=set)
    reports: set[tuple[str, int]] = msgspec.field(default_factory=set)
    found: set[tuple[str, str]] = msgspec.field(default_factory=set)

    def add(
        self,
        findings: Sequence[Finding],
        source: str,
        body: str | None,
        year: int | None,
        untold: Sequence[Finding] = (),
    ) -> None:
        """Count the findings of a report that was read; a file that could not be read says nothing.

        `untold` are those that something else leaves out: they are not fixed, and not counted here.
        """
        known, _ = self.baseline.split(findings, source, body, year)
        place = path_within(Path(source), self.baseline.folder)
        self.known += len(known)
        self.sources.add(place)
        if body and year:
            self.reports.add((body, year))
        self.found.update((finding.fingerprint, "" if body and year else place) for finding in (*known, *untold))

    def fixed(self, told: Collection[str]) -> tuple[Entry, ...]:
        """Give the known findings that are gone: of rules that were `told`, in reports that were checked."""
        return tuple(
            entry
            for entry in self.baseline.entries
            if entry.rule in told
            and entry.key not in self.found
            and (entry.source in self.sources or (entry.body, entry.year) in self.reports)
        )

    def pruned(self, told: Collection[str]) -> tuple[Entry, ...]:
        """Give the entries to keep: without fixed ones, and without those of reports that are gone altogether."""
        fixed = set(self.fixed(told))
        folder = self.baseline.folder
        return tuple(
            entry
            for entry in self.baseline.entries
            if entry not in fixed and (entry.key in self.found or os.path.lexists(folder / entry.source))
        )


def make_entries(
    findings: Iterable[Finding], source: str, body: str | None, year: int | None, folder: Path
) -> list[Entry]:
    """Make entries of the findings of a report, for a baseline that lies in the folder."""
    place = path_within(Path(source), folder)
    return [
        Entry(fingerprint=f.fingerprint, rule=f.rule, source=place, body=body, year=year, message=f.message.zh)
        for f in findings
    ]


def write_baseline(entries: Iterable[Entry]) -> str:
    """Write the entries as a file: in a fixed order and one a line, so that a change shows as the lines it touches."""
    import json

    ordered = sorted(set(entries), key=lambda entry: (entry.source, entry.rule, entry.fingerprint))
    lines = ",\n".join(f"  {json.dumps(msgspec.structs.asdict(entry), ensure_ascii=False)}" for entry in ordered)
    return (
        f'{{"schema": "{_SCHEMA}", "findings": [\n{lines}\n]}}\n'
        if lines
        else f'{{"schema": "{_SCHEMA}", "findings": []}}\n'
    )


def load_baseline(path: Path) -> Baseline:
    """Read a file of known findings; ConfigError if there is none or it is something else."""
    import json

    shown = path.as_posix()
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        file = make_record(_File, data)
    except FileNotFoundError:
        raise ConfigError.of("baseline-missing", file=shown) from None
    except OSError as error:
        raise ConfigError.of("config-unreadable", path=shown, reason=describe_os_error(error)) from None
    except json.JSONDecodeError as error:
        raise ConfigError.of("baseline-not-json", file=shown, line=error.lineno, detail=error.msg) from None
    except (ValueError, RecursionError, Unfit) as error:
        raise ConfigError.of("baseline-other", file=shown, detail=str(error)) from None
    if file.schema != _SCHEMA:
        raise ConfigError.of("baseline-schema", file=shown, found=file.schema, wanted=_SCHEMA)
    return Baseline(file.findings, path.absolute().parent)
