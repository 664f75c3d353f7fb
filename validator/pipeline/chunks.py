"""Files in chunks to whatever works on them, a few chunks ahead, so that memory does not grow with the files."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice

from .checked import Checked
from .discovery import Input

_CHUNK = 8  # handing over a file alone costs as much as a tenth of its check

Numbered = tuple[int, Input]
Done = tuple[int, Checked | None]
"""The number of an input and what came of it; None for one that is left out."""

Chunk = list[Numbered]
Submit = Callable[[Chunk], "Future[list[Done]]"]
Lose = Callable[[Input, BaseException], Checked]
"""Gives the result of a file whose work ended in such an error."""


def work_off(
    inputs: Iterable[Numbered], submit: Submit, lose: Lose, deaths: tuple[type[BaseException], ...], ahead: int
) -> Iterator[Done]:
    """Hand out the inputs in chunks, so many at a time, and give what came of each, in their order.

    `deaths` are the errors in which a chunk ends whose process died or took too long: its files are handed out once
    more, each alone, and the one to blame is lost.
    """

    def wait(chunk: Chunk, future: "Future[list[Done]]") -> list[Done]:
        try:
            return future.result()
        except deaths as error:
            if len(chunk) > 1:
                return [done for entry in chunk for done in wait([entry], submit([entry]))]
            ((number, entry),) = chunk
            return [(number, lose(entry, error))]

    source = iter(inputs)
    waiting: deque[tuple[Chunk, Future[list[Done]]]] = deque()
    while True:
        while len(waiting) < ahead and (chunk := list(islice(source, _CHUNK))):
            waiting.append((chunk, submit(chunk)))
        if not waiting:
            return
        yield from wait(*waiting.popleft())
