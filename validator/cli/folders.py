"""Folders of results: written whole or not at all, and never over what is not ours."""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from validator.errors import UsageError
from validator.model.bilingual import Language
from validator.words import line

_MARK = ".gouji-results"
"""A file in each folder that this program wrote: such a folder may be written anew."""


def write_folder(target: str, fill: Callable[[Path], None], language: Language) -> None:
    """Have a folder filled and put it in place of the one of that name, if there is one and it is ours.

    Raises UsageError if the name is taken by something else, or if writing fails.
    """
    folder = Path(os.path.realpath(target))
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        if folder.exists() and not (folder.is_dir() and (_is_ours(folder) or not any(folder.iterdir()))):
            raise UsageError(line("folder-taken", path=target).in_language(language))
        draft.mkdir(parents=True)
        fill(draft)
        (draft / _MARK).write_text("gouji\n", encoding="utf-8")
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(line("cannot-write", path=target, reason=reason).in_language(language)) from error
    finally:
        rmtree(draft, ignore_errors=True)
        rmtree(old, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    return (folder / _MARK).is_file()
