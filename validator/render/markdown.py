"""`gouji check --format markdown`: a comment on a pull request, or the summary of a run.

Problems come first, each under what most likely caused it; unreadable files stand apart. A forge refuses a comment
that is too long, so what does not fit is left out and counted.
"""

import html
import re
from collections.abc import Iterable, Iterator

from msgspec.structs import asdict

from validator.model.location import describe_location
from validator.model.outcome import Finding, Severity
from validator.model.result import FILE_MARK, ReportResult, Results
from validator.patterns import Pattern
from validator.words import describe_severity, line, mark

from .explained import Trouble, describe_explanations, gather_troubles
from .layout import make_harmless
from .look import Look, render_heading

_LIMIT = 65_000
"""Characters, a little below the 65,536 that GitHub takes."""
_MOST_LINES = 50
_MOST_CHARACTERS = 10_000
"""Of the lists that stand apart: they may not crowd out the problems."""
_COUNTS = ("reports", "failed", "passed", "unreadable", "errors", "warnings", "notes")

_SPECIAL = Pattern(r"([\\`*_\[\]<>|~#$!&])")
# What forges make links and pings of after Markdown has been read, where a backslash no longer helps: @name, #12,
# GH-12, !12, $12, &12, %name, ~name, :smile:, http:// and www.
_REFERENCE = Pattern(r"(?<=[@#!$&%~:])(?=[\w\"/])|(?<=GH-)(?=\d)|(?<=www)(?=\.)", re.I)
_BLOCK = Pattern(r"^(\d+(?=[.)])|(?=[-+=]))")
"""What would begin a list or a heading if it began a line."""
_GAP = "\u200b"
"""A blank without width: what it parts is no name and no number to a forge, and looks the same to a reader."""


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
            yield f"- {_finding(finding, report, look)}\n"
        yield "\n"
        return
    for (text, place), stars in zip(explanations, ("**", *[""] * len(explanations)), strict=False):
        where = f"<br>{to_markdown(place)}" if place else ""
        yield f"{stars}{to_markdown(text)}{stars}{where}\n\n"
    yield f"<details><summary>{to_html(_count(trouble, look))}</summary>\n\n"
    for finding in trouble.findings:
        yield f"- {_finding(finding, report, look)}\n"
    yield "\n</details>\n\n"


def _count(trouble: Trouble, look: Look) -> str:
    worst = look.say(describe_severity(trouble.findings[0].severity))
    return look.say(line("comment-findings", severity=worst, count=len(trouble.findings)))


def _finding(finding: Finding, report: ReportResult, look: Look) -> str:
    sign = f"{look.say(mark(finding.severity))} {look.say(describe_severity(finding.severity))}"
    place = look.say(describe_location(finding.location, report.tables))
    return f"{to_markdown(sign)} {to_markdown(look.say(finding.message))}<br>{to_markdown(f'{place} ({finding.rule})')}"


def _cut(count: int, look: Look) -> str:
    return f"> {look.say(line('comment-cut', count=count))}\n\n"


def list_apart(results: Results, look: Look) -> Iterator[str]:
    """Give what could not be read, what was not assessed, and what was left out at the user's word."""
    yield from _unreadable(results, look)
    if not look.quiet:
        yield from _unassessed(results, look)
    yield from _known(results, look)


def _unreadable(results: Results, look: Look) -> Iterator[str]:
    if results.totals.unreadable:
        lines = (
            f"- {to_markdown(look.say(line('unreadable-line', source=r.source, error=look.say(r.error))))}\n"
            for r in results.reports
            if r.error is not None
        )
        yield f"#### {look.say(line('unreadable'))}\n\n"
        yield from _limit(lines, look)
        yield "\n"


def _unassessed(results: Results, look: Look) -> Iterator[str]:
    lines = (
        f"- {to_markdown(look.say(line('comment-unassessed', report=_name(report, look), count=count)))}\n"
        for report in results.reports
        if (count := len(report.not_assessed))
    )
    told = "".join(_limit(lines, look))
    if told:
        yield f"<details><summary>{look.say(line('not-assessed'))}</summary>\n\n{told}\n</details>\n\n"


def _name(report: ReportResult, look: Look) -> str:
    return f"{render_heading(report, look)} {report.source}"


def _known(results: Results, look: Look) -> Iterator[str]:
    known = results.known
    said = list(known.notices)
    for key, count in (("fixed", len(known.fixed)), ("suppressed", known.suppressed), ("in-baseline", known.baseline)):
        if count:
            said.append(line(key, count=count))
    yield from _limit((f"- {to_markdown(look.say(text).lstrip('；; '))}\n" for text in said), look)


def _limit(lines: Iterable[str], look: Look) -> Iterator[str]:
    """Pass on as many lines as may stand in a list, and say how many there are besides."""
    left = room = 0
    for number, text in enumerate(lines):
        room += len(text)
        if number < _MOST_LINES and room <= _MOST_CHARACTERS and not left:
            yield text
        else:
            left += 1
    if left:
        yield f"- {look.say(line('comment-more-lines', count=left))}\n"


def to_markdown(text: str) -> str:
    """Write a text on one line of Markdown as it is."""
    return _BLOCK.sub(r"\1\\", _SPECIAL.sub(r"\\\1", _part(text).lstrip()))


def to_html(text: str) -> str:
    """Write a text as it is where Markdown holds HTML, such as a `summary`."""
    return html.escape(_part(text))


def _part(text: str) -> str:
    return _REFERENCE.sub(_GAP, make_harmless(text))
