"""Figures that are far from last year's: counts where neither is small, amounts whose unit is in doubt."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from validator.checking.sheet import Sheet
from validator.checking.wording import plain
from validator.model.bilingual import Bilingual
from validator.model.location import OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.model.report import ReportCell
from validator.ruleset.kinds import Kind, Rule

from .linked import Years


class CellsRule(Rule, frozen=True, kw_only=True):
    """Cells that are each held against those of last year's reports."""

    cells: tuple[str, ...]


class LevelRule(CellsRule, frozen=True, kw_only=True):
    """A count is more than so many `times` last year's or less than that part of it.

    Counts of which the larger is at most `floor` are left alone; 0 is told where last year's was `gone_from` or more.
    """

    times: int
    floor: int
    gone_from: int


def check_level(rule: LevelRule, years: Years) -> Iterator[Outcome]:
    """Give an outcome for each count of the rule that both forms have."""
    for outcome, cell, before in _each(rule, years):
        if cell is None:
            yield outcome
        elif all(_is_far(rule, int(cell.value or 0), int(sheet.numbers[outcome.instance])) for sheet in before):
            yield _broken(outcome, cell, years.own, before[0])
        else:
            yield outcome._replace(verdict=Verdict.HOLDS)


def _is_far(rule: LevelRule, here: int, before: int) -> bool:
    small, large = sorted((here, before))
    if here == 0:
        return before >= rule.gone_from
    return before > 0 and large > rule.floor and large > rule.times * small


class SlipRule(CellsRule, frozen=True, kw_only=True):
    """An amount that is so many times last year's, or so many times less, that its unit is in doubt."""

    at_least: int
    at_most: int


def check_slip(rule: SlipRule, years: Years) -> Iterator[Outcome]:
    """Give an outcome for each amount of the rule that both forms have."""
    for outcome, cell, before in _each(rule, years):
        if cell is None:
            yield outcome
            continue
        there = [sheet.report.cells[outcome.instance] for sheet in before]
        times = [_times(Decimal(cell.value or 0), Decimal(sheet.numbers[outcome.instance])) for sheet in before]
        # A unit that is printed with the figure says what it means.
        stated = any("元" in one.raw for one in (cell, *there))
        if stated or not all(rule.at_least <= one <= rule.at_most for one in times):
            yield outcome._replace(verdict=Verdict.HOLDS)
        else:
            broken = _broken(outcome, cell, years.own, before[0], times=plain(int(times[0])))
            yield broken._replace(left=cell.value, right=there[0].value)


def _times(one: Decimal, other: Decimal) -> Decimal:
    """Give how many times the smaller of two amounts the larger is; 0 if one of them is no amount."""
    small, large = sorted((one, other))
    return large / small if small > 0 else Decimal(0)


def _each(rule: CellsRule, years: Years) -> Iterator[tuple[Outcome, ReportCell | None, list[Sheet]]]:
    """Give an outcome for each cell of the rule that both forms have, the cell, and the reports of last year with it.

    Where there is nothing to compare the outcome says why, and there is no cell.
    """
    own, last = years.own, years.last
    for address in rule.cells if own.form is not None else ():
        if own.form is None or address not in own.form.cells:
            continue
        if not any(sheet.form and address in sheet.form.cells for sheet in last):
            continue
        cell = own.report.cells.get(address)
        before = [sheet for sheet in last if address in sheet.numbers]
        outcome = Outcome(rule.id, address, Verdict.NOT_ASSESSED, rule.worst, (address,))
        if cell is None or cell.value is None or not before:
            known = cell is not None and any(address in sheet.report.cells for sheet in last)
            yield outcome._replace(reason="blank" if known else "missing"), None, []
        else:
            yield outcome, cell, before


def _broken(outcome: Outcome, cell: ReportCell, own: Sheet, last: Sheet, **more: Bilingual) -> Outcome:
    address = outcome.instance
    values: Mapping[str, Bilingual] = {
        "name": own.form.name(address) if own.form else plain(address),
        "figure": plain(cell.value or 0),
        "last": plain(last.numbers[address]),
        "last_year": plain(last.report.year or ""),
        **more,
    }
    place = OtherFilePlace(last.report.source, last.report.cells[address].location)
    return outcome._replace(verdict=Verdict.BROKEN, values=values, related=(place,))


KINDS = (
    Kind("level-change", "years", check_level, ("name", "figure", "last", "last_year"), LevelRule, several=True),
    Kind("unit-slip", "years", check_slip, ("name", "figure", "last", "last_year", "times"), SlipRule, several=True),
)
