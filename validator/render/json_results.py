"""`gouji check --format json`: schema gouji.results/1. Keys are added, never renamed or removed."""

from collections.abc import Iterator
from textwrap import indent

from msgspec.structs import asdict

from validator.model.outcome import Explanation, Finding, Outcome
from validator.model.result import Known, ReportResult, Results, Totals

from .json_text import to_json_number, to_json_place, write_json
from .look import Look

SCHEMA = "gouji.results/1"


def render_json(results: Results, look: Look) -> Iterator[str]:
    """Turn the results into one JSON object, in pieces; texts are in the language of the look."""
    head = write_json(
        {
            "schema": SCHEMA,
            "tool": {"name": "gouji", "version": results.version},
            "summary": summarize(results.totals) | _known(results.known, look),
            "reports": [],
        }
    )
    start, closing, end = head.rpartition("]")
    yield start
    separator = "\n"
    for report in results.reports:
        yield separator + indent(write_json(describe_report(report, look)).rstrip("\n"), "    ")
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
