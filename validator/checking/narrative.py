"""What the prose says, held against the tables and against itself: outcomes of the rules of group narrative."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from validator.model.outcome import Outcome
from validator.model.report import Statement
from validator.ruleset.schema import ProseRule

from .faults import PROSE, attempt
from .narrative_all import check_all_handled, check_all_upheld
from .narrative_claims import check_claim
from .narrative_parts import check_flow, check_outcomes, check_parts
from .narrative_shares import check_growth, check_share
from .sheet import Sheet

Rules = Mapping[str, ProseRule]
S = TypeVar("S")

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
        yield from attempt(PROSE, sheet.ruleset, partial(_told, check_claim, claim, by_kind, sheet))
    for statement in report.statements:
        if statement.kind not in _OF_LAST_YEAR:
            check = _STATEMENTS[statement.kind]
            yield from attempt(PROSE, sheet.ruleset, partial(_told, check, statement, by_kind, sheet))


def _told(check: Callable[[S, Rules, Sheet], Outcome | None], said: S, rules: Rules, sheet: Sheet) -> Iterator[Outcome]:
    outcome = check(said, rules, sheet)
    if outcome is not None:
        yield outcome
