"""Files -> reports, for those who want the figures and no checks."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from validator.model.report import Report
from validator.readers import SUFFIXES
from validator.render.reading import Reading

from .discovery import find_inputs
from .knowledge import load_knowledge
from .single import read_file, read_report


def read_path(path: Path, forms: Iterable[Path] = ()) -> Report:
    """Read a file as a report; ReadError if it cannot be read or is none."""
    return read_report(path, load_knowledge(forms=forms, diagnosis=False))


def read_paths(paths: Iterable[Path], forms: Iterable[Path] = ()) -> Iterator[Reading]:
    """Read files and folders as reports, one after the other."""
    knowledge = load_knowledge(forms=forms, diagnosis=False)
    return (reading for entry in find_inputs(paths, SUFFIXES) for reading in read_file(entry, knowledge))
