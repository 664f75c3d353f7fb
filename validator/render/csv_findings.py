"""`gouji check --format csv`: one finding a line, worst reports in the order of their paths, for a spreadsheet."""

from collections.abc import Iterator

from validator.model.location import describe_location
from validator.model.outcome import Finding
from validator.model.result import ReportResult, Results
from validator.words import describe_severity

from .csv_text import write_csv
from .json_text import to_json_number
from .look import Look

COLUMNS = (
    "source",
    "organization",
    "year",
    "form",
    "severity",
    "severity_name",
    "rule",
    "message",
    "cells",
    "left",
    "right",
    "delta",
    "place",
    "fingerprint",
)


def render_csv(results: Results, look: Look) -> Iterator[str]:
    """Turn the findings into CSV with a header line; `cells` are joined by blanks."""
    yield write_csv(COLUMNS, ())
    for report in results.reports:
        if report.findings:
            yield write_csv(None, (_row(finding, report, look) for finding in report.findings))


def _row(finding: Finding, report: ReportResult, look: Look) -> tuple[object, ...]:
    return (
        report.source,
        report.organization,
        report.year,
        report.form,
        finding.severity.value,
        look.say(describe_severity(finding.severity)),
        finding.rule,
        look.say(finding.message),
        " ".join(finding.cells),
        to_json_number(finding.left),
        to_json_number(finding.right),
        to_json_number(finding.delta),
        look.say(describe_location(finding.location)),
        finding.fingerprint,
    )
