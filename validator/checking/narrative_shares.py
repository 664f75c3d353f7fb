"""Percentages of the prose: a share of something near, and growth over last year."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from validator.model.bilingual import Bilingual
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Claim, Number, Statement
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import PhrasedRule

from .blanks import resolve
from .sheet import Sheet
from .wording import list_names, plain, quote_stretch

_BASES = frozenset(
    (
        "applications.new_received.total",
        "applications.carried_over.total",
        "applications.handled_total.total",
        "statistics.requests.received",
        "statistics.requests.closed",
        "statistics.replies.total",
    )
)
_RECEIVED, _OVER = "applications.new_received.total", "applications.carried_over.total"
_HANDLED, _OTHER = "applications.handled_total.total", "applications.other.total"
_SHOWN = 3


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
KINDS = (
    Kind("share", "prose", check_share, ("quote", "part", "claimed", "bases"), PhrasedRule, judges=("share",)),
    Kind("share-cut", "prose", check_share, _CUT, PhrasedRule),
    Kind("growth", "prose", check_growth, _GROWN, PhrasedRule, judges=("growth",)),
)
