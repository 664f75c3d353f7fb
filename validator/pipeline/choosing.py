"""Which of the files that are there are checked: not those that are excluded, and if asked only what has changed."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from validator.readers import SUFFIXES

from .changes import changed_files, neighbours_by_name, real_place
from .discovery import Input, walk_inputs
from .settings import Settings


def choose_inputs(paths: Iterable[Path], settings: Settings) -> Iterator[Input]:
    """Give the files to check among those of the paths; one that is named on its own is never excluded.

    Raises UsageError if git cannot say what has changed.
    """
    inputs = (
        entry for entry in walk_inputs(paths, SUFFIXES) if not entry.found or not settings.config.excludes(entry.path)
    )
    return _choose_changed(inputs, settings) if settings.changed_since else inputs


def _choose_changed(inputs: Iterable[Input], settings: Settings) -> Iterator[Input]:
    """Give what has changed, and what may hang on it: reports of the years before and after."""
    by_place: dict[Path, list[Input]] = {}
    for entry in inputs:
        by_place.setdefault(real_place(entry.path), []).append(entry)
    changed = changed_files(settings.changed_since, Path.cwd())
    touched = changed | neighbours_by_name(changed, by_place)
    found = ((place, entry) for place, entries in by_place.items() for entry in entries)
    return (entry for place, entry in found if place in touched or entry.error is not None)
