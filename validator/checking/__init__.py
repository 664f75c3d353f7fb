"""Report and rules -> outcomes -> findings. Pure: nothing is read, nothing is printed."""

from functools import partial

from validator.model.outcome import Outcome
from validator.model.report import Report
from validator.ruleset import Ruleset

from .faults import COMPARISON, DIAGNOSIS, attempt, describe_bug, tell_fault
from .findings import coverage, fingerprint, to_findings
from .kinds import KINDS
from .levels import organization_level
from .narrative import check_prose
from .problems import describe_problems
from .sheet import open_sheet

__all__ = [
    "COMPARISON",
    "DIAGNOSIS",
    "KINDS",
    "attempt",
    "check",
    "coverage",
    "describe_bug",
    "describe_problems",
    "fingerprint",
    "organization_level",
    "tell_fault",
    "to_findings",
]


def check(report: Report, ruleset: Ruleset) -> tuple[Outcome, ...]:
    """Give an outcome for every instance of every rule that applies to the report's form and needs no other report.

    A rule that fails is told by an outcome of its own, and the others are checked all the same.
    """
    sheet = open_sheet(report, ruleset)
    outcomes: list[Outcome] = []
    for rule, kind in ruleset.rules_about("cells", report.form):
        outcomes.extend(attempt(rule.title, ruleset, partial(kind.check, rule, sheet)))
    for rule, kind in ruleset.rules_about("form", report.form):
        outcomes.extend(attempt(rule.title, ruleset, partial(kind.check, rule, sheet, outcomes)))
    outcomes.extend(check_prose(sheet))
    return tuple(outcomes)
