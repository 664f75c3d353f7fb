"""What the prose says of last year, held against last year's report: figures, differences and percentages."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from validator.checking.sheet import Sheet, resolve_sum
from validator.checking.wording import fill_message, list_names, plain, quote_stretch
from validator.model.bilingual import Bilingual
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Claim, Number, Statement
from validator.ruleset.instances import Terms
from validator.ruleset.kinds import Kind, PhrasedRule
from validator.ruleset.ruleset import spell_reading

from .linked import Years

_KINDS = ("growth", "change", "previous")


def check_growth(rule: PhrasedRule, years: Years) -> Iterator[Outcome]:
    """Give an outcome for each comparison with last year whose quantity a table of both years holds."""
    own, last = years.own, years.last
    for statement in own.report.statements:
        # Where the text gives last year's figure beside a percentage, the percentage follows from the text alone.
        if statement.kind not in _KINDS or len(statement.parts) != 1:
            continue
        current = statement.parts[0]
        if current.quantity and not current.scope and not _vague(current, statement.whole):
            sums = _readings(current, own)
            if sums:
                yield _check(rule, statement, sums, own, last)


def _vague(*claims: Claim) -> bool:
    return any(claim.approximate or claim.span.endswith(("万", "亿")) for claim in claims)


def _readings(claim: Claim, sheet: Sheet) -> tuple[Terms, ...]:
    """Give the sums that a claim may be; none where its words count something near to what the table counts."""
    if claim.quantity.startswith("narrative."):
        return ()
    for entry in sheet.ruleset.readings:
        if entry.reading in ("", claim.reading) and (sums := spell_reading(entry, claim.quantity)) is not None:
            return () if entry.loose or entry.at_most else sums
    return (((1, claim.quantity),),)


def _check(
    rule: PhrasedRule, statement: Statement, sums: Sequence[Terms], own: Sheet, last: Sequence[Sheet]
) -> Outcome:
    current, address = statement.parts[0], statement.parts[0].quantity
    outcome = Outcome(
        rule.id,
        f"{address} {statement.kind}",
        Verdict.NOT_ASSESSED,
        rule.worst,
        (address,) if address in own.report.cells else (),
        location=statement.whole.location,
    )
    found = [resolve_sum(terms, sheet) for sheet in last for terms in sums]
    before = list(dict.fromkeys(r.value for r in found if r.value is not None))
    if found[0].value is None or not before:
        return outcome._replace(reason=found[0].reason)
    # What last year's own text said was right or is told of there.
    said = {c.value for s in last for c in s.report.claims if c.quantity == address and not c.scope}
    here = {current.value, *(r.value for r in (resolve_sum(terms, own) for terms in sums) if r.value is not None)}
    if _agrees(statement, here, {*before, *said}):
        return outcome._replace(verdict=Verdict.HOLDS)
    last_report = last[0].report
    values = {
        "quote": quote_stretch(current, statement.whole),
        "claimed": _describe(rule, statement, before[0]),
        "name": own.form.name(address) if own.form else plain(address),
        "figures": list_names([plain(value) for value in before]),
        "last_year": plain(last_report.year or ""),
    }
    places: tuple[Location, ...] = ()
    if address in last_report.cells:
        places = (OtherFilePlace(last_report.source, last_report.cells[address].location),)
    return outcome._replace(verdict=Verdict.BROKEN, values=values, related=places)


def _agrees(statement: Statement, here: Iterable[Number], before: Iterable[Number]) -> bool:
    if statement.kind == "previous":
        return statement.whole.value in before
    stated = Decimal(statement.whole.value)
    pairs = [(Decimal(new), Decimal(old)) for new in here for old in before]
    if statement.kind == "change":
        return any(new - old == stated for new, old in pairs)
    return any(old > 0 and abs(_percent(new, old) - stated) <= _step(statement.whole) for new, old in pairs)


def _percent(new: Decimal, old: Decimal) -> Decimal:
    return (new - old) * 100 / old


def _step(percent: Claim) -> Decimal:
    """Give one unit of the last digit printed: a percentage may be rounded or cut."""
    return Decimal(1).scaleb(-sum(character.isdigit() for character in percent.span.partition(".")[2]))


def _describe(rule: PhrasedRule, statement: Statement, previous: Number) -> Bilingual:
    """Say what the text says, and what follows from last year's report."""
    current, whole = Decimal(statement.parts[0].value), statement.whole
    if statement.kind == "previous":
        return fill_message(rule.phrases["figure"], {"previous": plain(whole.value)})
    old = Decimal(previous)
    values = {"previous": plain(previous), "current": plain(statement.parts[0].value)}
    if statement.kind == "change":
        values |= {"change": plain(f"{whole.value:+}"), "exact": plain(f"{current - old:+}")}
        return fill_message(rule.phrases["change"], values)
    exact = f"{_percent(current, old).quantize(_step(whole), ROUND_HALF_UP):+}%" if old else ""
    values |= {"percent": plain(f"{whole.value:+}"), "exact": plain(exact.removesuffix("%"))}
    return fill_message(rule.phrases["percent"], values)


KINDS = (
    Kind("growth-last-year", "years", check_growth, ("quote", "claimed", "name", "figures", "last_year"), PhrasedRule),
)
