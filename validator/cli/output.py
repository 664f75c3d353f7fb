"""Where results go: files and folders, whole or not at all and never in place of what is read, or standard output."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from validator.errors import UsageError
from validator.model.bilingual import Language
from validator.model.result import FOLDER_MARK
from validator.render.look import Look
from validator.words import describe_os_error

from .language import say


def make_look(language: Language, quiet: bool, to_file: bool) -> Look:
    """Say how to write for standard output, or for a file: width and colour are for a screen alone."""
    if to_file or not sys.stdout.isatty():
        return Look(language, quiet)
    from shutil import get_terminal_size

    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Look(language, quiet, width=get_terminal_size().columns, colour=colour)


def vet_outputs(files: Sequence[str], folders: Sequence[str], inputs: Iterable[Path]) -> None:
    """Refuse, before anything is read, outputs that would replace an input or each other, or cannot be written.

    Raises UsageError.
    """
    from validator.pipeline.discovery import refuse_overwriting

    _refuse_collisions(files, folders)
    refuse_overwriting(files, folders, inputs)
    for file in files:
        with _telling(file):
            _try_file(Path(os.path.realpath(file)))
    for folder in folders:
        with _telling(folder):
            _try_folder(folder)


def _refuse_collisions(files: Sequence[str], folders: Sequence[str]) -> None:
    """Refuse two outputs for one place, and one inside a folder that another replaces."""
    places = [(Path(os.path.realpath(target)), target) for target in (*files, *folders)]
    for number, (place, target) in enumerate(places):
        for other, (inner, second) in enumerate(places):
            if (place == inner and number < other) or (number >= len(files) and place in inner.parents):
                raise UsageError.of("outputs-collide", first=target, second=second)


def _try_file(path: Path) -> None:
    """Raise OSError if a file cannot be written, of the reasons that can be known before."""
    if path.exists() and not path.is_file() and not path.is_dir():
        return  # a device or a pipe takes bytes when they are there
    if path.exists():
        path.open("r+b").close()
    draft = _draft(path)
    draft.open("xb").close()
    draft.unlink()


def _try_folder(target: str) -> None:
    """Raise OSError if a folder cannot be written, and UsageError if it holds what is not ours."""
    folder = Path(os.path.realpath(target))
    if os.path.lexists(folder) and not (folder.is_dir() and (_is_ours(folder) or not any(folder.iterdir()))):
        raise UsageError.of("folder-taken", path=target)
    above = next(parent for parent in folder.parents if os.path.lexists(parent))
    draft = _draft(above / folder.name)
    draft.mkdir()
    draft.rmdir()


def write_folder(target: str, fill: Callable[[Path], None]) -> None:
    """Have a folder filled and put it in place of the one of that name, if there is one and it is ours.

    Raises UsageError if the name is taken by something else, or if writing fails; the old one is then as it was.
    """
    from shutil import rmtree

    folder = Path(os.path.realpath(target))
    draft, old = _draft(folder), _draft(folder)
    with _telling(target):
        try:
            _try_folder(target)
            draft.parent.mkdir(parents=True, exist_ok=True)
            draft.mkdir()
            fill(draft)
            (draft / FOLDER_MARK).write_text("gouji\n", encoding="utf-8")
            _exchange(folder, draft, old)
        finally:
            rmtree(draft, ignore_errors=True)
        rmtree(old, ignore_errors=True)


def _exchange(folder: Path, draft: Path, old: Path) -> None:
    """Put the draft in the place of the folder; what was there lies under the name `old` then, or is put back."""
    if not folder.exists():
        draft.rename(folder)
        return
    folder.rename(old)
    try:
        draft.rename(folder)
    except BaseException:
        old.rename(folder)
        raise


def _is_ours(folder: Path) -> bool:
    return (folder / FOLDER_MARK).is_file()


def _draft(path: Path) -> Path:
    """Give a name beside a path that nobody can guess, so that no link can lie there."""
    return path.with_name(f".gouji-{os.urandom(12).hex()}.tmp")


def write_text(pieces: Iterable[str], target: str | None, for_people: bool = False) -> None:
    """Write text, in pieces, to the target file, or to standard output if there is none; UsageError if that fails.

    A file and what programs read are UTF-8; what people read on standard output is in the console's encoding.
    """
    with _telling(target or "-"):
        if target is None:
            _write_stdout(pieces, for_people or sys.stdout.isatty())
        else:
            _write_file(Path(target), (piece.encode("utf-8", "backslashreplace") for piece in pieces))


def write_bytes(data: bytes, target: str) -> None:
    """Write bytes to the target file, whole or not at all; UsageError if that fails."""
    with _telling(target):
        _write_file(Path(target), [data])


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are not there; UsageError if that fails."""
    with _telling(folder.as_posix()):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def _telling(target: str) -> Iterator[None]:
    """Turn what the system says against writing into an error that names the target."""
    try:
        yield
    except OSError as error:
        raise UsageError.of("cannot-write", path=target, reason=describe_os_error(error)) from error


def _write_file(path: Path, pieces: Iterable[bytes]) -> None:
    path = Path(os.path.realpath(path))  # a link stays a link
    if path.exists() and not path.is_file():
        with path.open("wb") as device:  # a device or a pipe takes bytes and cannot be replaced
            device.writelines(pieces)
        return
    draft = _draft(path)
    with draft.open("xb") as file:
        try:
            file.writelines(pieces)
            file.close()
            draft.replace(path)
        finally:
            file.close()
            draft.unlink(missing_ok=True)


def write_file(target: str, fill: Callable[[Path], None]) -> None:
    """Have a file filled that is no text and put it in the place of the target, whole or not at all; UsageError."""
    path = Path(os.path.realpath(target))
    draft = _draft(path)
    with _telling(target):
        try:
            fill(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def _write_stdout(pieces: Iterable[str], for_people: bool) -> None:
    stream = sys.stdout
    if isinstance(stream, TextIOWrapper):
        if for_people:
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        stream.writelines(pieces)
        stream.flush()
    except OSError as error:
        # What is still in the buffer must not fail a second time when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        # A reader that has seen enough (`gouji check … | head`) is no failure: the findings decide the exit status.
        if not isinstance(error, BrokenPipeError):
            raise


def tell(text: str) -> None:
    """Write a note to standard error."""
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(errors="replace")
    print(text, file=sys.stderr)  # not by click, which writes UTF-8 on a console that is ASCII


_MANY_FILES = 5


def show_progress(done: Iterable[bool], total: int) -> Iterable[bool]:
    """Pass on what is done, one item a file, and show how many there are, how fast, and how long it will take."""
    if total <= _MANY_FILES or not sys.stderr.isatty():
        yield from done
        return
    from validator.readers.opening import SCANNING

    SCANNING.set(None)  # one bar is enough
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.0f}/s" if task.speed else "", style="dim")

    columns = (BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(done, total=total)


@contextmanager
def show_scanning() -> Iterator[None]:
    """While a run goes on, show on a terminal how many pages of a file have been read as pictures."""
    if not sys.stderr.isatty():
        yield
        return
    from validator.readers.opening import SCANNING, can_read_pictures

    if not can_read_pictures():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task(say("scanning"), visible=False)

    def tell(done: int, total: int) -> None:
        progress.start()
        progress.update(task, completed=done, total=total, visible=done < total)

    token = SCANNING.set(tell)
    try:
        yield
    finally:
        SCANNING.reset(token)
        progress.stop()
