"""Many files through the check on an engine that runs already, on this machine or others (dask).

The workers must have this program installed and see the files, and a folder of further rules, under the same paths.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from validator.errors import UsageError

from .checked import Checked, pack, rename
from .chunks import Chunk, Done, Numbered, work_off
from .discovery import Input
from .knowledge import Knowledge, load_knowledge
from .settings import Settings
from .single import lost_result
from .workers import check_chunk

_AHEAD = 8
"""Chunks for each worker that wait or are done before their turn: the way there is longer than to a process here."""
_PATIENCE = 10
"""Seconds to wait for the engine to answer."""


class _Errand(NamedTuple):
    """What a worker must know besides its files, short enough to go along with each chunk."""

    folder: Path
    rules: tuple[Path, ...]
    diagnosis: bool


def check_elsewhere(inputs: Iterable[Numbered], settings: Settings) -> Iterator[Done]:
    """Check every input on the engine that the settings name and give what came of each, in their order.

    Raises UsageError if the engine is not known, not installed or does not answer.
    """
    scheme, _, address = settings.executor.partition("://")
    if scheme != "dask" or not address:
        raise UsageError(f"--executor {settings.executor}: dask://HOST:PORT")
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise UsageError('--executor dask://…: pip install "gouji[dask]"') from None
    try:
        client = Client(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--executor {settings.executor}: {error}") from None
    errand = _Errand(Path.cwd(), tuple(folder.absolute() for folder in settings.rules), settings.diagnosis)
    with client, client.get_executor(retries=0) as executor:

        def submit(chunk: Chunk) -> "Future[list[Done]]":
            future: Future[list[Done]] = executor.submit(_work, chunk, errand)
            return future

        yield from work_off(inputs, submit, _lose, (Exception,), _AHEAD * max(1, len(client.nthreads())))


def _lose(entry: Input, _: BaseException) -> Checked:
    return pack(lost_result(entry, None))


def _work(chunk: Chunk, errand: _Errand) -> list[Done]:
    """Check files on a worker, which may run in another folder than the one that the paths start from."""
    there = [(number, replace(entry, path=errand.folder / entry.path)) for number, entry in chunk]
    sources = {number: entry.source for number, entry in chunk}
    done = check_chunk(there, _knowledge(errand.rules, errand.diagnosis))
    return [(number, None if checked is None else rename(checked, sources[number])) for number, checked in done]


@lru_cache(maxsize=1)
def _knowledge(rules: tuple[Path, ...], diagnosis: bool) -> Knowledge:
    return load_knowledge(rules, diagnosis=diagnosis)
