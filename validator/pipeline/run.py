"""A run: every file is checked by itself, then the reports are held against each other, then all is told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from validator import __version__
from validator.model.result import ReportResult, Results, count_totals, gather_results
from validator.readers import SUFFIXES

from .cache import describe_program
from .discovery import Input, walk_inputs
from .each import check_each
from .knowledge import Knowledge, load_knowledge
from .settings import Settings
from .shards import join_shards, write_shard
from .single import check_file
from .store import Store
from .telling import tell

Watch = Callable[[Iterable[bool], int], Iterable[bool]]
"""Goes through what it is given, one item a file that is done, and is told how many there will be."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to, and how many JSON files met in folders were no reports and left out."""

    results: Results
    skipped: int


@dataclass(frozen=True, slots=True)
class _Told:
    """The results of a run as they are told, read from the store each time they are gone through."""

    store: Store
    knowledge: Knowledge
    detailed: bool

    def __iter__(self) -> Iterator[ReportResult]:
        return (tell(result, self.knowledge, detailed=self.detailed) for result in self.store.results())


def check(paths: Iterable[str | Path], settings: Settings | None = None) -> Results:
    """Check files and folders and give what is found. Raises RuleError and UsageError as check_paths does."""
    return check_paths(map(Path, paths), settings or Settings()).results


def check_paths(paths: Iterable[Path], settings: Settings, watch: Watch | None = None) -> Run:
    """Check files and folders. `watch` sees each file pass that is done.

    Raises RuleError for a bad rule file and UsageError for a rule that does not exist; a bad input is a result.
    """
    knowledge = load_knowledge(settings.rules, settings.select, settings.ignore, diagnosis=settings.diagnosis)
    paths = list(paths)
    if len(paths) == 1 and settings.cache is None and not paths[0].is_dir():
        return _check_one(next(walk_inputs(paths, SUFFIXES)), knowledge, settings)
    store = Store()
    total = store.add_inputs(walk_inputs(paths, SUFFIXES))
    checked = check_each(store, total, knowledge, settings)
    skipped = sum(not kept for kept in (watch(checked, total) if watch else checked))
    if settings.shard is not None and settings.cache is not None:
        write_shard(store, settings.cache, settings.shard, describe_program(settings))
    return _tell_all(store, knowledge, settings, skipped)


def join_paths(folder: Path, settings: Settings) -> Run:
    """Tell the results of a run that was checked in shares, which lie in a folder. Raises UsageError as they do."""
    knowledge = load_knowledge(settings.rules, settings.select, settings.ignore, diagnosis=settings.diagnosis)
    store, skipped = join_shards(folder)
    return _tell_all(store, knowledge, settings, skipped)


def _tell_all(store: Store, knowledge: Knowledge, settings: Settings, skipped: int) -> Run:
    told = _Told(store, knowledge, settings.detailed)
    return Run(Results(told, __version__, count_totals(told), rules=knowledge.notes), skipped)


def _check_one(entry: Input, knowledge: Knowledge, settings: Settings) -> Run:
    result = check_file(entry, knowledge)
    told = [] if result is None else [tell(result, knowledge, detailed=settings.detailed)]
    results = gather_results(told, __version__, knowledge.notes)
    return Run(results, result is None)
