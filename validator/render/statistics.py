"""`gouji check --statistics`: how long a run took, and what each rule found."""

from collections import Counter
from collections.abc import Iterator

from validator.model.outcome import Severity
from validator.model.result import Results
from validator.words import line

from .columns import align
from .look import Look


def render_statistics(results: Results, checking: float, telling: float, look: Look) -> Iterator[str]:
    """Say how many seconds it took to check and to write the results, and what each rule found, the busiest first.

    `checking` covers all from the first file to the last and the reports against each other; no rule is timed by
    itself, for a single rule takes microseconds and to measure it would take longer.
    """
    seconds = checking + telling
    rate = results.totals.reports / seconds if seconds else 0
    yield look.say(line("time", seconds=f"{seconds:.2f}", rate=f"{rate:.0f}")) + "\n"
    yield look.say(line("time-stages", checking=f"{checking:.2f}", telling=f"{telling:.2f}")) + "\n"
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
