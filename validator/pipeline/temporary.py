"""The folder of a run for what it keeps meanwhile: private, and cleared away by the next run if this one is killed."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import time
from typing import IO

_PREFIX, _LOCK = "gouji-run-", "lock"
_NEW_SECONDS = 60
"""A folder younger than this may not be locked yet."""

Made = tuple[Path, IO[bytes]]
"""A folder for temporary files and the file in it that is locked as long as its maker lives."""


def make_folder() -> Made | None:
    """Make a private folder, and clear away those of runs that were killed; None if there is no place for one."""
    try:
        folder = Path(mkdtemp(prefix=_PREFIX))
        lock = (folder / _LOCK).open("wb")
        if _lock(lock):
            for other in folder.parent.glob(f"{_PREFIX}*"):
                if other != folder:
                    _clear_left(other)
    except OSError:
        return None
    return folder, lock


def _clear_left(folder: Path) -> None:
    """Remove a folder of this user that no living process has locked."""
    with suppress(OSError):
        status = folder.lstat()
        if status.st_uid != os.getuid() or time() - status.st_mtime < _NEW_SECONDS:
            return
        with (folder / _LOCK).open("rb") as lock:
            if _lock(lock):
                rmtree(folder, ignore_errors=True)


def _lock(file: IO[bytes]) -> bool:
    """Lock a file until it is closed, by whatever end of the process; False if another has it, or nothing can."""
    if sys.platform == "win32":
        return False
    from fcntl import LOCK_EX, LOCK_NB, flock

    try:
        flock(file, LOCK_EX | LOCK_NB)
    except OSError:
        return False
    return True


def clear_away(made: Made) -> None:
    """Remove a folder that `make_folder` made."""
    folder, lock = made
    rmtree(folder, ignore_errors=True)
    lock.close()
