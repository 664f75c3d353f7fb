"""Figures read from pictures, each with what it may be -> the likeliest figures that satisfy the sums, and no others.

Every sum that is broken either holds with another reading of one of its cells, or is broken in the report itself: the
search goes through both, the likeliest first (uniform-cost search), so that the first answer is the likeliest of all. A
figure that no way of reading saw is never taken, however well it would fit.
"""

from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from math import log

import msgspec

from validator.model.location import ScanPlace
from validator.model.outcome import Outcome, Verdict
from validator.model.report import CellState, Problem, ReportCell
from validator.numerals import parse_numeral

from .system import connect

_LEAST = 1e-5
_SLIP = 5.5
"""The cost of a slip of the report itself, as the negative logarithm of its chance: one in 250. A slip of one figure
breaks every sum that the figure is in, by as much."""
_MARGIN = 3.0
"""Answers that are so little less likely than the best leave open what they differ in."""
_MOST_NODES = 6000
_CLEAR, _CLEARER = 0.6, 0.93
"""A figure that no sum proves is taken only if both ways of reading see it and find each digit as likely as that; the
second counts where a sum speaks against it."""


class _Option(msgspec.Struct, frozen=True):
    value: int
    raw: str
    cost: float


class _Sums(msgspec.Struct, frozen=True):
    """The sums of the form that can be assessed, each as coefficients, and those that a cell is in."""

    terms: tuple[Mapping[str, int], ...]
    of: Mapping[str, tuple[int, ...]]


_Changes = tuple[tuple[str, int], ...]


class _Answer(msgspec.Struct, frozen=True):
    cost: float
    changes: Mapping[str, int]
    broken: frozenset[int]


def choose_readings(
    outcomes: Iterable[Outcome], cells: Mapping[str, ReportCell]
) -> tuple[dict[str, ReportCell], list[Problem]]:
    """Give the cells with the figures that the pictures and the sums agree on; others become unreadable, and are told.

    `outcomes` are those of the report with the likeliest reading of each cell by itself.
    """
    sums = _gather(outcomes)
    options = {address: _list_options(cell) for address, cell in cells.items()}
    values = {address: int(cell.value or 0) for address, cell in cells.items() if _is_whole(cell)}
    changes, unsure, broken = _search_parts(sums, options, values)
    values.update(changes)
    proofs = {
        number
        for number in range(len(sums.terms))
        if number not in broken and not unsure.intersection(sums.terms[number])
    }
    settled: dict[str, ReportCell] = {}
    problems: list[Problem] = []
    for address, cell in cells.items():
        place = cell.location
        if not isinstance(place, ScanPlace) or cell.state is CellState.BLANK:
            settled[address] = cell
            continue
        proved = sum(number in proofs for number in sums.of.get(address, ()))
        chosen = next((o for o in options[address] if o.value == changes.get(address)), None)
        if chosen is not None and proved and address not in unsure:
            likelihood = next((min(one, other) for text, one, other in place.readings if text == chosen.raw), 0.0)
            place = msgspec.structs.replace(place, proved=proved, likelihood=likelihood)
            settled[address] = cell._replace(value=chosen.value, raw=chosen.raw, location=place, note="chosen")
        elif chosen is None and address not in unsure and _is_taken(cell, place, proved, len(sums.of.get(address, ()))):
            settled[address] = cell._replace(location=msgspec.structs.replace(place, proved=proved))
        elif cell.state is CellState.UNREADABLE:
            settled[address] = cell
        else:
            settled[address] = ReportCell(None, cell.raw, CellState.UNREADABLE, place, "not-a-number")
            problems.append(Problem("cell-unreadable", place, (address,), {"cell": address, "raw": cell.raw}))
    return settled, problems


def _is_taken(cell: ReportCell, place: ScanPlace, proved: int, sums: int) -> bool:
    """Whether the reading of a cell by itself is its figure; `proved` of the `sums` it is in hold with it."""
    if cell.state is CellState.UNREADABLE or not place.readings:
        return False
    return proved > 0 or (place.agreed and place.likelihood >= (_CLEARER if sums else _CLEAR) ** len(cell.raw))


def _is_whole(cell: ReportCell) -> bool:
    return cell.state is CellState.NUMBER and cell.value is not None and cell.value == int(cell.value)


def _gather(outcomes: Iterable[Outcome]) -> _Sums:
    terms = tuple(
        {address: count for address, count in outcome.equation.coefficients.items() if address}
        for outcome in outcomes
        if outcome.exact
        and outcome.verdict is not Verdict.NOT_ASSESSED
        and outcome.equation is not None
        and outcome.equation.relation == "="
    )
    of: dict[str, list[int]] = {}
    for number, sum_ in enumerate(terms):
        for address in sum_:
            of.setdefault(address, []).append(number)
    return _Sums(terms, {address: tuple(numbers) for address, numbers in of.items()})


