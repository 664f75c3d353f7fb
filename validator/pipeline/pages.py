"""A site of pages, written by several processes: each reads some reports out of the store and writes their pages."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from validator.model.result import Results
from validator.readers import SECONDS
from validator.render.look import Look
from validator.render.site import Page, PageWriter, Rows, render_site
from validator.render.site.entries import Entry

from .frozen import from_bytes, to_bytes
from .knowledge import Knowledge
from .run import Told, Watch

_TOGETHER = 16
"""Reports that a process takes at once."""
_PAGES_A_PROCESS = 60
"""A process takes half a second to start, which must pay."""

S = TypeVar("S")
T = TypeVar("T")
_entries: msgspec.msgpack.Decoder[list[Entry]] = msgspec.msgpack.Decoder(list[Entry])
_rows: msgspec.msgpack.Decoder[list[Rows]] = msgspec.msgpack.Decoder(list[Rows])


class Hands(Protocol):
    """Processes that can be called upon (crew.py)."""

    def call(self, job: tuple[str, str], given: object, tasks: Iterable[object]) -> Iterator[bytes | None]:
        """Give the answer to each task in its turn; None for one that is left to the caller."""


def write_site(results: Results, look: Look, folder: Path, jobs: int, watch: Watch | None = None) -> None:
    """Write a site into a folder that is there, with so many processes (0: as many as are of use).

    `watch` sees each page pass that is written. The bytes are the same however many processes there are.
    """
    told, total = results.reports, results.totals.reports
    jobs = jobs or min(os.cpu_count() or 1, total // _PAGES_A_PROCESS)
    with ExitStack() as stack:
        if jobs > 1 and isinstance(told, Told) and told.folder is not None:
            from .crew import open_crew

            hands: Hands = stack.enter_context(open_crew(told.knowledge, told.folder, SECONDS, jobs))
            starts = range(0, total, _TOGETHER)

            def enter_all(writer: PageWriter) -> Iterator[Entry]:
                return _share(hands, enter_part, writer, ((first, _TOGETHER) for first in starts), _entries)

            def write_all(writer: PageWriter, pages: Sequence[Page]) -> Iterator[Rows]:
                parts = ((first, pages[first : first + _TOGETHER]) for first in starts)
                return _pass(_share(hands, write_part, writer, parts, _rows), total, watch)

        else:

            def enter_all(writer: PageWriter) -> Iterator[Entry]:
                reports = told.in_short() if isinstance(told, Told) else told
                return map(writer.enter, reports)

            def write_all(writer: PageWriter, pages: Sequence[Page]) -> Iterator[Rows]:
                return _pass(writer.write(pages, told), total, watch)

        render_site(results, look, folder, enter_all, write_all)


def enter_part(writer: PageWriter, span: tuple[int, int], _: Knowledge | None = None) -> bytes:
    """Give the lines of some reports in the index as bytes."""
    told = writer.results.reports
    assert isinstance(told, Told), "only such results are shared out"
    return to_bytes([writer.enter(result) for result in told.in_short(*span)])


def write_part(writer: PageWriter, part: tuple[int, Sequence[Page]], _: Knowledge | None = None) -> bytes:
    """Write the pages of some reports, and give what pages of rules say of them as bytes."""
    first, pages = part
    told = writer.results.reports
    assert isinstance(told, Told), "only such results are shared out"
    return to_bytes(list(writer.write(pages, told.part(first, len(pages)))))


def _share(
    hands: Hands,
    do: Callable[[PageWriter, S], bytes],
    writer: PageWriter,
    tasks: Iterable[S],
    decoder: "msgspec.msgpack.Decoder[list[T]]",
) -> Iterator[T]:
    """Have tasks done in other processes; what they do not answer is done here."""
    waiting: deque[S] = deque()

    def drawn() -> Iterator[S]:
        for task in tasks:
            waiting.append(task)
            yield task

    for answer in hands.call((do.__module__, do.__name__), writer, drawn()):
        task = waiting.popleft()
        yield from from_bytes(do(writer, task) if answer is None else answer, decoder)


def _pass(written: Iterator[Rows], total: int, watch: Watch | None) -> Iterator[Rows]:
    """Pass on what is written, with `watch` beside it."""
    if watch is None:
        yield from written
        return
    passed: deque[Rows] = deque()

    def done() -> Iterator[bool]:
        for rows in written:
            passed.append(rows)
            yield True

    for _ in watch(done(), total):
        yield passed.popleft()
