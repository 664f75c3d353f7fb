"""Waivers of the configuration: what does not agree between reports for a reason that someone has stated."""

from collections.abc import Iterable, Mapping
from datetime import date

from validator.config.schema import Waiver, has_ended
from validator.model.outcome import Outcome, Verdict
from validator.ruleset.schema import Rule


def find_waiver(
    rule: Rule, body: str, year: int | None, waivers: Iterable[Waiver], bodies: Mapping[str, str], today: date
) -> Waiver | None:
    """Give the first waiver that covers a rule for a body and a year; None if none does.

    `body` is the body's key, `bodies` maps the names that waivers use to keys (see identify_names).
    """
    for waiver in waivers:
        if (
            waiver.rule in (rule.id, rule.group)
            and waiver.year in (None, year)
            and (not waiver.body or bodies.get(waiver.body) == body)
            and not has_ended(waiver.until, today)
        ):
            return waiver
    return None


def waive(outcome: Outcome) -> Outcome:
    """Give a broken outcome as one that was not assessed because of a waiver; it is never counted as held."""
    return outcome._replace(verdict=Verdict.NOT_ASSESSED, reason="waived")
