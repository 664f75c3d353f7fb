"""Batches of dropped files: taken in, checked one after the other, kept until their page is closed."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from typing import IO, Any

from validator.model.bilingual import Language
from validator.words import line

from .batch_check import check_batch

LARGEST_FILE = 256 << 20
"""Bytes: that of the largest file which a reader takes, an archive."""
LARGEST_BATCH = 1 << 30
MOST_FILES = 5000
_AT_ONCE = 2
_SILENCE = 300.0
"""Seconds without a file done after which a check is given up; one file may take 120, and LibreOffice twice 65."""
_GRACE = 20.0
"""Seconds that what a page held is kept after it was left: it may only have been loaded anew."""
_FORGOTTEN = 12 * 3600.0
_PIECE = 1 << 20
_LONGEST_NAME = 150


class TooLargeError(Exception):
    """More bytes or files than are taken."""


class Batch:
    """Files that were dropped together. `state` is receiving, waiting, checking, done or failed."""

    def __init__(self, folder: Path, language: Language) -> None:
        """Take a private folder for it, which is there."""
        self.inputs, self.outputs = folder / "in", folder / "out"
        self.inputs.mkdir()
        self.outputs.mkdir()
        self.state, self.done, self.total = "receiving", 0, 0
        self.result: dict[str, Any] = {}
        self.ends = monotonic() + _FORGOTTEN
        self._folder, self._language = folder, language
        self._bytes = 0
        self._lock = Lock()
        self._stopped = False

    def take(self, name: str, source: IO[bytes], size: int) -> None:
        """Write a file of so many bytes under a name such as "2023/a.docx". Raises TooLargeError."""
        with self._lock:
            if self.state != "receiving":
                raise ValueError(self.state)
            self._bytes += size
            self.total += 1
            if size > LARGEST_FILE or self._bytes > LARGEST_BATCH or self.total > MOST_FILES:
                raise TooLargeError
            path = _free_place(self.inputs, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            target = path.open("xb")
        with target:
            left = size
            while left > 0 and (piece := source.read(min(left, _PIECE))):
                target.write(piece)
                left -= len(piece)

    def start(self, turns: BoundedSemaphore) -> None:
        """Check it when it is its turn."""
        with self._lock:
            if self.state == "receiving":
                self.state = "waiting"
                Thread(target=self._check, args=(turns,), daemon=True).start()

    def _check(self, turns: BoundedSemaphore) -> None:
        with turns:
            context = get_context("spawn")
            ours, theirs = context.Pipe(duplex=False)
            arguments = (self.inputs, self.outputs, self._language, theirs)
            process = context.Process(target=check_batch, args=arguments)
            self.state = "checking"
            try:
                process.start()
                theirs.close()
                self._listen(ours)
            except OSError as error:
                self._fail(str(error))
            finally:
                ours.close()
                if process.pid is not None:
                    process.join(2)
                    process.kill()
                    process.join()
                if self._stopped:
                    shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self, pipe: Any) -> None:  # noqa: ANN401 - a Connection on every system has another type
        heard = monotonic()
        while not self._stopped:
            if not pipe.poll(0.2):
                if monotonic() - heard > _SILENCE:
                    self._fail(line("serve-silent").in_language(self._language))
                    return
                continue
            heard = monotonic()
            try:
                said = pipe.recv()
            except EOFError:
                self._fail(line("serve-died").in_language(self._language))
                return
            if isinstance(said, tuple):
                self.done, self.total = said
                continue
            if "failed" in said:
                self._fail(said["failed"])
                return
            self.result, self.state = said["done"], "done"
            return

    def _fail(self, why: str) -> None:
        self.result, self.state = {"error": why}, "failed"

    def end(self) -> None:
        """Stop what is done with it and take its files off the disk."""
        self._stopped = True
        if self.state != "checking":
            shutil.rmtree(self._folder, ignore_errors=True)


def _free_place(folder: Path, name: str) -> Path:
    """Give a place inside the folder for a file of a name that came from outside, whatever is in the name."""
    parts = [_clean(part) for part in name.replace("\\", "/").split("/")]
    path = folder.joinpath(*[part for part in parts if part] or ["file"])
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return path


def _clean(part: str) -> str:
    """Give a part of a path as the system may have it: no step up, no drive, no sign with a meaning, not too long."""
    kept = "".join("_" if sign in '<>:"|?*/' or not sign.isprintable() else sign for sign in part).strip(" ")
    if not kept.strip("."):
        return ""
    stem, suffix = os.path.splitext(kept)
    while len(os.fsencode(stem)) > _LONGEST_NAME:
        stem = stem[:-1]
    return stem + suffix[:20]


class Batches:
    """All batches of a server, each under a name that nobody can guess, in one private folder."""

    def __init__(self, language: Language) -> None:
        """Make the folder, which only this user can read."""
        self._language = language
        self._folder = Path(tempfile.mkdtemp(prefix="gouji-"))
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._held: dict[str, Batch] = {}
        self._lock = Lock()

    def begin(self) -> str:
        """Make a batch and give its name."""
        self.sweep()
        name = secrets.token_urlsafe(16)
        folder = self._folder / secrets.token_hex(8)
        folder.mkdir()
        with self._lock:
            self._held[name] = Batch(folder, self._language)
        return name

    def find(self, name: str) -> Batch | None:
        """Give the batch of a name, which is held on to from then on; None if there is none."""
        batch = self._held.get(name)
        if batch is not None:
            batch.ends = monotonic() + _FORGOTTEN
        return batch

    def start(self, batch: Batch) -> None:
        """Have it checked when it is its turn."""
        batch.start(self._turns)

    def leave(self, name: str) -> None:
        """Let go of a batch soon, unless its page comes back."""
        if (batch := self._held.get(name)) is not None:
            batch.ends = monotonic() + _GRACE

    def sweep(self, now: Callable[[], float] = monotonic) -> None:
        """Let go of batches whose page was left."""
        with self._lock:
            held = list(self._held.items())
        for name, batch in held:
            if batch.ends < now():
                with self._lock:
                    self._held.pop(name, None)
                batch.end()

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            held, self._held = list(self._held.values()), {}
        for batch in held:
            batch.end()
        with suppress(OSError):
            shutil.rmtree(self._folder, ignore_errors=True)
