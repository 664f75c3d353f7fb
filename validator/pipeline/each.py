"""The first part of a run: every file by itself, into the store; what was found before comes from the cache."""

from collections.abc import Iterable, Iterator

from .cache import Cache
from .checked import Checked
from .chunks import Done, Numbered
from .knowledge import Knowledge
from .settings import Settings
from .store import Store
from .workers import check_here

_KEPT_TOGETHER = 256
"""Results that are written to the cache at once; those of a run that is killed are lost from the last time on."""


def check_each(store: Store, total: int, knowledge: Knowledge, settings: Settings) -> Iterator[bool]:
    """Check every input that the settings ask for and keep what came of it; say of each whether it was kept."""
    inputs: Iterable[Numbered] = enumerate(store.inputs())
    if settings.shard is not None:
        number, of = settings.shard
        inputs = (numbered for numbered in inputs if numbered[0] % of == number - 1)
        total = (total + of - number) // of
    if settings.cache is None:
        yield from _keep(_check(inputs, total, knowledge, settings), store)
        return
    cache = Cache(settings.cache, settings)
    try:
        yield from _check_new(inputs, total, knowledge, settings, store, cache)
    finally:
        cache.close()


def _check(inputs: Iterable[Numbered], total: int, knowledge: Knowledge, settings: Settings) -> Iterator[Done]:
    if settings.executor:
        from .elsewhere import check_elsewhere

        return check_elsewhere(inputs, settings)
    return check_here(inputs, total, knowledge, settings)


def _keep(done: Iterable[Done], store: Store) -> Iterator[bool]:
    for number, checked in done:
        if checked is not None:
            store.put(number, checked)
        yield checked is not None


def _check_new(
    inputs: Iterable[Numbered], total: int, knowledge: Knowledge, settings: Settings, store: Store, cache: Cache
) -> Iterator[bool]:
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
    for number, checked in _check(unknown(), total, knowledge, settings):
        key = keys.pop(number, None)
        if checked is not None:
            store.put(number, checked)
            if key is not None and checked.readable:
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
