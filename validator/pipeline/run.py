"""A run: every file is checked by itself, then the reports are held against each other, then all is told."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec

from validator import __version__
from validator.config.baseline import Entry, Seen, load_baseline, make_entries, write_baseline
from validator.model.bilingual import Bilingual
from validator.model.result import ReportResult, Results, Totals, count_totals
from validator.readers import SUFFIXES

from .discovery import ARCHIVE, walk_inputs
from .frozen import Extent
from .knowledge import Knowledge, load_knowledge, load_ruleset
from .settings import Settings
from .single import check_file
from .telling import Sieve, Tally, make_sieve, refuse_names, tell

Watch = Callable[[Iterable[bool], int], Iterable[bool]]
"""Goes through what it is given, one item a file that is done, and is told how many there will be at most.

It is called once for the files and once for the reports that are held against each other.
"""


class Run(msgspec.Struct, frozen=True):
    """What a run came to, how many JSON files met in folders were no reports, and what is to be told of the run."""

    results: Results
    skipped: int
    notes: tuple[Bilingual, ...] = ()


Kept = Callable[[int, int, Extent], Iterable[ReportResult]]
"""Gives results in the order of the inputs: so many (-1: all) from the first on, as often as it is called.

Of each it gives at least as much as the last argument asks for.
"""


class Told(msgspec.Struct, frozen=True):
    """The results of a run as they are told, read from where they lie each time they are gone through.

    `folder` is where they lie in a file, so that other processes can read them as well; None if they do not.
    """

    kept: Kept
    knowledge: Knowledge
    sieve: Sieve
    detailed: bool
    lean: bool
    folder: Path | None = None

    def __iter__(self) -> Iterator[ReportResult]:
        return self.part(0, -1)

    def part(self, first: int, count: int) -> Iterator[ReportResult]:
        """Give so many results from the first on."""
        for result in self.kept(first, count, "told" if self.lean else "whole"):
            yield self.sieve.sift(tell(result, self.knowledge, detailed=self.detailed))

    def in_short(self, first: int = 0, count: int = -1) -> Iterator[ReportResult]:
        """Give so many without the rules' outcomes that hold."""
        for result in self.kept(first, count, "whole"):
            yield self.sieve.sift(tell(result, self.knowledge))

    def counted(self, tally: Tally) -> Iterator[ReportResult]:
        """Give all as they count; the tally takes what is left out of them."""
        for result in self.kept(0, -1, "counted"):
            yield self.sieve.sift(tell(result, self.knowledge), tally)


def check_paths(paths: Iterable[Path], settings: Settings, watch: Watch | None = None) -> Run:
    """Check files and folders. `watch` sees each file pass that is done.

    Raises RuleError for a bad rule file, UsageError for a rule that does not exist, and ConfigError for names in the
    configuration that do not; a bad input is a result.
    """
    knowledge = _load(settings)
    paths = list(paths)
    if _is_plain_file(paths, settings):
        kept = check_file(next(walk_inputs(paths, SUFFIXES)), knowledge, settings.timeout)
        return _tell_all(lambda _first, _count, _extent: kept, knowledge, settings, int(not kept), whole=False)
    return _check_many(paths, knowledge, settings, watch)


def _is_plain_file(paths: list[Path], settings: Settings) -> bool:
    """Whether all that a run is of is one file that is no folder, nor an archive that counts as one."""
    if len(paths) != 1 or settings.cache is not None or settings.changed_since:
        return False
    return not os.path.isdir(paths[0]) and paths[0].suffix.lower() != ARCHIVE


def _check_many(paths: list[Path], knowledge: Knowledge, settings: Settings, watch: Watch | None) -> Run:
    # One file alone needs none of these, and shall start at once.
    from .comparing import compare_all
    from .discovery import choose_inputs
    from .each import Task, check_each, count_processes
    from .store import Store

    store = Store()
    total = store.add_inputs(choose_inputs(paths, settings))
    notes: list[Bilingual] = []
    with ExitStack() as stack:
        crew, jobs = None, count_processes(settings, total)
        if jobs and store.folder is not None:
            from .crew import open_crew

            crew = stack.enter_context(open_crew(knowledge, store.folder, settings.timeout, jobs))
        checked = check_each(store, total, Task(knowledge, settings, crew, notes))
        skipped = sum(not kept for kept in (watch(checked, total) if watch else checked))
        if settings.shard is not None and settings.cache is not None:
            from .cache import describe_program, write_shard

            write_shard(store, settings.cache, settings.shard, describe_program(settings))
        else:
            compared = compare_all(store, knowledge.ruleset, settings, crew)
            deque(watch(compared, total - skipped) if watch else compared, maxlen=0)
    whole = settings.shard is None and not settings.changed_since
    return _tell_all(store.results, knowledge, settings, skipped, whole=whole, folder=store.folder, notes=notes)


