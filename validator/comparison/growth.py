"""What the prose says of other papers of its body: of last year's report figures, differences and percentages, and the
figures that it quotes from other forms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from validator.checking.sheet import Sheet, resolve_sum
from validator.checking.wording import fill_message, list_names, plain, quote_stretch
from validator.model.bilingual import Bilingual
from validator.model.location import Location, OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Claim, Number, Statement
from validator.patterns import Pattern
from validator.records import Record
from validator.ruleset.instances import Terms
from validator.ruleset.kinds import Kind, PhrasedRule, Rule
from validator.ruleset.ruleset import spell_reading

from .linked import Years
from .sketches import split_prose

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


class Quote(Record, frozen=True):
    """A figure of another form: its cell, the words with which prose quotes it and the unit behind it."""

    cell: str
    words: str
    unit: str


class QuotedRule(Rule, frozen=True, kw_only=True):
    """Figures that the prose of a report quotes from a sheet of the form `of`, of the same body and year."""

    of: str
    quotes: tuple[Quote, ...]


# Between the words and the figure nothing may stand that makes it a difference, a limit or a part.
_BETWEEN = r"[^\d,。;、:(增减比较超近约余累日月每第]{0,4}"
_NOT_OF_THE_YEAR = Pattern("上年|去年|同比|环比|增长|截至|截止|计划|目标|所属|下属|各[^类种项]")


def check_quoted(rule: QuotedRule, own: Sheet, other: Sheet) -> Iterator[Outcome]:
    """Give an outcome for each figure of the rule that the prose of a report quotes from the sheet beside it."""
    if other.form is None or other.form.id != rule.of:
        return
    for sentence in split_prose(own.report):
        if not _NOT_OF_THE_YEAR.search(sentence.text):
            for quote, found in _find_quotes(rule.quotes, sentence.text):
                yield _hold(rule, quote, found, sentence.location, other)


def _find_quotes(quotes: Iterable[Quote], text: str) -> Iterator[tuple[Quote, re.Match[str]]]:
    for quote in quotes:
        if any(word in text for word in quote.words.split()):
            words = "|".join(map(re.escape, quote.words.split()))
            figure = rf"(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<many>万?){quote.unit}"
            yield from ((quote, found) for found in re.finditer(f"(?:{words}){_BETWEEN}{figure}", text))


def _hold(rule: QuotedRule, quote: Quote, found: re.Match[str], place: Location, other: Sheet) -> Outcome:
    outcome = Outcome(rule.id, quote.cell, Verdict.NOT_ASSESSED, rule.worst, location=place, reason="missing")
    cell = other.report.cells.get(quote.cell)
    if cell is None or cell.value is None or other.form is None:
        return outcome
    stated = Decimal(found["figure"].replace(",", ""))
    scale = 10_000 if found["many"] else 1
    # A figure in units of ten thousand is rounded or cut.
    digits = len(found["figure"].partition(".")[2])
    step = Decimal(scale).scaleb(-digits) if found["many"] else Decimal(0)
    if abs(stated * scale - Decimal(cell.value)) <= step:
        return outcome._replace(verdict=Verdict.HOLDS, reason="")
    values = {
        "quote": plain(found.group()),
        "paper": other.form.title,
        "name": other.form.name(quote.cell),
        "figure": plain(cell.value),
    }
    places = (OtherFilePlace(other.report.source, cell.location),)
    return outcome._replace(verdict=Verdict.BROKEN, reason="", values=values, related=places)


KINDS = (
    Kind("growth-last-year", "years", check_growth, ("quote", "claimed", "name", "figures", "last_year"), PhrasedRule),
    Kind("quoted-beside", "beside", check_quoted, ("quote", "paper", "name", "figure"), QuotedRule, several=True),
)
