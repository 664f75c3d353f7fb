"""Many files through the check in several processes of this machine.

Each process has a pipe of its own, so that one that dies, whenever it does, leaves nothing locked or half written that
another needs. It is handed a few files ahead and answers them one by one, in bytes that can make results alone.
"""

import os
import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.spawn import get_preparation_data
from pathlib import Path
from tempfile import mkstemp
from threading import Thread
from time import monotonic

from validator.errors import GoujiError
from validator.readers import CONVERTED

from .frozen import Done, Numbered, decode_done, encode_done, encode_failure, pack
from .knowledge import Knowledge
from .single import check_inputs, lost_result

_AHEAD = 4
"""Files that each process has been handed: the one it is at, and those it goes on with while it is answered."""
_START_SECONDS = 60
"""A process that has not said within these that it has started is taken for dead."""
_OFFICE_SECONDS = 130
"""What two starts of LibreOffice may take in addition to the time of a file that it converts twice."""
_STARTS = 2
"""How often each process may fail to start before its work is done without it."""


class Crew:
    """Processes that check files. `inputs` are those that are not checked yet; the rest, where no process starts."""

    def __init__(self, inputs: Iterable[Numbered], knowledge: str, jobs: int, seconds: float) -> None:
        """Take the inputs, the file in which the knowledge lies, how many processes, and the time for one file."""
        self.inputs = iter(inputs)
        self._knowledge = knowledge
        self._jobs = jobs
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._lost: list[tuple[Numbered, bool]] = []
        self._failed = 0

    def work(self) -> Iterator[Done]:
        """Give what came of each input as it is done.

        A process that dies or takes too long costs the file that it was at: that is tried once more alone, when all
        others are done, and if the same happens again it is lost.
        """
        yield from self._work(_AHEAD)
        tried, self._lost = self._lost, []
        if not tried:
            return
        rest, self.inputs, self._jobs, self._failed = self.inputs, iter([file for file, _ in tried]), 1, 0
        self.end()
        yield from self._work(1)
        untried = [(file, False) for file in self.inputs]
        for (number, entry), slow in [*self._lost, *untried]:
            yield number, pack(lost_result(entry, self._seconds if slow else None))
        self.inputs = rest

    def end(self) -> None:
        """End the processes that have nothing to do, and let go of them."""
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(5)
        self.stop()

    def stop(self) -> None:
        """End the processes at once, whatever they are at."""
        while self._workers:
            self._workers.pop().kill()

    def _work(self, ahead: int) -> Iterator[Done]:
        while self._hand_out(ahead):
            soonest = min(worker.deadline for worker in self._workers)
            heard = wait([worker.pipe for worker in self._workers], max(0.0, soonest - monotonic()))
            for worker in [worker for worker in self._workers if worker.pipe in heard]:
                yield from self._hear(worker)
            for worker in [worker for worker in self._workers if worker.deadline < monotonic()]:
                if not worker.pipe.poll():
                    self._lose(worker, slow=True)

    def _hand_out(self, ahead: int) -> bool:
        """Hand files to the processes, of which as many are started as there is work for; False if nothing is left."""
        for worker in list(self._workers):
            while worker.started and len(worker.files) < ahead and (file := next(self.inputs, None)):
                if not worker.hand(file, self._limit(file, ahead)):
                    self.inputs = chain([file], self.inputs)
                    self._lose(worker, slow=False)
                    break
        if len(self._workers) < self._jobs and self._failed < self._jobs * _STARTS:
            file = next(self.inputs, None)
            if file is not None:
                self.inputs = chain([file], self.inputs)
                while len(self._workers) < self._jobs and self._failed < self._jobs * _STARTS:
                    self._start()
        return any(worker.files or not worker.started for worker in self._workers)

    def _limit(self, file: Numbered, ahead: int) -> float:
        """Give the seconds for a file. Alone, LibreOffice is stopped before the process that waits for it is."""
        converted = ahead == 1 and Path(file[1].source).suffix.lower() in CONVERTED
        return 2 * self._seconds + _OFFICE_SECONDS if converted else self._seconds

    def _start(self) -> None:
        try:
            self._workers.append(_Worker(self._knowledge, self._seconds))
        except OSError:
            self._failed += 1

    def _hear(self, worker: "_Worker") -> Iterator[Done]:
        try:
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            self._lose(worker, slow=False)
            return
        if worker.started:
            done = decode_done(answer)
            worker.answered()
            yield done
        else:
            worker.started = True
            worker.deadline = _NEVER

    def _lose(self, worker: "_Worker", *, slow: bool) -> None:
        """Let go of a process that is dead or has to be: the file that it was at is put aside, the others go back."""
        self._workers.remove(worker)
        worker.kill()
        if not worker.started:
            self._failed += 1
        elif worker.files:
            file, *others = (file for file, _ in worker.files)
            self._lost.append((file, slow))
            self.inputs = chain(others, self.inputs)


