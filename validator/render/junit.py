"""`gouji check --format junit`: a suite for each report, a case for each rule instance that ran.

Errors are failures. Warnings and notes pass, with their text in the output of the case: whether they fail a run is
the business of its exit status. What could not be assessed is skipped, a file that cannot be read is an error.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from validator.model.bilingual import Bilingual
from validator.model.location import describe_location
from validator.model.outcome import Finding, Outcome, Severity, Verdict
from validator.model.result import ReportResult, Results, RuleNote
from validator.words import describe_reason, line

from .explained import describe_explanations, gather_troubles
from .layout import make_harmless
from .look import Look, render_heading

_FORBIDDEN = "[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # compiled when used: it takes long
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


class _Case(NamedTuple):
    """A test case: its name, how it ended ("" if it passed), the first line of what is said, and all of it."""

    name: str
    end: str = ""
    kind: str = ""
    message: str = ""
    text: str = ""


def render_junit(results: Results, look: Look) -> Iterator[str]:
    """Turn the results into JUnit XML, for dashboards of tests."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gouji">\n'
    for report in results.reports:
        cases = list(_cases(report, results, look))
        ends = Counter(case.end for case in cases)
        source = _escape(report.source)
        heading = source if report.report is None else f"{_escape(render_heading(report, look))} {source}"
        yield (
            f'<testsuite name="{heading}" tests="{len(cases)}" failures="{ends["failure"]}" '
            f'errors="{ends["error"]}" skipped="{ends["skipped"]}" file="{source}">\n'
        )
        yield from (_write(case, source) for case in cases)
        yield "</testsuite>\n"
    yield "</testsuites>\n"


def _write(case: _Case, source: str) -> str:
    start = f'<testcase classname="{source}" name="{case.name}"'
    if not case.text and not case.end:
        return f"{start}/>\n"
    if not case.end:
        return f"{start}><system-out>{case.text}</system-out></testcase>\n"
    kind = f' type="{case.kind}"' if case.kind else ""
    return f'{start}><{case.end}{kind} message="{case.message}">{case.text}</{case.end}></testcase>\n'


def _cases(report: ReportResult, results: Results, look: Look) -> Iterator[_Case]:
    """Give the cases of a report, each with a name of its own."""
    if report.error is not None:
        error = _escape(look.say(report.error))
        yield _Case(_escape(look.say(line("case-readable"))), "error", "unreadable", error, error)
    met: Counter[str] = Counter()
    for name, case in _judge(report, results, look):
        met[name] += 1
        yield case._replace(name=_escape(name if met[name] == 1 else f"{name} ({met[name]})"))


def _judge(report: ReportResult, results: Results, look: Look) -> Iterator[tuple[str, _Case]]:
    said = _say_findings(report, look)
    waiting: dict[tuple[object, ...], list[Finding]] = {}
    for finding in report.findings:
        waiting.setdefault((finding.rule, finding.cells, finding.left, finding.right), []).append(finding)
    for outcome in report.outcomes:
        name = _name(outcome, report, results.rules.get(outcome.rule), look)
        if outcome.verdict is Verdict.HOLDS:
            yield name, _Case("")
        elif outcome.verdict is Verdict.NOT_ASSESSED:
            reason = _escape(look.say(describe_reason(outcome.reason, report.year)))
            yield name, _Case("", "skipped", message=reason)
        elif found := waiting.get((outcome.rule, outcome.cells, outcome.left, outcome.right)):
            finding = found.pop(0)
            yield name, _tell(finding, said[finding], look)
        else:
            yield name, _Case("", "skipped", message=_escape(look.say(line("case-left-out"))))
    for findings in waiting.values():  # found, but not by a rule instance of this report alone
        for finding in findings:
            yield (
                f"{_title(finding.rule, results.rules.get(finding.rule), look)} [{finding.rule}]",
                _tell(finding, said[finding], look),
            )


def _tell(finding: Finding, lines: list[str], look: Look) -> _Case:
    text = "\n".join(map(_escape, lines))
    if finding.severity is not Severity.ERROR:
        return _Case("", text=f"{finding.severity}: {text}")
    return _Case("", "failure", finding.severity, _escape(look.say(finding.message)), text)


def _say_findings(report: ReportResult, look: Look) -> dict[Finding, list[str]]:
    """Say of each finding what is wrong, where, and what is the likely cause."""
    said = {}
    for trouble in gather_troubles(report) if report.findings else ():
        told = [text for text, _ in describe_explanations(trouble, report, look)]
        for finding in trouble.findings:
            place = look.say(describe_location(finding.location, report.tables))
            said[finding] = [look.say(finding.message), place, *told]
    return said


def _name(outcome: Outcome, report: ReportResult, note: RuleNote | None, look: Look) -> str:
    """Name a rule instance: what must hold, where, and the ids, which tell it from all others."""
    title = outcome.rule if note is None else look.say(note.holds or note.title)
    sides = (outcome.equation.left, outcome.equation.right) if outcome.equation else ()
    cells = [*(side[0][1] for side in sides if len(side) == 1), *outcome.cells]
    if outcome.instance and cells and cells[0]:
        cell = look.say(report.names.get(cells[0], Bilingual(cells[0], cells[0])))
        title = look.say(line("case", title=title, cell=cell))
    return f"{title} [{' '.join(filter(None, (outcome.rule, outcome.instance)))}]"


def _title(rule: str, note: RuleNote | None, look: Look) -> str:
    return rule if note is None else look.say(note.title)


@lru_cache(maxsize=4096)  # the names of cases are the same in every report of a form
def _escape(text: str) -> str:
    """Write a text on one line of XML; what XML cannot hold is shown as an escape."""
    harmless = make_harmless(text)
    for character, entity in _MARKUP.items():
        harmless = harmless.replace(character, entity)
    return re.sub(_FORBIDDEN, lambda found: f"\\u{ord(found[0]):04x}", harmless)
