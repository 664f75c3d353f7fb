"""What the prose says, held against the tables and against itself: outcomes of the rules of group narrative."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from validator.model.outcome import Outcome
from validator.model.report import Claim, Statement
from validator.ruleset.schema import Rule

from . import narrative_all, narrative_claims, narrative_parts, narrative_shares
from .faults import PROSE, attempt
from .sheet import Sheet

KINDS = (*narrative_claims.KINDS, *narrative_all.KINDS, *narrative_parts.KINDS, *narrative_shares.KINDS)


def check_prose(sheet: Sheet) -> Iterator[Outcome]:
    """Give an outcome for each claim and each statement of the prose that one of the rules is about.

    A statement that no kind judges is one that only other reports can confirm or deny.
    """
    report, ruleset = sheet.report, sheet.ruleset
    rules = {kind.name: rule for rule, kind in ruleset.rules_about("prose", report.form)}
    if not rules:
        return
    judges = ruleset.judges
    for claim in report.claims:
        for judge in judges.get("claim", ()):
            yield from attempt(PROSE, ruleset, partial(_told, judge, claim, rules, sheet))
    for statement in report.statements:
        for judge in judges.get(statement.kind, ()):
            yield from attempt(PROSE, ruleset, partial(_told, judge, statement, rules, sheet))


def _told(
    judge: Callable[..., Outcome | None], said: Claim | Statement, rules: Mapping[str, Rule], sheet: Sheet
) -> Iterator[Outcome]:
    outcome = judge(said, rules, sheet)
    if outcome is not None:
        yield outcome
