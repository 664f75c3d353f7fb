"""A site of pages: each of a run's processes reads some reports out of the store and writes their pages."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TypeVar

import msgspec

from validator.model.result import Mention, Results, Review, Totals
from validator.render.look import Look
from validator.render.site import BodyPage, Page, PageWriter, Written, render_site

from .frozen import Hands, from_bytes, to_bytes
from .knowledge import Knowledge
from .run import Kept, Told, Watch
from .suppression import Suppressions

_TOGETHER = 16
"""Pages that a process writes at once."""

S = TypeVar("S")
_written: msgspec.msgpack.Decoder[list[Written]] = msgspec.msgpack.Decoder(list[Written])


def write_site(results: Results, look: Look, folder: Path, watch: Watch | None = None) -> None:
    """Write a site into a folder that is there, by the processes that the run has left waiting, which end with it.

    `watch` sees each page of a report pass that is written. The bytes are the same however many processes there are.
    """
    told = results.reports
    if not isinstance(told, Told):
        render_site(results, look, folder)
        return
    with told.crew or nullcontext():
        render_site(results, look, folder, _Writer(results, told, look, folder, watch))


class _Writer:
    """Writes the pages of a site, in other processes if there are any; what these do not do is done here."""

    def __init__(self, results: Results, told: Told, look: Look, folder: Path, watch: Watch | None) -> None:
        self._told, self._watch, self._total = told, watch, results.totals.reports
        self._part = _Part(results, told, look, folder)

    def mentions(self) -> Iterable[Mention]:
        """Give number, source and body of each report."""
        return self._told.kept.mentions()

    def write_reports(self, pages: Sequence[Page]) -> Iterator[Written]:
        """Write the pages of all reports."""
        parts = (pages[first : first + _TOGETHER] for first in range(0, len(pages), _TOGETHER))
        answers = self._share(write_reports, parts)
        written = (one for answer in answers for one in from_bytes(answer, _written))
        return written if self._watch is None else _pass(written, self._total, self._watch)

    def write_bodies(self, bodies: Sequence[BodyPage]) -> None:
        """Write the pages of all bodies."""
        parts = (bodies[first : first + _TOGETHER] for first in range(0, len(bodies), _TOGETHER))
        deque(self._share(write_bodies, parts), maxlen=0)

    def _share(self, do: "Callable[[_Part, S, Knowledge], bytes]", tasks: Iterable[S]) -> Iterator[bytes]:
        hands: Hands | None = self._told.crew
        knowledge = self._told.knowledge
        if hands is None:
            yield from (do(self._part, task, knowledge) for task in tasks)
            return
        for task, answer in hands.call((do.__module__, do.__name__), self._part, tasks):
            yield do(self._part, task, knowledge) if answer is None else answer


_Given = tuple[Kept, Suppressions, bool, str, Mapping[str, Review] | None, Look, Path]


class _Part:
    """What writing any part of a site takes, but for what every process knows."""

    def __init__(self, results: Results, told: Told, look: Look, folder: Path) -> None:
        self.__setstate__((told.kept, told.suppressions, told.detailed, results.version, results.reviews, look, folder))

    def __getstate__(self) -> _Given:
        return self._given

    def __setstate__(self, given: _Given) -> None:
        self._given = given
        self._opened: tuple[Told, PageWriter] | None = None

    def open(self, knowledge: Knowledge) -> tuple[Told, PageWriter]:
        """Give the results and what writes pages of them, the same ones each time."""
        if self._opened is None:
            kept, suppressions, detailed, version, reviews, look, folder = self._given
            told = Told(kept, knowledge, suppressions, detailed)
            results = Results(
                told, version, Totals(), rules=knowledge.notes, forms=knowledge.ruleset.forms, reviews=reviews
            )
            self._opened = told, PageWriter(results, look, folder)
        return self._opened


def write_reports(part: _Part, pages: Sequence[Page], knowledge: Knowledge) -> bytes:
    """Write the pages of some reports that follow each other, and give what the pages about all say of them."""
    told, writer = part.open(knowledge)
    return to_bytes(list(writer.write(pages, told.part(pages[0].number, pages[-1].number))))


def write_bodies(part: _Part, bodies: Sequence[BodyPage], knowledge: Knowledge) -> bytes:
    """Write the pages of some bodies."""
    part.open(knowledge)[1].write_bodies(bodies)
    return to_bytes(None)


def _pass(written: Iterator[Written], total: int, watch: Watch) -> Iterator[Written]:
    """Pass on what is written, with `watch` beside it."""
    passed: deque[Written] = deque()

    def done() -> Iterator[bool]:
        for one in written:
            passed.append(one)
            yield True

    for _ in watch(done(), total):
        yield passed.popleft()
