"""Files and folders -> a baseline of what is found in them, or an old one without what is fixed."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from validator.config import Entry, Seen, load_baseline, make_entries, write_baseline
from validator.model.result import ReportResult

from .knowledge import load_ruleset
from .run import Watch, check_paths
from .settings import Settings


class Kept(msgspec.Struct, frozen=True):
    """A baseline as text, with its findings, those that were dropped, and files that could not be read."""

    text: str
    entries: int
    dropped: int = 0
    unreadable: tuple[ReportResult, ...] = ()


def make_baseline(paths: Iterable[Path], settings: Settings, target: Path, watch: Watch | None = None) -> Kept:
    """Make the baseline of all that is found now and no exemption leaves out, to lie in the file `target`."""
    entries: list[Entry] = []
    unreadable: list[ReportResult] = []
    for result in check_paths(paths, settings, watch).results.reports:
        entries += make_entries(result.findings, result.source, result.organization, result.year, target.parent)
        unreadable += [result] if result.error is not None else []
    return Kept(write_baseline(entries), len(set(entries)), unreadable=tuple(unreadable))


def prune_baseline(paths: Iterable[Path], settings: Settings, target: Path, watch: Watch | None = None) -> Kept:
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
    return Kept(write_baseline(kept), len(kept), len(seen.baseline.entries) - len(kept), tuple(unreadable))
