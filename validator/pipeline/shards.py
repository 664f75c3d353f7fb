"""The share of a run that one machine checks, kept in a file; all shares together give the results of the whole run.

A share's file is SQLite, written whole or not at all: the manifest (which run, which share, of what program) and
what came of each input, by its number in the run.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any

from validator.errors import UsageError

from .checked import COLUMNS, Done, from_row
from .frozen import DamagedError, thaw
from .store import REPORTS_A_FILE, Store

_SCHEMA = "gouji.shard/1"


def shard_file(folder: Path, shard: tuple[int, int]) -> Path:
    """Name the file of a share."""
    number, of = shard
    return folder / f"shard-{number}-of-{of}.gouji"


def write_shard(store: Store, folder: Path, shard: tuple[int, int], program: bytes) -> Path:
    """Keep the results of a share in a folder, with the manifest that tells which run it is a share of."""
    target = shard_file(folder, shard)
    manifest = {"schema": _SCHEMA, "shard": shard[0], "of": shard[1], **_describe_run(store, program)}
    draft = target.with_name(f".{target.name}.{os.urandom(8).hex()}.tmp")
    try:
        draft.touch(exist_ok=False)
        with closing(sqlite3.connect(draft)) as file, file:
            file.execute("create table manifest (told text)")
            file.execute("insert into manifest values (?)", (json.dumps(manifest),))
            file.execute(f"create table done (number integer primary key, {COLUMNS})")
            file.executemany("insert into done values (?, ?, ?, ?, ?, ?)", store.rows())
        draft.replace(target)
    except (sqlite3.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError.of("cannot-write", path=target.as_posix(), reason=reason) from None
    finally:
        draft.unlink(missing_ok=True)
    return target


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
        for place, checked in _read_done(file):
            if checked is not None:
                store.put_report(place, checked)
                kept.add(place // REPORTS_A_FILE)
    return store, first["inputs"] - len(kept)


def _read_manifest(file: Path) -> dict[str, Any]:
    try:
        with closing(_open(file)) as opened:
            (told,) = opened.execute("select told from manifest").fetchone()
        manifest: dict[str, Any] = json.loads(told)
        if manifest["schema"] == _SCHEMA and manifest["of"] >= manifest["shard"] >= 1:
            return manifest
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        pass
    raise UsageError.of("share-damaged", file=file.as_posix())


def _read_done(file: Path) -> Iterator[Done]:
    try:
        with closing(_open(file)) as opened:
            for number, *kept in opened.execute("select * from done order by number"):
                checked = from_row(*kept)
                thaw(checked.frozen)
                yield number, checked
    except (sqlite3.Error, DamagedError, TypeError, ValueError, AttributeError):
        raise UsageError.of("share-damaged", file=file.as_posix()) from None


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
