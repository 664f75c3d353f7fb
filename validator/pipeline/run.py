"""A run: every file is checked by itself, then the reports are held against each other, then all is told."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import msgspec

from validator import __version__
from validator.config.baseline import Entry, Seen, load_baseline, make_entries, write_baseline
from validator.model.bilingual import Bilingual
from validator.model.result import Mention, ReportResult, Results, Totals, count_totals, mention
from validator.readers import SUFFIXES

from .discovery import ARCHIVE, walk_inputs
from .frozen import LAST, Extent, Hands
from .knowledge import Knowledge, load_knowledge, load_ruleset
from .settings import Settings
from .single import check_file
from .suppression import Suppressions, Tally, make_suppressions, refuse_names, tell

Watch = Callable[[Iterable[bool], int], Iterable[bool]]
"""Goes through what it is given, one item a file that is done, and is told how many there will be at most.

It is called once for the files and once for the reports that are held against each other.
"""


class Run(msgspec.Struct, frozen=True):
    """What a run came to, how many JSON files met in folders were no reports, and what is to be told of the run."""

    results: Results
    skipped: int
    notes: tuple[Bilingual, ...] = ()


class Kept(Protocol):
    """Where results lie (store.py)."""

    def results(self, extent: Extent, first: int = 0, last: int = LAST) -> Iterable[ReportResult]:
        """Give at least as much of each as is asked for, in the order of the inputs, from one number to another."""

    def mentions(self) -> Iterable[Mention]:
        """Give number, source and body of each, in the same order."""


class _Few(msgspec.Struct, frozen=True):
    """The results of one file, which lie here."""

    own: Sequence[ReportResult]

    def results(self, extent: Extent, first: int = 0, last: int = LAST) -> Iterable[ReportResult]:  # noqa: ARG002
        return self.own

    def mentions(self) -> Iterable[Mention]:
        return mention(self.own)


class Told(msgspec.Struct, frozen=True):
    """The results of a run as they are told, read from where they lie each time they are gone through.

    `crew` are processes that wait for what is made of them; None if there are none.
    """

    kept: Kept
    knowledge: Knowledge
    suppressions: Suppressions
    detailed: bool
    lean: bool = False
    crew: Hands | None = None

    def __iter__(self) -> Iterator[ReportResult]:
        return self.part(0, LAST)

    def part(self, first: int, last: int) -> Iterator[ReportResult]:
        """Give the results from one number to another."""
        for result in self.kept.results("told" if self.lean else "whole", first, last):
            yield self.suppressions.apply(tell(result, self.knowledge, detailed=self.detailed))

    def counted(self, tally: Tally) -> Iterator[ReportResult]:
        """Give all as they count; the tally takes what is left out of them."""
        for result in self.kept.results("counted"):
            yield self.suppressions.apply(tell(result, self.knowledge), tally)


def check_paths(paths: Iterable[Path], settings: Settings, watch: Watch | None = None) -> Run:
    """Check files and folders. `watch` sees each file pass that is done.

    Raises RuleError for a bad rule file, UsageError for a rule that does not exist, and ConfigError for names in the
    configuration that do not; a bad input is a result.
    """
    knowledge = _load(settings)
    paths = list(paths)
    if _is_plain_file(paths, settings):
        kept = check_file(next(walk_inputs(paths, SUFFIXES)), knowledge, settings.timeout)
        return _tell_all(_Few(kept), knowledge, settings, int(not kept), whole=False)
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
    from .each import Task, check_each
    from .store import Store

    store = Store()
    total = store.add_inputs(choose_inputs(paths, settings))
    notes: list[Bilingual] = []
    crew = _gather(knowledge, settings, store.folder, total)
    with ExitStack() as stack:
        if crew is not None:
            stack.enter_context(crew)
        checked = check_each(store, total, Task(knowledge, settings, crew, notes))
        skipped = sum(not kept for kept in (watch(checked, total) if watch else checked))
        if settings.shard is not None and settings.cache is not None:
            from .cache import describe_program, write_shard

            write_shard(store, settings.cache, settings.shard, describe_program(settings))
        else:
            compared = compare_all(store, knowledge.ruleset, settings, crew)
            deque(watch(compared, total - skipped) if watch else compared, maxlen=0)
        if settings.pages:
            stack.pop_all()  # the processes wait for the pages
    whole = settings.shard is None and not settings.changed_since
    return _tell_all(store, knowledge, settings, skipped, whole=whole, crew=crew, notes=notes)


def _gather(knowledge: Knowledge, settings: Settings, folder: Path | None, total: int) -> Hands | None:
    """Give the processes of a run, not started yet; None if there are to be none, or no folder for their file."""
    from .each import count_processes

    jobs = count_processes(settings, total)
    if not jobs or folder is None:
        return None
    from .crew import Crew

    return Crew(knowledge, folder, settings.timeout, jobs)


def join_paths(folder: Path, settings: Settings) -> Run:
    """Tell the results of a run that was checked in shares, which lie in a folder. Raises UsageError as they do."""
    from .cache import join_shards
    from .comparing import compare_all

    knowledge = _load(settings)
    store, skipped = join_shards(folder)
    crew = _gather(knowledge, settings, store.folder, store.done())
    with ExitStack() as stack:
        if crew is not None:
            stack.enter_context(crew)
        deque(compare_all(store, knowledge.ruleset, settings, crew), maxlen=0)
        if settings.pages:
            stack.pop_all()
    return _tell_all(store, knowledge, settings, skipped, whole=True, crew=crew)


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
    crew: Hands | None = None,
    notes: Iterable[Bilingual] = (),
) -> Run:
    """Tell what is kept; `whole` says whether all files were gone through that a configuration may speak of."""
    baseline = None if settings.baseline is None else load_baseline(settings.baseline)
    suppressions = make_suppressions(settings.config, knowledge.ruleset, baseline, settings.today)
    told = Told(kept, knowledge, suppressions, settings.detailed, settings.lean, crew)
    tally = suppressions.tally()
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
