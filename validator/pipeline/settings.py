"""What a run is asked to do."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import UnionType

import msgspec

from validator.config import Config
from validator.errors import UsageError
from validator.readers import SECONDS


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is asked to do.

    `rules` and `forms` are folders of further rules and forms; `select` and `ignore` name the rules to tell about.
    `detailed` gives the outcomes that hold as well; with `pages` the processes of the run wait for those of a site;
    `lean` no cells of a report of which nothing is told. `scans` reads
    pictures where the extra is installed. `jobs` is the
    number of processes (1: this one alone; 0: as many as are of use), `timeout` the seconds that one file may take in a
    process of its own, `executor` an engine elsewhere ("dask://HOST:PORT"). `cache` is a folder for what was found
    before; `shard` is the share of the files to check (number from 1, of how many).

    `config` says what is known of the bodies and what is left out; `baseline` is a file of known findings,
    `reviews` a list of problems that people have filled in;
    `changed_since` is a revision of git, and only what has changed since is checked. `today` is the day by which
    exemptions and waivers end.
    """

    rules: tuple[Path, ...] = ()
    forms: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    diagnosis: bool = True
    detailed: bool = False
    pages: bool = False
    lean: bool = False
    scans: bool = True
    jobs: int = 1
    timeout: float = SECONDS
    executor: str = ""
    cache: Path | None = None
    shard: tuple[int, int] | None = None
    config: Config = msgspec.field(default_factory=Config)
    baseline: Path | None = None
    reviews: Path | None = None
    changed_since: str = ""
    today: date = msgspec.field(default_factory=date.today)

    def __post_init__(self) -> None:
        """Take one path or name for several, and texts for paths; UsageError for what is nothing of the kind."""
        for name in ("rules", "forms"):
            self._set(name, tuple(Path(self._path(name, path)) for path in _several(getattr(self, name))))
        for name in ("cache", "baseline", "reviews"):
            path = getattr(self, name)
            self._set(name, None if path is None else Path(self._path(name, path)))
        for name in ("select", "ignore"):
            names = tuple(_several(getattr(self, name)))
            self._demand(name, all(isinstance(one, str) and one for one in names), "rule, …")
            self._set(name, names)
        for name in ("diagnosis", "detailed", "pages", "lean", "scans"):
            self._demand(name, isinstance(getattr(self, name), bool), "True, False")
        for name in ("executor", "changed_since"):
            self._demand(name, isinstance(getattr(self, name), str), "str")
        self._demand("jobs", _is_number(self.jobs, int) and self.jobs >= 0, "0, 1, 2, …")
        self._demand("timeout", _is_number(self.timeout, int | float) and self.timeout > 0, "> 0")
        shard = self.shard
        fits = isinstance(shard, tuple) and len(shard) == 2 and all(_is_number(n, int) for n in shard)
        self._demand("shard", shard is None or (fits and 1 <= shard[0] <= shard[1]), "(i, n), 1 ≤ i ≤ n")
        self._demand("config", isinstance(self.config, Config), "Config")
        self._demand("today", isinstance(self.today, date), "date")

    def _set(self, name: str, value: object) -> None:
        msgspec.structs.force_setattr(self, name, value)

    def _path(self, name: str, path: object) -> str | os.PathLike[str]:
        if isinstance(path, str | os.PathLike) and os.fspath(path):
            return path
        raise UsageError.of("bad-setting", name=name, wanted="path", found=repr(path))

    def _demand(self, name: str, fits: bool, wanted: str) -> None:
        if not fits:
            raise UsageError.of("bad-setting", name=name, wanted=wanted, found=repr(getattr(self, name)))


def _several(given: object) -> Iterable[object]:
    """Give one thing or several as several."""
    return given if isinstance(given, Iterable) and not isinstance(given, str | bytes) else (given,)


def _is_number(value: object, kind: UnionType | type) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)
