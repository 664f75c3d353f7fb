"""What was found in files before, by their content: a second run reads only what has changed.

The cache is a folder with one SQLite file. A key covers the content, the suffix, the program with its rules and
libraries, and the settings that change what is found; a file that could not be read is read again each time, for
the reason may lie outside it.
"""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

import validator
from validator.errors import UsageError
from validator.ruleset.loading import data_folder

from .checked import COLUMNS, Checked, from_row, rename, to_row
from .discovery import Input
from .settings import Settings

_LIBRARIES = ("selectolax", "lxml", "pypdfium2")
_MOST_BYTES = 2**27
_KEY_BYTES = 20


class Cache:
    """The cache in a folder, which is made if it is not there. UsageError if that cannot be done."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._program = describe_program(settings) + _describe_source()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
            self._file = sqlite3.connect(folder / "gouji-cache.sqlite", timeout=60, isolation_level=None)
            # A write that a crash cuts short is rolled back when the file is opened next.
            self._file.execute("pragma journal_mode = wal")
            self._file.execute("pragma synchronous = normal")
            self._file.execute(
                f"create table if not exists found (key blob primary key, digest blob, {COLUMNS}) without rowid"
            )
        except (OSError, sqlite3.Error) as error:
            raise UsageError(f"{folder}: {error}") from None

    def key(self, entry: Input) -> bytes | None:
        """Give the key of a file; None if it cannot be had."""
        if entry.error is not None:
            return None
        try:
            if entry.path.stat().st_size > _MOST_BYTES:
                return None
            content = entry.path.read_bytes()
        except (OSError, ValueError):
            return None
        digest = blake2b(self._program, digest_size=_KEY_BYTES)
        digest.update(entry.path.suffix.lower().encode("utf-8", "replace"))
        digest.update(content)
        return digest.digest()

    def get(self, key: bytes, source: str) -> Checked | None:
        """Give what was found before in a file of this key, as that of the source."""
        found = self._file.execute("select * from found where key = ?", (key,)).fetchone()
        if found is None:
            return None
        _, digest, *row = found
        checked = from_row(*row)
        # What is damaged is read once more.
        return rename(checked, source) if digest == _digest(checked.frozen) else None

    def put(self, found: Iterable[tuple[bytes, Checked]]) -> None:
        """Keep what was found in files, by their keys, all at once."""
        self._file.execute("begin immediate")
        self._file.executemany(
            "insert or replace into found values (?, ?, ?, ?, ?, ?, ?)",
            ((key, _digest(checked.frozen), *to_row(checked)) for key, checked in found),
        )
        self._file.execute("commit")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _digest(frozen: bytes) -> bytes:
    return blake2b(frozen, digest_size=_KEY_BYTES).digest()


def describe_program(settings: Settings) -> bytes:
    """Give a digest of all that decides what is found in a file, besides the file."""
    digest = blake2b(validator.__version__.encode(), digest_size=_KEY_BYTES)
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {metadata.version(library)}\n".encode())
        except metadata.PackageNotFoundError:
            digest.update(f"{library} -\n".encode())
    for folder in (data_folder(), *settings.rules):
        for file in sorted(folder.rglob("*.yaml")):
            digest.update(file.read_bytes())
    digest.update(str(settings.diagnosis).encode())
    return digest.digest()


def _describe_source() -> bytes:
    """Give a digest of when the program itself was changed, for those who work on it."""
    files = sorted(Path(validator.__file__).parent.rglob("*.py"))
    digest = blake2b(digest_size=_KEY_BYTES)
    for file, status in ((file, file.stat()) for file in files):
        digest.update(f"{file.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()
