"""The check of one batch, in a process of its own: a folder of dropped files -> a folder of pages, lists and copies."""

import os
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path, PurePath
from threading import Thread
from typing import Any

from msgspec.structs import replace

from validator.errors import GoujiError, UsageError
from validator.model.bilingual import Language
from validator.model.location import describe_location
from validator.model.outcome import Severity
from validator.model.result import ReportResult, Results
from validator.pipeline import Settings, check_paths
from validator.pipeline.copies import Copy, annotate_files, mend_file
from validator.pipeline.pages import write_site
from validator.pipeline.workers import end_with_parent
from validator.render import FILE_RENDERERS, RENDERERS
from validator.render.audit.view import view_report
from validator.render.explained import describe_explanations, gather_troubles
from validator.render.look import Look, render_heading
from validator.render.site.entries import name_page
from validator.render.terminal import render_summary
from validator.words import line

PAGES, LISTS, MARKED, MENDED = "pages", "lists", "marked", "mended"
"""The folders of a batch: the site, the list of problems, copies with the problems marked, copies with them mended."""

_SHOWN_PROBLEMS = 3

Copies = dict[str, dict[str, str]]
"""Of a file: "marked" and "mended", the paths of its copies within their folders."""


def check_batch(inputs: Path, outputs: Path, language: Language, pipe: Connection) -> None:
    """Check what lies in a folder and write what came of it into another.

    Into the pipe go the numbers of files that are done and that there are, and at last {"done": {...}} or
    {"failed": text}.
    """
    Thread(target=end_with_parent, daemon=True).start()
    # The names of files are shown as they were dropped, without the folder that they lie in meanwhile.
    os.chdir(inputs)
    look = Look(language)
    try:
        names = sorted(os.listdir())
        settings = Settings(jobs=1 if len(names) == 1 and os.path.isfile(names[0]) else 2, detailed=True, pages=True)
        run = check_paths([Path(name) for name in names], settings, lambda done, total: _tell_each(done, total, pipe))
        pages = outputs / PAGES
        pages.mkdir()
        write_site(run.results, look, pages)
        copies: Copies = {}
        for copy in annotate_files(run.results, look):
            if copy.error is None:
                copies[copy.source] = {"marked": _write_copy(copy.data, copy.path, outputs / MARKED)}
                if mended := _mend(copy, run.results, look):
                    copies[copy.source]["mended"] = _write_copy(mended, copy.path, outputs / MENDED)
        done = describe_results(run.results, look, copies)
        pipe.send({"done": {**done, "list": _write_list(run.results, look, outputs / LISTS)}})
    except GoujiError as error:
        pipe.send({"failed": look.say(error.words)})
    except OSError as error:
        pipe.send({"failed": str(error)})


def _tell_each(done: Iterable[bool], total: int, pipe: Connection) -> Iterable[bool]:
    for number, one in enumerate(done, 1):
        with suppress(OSError):
            pipe.send((number, total))
        yield one


def _write_copy(data: bytes, path: PurePath, folder: Path) -> str:
    """Write the copy of a file and give its path within the folder."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    return path.as_posix()


def _mend(copy: Copy, results: Results, look: Look) -> bytes | None:
    """Give a file with the changes made that are proved; None if there are none, or it is inside an archive."""
    own = [report for report in results.reports if report.source.partition("#")[0] == copy.source]
    if "!" in copy.source or not any(one.unique for report in own for one in report.diagnosis):
        return None
    try:
        mended = mend_file(Path(copy.source), replace(results, reports=own), look)
    except GoujiError:
        return None
    return mended.data if mended is not None and mended.done else None


def _write_list(results: Results, look: Look, folder: Path) -> str:
    """Write the list of problems and give its name: a workbook, or CSV where what writes workbooks is not installed."""
    folder.mkdir()
    name = look.say(line("serve-list-name"))
    with suppress(UsageError):
        FILE_RENDERERS["xlsx"](results, look, folder / f"{name}.xlsx", "")
        return f"{name}.xlsx"
    with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(RENDERERS["csv"](results, look))
    return f"{name}.csv"


def describe_results(results: Results, look: Look, copies: Copies) -> dict[str, Any]:
    """Give what the page shows of the results at once: a line for all, and each report with its first problems."""
    order = ("failed", "unreadable", "passed")
    reports = sorted(results.reports, key=lambda report: order.index(report.status))
    return {
        "summary": render_summary(results, look),
        "findings": sum(len(report.findings) for report in reports),
        "reports": [_describe_report(report, results, look, copies) for report in reports],
    }


def _describe_report(report: ReportResult, results: Results, look: Look, copies: Copies) -> dict[str, Any]:
    if report.report is None:
        return {
            "source": report.source,
            "heading": report.source,
            "state": "unreadable",
            "verdict": "" if report.error is None else look.say(report.error),
        }
    return {
        "source": report.source,
        "heading": render_heading(report, look),
        "state": report.standing,
        "verdict": view_report(report, results, look).verdict,
        "errors": report.count(Severity.ERROR),
        "problems": list(_describe_problems(report, look)),
        "copies": copies.get(report.source.partition("#")[0], {}),
        "page": f"reports/{name_page(report.source)}",
    }


def _describe_problems(report: ReportResult, look: Look) -> Iterable[dict[str, str]]:
    """Give the first problems: what happened most likely, or else the finding, and where it stands."""
    for trouble in gather_troubles(report)[:_SHOWN_PROBLEMS]:
        finding = trouble.findings[0]
        if finding.severity is Severity.NOTE:
            return
        explained = describe_explanations(trouble, report, look)
        text, place = explained[0] if explained else ("", "")
        yield {
            "severity": str(finding.severity),
            "text": text if place else look.say(finding.message),
            "place": place or look.say(describe_location(finding.location, report.tables)),
        }
