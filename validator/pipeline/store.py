"""Where the inputs and results of a run lie while it goes on: in a file, so that memory does not grow with them."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from validator.errors import ReadError
from validator.model.result import ReportResult

from .checked import Checked
from .discovery import Input
from .frozen import thaw

_TABLES = """
create table input (
    sorted blob primary key, real blob unique, path blob, found integer, error text
) without rowid;
create table result (
    number integer primary key, organization blob, year integer, frozen blob
);
create index result_body on result (organization, year);
"""


class Store:
    """The inputs of one run in the order of their paths, and for each its result, all that was found in it.

    The file is private to this process, and gone when `close` is called or the store is let go of.
    """

    def __init__(self) -> None:
        folder = mkdtemp(prefix="gouji-")
        self._file = sqlite3.connect(Path(folder, "run.sqlite"), isolation_level=None)
        self.close = finalize(self, _clear_away, self._file, folder)
        # Nothing in it outlives the run, so nothing has to survive a crash.
        self._file.executescript(f"pragma journal_mode = off; pragma synchronous = off; {_TABLES}")

    def add_inputs(self, inputs: Iterable[Input]) -> int:
        """Take in the inputs, each file once, and give how many there are."""
        self._file.execute("begin")
        self._file.executemany(
            "insert or ignore into input values (?, ?, ?, ?, ?)", (_to_record(entry) for entry in inputs)
        )
        self._file.execute("commit")
        (count,) = self._file.execute("select count(*) from input").fetchone()
        return int(count)

    def inputs(self) -> Iterator[Input]:
        """Give the inputs in the order of their paths."""
        for path, found, error in self._pages("select path, found, error from input order by sorted"):
            yield Input(Path(os.fsdecode(path)), bool(found), _to_error(error))

    def put(self, number: int, checked: Checked) -> None:
        """Keep what was found in the input of that number, in place of what was kept for it before."""
        organization = None if checked.organization is None else checked.organization.encode("utf-8", "replace")
        self._file.execute(
            "insert or replace into result values (?, ?, ?, ?)", (number, organization, checked.year, checked.frozen)
        )

    def get(self, number: int) -> ReportResult:
        """Give what was found in the input of that number."""
        (frozen,) = self._file.execute("select frozen from result where number = ?", (number,)).fetchone()
        return thaw(frozen)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give number, frozen result, body and year of each input that is done."""
        return self._pages("select number, frozen, organization, year from result order by number")

    def results(self) -> Iterator[ReportResult]:
        """Give all that was found, in the order of the inputs; may be called any number of times."""
        for (frozen,) in self._pages("select frozen from result order by number"):
            yield thaw(frozen)

    def _pages(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query; each call has a cursor of its own, so that one may go on beside another."""
        return self._file.cursor().execute(query)


def _clear_away(file: sqlite3.Connection, folder: str) -> None:
    file.close()
    rmtree(folder, ignore_errors=True)


def _to_record(entry: Input) -> tuple[bytes, bytes, bytes, bool, str | None]:
    # Parts of a path are put in order one by one: "a/b" before "a b".
    place = b"\0".join(os.fsencode(part) for part in entry.path.parts)
    error = entry.error
    told = None if error is None else json.dumps([error.code, error.values])
    return place, os.fsencode(os.path.realpath(entry.path)), os.fsencode(entry.path), entry.found, told


def _to_error(told: object) -> ReadError | None:
    if not isinstance(told, str):
        return None
    code, values = json.loads(told)
    return ReadError(code, **values)
