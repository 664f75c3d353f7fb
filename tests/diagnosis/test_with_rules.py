"""Diagnosis on what checking really gives: the rules' identities are those of the tests, and real reports."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest
from made_reports import FORMS, identities, load_all_slips, make_figures, to_cells

from validator.checking import check
from validator.diagnosis import diagnose
from validator.model.location import LostPlace
from validator.model.outcome import Equation, Explanation
from validator.model.report import CellState, Report, ReportCell
from validator.pipeline import load_ruleset
from validator.ruleset import Ruleset

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
real_reports = pytest.mark.skipif(not CORPUS.is_dir(), reason="the folder of real reports is not here")


@cache
def ruleset() -> Ruleset:
    return load_ruleset()


def explain(report: Report) -> tuple[Explanation, ...]:
    return diagnose(
        check(report, ruleset()),
        report.cells,
        ruleset().form(report.form),
        load_all_slips(),
        lambda outcome: f"{outcome.rule}[{outcome.instance}]",
    )


def read_truth(name: str) -> Report:
    truth = json.loads((CORPUS / f"{name}.truth.json").read_text(encoding="utf-8"), parse_float=Decimal)
    cells = {
        address: ReportCell(cell["value"], cell["raw"] or "", CellState(cell["state"]), LostPlace("truth"))
        for address, cell in truth["cells"].items()
    }
    return Report(name, truth["form"], truth["organization"], truth["year"], cells, (), ())


def meaning(equation: Equation) -> frozenset[tuple[str, int]]:
    """An equation without regard to the order of its terms and sides."""
    terms = equation.coefficients
    turn = 1 if terms[min(terms)] > 0 else -1
    return frozenset((cell, turn * coefficient) for cell, coefficient in terms.items())


@pytest.mark.parametrize("form", FORMS)
def test_the_identities_of_the_rules_are_those_the_figures_were_measured_on(form: str) -> None:
    report = Report("made", form, None, None, to_cells(make_figures(form, Random(1))), (), ())
    checked = {meaning(o.equation) for o in check(report, ruleset()) if o.exact and o.equation is not None}
    assert checked == {meaning(equation) for _, _, equation in identities(form)}


@real_reports
def test_two_totals_printed_zero_are_proposed_first() -> None:
    told = explain(read_truth("hongze_2023"))
    first, second, third = (
        [(change.cell, change.reported, change.proposed) for change in explanation.changes] for explanation in told
    )
    assert first == [("review.total", 0, 11)]
    assert second == [("litigation_after_review.total", 0, 5)]
    assert third == [("litigation_after_review.upheld", 5, 0)]
    assert [explanation.reason for explanation in told[:2]] == ["total-left-zero", "total-left-zero"]
    assert told[0].explains == ("review-total[review]",)
    assert told[1].explains == told[2].explains == ("review-total[litigation_after_review]",)
    assert [explanation.confidence for explanation in told] == ["unique", "detected", "detected"]


@real_reports
def test_eleven_blank_totals_are_filled_and_add_up() -> None:
    (told,) = explain(read_truth("shanghai_ga_office_2019"))
    assert told.operation
    assert sum(change.proposed for change in told.changes) == 805
    assert {change.cell: change.proposed for change in told.changes}["applications.unavailable.not_held.total"] == 265
    assert told.explains == ("form-blank-total[applications]",)


@real_reports
@pytest.mark.parametrize("name", ["000_728a91f025a299f0", "002_f2cde7fefdcbfcc1", "shuyang_drc_2023", "suqian_2023"])
def test_a_report_whose_identities_hold_accuses_no_cell(name: str) -> None:
    assert explain(read_truth(name)) == ()


def test_a_case_under_another_applicant_is_named_and_both_ways_to_move_it_are_offered() -> None:
    """60 + 0 against 61 + 0, and 1 + 0 against 0 + 0: the intake or the result is in the wrong column."""
    form = ruleset().form("2021")
    assert form is not None
    figures = dict.fromkeys(form.required, 0)
    for row, (people, companies) in {"new_received": (60, 1), "granted": (61, 0), "handled_total": (61, 0)}.items():
        cells = {"natural_person": people, "enterprise": companies, "total": people + companies}
        figures |= {f"applications.{row}.{column}": value for column, value in cells.items()}
    explained = explain(Report("made", "2021", "某局", 2023, to_cells(figures), (), ()))
    assert [(e.reason, e.unique) for e in explained] == [("other-column", False)] * 2
    moved = [{c.cell.removeprefix("applications."): (c.reported, c.proposed) for c in e.changes} for e in explained]
    assert moved == [
        {"new_received.natural_person": (60, 61), "new_received.enterprise": (1, 0)},
        {
            "granted.natural_person": (61, 60),
            "granted.enterprise": (0, 1),
            "handled_total.natural_person": (61, 60),
            "handled_total.enterprise": (0, 1),
        },
    ]
