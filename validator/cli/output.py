"""Where text goes: a file, whole or not at all, or standard output, whatever its encoding."""

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

import click

from validator.errors import UsageError
from validator.model.bilingual import Language
from validator.render.look import Look
from validator.words import line


def make_look(language: Language, quiet: bool, to_file: bool) -> Look:
    """Say how to write for standard output, or for a file: width and colour are for a screen alone."""
    if to_file or not sys.stdout.isatty():
        return Look(language, quiet)
    from shutil import get_terminal_size

    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Look(language, quiet, width=get_terminal_size().columns, colour=colour)


def write_text(pieces: Iterable[str], target: str | None, language: Language, for_people: bool = False) -> None:
    """Write text, in pieces, to the target file, or to standard output if there is none; UsageError if that fails.

    A file and what programs read are UTF-8; what people read on standard output is in the console's encoding.
    """
    try:
        if target is None:
            _write_stdout(pieces, for_people or sys.stdout.isatty())
        else:
            _write_file(Path(target), (piece.encode("utf-8", "backslashreplace") for piece in pieces))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(line("cannot-write", path=target or "-", reason=reason).in_language(language)) from error


def _write_file(path: Path, pieces: Iterable[bytes]) -> None:
    path = Path(os.path.realpath(path))  # a link stays a link
    if path.exists() and not path.is_file():
        with path.open("wb") as device:  # a device or a pipe takes bytes and cannot be replaced
            device.writelines(pieces)
        return
    draft = path.with_name(f".gouji-{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            file.writelines(pieces)
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
    click.echo(text, err=True)
