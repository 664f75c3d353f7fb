"""What the prose says, held against the tables and against itself: outcomes of the rules of group narrative."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from validator.model.outcome import Outcome
from validator.model.report import Statement
from validator.ruleset.schema import ProseRule

from .narrative_all import check_all_handled, check_all_upheld
from .narrative_claims import check_claim
from .narrative_parts import check_flow, check_outcomes, check_parts
from .narrative_shares import check_growth, check_share
from .sheet import Sheet

Rules = Mapping[str, ProseRule]

_STATEMENTS: Mapping[str, Callable[[Statement, Rules, Sheet], Outcome | None]] = {
    "list": check_parts,
    "members": check_parts,
    "applicants": check_parts,
    "results": check_parts,
    "grounds": check_parts,
    "outcomes": check_outcomes,
    "flow": check_flow,
    "share": check_share,
    "growth": check_growth,
    "all-upheld": check_all_upheld,
    "all-handled": check_all_handled,
}


_OF_LAST_YEAR = ("change", "previous")
"""Statements that only last year's report can confirm or deny."""


def check_prose(rules: Sequence[ProseRule], sheet: Sheet) -> Iterator[Outcome]:
    """Give an outcome for each claim and each statement of the prose that one of the rules is about."""
    by_kind = {rule.kind: rule for rule in rules}
    report = sheet.report
    if not by_kind:
        return
    for claim in report.claims:
        outcome = check_claim(claim, by_kind, sheet)
        if outcome is not None:
            yield outcome
    for statement in report.statements:
        if statement.kind in _OF_LAST_YEAR:
            continue
        outcome = _STATEMENTS[statement.kind](statement, by_kind, sheet)
        if outcome is not None:
            yield outcome
