"""What is told of single reports: order, uniqueness, parts, evidence, and what is never proposed."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

import pytest
from made_reports import check_identities, form_of, identities, load_all_slips, make_figures, to_cells

from validator.diagnosis import diagnose
from validator.model.outcome import Equation, Explanation, Outcome, Severity, Verdict
from validator.model.report import CellState, ReportCell

A = "applications."


def name_outcome(outcome: Outcome) -> str:
    return outcome.instance


def empty(form: str = "2021") -> dict[str, int | None]:
    """A report of which every cell says 0."""
    return dict.fromkeys(make_figures(form, Random(1)), 0)


def applications(**granted: int) -> dict[str, int | None]:
    """A consistent report all of whose applications are new and granted."""
    figures = empty()
    for row in ("new_received", "granted", "handled_total"):
        figures |= {f"{A}{row}.{column}": figure for column, figure in granted.items()}
        figures[f"{A}{row}.total"] = sum(granted.values())
    return figures


def explain(
    figures: Mapping[str, int | None], form: str = "2021", more: tuple[Outcome, ...] = (), **options: int
) -> tuple[Explanation, ...]:
    outcomes = (*check_identities(figures, identities(form)), *more)
    return diagnose(outcomes, to_cells(figures), form_of(form), load_all_slips(), name_outcome, **options)


def proposals(explanation: Explanation) -> dict[str, int]:
    return {change.cell: change.proposed for change in explanation.changes}


def test_a_consistent_report_has_nothing_to_explain() -> None:
    assert explain(applications(natural_person=30)) == ()


def test_swapped_digits_in_one_cell() -> None:
    figures = applications(natural_person=30, enterprise=21) | {A + "granted.enterprise": 12}
    (told,) = explain(figures)
    (change,) = told.changes
    assert (change.cell, change.reported, change.proposed) == (A + "granted.enterprise", 12, 21)
    assert told.reason == change.reason == "digits-swapped"
    assert told.suspect == "report"
    assert told.unique
    assert told.confidence == "unique"
    assert told.alternatives == 0
    assert set(told.explains) == set(change.mends) == {"granted.total", "handled_total.enterprise"}


def test_totals_left_zero_in_two_blocks_are_two_explanations() -> None:
    figures = empty() | {
        **{"review.upheld": 10, "review.corrected": 1, "review.total": 0},
        **{"litigation_after_review.upheld": 5, "litigation_after_review.total": 0},
    }
    outcomes = check_identities(figures, identities("2021"))

    def name_total(outcome: Outcome) -> str:
        return outcome.cells[-1]

    told = diagnose(outcomes, to_cells(figures), form_of("2021"), load_all_slips(), name_total)
    assert [proposals(explanation) for explanation in told] == [
        {"review.total": 11},
        {"litigation_after_review.total": 5},
        {"litigation_after_review.upheld": 0},
    ]
    first, second, third = told
    assert first.reason == second.reason == "total-left-zero"
    assert first.explains == ("review.total",)
    assert second.explains == third.explains == ("litigation_after_review.total",)
    assert first.unique, "no part can lose 11, so the total alone can be meant"
    assert not second.unique
    assert second.confidence == third.confidence == "detected", "one identity shows an error and cannot place it"
    assert second.alternatives == third.alternatives == 1


def test_an_error_in_one_identity_is_detected_and_not_located() -> None:
    figures = empty() | {"review.upheld": 4, "review.corrected": 6, "review.pending": 5, "review.total": 12}
    told = explain(figures)
    sets = [proposals(explanation) for explanation in told]
    assert sorted(map(str, sets)) == [
        "{'review.corrected': 3}",
        "{'review.pending': 2}",
        "{'review.total': 15}",
        "{'review.upheld': 1}",
    ]
    assert not any(explanation.unique for explanation in told)
    assert {explanation.confidence for explanation in told} == {"detected"}
    assert {explanation.alternatives for explanation in told} == {3}


def test_two_mistakes_in_one_table_are_one_explanation_of_two_parts() -> None:
    figures = applications(natural_person=130, enterprise=21) | {
        A + "granted.enterprise": 12,
        A + "carried_over.natural_person": 8,
        A + "carried_over.total": 0,
    }
    told = explain(figures)
    assert proposals(told[0]) == {A + "granted.enterprise": 21, A + "carried_over.natural_person": 0}
    assert told[0].unique
    assert told[0].reason == "several-slips"
    enterprise, carried = sorted(told[0].parts, key=lambda part: part.changes[0].cell, reverse=True)
    assert proposals(enterprise) == {A + "granted.enterprise": 21}
    assert enterprise.reason == "digits-swapped"
    assert enterprise.unique
    assert set(enterprise.explains) == {"granted.total", "handled_total.enterprise"}
    assert set(carried.explains) == {"carried_over.total", "natural_person"}
    assert set(told[0].explains) == {*enterprise.explains, *carried.explains}


def test_two_equal_errors_have_two_explanations_and_both_are_told() -> None:
    """+1 in two cells of two rows and two columns is as well +1 in the other two corners."""
    figures = applications(natural_person=30, enterprise=20)
    for row, column in (("denied.state_secret", "natural_person"), ("rejected.petition", "enterprise")):
        figures[f"{A}{row}.{column}"] = 4
        figures[f"{A}{row}.total"] = 4
        for head in ("handled_total", "new_received"):
            figures[f"{A}{head}.{column}"] = (figures[f"{A}{head}.{column}"] or 0) + 4
            figures[f"{A}{head}.total"] = (figures[f"{A}{head}.total"] or 0) + 4
    assert explain(figures) == ()
    figures |= {A + "granted.natural_person": 31, A + "granted.enterprise": 19}
    told = explain(figures)
    sets = [proposals(explanation) for explanation in told]
    assert {A + "granted.natural_person": 30, A + "granted.enterprise": 20} in sets
    assert len(sets) > 1
    assert not any(explanation.unique for explanation in told)
    assert {explanation.alternatives for explanation in told} == {len(told) - 1}
    assert all(explanation.complete for explanation in told)


def test_the_list_may_be_cut_and_says_how_many_there_are() -> None:
    figures = empty() | {"review.upheld": 4, "review.corrected": 6, "review.pending": 5, "review.total": 12}
    (told,) = explain(figures, limit=1)
    assert told.alternatives == 3


def test_the_denied_total_of_2014_lies_in_two_sums_and_is_located() -> None:
    figures = make_figures("2014", Random(4))
    meant = figures["statistics.replies.denied"]
    told = explain(figures | {"statistics.replies.denied": meant + 30}, "2014")
    assert proposals(told[0]) == {"statistics.replies.denied": meant}
    assert told[0].unique


def test_a_blank_cell_counted_as_zero_may_be_given_a_figure() -> None:
    figures = applications(natural_person=30, enterprise=6) | {A + "granted.enterprise": None}
    (told,) = explain(figures)
    (change,) = told.changes
    assert (change.cell, change.reported, change.proposed) == (A + "granted.enterprise", None, 6)
    assert told.reason == "left-out"


def test_a_cell_that_cannot_be_read_or_is_missing_is_never_proposed() -> None:
    figures = empty() | {"review.upheld": 4, "review.total": 9}
    cells = to_cells(figures)
    del cells["review.total"]
    outcomes = check_identities(figures, identities("2021"))
    told = diagnose(outcomes, cells, form_of("2021"), load_all_slips(), name_outcome)
    assert {cell for explanation in told for cell in proposals(explanation)} == {
        *("review.upheld", "review.corrected", "review.other", "review.pending")
    }


def test_an_identity_that_was_not_assessed_neither_accuses_nor_binds() -> None:
    """With its row unknown, a figure of the row is as free as its column: several cells can be meant."""
    figures = applications(natural_person=30, enterprise=21) | {A + "granted.enterprise": 12}
    outcomes = tuple(
        o._replace(verdict=Verdict.NOT_ASSESSED, left=None, right=None, reason="unreadable")
        if o.instance == "granted.total"
        else o
        for o in check_identities(figures, identities("2021"))
    )
    told = diagnose(outcomes, to_cells(figures), form_of("2021"), load_all_slips(), name_outcome)
    assert proposals(told[0]) == {A + "granted.enterprise": 21}
    assert told[0].explains == ("handled_total.enterprise",)


@pytest.mark.parametrize("note", ["joined", ""])
def test_a_number_in_two_pieces_is_suspected_of_extraction(note: str) -> None:
    figures = applications(natural_person=30, enterprise=1) | {A + "granted.enterprise": 10}
    cells = to_cells(figures)
    cell = cells[A + "granted.enterprise"]
    cells[A + "granted.enterprise"] = ReportCell(10, "1 0", CellState.NUMBER, cell.location, note)
    outcomes = check_identities(figures, identities("2021"))
    (told,) = diagnose(outcomes, cells, form_of("2021"), load_all_slips(), name_outcome)
    assert proposals(told) == {A + "granted.enterprise": 1}
    assert told.reason == "number-split"
    assert told.suspect == "extraction"


def at_most(cell: str, printed: int, limit: int, severity: Severity) -> Outcome:
    """What a rule comes to that gives a cell an upper bound."""
    verdict = Verdict.HOLDS if printed <= limit else Verdict.BROKEN
    equation = Equation(((1, cell),), "<=", ((limit, ""),))
    return Outcome("bound", "bound", verdict, severity, (cell,), equation=equation, left=printed, right=limit)


def test_no_proposal_breaks_a_bound_of_severity_error_that_holds() -> None:
    figures = empty() | {"review.upheld": 4, "review.total": 9, "review.pending": 4}
    assert {"review.pending": 5} in [proposals(explanation) for explanation in explain(figures)]
    told = explain(figures, more=(at_most("review.pending", 4, 4, Severity.ERROR),))
    assert {"review.total": 8} in [proposals(explanation) for explanation in told]
    assert {"review.pending": 5} not in [proposals(explanation) for explanation in told]


def test_a_bound_of_severity_warning_weighs_only() -> None:
    figures = empty() | {"review.upheld": 4, "review.total": 9, "review.pending": 4}
    told = [proposals(e) for e in explain(figures, more=(at_most("review.pending", 4, 4, Severity.WARNING),))]
    free = [proposals(e) for e in explain(figures)]
    assert told.index({"review.pending": 5}) > free.index({"review.pending": 5})


def test_a_bound_that_a_proposal_mends_speaks_for_it_and_is_told_with_it() -> None:
    figures = empty() | {"review.upheld": 4, "review.total": 9, "review.pending": 4}
    told = explain(figures, more=(at_most("review.total", 9, 8, Severity.WARNING),))
    assert proposals(told[0]) == {"review.total": 8}
    assert told[0].explains[-1] == "bound"
    assert all("bound" not in explanation.explains for explanation in told[1:])


def claim(cell: str, printed: int, stated: int) -> Outcome:
    """What a rule about the prose comes to: a cell against a figure from outside the tables."""
    verdict = Verdict.HOLDS if printed == stated else Verdict.BROKEN
    equation = Equation(((1, cell),), "=", ((stated, ""),))
    return Outcome("prose", "prose", verdict, Severity.ERROR, (cell,), equation=equation, left=printed, right=stated)


def test_a_figure_of_the_prose_speaks_for_the_proposal_that_agrees_with_it() -> None:
    figures = empty() | {"review.upheld": 4, "review.corrected": 3, "review.total": 9}
    assert proposals(explain(figures)[0]) != {"review.corrected": 5}
    (told, *_) = explain(figures, more=(claim("review.corrected", 3, 5),))
    assert proposals(told) == {"review.corrected": 5}
    assert "prose" in told.explains


def test_prose_that_repeats_the_wrong_figure_does_not_shield_it() -> None:
    figures = applications(natural_person=30, enterprise=21) | {A + "granted.enterprise": 12}
    (told,) = explain(figures, more=(claim(A + "granted.enterprise", 12, 12),))
    assert proposals(told) == {A + "granted.enterprise": 21}
    assert told.unique


def test_a_claim_of_the_prose_alone_changes_no_cell() -> None:
    assert explain(applications(natural_person=30), more=(claim(A + "new_received.total", 30, 161),)) == ()


def test_a_figure_that_is_no_count_can_be_replaced_by_one() -> None:
    figures = applications(natural_person=1234, enterprise=6)
    cells = to_cells(figures)
    cells[A + "granted.natural_person"] = ReportCell(
        Decimal("1.234"), "1.234", CellState.NUMBER, cells[A + "granted.natural_person"].location
    )
    outcomes = check_identities(figures | {A + "granted.natural_person": Decimal("1.234")}, identities("2021"))  # type: ignore[dict-item]
    (told,) = diagnose(outcomes, cells, form_of("2021"), load_all_slips(), name_outcome)
    (change,) = told.changes
    assert (change.reported, change.proposed) == (Decimal("1.234"), 1234)
    assert isinstance(change.proposed, int)
    assert told.reason == "thousands-separator"


def test_what_nothing_small_explains_is_said_with_what_is_proved() -> None:
    random = Random(2)
    figures: dict[str, int | None] = {cell: random.randint(0, 40) for cell in empty() if cell.startswith(A)}
    told = explain(empty() | figures)
    last = told[-1]
    assert last.changes == ()
    assert last.reason == "nothing-small"
    assert last.at_least == 4
    assert not last.complete
    assert not last.unique
    broken = {o.instance for o in check_identities(empty() | figures, identities("2021")) if o.delta}
    assert {finding for explanation in told for finding in explanation.explains} == broken
    for partial in told[:-1]:
        assert partial.confidence == "partial"
        mended = empty() | figures | proposals(partial)
        still = {o.instance for o in check_identities(mended, identities("2021")) if o.delta}
        assert still == broken - set(partial.explains)
        assert len(partial.explains) > 1


def test_without_a_form_cells_are_located_and_only_their_surroundings_unknown() -> None:
    figures = applications(natural_person=30, enterprise=21) | {A + "granted.enterprise": 12}
    outcomes = check_identities(figures, identities("2021"))
    (told,) = diagnose(outcomes, to_cells(figures), None, load_all_slips(), name_outcome)
    assert proposals(told) == {A + "granted.enterprise": 21}


def test_the_order_of_outcomes_and_cells_changes_nothing() -> None:
    random = Random(12)
    for _ in range(20):
        figures = make_figures("2021", random)
        figures |= {cell: random.randint(0, 30) for cell in random.sample(sorted(figures), 3)}
        outcomes = list(check_identities(figures, identities("2021")))
        cells = to_cells(figures)
        first = diagnose(outcomes, cells, form_of("2021"), load_all_slips(), name_outcome)
        again = diagnose(outcomes, dict(reversed(cells.items())), form_of("2021"), load_all_slips(), name_outcome)
        assert first == again
        assert first == diagnose(outcomes, cells, form_of("2021"), load_all_slips()[::-1], name_outcome)


def assess(rule: str, equation: Equation, figures: Mapping[str, int]) -> Outcome:
    left, right = (sum(c * figures.get(cell, 1) for c, cell in side) for side in (equation.left, equation.right))
    verdict = Verdict.HOLDS if left == right else Verdict.BROKEN
    return Outcome(rule, "", verdict, Severity.ERROR, equation.addresses, True, equation, left, right)


def test_an_identity_with_a_constant_binds_nothing_and_makes_no_total() -> None:
    figures = {"a": 30, "b": 21, "total": 15}
    told = diagnose(
        (
            assess("sum", Equation(((1, "a"), (1, "b")), "=", ((1, "total"),)), figures),
            assess("more", Equation(((1, "a"), (1, "")), "=", ((1, "total"),)), figures),
        ),
        to_cells(figures),
        None,
        load_all_slips(),
        lambda outcome: outcome.rule,
    )
    assert [(proposals(one), one.reason, one.explains) for one in told] == [({"total": 51}, "digits-swapped", ("sum",))]


def test_a_rule_that_says_the_same_as_another_is_mended_with_it() -> None:
    figures = {"a": 12, "b": 4, "total": 25}
    equation = Equation(((1, "a"), (1, "b")), "=", ((1, "total"),))
    outcomes = (assess("one", equation, figures), assess("two", equation, figures))
    told = diagnose(outcomes, to_cells(figures), None, load_all_slips(), lambda outcome: outcome.rule)
    assert proposals(told[0]) == {"a": 21}
    assert {one.explains for one in told} == {("one", "two")}
