"""JSON as this program writes it: characters as they are, amounts as numbers, one line or indented.

`gouji check --format json` has the schema gouji.results/1, `gouji read --format json` gouji.report/1, one object a
report. Keys are added, never renamed or removed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import msgspec
from msgspec.structs import asdict

from validator.model.location import Location, PlainFields, location_fields
from validator.model.outcome import Explanation, Finding, Outcome
from validator.model.report import Claim, Number, ReportCell
from validator.model.result import Known, ReportResult, Results, Totals

from .look import Look, Reading

JsonNumber = int | float


def write_json(value: Mapping[str, object], *, indent: int | None = 2) -> str:
    """Give the value as JSON ended by a newline: indented, or on one line with `indent` None."""
    try:
        written = msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError, TypeError):  # half a character from a file's name, a figure beyond all
        return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"
    return msgspec.json.format(written, indent=indent or 0).decode() + "\n"


def write_json_items(values: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Give what stands between the brackets of a JSON array, in pieces: one value a line."""
    separator = "\n"
    for value in values:
        yield separator + json.dumps(value, ensure_ascii=False, allow_nan=False)
        separator = ",\n"
    if separator != "\n":
        yield "\n"


def to_json_number(number: Number | None) -> JsonNumber | None:
    """Give a figure as JSON has it; money keeps its decimals (2.02), a count has none."""
    if isinstance(number, Decimal):
        return int(number) if number == number.to_integral_value() else float(number)
    return number


def to_json_place(location: Location | None) -> PlainFields:
    """Give what is known of a place as plain fields, none if there is no place."""
    return {} if location is None else location_fields(location)


RESULTS_SCHEMA = "gouji.results/1"


def render_json(results: Results, look: Look) -> Iterator[str]:
    """Turn the results into one JSON object, in pieces; texts are in the language of the look."""
    head = write_json(
        {
            "schema": RESULTS_SCHEMA,
            "tool": {"name": "gouji", "version": results.version},
            "summary": summarize(results.totals) | _known(results.known, look),
            "reports": [],
        }
    )
    start, closing, end = head.rpartition("]")
    yield start
    separator = "\n"
    for report in results.reports:
        yield separator + "    " + write_json(describe_report(report, look)).rstrip("\n").replace("\n", "\n    ")
        separator = ",\n"
    yield ("\n  " if separator != "\n" else "") + closing + end


def _known(known: Known, look: Look) -> dict[str, object]:
    """Give what was left out at the user's own word, where there was any."""
    told: dict[str, object] = {"suppressed": known.suppressed, "baseline": known.baseline, "fixed": len(known.fixed)}
    told = {key: count for key, count in told.items() if count}
    return told | ({"notices": [look.say(notice) for notice in known.notices]} if known.notices else {})


def describe_report(report: ReportResult, look: Look) -> dict[str, object]:
    """Give what a report came to as plain data."""
    return {
        "source": report.source,
        "form": report.form,
        "organization": report.organization,
        "year": report.year,
        "status": report.status,
        "coverage": {"expected": report.coverage.expected, "assessed": report.coverage.assessed},
        "findings": [_finding(finding, look) for finding in report.findings],
        "not_assessed": [_not_assessed(outcome) for outcome in report.not_assessed],
        "diagnosis": [_explanation(explanation) for explanation in report.diagnosis],
        "error": None if report.error is None else look.say(report.error),
    }


def _finding(finding: Finding, look: Look) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "fingerprint": finding.fingerprint,
        "message": look.say(finding.message),
        "cells": list(finding.cells),
        "left": to_json_number(finding.left),
        "right": to_json_number(finding.right),
        "delta": to_json_number(finding.delta),
        "location": to_json_place(finding.location),
        "related": [to_json_place(location) for location in finding.related],
    }


def _not_assessed(outcome: Outcome) -> dict[str, object]:
    return {
        "rule": outcome.rule,
        "instance": outcome.instance,
        "reason": outcome.reason,
        "cells": list(outcome.cells),
    }


def _explanation(explanation: Explanation) -> dict[str, object]:
    return {
        "changes": [
            {
                "cell": change.cell,
                "reported": to_json_number(change.reported),
                "proposed": to_json_number(change.proposed),
                "reason": change.reason,
            }
            for change in explanation.changes
        ],
        "explains": list(explanation.explains),
        "unique": explanation.unique,
        "reason": explanation.reason,
        "suspect": explanation.suspect,
        "confidence": explanation.confidence,
        "operation": explanation.operation,
        "alternatives": explanation.alternatives,
        "complete": explanation.complete,
        "at_least": explanation.at_least,
        "parts": [_explanation(part) for part in explanation.parts],
    }


_TOLD = ("reports", "passed", "failed", "unreadable", "errors", "warnings", "notes")


def summarize(totals: Totals) -> dict[str, int]:
    """Give the counts of reports by status and of findings by severity, under the keys of the JSON output."""
    counts = asdict(totals)
    return {key: counts[key] for key in _TOLD}


REPORT_SCHEMA = "gouji.report/1"


def render_reports_json(readings: Iterable[Reading], look: Look, many: bool) -> Iterator[str]:
    """Give each report as a JSON object: one line each if there are many, indented if there is one."""
    return (write_json(to_json_report(reading, look), indent=None if many else 2) for reading in readings)


def to_json_report(reading: Reading, look: Look) -> dict[str, object]:
    """Give a report in the shape that `gouji check` reads back from a .json file."""
    report = reading.report
    return {
        "schema": REPORT_SCHEMA,
        "source": report.source,
        "form": report.form,
        "organization": report.organization,
        "year": report.year,
        "cells": {address: _cell(cell) for address, cell in report.cells.items()},
        "claims": [_claim(claim) for claim in report.claims],
        "unclaimed": [
            {
                "text": claim.text,
                "span": claim.span,
                "value": to_json_number(claim.value),
                "location": to_json_place(claim.location),
            }
            for claim in report.unclaimed
        ],
        "problems": [
            {
                "kind": problem.kind,
                "detail": look.say(detail),
                "cells": list(problem.cells),
                "location": to_json_place(problem.location),
            }
            for problem, detail in zip(report.problems, reading.details, strict=True)
        ],
    }


def _cell(cell: ReportCell) -> dict[str, object]:
    note = {"note": cell.note} if cell.note else {}
    return {
        "value": to_json_number(cell.value),
        "raw": cell.raw,
        "state": cell.state.value,
        "location": to_json_place(cell.location),
        **note,
    }


def _claim(claim: Claim) -> dict[str, object]:
    scope = {"scope": claim.scope} if claim.scope else {}
    return {
        "text": claim.text,
        "span": claim.span,
        "value": to_json_number(claim.value),
        "approximate": claim.approximate,
        "quantity": claim.quantity,
        "sure": claim.sure,
        "location": to_json_place(claim.location),
        **scope,
    }
