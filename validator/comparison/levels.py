"""Counts that are far from last year's, where neither is small."""

from collections.abc import Iterator, Sequence

from validator.checking.sheet import Sheet
from validator.checking.wording import plain
from validator.model.location import OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.ruleset.kinds import Kind, Rule

from .linked import Years


class LevelRule(Rule, frozen=True, kw_only=True):
    """A count is more than so many `times` last year's or less than that part of it.

    Counts of which the larger is at most `floor` are left alone; 0 is told where last year's was `gone_from` or more.
    """

    cells: tuple[str, ...]
    times: int
    floor: int
    gone_from: int


def check_level(rule: LevelRule, years: Years) -> Iterator[Outcome]:
    """Give an outcome for each count of the rule that both forms have."""
    own, last = years.own, years.last
    if own.form is None:
        return
    for address in rule.cells:
        if address in own.form.cells and any(sheet.form and address in sheet.form.cells for sheet in last):
            yield _check(rule, address, own, last)


def _check(rule: LevelRule, address: str, own: Sheet, last: Sequence[Sheet]) -> Outcome:
    cell = own.report.cells.get(address)
    before = [sheet for sheet in last if address in sheet.numbers]
    outcome = Outcome(rule.id, address, Verdict.NOT_ASSESSED, rule.worst, (address,))
    if cell is None or cell.value is None or not before:
        known = cell is not None and any(address in sheet.report.cells for sheet in last)
        return outcome._replace(reason="blank" if known else "missing")
    far = [_is_far(rule, int(cell.value), int(sheet.numbers[address])) for sheet in before]
    if not all(far):
        return outcome._replace(verdict=Verdict.HOLDS)
    sheet = before[0]
    values = {
        "name": own.form.name(address) if own.form else plain(address),
        "figure": plain(cell.value),
        "last": plain(sheet.numbers[address]),
        "last_year": plain(sheet.report.year or ""),
    }
    place = OtherFilePlace(sheet.report.source, sheet.report.cells[address].location)
    return outcome._replace(verdict=Verdict.BROKEN, values=values, related=(place,))


def _is_far(rule: LevelRule, here: int, before: int) -> bool:
    small, large = sorted((here, before))
    if here == 0:
        return before >= rule.gone_from
    return before > 0 and large > rule.floor and large > rule.times * small


KINDS = (Kind("level-change", "years", check_level, ("name", "figure", "last", "last_year"), LevelRule, several=True),)
