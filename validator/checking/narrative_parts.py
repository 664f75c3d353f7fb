"""Figures of the prose that must fit together: parts and wholes, what came in and what went, shares and growth."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import product

from validator.model.bilingual import Bilingual
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.report import Claim, Number, Statement
from validator.ruleset.kinds import Kind, PhrasedRule

from .sheet import Sheet, resolve
from .wording import list_names, plain, quote_stretch

_GROUPS = 6
_RESULTS = 4
_RECEIVED, _OVER = "applications.new_received.total", "applications.carried_over.total"
_HANDLED, _FORWARD = "applications.handled_total.total", "applications.carried_forward.total"
_OTHER = "applications.other.total"
_BASES = (
    "applications.new_received.total",
    "applications.carried_over.total",
    "applications.handled_total.total",
    "statistics.requests.received",
    "statistics.requests.closed",
    "statistics.replies.total",
)
_SHOWN = 3


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
    # A bracket may leave something out.
    doubtful = statement.kind == "list" and total < whole.value
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
    # What the text does not say was handled, the table does.
    possible = {resolve(_HANDLED, sheet).counted if handled is None else handled}
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
    order = list(stated)
    apart = _OVER in stated and order.index(_OVER) > order.index(_HANDLED)  # 办结48件,结转2件;上年结转的3件均已办结
    if _OVER not in stated or stated[_OVER].reading == "included" or apart:
        ways_in.add(received)
    ways_out = {handled + forward, handled + forward + (resolve(_OTHER, sheet).value or 0)}
    if _is_one_figure(stated[_RECEIVED], stated[_HANDLED]):
        ways_out.add(handled)  # 受理答复12件,其中2件结转: all that lay there
    fits = any(left == right for left, right in product(ways_in, ways_out))
    left = received if _OVER in stated and stated[_OVER].reading == "included" else received + over
    parts = tuple(stated.values())
    return _compare(rule, statement.whole, parts, left, handled + forward, fits, rule.worst, sheet)


def _is_one_figure(one: Claim, other: Claim) -> bool:
    return (one.location, one.offset) == (other.location, other.offset)


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


def check_share(statement: Statement, rules: Mapping[str, PhrasedRule], sheet: Sheet) -> Outcome | None:
    """Check that a percentage follows from its count and one of the figures it may be of."""
    part, percent = statement.parts[0], statement.whole
    bases = [base for base in dict.fromkeys(_bases(statement, sheet)) if base >= part.value and base > 0]
    if not part.quantity or not part.value or not bases or part.approximate or percent.approximate:
        return None
    stated = Decimal(percent.value)
    step = Decimal(1).scaleb(-_decimals(percent))
    exact = {base: Decimal(part.value) * 100 / Decimal(base) for base in bases}
    if any(value.quantize(step, ROUND_HALF_UP) == stated for value in exact.values()):
        return _outcome(rules.get("share"), statement, Verdict.HOLDS, {})
    cut = next((base for base, value in exact.items() if value.quantize(step, ROUND_DOWN) == stated), None)
    quote = quote_stretch(part, percent)
    if cut is not None:
        values = {
            "quote": quote,
            "part": plain(part.value),
            "base": plain(cut),
            "exact": plain(exact[cut].quantize(step / 10, ROUND_DOWN)),
            "rounded": plain(exact[cut].quantize(step, ROUND_HALF_UP)),
            "claimed": plain(percent.span),
        }
        return _outcome(rules.get("share-cut"), statement, Verdict.BROKEN, values)
    # Shares are sometimes moved by one in the last digit so that all of them make 100.
    if any(abs(value - stated) <= step for value in exact.values()):
        return _outcome(rules.get("share"), statement, Verdict.HOLDS, {})
    nearest = sorted(bases, key=lambda base: abs(exact[base] - stated))[:_SHOWN]
    tried = [f"{part.value}/{base}={exact[base].quantize(step, ROUND_HALF_UP)}%" for base in nearest]
    values = {
        "quote": quote,
        "part": plain(part.value),
        "claimed": plain(percent.span),
        "bases": list_names([plain(text) for text in tried]),
    }
    return _outcome(rules.get("share"), statement, Verdict.BROKEN, values)


def check_growth(statement: Statement, rules: Mapping[str, PhrasedRule], _: Sheet) -> Outcome | None:
    """Check a change over last year where the text gives both figures."""
    if len(statement.parts) < 2:
        return None  # what last year's figure was, only last year's report knows
    percent, (current, previous) = statement.whole, statement.parts
    if not previous.value or any(claim.approximate for claim in (percent, current, previous)):
        return None
    step = Decimal(1).scaleb(-_decimals(percent))
    exact = (Decimal(current.value) - Decimal(previous.value)) * 100 / Decimal(previous.value)
    if abs(exact - Decimal(percent.value)) <= step:
        return _outcome(rules.get("growth"), statement, Verdict.HOLDS, {})
    values = {
        "quote": quote_stretch(current, previous, percent),
        "claimed": plain(percent.value),
        "previous": plain(previous.value),
        "current": plain(current.value),
        "exact": plain(exact.quantize(step, ROUND_HALF_UP)),
    }
    return _outcome(rules.get("growth"), statement, Verdict.BROKEN, values)


def _bases(statement: Statement, sheet: Sheet) -> Iterator[Number]:
    """Give the figures that a share may be of: totals that the paragraph states, those of the table, sums of both."""
    stated = {claim.quantity: claim.value for claim in statement.beside if claim.quantity in _BASES}
    prefix = statement.parts[0].quantity.rpartition(".")[0]
    yield from stated.values()
    yield from (c.value for c in statement.beside if c.quantity == f"{prefix}.total" and c is not statement.parts[0])
    if _RECEIVED in stated and _OVER in stated:
        yield stated[_RECEIVED] + stated[_OVER]
    if statement.parts[0].quantity.startswith("statistics"):
        printed = [resolve(address, sheet).value for address in _BASES if address.startswith("statistics")]
    else:
        new, over, handled, other = (resolve(a, sheet).value for a in (_RECEIVED, _OVER, _HANDLED, _OTHER))
        printed = [new, handled]
        if new is not None:
            printed.append(new + (over or 0))
        if handled is not None:
            printed.append(handled - (other or 0))
    yield from (value for value in printed if value is not None)


def _decimals(percent: Claim) -> int:
    return len(percent.span.partition(".")[2])


def _outcome(
    rule: PhrasedRule | None, statement: Statement, verdict: Verdict, values: Mapping[str, Bilingual]
) -> Outcome | None:
    if rule is None:
        return None
    part = statement.parts[0]
    addresses = part.reading.split("+") if part.quantity == "narrative.joint" else [part.quantity]
    return Outcome(
        rule=rule.id,
        instance=f"{part.quantity} {statement.whole.span}",
        verdict=verdict,
        severity=rule.worst,
        cells=tuple(address for address in addresses if address and not address.startswith("narrative.")),
        right=statement.whole.value,
        location=statement.whole.location,
        values=values,
    )


_GROWN = ("quote", "claimed", "previous", "current", "exact")
_CUT = ("quote", "part", "claimed", "base", "exact", "rounded")


_FIELDS = ("quote", "name", "left", "right", "difference")
_PARTS = ("list", "members", "applicants", "results", "grounds")
KINDS = (
    Kind("parts", "prose", check_parts, _FIELDS, PhrasedRule, judges=_PARTS),
    Kind("outcomes", "prose", check_outcomes, _FIELDS, PhrasedRule, judges=("outcomes",)),
    Kind("flow", "prose", check_flow, _FIELDS, PhrasedRule, judges=("flow",)),
    Kind("share", "prose", check_share, ("quote", "part", "claimed", "bases"), PhrasedRule, judges=("share",)),
    Kind("share-cut", "prose", check_share, _CUT, PhrasedRule),
    Kind("growth", "prose", check_growth, _GROWN, PhrasedRule, judges=("growth",)),
)
