"""Amounts that are thousands of times last year's: a unit mixed up, 元 for 万元."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from validator.checking.sheet import Sheet
from validator.checking.wording import plain
from validator.model.location import OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import Rule

from .series import Years


@dataclass(frozen=True, kw_only=True)
class SlipRule(Rule):
    """An amount that is so many times last year's, or so many times less, that its unit is in doubt."""

    cells: tuple[str, ...]
    at_least: int
    at_most: int


def check_slip(rule: SlipRule, years: Years) -> Iterator[Outcome]:
    """Give an outcome for each amount of the rule that the form has."""
    own, last = years.own, years.last
    if own.form is None:
        return
    for address in rule.cells:
        if address in own.form.cells and any(sheet.form and address in sheet.form.cells for sheet in last):
            yield _check(rule, address, own, last)


def _check(rule: SlipRule, address: str, own: Sheet, last: Sequence[Sheet]) -> Outcome:
    cell = own.report.cells.get(address)
    before = [sheet for sheet in last if address in sheet.numbers]
    outcome = Outcome(rule.id, address, Verdict.NOT_ASSESSED, rule.worst, (address,))
    if cell is None or cell.value is None or not before:
        known = cell is not None and any(address in sheet.report.cells for sheet in last)
        return outcome._replace(reason="blank" if known else "missing")
    here = Decimal(cell.value)
    apart = [(sheet, _times(here, Decimal(sheet.numbers[address]))) for sheet in before]
    # A unit that is printed with the figure says what it means.
    stated = any("元" in sheet.report.cells[address].raw for sheet in (own, *before))
    if stated or not all(rule.at_least <= times <= rule.at_most for _, times in apart):
        return outcome._replace(verdict=Verdict.HOLDS)
    sheet, times = apart[0]
    there = sheet.report.cells[address]
    values = {
        "name": own.form.name(address) if own.form else plain(address),
        "figure": plain(cell.value),
        "last": plain(sheet.numbers[address]),
        "last_year": plain(sheet.report.year or ""),
        "times": plain(int(times)),
    }
    place = OtherFilePlace(sheet.report.source, there.location)
    return outcome._replace(verdict=Verdict.BROKEN, left=cell.value, right=there.value, values=values, related=(place,))


def _times(one: Decimal, other: Decimal) -> Decimal:
    """Give how many times the smaller of two amounts the larger is; 0 if one of them is no amount."""
    small, large = sorted((one, other))
    return large / small if small > 0 else Decimal(0)


KINDS = (
    Kind(
        "unit-slip",
        "years",
        check_slip,
        ("name", "figure", "last", "last_year", "times"),
        SlipRule,
        several=True,
    ),
)
