"""Mistakes that move many cells at once are told as one, and beside sets of cells where both explain."""

from collections.abc import Callable, Mapping
from random import Random

import pytest
from made_reports import check_identities, form_of, identities, load_all_slips, make_figures, rows_of, to_cells

from validator.diagnosis import diagnose
from validator.model.outcome import Explanation, Slip

FORM = "2021"
COLUMNS = (
    *("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_organization"),
    "total",
)
Figures = dict[str, int]


def explain(figures: Mapping[str, int], slips: tuple[Slip, ...] | None = None) -> tuple[Explanation, ...]:
    outcomes = check_identities(figures, identities(FORM))
    data = load_all_slips() if slips is None else slips
    return diagnose(outcomes, to_cells(figures), form_of(FORM), data, lambda outcome: outcome.instance)


def proposals(explanation: Explanation) -> Figures:
    return {change.cell: change.proposed for change in explanation.changes}


def row(name: str) -> list[str]:
    return [f"applications.{name}.{column}" for column in COLUMNS]


def shift_block(figures: Figures, random: Random) -> Figures | None:
    cells = row(random.choice(rows_of(FORM)))[:6]
    printed = [figures[cell] for cell in cells]
    first = random.randrange(5)
    return None if printed[-1] else dict(zip(cells, [*printed[:first], 0, *printed[first:5]], strict=True))


def shift_row(figures: Figures, random: Random) -> Figures | None:
    cells = row(random.choice(rows_of(FORM)))
    printed = [figures[cell] for cell in cells]
    return dict(zip(cells, random.choice(([*printed[1:], 0], [0, *printed[:-1]])), strict=True))


def exchange_rows(figures: Figures, random: Random) -> Figures | None:
    first, second = (row(name) for name in random.sample(("new_received", "handled_total", "granted"), 2))
    return dict(zip((*first, *second), [figures[cell] for cell in (*second, *first)], strict=True))


def blank_total_row(_figures: Figures, _random: Random) -> Figures | None:
    return dict.fromkeys(row("handled_total"), 0)


@pytest.mark.parametrize(
    ("slip", "mistake"),
    [
        ("row-shifted", shift_block),
        ("row-shifted", shift_row),
        ("rows-exchanged", exchange_rows),
        ("row-blank", blank_total_row),
    ],
)
def test_an_operation_comes_first_as_one_act(slip: str, mistake: Callable[[Figures, Random], Figures | None]) -> None:
    random = Random(slip)
    tried = 0
    while tried < 40:
        sound = make_figures(FORM, random)
        wrong = mistake(sound, random)
        changed = {} if wrong is None else {c: sound[c] for c, figure in wrong.items() if figure != sound[c]}
        if len(changed) < 4:
            continue
        told = explain(sound | (wrong or {}))
        assert proposals(told[0]) == changed
        assert told[0].reason == slip
        assert told[0].operation
        assert not told[0].unique
        tried += 1


def test_a_column_left_blank_is_filled_from_its_rows() -> None:
    random = Random(5)
    sound = make_figures(FORM, random)
    totals = [f"applications.{name}.total" for name in rows_of(FORM)]
    changed = {cell: sound[cell] for cell in totals if sound[cell]}
    told = explain(sound | dict.fromkeys(totals, 0))
    assert proposals(told[0]) == changed
    assert told[0].reason == "column-blank"
    assert told[0].operation


def shifted_report() -> tuple[Figures, Figures]:
    """A report with a block of three figures one column off; the figures as printed and those meant."""
    figures = dict.fromkeys(make_figures(FORM, Random(1)), 0)
    meant = {"natural_person": 31, "enterprise": 9, "research": 4, "public_welfare": 0}
    for name in ("new_received", "granted", "handled_total"):
        figures |= {f"applications.{name}.{column}": figure for column, figure in meant.items()}
        figures[f"applications.{name}.total"] = 44
    assert not any(outcome.delta for outcome in check_identities(figures, identities(FORM)))
    moved = {"natural_person": 0, "enterprise": 31, "research": 9, "public_welfare": 4}
    printed = figures | {f"applications.granted.{column}": figure for column, figure in moved.items()}
    return printed, {f"applications.granted.{column}": figure for column, figure in meant.items()}


def test_an_operation_is_told_with_every_cell_it_moved_and_what_it_mends() -> None:
    printed, meant = shifted_report()
    (told, *_) = explain(printed)
    assert proposals(told) == meant
    assert {change.reason for change in told.changes} == {"row-shifted"}
    assert set(told.explains) == {
        f"handled_total.{column}" for column in ("natural_person", "enterprise", "research", "public_welfare")
    }
    assert told.at_least == 4, "no three cells mend it, which is proved"


def test_an_operation_that_is_not_among_the_data_is_not_told() -> None:
    printed, _ = shifted_report()
    few = tuple(slip for slip in load_all_slips() if slip.id != "row-shifted")
    assert not any(explanation.operation for explanation in explain(printed, few))


def test_an_operation_and_a_slip_elsewhere_are_told_together_as_two_mistakes() -> None:
    printed, meant = shifted_report()
    printed["applications.carried_over.legal_service"] = 7
    (told, *_) = explain(printed)
    assert proposals(told) == meant | {"applications.carried_over.legal_service": 0}
    assert [part.operation for part in told.parts] == [False, True]
    assert proposals(told.parts[1]) == meant
    assert told.parts[1].reason == "row-shifted"


def test_an_exchange_of_two_figures_is_one_slip_of_two_cells() -> None:
    figures = dict.fromkeys(make_figures(FORM, Random(1)), 0)
    for name in ("new_received", "granted", "handled_total"):
        figures |= {f"applications.{name}.natural_person": 52, f"applications.{name}.enterprise": 17}
        figures[f"applications.{name}.total"] = 69
    figures |= {"applications.granted.natural_person": 17, "applications.granted.enterprise": 52}
    (told, *_) = explain(figures)
    assert proposals(told) == {"applications.granted.natural_person": 52, "applications.granted.enterprise": 17}
    assert told.reason == "cells-exchanged"
    assert told.operation
    assert not told.parts, "the two cells share their row"


def test_an_exchange_competes_with_a_single_change_where_the_equations_only_detect() -> None:
    figures = dict.fromkeys(make_figures(FORM, Random(1)), 0)
    figures |= {"review.upheld": 17, "review.corrected": 6, "review.total": 11}
    told = explain(figures)
    exchange = {"review.upheld": 11, "review.total": 17}
    assert exchange in [proposals(explanation) for explanation in told]
    assert {"review.total": 23} in [proposals(explanation) for explanation in told]
    (act,) = (explanation for explanation in told if proposals(explanation) == exchange)
    assert act.reason == "cells-exchanged"
    assert act.operation
    assert not any(explanation.unique for explanation in told)
    assert {explanation.alternatives for explanation in told} == {len(told) - 1}
