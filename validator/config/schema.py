"""What gouji.toml may say, in the words of the file, and the Config that the program works with.

The types of the file are plain frozen dataclasses, which say all that is needed to check it (validator/records.py).
A key of the file has a dash where its field has an underscore; `from_` is the key `from`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from validator.model.bilingual import Language
from validator.model.config import Exemption, Renaming, Unit, Waiver

from .globs import Globs

FailOn = Literal["error", "warning", "never"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionEntry:
    """[[exemption]]: findings that are not told."""

    reason: str
    until: str
    path: str = ""
    body: str = ""
    year: int | None = None
    rule: str = ""
    cell: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverEntry:
    """[[waiver]]: why two reports of a body do not agree."""

    reason: str
    body: str = ""
    year: int | None = None
    rule: str = "continuity"
    until: str = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedEntry:
    """[[renamed]]: two names of one body."""

    from_: str
    to: str
    since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """[[unit]]: a body whose report counts those of its members."""

    body: str
    members: tuple[str, ...]
    exact: bool = False
    scope: str = ""


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
    exemption: tuple[ExemptionEntry, ...] = ()
    waiver: tuple[WaiverEntry, ...] = ()
    renamed: tuple[RenamedEntry, ...] = ()
    unit: tuple[UnitEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a user has set, None or nothing where nothing is set. Paths are as seen from the working directory.

    `file` is the file it was read from ("" for none), `folder` the folder that its patterns of paths start from, and
    `lines` the lines of its keys, for errors that show later. `inline_ignore`: comments inside reports count.
    """

    file: str = ""
    folder: Path = field(default_factory=Path.cwd)
    paths: tuple[Path, ...] = ()
    exclude: Globs = field(default_factory=Globs)
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
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, repr=False)

    def excludes(self, path: Path) -> bool:
        """Whether a file, as seen from the working directory, is one of those to leave out."""
        return self.exclude.match(path_within(path, self.folder))


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
