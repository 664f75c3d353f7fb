"""Paths -> results: finds the files, takes each through every stage, in one process or several."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from validator import __version__
from validator.model.report import Report
from validator.model.result import ReportResult, Results
from validator.readers import SUFFIXES
from validator.render.reading import Reading

from .discovery import Input, find_inputs
from .knowledge import load_knowledge
from .single import check_file, crashed_result, read_file, read_report

__all__ = ["Run", "Settings", "check", "check_paths", "read", "read_paths"]

Watch = Callable[[Iterable[ReportResult | None], int], Iterable[ReportResult | None]]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do: a folder of further rules, rules to tell about, processes (0: one a core)."""

    rules: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    diagnosis: bool = True
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to, and how many JSON files met in folders were no reports and left out."""

    results: Results
    skipped: int


def check(paths: Iterable[str | Path], settings: Settings | None = None) -> Results:
    """Check files and folders and give what is found. Raises RuleError and UsageError as check_paths does."""
    return check_paths(map(Path, paths), settings or Settings()).results


def read(path: str | Path) -> Report:
    """Read a file as a report; ReadError if it cannot be read or is none."""
    return read_report(Path(path), load_knowledge(diagnosis=False))


def check_paths(paths: Iterable[Path], settings: Settings, watch: Watch | None = None) -> Run:
    """Check files and folders. `watch` passes the results on, one a file, and is told how many there will be.

    Raises RuleError for a bad rule file and UsageError for a rule that does not exist; a bad input is a result.
    """
    knowledge = load_knowledge(settings.rules, settings.select, settings.ignore, diagnosis=settings.diagnosis)
    inputs = find_inputs(paths, SUFFIXES)
    running = _run(partial(check_file, knowledge=knowledge), inputs, settings.jobs)
    done = list(watch(running, len(inputs)) if watch else running)
    kept = tuple(result for result in done if result is not None)
    return Run(Results(kept, __version__), len(done) - len(kept))


def _run(
    work: Callable[[Input], ReportResult | None], inputs: Sequence[Input], jobs: int
) -> Iterable[ReportResult | None]:
    import os

    jobs = min(jobs or os.cpu_count() or 1, len(inputs))
    if jobs <= 1:
        return map(work, inputs)
    from .workers import run_in_order

    return run_in_order(work, inputs, jobs, crashed_result)


def read_paths(paths: Iterable[Path]) -> Iterator[Reading]:
    """Read files and folders as reports, one after the other."""
    knowledge = load_knowledge(diagnosis=False)
    readings = (read_file(entry, knowledge) for entry in find_inputs(paths, SUFFIXES))
    return (reading for reading in readings if reading is not None)