def join_paths(folder: Path, settings: Settings) -> Run:
    """Tell the results of a run that was checked in shares, which lie in a folder. Raises UsageError as they do."""
    from .cache import join_shards
    from .comparing import compare_all

    knowledge = _load(settings)
    store, skipped = join_shards(folder)
    deque(compare_all(store, knowledge.ruleset, settings), maxlen=0)
    return _tell_all(store.results, knowledge, settings, skipped, whole=True, folder=store.folder)


def _load(settings: Settings) -> Knowledge:
    knowledge = load_knowledge(
        settings.rules,
        settings.select,
        settings.ignore,
        forms=settings.forms,
        diagnosis=settings.diagnosis,
        scans=settings.scans,
    )
    refuse_names(settings.config, knowledge.ruleset)
    return knowledge


def _tell_all(
    kept: Kept,
    knowledge: Knowledge,
    settings: Settings,
    skipped: int,
    *,
    whole: bool,
    folder: Path | None = None,
    notes: Iterable[Bilingual] = (),
) -> Run:
    """Tell what is kept; `whole` says whether all files were gone through that a configuration may speak of."""
    baseline = None if settings.baseline is None else load_baseline(settings.baseline)
    sieve = make_sieve(settings.config, knowledge.ruleset, baseline, settings.today)
    told = Told(kept, knowledge, sieve, settings.detailed, settings.lean, folder)
    tally = sieve.tally()
    totals = count_totals(told.counted(tally))
    known = tally.known(knowledge.told, whole=whole)
    reviews = None
    if settings.reviews is not None:
        from .reviews import load_reviews

        reviews = load_reviews(settings.reviews)
    results = Results(told, __version__, totals, known, knowledge.notes, knowledge.ruleset.forms, reviews)
    return Run(results, skipped, tuple(notes))


class Remembered(msgspec.Struct, frozen=True):
    """A baseline as text, with its findings, those that were dropped, and files that could not be read."""

    text: str
    entries: int
    dropped: int = 0
    unreadable: tuple[ReportResult, ...] = ()


def make_baseline(paths: Iterable[Path], settings: Settings, target: Path, watch: Watch | None = None) -> Remembered:
    """Make the baseline of all that is found now and no exemption leaves out, to lie in the file `target`."""
    entries: list[Entry] = []
    unreadable: list[ReportResult] = []
    for result in check_paths(paths, settings, watch).results.reports:
        entries += make_entries(result.findings, result.source, result.organization, result.year, target.parent)
        unreadable += [result] if result.error is not None else []
    return Remembered(write_baseline(entries), len(set(entries)), unreadable=tuple(unreadable))


def prune_baseline(paths: Iterable[Path], settings: Settings, target: Path, watch: Watch | None = None) -> Remembered:
    """Make the baseline in the file `target` anew without what is fixed or whose file is gone; nothing is added.

    Raises ConfigError if there is no such file.
    """
    seen = Seen(load_baseline(target))
    unreadable: list[ReportResult] = []
    for result in check_paths(paths, settings, watch).results.reports:
        if result.error is None:
            seen.add(result.findings, result.source, result.organization, result.year)
        else:
            unreadable.append(result)
    ruleset = load_ruleset(settings.rules, settings.forms).select(settings.select, settings.ignore)
    told = {rule.id for rule in ruleset.rules}
    kept = seen.pruned(told)
    return Remembered(write_baseline(kept), len(kept), len(seen.baseline.entries) - len(kept), tuple(unreadable))


PASSED, FAILED, UNREADABLE = 0, 1, 3  # 2 is a wrong call, which raises an error

FAIL_ON = ("error", "warning", "never")


def exit_status(totals: Totals, fail_on: str) -> int:
    """Give 1 if a finding weighs at least `fail_on`, else 3 if an input could not be read, else 0."""
    fatal = {"error": totals.errors, "warning": totals.errors + totals.warnings, "never": 0}[fail_on]
    if fatal:
        return FAILED
    return UNREADABLE if totals.unreadable else PASSED
