"""Figures of the prose that must make up others of the prose: parts, outcomes, what came in and what went."""

from collections.abc import Mapping, Sequence
from itertools import product

from validator.model.bilingual import Bilingual
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Claim, Number, Statement
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import PhrasedRule

from .blanks import resolve
from .sheet import Sheet
from .wording import plain, quote_stretch

_GROUPS = 6
_RESULTS = 4
_RECEIVED, _OVER = "applications.new_received.total", "applications.carried_over.total"
_HANDLED, _FORWARD = "applications.handled_total.total", "applications.carried_forward.total"
_OTHER = "applications.other.total"


def check_parts(statement: Statement, rules: Mapping[str, PhrasedRule], sheet: Sheet) -> Outcome | None:
    """Check that the parts make up their whole, or are not more than it where only some are given."""
    rule, whole, parts = rules.get("parts"), statement.whole, statement.parts
    if rule is None or any(_is_rounded(claim) for claim in (whole, *parts)):
        return None
    columns = {part.quantity.rpartition(".")[2] for part in parts}
    complete = statement.kind == "list" or (statement.kind == "results" and len(parts) == _RESULTS)
    if statement.kind == "applicants" and {"natural_person", "legal_person"} <= columns:
        parts = tuple(p for p in parts if p.quantity.rpartition(".")[2] in ("natural_person", "legal_person"))
        complete = True
    total: Number = sum(part.value for part in parts)
    if total < whole.value and not complete:
        return None
    # A list with 其中 may count the same thing twice, and a bracket may leave something out.
    doubtful = statement.kind == "members" or (statement.kind == "list" and total < whole.value)
    severity = Severity.NOTE if doubtful else rule.worst
    return _compare(rule, whole, parts, total, whole.value, total == whole.value, severity, sheet)


def check_outcomes(statement: Statement, rules: Mapping[str, PhrasedRule], sheet: Sheet) -> Outcome | None:
    """Check that the outcomes make up what was handled, or what lay there less what is carried forward."""
    rule, parts = rules.get("outcomes"), statement.parts
    if rule is None:
        return None
    stated = {claim.quantity: claim.value for claim in statement.beside}
    received, handled = stated.get(_RECEIVED), stated.get(_HANDLED)
    over, forward = stated.get(_OVER, 0), stated.get(_FORWARD, 0)
    possible = {handled} if handled is not None else set()
    if received is not None:
        possible |= {received, received + over, received - forward, received + over - forward}
    total: Number = sum(part.value for part in parts)
    groups = sum(part.reading.count("+") + 1 if part.quantity == "narrative.joint" else 1 for part in parts)
    fits = total in possible
    if not fits and groups < _GROUPS and not all(total > figure for figure in possible if figure is not None):
        return None
    wanted = statement.whole.value if handled is None else handled
    return _compare(rule, statement.whole, parts, total, wanted, fits, rule.worst, sheet)


def check_flow(statement: Statement, rules: Mapping[str, PhrasedRule], sheet: Sheet) -> Outcome | None:
    """Check that received and carried over make handled and carried forward; the table fills what the text omits."""
    rule = rules.get("flow")
    stated = {claim.quantity: claim for claim in (statement.whole, *statement.parts)}
    if rule is None or _RECEIVED not in stated or _HANDLED not in stated:
        return None
    received, handled = stated[_RECEIVED].value, stated[_HANDLED].value
    over, forward = (_stated_or_printed(address, stated, sheet) for address in (_OVER, _FORWARD))
    if forward is None or over is None:
        return None
    ways_in = {received + over}
    if _OVER not in stated or stated[_OVER].reading == "included":
        ways_in.add(received)
    ways_out = {handled + forward, handled + forward + (resolve(_OTHER, sheet).value or 0)}
    fits = any(left == right for left, right in product(ways_in, ways_out))
    left = received if _OVER in stated and stated[_OVER].reading == "included" else received + over
    parts = tuple(stated.values())
    return _compare(rule, statement.whole, parts, left, handled + forward, fits, rule.worst, sheet)


def _stated_or_printed(address: str, stated: Mapping[str, Claim], sheet: Sheet) -> Number | None:
    if address in stated:
        return stated[address].value
    return resolve(address, sheet).counted


def _is_rounded(claim: Claim) -> bool:
    return claim.approximate or claim.span.endswith(("万", "亿"))


def _compare(
    rule: PhrasedRule,
    whole: Claim,
    parts: Sequence[Claim],
    left: Number,
    right: Number,
    fits: bool,
    severity: Severity,
    sheet: Sheet,
) -> Outcome:
    claims = [claim for claim in (*parts, whole) if claim.quantity]
    addresses = (a for c in claims for a in (c.reading.split("+") if c.quantity == "narrative.joint" else [c.quantity]))
    return Outcome(
        rule=rule.id,
        instance=whole.quantity or whole.span,
        verdict=Verdict.HOLDS if fits else Verdict.BROKEN,
        severity=severity,
        cells=tuple(dict.fromkeys(a for a in addresses if not a.startswith("narrative."))),
        left=left,
        right=right,
        location=whole.location,
        values={} if fits else _words(whole, parts, left, right, sheet),
    )


def _words(whole: Claim, parts: Sequence[Claim], left: Number, right: Number, sheet: Sheet) -> Mapping[str, Bilingual]:
    difference: Number = left - right
    return {
        "quote": quote_stretch(*parts, whole),
        "name": plain(whole.quantity) if sheet.form is None else sheet.form.name(whole.quantity),
        "left": plain(left),
        "right": plain(right),
        "difference": plain(difference if difference > 0 else -difference),
    }


_FIELDS = ("quote", "name", "left", "right", "difference")
_PARTS = ("list", "members", "applicants", "results", "grounds")
KINDS = (
    Kind("parts", "prose", check_parts, _FIELDS, PhrasedRule, judges=_PARTS),
    Kind("outcomes", "prose", check_outcomes, _FIELDS, PhrasedRule, judges=("outcomes",)),
    Kind("flow", "prose", check_flow, _FIELDS, PhrasedRule, judges=("flow",)),
)
