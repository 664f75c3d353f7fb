"""A site of pages, written by several processes: each takes some reports out of the store and writes their pages."""

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

from validator.model.result import Results
from validator.render.look import Look
from validator.render.site import Page, PageWriter, Rows, render_site

from .run import Told, Watch
from .workers import end_with_parent

_TOGETHER = 32
"""Reports that a process takes at once: their pages are a second's work."""
_PAGES_A_PROCESS = 60
"""A process takes half a second to start, which must pay."""


def write_site(results: Results, look: Look, folder: Path, jobs: int, watch: Watch | None = None) -> None:
    """Write a site into a folder that is there, with so many processes (0: as many as are of use).

    `watch` sees each page pass that is written. The bytes are the same however many processes there are.
    """

    def write(writer: PageWriter, pages: Sequence[Page]) -> Iterator[Rows]:
        wanted = jobs or min(os.cpu_count() or 1, len(pages) // _PAGES_A_PROCESS)
        written = _write_all(writer, pages, wanted)
        return written if watch is None else _watch(written, len(pages), watch)

    told = results.reports
    render_site(results, look, folder, write, told.in_short() if isinstance(told, Told) else None)


def _watch(written: Iterator[Rows], total: int, watch: Watch) -> Iterator[Rows]:
    """Pass on what is written, with `watch` beside it."""
    passed: deque[Rows] = deque()

    def done() -> Iterator[bool]:
        for rows in written:
            passed.append(rows)
            yield True

    for _ in watch(done(), total):
        yield passed.popleft()


def _write_all(writer: PageWriter, pages: Sequence[Page], jobs: int) -> Iterator[Rows]:
    """Write all pages; what other processes have not written when they end is written here."""
    told = writer.results.reports
    written = 0
    if jobs > 1 and isinstance(told, Told) and told.travels:
        try:
            with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (writer,)) as pool:
                for part in _in_order(pool, pages, jobs):
                    written += len(part)
                    yield from part
        except (BrokenProcessPool, OSError, ValueError):  # a fault of ours shows again below
            pass
    if written < len(pages):
        rest = told.part(written, -1) if isinstance(told, Told) else told
        yield from writer.write(pages[written:], rest)


def _in_order(pool: ProcessPoolExecutor, pages: Sequence[Page], jobs: int) -> Iterator[list[Rows]]:
    """Hand out the pages, a few parts ahead of the one whose turn it is."""
    waiting: deque[Future[list[Rows]]] = deque()
    for first in range(0, len(pages), _TOGETHER):
        waiting.append(pool.submit(_write_some, first, pages[first : first + _TOGETHER]))
        if len(waiting) > 2 * jobs:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


_writer: list[PageWriter] = []
"""What a process writes with, from its start on."""


def _start(writer: PageWriter) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process alone answers an interrupt
    Thread(target=end_with_parent, daemon=True).start()
    _writer.append(writer)


def _write_some(first: int, pages: Sequence[Page]) -> list[Rows]:
    (writer,) = _writer
    told = writer.results.reports
    assert isinstance(told, Told), "only such results travel"
    return list(writer.write(pages, told.part(first, len(pages))))
