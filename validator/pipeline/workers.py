"""Many files through the check, here or in several processes of this machine."""

import os
import pickle
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, TimeoutError
from contextlib import contextmanager
from tempfile import mkstemp

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

    def submit(chunk: Chunk) -> "Future[list[Done]]":
        return pool.schedule(_work, args=(chunk,), timeout=timeout)

    def lose(entry: Input, error: BaseException) -> Checked:
        return pack(lost_result(entry, timeout if isinstance(error, TimeoutError) else None))

    with _laid_down(knowledge) as file:
        # Fresh processes behave alike on every system and inherit neither threads nor locks of this one.
        pool = ProcessPool(jobs, initializer=_start, initargs=(file,), context=get_context("spawn"))
        try:
            yield from work_off(inputs, submit, lose, (ProcessExpired, TimeoutError), jobs * _AHEAD)
        finally:
            # What still waits is dropped, so that an interrupted run ends at once.
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


@contextmanager
def _laid_down(knowledge: Knowledge) -> Iterator[str]:
    """Lay down what every process needs in a private file, and give its name.

    As an argument it would fill the pipe to a process that starts, and one that dies before it has read all of it
    would hold this process for ever.
    """
    number, name = mkstemp(prefix="gouji-", suffix=".knowledge")
    try:
        with os.fdopen(number, "wb") as file:
            pickle.dump(knowledge, file, protocol=5)
        yield name
    finally:
        os.unlink(name)


_knowledge: Knowledge | None = None


def _start(file: str) -> None:
    """Read what every file needs, the rules above all, only once."""
    global _knowledge  # noqa: PLW0603 - a worker process has no other place that lasts from file to file
    with open(file, "rb") as laid_down:
        _knowledge = pickle.load(laid_down)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process alone answers an interrupt


def _work(chunk: Chunk) -> list[Done]:
    assert _knowledge is not None, "a worker was not started through _start"
    return list(check_chunk(chunk, _knowledge))
