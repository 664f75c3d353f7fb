"""A file that fits its types -> the Config, or all that it still gets wrong, in both languages, with the line.

What a file may get wrong: keys and types (found by validator/records.py), values (dates, patterns, empty reasons), and
names of rules, groups and cells that there are not.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import msgspec

from validator.errors import ConfigError
from validator.model.bilingual import Language
from validator.patterns import Pattern
from validator.records import Fault

from .schema import Config, Exemption, FailOn, Globs, Renaming, Steps, Unit, Waiver, has_ended, line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
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


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something wrong at a place of the file: the keys that lead there, and the words, which may name the last key."""

    path: Steps
    zh: str
    en: str
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
            self.tell(place, f"至少要写一个条件：{names}", f"give at least one condition: {names}")
        self.filled(entry.reason, (*place, "reason"))
        self.year(entry.year, (*place, "year"))
        if entry.path:
            self.pattern(entry.path, (*place, "path"))
        if entry.fingerprint and not _FINGERPRINT.fullmatch(entry.fingerprint):
            where = (*place, "fingerprint")
            self.tell(where, f"{entry.fingerprint!r} 不是16位十六进制", f"{entry.fingerprint!r} is not 16 hex digits")
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
            self.tell((*place, "to"), "新旧名称相同", "both names are the same")
        self.year(entry.since, (*place, "since"))

    def check_unit(self, entry: Unit, place: Steps) -> None:
        """Note what is wrong in a body with its members: at least one, each once and none the body itself."""
        self.filled(entry.body, (*place, "body"))
        if not entry.members:
            self.tell((*place, "members"), "至少要有一个下属单位", "give at least one member")
        for at, member in enumerate(entry.members):
            where = (*place, "members", at)
            self.filled(member, where)
            if member in entry.members[:at] or (member and member == entry.body):
                self.tell(where, f"“{member}”重复", f"{member!r} stands twice")

    def check_numbers(self) -> None:
        """Note numbers that are out of range."""
        if self.file.jobs is not None and self.file.jobs < 0:
            self.tell(("jobs",), f"{self.file.jobs} 小于0", f"{self.file.jobs} is less than 0")
        if self.file.timeout is not None and not 0 < self.file.timeout < float("inf"):
            self.tell(("timeout",), f"{self.file.timeout:g} 不大于0", f"{self.file.timeout:g} is not greater than 0")

    def until(self, text: str, place: Steps) -> None:
        """Note a last day that is none."""
        try:
            has_ended(text, date.min)
        except ValueError:
            zh, en = (
                f"{text!r} 不是日期（如 2026-12-31）或 never",
                f"{text!r} is neither a date (2026-12-31) nor 'never'",
            )
            self.tell((*place, "until"), zh, en)

    def year(self, year: int | None, place: Steps) -> None:
        """Note a year before the first reports or beyond all."""
        if year is not None and not _FIRST_YEAR <= year <= 2999:
            self.tell(place, f"{year} 不是报告的年度", f"{year} is no year of a report")

    def filled(self, text: str, place: Steps) -> None:
        """Note a text that is blank."""
        if not text.strip():
            self.tell(place, "不能空白", "must not be blank")

    def pattern(self, text: str, place: Steps) -> str:
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

    def tell(self, path: Steps, zh: str, en: str) -> None:
        """Note something wrong."""
        self.wrongs.append(Wrong(path, zh, en))


_LONGEST = 60
_ARRAYS = ("exemption", "waiver", "renamed", "unit")
_WANTED = {
    "true or false": "true 或 false",
    "a number": "数",
    "a whole number": "整数",
    "a text": "文字（要加引号）",
    "a list": "列表（要加方括号）",
    "keys with values": "表",
}


def describe_fault(fault: Fault) -> Wrong:
    """Say in both languages what does not fit its type; keys are those of the file."""
    path = tuple(file_key(step) if isinstance(step, str) else step for step in fault.path)
    if fault.kind == "unknown-key":
        key = file_key(str(fault.found))
        zh, en = f"没有“{key}”这个键", f"unknown key {key!r}"
        return replace(near_wrong((*path, key), zh, en, file_key(fault.near)), names_key=True)
    if fault.kind == "missing":
        key = file_key(str(fault.found))
        return Wrong(path, f"缺少“{key}”", f"the key {key!r} is missing")
    found = _show(fault.found)
    if fault.kind == "choice":
        choices = ", ".join(fault.choices)
        return near_wrong(path, f"{found} 不是 {choices} 之一", f"{found} is not one of {choices}", fault.near)
    if fault.wanted == "a list" and len(path) == 1 and path[0] in _ARRAYS:
        return Wrong(path, f"要写成双方括号 [[{path[0]}]]", f"write it in double brackets: [[{path[0]}]]")
    if fault.kind == "type":
        return Wrong(path, f"{found} 不是{_WANTED[fault.wanted]}", f"{found} is not {fault.wanted}")
    return Wrong(path, f"{found}：{fault.wanted}", f"{found}: {fault.wanted}")


def near_wrong(path: Steps, zh: str, en: str, near: str) -> Wrong:
    """Make what is wrong with the nearest right name, if one is near."""
    return Wrong(path, f"{zh}；是否应为“{near}”？", f"{en}; did you mean {near!r}?") if near else Wrong(path, zh, en)


def refuse(file: str, wrongs: Iterable[Wrong], lines: Mapping[Steps, int], table: Steps = ()) -> ConfigError:
    """Make the error that tells all that is wrong in a file, line by line; the configuration begins at `table`."""
    placed = sorted(((line_of(lines, (*table, *wrong.path)), wrong) for wrong in wrongs), key=lambda pair: pair[0])
    zh = "\n".join(f"{file} 第{line}行：{_lead(wrong, '：')}{wrong.zh}" for line, wrong in placed)
    en = "\n".join(f"{file}, line {line}: {_lead(wrong, ': ')}{wrong.en}" for line, wrong in placed)
    return ConfigError(en, zh)


def file_key(field: str) -> str:
    """Give the key of the file for a field, and the field for a key: dashes against underscores."""
    if field in ("from", "from_"):
        return "from_" if field == "from" else "from"
    return field.translate(_SWAPPED)


_SWAPPED = str.maketrans("-_", "_-")


def _lead(wrong: Wrong, mark: str) -> str:
    """Name the place: "exemption 2, until: "."""
    words: list[str] = []
    for step in wrong.path[:-1] if wrong.names_key else wrong.path:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words) + mark if words else ""


def _show(found: object) -> str:
    text = repr(found)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
