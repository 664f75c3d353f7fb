"""Report and rules -> outcomes -> findings. Pure: nothing is read, nothing is printed."""

from collections.abc import Iterable, Sequence
from functools import partial

from validator.model.outcome import Outcome
from validator.model.report import Report
from validator.ruleset import Ruleset
from validator.ruleset.schema import FormRule, ProblemRule, ProseRule, Relation, Rule, SeriesRule

from .faults import COMPARISON, DIAGNOSIS, attempt, describe_bug, tell_fault
from .findings import coverage, fingerprint, to_findings
from .forms import FORM_CHECKS
from .levels import organization_level
from .narrative import check_prose
from .problems import check_problems, describe_problems
from .relations import check_relation
from .sheet import Sheet, open_sheet

__all__ = [
    "COMPARISON",
    "DIAGNOSIS",
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
    prose: list[ProseRule] = []
    for rule in ruleset.rules_for(report.form):
        if isinstance(rule, ProseRule):
            prose.append(rule)
        elif not isinstance(rule, SeriesRule):
            outcomes.extend(attempt(rule.title, ruleset, partial(_apply, rule, sheet, outcomes)))
    outcomes.extend(check_prose(prose, sheet))
    return tuple(outcomes)


def _apply(rule: Rule, sheet: Sheet, earlier: Sequence[Outcome]) -> Iterable[Outcome]:
    """Hand a rule to the function of its kind; `earlier` are the outcomes of the rules before it."""
    match rule:
        case Relation():
            return check_relation(rule, sheet)
        case ProblemRule():
            return check_problems(rule, sheet)
        case FormRule():
            return FORM_CHECKS[rule.kind](rule, sheet, earlier)
        case _:
            raise TypeError(f"no check for rules of kind {rule.kind}")
