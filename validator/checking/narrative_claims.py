"""A claim of the prose against the cells it may mean: it holds if one reading of its words holds."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.outcome import Equation, Outcome, Severity, Verdict
from validator.model.report import Claim, Number
from validator.patterns import Pattern
from validator.ruleset import Ruleset
from validator.ruleset.instances import Terms
from validator.ruleset.kinds import Kind, PhrasedRule
from validator.ruleset.ruleset import spell_reading

from .sheet import Resolved, Sheet, resolve, resolve_sum
from .wording import fill_message, list_names, plain, quote_clause

JOINT = "narrative.joint"
_NEAR = Decimal("0.1")
_HALF_CENT = Decimal("0.005")
_MOST_EQUAL = 2
_WAYS = ("medium", "channel")
"""Readings of ways that a text may take apart further: 政府网站公开30条,局网站公开46条."""
_DEEPEST = 2
_DOUBTED = ("claim-uncertain", "claim-scoped")
_PLACES = ("省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道")
"""How places end, of which the report of a government counts all: 某镇 is 某镇人民政府."""
_ON_BEHALF = Pattern("^代表?|地区$")
_JOINED = Pattern("[及和与、]")
"""What joins bodies that count together: 市政府及市政府办公室."""
_TOWNS = ("镇政府", "乡政府", "镇人民政府", "乡人民政府")
"""Governments below which nothing reports on its own."""
_TELLING = 20
"""From here on a figure seldom equals another cell by chance."""


class _Readings:
    """The sums that a claim may be, and how much a disagreement weighs."""

    __slots__ = ("at_most", "loose", "sums")

    def __init__(self, sums: tuple[Terms, ...], at_most: bool, loose: bool) -> None:
        self.sums, self.at_most, self.loose = sums, at_most, loose


def check_claim(claim: Claim, rules: Mapping[str, PhrasedRule], sheet: Sheet) -> Outcome | None:
    """Judge one claim; None if no table holds its quantity, or the rule that would tell of it is not asked for."""
    readings = _readings_of(sheet.ruleset, claim.quantity, claim.reading)
    if readings is None:
        return None
    found = [resolve_sum(terms, sheet) for terms in readings.sums]
    figures = [(terms, r.value) for terms, r in zip(readings.sums, found, strict=True) if r.value is not None]
    for terms, value in figures:
        at_most = readings.at_most or _may_be_part(claim, value, sheet)
        if _agrees(claim, value, at_most=at_most, money=_is_money(terms, sheet)):
            return _outcome(rules.get("claim"), claim, Verdict.HOLDS, terms, value)
    if found[0].reason == "blank":
        return _judge_blank(claim, readings, found, rules, sheet)
    if found[0].value is None:
        return _not_assessed(rules.get("claim"), claim, readings.sums[0], found[0].reason)
    kind = _kind(claim, readings, sheet)
    if kind in _DOUBTED and _is_stated_elsewhere(claim, figures, sheet):
        return None
    return _broken(rules.get(kind), claim, figures, sheet)


@lru_cache(maxsize=4096)
def _readings_of(ruleset: Ruleset, quantity: str, reading: str) -> _Readings | None:
    if quantity.startswith("narrative.") and quantity != JOINT:
        return None
    own = tuple((1, address) for address in (reading.split("+") if quantity == JOINT else (quantity,)))
    for entry in ruleset.readings:
        if entry.reading in ("", reading) and (sums := spell_reading(entry, quantity)) is not None:
            return _Readings((own, *sums[1:]), entry.at_most, entry.loose)
    return _Readings((own,), at_most=False, loose=False)


def _is_money(terms: Terms, sheet: Sheet) -> bool:
    cell = sheet.form.cells.get(terms[0][1]) if sheet.form is not None else None
    return cell is not None and cell.is_money


def _agrees(claim: Claim, value: Number, *, at_most: bool, money: bool) -> bool:
    stated = claim.value
    if stated == value or (at_most and stated <= value):
        return True
    if _is_rounded(claim):
        scaled = [Decimal(value), Decimal(value) / 10_000] if money else [Decimal(value)]  # 258.5亿元
        return any(abs(stated - each) <= _NEAR * abs(each) for each in scaled)
    if not money or not value or not stated:
        return False
    # An amount in the text may be in yuan where the form counts ten thousands with two decimals, or the other way
    return min(abs(Decimal(stated) / 10_000 - value), abs(stated - Decimal(value) / 10_000)) <= _HALF_CENT


def _is_stated_elsewhere(claim: Claim, figures: Sequence[tuple[Terms, Number]], sheet: Sheet) -> bool:
    """Whether a plain claim gives the quantity as its cells have it: then a doubtful one is of something else."""
    values = [value for _, value in figures]
    return any(
        other.quantity == claim.quantity and other.sure and not other.scope and other.value in values
        for other in sheet.report.claims
    )


def _may_be_part(claim: Claim, value: Number, sheet: Sheet) -> bool:
    """Whether a figure may be less than its cell: one of two websites, or what only seems to be one of the reasons."""
    if claim.reading in _WAYS:
        said = {other.value for other in sheet.report.claims if other.quantity == claim.quantity}
        return len(said) > 1 and sum(said) <= value
    return not claim.sure and claim.quantity.startswith("applications.") and claim.quantity.count(".") > _DEEPEST


def _is_rounded(claim: Claim) -> bool:
    return claim.approximate or claim.span.endswith(("万", "亿"))


def _kind(claim: Claim, readings: _Readings, sheet: Sheet) -> str:
    people = claim.quantity.replace(".total", ".natural_person")
    only_people = claim.reading == "of_people" and resolve(people, sheet).value == claim.value
    if not claim.sure or only_people:
        return "claim-uncertain"  # 收到公民申请12件: all, or those of natural persons
    if claim.scope and (not _is_own(claim.scope, sheet.report.organization) or _is_one_of_several(claim, sheet)):
        return "claim-scoped"
    if _is_rounded(claim):
        return "claim-approximate"
    # Nothing accepted is nothing decided: 无行政处罚; a count may be of something near to what the table has.
    loose = readings.loose and (claim.value or claim.reading != "measures")
    return "claim-loose" if loose else "claim"


def _is_own(scope: str, organization: str | None) -> bool:
    """Whether a body named in the text is the report's own: its characters stand in the full name in this order.

    A government's report counts all that is below it, so that the government itself may be less; nothing that reports
    is below that of a town.
    """
    name = organization or ""
    own = scope.replace("公安分局", "分局") if "公安局" in name else _ON_BEHALF.sub("", scope)  # 公安局某区分局
    whole = bool(name) and all(_abbreviates(part, name) for part in _JOINED.split(own))
    return whole and (scope.endswith(_PLACES) or not name.endswith("政府") or name.endswith(_TOWNS))


def _is_one_of_several(claim: Claim, sheet: Sheet) -> bool:
    """Whether the text counts the same for another body too: 代表县政府受理3件. 办公室受理2件."""
    return any(other.quantity == claim.quantity and other.value != claim.value for other in sheet.report.claims)


def _abbreviates(part: str, name: str) -> bool:
    """Whether the characters of one stand in the other in their order."""
    rest = iter(name)
    return all(character in rest for character in part)


def _judge_blank(
    claim: Claim, readings: _Readings, found: Sequence[Resolved], rules: Mapping[str, PhrasedRule], sheet: Sheet
) -> Outcome | None:
    if not claim.value:
        return _outcome(rules.get("claim"), claim, Verdict.HOLDS, readings.sums[0], 0)
    if not any(address for address in sheet.numbers) or claim.scope or any(r.reason == "unreadable" for r in found):
        return _not_assessed(rules.get("claim"), claim, readings.sums[0], "all-blank")
    figures: list[tuple[Terms, Number]] = [(readings.sums[0], 0)]
    return _broken(rules.get("claim-blank" if claim.sure else "claim-uncertain"), claim, figures, sheet)


def _not_assessed(rule: PhrasedRule | None, claim: Claim, terms: Terms, reason: str) -> Outcome | None:
    if rule is None:
        return None
    return Outcome(
        rule.id,
        claim.quantity,
        Verdict.NOT_ASSESSED,
        rule.worst,
        tuple(address for _, address in terms),
        right=claim.value,
        reason=reason,
        location=claim.location,
    )


def _outcome(rule: PhrasedRule | None, claim: Claim, verdict: Verdict, terms: Terms, value: Number) -> Outcome | None:
    if rule is None:
        return None
    return Outcome(
        rule=rule.id,
        instance=claim.quantity,
        verdict=verdict,
        severity=rule.worst,
        cells=tuple(address for _, address in terms),
        equation=_equation(claim, terms),
        left=value,
        right=claim.value,
        location=claim.location,
    )


def _equation(claim: Claim, terms: Terms) -> Equation | None:
    """Give the claim as an equation if it is an exact one of whole numbers about the whole report."""
    if _is_rounded(claim) or claim.scope or not claim.sure or not isinstance(claim.value, int):
        return None
    return Equation(terms, "=", ((claim.value, ""),))


def _broken(
    rule: PhrasedRule | None, claim: Claim, figures: Sequence[tuple[Terms, Number]], sheet: Sheet
) -> Outcome | None:
    if rule is None or sheet.form is None:
        return None
    form = sheet.form
    terms, value = figures[0]
    addresses = tuple(address for _, address in terms)
    equal = find_equal(claim, addresses, sheet)
    values: dict[str, Bilingual] = {
        "quote": quote_clause(claim),
        "claimed": plain(claim.value),
        "name": list_names([form.name(address) for address in addresses]),
        "figures": list_names([plain(text) for text in dict.fromkeys(_write(t, v, sheet) for t, v in figures)]),
        "scope": plain(claim.scope),
        "equal": list_names([form.name(address) for address in equal]),
        "hint": plain(""),
    }
    if equal and "hint" in rule.phrases:
        values["hint"] = fill_message(rule.phrases["hint"], values)
    return Outcome(
        rule=rule.id,
        instance=claim.quantity if claim.quantity != JOINT else claim.reading,
        verdict=Verdict.BROKEN,
        severity=Severity.NOTE if claim.reading in ("published", "posted") else rule.worst,
        cells=tuple(dict.fromkeys((*addresses, *equal))),
        equation=_equation(claim, terms),
        left=value,
        right=claim.value,
        location=claim.location,
        values=values,
    )


def _write(terms: Terms, value: Number, sheet: Sheet) -> str:
    """Write a reading out: its figure, or the sum that it is."""
    if len(terms) == 1:
        return plain(value).zh
    parts = ((factor, resolve_sum(((1, address),), sheet).value or 0) for factor, address in terms)
    written = "".join(f"{'-' if factor < 0 else '+'}{plain(part).zh}" for factor, part in parts)
    return f"{written.removeprefix('+')}={plain(value).zh}"


def find_equal(claim: Claim, addresses: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """Give the cells near those addresses that hold the figure, the likeliest source first, two at most."""
    if not claim.value or sheet.form is None:
        return ()
    found: list[str] = []
    for address in dict.fromkeys(_near(addresses, sheet.form)):
        if address not in addresses and resolve(address, sheet).value == claim.value:
            found.append(address)
    if not found and claim.value >= _TELLING:
        found = [a for a in _elsewhere(claim, addresses, sheet) if a not in addresses]
    return tuple(found[:_MOST_EQUAL])


def _near(addresses: Sequence[str], form: Form) -> Iterator[str]:
    """Give the other columns of the same rows, and the rows of the same groups."""
    rows, tables = _addresses(form)
    for address in addresses:
        row, _, column = address.rpartition(".")
        table = tables.get(address.partition(".")[0], ())
        yield from rows.get(row, ())
        yield from (other for other in table if other.startswith(f"{row}.") and other.endswith(f".{column}"))


def _elsewhere(claim: Claim, addresses: Sequence[str], sheet: Sheet) -> list[str]:
    """Give the cells of the same tables that hold the figure, those of the same column first."""
    tables = {address.partition(".")[0] for address in addresses}
    columns = {address.rpartition(".")[2] for address in addresses}
    same = [a for a, value in sheet.numbers.items() if value == claim.value and a.partition(".")[0] in tables]
    return sorted(same, key=lambda address: address.rpartition(".")[2] not in columns)


@lru_cache(maxsize=8)
def _addresses(form: Form) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """Give the addresses of a form, computed ones included, by row and by table."""
    rows: dict[str, list[str]] = {}
    tables: dict[str, list[str]] = {}
    for address in (*form.cells, *form.computed):
        rows.setdefault(address.rpartition(".")[0], []).append(address)
        tables.setdefault(address.partition(".")[0], []).append(address)
    return rows, tables


_FIELDS = ("quote", "claimed", "name", "figures", "scope", "equal", "hint")
KINDS = (
    Kind("claim", "prose", check_claim, _FIELDS, PhrasedRule, judges=("claim",)),
    Kind("claim-blank", "prose", check_claim, _FIELDS, PhrasedRule),
    Kind("claim-scoped", "prose", check_claim, _FIELDS, PhrasedRule),
    Kind("claim-uncertain", "prose", check_claim, _FIELDS, PhrasedRule),
    Kind("claim-approximate", "prose", check_claim, _FIELDS, PhrasedRule),
    Kind("claim-loose", "prose", check_claim, _FIELDS, PhrasedRule),
)
