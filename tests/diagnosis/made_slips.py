"""Slips put into consistent reports: as people and extractors make them, and any other figure at random."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from random import Random

from made_reports import form_of, identities

from validator.model.form import join_address


@cache
def located_cells(form: str) -> tuple[str, ...]:
    """The cells of a form that lie in two or more of its identities: those that equations can locate."""
    counts: dict[str, int] = {}
    for _, _, equation in identities(form):
        for cell in equation.addresses:
            counts[cell] = counts.get(cell, 0) + 1
    return tuple(cell for cell, count in counts.items() if count > 1)


@cache
def neighbours(form: str) -> Mapping[str, tuple[str, ...]]:
    """The cells to the left and right of each cell, and above and below it."""
    near: dict[str, list[str]] = {}
    for table in form_of(form).tables:
        for block in table.blocks:
            rows = [row.id for row in block.rows if not row.stands_for]
            grid = [[join_address(table.prefix, row, column.id) for column in block.columns] for row in rows]
            for line in (*grid, *zip(*grid, strict=True)):
                for first, second in pairwise(line):
                    near.setdefault(first, []).append(second)
                    near.setdefault(second, []).append(first)
    return {cell: tuple(cells) for cell, cells in near.items()}


def make_slips(form: str, figures: Mapping[str, int], count: int, random: Random, realistic: bool) -> dict[str, int]:
    """Choose so many cells that equations can locate, and give each a wrong figure."""
    cells = list(located_cells(form))
    chosen: dict[str, int] = {}
    while len(chosen) < count:
        filled = [cell for cell in cells if figures[cell]]
        cell = random.choice(filled if realistic and filled and random.random() < 0.85 else cells)
        wrong = _slip(form, figures, cell, random) if realistic else _any_figure(figures[cell], random)
        if wrong != figures[cell]:
            chosen[cell] = wrong
    return chosen


def _any_figure(figure: int, random: Random) -> int:
    return random.choice((random.randint(0, 9), random.randint(0, 99), random.randint(0, 3 * figure + 20)))


def _slip(form: str, figures: Mapping[str, int], cell: str, random: Random) -> int:
    """Let a slip happen to a figure; the same figure comes back where the kind of slip cannot touch it."""
    figure, digits = figures[cell], str(figures[cell])
    place = random.randrange(len(digits))
    match random.choice(("change", "change", "swap", "swap", "drop", "double", "add", "one", "zero", "near", "near")):
        case "change":
            return int(digits[:place] + random.choice("0123456789") + digits[place + 1 :])
        case "swap":
            return int(digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :])
        case "drop":
            return int(digits[:place] + digits[place + 1 :] or digits)
        case "double":
            return int(digits[: place + 1] + digits[place:])
        case "add":
            return int(digits[:place] + random.choice("0123456789") + digits[place:])
        case "one":
            return max(0, figure + random.choice((-1, 1)))
        case "near":
            return figures[random.choice(neighbours(form)[cell])]
    return 0


def put_in(figures: Mapping[str, int], wrong: Mapping[str, int]) -> dict[str, int]:
    """Give the figures with the wrong ones in place."""
    return {**figures, **wrong}


def truth(figures: Mapping[str, int], cells: Sequence[str]) -> dict[str, int]:
    """Give what these cells should say."""
    return {cell: figures[cell] for cell in cells}
