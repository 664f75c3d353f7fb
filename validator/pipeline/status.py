"""The exit status of a run, the same whatever the output."""

from validator.model.outcome import Severity
from validator.model.result import Results

PASSED, FAILED, MISUSED, UNREADABLE = 0, 1, 2, 3

FAIL_ON = ("error", "warning", "never")


def exit_status(results: Results, fail_on: str) -> int:
    """Give 1 if a finding weighs at least `fail_on`, else 3 if an input could not be read, else 0."""
    order = [severity.value for severity in Severity]
    fatal = [] if fail_on == "never" else order[: order.index(fail_on) + 1]
    if any(finding.severity.value in fatal for report in results.reports for finding in report.findings):
        return FAILED
    return UNREADABLE if any(report.error is not None for report in results.reports) else PASSED
