"""A file that fits its types -> the Config, or all that it still gets wrong, in both languages, with the line.

What a file may get wrong: keys and types (found by validator/records.py), values (dates, patterns, empty reasons), and
names of rules, groups and cells that there are not.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from validator.errors import ConfigError
from validator.model.bilingual import Bilingual, Language
from validator.patterns import Pattern
from validator.records import Fault, Record
from validator.words import line
from validator.words.written_files import WANTED_IN_TOML, describe_misfit

from .schema import Config, Exemption, FailOn, Globs, Renaming, Steps, Unit, Waiver, has_ended, line_of


class ConfigFile(Record, frozen=True, kw_only=True):
    """gouji.toml as a whole."""

    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    lang: Language | None = None
    jobs: int | None = None
    baseline: str | None = None
    cache: str | None = None
    timeout: float | None = None
    inline_ignore: bool = True
    exemption: tuple[Exemption, ...] = ()
    waiver: tuple[Waiver, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    unit: tuple[Unit, ...] = ()


_FINGERPRINT = Pattern(r"[0-9a-f]{16}")
_CONDITIONS = ("path", "body", "year", "rule", "cell", "fingerprint")
_FIRST_YEAR = 2008


class Wrong(NamedTuple):
    """Something wrong at a place of the file: the keys that lead there, and the words, which may name the last key."""

    path: Steps
    said: Bilingual
    names_key: bool = False


class Reading(msgspec.Struct):
    """A file as it was read: where it lies, and what was met in it that is wrong."""

    file: ConfigFile
    shown: str
    folder: Path
    lines: Mapping[Steps, int]
    wrongs: list[Wrong] = msgspec.field(default_factory=list)

    def config(self) -> Config:
        """Give what the file sets; ConfigError tells all values that are wrong."""
        file = self.file
        self.check_numbers()
        result = Config(
            file=self.shown,
            folder=self.folder,
            paths=self.places(file.paths),
            exclude=Globs(tuple(self.pattern(text, ("exclude", n)) for n, text in enumerate(file.exclude))),
            select=file.select,
            ignore=file.ignore,
            rules=self.places(file.rules),
            forms=self.places(file.forms),
            fail_on=file.fail_on,
            lang=file.lang,
            jobs=file.jobs,
            baseline=self.place(file.baseline),
            cache=self.place(file.cache),
            timeout=file.timeout,
            inline_ignore=file.inline_ignore,
            exemptions=file.exemption,
            waivers=file.waiver,
            renamed=file.renamed,
            units=file.unit,
            lines=self.lines,
        )
        for check, name in (
            (self.check_exemption, "exemption"),
            (self.check_waiver, "waiver"),
            (self.check_renaming, "renamed"),
            (self.check_unit, "unit"),
        ):
            for number, entry in enumerate(getattr(file, name)):
                check(entry, (name, number))
        if self.wrongs:
            raise refuse(self.shown, self.wrongs, self.lines)
        return result

    def check_exemption(self, entry: Exemption, place: Steps) -> None:
        """Note what is wrong in an exemption, which needs a reason, an end and at least one condition."""
        if not any(getattr(entry, name) for name in _CONDITIONS):
            names = ", ".join(_CONDITIONS)
            self.tell(place, "config-condition", names=names)
        self.filled(entry.reason, (*place, "reason"))
        self.year(entry.year, (*place, "year"))
        if entry.path:
            self.pattern(entry.path, (*place, "path"))
        if entry.fingerprint and not _FINGERPRINT.fullmatch(entry.fingerprint):
            self.tell((*place, "fingerprint"), "config-fingerprint", text=entry.fingerprint)
        self.until(entry.until, place)

    def check_waiver(self, entry: Waiver, place: Steps) -> None:
        """Note what is wrong in a waiver, which needs a reason."""
        self.filled(entry.reason, (*place, "reason"))
        self.year(entry.year, (*place, "year"))
        self.until(entry.until, place)

    def check_renaming(self, entry: Renaming, place: Steps) -> None:
        """Note what is wrong in two names of one body, which must differ."""
        self.filled(entry.from_, (*place, "from"))
        self.filled(entry.to, (*place, "to"))
        if entry.from_ == entry.to:
            self.tell((*place, "to"), "config-renamed-same")
        self.year(entry.since, (*place, "since"))

    def check_unit(self, entry: Unit, place: Steps) -> None:
        """Note what is wrong in a body with its members: at least one, each once and none the body itself."""
        self.filled(entry.body, (*place, "body"))
        if not entry.members:
            self.tell((*place, "members"), "config-no-member")
        for at, member in enumerate(entry.members):
            where = (*place, "members", at)
            self.filled(member, where)
            if member in entry.members[:at] or (member and member == entry.body):
                self.tell(where, "config-member-twice", name=member)

    def check_numbers(self) -> None:
        """Note numbers that are out of range."""
        if self.file.jobs is not None and self.file.jobs < 0:
            self.tell(("jobs",), "config-negative", number=self.file.jobs)
        if self.file.timeout is not None and not 0 < self.file.timeout < float("inf"):
            self.tell(("timeout",), "config-not-positive", number=f"{self.file.timeout:g}")

    def until(self, text: str, place: Steps) -> None:
        """Note a last day that is none."""
        try:
            has_ended(text, date.min)
        except ValueError:
            self.tell((*place, "until"), "config-no-date", text=text)

    def year(self, year: int | None, place: Steps) -> None:
        """Note a year before the first reports or beyond all."""
        if year is not None and not _FIRST_YEAR <= year <= 2999:
            self.tell(place, "config-no-year", year=year)

    def filled(self, text: str, place: Steps) -> None:
        """Note a text that is blank."""
        if not text.strip():
            self.tell(place, "config-blank")

    def pattern(self, text: str, place: Steps) -> str:
        """Give a pattern of paths, after a look whether it is one."""
        try:
            Globs((text,)).match("")
        except re.error:
            self.tell(place, "config-no-pattern", text=text)
        self.filled(text, place)
        return text

    def places(self, texts: Sequence[str]) -> tuple[Path, ...]:
        """Give paths of the file as seen from the working directory."""
        return tuple(place for text in texts if (place := self.place(text)) is not None)

    def place(self, text: str | None) -> Path | None:
        """Give a path of the file, which starts from its folder, as seen from the working directory."""
        if text is None:
            return None
        path = self.folder / text
        if Path(text).is_absolute():
            return path
        try:
            return Path(os.path.relpath(path))
        except ValueError:  # another drive
            return path

    def tell(self, path: Steps, key: str, **values: str | int) -> None:
        """Note something wrong, by its line of the catalogue."""
        self.wrongs.append(Wrong(path, line(key, **values)))


_ARRAYS = ("exemption", "waiver", "renamed", "unit")


def describe_fault(fault: Fault) -> Wrong:
    """Say in both languages what does not fit its type; keys are those of the file."""
    path = tuple(file_key(step) if isinstance(step, str) else step for step in fault.path)
    if fault.wanted == "a list" and len(path) == 1 and path[0] in _ARRAYS:
        return Wrong(path, line("config-array", name=path[0]))
    if fault.kind in ("unknown-key", "missing"):
        fault = fault._replace(found=file_key(str(fault.found)), near=file_key(fault.near))
    unknown = fault.kind == "unknown-key"
    said = describe_misfit(fault, WANTED_IN_TOML)
    return Wrong((*path, str(fault.found)) if unknown else path, said, names_key=unknown)


def ask_near(near: str) -> Bilingual:
    """Ask whether the nearest right name is meant; nothing where none is near."""
    return line("did-you-mean", near=near) if near else Bilingual("", "")


def refuse(file: str, wrongs: Iterable[Wrong], lines: Mapping[Steps, int], table: Steps = ()) -> ConfigError:
    """Make the error that tells all that is wrong in a file, line by line; the configuration begins at `table`."""
    placed = sorted(((line_of(lines, (*table, *wrong.path)), wrong) for wrong in wrongs), key=lambda pair: pair[0])
    said = [line("at-line", place=file, line=number, what=_with_lead(wrong)) for number, wrong in placed]
    return ConfigError("\n".join(one.en for one in said), "\n".join(one.zh for one in said))


def file_key(field: str) -> str:
    """Give the key of the file for a field, and the field for a key: dashes against underscores."""
    if field in ("from", "from_"):
        return "from_" if field == "from" else "from"
    return field.translate(_SWAPPED)


_SWAPPED = str.maketrans("-_", "_-")


def _with_lead(wrong: Wrong) -> Bilingual:
    """Name the place before what is wrong there: "exemption 2, until: must not be blank"."""
    words: list[str] = []
    for step in wrong.path[:-1] if wrong.names_key else wrong.path:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    lead = ", ".join(words)
    return Bilingual(f"{lead}：{wrong.said.zh}", f"{lead}: {wrong.said.en}") if lead else wrong.said
