"""Where the inputs and results of a run lie while it goes on: in a file, so that memory does not grow with them."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from weakref import finalize

from msgspec.structs import replace

from validator.comparison import Identity, Origin, Sketch
from validator.errors import ReadError, UsageError
from validator.model.report import Report
from validator.model.result import Mention, ReportResult, Whose

from .discovery import Input
from .frozen import (
    COLUMNS,
    LAST,
    Added,
    Checked,
    Extent,
    decode_text,
    freeze_added,
    freeze_sketch,
    thaw,
    thaw_sketch,
    to_row,
)
from .temporary import Made, clear_away, make_folder


class Place(NamedTuple):
    """The number of a report, whose it is, and the group of its siblings: reports of other bodies in one place."""

    number: int
    identity: Identity
    siblings: str


_TABLES = f"""
create table input (
    sorted blob primary key, real blob unique, path blob, found integer, error text, member blob
) without rowid;
create table result (
    number integer primary key, {COLUMNS}, added blob
);
create table place (
    number integer primary key, body text, name text, year integer, siblings text, sketch blob
);
create index place_body on place (body, year, number);
create index place_siblings on place (siblings, year, number);
"""


REPORTS_A_FILE = 1000
"""More than a file can hold, by its limits: so far apart are the numbers of the first reports of two files."""


class Store:
    """The inputs of one run in the order of their paths, and for each its result, all that was found in it.

    The file is private to this process, and gone when `close` is called or the store is let go of.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Make a new one, or open the one in a file, which its maker clears away.

        Where there is no room for temporary files it lies in memory, and has no folder. UsageError if writing fails.
        """
        made = None if path is not None else make_folder()
        self.folder = None if made is None else made[0]
        self.path = path or (Path(":memory:") if self.folder is None else self.folder / "run.sqlite")
        with self._telling():
            self._file = sqlite3.connect(self.path, isolation_level=None)
            self.close = finalize(self, _close, self._file, made)
            # Nothing in it outlives the run, so nothing has to survive a crash. What is written is there for others to
            # read when it is shared or sent to them; after that they need not wait for it.
            self._shared = path is not None
            self._file.execute("pragma synchronous = off")
            if path is None:
                # A result fills three pages of the usual size.
                self._file.execute("pragma page_size = 32768")
                self._file.executescript(f"pragma journal_mode = off; {_TABLES}")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn an error of the file, such as a full disk, into one that says so."""
        try:
            yield
        except sqlite3.Error as error:
            raise UsageError.of("store-failed", path=self.path.as_posix(), reason=str(error)) from None

    def _write(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Write rows, all at once; alone they are written together with others, which takes a tenth of the time."""
        with self._telling():
            if not self._file.in_transaction:
                self._file.execute("begin")
            self._file.executemany(query, rows)
            if self._shared:
                self._file.execute("commit")

    def _settle(self) -> None:
        """Have what was written lie in the file."""
        with self._telling():
            if self._file.in_transaction:
                self._file.execute("commit")

    def add_inputs(self, inputs: Iterable[Input]) -> int:
        """Take in the inputs, each file once, and give how many there are."""
        self._write("insert or ignore into input values (?, ?, ?, ?, ?, ?)", (_to_record(entry) for entry in inputs))
        ((count,),) = self._ask("select count(*) from input")
        return int(count)

    def inputs(self) -> Iterator[Input]:
        """Give the inputs in the order of their paths."""
        for path, found, error, member in self._ask("select path, found, error, member from input order by sorted"):
            yield Input(Path(os.fsdecode(path)), bool(found), _to_error(error), decode_text(member) or "")

    def put(self, number: int, checked: Checked) -> None:
        """Keep what was found in the input of that number, in place of what was kept for it before.

        Each of the reports in it has a number of its own, after that of the one before.
        """
        for place, report in enumerate((checked, *checked.more), start=number * REPORTS_A_FILE):
            self.put_report(place, report)

    def put_report(self, place: int, checked: Checked) -> None:
        """Keep what was found in a report under its own number."""
        self._write("insert or replace into result values (?, ?, ?, ?, ?, ?, null)", [(place, *to_row(checked))])

    def add(self, number: int, added: Added) -> None:
        """Keep what other reports have shown of a report, beside what was found in it and added before."""
        ((before,),) = self._ask("select added from result where number = ?", number)
        self.put_compared([(number, freeze_added(added, before))], ())

    def put_compared(self, added: Iterable[tuple[int, bytes]], sketches: Iterable[tuple[int, bytes]]) -> None:
        """Keep what was added to some reports, and their sketches, by their numbers."""
        self._write("update result set added = ? where number = ?", ((frozen, n) for n, frozen in added))
        self._write("update place set sketch = ? where number = ?", ((sketch, n) for n, sketch in sketches))

    def share(self) -> None:
        """Make ready for other processes to read it while this one writes."""
        self._settle()
        self._shared = True
        with self._telling():
            self._file.execute("pragma journal_mode = wal").fetchall()

    def get(self, number: int) -> ReportResult:
        """Give what was found in the input of that number."""
        ((frozen, added),) = self._ask("select frozen, added from result where number = ?", number)
        return thaw(frozen, "whole", added)

    def get_report(self, number: int) -> Report:
        """Give the report of an input that could be read."""
        report = self.get(number).report
        assert report is not None, "only what could be read has a place"
        return report

    def __reduce__(self) -> tuple[type["Store"], tuple[Path]]:
        """Travel to another process as the file, which this one goes on to own."""
        self._settle()
        return Store, (self.path,)

    def done(self) -> int:
        """Give how many inputs have a result."""
        ((count,),) = self._ask("select count(*) from result")
        return int(count)

    def count(self) -> int:
        """Give how many reports have a place."""
        ((count,),) = self._ask("select count(*) from place")
        return int(count)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give number, frozen result, source, body and year of each input that is done, as `from_row` takes them."""
        return self._ask("select number, frozen, source, organization, year, readable from result order by number")

    def results(self, extent: Extent, first: int = 0, last: int = LAST) -> Iterator[ReportResult]:
        """Give what was found, in the order of the inputs, from one number to another; any number of times."""
        query = """
            select frozen, added, place.number, body, name, place.year from result left join place using (number)
            where result.number between ? and ? order by result.number
        """
        for frozen, added, placed, body, name, year in self._ask(query, first, last):
            result = thaw(frozen, extent, added)
            yield result if placed is None else replace(result, whose=Whose(body, name, year))

    def mentions(self) -> Iterator[Mention]:
        """Give number and source of each report, and whose it is; None if it could not be read."""
        query = """
            select result.number, source, readable, organization, result.year, place.number, body, name, place.year
            from result left join place using (number) order by result.number
        """
        for number, source, readable, said, own, placed, body, name, year in self._ask(query):
            by_itself = decode_text(said) or ""
            whose = Whose(by_itself, by_itself, own) if placed is None else Whose(body, name or by_itself, year)
            yield Mention(number, decode_text(source) or "", whose if readable else None)

    def origins(self) -> Iterator[tuple[int, Origin]]:
        """Give what each report says of where it comes from, with its number; unreadable inputs are left out."""
        # A result that could not be read is the only one that holds no report, and says neither body nor year.
        for number, source, organization, year in self._ask(
            "select number, source, organization, year from result where readable order by number"
        ):
            yield number, Origin(decode_text(organization), year, decode_text(source) or "")

    def put_places(self, places: Iterable["Place"]) -> None:
        """Keep whose report each one is, of which year, and which group of siblings it belongs to."""
        self._write(
            "insert into place values (?, ?, ?, ?, ?, null)",
            ((p.number, p.identity.body, p.identity.name, p.identity.year, p.siblings) for p in places),
        )

    def places(self) -> Iterator["Place"]:
        """Give the places of all reports, those of one body together, in the order of their years."""
        query = "select number, body, name, year, siblings from place order by body, year, number"
        for number, body, name, year, siblings in self._ask(query):
            yield Place(number, Identity(body, name, year), siblings)

    def places_of(self, body: str) -> Iterator["Place"]:
        """Give the places of one body's reports, in the order of their years; none for a body without a name."""
        query = (
            "select number, body, name, year, siblings from place where body = ? and body != '' order by year, number"
        )
        for number, key, name, year, siblings in self._ask(query, body):
            yield Place(number, Identity(key, name, year), siblings)

    def put_sketch(self, number: int, sketch: Sketch) -> None:
        """Keep the sketch of a report that has a place."""
        self._write("update place set sketch = ? where number = ?", [(freeze_sketch(sketch), number)])

    def sketches(self) -> Iterator[tuple[tuple[str, int], int, Sketch]]:
        """Give group and year, number and sketch of each report that has siblings, group by group."""
        query = (
            "select siblings, year, number, sketch from place where sketch is not null order by siblings, year, number"
        )
        for siblings, year, number, sketch in self._ask(query):
            yield (siblings, year), number, thaw_sketch(sketch)

    def _ask(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query; each call has a cursor of its own, so that one may go on beside another."""
        with self._telling():
            # Not `yield from`: a query that is dropped half way would close its cursor, maybe after the file.
            for row in self._file.cursor().execute(query, values):  # noqa: UP028
                yield row


def _close(file: sqlite3.Connection, made: Made | None) -> None:
    file.close()
    if made is not None:
        clear_away(made)


def _to_record(entry: Input) -> tuple[bytes, bytes, bytes, bool, str | None, bytes]:
    place = b"\0".join(part.encode("utf-8", "surrogateescape") for part in entry.place)
    error = entry.error
    told = None if error is None else json.dumps([error.code, error.values])
    member = entry.member.encode("utf-8", "surrogatepass")
    real = entry.identity.encode("utf-8", "surrogateescape")
    return place, real, os.fsencode(entry.path), entry.found, told, member


def _to_error(told: object) -> ReadError | None:
    if not isinstance(told, str):
        return None
    code, values = json.loads(told)
    return ReadError(code, **values)