_NEVER = float("inf")


class _Worker:
    """A process with what it was handed, each with its limit in seconds: the first is the one that it is at."""

    def __init__(self, knowledge: str, seconds: float) -> None:
        """Start it; OSError if the system has no room for one more."""
        # Fresh processes behave alike on every system and inherit neither threads nor locks of this one.
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.files: deque[tuple[Numbered, float]] = deque()
        self.started = False
        self.deadline = monotonic() + _START_SECONDS
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, knowledge, seconds), daemon=True)
        try:
            self.process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()

    def hand(self, file: Numbered, seconds: float) -> bool:
        """Hand it a file; False if it is dead."""
        try:
            self.pipe.send(file)
        except OSError:
            return False
        self.files.append((file, seconds))
        if len(self.files) == 1:
            self.deadline = monotonic() + seconds
        return True

    def answered(self) -> None:
        """Take note that it has answered the file that it was at."""
        self.files.popleft()
        self.deadline = monotonic() + self.files[0][1] if self.files else _NEVER

    def kill(self) -> None:
        """End it at once."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _serve(pipe: Connection, file: str, seconds: float) -> None:
    """Check each file that comes through the pipe and answer it, until there is no one to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process alone answers an interrupt
    Thread(target=end_with_parent, daemon=True).start()
    knowledge = _take_up(file)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send_bytes(b"")
        while True:
            pipe.send_bytes(_answer(pipe.recv(), knowledge, seconds))


def _answer(file: Numbered, knowledge: Knowledge, seconds: float) -> bytes:
    try:
        ((number, checked),) = check_inputs([file], knowledge, seconds)
    except GoujiError as error:
        return encode_failure(error)
    return encode_done((number, checked))


def _take_up(file: str) -> Knowledge:
    """Read what every file needs; a process that cannot has not started, and the main one goes on without it."""
    try:
        with open(file, "rb") as laid_down:
            knowledge: Knowledge = pickle.load(laid_down)
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):
        os._exit(1)
    return knowledge


def end_with_parent() -> None:
    """Wait for the main process to end, be it killed, and end with it in the middle of a file."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def start_crew(
    inputs: Iterable[Numbered], knowledge: Knowledge, folder: Path, jobs: int, seconds: float
) -> Iterator[Crew]:
    """Lay down in a private folder what every process needs, and give processes that end with the context.

    As an argument it would fill the pipe to a process that starts, and one that dies before it has read all of it
    would hold this process for ever.
    """
    try:
        get_preparation_data("gouji")
    except RuntimeError:  # one of the processes reads an unguarded script anew: the first goes on alone
        os._exit(1)
    number, name = mkstemp(suffix=".knowledge", dir=folder)
    with os.fdopen(number, "wb") as file:
        pickle.dump(knowledge, file, protocol=5)
    made = Crew(inputs, name, jobs, seconds)
    try:
        yield made
        made.end()
    finally:
        # What still waits is dropped, so that an interrupted run ends at once.
        made.stop()
        os.unlink(name)
