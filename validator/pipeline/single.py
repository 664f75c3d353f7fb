"""One file, from bytes to result: read, extract, check, diagnose. The only module that knows every stage."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from validator.checking import (
    DIAGNOSIS,
    check,
    coverage,
    describe_bug,
    describe_problems,
    fingerprint,
    tell_fault,
    to_findings,
)
from validator.errors import GoujiError, ReadError
from validator.extraction import extract, part_reports
from validator.model.location import LostPlace, ScanPlace
from validator.model.outcome import Explanation, Outcome, Verdict
from validator.model.report import Problem, Report
from validator.model.result import ReportResult
from validator.readers import SECONDS, SUFFIXES, read
from validator.render.look import Reading

from .discovery import Input, find_inputs, passed_over
from .frozen import Done, Numbered, pack
from .knowledge import Knowledge, load_knowledge
from .suppression import vet_ignores

T = TypeVar("T")
_PLACE = attrgetter("location")


def read_report(path: Path, knowledge: Knowledge, seconds: float = SECONDS) -> Report:
    """Read a file as a report, the first of it; ReadError as `read_reports`."""
    return read_reports(path, knowledge, seconds)[0]


def read_reports(path: Path, knowledge: Knowledge, seconds: float = SECONDS, member: str = "") -> list[Report]:
    """Read a file, or a member of an archive, as the reports in it: one, but where several follow each other.

    Raises ReadError if it cannot be read or is none, or is not converted within the seconds.
    """
    document = read(path, seconds, member, scans=knowledge.scans)
    if isinstance(document, Report):
        return [document]
    forms, wordings = knowledge.ruleset.forms, knowledge.wordings
    found = [vet_ignores(extract(part, forms, wordings), knowledge.ruleset) for part in part_reports(document)]
    return [settle_pictures(report, knowledge) for report in found]


def settle_pictures(report: Report, knowledge: Knowledge) -> Report:
    """Let the sums choose among the readings of figures in pictures; what pictures claim in words is never sure."""
    claims = tuple(
        replace(claim, sure=False) if isinstance(claim.location, ScanPlace) else claim for claim in report.claims
    )
    statements = tuple(one for one in report.statements if not isinstance(one.whole.location, ScanPlace))
    unclaimed = tuple(claim for claim in report.unclaimed if not isinstance(claim.location, ScanPlace))
    cells, problems = report.cells, report.problems
    if ScanPlace in set(map(type, map(_PLACE, cells.values()))):
        from validator.diagnosis.scanned import choose_readings

        chosen, more = choose_readings(check(report, knowledge.ruleset), cells)
        # A sign that a label lacks is lost in the reading: of pictures nobody is told that their labels are damaged.
        kept = [_as_of_picture(p) for p in problems if p.kind != "label-damaged" or not _is_in_picture(p)]
        cells, problems = chosen, (*kept, *more)
    elif claims == report.claims:
        return report
    return replace(report, cells=cells, problems=problems, claims=claims, statements=statements, unclaimed=unclaimed)


def _is_in_picture(problem: Problem) -> bool:
    return isinstance(problem.location, ScanPlace)


def _as_of_picture(problem: Problem) -> Problem:
    """Give what is lacking as not found: a table, and a row of a picture, may be there all the same."""
    if problem.kind == "missing-table":
        return replace(problem, kind="table-unread")
    if problem.kind == "missing-row" and _is_in_picture(problem):
        return replace(problem, kind="rows-unread")
    return problem


def check_report(report: Report, knowledge: Knowledge) -> ReportResult:
    """Check a report by every rule and give all that was found, with its likely causes.

    Coverage and diagnosis rest on all rules: hiding a rule must not change what is known of the others. Outcomes that
    hold are left out.
    """
    outcomes = check(report, knowledge.ruleset, brief=True)
    try:
        diagnosis = _diagnose(report, outcomes, knowledge)
    except Exception as bug:  # noqa: BLE001 - a fault of ours in diagnosis must not lose what was found
        diagnosis = ()
        outcomes = (*outcomes, tell_fault(DIAGNOSIS, knowledge.ruleset, bug))
    return ReportResult(
        source=report.source,
        report=report,
        coverage=coverage(outcomes),
        findings=to_findings(report, knowledge.ruleset, outcomes),
        outcomes=tuple([outcome for outcome in outcomes if outcome.verdict is not Verdict.HOLDS]),
        diagnosis=diagnosis,
    )


def _diagnose(report: Report, outcomes: Sequence[Outcome], knowledge: Knowledge) -> tuple[Explanation, ...]:
    if not knowledge.slips or not any(map(_is_to_explain, outcomes)):
        return ()
    # Most reports have nothing to explain.
    from validator.diagnosis import diagnose

    outcomes = check(report, knowledge.ruleset)
    form = knowledge.ruleset.form(report.form)
    return diagnose(outcomes, report.cells, form, knowledge.slips, partial(fingerprint, report))


def _is_to_explain(outcome: Outcome) -> bool:
    """Whether an outcome is of cells that other figures in them may mend."""
    if outcome.verdict is not Verdict.BROKEN:
        return False
    return outcome.reason == "total-blank" or (outcome.equation is not None and outcome.equation.relation == "=")


def check_file(entry: Input, knowledge: Knowledge, seconds: float = SECONDS) -> list[ReportResult]:
    """Check the reports of one file, whatever it holds; none if it was met in a folder and is no report."""

    def check_it() -> list[ReportResult]:
        return [check_report(report, knowledge) for report in _open(entry, knowledge, seconds)]

    return _attempt(entry, check_it, lambda error: [ReportResult(entry.source, error=error.words)])


def check_inputs(inputs: Iterable[Numbered], knowledge: Knowledge, seconds: float) -> Iterator[Done]:
    """Check some files in this process, one after the other; LibreOffice has so many seconds for each."""
    for number, entry in inputs:
        results = check_file(entry, knowledge, seconds)
        try:
            checked = pack(*results) if results else None
        except Exception as bug:  # noqa: BLE001 - as below
            checked = pack(ReportResult(entry.source, error=ReadError("internal", detail=describe_bug(bug)).words))
        yield number, checked


def read_file(entry: Input, knowledge: Knowledge) -> list[Reading]:
    """Read one file, whatever it holds: one that cannot be read is a report whose only problem is "unreadable"."""

    def read_it() -> list[Reading]:
        ruleset = knowledge.ruleset
        return [
            Reading(report, ruleset.form(report.form), describe_problems(report, ruleset))
            for report in _open(entry, knowledge, SECONDS)
        ]

    def unread(error: ReadError) -> list[Reading]:
        problem = Problem("unreadable", LostPlace("unreadable"))
        report = Report(entry.source, None, None, None, {}, (), (problem,))
        return [Reading(report, None, (error.words,), readable=False)]

    return _attempt(entry, read_it, unread)


def lost_result(entry: Input, seconds: float | None) -> ReportResult:
    """Give the result of a file whose process died, or was stopped after so many seconds."""
    error = ReadError("crashed") if seconds is None else ReadError("timeout", seconds=round(seconds))
    return ReportResult(entry.source, error=error.words)


def _open(entry: Input, knowledge: Knowledge, seconds: float) -> list[Report]:
    if entry.error is not None:
        raise entry.error
    return read_reports(entry.path, knowledge, seconds, entry.member)


def _attempt(entry: Input, action: Callable[[], list[T]], unread: Callable[[ReadError], list[T]]) -> list[T]:
    try:
        return action()
    except ReadError as error:
        # A folder of reports may hold results of earlier runs and other JSON: not meant as reports.
        return [] if entry.found and passed_over(entry, error) else unread(error)
    except GoujiError:
        raise  # a bad rule or a wrong call stops the run
    except Exception as bug:  # noqa: BLE001 - a fault of ours in one file must not lose the other files
        return unread(ReadError("internal", detail=describe_bug(bug)))


def read_path(path: Path, forms: Iterable[Path] = ()) -> Report:
    """Read a file as a report; ReadError if it cannot be read or is none."""
    return read_report(path, load_knowledge(forms=forms, diagnosis=False))


def read_paths(paths: Iterable[Path], forms: Iterable[Path] = ()) -> Iterator[Reading]:
    """Read files and folders as reports, one after the other."""
    knowledge = load_knowledge(forms=forms, diagnosis=False)
    return (reading for entry in find_inputs(paths, SUFFIXES) for reading in read_file(entry, knowledge))
