"""What gouji.toml may say, in the words of the file, and the Config that the program works with.

The types of the file are records, which say all that is needed to check it (validator/records.py).
A key of the file has a dash where its field has an underscore; `from_` is the key `from`.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from validator.model.bilingual import Language
from validator.records import Record

FailOn = Literal["error", "warning", "never"]
Steps = tuple[str | int, ...]
"""The keys and numbers (from 0) that lead to a value."""

NEVER = "never"
"""Stands for a last day where there is none."""


class Exemption(Record, frozen=True):
    """Findings that are not to be told, and why: those that meet every condition that is not empty.

    Of the report: `path` is a pattern of its file, `body` its name, `year` its year. Of the finding: `rule` is a rule
    id or a group, `cell` the address of a cell it names or a pattern of such, `fingerprint` its own. `until` is the
    last day on which it holds ("2026-12-31"), or "never".
    """

    reason: str
    until: str
    path: str = ""
    body: str = ""
    year: int | None = None
    rule: str = ""
    cell: str = ""
    fingerprint: str = ""


class Waiver(Record, frozen=True, kw_only=True):
    """A reason why what does not agree between reports of a body is right: a merger, a changed scope.

    `body` is its name, "" for every body; `year` is that of the later report, None for every year; `rule` is a rule
    id or a group. `until` is the last day on which it counts, or "never".
    """

    reason: str
    body: str = ""
    year: int | None = None
    rule: str = "continuity"
    until: str = NEVER


class Renaming(Record, frozen=True):
    """A body that has another name, from the report of year `since` on or, if that is None, at any time.

    Reports under both names are of one body and are held against each other.
    """

    from_: str
    to: str
    since: int | None = None


class Unit(Record, frozen=True):
    """A body whose report counts what its members' reports count, each given by name.

    `exact`: the figures of the members, all of them listed, must add up to those of the body; otherwise they must not
    come to more. `scope` says in the user's words what the sum covers, for the messages.
    """

    body: str
    members: tuple[str, ...]
    exact: bool = False
    scope: str = ""


def has_ended(until: str, today: date) -> bool:
    """Whether the last day of an exemption or a waiver is over."""
    return until != NEVER and date.fromisoformat(until) < today


class Globs(msgspec.Struct, frozen=True, dict=True):
    """Patterns of which a path may match any, with what lies beneath a folder that matches.

    `*` and `?` stay within a name, `**` goes through folders, `[…]` is a set of characters. A pattern without a slash
    fits a file or folder of that name at any depth, one with a slash counts from the folder of the configuration.
    """

    patterns: tuple[str, ...] = ()

    def match(self, path: str) -> bool:
        """Whether a path, with forward slashes, fits one of the patterns."""
        return self._compiled is not None and self._compiled.match(path) is not None

    @cached_property
    def _compiled(self) -> re.Pattern[str] | None:
        if not self.patterns:
            return None
        return re.compile("|".join(map(_translate, self.patterns)), re.DOTALL)


def _translate(pattern: str) -> str:
    pattern = pattern.replace("\\", "/").removeprefix("./")
    anchored = "/" in pattern.rstrip("/")
    pattern = pattern.strip("/")
    pieces = ["" if anchored else "(?:.*/)?"]
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if pattern.startswith("**/", at):
            pieces.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("**", at):
            pieces.append(".*")
            at += 2
        elif character == "[" and (end := pattern.find("]", at + 2)) > 0:
            inner = pattern[at + 1 : end]
            inner = "^" + inner[1:] if inner[0] in "!^" else inner
            pieces.append(f"[{inner.replace('[', chr(92) + '[')}]")
            at = end + 1
        else:
            pieces.append({"*": "[^/]*", "?": "[^/]"}.get(character) or re.escape(character))
            at += 1
    return f"(?:{''.join(pieces)})(?:/.*)?\\Z"


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What a user has set, None or nothing where nothing is set. Paths are as seen from the working directory.

    `file` is the file it was read from ("" for none), `folder` the folder that its patterns of paths start from, and
    `lines` the lines of its keys, for errors that show later. `inline_ignore`: comments inside reports count.
    """

    file: str = ""
    folder: Path = msgspec.field(default_factory=Path.cwd)
    paths: tuple[Path, ...] = ()
    exclude: Globs = Globs()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    forms: tuple[Path, ...] = ()
    fail_on: FailOn | None = None
    lang: Language | None = None
    jobs: int | None = None
    baseline: Path | None = None
    cache: Path | None = None
    timeout: float | None = None
    inline_ignore: bool = True
    exemptions: tuple[Exemption, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    units: tuple[Unit, ...] = ()
    lines: Mapping[Steps, int] = msgspec.field(default_factory=dict)

    def excludes(self, path: Path) -> bool:
        """Whether a file, as seen from the working directory, is one of those to leave out."""
        return bool(self.exclude.patterns) and self.exclude.match(path_within(path, self.folder))


def path_within(path: Path, folder: Path) -> str:
    """Give a path as seen from a folder, with forward slashes; outside of it, the whole path."""
    # Links are followed for the folders, not for the file: what counts is where a file is listed.
    here = Path.cwd()
    whole = _resolve(here / path.parent) / path.name
    home = _resolve(here / folder)
    return whole.relative_to(home).as_posix() if whole.is_relative_to(home) else whole.as_posix()


@lru_cache(maxsize=256)
def _resolve(folder: Path) -> Path:
    return folder.resolve()


def line_of(lines: Mapping[Steps, int], path: Steps) -> int:
    """Give the line of a value, or of the nearest table around it; 1 if there is none."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 1)
