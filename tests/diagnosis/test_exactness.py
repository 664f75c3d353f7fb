"""The search against enumeration on small systems, and against HiGHS on the identities of the forms."""

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from random import Random

import pytest
from made_reports import check_identities, form_of, identities, load_all_slips, make_figures, to_cells
from made_slips import put_in

from validator.diagnosis.amounts import solve, spread
from validator.diagnosis.candidates import price_sets
from validator.diagnosis.case import open_case
from validator.diagnosis.pricing import Pricer
from validator.diagnosis.search import find_sets
from validator.diagnosis.smallest import find_next, find_smallest
from validator.diagnosis.surroundings import survey
from validator.diagnosis.system import System, build_system, mask_of
from validator.model.outcome import Equation

Need = Mapping[int, int]


def enumerate_sets(equations: Sequence[Equation], figures: Mapping[str, int], need: Need, most: int) -> set[frozenset]:
    """Try every set of up to three cells with every figure up to `most`; give those of the smallest size that mend."""
    rows = [equation.coefficients for equation in equations]
    for size in (1, 2, 3):
        found = set()
        for cells in combinations(sorted(figures), size):
            columns = [[row.get(cell, 0) for row in rows] for cell in cells]
            for meant in product(range(most + 1), repeat=size):
                deltas = [new - figures[cell] for new, cell in zip(meant, cells, strict=True)]
                moved = (
                    sum(d * column[n] for d, column in zip(deltas, columns, strict=True)) for n in range(len(need))
                )
                if all(deltas) and all(amount == need[n] for n, amount in enumerate(moved)):
                    found.add(frozenset(cells))
                    break
        if found:
            return found
    return set()


def make_system(random: Random, coefficients: Sequence[int]) -> tuple[list[Equation], dict[str, int], dict[int, int]]:
    """Make up a few equations over a few cells, figures, and a need that some whole figures would meet."""
    cells = "abcdef"[: random.randint(2, 6)]
    equations = []
    for _ in range(random.randint(1, 4)):
        terms = [(random.choice(coefficients), cell) for cell in cells if random.random() < 0.6] or [(1, cells[0])]
        split = random.randint(0, len(terms))
        equations.append(Equation(tuple(terms[:split]), "=", tuple((-c, cell) for c, cell in terms[split:])))
    figures = {cell: random.choice((0, 0, 1, 2)) for cell in cells}
    meant = {cell: figure if random.random() < 0.4 else random.randint(0, 2) for cell, figure in figures.items()}
    need = {
        number: sum(c * (meant[cell] - figures[cell]) for cell, c in equation.coefficients.items())
        for number, equation in enumerate(equations)
    }
    return equations, figures, need


@pytest.mark.parametrize("coefficients", [(1, -1), (1, 1, -1)])
def test_all_minimal_sets_of_small_systems_are_found(coefficients: tuple[int, ...]) -> None:
    random = Random(20211)
    sizes = {1: 0, 2: 0, 3: 0}
    for _ in range(320):
        equations, figures, need = make_system(random, coefficients)
        if not any(need.values()):
            continue
        wanted = enumerate_sets(equations, figures, need, most=12)
        found = find_smallest(build_system(tuple(equations)), {n: a for n, a in need.items() if a}, figures)
        if not found.sets:
            assert not wanted
            assert found.at_least == 4
            continue
        named = {frozenset(cell for cell, _ in cells.deltas) for cells in found.sets}
        assert found.complete
        assert named == wanted, (equations, figures, need)
        assert found.at_least == len(found.sets[0].deltas)
        sizes[found.at_least] += 1
    assert min(sizes.values()) > 5, "every size is tried"


def test_what_is_said_of_systems_with_other_coefficients_is_true() -> None:
    random = Random(30)
    complete = 0
    for _ in range(120):
        equations, figures, need = make_system(random, (1, -1, 2, 3))
        if not any(need.values()):
            continue
        found = find_smallest(build_system(tuple(equations)), {n: a for n, a in need.items() if a}, figures)
        wanted = enumerate_sets(equations, figures, need, most=12)
        for cells in found.sets:
            assert_mends(cells.deltas, equations, figures, need)
        if found.complete and all(figures[c] + d <= 12 for cells in found.sets for c, d in cells.deltas):
            assert {frozenset(cell for cell, _ in cells.deltas) for cells in found.sets} == wanted
            complete += 1
    assert complete > 45


def assert_mends(
    deltas: Sequence[tuple[str, int]], equations: Sequence[Equation], figures: Mapping[str, int], need: Need
) -> None:
    assert all(delta and figures[cell] + delta >= 0 for cell, delta in deltas)
    for number, equation in enumerate(equations):
        assert sum(equation.coefficients.get(cell, 0) * delta for cell, delta in deltas) == need[number]


