"""The exit status of a run, the same whatever the output."""

from validator.model.result import Totals

PASSED, FAILED, UNREADABLE = 0, 1, 3  # 2 is a wrong call, which raises an error

FAIL_ON = ("error", "warning", "never")


def exit_status(totals: Totals, fail_on: str) -> int:
    """Give 1 if a finding weighs at least `fail_on`, else 3 if an input could not be read, else 0."""
    fatal = {"error": totals.errors, "warning": totals.errors + totals.warnings, "never": 0}[fail_on]
    if fatal:
        return FAILED
    return UNREADABLE if totals.unreadable else PASSED
