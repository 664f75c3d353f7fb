"""`gouji check --format gitlab`: the code quality report of GitLab, a JSON array of issues."""

from collections.abc import Iterator
from hashlib import sha256

from validator.model.location import TextPlace, describe_location
from validator.model.outcome import Finding, Severity
from validator.model.result import ReportResult, Results

from .explained import describe_explanations, gather_troubles
from .json_text import write_json_items
from .look import Look

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render_gitlab(results: Results, look: Look) -> Iterator[str]:
    """Turn the findings, and the files that could not be read, into issues."""
    yield "["
    yield from write_json_items(issue for report in results.reports for issue in _issues(report, look))
    yield "]\n"


def _issues(report: ReportResult, look: Look) -> Iterator[dict[str, object]]:
    if report.error is not None:
        yield _issue(look.say(report.error), "unreadable", "blocker", report.source, 1, "unreadable")
    seen: dict[str, int] = {}
    for trouble in gather_troubles(report) if report.findings else ():
        told = [text for text, _ in describe_explanations(trouble, report, look)][:1]
        for finding in trouble.findings:
            count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
            text = " ".join([look.say(finding.message), *told])
            place = "" if isinstance(finding.location, TextPlace) else f" [{_place(finding, look)}]"
            line = finding.location.line if isinstance(finding.location, TextPlace) else 1
            mark = finding.fingerprint if count == 1 else f"{finding.fingerprint}/{count}"
            yield _issue(text + place, finding.rule, _SEVERITIES[finding.severity], report.source, line, mark)


def _issue(description: str, rule: str, severity: str, source: str, line: int, mark: str) -> dict[str, object]:
    # Two files may hold the report of one body and year, and GitLab drops an issue whose fingerprint it has seen.
    whole = f"{source}\x1f{mark}".encode("utf-8", "backslashreplace")
    return {
        "description": description,
        "check_name": rule,
        "fingerprint": sha256(whole).hexdigest()[:32],
        "severity": severity,
        "location": {"path": source, "lines": {"begin": line}},
    }


def _place(finding: Finding, look: Look) -> str:
    return look.say(describe_location(finding.location))
