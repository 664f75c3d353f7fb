"""A file that fits its types -> the Config, or all that its values still get wrong: dates, patterns, empty reasons."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import msgspec

from validator.model.config import Exemption, Renaming, Unit, Waiver
from validator.patterns import Pattern

from . import positions
from .faults import Wrong, refuse
from .globs import Globs
from .schema import Config, ConfigFile

_FINGERPRINT = Pattern(r"[0-9a-f]{16}")
_CONDITIONS = ("path", "body", "year", "rule", "cell", "fingerprint")
_FIRST_YEAR = 2008


class Reading(msgspec.Struct):
    """A file as it was read: where it lies, and what was met in it that is wrong."""

    file: ConfigFile
    shown: str
    folder: Path
    lines: Mapping[positions.Path, int]
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
            exemptions=tuple(self.exemption(n) for n in range(len(file.exemption))),
            waivers=tuple(self.waiver(n) for n in range(len(file.waiver))),
            renamed=tuple(self.renaming(n) for n in range(len(file.renamed))),
            units=tuple(self.unit(n) for n in range(len(file.unit))),
            lines=self.lines,
        )
        if self.wrongs:
            raise refuse(self.shown, self.wrongs, self.lines)
        return result

    def exemption(self, number: int) -> Exemption:
        """Give an exemption, which needs a reason, an end and at least one condition."""
        entry, place = self.file.exemption[number], ("exemption", number)
        conditions = {name: value for name, value in asdict(entry).items() if name in _CONDITIONS}
        if not any(conditions.values()):
            names = ", ".join(_CONDITIONS)
            self.tell(place, f"至少要写一个条件：{names}", f"give at least one condition: {names}")
        self.reason(entry.reason, place)
        self.year(entry.year, (*place, "year"))
        if entry.path:
            self.pattern(entry.path, (*place, "path"))
        if entry.fingerprint and not _FINGERPRINT.fullmatch(entry.fingerprint):
            where = (*place, "fingerprint")
            self.tell(where, f"{entry.fingerprint!r} 不是16位十六进制", f"{entry.fingerprint!r} is not 16 hex digits")
        until = self.until(entry.until, place)
        return Exemption(entry.reason, until, **conditions, line=positions.line_of(self.lines, place))

    def waiver(self, number: int) -> Waiver:
        """Give a waiver, which needs a reason."""
        entry, place = self.file.waiver[number], ("waiver", number)
        self.reason(entry.reason, place)
        self.year(entry.year, (*place, "year"))
        return Waiver(entry.body, entry.year, entry.rule, entry.reason, self.until(entry.until, place))

    def renaming(self, number: int) -> Renaming:
        """Give two names of one body, which must differ."""
        entry, place = self.file.renamed[number], ("renamed", number)
        for name, value in (("from", entry.from_), ("to", entry.to)):
            self.filled(value, (*place, name))
        if entry.from_ == entry.to:
            self.tell((*place, "to"), "新旧名称相同", "both names are the same")
        self.year(entry.since, (*place, "since"))
        return Renaming(entry.from_, entry.to, entry.since)

    def unit(self, number: int) -> Unit:
        """Give a body with its members, of which there is at least one, each once and none the body itself."""
        entry, place = self.file.unit[number], ("unit", number)
        self.filled(entry.body, (*place, "body"))
        if not entry.members:
            self.tell((*place, "members"), "至少要有一个下属单位", "give at least one member")
        for at, member in enumerate(entry.members):
            where = (*place, "members", at)
            self.filled(member, where)
            if member in entry.members[:at] or (member and member == entry.body):
                self.tell(where, f"“{member}”重复", f"{member!r} stands twice")
        return Unit(entry.body, entry.members, entry.exact, entry.scope)

    def check_numbers(self) -> None:
        """Note numbers that are out of range."""
        if self.file.jobs is not None and self.file.jobs < 0:
            self.tell(("jobs",), f"{self.file.jobs} 小于0", f"{self.file.jobs} is less than 0")
        if self.file.timeout is not None and not 0 < self.file.timeout < float("inf"):
            self.tell(("timeout",), f"{self.file.timeout:g} 不大于0", f"{self.file.timeout:g} is not greater than 0")

    def until(self, text: str, place: positions.Path) -> date | None:
        """Give the last day, None for "never"."""
        if text == "never":
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            zh, en = (
                f"{text!r} 不是日期（如 2026-12-31）或 never",
                f"{text!r} is neither a date (2026-12-31) nor 'never'",
            )
            self.tell((*place, "until"), zh, en)
        return None

    def year(self, year: int | None, place: positions.Path) -> None:
        """Note a year before the first reports or beyond all."""
        if year is not None and not _FIRST_YEAR <= year <= 2999:
            self.tell(place, f"{year} 不是报告的年度", f"{year} is no year of a report")

    def reason(self, text: str, place: positions.Path) -> None:
        """Note a reason that is blank."""
        self.filled(text, (*place, "reason"))

    def filled(self, text: str, place: positions.Path) -> None:
        """Note a text that is blank."""
        if not text.strip():
            self.tell(place, "不能空白", "must not be blank")

    def pattern(self, text: str, place: positions.Path) -> str:
        """Give a pattern of paths, after a look whether it is one."""
        try:
            Globs((text,)).match("")
        except re.error:
            self.tell(place, f"{text!r} 不是路径的模式", f"{text!r} is no pattern of paths")
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

    def tell(self, path: positions.Path, zh: str, en: str) -> None:
        """Note something wrong."""
        self.wrongs.append(Wrong(path, zh, en))
