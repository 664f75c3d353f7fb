"""Results -> copies of the files that they are of, with the problems marked at their places."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from validator.annotation import annotate
from validator.errors import GoujiError
from validator.model.bilingual import Bilingual
from validator.model.result import ReportResult, Results
from validator.readers import load_source
from validator.render.look import Look


class Copy(msgspec.Struct, frozen=True):
    """The copy of a file: where it goes, relative to the folder of copies; `error` says why there is none.

    `problems` counts what is marked in it, `remarks` are what its user should know of the copy.
    """

    source: str
    path: PurePosixPath
    problems: int = 0
    data: bytes = b""
    error: Bilingual | None = None
    remarks: tuple[Bilingual, ...] = ()


def annotate_files(results: Results, look: Look) -> Iterator[Copy]:
    """Give a copy of each file that could be read, in the order of the results; a file is read again for it."""
    common = _common_folder(result.source for result in results.reports)
    for reports in _by_file(results.reports):
        source = reports[0].source
        if reports[0].report is None:
            continue
        path = PurePosixPath(Path(source.replace("!", "/")).relative_to(common).as_posix() if common else source)
        problems = sum(bool(report.findings) for report in reports)
        try:
            data, actual = load_source(source)
            copy = annotate(data, source, actual, reports, results, look)
        except GoujiError as error:
            yield Copy(source, path, problems, error=error.words)
            continue
        yield Copy(source, path.with_suffix(copy.suffix), copy.notes, copy.data, remarks=copy.remarks)


def _common_folder(sources: Iterable[str]) -> str:
    """Give the deepest folder that all sources lie in, "" if there is none."""
    folders = {os.path.dirname(source.partition("!")[0]) for source in sources}
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError:  # some are absolute and some are not, or they are on several drives
        return ""


def _by_file(results: Iterable[ReportResult]) -> Iterator[list[ReportResult]]:
    """Gather the results of each file: those of a second report in it are named after the first."""
    gathered: list[ReportResult] = []
    for result in results:
        if gathered and result.source != f"{gathered[0].source}#{len(gathered) + 1}":
            yield gathered
            gathered = []
        gathered.append(result)
    if gathered:
        yield gathered
