"""Paths as a user names them -> the files to read, each once, in the order of their paths."""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from validator.errors import ReadError

_LOCK = "~$"
"""How Word, Excel and WPS begin the name of the file that marks another as open; those of LibreOffice are hidden."""


class Input(msgspec.Struct, frozen=True):
    """A file to read. `found` tells one met in a folder from one that was named; `error` why it cannot be read."""

    path: Path
    found: bool = False
    error: ReadError | None = None

    @property
    def source(self) -> str:
        """The path as results show it, with forward slashes on every system."""
        return self.path.as_posix()


def find_inputs(paths: Iterable[Path], suffixes: Collection[str]) -> list[Input]:
    """Give the named files and those of the named folders that have one of the suffixes, sorted, each file once.

    Hidden files and folders are left out of a folder's search, and so are the files by which office programs mark
    others as open. What does not exist, cannot be listed or holds nothing to read is an input with an error: one bad
    name must not hide the other files.
    """
    inputs: dict[str, Input] = {}
    for entry in walk_inputs(paths, suffixes):
        inputs.setdefault(os.path.realpath(entry.path), entry)
    return sorted(inputs.values(), key=lambda entry: entry.path.parts)


def walk_inputs(paths: Iterable[Path], suffixes: Collection[str]) -> Iterator[Input]:
    """Give the inputs as `find_inputs` does, one by one as they are met: unsorted, and maybe some of them twice."""
    for path in paths:
        yield from _expand(path, suffixes)


def _expand(path: Path, suffixes: Collection[str]) -> Iterator[Input]:
    if not path.is_dir():
        yield Input(path) if os.path.lexists(path) else Input(path, error=ReadError("missing-file"))
        return
    denied: list[OSError] = []
    empty = True
    for folder, folders, files in os.walk(path, onerror=denied.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", _LOCK)) and os.path.splitext(name)[1].lower() in suffixes:
                empty = False
                yield Input(Path(folder, name), found=True)
    for problem in denied:
        empty = False
        yield Input(Path(problem.filename), error=ReadError("cannot-open", reason=problem.strerror or str(problem)))
    if empty:
        yield Input(path, error=ReadError("no-files", known=" ".join(sorted(suffixes))))
