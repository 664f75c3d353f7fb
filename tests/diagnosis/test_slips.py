"""The slips as data: the file loads, and its examples are recognised as what it says."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from made_reports import NOWHERE, check_identities, form_of, identities, load_all_slips, to_cells

from validator.diagnosis.case import open_case
from validator.diagnosis.operations import find_operations
from validator.diagnosis.pricing import Pricer, name_reason
from validator.diagnosis.recognise import SINGLE, PrintedCell
from validator.diagnosis.surroundings import survey
from validator.errors import RuleError
from validator.model.outcome import Slip, SlipExample
from validator.model.report import CellState, ReportCell
from validator.ruleset.loading import load_slips

FORM = "2021"
NEAR, FAR = "neighbouring-column", "cells-exchanged"
OPERATIONS = ("row-shifted", "rows-exchanged", "column-blank", "row-blank")
EXAMPLES = [pytest.param(s, e, id=f"{s.id}-{n}") for s in load_all_slips() for n, e in enumerate(s.examples, 1)]


def test_there_is_an_entry_for_every_slip_and_an_example_in_it() -> None:
    assert {slip.id for slip in load_all_slips()} >= {*SINGLE, *OPERATIONS}
    assert {slip.id for slip in load_all_slips() if not slip.examples} == {"nothing-small"}


def test_names_are_in_both_languages_and_differ_from_each_other() -> None:
    slips = load_all_slips()
    assert len({slip.name.zh for slip in slips}) == len({slip.name.en for slip in slips}) == len(slips)
    assert all(slip.name.zh != slip.name.en and slip.why.zh and slip.why.en for slip in slips)


def print_example(example: SlipExample) -> tuple[dict[str, ReportCell], dict[str, int | None]]:
    """Print the cells of an example on an empty form; figures and the cells they are read from."""
    texts: Mapping[str, str] = {cell: str(printed) for cell, printed in example.printed.items()}
    figures: dict[str, int | None] = {
        address: 0 for address, cell in form_of(FORM).cells.items() if not cell.is_money and not cell.row.stands_for
    }
    cells = {}
    for address in figures:
        text = texts.get(address, "0")
        value = int("".join(text.split())) if text else None
        figures[address] = value
        cells[address] = ReportCell(value, text, CellState.NUMBER if text else CellState.BLANK, NOWHERE)
    return cells, figures


@pytest.mark.parametrize(("slip", "example"), EXAMPLES)
def test_examples_are_recognised(slip: Slip, example: SlipExample) -> None:
    cells, figures = print_example(example)
    # A further broken row makes the case one, also where the example breaks nothing by itself.
    filled = {cell: 0 if figure is None else figure for cell, figure in figures.items()}
    outcomes = check_identities({**filled, "litigation_direct.upheld": 1}, identities(FORM))
    case = open_case(outcomes, {**cells, "review.total": cells["review.total"]})
    case.figures.update({cell: 0 for cell, figure in figures.items() if figure is None})
    deltas = tuple((cell, meant - (filled[cell])) for cell, meant in example.meant.items())
    around = survey(form_of(FORM))
    if slip.id in OPERATIONS:
        need: dict[int, int] = {}
        for cell, delta in deltas:
            for equation, weight in case.system.columns[cell].items():
                need[equation] = need.get(equation, 0) + weight * delta
        need = {equation: amount for equation, amount in need.items() if amount}
        found = {(o.slip, frozenset(o.deltas)) for o in find_operations(case.system, need, case.figures, around)}
        assert (slip.id, frozenset(deltas)) in found
    else:
        price = Pricer(load_all_slips(), case, around).price(deltas)
        assert name_reason(price.reasons) == slip.id
        assert Pricer(load_all_slips(), case, around).suspect(price.reasons) == slip.suspect


def test_a_slip_that_is_not_among_the_data_is_not_supposed() -> None:
    example = next(s for s in load_all_slips() if s.id == "digits-swapped").examples[0]
    cells, figures = print_example(example)
    case = open_case(check_identities({**figures, "litigation_direct.upheld": 1}, identities(FORM)), cells)
    few = [slip for slip in load_all_slips() if slip.id == "sign"]
    (cell, meant), *_ = example.meant.items()
    assert Pricer(few, case, survey(form_of(FORM))).price(((cell, meant - int(figures[cell] or 0)),)).reasons == (
        "unknown",
    )


@pytest.mark.parametrize(
    ("printed", "meant", "variants"),
    [
        (21, 12, 1),
        (213, 123, 2),
        (132, 123, 2),
        (321, 123, 12),
        (4231, 1234, 24),
        (3214, 1234, 24),
        (2134, 1234, 3),
        (2143, 1234, 0),
        (12, 12, 0),
        (31, 123, 0),
    ],
)
def test_digits_that_change_places_are_likelier_side_by_side(printed: int, meant: int, variants: int) -> None:
    assert SINGLE["digits-swapped"](PrintedCell(printed, str(printed), str(printed)), meant) == variants


G = "applications.granted."


@pytest.mark.parametrize(
    ("printed", "meant", "slip", "more"),
    [
        ({G + "enterprise": 12}, {G + "enterprise": 21}, "digits-swapped", 7.0),
        ({G + "enterprise": 0}, {G + "enterprise": 57}, "left-out", 7.0 + 2.0 + 1.0),
        (
            {G + "natural_person": 0, G + "enterprise": 41},
            {G + "natural_person": 41, G + "enterprise": 0},
            NEAR,
            7.0 + 1.0,
        ),
        (
            {G + "natural_person": 30, G + "research": 41},
            {G + "natural_person": 41, G + "research": 30},
            FAR,
            7.0 + 5.0,
        ),
        ({G + "natural_person": 0, G + "research": 41}, {G + "natural_person": 41, G + "research": 0}, FAR, 7.0 + 8.0),
    ],
)
def test_what_a_slip_costs(printed: dict[str, int], meant: dict[str, int], slip: str, more: float) -> None:
    """Each act 7 bits; a figure where there is none one more; the other cell of an exchange by how far it is."""
    figures = dict.fromkeys((a for a, c in form_of(FORM).cells.items() if not c.is_money and not c.row.stands_for), 0)
    figures |= printed
    case = open_case(check_identities(figures, identities(FORM)), to_cells(figures))
    deltas = tuple((cell, figure - figures[cell]) for cell, figure in meant.items())
    price = Pricer(load_all_slips(), case, survey(form_of(FORM))).price(deltas)
    assert set(price.reasons) == {slip}
    assert price.bits == next(s.bits for s in load_all_slips() if s.id == slip) + more


ENTRY = "slips:\n  - {id: sign, name: {zh: 甲, en: a}, why: {zh: 乙, en: b}, bits: 3}\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("bits: 3", "bits: 3, example: []", "slips: 1: unknown key 'example'; did you mean 'examples'?"),
        ("bits: 3", "bits: few", "slips: 1: bits: 'few' is not a whole number"),
        ("bits: 3}", f"bits: 3}}\n{ENTRY.partition(chr(10))[2]}".rstrip(), "slips: 2: the id 'sign' stands twice"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place_and_the_key(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "slips.yaml"
    path.write_text(ENTRY, encoding="utf-8")
    assert [slip.id for slip in load_slips(path)] == ["sign"]
    path.write_text(ENTRY.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=r"slips\.yaml: ") as caught:
        load_slips(path)
    assert said in str(caught.value)
