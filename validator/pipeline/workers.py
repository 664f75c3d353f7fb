"""Many files through the check, here or in several processes, or on an engine elsewhere; results come in order."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from itertools import islice
from typing import NamedTuple

from .discovery import Input
from .frozen import freeze
from .knowledge import Knowledge
from .settings import Settings
from .single import check_file, lost_result

_CHUNK = 8
"""Files that travel together: handing one over costs as much as a tenth of its check."""
_AHEAD = 4
"""Chunks for each process that wait or are done before their turn: memory must not grow with the files."""
_FILES_A_PROCESS = 40
"""A process takes half a second to start, which must pay."""


class Checked(NamedTuple):
    """What came of one file, ready to be kept: the frozen result, and whose report it is for which year."""

    frozen: bytes
    organization: str | None
    year: int | None


Checks = list[Checked | None]
"""One for each file; None for one that is left out."""


def check_all(
    inputs: Iterable[Input], total: int, knowledge: Knowledge, settings: Settings
) -> Iterator[Checked | None]:
    """Check every input and give what came of each, in their order, from as many processes as the settings say.

    A process that dies or takes too long costs the file that it was at work on and no other.
    """
    jobs = settings.jobs or min(os.cpu_count() or 1, total // _FILES_A_PROCESS)
    if jobs <= 1 and total <= _FILES_A_PROCESS:
        return iter(check_chunk(inputs, knowledge))
    return _in_processes(inputs, knowledge, max(jobs, 1), settings.timeout)


def check_chunk(inputs: Iterable[Input], knowledge: Knowledge) -> Iterator[Checked | None]:
    """Check some files, one after the other."""
    return (_check(entry, knowledge) for entry in inputs)


def _check(entry: Input, knowledge: Knowledge) -> Checked | None:
    result = check_file(entry, knowledge)
    return None if result is None else Checked(freeze(result), result.organization, result.year)


def _in_processes(inputs: Iterable[Input], knowledge: Knowledge, jobs: int, timeout: float) -> Iterator[Checked | None]:
    from multiprocessing import get_context

    from pebble import ProcessExpired, ProcessPool

    # Fresh processes behave alike on every system and inherit neither threads nor locks of this one.
    pool = ProcessPool(jobs, initializer=_start, initargs=(knowledge,), context=get_context("spawn"))

    def submit(chunk: Sequence[Input]) -> "Future[Checks]":
        return pool.schedule(_work, args=(chunk,), timeout=timeout)

    def wait(chunk: Sequence[Input], future: "Future[Checks]") -> Checks:
        try:
            return future.result()
        except (ProcessExpired, TimeoutError) as error:
            if len(chunk) > 1:  # one of them is to blame, and the others must not pay for it
                return [check for entry in chunk for check in wait([entry], submit([entry]))]
            return [_lose(chunk[0], timeout if isinstance(error, TimeoutError) else None)]

    try:
        yield from _in_order(inputs, submit, wait, jobs * _AHEAD)
    finally:
        # What still waits is dropped, so that an interrupted run ends at once.
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _in_order(
    inputs: Iterable[Input],
    submit: Callable[[Sequence[Input]], "Future[Checks]"],
    wait: Callable[[Sequence[Input], "Future[Checks]"], Checks],
    ahead: int,
) -> Iterator[Checked | None]:
    """Hand out the inputs in chunks, so many of them ahead of the one whose turn it is."""
    source = iter(inputs)
    open_chunks: deque[tuple[list[Input], Future[Checks]]] = deque()
    while True:
        while len(open_chunks) < ahead and (chunk := list(islice(source, _CHUNK))):
            open_chunks.append((chunk, submit(chunk)))
        if not open_chunks:
            return
        yield from wait(*open_chunks.popleft())


def _lose(entry: Input, seconds: float | None) -> Checked:
    return Checked(freeze(lost_result(entry, seconds)), None, None)


_knowledge: Knowledge | None = None


def _start(knowledge: Knowledge) -> None:
    """Keep what every file needs, the rules above all, so that it travels to a process only once."""
    global _knowledge  # noqa: PLW0603 - a worker process has no other place that lasts from file to file
    _knowledge = knowledge
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process alone answers an interrupt


def _work(chunk: Sequence[Input]) -> Checks:
    assert _knowledge is not None, "a worker was not started through _start"
    return list(check_chunk(chunk, _knowledge))
