"""What was found in files, kept in SQLite: a cache by their content, and the share of a run that one machine checks.

A second run with a cache reads only what has changed. A key covers the content, the suffix, the program with its rules
and libraries, and the settings that change what is found; a file that could not be read is read again each time, for
the reason may lie outside it. The file of a share is written whole or not at all: what came of each input, by its
number in the run, and the manifest (which run, which share, of what program, a digest of all that came). All shares
together give the whole run.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import Any

import validator
from validator.errors import UsageError
from validator.model.bilingual import Bilingual
from validator.ruleset import data_folder
from validator.words import describe_os_error, line

from .discovery import Input
from .frozen import COLUMNS, Checked, DamagedError, Done, from_row, rename, thaw, to_row
from .settings import Settings
from .store import REPORTS_A_FILE, Store

_LIBRARIES = ("selectolax", "lxml", "pypdfium2", "rapidocr", "onnxruntime")
_MOST_BYTES = 2**27
_KEY_BYTES = 20
_VERSION = 3
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
            if digest == _digest(row):
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
                    ((key, _digest(row), *row) for key, row in ((key, to_row(checked)) for key, checked in found)),
                )
                self._file.execute("commit")

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
        self._file = None


def _digest(row: Iterable[bytes | int | None]) -> bytes:
    plain = (value if isinstance(value, bytes) else b"-" if value is None else b"%d\0" % value for value in row)
    return blake2b(b"".join(plain), digest_size=_KEY_BYTES).digest()


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
    digest.update(f"{settings.diagnosis} {settings.scans}".encode())
    return digest.digest()


def _describe_source() -> bytes:
    """Give a digest of when the program itself was changed, for those who work on it."""
    files = sorted(Path(validator.__file__).parent.rglob("*.py"))
    digest = blake2b(digest_size=_KEY_BYTES)
    for file, status in ((file, file.stat()) for file in files):
        digest.update(f"{file.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()


_SCHEMA = "gouji.shard/2"


def shard_file(folder: Path, shard: tuple[int, int]) -> Path:
    """Name the file of a share."""
    number, of = shard
    return folder / f"shard-{number}-of-{of}.gouji"


def write_shard(store: Store, folder: Path, shard: tuple[int, int], program: bytes) -> Path:
    """Keep the results of a share in a folder, with the manifest that tells which run it is a share of."""
    target = shard_file(folder, shard)
    manifest: dict[str, object] = {
        "schema": _SCHEMA,
        "shard": shard[0],
        "of": shard[1],
        **_describe_run(store, program),
    }
    digest = blake2b(digest_size=_KEY_BYTES)
    draft = target.with_name(f".{target.name}.{os.urandom(8).hex()}.tmp")
    try:
        draft.touch(exist_ok=False)
        with closing(sqlite3.connect(draft)) as file, file:
            file.execute("create table manifest (told text)")
            file.execute(f"create table done (number integer primary key, {COLUMNS})")
            file.executemany("insert into done values (?, ?, ?, ?, ?, ?)", _digest_each(store.rows(), digest))
            manifest["digest"] = digest.hexdigest()
            file.execute("insert into manifest values (?)", (json.dumps(manifest),))
        draft.replace(target)
    except (sqlite3.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError.of("cannot-write", path=target.as_posix(), reason=reason) from None
    finally:
        draft.unlink(missing_ok=True)
    return target


def _digest_each(rows: Iterable[tuple[Any, ...]], digest: blake2b) -> Iterator[tuple[Any, ...]]:
    """Give the rows on, and take each into the digest."""
    for row in rows:
        digest.update(_digest(row))
        yield row


def _describe_run(store: Store, program: bytes) -> dict[str, object]:
    digest = blake2b(digest_size=20)
    total = 0
    for entry in store.inputs():
        digest.update(entry.source.encode("utf-8", "surrogatepass") + b"\0")
        total += 1
    return {"inputs": total, "paths": digest.hexdigest(), "program": program.hex()}


def join_shards(folder: Path) -> tuple[Store, int]:
    """Put the shares in a folder together; give the store of the whole run and how many inputs were left out.

    Raises UsageError if one is missing, is none, or is of another run or another program.
    """
    files = sorted(folder.glob("shard-*-of-*.gouji"))
    if not files:
        raise UsageError.of("no-shares", folder=folder.as_posix())
    manifests = {file: _read_manifest(file) for file in files}
    first = manifests[files[0]]
    for file, manifest in manifests.items():
        for key in ("of", "inputs", "paths", "program"):
            if manifest[key] != first[key]:
                raise UsageError.of("shares-differ", file=files[0].as_posix(), other=file.name)
    missing = sorted(set(range(1, first["of"] + 1)) - {manifest["shard"] for manifest in manifests.values()})
    if missing:
        names = ", ".join(shard_file(folder, (number, first["of"])).name for number in missing)
        raise UsageError.of("shares-missing", folder=folder.as_posix(), missing=names)
    store = Store()
    kept: set[int] = set()
    for file in files:
        for place, checked in _read_done(file, manifests[file]["digest"]):
            if checked is not None:
                store.put_report(place, checked)
                kept.add(place // REPORTS_A_FILE)
    return store, first["inputs"] - len(kept)


def _read_manifest(file: Path) -> dict[str, Any]:
    try:
        with closing(_open(file)) as opened:
            (told,) = opened.execute("select told from manifest").fetchone()
        manifest: dict[str, Any] = json.loads(told)
        if manifest["schema"] == _SCHEMA and manifest["of"] >= manifest["shard"] >= 1 and manifest["digest"]:
            return manifest
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        pass
    raise UsageError.of("share-damaged", file=file.as_posix())


def _read_done(file: Path, expected: str) -> Iterator[Done]:
    """Give what came of each input; one bit that is not as it was written, or a row, would be another result."""
    digest = blake2b(digest_size=_KEY_BYTES)
    try:
        with closing(_open(file)) as opened:
            for number, *kept in _digest_each(opened.execute("select * from done order by number"), digest):
                checked = from_row(*kept)
                thaw(checked.frozen)
                yield number, checked
        if digest.hexdigest() != expected:
            raise DamagedError(f"{digest.hexdigest()} ≠ {expected}")
    except (sqlite3.Error, DamagedError, TypeError, ValueError, AttributeError):
        raise UsageError.of("share-damaged", file=file.as_posix()) from None


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
