"""Processes of this machine that take many files through the check, and do what comes after.

Each process has a pipe of its own, so that one that dies, whenever it does, leaves nothing locked or half written that
another needs. It is handed a few tasks ahead and answers them one by one.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from multiprocessing.connection import wait
from multiprocessing.spawn import get_preparation_data
from pathlib import Path
from time import monotonic
from typing import TypeVar
from weakref import finalize

from validator.readers import CONVERTED

from .frozen import Done, Numbered, decode_done, pack
from .knowledge import Knowledge
from .single import lost_result
from .workers import NEVER, START_SECONDS, Job, Worker, lay_down

T = TypeVar("T")

_AHEAD = 4
"""Files that each process has been handed: the one it is at, and those it goes on with while it is answered."""
_TASKS = 2
"""Other tasks that each process has been handed."""
_OFFICE_SECONDS = 130
"""What two starts of LibreOffice may take in addition to the time of a file that it converts twice."""
_STARTS = 2
"""How often each process may fail to start before its work is done without it."""


class Crew:
    """Processes that check files and do other work of a run, started when there is something to do.

    They end with the context, or when the crew is let go of. `inputs` are those that are not checked yet; the rest,
    where no process starts.
    """

    def __init__(self, knowledge: Knowledge, folder: Path, seconds: float, jobs: int = 1) -> None:
        """Take what all need, a private folder to lay it down in, the time for one file, and how many there are."""
        try:
            get_preparation_data("gouji")
        except RuntimeError:  # one of the processes reads an unguarded script anew: the first goes on alone
            os._exit(1)
        self.inputs: Iterator[Numbered] = iter(())
        self._jobs = jobs
        self._knowledge, self._folder = knowledge, folder
        self._laid: list[str] = []
        self._seconds = seconds
        self._workers: list[Worker] = []
        finalize(self, _leave, self._workers, self._laid)
        self._lost: list[tuple[Numbered, bool]] = []
        self._failed = 0

    def check(self, inputs: Iterable[Numbered]) -> Iterator[Done]:
        """Give what came of each input as it is done.

        A process that dies or takes too long costs the file that it was at: that is tried once more alone, when all
        others are done, and if the same happens again it is lost.
        """
        self.inputs, jobs = iter(inputs), self._jobs
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
        self.inputs, self._jobs = rest, jobs

    def call(self, job: Job, given: object, tasks: Iterable[T]) -> Iterator[tuple[T, bytes | None]]:
        """Give each task in its turn with the answer to it.

        `given` goes to each process once, and a few tasks are drawn ahead. None stands for the answer to a task that no
        process did: it is left to the caller.
        """
        at: dict[Worker, deque[int]] = {w: deque() for w in self._all_started() if w.send(("begin", (job, given)))}
        source, answers, waiting = iter(tasks), dict[int, bytes | None](), deque[T]()
        drawn, turn, more = 0, 0, True
        while more or turn < drawn:
            free = next((worker for worker in at if len(at[worker]) < _TASKS), None)
            if more and (free or not at) and drawn - turn < _AHEAD * (len(at) or 1):
                for task in source:
                    waiting.append(task)
                    if free is None:
                        answers[drawn] = None
                    else:  # one that is dead is heard of below
                        free.send(("do", task))
                        at[free].append(drawn)
                    drawn += 1
                    break
                else:
                    more = False
            elif turn not in answers:
                heard = wait([worker.pipe for worker in at if at[worker]])
                for worker in [worker for worker in at if worker.pipe in heard]:
                    if (answer := worker.receive()) is not None:
                        answers[at[worker].popleft()] = answer or None
                        continue
                    self._workers.remove(worker)
                    worker.kill()
                    answers |= dict.fromkeys(at.pop(worker))
            while turn in answers:
                yield waiting.popleft(), answers.pop(turn)
                turn += 1

    def _all_started(self) -> "list[Worker]":
        """Start as many processes as there are to be, and give those that have."""
        while len(self._workers) < self._jobs and self._failed < self._jobs * _STARTS:
            self._start()
        for worker in [worker for worker in self._workers if not worker.started]:
            worker.started = worker.pipe.poll(START_SECONDS) and worker.receive() is not None
            if not worker.started:
                self._workers.remove(worker)
                worker.kill()
        return list(self._workers)

    def end(self) -> None:
        """End the processes that have nothing to do, and let go of them."""
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(5)
        while self._workers:
            self._workers.pop().kill()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.end()
        # What still waits is dropped, so that an interrupted run ends at once.
        _leave(self._workers, self._laid)

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
            self._laid[:] = self._laid or [lay_down(self._knowledge, self._folder)]
            self._workers.append(Worker(self._laid[0], self._seconds))
        except OSError:
            self._failed += 1

    def _hear(self, worker: "Worker") -> Iterator[Done]:
        answer = worker.receive()
        if answer is None:
            self._lose(worker, slow=False)
        elif worker.started:
            done = decode_done(answer)
            worker.answered()
            yield done
        else:
            worker.started = True
            worker.deadline = NEVER

    def _lose(self, worker: "Worker", *, slow: bool) -> None:
        """Let go of a process that is dead or has to be: the file that it was at is put aside, the others go back."""
        self._workers.remove(worker)
        worker.kill()
        if not worker.started:
            self._failed += 1
        elif worker.files:
            file, *others = (file for file, _ in worker.files)
            self._lost.append((file, slow))
            self.inputs = chain(others, self.inputs)


def _leave(workers: list[Worker], laid: list[str]) -> None:
    """End processes at once, and remove what was laid down for them."""
    while workers:
        workers.pop().kill()
    while laid:
        Path(laid.pop()).unlink(missing_ok=True)
