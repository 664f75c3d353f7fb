"""The first part of a run: every file by itself, into the store; what was found before comes from the cache."""

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from validator.model.bilingual import Bilingual
from validator.words import line

from .cache import Cache
from .checked import Checked, Done, Numbered
from .knowledge import Knowledge
from .settings import Settings
from .single import check_inputs
from .store import Store

_FILES_A_PROCESS = 40
"""A process takes half a second to start, which must pay."""

_KEPT_TOGETHER = 256
"""Results that are written to the cache at once; those of a run that is killed are lost from the last time on."""


class Task(NamedTuple):
    """What the checking of a run's files needs: what is known and asked, a private folder, and room for notes.

    `folder` is None where there is none; `notes` takes what has to be told about the run itself.
    """

    knowledge: Knowledge
    settings: Settings
    folder: Path | None
    notes: list[Bilingual]


def check_each(store: Store, total: int, task: Task) -> Iterator[bool]:
    """Check every input that the settings ask for and keep what came of it; say of each whether it was kept."""
    settings = task.settings
    inputs: Iterable[Numbered] = enumerate(store.inputs())
    if settings.shard is not None:
        number, of = settings.shard
        inputs = (numbered for numbered in inputs if numbered[0] % of == number - 1)
        total = (total + of - number) // of
    if settings.cache is None:
        yield from _keep(check_all(inputs, total, task), store)
        return
    cache = Cache(settings.cache, settings, task.notes)
    try:
        yield from _check_new(inputs, total, task, store, cache)
    finally:
        cache.close()


def check_all(inputs: Iterable[Numbered], total: int, task: Task) -> Iterator[Done]:
    """Check every input and give what came of each as it is done, from as many processes as the settings say.

    A process that dies or takes too long costs the file that it was at work on and no other. All are checked in this
    process where the settings ask for one, a few where they leave it open; so are those for which none can be started.
    """
    settings = task.settings
    if settings.executor:
        from .elsewhere import check_elsewhere

        yield from check_elsewhere(inputs, settings)
        return
    jobs = settings.jobs or min(os.cpu_count() or 1, total // _FILES_A_PROCESS)
    if jobs > 1 or (not settings.jobs and total > _FILES_A_PROCESS):
        from .workers import start_crew

        if task.folder is None:
            task.notes.append(line("no-processes"))
        else:
            with start_crew(inputs, task.knowledge, task.folder, max(jobs, 1), settings.timeout) as crew:
                yield from crew.work()
                inputs = crew.inputs
            if (first := next(inputs, None)) is not None:
                task.notes.append(line("no-processes"))
                inputs = chain([first], inputs)
    yield from check_inputs(inputs, task.knowledge, settings.timeout)


def _keep(done: Iterable[Done], store: Store) -> Iterator[bool]:
    for number, checked in done:
        if checked is not None:
            store.put(number, checked)
        yield checked is not None


def _check_new(inputs: Iterable[Numbered], total: int, task: Task, store: Store, cache: Cache) -> Iterator[bool]:
    """Check the inputs that the cache does not know, and keep all of them."""
    keys: dict[int, bytes] = {}
    hits = 0

    def unknown() -> Iterator[Numbered]:
        nonlocal hits
        for number, entry in inputs:
            key = cache.key(entry)
            if key is not None and (known := cache.get(key, entry.source)):
                store.put(number, known)
                hits += 1
                continue
            if key is not None:
                keys[number] = key
            yield number, entry

    found: list[tuple[bytes, Checked]] = []
    told = 0
    for number, checked in check_all(unknown(), total, task):
        key = keys.pop(number, None)
        if checked is not None:
            store.put(number, checked)
            if key is not None and checked.readable and not checked.more:
                found.append((key, checked))
        if len(found) >= _KEPT_TOGETHER:
            cache.put(found)
            found.clear()
        while told < hits:
            told += 1
            yield True
        yield checked is not None
    cache.put(found)
    for _ in range(hits - told):
        yield True
