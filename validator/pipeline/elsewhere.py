"""Many files through the check on an engine that runs already, on this machine or others (dask).

The workers must have this program installed and see the files, and folders of further rules and forms, under the same
paths.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from validator.errors import UsageError

from .checked import Done, Numbered, decode_done, encode_done, pack, rename
from .knowledge import Knowledge, load_knowledge
from .settings import Settings
from .single import check_inputs, lost_result

_Chunk = list[Numbered]
_CHUNK = 8  # handing over a file alone costs as much as a tenth of its check
_AHEAD = 8
"""Chunks for each worker that wait or are done before their turn: the way there is longer than to a process here."""
_PATIENCE = 10
"""Seconds to wait for the engine to answer."""


class _Errand(NamedTuple):
    """What a worker must know besides its files, short enough to go along with each chunk."""

    folder: Path
    rules: tuple[Path, ...]
    forms: tuple[Path, ...]
    diagnosis: bool


def check_elsewhere(inputs: Iterable[Numbered], settings: Settings) -> Iterator[Done]:
    """Check every input on the engine that the settings name and give what came of each, in their order.

    Raises UsageError if the engine is not known, not installed or does not answer.
    """
    scheme, _, address = settings.executor.partition("://")
    if scheme != "dask" or not address:
        raise UsageError.of("no-executor", url=settings.executor)
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise UsageError.of("needs-package", what="--executor dask://…", extra="dask") from None
    try:
        client = Client(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError.of("executor-silent", url=settings.executor, detail=str(error)) from None
    rules, forms = (tuple(map(Path.absolute, folders)) for folders in (settings.rules, settings.forms))
    errand = _Errand(Path.cwd(), rules, forms, settings.diagnosis)
    with client, client.get_executor(retries=0) as executor:

        def submit(chunk: _Chunk) -> "Future[list[bytes]]":
            future: Future[list[bytes]] = executor.submit(_work, chunk, errand, settings.timeout)
            return future

        yield from _work_off(inputs, submit, _AHEAD * max(1, len(client.nthreads())))


def _work_off(
    inputs: Iterable[Numbered], submit: Callable[[_Chunk], "Future[list[bytes]]"], ahead: int
) -> Iterator[Done]:
    """Hand out the inputs in chunks, so many at a time, and give what came of each, in their order.

    The files of a chunk that ends in an error, for its process died, are handed out once more, each alone, and the one
    to blame is lost.
    """

    def wait(chunk: _Chunk, future: "Future[list[bytes]]") -> Iterator[Done]:
        try:
            yield from map(decode_done, future.result())
        except Exception:  # noqa: BLE001 - an engine has errors of its own for a worker that is gone
            if len(chunk) > 1:
                for file in chunk:
                    yield from wait([file], submit([file]))
            else:
                ((number, entry),) = chunk
                yield number, pack(lost_result(entry, None))

    source = iter(inputs)
    waiting: deque[tuple[_Chunk, Future[list[bytes]]]] = deque()
    while True:
        while len(waiting) < ahead and (chunk := list(islice(source, _CHUNK))):
            waiting.append((chunk, submit(chunk)))
        if not waiting:
            return
        yield from wait(*waiting.popleft())


def _work(chunk: _Chunk, errand: _Errand, seconds: float) -> list[bytes]:
    """Check files on a worker, which may run in another folder than the one that the paths start from."""
    there = [(number, replace(entry, path=errand.folder / entry.path)) for number, entry in chunk]
    sources = {number: entry.source for number, entry in chunk}
    done = check_inputs(there, _knowledge(errand.rules, errand.forms, errand.diagnosis), seconds)
    return [
        encode_done((number, None if checked is None else rename(checked, sources[number]))) for number, checked in done
    ]


@lru_cache(maxsize=1)
def _knowledge(rules: tuple[Path, ...], forms: tuple[Path, ...], diagnosis: bool) -> Knowledge:
    return load_knowledge(rules, forms=forms, diagnosis=diagnosis)
