"""`gouji check` for people: problems first, then what could not be assessed, unreadable files, one summary line.

`--statistics` adds how long the run took and what each rule found.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import asdict

from validator.model.location import describe_location
from validator.model.outcome import Finding, Severity
from validator.model.result import ReportResult, Results
from validator.words import describe_severity, line, mark

from .explained import describe_counts, describe_explanations, gather_troubles
from .layout import Line, align, lay_out, plain
from .look import Look, render_heading
from .reviews import count_states, follow, list_gone
from .table_text import draw_changes
from .unassessed import describe_unassessed

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_SHOWN_PASSED = 20
_STANDINGS = {
    "passed": "passed",
    "partial": "passed",
    "known": "all-known",
    "blank": "not-filled-in",
    "unchecked": "nothing-checked",
}


def render_terminal(results: Results, look: Look) -> Iterator[str]:
    """Turn the results into text for a screen or a pipe; nothing if the look is quiet and there is no problem."""
    return lay_out(_lines(results, look), look)


def render_summary(results: Results, look: Look) -> str:
    """Say in one line what all reports of the run come to, and what was left out at the user's own word."""
    known, totals = results.known, results.totals
    parts = {"partly": totals.partial, "known": totals.known, "blank": totals.blank}
    told = {part: look.say(line(f"summary-{part}", count=count)) if count else "" for part, count in parts.items()}
    said = [look.say(line("summary", **{**asdict(totals), **told}, sound=totals.sound))]
    if known.suppressed:
        said.append(look.say(line("suppressed", count=known.suppressed)))
    if known.baseline:
        said.append(look.say(line("in-baseline", count=known.baseline)))
    return "".join(said)


def _lines(results: Results, look: Look) -> Iterator[Line]:
    totals = results.totals
    if totals.failed:
        for report in results.reports:
            if report.status == "failed":
                yield from _problems(report, results, look)
    if totals.warnings or totals.notes:
        for report in results.reports:
            if report.status == "passed":
                yield from _problems(report, results, look)
    if not look.quiet:
        yield from _passed(results, look)
        yield from _unassessed(results, look)
    if totals.unreadable:
        yield plain(0, look.say(line("unreadable")), "bold")
        for report in results.reports:
            if report.error is not None:
                yield plain(2, render_unreadable(report, look))
        yield Line(0)
    yield from _known(results, look)
    if not look.quiet:
        for said in _tell_progress(results, look):
            yield plain(0, said)
        yield plain(0, render_summary(results, look), "bold")


def _known(results: Results, look: Look) -> Iterator[Line]:
    """Tell which known findings are gone, and which exemptions have expired or fit nothing."""
    for said in results.known.notices:
        yield plain(0, look.say(said), "yellow")
    if results.known.fixed:
        yield plain(0, look.say(line("fixed", count=len(results.known.fixed))), "green")
        for said in results.known.fixed:
            yield plain(2, look.say(said))
    if results.known.notices or results.known.fixed:
        yield Line(0)


def _problems(report: ReportResult, results: Results, look: Look) -> Iterator[Line]:
    troubles = [
        trouble
        for trouble in gather_troubles(report)
        if not (look.quiet and trouble.findings[0].severity is Severity.NOTE)
    ]
    if not troubles:
        return
    yield Line(0, ((render_heading(report, look), "bold"), (f"  {report.source}", "dim")))
    yield plain(2, describe_counts(troubles, look))
    for trouble in troubles:
        explanations = describe_explanations(trouble, report, look)
        for number, (text, place) in enumerate(explanations):
            yield plain(2, text, "bold")
            if place:
                yield plain(4, place, "dim")
            if number == 0:
                yield from draw_changes(trouble.explanations[0], report, results.forms, look)
        for finding in trouble.findings:
            yield from _finding(finding, report, 4 if explanations else 2, look)
    yield Line(0)


def _finding(finding: Finding, report: ReportResult, indent: int, look: Look) -> Iterator[Line]:
    sign = f"{look.say(mark(finding.severity))} {look.say(describe_severity(finding.severity))}"
    yield Line(indent, ((sign, _STYLES[finding.severity]), (f" {look.say(finding.message)}", "")))
    place = look.say(describe_location(finding.location, report.tables))
    yield plain(indent + 2, f"{place}  [{finding.rule}]", "dim")


def _passed(results: Results, look: Look) -> Iterator[Line]:
    """Tell which reports have no finding, and what that is worth: a form that nobody filled in is not sound."""
    count = told = 0
    for report in results.reports:
        if report.error is not None or report.findings:
            continue
        sound = report.standing in ("passed", "partial")
        count += sound
        if sound and count > _SHOWN_PASSED:
            continue
        told += 1
        text = line(
            _STANDINGS[report.standing],
            report=f"{render_heading(report, look)}  {report.source}",
            assessed=report.coverage.assessed,
            expected=report.coverage.expected,
            known=report.known,
        )
        yield plain(0, look.say(text), "green" if sound else "")
    if count > _SHOWN_PASSED:
        yield plain(0, look.say(line("more-passed", count=count - _SHOWN_PASSED)), "green")
    if told:
        yield Line(0)


def _unassessed(results: Results, look: Look) -> Iterator[Line]:
    told = False
    for report in results.reports:
        lines = describe_unassessed(report, look)
        if not lines:
            continue
        if not told:
            yield plain(0, look.say(line("not-assessed")), "bold")
            told = True
        yield Line(2, ((render_heading(report, look), ""), (f"  {report.source}", "dim")))
        for text in lines:
            yield plain(4, text)
    if told:
        yield Line(0)


def _tell_progress(results: Results, look: Look) -> Iterator[str]:
    """Say in a line how the problems stand since the earlier list; nothing where none was given."""
    if results.reviews is None:
        return
    states = (
        follow((finding.fingerprint for finding in trouble.findings), results.reviews).state
        for result in results.reports
        for trouble in gather_troubles(result)
    )
    yield look.say(line("review-summary", **count_states(states, list_gone(results))))


def render_unreadable(report: ReportResult, look: Look) -> str:
    """Say in one line which file could not be read and why."""
    error = "" if report.error is None else look.say(report.error)
    return look.say(line("unreadable-line", source=report.source, error=error))


def render_statistics(results: Results, checking: float, writing: float, look: Look) -> Iterator[str]:
    """Say how many seconds it took to check and to write the results, and what each rule found, the busiest first.

    `checking` covers all from the first file to the last and the reports against each other; no rule is timed by
    itself, for a single rule takes microseconds and to measure it would take longer.
    """
    seconds = checking + writing
    rate = results.totals.reports / seconds if seconds else 0
    yield look.say(line("time", seconds=f"{seconds:.2f}", rate=f"{rate:.0f}")) + "\n"
    yield look.say(line("time-stages", checking=f"{checking:.2f}", writing=f"{writing:.2f}")) + "\n"
    found: Counter[tuple[str, Severity]] = Counter()
    reports: Counter[str] = Counter()
    unassessed: Counter[str] = Counter()
    for report in results.reports:
        found.update((finding.rule, finding.severity) for finding in report.findings)
        reports.update({finding.rule for finding in report.findings})
        unassessed.update(outcome.rule for outcome in report.not_assessed)
    rules = sorted({*reports, *unassessed}, key=lambda rule: (-sum(found[rule, s] for s in Severity), rule))
    if rules:
        header = look.say(line("time-columns")).split("|")
        rows = [
            [rule, *(str(found[rule, s]) for s in Severity), str(reports[rule]), str(unassessed[rule])]
            for rule in rules
        ]
        yield from (f"{row}\n" for row in align([header, *rows]))
