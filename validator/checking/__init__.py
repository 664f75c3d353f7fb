"""Report and rules -> outcomes -> findings. Pure: nothing is read, nothing is printed."""

from collections.abc import Sequence

from validator.model.outcome import Outcome
from validator.model.report import Report
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Kind

from . import forms, narrative, relations, sections
from .findings import (
    COMPARISON,
    DIAGNOSIS,
    attempt,
    coverage,
    describe_bug,
    fingerprint,
    tell_fault,
    to_findings,
)
from .forms import describe_problems
from .narrative import check_prose
from .relations import organization_level
from .sheet import open_sheet

KINDS: Sequence[Kind] = (*relations.KINDS, *forms.KINDS, *narrative.KINDS, *sections.KINDS)
"""The kinds of rules that one report shows to hold or not; those that need several are comparison.KINDS."""

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


def check(report: Report, ruleset: Ruleset, *, brief: bool = False) -> tuple[Outcome, ...]:
    """Give an outcome for every instance of every rule that applies to the report's form and needs no other report.

    A rule that fails is told by an outcome of its own, and the others are checked all the same. `brief`: of a relation
    that holds nothing is told but that it does, neither its cells nor its figures.
    """
    sheet = open_sheet(report, ruleset, brief=brief)
    outcomes: list[Outcome] = []
    met = {problem.kind for problem in report.problems}
    for rule, kind in ruleset.rules_about("cells", report.form):
        if not isinstance(rule, forms.ProblemRule) or rule.problem in met:
            outcomes += attempt(rule.title, ruleset, kind.check, rule, sheet)
    for rule, kind in ruleset.rules_about("form", report.form):
        outcomes += attempt(rule.title, ruleset, kind.check, rule, sheet, outcomes)
    outcomes.extend(check_prose(sheet))
    return tuple(outcomes)