def test_sets_of_three_beside_a_pair_are_all_found() -> None:
    """What tells beforehand that there are none must overlook none: most figures are 0 and cannot shrink."""
    random = Random(33)
    told = none = 0
    for _ in range(200):
        figures, _ = corrupt("2021", random, build_system(tuple(e for _, _, e in identities("2021"))))
        case = open_case(check_identities(figures, identities("2021")), to_cells(figures))
        for need in case.needs:
            smallest = find_smallest(case.system, need, case.figures)
            wanted = set()
            for effects in find_sets(case.system, need, 3):
                amounts = solve(case.system, effects, need, mask_of(need))
                size, sets = spread(case.system, effects, amounts, case.figures) if amounts else (0, [])
                wanted |= {frozenset(found.deltas) for found in sets if size == 3}
            if len(smallest.sets[0].deltas) == 2:
                assert {frozenset(s.deltas) for s in find_next(case.system, need, case.figures, smallest)} == wanted
                told += bool(wanted)
                none += not wanted
    assert told > 1
    assert none > 20


def test_a_set_of_three_is_told_beside_a_pair_that_hardly_looks_like_slips() -> None:
    """From 26 bits a pair is unlikely; a set of three is told after it if it costs less than 12 bits more."""
    random = Random(34)
    equations = tuple(e for _, _, e in identities("2021"))
    told = untold = likely = 0
    for _ in range(260):
        figures, _ = corrupt("2021", random, build_system(equations))
        case = open_case(check_identities(figures, identities("2021")), to_cells(figures))
        pricer = Pricer(load_all_slips(), case, survey(form_of("2021")))
        for need in case.needs:
            smallest = find_smallest(case.system, need, case.figures)
            further = find_next(case.system, need, case.figures, smallest)
            best = min(pricer.price(found.deltas).bits for found in smallest.sets)
            close = [s.deltas for s in further if best >= 26 and pricer.price(s.deltas).bits < best + 12]
            assert [c.deltas for c in price_sets(need, smallest, case, pricer) if c.larger] == close
            told += len(close)
            untold += best >= 26 and len(further) - len(close)
            likely += best < 26 and bool(further)
    assert min(told, untold + likely) > 0


def test_amounts_left_open_are_said_to_be_open() -> None:
    # The total 1 cannot be meant, for it lies in a second sum that holds: the parts 3 and 3 must lose 5 together.
    parts = Equation(((1, "a"), (1, "b")), "=", ((1, "t"),))
    other = Equation(((1, "t"), (1, "x")), "=", ((1, "y"),))
    figures = {"a": 3, "b": 3, "t": 1, "x": 0, "y": 1}
    found = find_smallest(build_system((parts, other)), {0: -5}, figures)
    by_cells = {frozenset(cell for cell, _ in cells.deltas): cells for cells in found.sets}
    assert set(by_cells) == {frozenset("ab"), frozenset("tx"), frozenset("ty")} - {frozenset("tx")}
    assert by_cells[frozenset("ab")].several
    assert not by_cells[frozenset("ty")].several
    assert found.complete


def corrupt(form: str, random: Random, system: System) -> tuple[dict[str, int], dict[int, int]]:
    """Give a report of which one to three cells hold another figure, and what its equations need."""
    sound = make_figures(form, random)
    cells = random.sample(sorted(system.columns), random.randint(1, 3))
    wrong = {c: max(0, random.choice((sound[c] + random.randint(-5, 5), random.randint(0, 30)))) for c in cells}
    figures = put_in(sound, wrong)
    outcomes = check_identities(figures, identities(form))
    return figures, {n: o.right - o.left for n, o in enumerate(outcomes) if o.left != o.right}


@pytest.mark.slow
@pytest.mark.parametrize(("form", "reports"), [("2014", 1000), ("2019", 450), ("2021", 550)])
def test_highs_finds_no_smaller_set_and_none_that_is_missing(form: str, reports: int) -> None:
    highs_check = pytest.importorskip("highs_check")
    equations = [equation for _, _, equation in identities(form)]
    solver = highs_check.Solver(equations)
    system = build_system(tuple(equations))
    random = Random(47)
    compared = 0
    for _ in range(reports):
        figures, need = corrupt(form, random, system)
        if not need:
            continue
        theirs = solver.solve(figures, need)
        for part in {system.parts[equation] for equation in need}:
            ours = find_smallest(system, {e: a for e, a in need.items() if system.parts[e] == part}, figures)
            share = {cell for cell in theirs if any(system.parts[e] == part for e in system.columns[cell])}
            assert ours.complete
            assert ours.at_least == len(share)
            assert frozenset(share) in {frozenset(cell for cell, _ in cells.deltas) for cells in ours.sets}
            compared += 1
    assert compared > 0.8 * reports
