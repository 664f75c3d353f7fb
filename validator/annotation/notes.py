"""A result -> the notes that go into the office's own document: one for each problem, and light marks."""

from collections.abc import Iterator

import msgspec

from validator.model.location import Location, OtherFilePlace
from validator.model.result import ReportResult, Results
from validator.patterns import Pattern
from validator.render.look import Look
from validator.render.problems import Problem, describe_problem, list_problems
from validator.render.unassessed import list_unassessed

AUTHOR = "gouji"
"""Who signs our notes; annotating a copy again replaces the notes of this name and nobody else's."""

DAY = "2000-01-01"
"""The date of our notes: always the same, so that bytes repeat."""

_QUOTE = Pattern(r"“([^“”]+)”")

COLOURS = {"error": "FFD9CC", "warning": "FFECC7", "note": "E4EDF9", "": "EDEDEE", "touched": "FFF8DF"}
"""Colours of places with a note, and of those it touches. Ours alone, told apart from the office's own by that."""

HEAD_OF_PAGE = (20.0, 20.0, 110.0, 34.0)
"""Where on a first page a note stands whose place is not known, in points."""


class Note(msgspec.Struct, frozen=True):
    """Lines to stand at a place; `severity` is "error", "warning" or "note", and "" for what could not be assessed.

    `words` are what the lines quote; it is about the first of them that the text of the place holds.
    """

    place: Location
    lines: tuple[str, ...]
    severity: str
    words: tuple[str, ...] = ()


class Notes(msgspec.Struct, frozen=True):
    """The notes of a file, and the places to mark lightly: the other cells of the sums that a note speaks of."""

    notes: tuple[Note, ...]
    touched: tuple[Location, ...]


def make_notes(reports: list[ReportResult], results: Results, look: Look) -> Notes:
    """Give the notes of a file, which holds one report or several, the worst of each report first."""
    notes = [note for report in reports for note in _notes(report, results, look)]
    noted = {note.place for note in notes}
    touched = dict.fromkeys(place for report in reports for place in _touched(report, results, look))
    return Notes(tuple(notes), tuple(place for place in touched if place not in noted))


def _notes(report: ReportResult, results: Results, look: Look) -> Iterator[Note]:
    for problem in list_problems(report, results, look):
        if not isinstance(problem.location, OtherFilePlace):
            lines = tuple(describe_problem(problem, look, place=False))
            yield Note(problem.location, lines, problem.severity, _quoted(problem, report))
    for address, text in list_unassessed(report, look):
        cell = report.cells.get(address)
        if cell is not None:
            yield Note(cell.location, (text,), "")


def _quoted(problem: Problem, report: ReportResult) -> tuple[str, ...]:
    """Give what the messages of a problem quote of the report."""
    findings = (finding for finding in report.findings if finding.fingerprint in problem.fingerprints)
    return tuple(quote for finding in findings for quote in _QUOTE.findall(finding.message.zh))


def _touched(report: ReportResult, results: Results, look: Look) -> Iterator[Location]:
    for problem in list_problems(report, results, look):
        for address in (*(change.cell for change in problem.changes[1:]), *problem.others):
            if address in report.cells:
                yield report.cells[address].location
