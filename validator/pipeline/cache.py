"""What was found in files before, by their content: a second run reads only what has changed.

The cache is a folder with one SQLite file. A key covers the content, the suffix, the program with its rules and
libraries, and the settings that change what is found; a file that could not be read is read again each time, for
the reason may lie outside it.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

import validator
from validator.errors import UsageError
from validator.model.bilingual import Bilingual
from validator.ruleset import data_folder
from validator.words import describe_os_error, line

from .checked import COLUMNS, Checked, from_row, rename, to_row
from .discovery import Input
from .frozen import DamagedError
from .settings import Settings

_LIBRARIES = ("selectolax", "lxml", "pypdfium2")
_MOST_BYTES = 2**27
_KEY_BYTES = 20
_VERSION = 2
"""Of the file; what results look like in it is part of their keys, as it hangs on the program."""


class Cache:
    """The cache in a folder, which is made if it is not there. UsageError if that cannot be done.

    One that is damaged or that another version wrote is made anew, and one that cannot be used is left alone: the run
    goes on, and `notes` take one line about it.
    """

    def __init__(self, folder: Path, settings: Settings, notes: list[Bilingual]) -> None:
        self._program = describe_program(settings) + _describe_source()
        self._path = folder / "gouji-cache.sqlite"
        self._notes = notes
        self._told = False
        self._file: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError.of("cannot-write", path=folder.as_posix(), reason=describe_os_error(error)) from None
        with self._in_use():
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
            self._open()

    def _open(self) -> None:
        self._file = sqlite3.connect(self._path, timeout=60, isolation_level=None)
        # A write that a crash cuts short is rolled back when the file is opened next.
        self._file.execute("pragma journal_mode = wal")
        self._file.execute("pragma synchronous = normal")
        ((version,),) = self._file.execute("pragma user_version").fetchall()
        ((tables,),) = self._file.execute("select count(*) from sqlite_master").fetchall()
        if tables and version != _VERSION:
            raise sqlite3.DatabaseError(f"{version} ≠ {_VERSION}")
        self._file.execute(
            f"create table if not exists found (key blob primary key, digest blob, {COLUMNS}) without rowid"
        )
        self._file.execute(f"pragma user_version = {_VERSION}")

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """Make the cache anew where it turns out to be damaged, and do without it where it cannot be used."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            self._give_up(str(error))
        except sqlite3.DatabaseError as error:
            self._note("cache-rebuilt", str(error))
            self.close()
            try:
                for end in ("", "-wal", "-shm"):
                    self._path.with_name(self._path.name + end).unlink(missing_ok=True)
                self._open()
            except (sqlite3.Error, OSError) as again:
                self._told = False
                self._give_up(str(again))

    def _give_up(self, reason: str) -> None:
        self._note("cache-unused", reason)
        self.close()

    def _note(self, key: str, reason: str) -> None:
        if not self._told:
            self._notes.append(line(key, path=self._path.as_posix(), reason=reason))
        self._told = True

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
        digest.update(f"{entry.suffix}\0{entry.member}\0".encode("utf-8", "replace"))
        digest.update(content)
        return digest.digest()

    def get(self, key: bytes, source: str) -> Checked | None:
        """Give what was found before in a file of this key, as that of the source."""
        found = None
        with self._in_use():
            if self._file is not None:
                found = self._file.execute("select * from found where key = ?", (key,)).fetchone()
        if found is None:
            return None
        _, digest, *row = found
        try:
            checked = from_row(*row)
            if digest == _digest(checked.frozen):
                return rename(checked, source)
        except (DamagedError, TypeError, ValueError):
            pass
        # What is damaged is read once more, and kept anew.
        self._note("cache-rebuilt", source)
        return None

    def put(self, found: Iterable[tuple[bytes, Checked]]) -> None:
        """Keep what was found in files, by their keys, all at once."""
        with self._in_use():
            if self._file is not None:
                self._file.execute("begin immediate")
                self._file.executemany(
                    "insert or replace into found values (?, ?, ?, ?, ?, ?, ?)",
                    ((key, _digest(checked.frozen), *to_row(checked)) for key, checked in found),
                )
                self._file.execute("commit")

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
        self._file = None


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
    for folder in (data_folder(), *settings.rules, *settings.forms):
        # The name of a rule's folder may be its group, and forms and rules come from different folders.
        for file in sorted(file for file in folder.rglob("*") if file.suffix in (".yaml", ".yml")):
            digest.update(file.relative_to(folder).as_posix().encode("utf-8", "surrogatepass") + b"\n")
            digest.update(file.read_bytes())
        digest.update(b"\n--\n")
    digest.update(str(settings.diagnosis).encode())
    return digest.digest()


def _describe_source() -> bytes:
    """Give a digest of when the program itself was changed, for those who work on it."""
    files = sorted(Path(validator.__file__).parent.rglob("*.py"))
    digest = blake2b(digest_size=_KEY_BYTES)
    for file, status in ((file, file.stat()) for file in files):
        digest.update(f"{file.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()
