"""What a run is asked to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do.

    `rules` is a folder of further rules; `select` and `ignore` name the rules to tell about. `detailed` gives the
    outcomes that hold as well. `jobs` is the number of processes (0: as many as are of use), `timeout` the seconds
    that one file may take in a process of its own, `executor` an engine elsewhere ("dask://HOST:PORT"). `cache` is a
    folder for what was found before; `shard` is the share of the files to check (number from 1, of how many).
    """

    rules: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    diagnosis: bool = True
    detailed: bool = False
    jobs: int = 0
    timeout: float = 120
    executor: str = ""
    cache: Path | None = None
    shard: tuple[int, int] | None = None
