"""`gouji check --format markdown`: a comment on a pull request, or the summary of a run.

Problems come first, each under what most likely caused it; unreadable files stand apart. A forge refuses a comment
that is too long, so what does not fit is left out and counted.
"""

from collections.abc import Iterator

from msgspec.structs import asdict

from validator.model.location import describe_location
from validator.model.outcome import Finding, Severity
from validator.model.result import FILE_MARK, ReportResult, Results
from validator.words import describe_severity, line, mark

from .explained import Trouble, describe_explanations, gather_troubles
from .heading import render_heading
from .look import Look
from .markdown_lists import list_apart
from .markdown_text import to_html, to_markdown

_LIMIT = 65_000
"""Characters, a little below the 65,536 that GitHub takes."""
_COUNTS = ("reports", "failed", "passed", "unreadable", "errors", "warnings", "notes")


def render_markdown(results: Results, look: Look) -> Iterator[str]:
    """Turn the results into Markdown that shows nothing of a report but its text."""
    head = _summarize(results, look)
    tail = "".join(list_apart(results, look))
    yield head
    room = _LIMIT - len(head) - len(tail) - len(_cut(results.totals.reports * 10**6, look))
    totals = results.totals
    left = totals.errors + totals.warnings + (0 if look.quiet else totals.notes)
    for piece, findings in _problems(results, look):
        if len(piece) > room:
            yield _cut(left, look)
            break
        room -= len(piece)
        left -= findings
        yield piece
    yield tail


def _summarize(results: Results, look: Look) -> str:
    totals = {**asdict(results.totals), "passed": results.totals.sound}
    verdict = look.say(line("comment-failed" if results.totals.failed else "comment-sound", **totals))
    for key in ("known", "blank"):
        if totals[key]:
            verdict += look.say(line(f"summary-{key}", count=totals[key]))
    if results.totals.unreadable:
        verdict += look.say(line("comment-unreadable", **totals))
    columns = look.say(line("comment-columns")).split("|")
    figures = [*(str(totals[count]) for count in _COUNTS), f"{totals['assessed']}/{totals['expected']}"]
    rows = [columns, ["---:"] * len(columns), figures]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"<!-- {FILE_MARK} -->\n\n### {look.say(line('comment-title', verdict=verdict))}\n\n{table}\n"


def _problems(results: Results, look: Look) -> Iterator[tuple[str, int]]:
    """Give the problems in pieces, those of reports with errors first, each with the findings that it tells."""
    for status in ("failed", "passed"):
        for report in results.reports:
            heading = f"#### {to_markdown(render_heading(report, look))}\n\n<sub>{to_markdown(report.source)}</sub>\n\n"
            for trouble in gather_troubles(report) if report.status == status and report.findings else ():
                if look.quiet and trouble.findings[0].severity is Severity.NOTE:
                    continue
                told = sum(not look.quiet or f.severity is not Severity.NOTE for f in trouble.findings)
                yield heading + "".join(_trouble(trouble, report, look)), told
                heading = ""


def _trouble(trouble: Trouble, report: ReportResult, look: Look) -> Iterator[str]:
    explanations = describe_explanations(trouble, report, look)
    if not explanations:
        for finding in trouble.findings:
            yield f"- {_finding(finding, look)}\n"
        yield "\n"
        return
    for (text, place), stars in zip(explanations, ("**", *[""] * len(explanations)), strict=False):
        where = f"<br>{to_markdown(place)}" if place else ""
        yield f"{stars}{to_markdown(text)}{stars}{where}\n\n"
    yield f"<details><summary>{to_html(_count(trouble, look))}</summary>\n\n"
    for finding in trouble.findings:
        yield f"- {_finding(finding, look)}\n"
    yield "\n</details>\n\n"


def _count(trouble: Trouble, look: Look) -> str:
    worst = look.say(describe_severity(trouble.findings[0].severity))
    return look.say(line("comment-findings", severity=worst, count=len(trouble.findings)))


def _finding(finding: Finding, look: Look) -> str:
    sign = f"{look.say(mark(finding.severity))} {look.say(describe_severity(finding.severity))}"
    place = look.say(describe_location(finding.location))
    return f"{to_markdown(sign)} {to_markdown(look.say(finding.message))}<br>{to_markdown(f'{place} ({finding.rule})')}"


def _cut(count: int, look: Look) -> str:
    return f"> {look.say(line('comment-cut', count=count))}\n\n"
