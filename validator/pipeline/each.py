"""The first part of a run: every file by itself, into the store; what was found before comes from the cache.

Many files may also go through the check on an engine that runs already, on this machine or others (dask). Its workers
must have this program installed and see the files, and folders of further rules and forms, under the same paths.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from validator.errors import UsageError
from validator.model.bilingual import Bilingual
from validator.words import line

from .cache import Cache
from .frozen import Checked, Done, Hands, Numbered, decode_done, encode_done, pack, rename
from .knowledge import Knowledge, load_knowledge
from .settings import Settings
from .single import check_inputs, lost_result
from .store import Store

_FILES_A_PROCESS = 40
"""A process takes half a second to start, which must pay."""

_KEPT_TOGETHER = 256
"""Results that are written to the cache at once; those of a run that is killed are lost from the last time on."""


class Task(NamedTuple):
    """What the checking of a run's files needs: what is known and asked, processes, and room for notes.

    `crew` is None where there is no folder for temporary files; `notes` takes what has to be told about the run itself.
    """

    knowledge: Knowledge
    settings: Settings
    crew: Hands | None
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
        yield from check_elsewhere(inputs, settings)
        return
    if count_processes(settings, total):
        if task.crew is None:
            task.notes.append(line("no-processes"))
        else:
            yield from task.crew.check(inputs)
            inputs = task.crew.inputs
            if (first := next(inputs, None)) is not None:
                task.notes.append(line("no-processes"))
                inputs = chain([first], inputs)
    yield from check_inputs(inputs, task.knowledge, settings.timeout)


def count_processes(settings: Settings, total: int) -> int:
    """Give in how many processes so many files are checked; 0 if in this one."""
    if settings.jobs or total <= _FILES_A_PROCESS:
        return settings.jobs if settings.jobs > 1 else 0
    return max(1, min(os.cpu_count() or 1, total // _FILES_A_PROCESS))


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


_Chunk = list[Numbered]
_CHUNK = 8  # handing over a file alone costs as much as a tenth of its check
_AHEAD = 8
"""Chunks for each worker that wait or are done before their turn: the way there is longer than to a process here."""
_PATIENCE = 10
"""Seconds to wait for the engine to answer."""


class _Waiting(Protocol):
    """What an engine will give for a chunk."""

    def result(self) -> list[bytes]:
        """Wait for it; raises what the engine does."""


class _Errand(NamedTuple):
    """What a worker must know besides its files, short enough to go along with each chunk."""

    folder: Path
    rules: tuple[Path, ...]
    forms: tuple[Path, ...]
    diagnosis: bool
    scans: bool


def check_elsewhere(inputs: Iterable[Numbered], settings: Settings) -> Iterator[Done]:
    """Check every input on the engine that the settings name and give what came of each, in their order.

    Raises UsageError if the engine is not known, not installed or does not answer.
    """
    scheme, _, address = settings.executor.partition("://")
    if scheme != "dask" or not address:
        raise UsageError.of("no-executor", url=settings.executor)
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise UsageError.lacking("--executor dask://…", "dask") from None
    try:
        client = Client(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError.of("executor-silent", url=settings.executor, detail=str(error)) from None
    rules, forms = (tuple(map(Path.absolute, folders)) for folders in (settings.rules, settings.forms))
    errand = _Errand(Path.cwd(), rules, forms, settings.diagnosis, settings.scans)
    with client, client.get_executor(retries=0) as executor:

        def submit(chunk: _Chunk) -> _Waiting:
            future: _Waiting = executor.submit(_work, chunk, errand, settings.timeout)
            return future

        yield from _work_off(inputs, submit, _AHEAD * max(1, len(client.nthreads())))


def _work_off(inputs: Iterable[Numbered], submit: Callable[[_Chunk], _Waiting], ahead: int) -> Iterator[Done]:
    """Hand out the inputs in chunks, so many at a time, and give what came of each, in their order.

    The files of a chunk that ends in an error, for its process died, are handed out once more, each alone, and the one
    to blame is lost.
    """

    def wait(chunk: _Chunk, future: _Waiting) -> Iterator[Done]:
        try:
            yield from map(decode_done, future.result())
        except Exception:  # noqa: BLE001 - an engine has errors of its own for a worker that is gone
            if len(chunk) > 1:
                for file in chunk:
                    yield from wait([file], submit([file]))
            else:
                ((number, entry),) = chunk
                yield number, pack(lost_result(entry, None))

    source = iter(inputs)
    waiting: deque[tuple[_Chunk, _Waiting]] = deque()
    while True:
        while len(waiting) < ahead and (chunk := list(islice(source, _CHUNK))):
            waiting.append((chunk, submit(chunk)))
        if not waiting:
            return
        yield from wait(*waiting.popleft())


def _work(chunk: _Chunk, errand: _Errand, seconds: float) -> list[bytes]:
    """Check files on a worker, which may run in another folder than the one that the paths start from."""
    there = [(number, replace(entry, path=errand.folder / entry.path)) for number, entry in chunk]
    sources = {number: entry.source for number, entry in chunk}
    done = check_inputs(there, _knowledge(errand.rules, errand.forms, errand.diagnosis, errand.scans), seconds)
    return [
        encode_done((number, None if checked is None else rename(checked, sources[number]))) for number, checked in done
    ]


@lru_cache(maxsize=1)
def _knowledge(rules: tuple[Path, ...], forms: tuple[Path, ...], diagnosis: bool, scans: bool) -> Knowledge:
    return load_knowledge(rules, forms=forms, diagnosis=diagnosis, scans=scans)
