"""What a hostile file is: its name, what reading it comes to, and how its bytes are made."""

from collections.abc import Callable
from dataclasses import dataclass

READ = "read"
"""Instead of an error code: the file is read, and its cells are those of the sound report."""

TOLD = "told"
"""Instead of an error code: the file is read, and something is found in it."""


@dataclass(frozen=True)
class Hostile:
    """A file to make. `outcomes` are the error codes that are clear answers to it, or READ or TOLD.

    `notes` are the rules that tell of something beside what they tell of the sound report, if it is read.
    `size` stretches the file to so many bytes, without taking room on the disk. `office`: reading it takes LibreOffice.
    """

    name: str
    outcomes: tuple[str, ...]
    build: Callable[[], bytes]
    size: int = 0
    office: bool = False
    notes: tuple[str, ...] = ()
