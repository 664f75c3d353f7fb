"""`--format github` and `--format gitlab`: workflow commands and a code quality report, for what forges show of a run.

GitHub shows ten annotations of a kind for a step. Where there are more, the tenth says so, and the rest stand in the
log as plain lines: nothing is dropped unseen. GitLab takes a JSON array of issues.
"""

from collections.abc import Iterator
from hashlib import sha256

from validator.model.location import TextPlace, describe_location
from validator.model.outcome import Finding, Severity
from validator.model.result import ReportResult, Results
from validator.words import describe_severity, line, mark

from .explained import Trouble, describe_explanations, gather_troubles
from .json_text import write_json_items
from .layout import make_harmless
from .look import Look, render_heading
from .terminal import render_summary

_SHOWN = 10
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render_github(results: Results, look: Look) -> Iterator[str]:
    """Turn each problem into a line of the log that is an annotation as far as GitHub shows them."""
    counts = dict.fromkeys(Severity, 0)
    last: dict[Severity, tuple[str, str]] = {}
    for severity, command, plain in _problems(results, look):
        counts[severity] += 1
        if counts[severity] < _SHOWN:
            yield command
        elif counts[severity] == _SHOWN:  # it is an annotation only if no other follows
            last[severity] = command, plain
        else:
            yield plain
    for severity, (command, plain) in last.items():
        if counts[severity] == _SHOWN:
            yield command
            continue
        yield plain
        said = describe_severity(severity)
        more = line("more-annotations", count=counts[severity] - _SHOWN + 1, severity=look.say(said), limit=_SHOWN)
        yield f"::{_KINDS[severity]}::{_escape(look.say(more))}\n"
    if not look.quiet:
        yield _plain(render_summary(results, look))


def _problems(results: Results, look: Look) -> Iterator[tuple[Severity, str, str]]:
    """Give for each problem its severity, its annotation and its line of the log."""
    for report in results.reports:
        if report.error is not None:
            text, title = look.say(report.error), look.say(line("unreadable"))
            yield Severity.ERROR, _command(Severity.ERROR, report, None, title, [text]), _log(title, report, [text])
        for trouble in gather_troubles(report) if report.findings else ():
            severity = trouble.findings[0].severity
            if look.quiet and severity is Severity.NOTE:
                continue
            lines = list(_lines(trouble, report, look))
            first = trouble.findings[0].location
            place = first if isinstance(first, TextPlace) else None
            sign = f"{look.say(mark(severity))} {look.say(describe_severity(severity))}"
            command = _command(severity, report, place, render_heading(report, look), lines)
            yield severity, command, _log(sign, report, lines)


def _lines(trouble: Trouble, report: ReportResult, look: Look) -> Iterator[str]:
    for text, _ in describe_explanations(trouble, report, look):
        yield text
    for finding in trouble.findings:
        yield f"{look.say(finding.message)} [{_place(finding, report, look)}] [{finding.rule}]"


def _command(severity: Severity, report: ReportResult, place: TextPlace | None, title: str, lines: list[str]) -> str:
    properties = {"file": report.source}
    if place is not None:
        properties |= {"line": str(place.line), "col": str(place.column)}
    properties["title"] = title
    said = ",".join(f"{key}={_escape_property(make_harmless(value))}" for key, value in properties.items())
    return f"::{_KINDS[severity]} {said}::{_escape(chr(10).join(map(make_harmless, lines)))}\n"


def _log(sign: str, report: ReportResult, lines: list[str]) -> str:
    return _plain(f"{sign} {report.source}: {' | '.join(lines)}")


def _plain(text: str) -> str:
    """Write a line in which the runner finds no command, whatever a report says."""
    return make_harmless(text).replace("##[", "# #[") + "\n"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


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
            place = "" if isinstance(finding.location, TextPlace) else f" [{_place(finding, report, look)}]"
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


def _place(finding: Finding, report: ReportResult, look: Look) -> str:
    return look.say(describe_location(finding.location, report.tables))
