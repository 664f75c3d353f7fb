"""Paths as a user names them -> the files to read, each once, in the order of their paths."""

import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from validator.errors import ReadError, UsageError
from validator.model.result import FOLDER_MARK
from validator.readers import SUFFIXES, read
from validator.words import name_os_error

from .settings import Settings

_LOCK = "~$"
"""How Word, Excel and WPS begin the name of the file that marks another as open; those of LibreOffice are hidden."""

ARCHIVE = ".zip"
"""The suffix of what is gone through as a folder is."""

_RULE_SUFFIXES = (".yaml", ".yml")


class Input(msgspec.Struct, frozen=True):
    """A file to read, or a `member` of it where it is an archive.

    `found` tells one met in a folder from one that was named; `error` why it cannot be read.
    """

    path: Path
    found: bool = False
    error: ReadError | None = None
    member: str = ""

    @property
    def source(self) -> str:
        """The path as results show it, with forward slashes on every system: "a.html", "all.zip!2023/a.html"."""
        return f"{self.path.as_posix()}!{self.member}" if self.member else self.path.as_posix()

    @property
    def suffix(self) -> str:
        """The suffix of what is read, in lower case."""
        return os.path.splitext(self.member or self.path.name)[1].lower()

    @property
    def place(self) -> tuple[str, ...]:
        """By what inputs are put in order: the parts of their paths one by one, "a/b" before "a b"."""
        return (*self.path.parts, *(self.member.split("/") if self.member else ()))

    @property
    def identity(self) -> str:
        """What tells it from all others, under whatever names they are found."""
        folder, name = os.path.split(self.path)
        real = os.path.join(_real_folder(folder), name)
        if name in ("", ".", "..") or sys.platform == "win32" or os.path.islink(real):
            real = os.path.realpath(self.path)
        return f"{real}!{self.member}" if self.member else real


@lru_cache(maxsize=1)
def _real_folder(folder: str) -> str:
    """Give the folder that a name leads to; files that are met one after the other lie in one."""
    return os.path.realpath(folder)


def find_inputs(paths: Iterable[Path], suffixes: Collection[str]) -> list[Input]:
    """Give the named files and those of the named folders that have one of the suffixes, sorted, each file once.

    Hidden files and folders are left out of a folder's search, and so are the files by which office programs mark
    others as open. What does not exist, cannot be listed or holds nothing to read is an input with an error: one bad
    name must not hide the other files. A folder of results is one as well, and is not gone through.
    """
    inputs: dict[str, Input] = {}
    for entry in walk_inputs(paths, suffixes):
        inputs.setdefault(entry.identity, entry)
    return sorted(inputs.values(), key=lambda entry: entry.place)


def walk_inputs(paths: Iterable[Path], suffixes: Collection[str]) -> Iterator[Input]:
    """Give the inputs as `find_inputs` does, one by one as they are met: unsorted, and maybe some of them twice."""
    for path in paths:
        yield from _expand(path, suffixes)


def _expand(path: Path, suffixes: Collection[str]) -> Iterator[Input]:
    # os.path, for a folder that may not be entered is no error there.
    if not os.path.isdir(path):
        if path.suffix.lower() == ARCHIVE and os.path.isfile(path):
            yield from _expand_archive(path, suffixes, found=False)
        else:
            yield Input(path, error=_refuse(path))
        return
    denied: list[OSError] = []
    empty = True
    for folder, folders, files in os.walk(path, onerror=denied.append):
        if FOLDER_MARK in files:
            empty = False
            folders.clear()
            yield Input(Path(folder), found=Path(folder) != path, error=ReadError("own-output"))
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            suffix = os.path.splitext(name)[1].lower()
            if name.startswith((".", _LOCK)):
                continue
            if suffix in suffixes:
                empty = False
                yield Input(Path(folder, name), found=True)
            elif suffix == ARCHIVE:
                for entry in _expand_archive(Path(folder, name), suffixes, found=True):
                    empty = False
                    yield entry
    for problem in denied:
        empty = False
        yield Input(Path(problem.filename), error=ReadError("cannot-open", reason=name_os_error(problem)))
    if empty:
        yield Input(path, error=ReadError("no-files", known=" ".join(sorted(suffixes))))


