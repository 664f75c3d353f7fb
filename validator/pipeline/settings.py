"""What a run is asked to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do.

    `rules` is a folder of further rules, `select` and `ignore` name the rules to tell about, `jobs` is the number of
    processes (0: as many as are of use), `timeout` the seconds that one file may take in a process of its own.
    `detailed` gives the outcomes that hold as well.
    """

    rules: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    diagnosis: bool = True
    jobs: int = 0
    timeout: float = 120
    detailed: bool = False
