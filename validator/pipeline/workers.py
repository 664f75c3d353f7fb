"""One function over many files, in several processes; results come in the order of the files."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_work: Callable[[Any], Any] | None = None


def run_in_order(work: Callable[[T], R], items: Sequence[T], jobs: int, crashed: Callable[[T], R]) -> Iterator[R]:
    """Yield work(item) for each item, in order, from as many processes as `jobs` says.

    A process that dies takes no other item with it: what it left open is tried once more, one item at a time,
    and the one that kills that process too yields crashed(item).
    """
    pool = _pool(work, jobs)
    alone: ProcessPoolExecutor | None = None
    try:
        futures = [_submit(pool, item) for item in items]
        for item, future in zip(items, futures, strict=True):
            result = _wait(future)
            if not result and alone is None:
                alone = _pool(work, 1)
            if not result and alone is not None:
                result = _wait(_submit(alone, item))
            if not result:
                alone = None
            yield result[0] if result else crashed(item)
    finally:
        # What still waits is dropped, so that an interrupted run ends at once.
        pool.shutdown(cancel_futures=True)
        if alone is not None:
            alone.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, item: object) -> "Future[Any] | None":
    try:
        return pool.submit(_do, item)
    except BrokenProcessPool:
        return None


def _wait(future: "Future[R] | None") -> tuple[R, ...]:
    """Give the result as a tuple of one, or none at all if the process at work died."""
    try:
        return () if future is None else (future.result(),)
    except BrokenProcessPool:
        return ()


def _pool(work: Callable[[Any], Any], jobs: int) -> ProcessPoolExecutor:
    # Fresh processes behave alike on every system and inherit neither threads nor locks of this one.
    return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_start, initargs=(work,))


def _start(work: Callable[[Any], Any]) -> None:
    """Keep what every item needs, the rules above all, so that it travels to a process only once."""
    global _work  # noqa: PLW0603 - a worker process has no other place that lasts from item to item
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process alone answers an interrupt


def _do(item: object) -> object:
    assert _work is not None, "a worker was not started through _start"
    return _work(item)