def _expand_archive(path: Path, suffixes: Collection[str], *, found: bool) -> Iterator[Input]:
    """Give the members of an archive as a folder's files; one in another is not opened, and told as such."""
    from validator.readers.zipped import list_members

    try:
        names = list_members(path)
    except ReadError as error:
        yield Input(path, found, error)
        return
    except OSError as error:
        yield Input(path, found, ReadError("cannot-open", reason=name_os_error(error)))
        return
    members = [name for name in sorted(names) if not any(_is_aside(step) for step in name.split("/"))]
    empty = True
    for name in members:
        suffix = os.path.splitext(name)[1].lower()
        if suffix in suffixes or suffix == ARCHIVE:
            empty = False
            yield Input(path, True, ReadError("archive-inside") if suffix == ARCHIVE else None, name)
    if empty and not found:
        yield Input(path, error=ReadError("no-files", known=" ".join(sorted(suffixes))))


def _is_aside(name: str) -> bool:
    """Whether a file or folder is hidden, or put beside others by the system or an office program."""
    return name.startswith((".", _LOCK)) or name == "__MACOSX"


def _refuse(path: Path) -> ReadError | None:
    """Say why there is nothing to read under a name, None if there is."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a name that no file can have
        return ReadError("missing-file")
    except OSError as error:
        return ReadError("cannot-open", reason=name_os_error(error))
    return None


def refuse_overwriting(files: Iterable[str], folders: Iterable[str], paths: Iterable[Path]) -> None:
    """Refuse results that would replace an input or a link to one, or a folder that holds one; UsageError names both.

    `files` and `folders` are where results go; `paths` are all that is read, rule files among it. A file met in a
    folder that holds no report is no input.
    """
    paths = list(paths)
    for folder in folders:
        place = Path(os.path.realpath(folder))
        for path in paths:
            real = Path(os.path.realpath(path))
            if place == real or place in real.parents:
                raise UsageError.of("output-holds-input", output=folder, input=path.as_posix())
    replaced = {same: file for file in files if (same := _identify(file)) is not None}
    for entry in walk_inputs(paths if replaced else (), {*SUFFIXES, *_RULE_SUFFIXES}):
        file = replaced.get(_identify(entry.path) or ())
        if file is not None and not (entry.found and not entry.member and _is_no_report(entry)):
            raise UsageError.of("output-is-input", output=file, input=entry.source)


def _identify(path: str | Path) -> tuple[int, ...] | None:
    """Give what tells a file from all others, under whatever name; None if there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _is_no_report(entry: Input) -> bool:
    """Whether a file that is met in a folder would be passed over."""
    try:
        read(entry.path)
    except ReadError as error:
        return passed_over(entry, error)
    return False


def passed_over(entry: Input, error: ReadError) -> bool:
    """Whether a file met in a folder is none of the reports there: JSON of another kind, or what gouji wrote."""
    return error.code == "own-output" or (entry.suffix == ".json" and error.code == "json-shape")


def choose_inputs(paths: Iterable[Path], settings: Settings) -> Iterator[Input]:
    """Give the files to check among those of the paths; one that is named on its own is never excluded.

    Raises UsageError if git cannot say what has changed.
    """
    inputs = (
        entry for entry in walk_inputs(paths, SUFFIXES) if not entry.found or not settings.config.excludes(entry.path)
    )
    return _choose_changed(inputs, settings) if settings.changed_since else inputs


def _choose_changed(inputs: Iterable[Input], settings: Settings) -> Iterator[Input]:
    """Give what has changed, and what may hang on it: reports of the years before and after."""
    from .changes import changed_files, neighbours_by_name, real_place

    by_place: dict[Path, list[Input]] = {}
    for entry in inputs:
        by_place.setdefault(real_place(entry.path), []).append(entry)
    changed = changed_files(settings.changed_since, Path.cwd())
    touched = changed | neighbours_by_name(changed, by_place)
    found = ((place, entry) for place, entries in by_place.items() for entry in entries)
    return (entry for place, entry in found if place in touched or entry.error is not None)
