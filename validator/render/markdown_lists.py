"""The lists of a Markdown comment that stand apart from the problems, each of a limited length."""

from collections.abc import Iterable, Iterator

from validator.model.result import ReportResult, Results
from validator.words import line

from .heading import render_heading
from .look import Look
from .markdown_text import to_markdown

_MOST_LINES = 50
_MOST_CHARACTERS = 10_000
"""Of the lists that stand apart: they may not crowd out the problems."""


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