def _list_options(cell: ReportCell) -> list[_Option]:
    """Give what else a cell may be, each with what it costs to take it for the likeliest reading."""
    place = cell.location
    if not isinstance(place, ScanPlace) or not place.readings or not _is_whole(cell):
        return []
    costs = [-log(max(one, _LEAST)) - log(max(other, _LEAST)) for _, one, other in place.readings]
    options: list[_Option] = []
    for (text, _, _), cost in zip(place.readings, costs, strict=True):
        numeral = parse_numeral(text)
        if numeral.kind != "number" or numeral.value is None or numeral.value != int(numeral.value):
            continue
        value = int(numeral.value)
        if value != cell.value and all(option.value != value for option in options):
            options.append(_Option(value, text, max(cost - costs[0], 0.01)))
    return options


def _search_parts(
    sums: _Sums, options: Mapping[str, Sequence[_Option]], values: Mapping[str, int]
) -> tuple[dict[str, int], set[str], set[int]]:
    """Give the changes that the likeliest answer makes, the cells that are open, and the sums that stay broken."""
    changes: dict[str, int] = {}
    unsure: set[str] = set()
    broken: set[int] = set()
    off = [_weigh(terms, values) for terms in sums.terms]
    for part in _separate(sums):
        if not any(off[number] for number in part):
            continue
        answers = _search(part, sums, options, values, off)
        if not answers:
            broken.update(number for number in part if off[number])
            unsure.update(address for number in part if off[number] for address in sums.terms[number])
            continue
        best = answers[0]
        changes.update(best.changes)
        broken.update(best.broken)
        for rival in answers[1:]:
            for address in {*best.changes, *rival.changes}:
                if best.changes.get(address) != rival.changes.get(address):
                    unsure.add(address)
    return changes, unsure, broken


def _weigh(terms: Mapping[str, int], values: Mapping[str, int]) -> int:
    return sum(count * values.get(address, 0) for address, count in terms.items())


def _separate(sums: _Sums) -> list[list[int]]:
    """Give the sums in parts that share no cell."""
    parts: dict[int, list[int]] = {}
    for number, first in enumerate(connect(len(sums.terms), sums.of.values())):
        parts.setdefault(first, []).append(number)
    return list(parts.values())


def _search(
    part: Sequence[int],
    sums: _Sums,
    options: Mapping[str, Sequence[_Option]],
    values: Mapping[str, int],
    off: Sequence[int],
) -> list[_Answer]:
    """Give the likeliest answer and those nearly as likely; none if there are too many ways to go through."""
    heap: list[tuple[float, int, _Changes, frozenset[int]]] = [(0.0, 0, (), frozenset())]
    met: set[tuple[_Changes, frozenset[int]]] = set()
    answers: list[_Answer] = []
    count = 0
    while heap:
        cost, _, changes, accepted = heappop(heap)
        if answers and cost > answers[0].cost + _MARGIN:
            return answers
        count += 1
        if count > _MOST_NODES:
            return []
        changed = dict(changes)
        now = {number: off[number] for number in part}
        for address, value in changes:
            for number in sums.of[address]:
                now[number] += sums.terms[number][address] * (value - values[address])
        wrong = [number for number in part if now[number] and number not in accepted]
        if not wrong:
            answers.append(_Answer(cost, changed, accepted))
            continue
        row = min(wrong, key=lambda number: (sum(len(options[a]) for a in sums.terms[number] if a in options), number))
        slips = {frozenset((row,))} | {_broken_with(row, address, wrong, now, sums) for address in sums.terms[row]}
        steps = [(cost + _SLIP, changes, accepted | slip) for slip in sorted(slips, key=sorted)]
        for address in sums.terms[row]:
            if address not in changed and address in values:
                for option in options.get(address, ()):
                    steps.append((cost + option.cost, tuple(sorted((*changes, (address, option.value)))), accepted))
        for more, further, taken in steps:
            if (further, taken) not in met:
                met.add((further, taken))
                heappush(heap, (more, len(met), further, taken))
    return answers


def _broken_with(row: int, address: str, wrong: Sequence[int], now: Mapping[int, int], sums: _Sums) -> frozenset[int]:
    """Give the sums that one slip in a cell breaks together with this one: those that are off by as much in it."""
    slip = now[row] * sums.terms[row][address]
    return frozenset(
        number
        for number in wrong
        if address in sums.terms[number] and now[number] * sums.terms[number][address] == slip
    )
