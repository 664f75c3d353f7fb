"""Makes a folder of hostile and damaged files over all carriers: `python tests/hostile/make.py FOLDER`.

Nothing in them does harm by itself: no program runs, and what they would fetch is on a closed port of this machine.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile import books, general, ofds, old, pdfs, words
from hostile.case import Hostile

CASES: dict[str, tuple[Hostile, ...]] = {
    "general": tuple(general.cases()),
    "words": tuple(words.cases()),
    "books": tuple(books.cases()),
    "pdfs": tuple(pdfs.cases()),
    "ofds": tuple(ofds.cases()),
    "old": tuple(old.cases()),
}
"""The cases by group."""


def write(case: Hostile, folder: Path) -> Path:
    """Write the file of a case and give its path."""
    path = folder / case.name
    with path.open("wb") as file:
        file.write(case.build())
        if case.size:
            file.truncate(case.size)
    return path


def write_all(cases: Iterable[Hostile], folder: Path) -> list[Path]:
    """Write the files of these cases into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write(case, folder) for case in cases]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    made = write_all((case for group in CASES.values() for case in group), Path(sys.argv[1]))
    sys.stdout.write(f"{len(made)} files in {sys.argv[1]}\n")
