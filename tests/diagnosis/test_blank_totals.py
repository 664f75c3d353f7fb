"""Totals left blank are given their sums, where all they lie in then holds, under the finding that names them."""

from collections.abc import Mapping
from random import Random

from made_reports import (
    NOWHERE,
    check_identities,
    form_of,
    identities,
    load_all_slips,
    make_figures,
    rows_of,
    to_cells,
)

from validator.diagnosis import diagnose
from validator.model.outcome import Explanation, Outcome, Severity, Verdict
from validator.model.report import CellState, ReportCell

FORM = "2021"


def explain(figures: Mapping[str, int | None], cells: Mapping[str, ReportCell] | None = None) -> list[Explanation]:
    """Diagnose with a finding that names all blank totals, as checking brings it."""
    blank = tuple(cell for cell, figure in figures.items() if figure is None)
    finding = Outcome("form-blank-total", "applications", Verdict.BROKEN, Severity.WARNING, blank, reason="total-blank")
    outcomes = (*check_identities(figures, identities(FORM)), finding)
    told = diagnose(outcomes, cells or to_cells(figures), form_of(FORM), load_all_slips(), lambda o: o.rule)
    return [explanation for explanation in told if explanation.reason == "total-left-blank"]


def proposals(explanation: Explanation) -> dict[str, int]:
    return {change.cell: change.proposed for change in explanation.changes}


def test_a_column_of_blank_totals_is_filled_in_one_act() -> None:
    sound = make_figures(FORM, Random(3))
    blank = [f"applications.{row}.total" for row in rows_of(FORM)[2:13]]
    (told,) = explain(sound | dict.fromkeys(blank))
    assert proposals(told) == {cell: sound[cell] for cell in blank}
    assert {change.reported for change in told.changes} == {None}
    assert told.explains == ("form-blank-total",)
    assert told.operation
    assert told.unique


def test_one_blank_total_is_filled_from_its_row() -> None:
    sound = make_figures(FORM, Random(3))
    cell = "applications.carried_forward.total"
    (told,) = explain(sound | {cell: None})
    assert proposals(told) == {cell: sound[cell]}
    assert not told.operation


def test_the_total_of_totals_follows_from_those_before_it() -> None:
    sound = make_figures(FORM, Random(3))
    blank = ["applications.granted.total", "applications.handled_total.total"]
    (told,) = explain(sound | dict.fromkeys(blank))
    assert proposals(told) == {cell: sound[cell] for cell in blank}


def test_nothing_is_proposed_where_an_identity_would_still_be_broken() -> None:
    sound = make_figures(FORM, Random(3))
    blank = ["applications.granted.total", "applications.handled_total.total"]
    wrong = {"applications.carried_over.total": sound["applications.carried_over.total"] + 4}
    assert explain(sound | dict.fromkeys(blank) | wrong) == []


def test_nothing_is_proposed_beside_a_cell_that_cannot_be_read() -> None:
    sound = make_figures(FORM, Random(3))
    figures = sound | {"applications.granted.total": None}
    unread = ReportCell(None, "1?", CellState.UNREADABLE, NOWHERE)
    assert explain(figures, to_cells(figures) | {"applications.granted.enterprise": unread}) == []
