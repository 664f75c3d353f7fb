"""Many files through the check, here or in several processes of this machine."""

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, TimeoutError

from .checked import Checked, pack
from .chunks import Chunk, Done, Numbered, work_off
from .discovery import Input
from .knowledge import Knowledge
from .settings import Settings
from .single import check_file, lost_result

_AHEAD = 4
"""Chunks for each process that wait or are done before their turn."""
_FILES_A_PROCESS = 40
"""A process takes half a second to start, which must pay."""


def check_here(inputs: Iterable[Numbered], total: int, knowledge: Knowledge, settings: Settings) -> Iterator[Done]:
    """Check every input and give what came of each, in their order, from as many processes as the settings say.

    A process that dies or takes too long costs the file that it was at work on and no other. A few files are checked
    in this process, unless the settings ask for others.
    """
    jobs = settings.jobs or min(os.cpu_count() or 1, total // _FILES_A_PROCESS)
    if jobs <= 1 and total <= _FILES_A_PROCESS:
        return check_chunk(inputs, knowledge)
    return _in_processes(inputs, knowledge, max(jobs, 1), settings.timeout)


def check_chunk(inputs: Iterable[Numbered], knowledge: Knowledge) -> Iterator[Done]:
    """Check some files in this process, one after the other."""
    for number, entry in inputs:
        result = check_file(entry, knowledge)
        yield number, None if result is None else pack(result)


def _in_processes(inputs: Iterable[Numbered], knowledge: Knowledge, jobs: int, timeout: float) -> Iterator[Done]:
    from multiprocessing import get_context

    from pebble import ProcessExpired, ProcessPool

    # Fresh processes behave alike on every system and inherit neither threads nor locks of this one.
    pool = ProcessPool(jobs, initializer=_start, initargs=(knowledge,), context=get_context("spawn"))

    def submit(chunk: Chunk) -> "Future[list[Done]]":
        return pool.schedule(_work, args=(chunk,), timeout=timeout)

    def lose(entry: Input, error: BaseException) -> Checked:
        return pack(lost_result(entry, timeout if isinstance(error, TimeoutError) else None))

    try:
        yield from work_off(inputs, submit, lose, (ProcessExpired, TimeoutError), jobs * _AHEAD)
    finally:
        # What still waits is dropped, so that an interrupted run ends at once.
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


_knowledge: Knowledge | None = None


def _start(knowledge: Knowledge) -> None:
    """Keep what every file needs, the rules above all, so that it travels to a process only once."""
    global _knowledge  # noqa: PLW0603 - a worker process has no other place that lasts from file to file
    _knowledge = knowledge
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process alone answers an interrupt


def _work(chunk: Chunk) -> list[Done]:
    assert _knowledge is not None, "a worker was not started through _start"
    return list(check_chunk(chunk, _knowledge))
