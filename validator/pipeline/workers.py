"""A process of a run and what goes on in it.

It believes what it is handed, which comes from the process that started it; what it answers, having read files of
others, are bytes that can make results alone.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import mkstemp
from threading import Thread
from time import monotonic

import msgspec

from validator.errors import GoujiError

from .frozen import Numbered, encode_done, encode_failure
from .knowledge import Knowledge, freeze_knowledge, thaw_knowledge
from .single import check_inputs

Job = tuple[str, str]
"""The module and the name of a function (given, task, knowledge) -> bytes, which a process imports."""

START_SECONDS = 60
"""A process that has not said within these that it has started is taken for dead."""
_RARELY = 50_000
"""So many new objects before Python looks for circles among them, as in the main process."""
NEVER = float("inf")


class Worker:
    """A process with what it was handed, each with its limit in seconds: the first is the one that it is at."""

    def __init__(self, knowledge: str, seconds: float) -> None:
        """Start it; OSError if the system has no room for one more."""
        # Fresh processes behave alike on every system and inherit neither threads nor locks of this one.
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.files: deque[tuple[Numbered, float]] = deque()
        self.started = False
        self.deadline = monotonic() + START_SECONDS
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, knowledge, seconds), daemon=True)
        try:
            self.process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()

    def send(self, message: tuple[str, object]) -> bool:
        """Tell it something; False if it is dead."""
        try:
            self.pipe.send(message)
        except OSError:
            return False
        return True

    def receive(self) -> bytes | None:
        """Wait for what it says; None if it is dead."""
        try:
            return self.pipe.recv_bytes()
        except (EOFError, OSError):
            return None

    def hand(self, file: Numbered, seconds: float) -> bool:
        """Hand it a file; False if it is dead."""
        if not self.send(("check", file)):
            return False
        self.files.append((file, seconds))
        if len(self.files) == 1:
            self.deadline = monotonic() + seconds
        return True

    def answered(self) -> None:
        """Take note that it has answered the file that it was at."""
        self.files.popleft()
        self.deadline = monotonic() + self.files[0][1] if self.files else NEVER

    def kill(self) -> None:
        """End it at once."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _serve(pipe: Connection, file: str, seconds: float) -> None:
    """Do what comes through the pipe and answer it, until there is no one to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process alone answers an interrupt
    Thread(target=end_with_parent, daemon=True).start()
    knowledge = _take_up(file)
    gc.freeze()
    gc.set_threshold(_RARELY)
    do: Callable[..., bytes] = bytes
    given: object = None
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send_bytes(b"")
        while True:
            what, task = pipe.recv()
            if what == "check":
                pipe.send_bytes(_answer(task, knowledge, seconds))
            elif what == "begin":
                (module, name), given = task
                do = getattr(import_module(module), name)
            else:
                with suppress(Exception):  # a fault of ours shows again where the caller does it
                    answer = b""
                    answer = do(given, task, knowledge)
                pipe.send_bytes(answer)


def _answer(file: Numbered, knowledge: Knowledge, seconds: float) -> bytes:
    try:
        ((number, checked),) = check_inputs([file], knowledge, seconds)
    except GoujiError as error:
        return encode_failure(error)
    return encode_done((number, checked))


def lay_down(knowledge: Knowledge, folder: Path) -> str:
    """Write what every process needs to a file, and name it; OSError if there is no room.

    As an argument it would fill the pipe to a process that starts, and one that dies before it has read all of it
    would hold this process for ever.
    """
    number, name = mkstemp(suffix=".knowledge", dir=folder)
    with os.fdopen(number, "wb") as file:
        file.write(freeze_knowledge(knowledge))
    return name


def _take_up(file: str) -> Knowledge:
    """Read what every file needs; a process that cannot has not started, and the main one goes on without it."""
    try:
        return thaw_knowledge(Path(file).read_bytes())
    except (OSError, KeyError, msgspec.MsgspecError):
        os._exit(1)


def end_with_parent() -> None:
    """Wait for the main process to end, be it killed, and end with it in the middle of a file."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
