"""One file, from bytes to result: read, extract, check, diagnose. The only module that knows every stage."""

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from validator.checking import check, coverage, to_findings
from validator.diagnosis import diagnose
from validator.errors import GoujiError, ReadError
from validator.extraction import extract
from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.location import LostPlace
from validator.model.report import Problem, Report
from validator.model.result import ReportResult
from validator.readers import read
from validator.render.catalogue import describe_read_error
from validator.render.reading import Reading
from validator.ruleset import Ruleset

from .discovery import Input

T = TypeVar("T")


def read_report(path: Path, ruleset: Ruleset) -> Report:
    """Read a file as a report; ReadError if it cannot be read or is none."""
    document = read(path)
    return document if isinstance(document, Report) else extract(document, ruleset.forms, ruleset.wording)


def check_report(report: Report, ruleset: Ruleset, told: frozenset[str], diagnosis: bool) -> ReportResult:
    """Check a report by every rule and give what the rules in `told` find, explained if `diagnosis` says so.

    Coverage and diagnosis rest on all rules: hiding a rule must not change what is known of the others.
    """
    outcomes = check(report, ruleset)
    findings = to_findings(report, ruleset, outcomes)
    explanations = diagnose(report, outcomes, findings) if diagnosis else ()
    findings = tuple(finding for finding in findings if finding.rule in told)
    shown = {finding.fingerprint for finding in findings}
    explanations = tuple(explanation for explanation in explanations if shown.intersection(explanation.explains))
    not_assessed = tuple(o for o in outcomes if o.verdict == "not_assessed" and o.rule in told)
    addresses = dict.fromkeys(
        [
            *(cell for finding in findings for cell in finding.cells),
            *(cell for outcome in not_assessed for cell in outcome.cells),
            *(change.cell for explanation in explanations for change in explanation.changes),
        ]
    )
    return ReportResult(
        source=report.source,
        form=report.form,
        organization=report.organization,
        year=report.year,
        coverage=coverage(outcomes),
        findings=findings,
        not_assessed=not_assessed,
        diagnosis=explanations,
        cells={address: report.cells[address] for address in addresses if address in report.cells},
        names=_name_cells(addresses, ruleset.forms.get(report.form or "")),
    )


def _name_cells(addresses: Iterable[str], form: Form | None) -> Mapping[str, Bilingual]:
    return {address: Bilingual(address, address) if form is None else form.name(address) for address in addresses}


def check_file(entry: Input, ruleset: Ruleset, told: frozenset[str], diagnosis: bool) -> ReportResult | None:
    """Check one file, whatever it holds; None if it was met in a folder and is JSON of another kind."""

    def check_it() -> ReportResult:
        return check_report(_open(entry, ruleset), ruleset, told, diagnosis)

    return _attempt(entry, check_it, lambda error: ReportResult(entry.source, error=describe_read_error(error)))


def read_file(entry: Input, ruleset: Ruleset) -> Reading | None:
    """Read one file, whatever it holds: one that cannot be read is a report whose only problem is "unreadable"."""

    def read_it() -> Reading:
        report = _open(entry, ruleset)
        return Reading(report, ruleset.forms.get(report.form or ""), describe_problems(report, ruleset))

    def unread(error: ReadError) -> Reading:
        problem = Problem("unreadable", LostPlace("unreadable"))
        report = Report(entry.source, None, None, None, {}, (), (problem,))
        return Reading(report, None, (describe_read_error(error),), readable=False)

    return _attempt(entry, read_it, unread)


def crashed_result(entry: Input) -> ReportResult:
    """Give the result of a file whose process died."""
    return ReportResult(entry.source, error=describe_read_error(ReadError("crashed")))


def _open(entry: Input, ruleset: Ruleset) -> Report:
    if entry.error is not None:
        raise entry.error
    return read_report(entry.path, ruleset)


def _attempt(entry: Input, action: Callable[[], T], unread: Callable[[ReadError], T]) -> T | None:
    try:
        return action()
    except ReadError as error:
        # A folder of reports may hold results of earlier runs and other JSON: not meant as reports.
        alien = entry.found and entry.path.suffix.lower() == ".json" and error.code == "json-shape"
        return None if alien else unread(error)
    except GoujiError:
        raise  # a bad rule or a wrong call stops the run
    except Exception as bug:  # noqa: BLE001 - a fault of ours in one file must not lose the other files
        return unread(ReadError("internal", detail=_describe_bug(bug)))


def _describe_bug(bug: Exception) -> str:
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__}: {bug} @ {Path(frame.filename).name}:{frame.lineno}"
