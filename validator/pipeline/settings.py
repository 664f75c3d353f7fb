"""What a run is asked to do."""

from datetime import date
from pathlib import Path

import msgspec

from validator.config import Config
from validator.readers import SECONDS


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is asked to do.

    `rules` and `forms` are folders of further rules and forms; `select` and `ignore` name the rules to tell about.
    `detailed` gives the outcomes that hold as well. `jobs` is the number of processes (0: as many as are of use),
    `timeout` the seconds that one file may take in a process of its own, `executor` an engine elsewhere
    ("dask://HOST:PORT"). `cache` is a folder for what was found before; `shard` is the share of the files to check
    (number from 1, of how many).

    `config` says what is known of the bodies and what is left out; `baseline` is a file of known findings;
    `changed_since` is a revision of git, and only what has changed since is checked. `today` is the day by which
    exemptions and waivers end.
    """

    rules: tuple[Path, ...] = ()
    forms: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    diagnosis: bool = True
    detailed: bool = False
    jobs: int = 0
    timeout: float = SECONDS
    executor: str = ""
    cache: Path | None = None
    shard: tuple[int, int] | None = None
    config: Config = msgspec.field(default_factory=Config)
    baseline: Path | None = None
    changed_since: str = ""
    today: date = msgspec.field(default_factory=date.today)
