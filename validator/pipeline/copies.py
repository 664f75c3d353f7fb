"""Results -> copies of the files that they are of, with the problems marked at their places or mended."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from validator.annotation import Mended, annotate, mend
from validator.errors import GoujiError, UsageError
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
        # "a.doc" becomes "a.doc.docx", for there may be an "a.docx" beside it.
        renamed = path if path.suffix.lower() == copy.suffix else path.with_name(f"{path.name}{copy.suffix}")
        yield Copy(source, renamed, copy.notes, copy.data, remarks=copy.remarks)


def mend_file(path: Path, results: Results, look: Look) -> Mended | None:
    """Give the corrected copy of the one file of the results; None if it could not be read, UsageError if not one."""
    reports = list(results.reports)
    source = path.as_posix()
    if path.is_dir() or any(report.source not in (source, f"{source}#{n}") for n, report in enumerate(reports, 1)):
        raise UsageError.of("mend-one-file", source=source)
    if not reports or reports[0].report is None:
        return None
    data, actual = load_source(source)
    return mend(data, source, actual, reports, results, look)


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
