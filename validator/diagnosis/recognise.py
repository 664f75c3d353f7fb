"""How each slip of one figure looks: could it have turned the figure that was meant into the printed one?

Every function takes the printed cell and the figure meant, and gives how many wrong figures its slip could as well
have made of that figure: 0 if it could not have made the printed one. Rare coincidence is good evidence.
"""

from collections.abc import Callable, Collection, Mapping
from operator import ne
from typing import NamedTuple

from .case import Case
from .surroundings import Surroundings
from .system import Amount, divide, exact


class PrintedCell(NamedTuple):
    """A printed cell and what stands around it.

    `figure` is what it counts as, `digits` its digits if it is a count, else "". For a total, `parts` are what its
    identities make of the printed parts, and `subtotals` the sums of groups of them.
    """

    figure: Amount
    raw: str
    digits: str
    blank: bool = False
    parts: tuple[Amount, ...] = ()
    beside: Collection[Amount] = ()
    above: Collection[Amount] = ()
    subtotals: tuple[Amount, ...] = ()


def _digit_changed(cell: PrintedCell, meant: int) -> int:
    right, printed = str(meant), cell.digits
    if len(printed) != len(right) or not cell.figure:
        return 0
    return 9 * len(right) if sum(map(ne, printed, right)) == 1 else 0


def _digits_swapped(cell: PrintedCell, meant: int) -> int:
    right, printed = str(meant), cell.digits
    if len(printed) != len(right) or len(right) < 2 or sum(map(ne, printed, right)) != 2:
        return 0
    here, there = [place for place, (a, b) in enumerate(zip(printed, right, strict=True)) if a != b]
    if printed[here] != right[there] or printed[there] != right[here]:
        return 0
    return len(right) - 1 if there == here + 1 else 2 * len(right) * (len(right) - 1)


def _digit_dropped(cell: PrintedCell, meant: int) -> int:
    right = str(meant)
    return len(right) if len(cell.digits) + 1 == len(right) and cell.digits in _shortened(right) else 0


def _digit_doubled(cell: PrintedCell, meant: int) -> int:
    right = str(meant)
    if len(cell.digits) != len(right) + 1 or not meant:
        return 0
    doubled = {right[: n + 1] + right[n:] for n in range(len(right))}
    return len(doubled) if cell.digits in doubled else 0


def _digit_added(cell: PrintedCell, meant: int) -> int:
    right = str(meant)
    if len(cell.digits) != len(right) + 1 or not meant:
        return 0
    return 10 * (len(right) + 1) if right in _shortened(cell.digits) else 0


def _shortened(digits: str) -> set[str]:
    return {digits[:n] + digits[n + 1 :] for n in range(len(digits))} if len(digits) > 1 else set()


def _off_by_one(cell: PrintedCell, meant: int) -> int:
    return 2 if not cell.blank and abs(cell.figure - meant) == 1 else 0


def _sign(cell: PrintedCell, meant: int) -> int:
    return int(meant > 0 and cell.figure == -meant)


def _thousands_separator(cell: PrintedCell, meant: int) -> int:
    if meant < 1000 or cell.blank or not cell.figure:
        return int(meant > 0 and cell.figure == 1000 * meant)
    groups = f"{meant:,}".split(",")
    torn = {int(group) for group in groups} | {int(groups[0]), int("".join(groups[:-1])), int("".join(groups[1:]))}
    return 2 * len(groups) if cell.figure in torn or cell.figure * 1000 == meant else 0


def _neighbouring_column(cell: PrintedCell, _meant: int) -> int:
    return len(cell.beside) if cell.figure and cell.figure in cell.beside else 0


def _neighbouring_row(cell: PrintedCell, _meant: int) -> int:
    return len(cell.above) if cell.figure and cell.figure in cell.above else 0


def _total_left_zero(cell: PrintedCell, meant: int) -> int:
    return int(any(cell.parts) and not cell.blank and cell.figure == 0 and meant > 0)


def _total_left_blank(cell: PrintedCell, meant: int) -> int:
    return int(any(cell.parts) and cell.blank and meant > 0)


def _left_out(cell: PrintedCell, meant: int) -> int:
    return 4 if cell.figure == 0 and meant > 0 else 0


def _subtotal_counted(cell: PrintedCell, meant: int) -> int:
    excess = abs(cell.figure - meant)
    return 2 * len(cell.subtotals) if cell.parts and meant and excess in cell.subtotals else 0


def _number_split(cell: PrintedCell, meant: int) -> int:
    right, printed = str(meant), cell.digits
    pieces = cell.raw.split() if cell.raw != printed else ()
    if len(pieces) > 1 and all(piece.isdecimal() for piece in pieces):
        return len(pieces) if meant in {int("".join(pieces)), *map(int, pieces)} else 0
    if not printed or len(printed) >= len(right) or not (right.startswith(printed) or right.endswith(printed)):
        return 0
    others = [str(figure) for figure in (*cell.beside, *cell.above) if isinstance(figure, int) and figure > 0]
    # A piece in the next cell is no more than a coincidence of digits, so it counts for little.
    return 16 if right in {n for o in others for n in (printed + o, o + printed)} else 0


def _unknown(cell: PrintedCell, meant: int) -> int:
    return 2 + int(max(cell.figure, meant))


Recognise = Callable[[PrintedCell, int], int]

_OF_DIGITS: Mapping[int, Mapping[str, Recognise]] = {
    -1: {"digit-dropped": _digit_dropped},
    0: {"digit-changed": _digit_changed, "digits-swapped": _digits_swapped},
    1: {"digit-doubled": _digit_doubled, "digit-added": _digit_added},
}
"""Slips that leave the printed figure so many digits longer than the right one."""
_OF_NOTHING: Mapping[str, Recognise] = {
    "total-left-zero": _total_left_zero,
    "total-left-blank": _total_left_blank,
    "left-out": _left_out,
}
"""Slips that leave a 0 or a blank."""
_OF_FIGURES: Mapping[str, Recognise] = {
    "sign": _sign,
    "thousands-separator": _thousands_separator,
    "neighbouring-column": _neighbouring_column,
    "neighbouring-row": _neighbouring_row,
}
"""Slips that leave another figure than 0."""
_OF_ALL: Mapping[str, Recognise] = {
    "off-by-one": _off_by_one,
    "subtotal-counted": _subtotal_counted,
    "number-split": _number_split,
    "unknown": _unknown,
}
SINGLE: Mapping[str, Recognise] = {
    slip: recognise
    for group in (*_OF_DIGITS.values(), _OF_NOTHING, _OF_FIGURES, _OF_ALL)
    for slip, recognise in group.items()
}
"""The slips of one figure."""


def choose_slips(longer: int, nothing: bool) -> Mapping[str, Recognise]:
    """Give the slips that could have made a figure so many digits longer than the right one, or a 0 or blank of it."""
    return {**_OF_DIGITS.get(longer, {}), **(_OF_NOTHING if nothing else _OF_FIGURES), **_OF_ALL}


def look_up(cell: str, case: Case, around: Surroundings) -> PrintedCell:
    """Look a cell up on the printed form; it must be among the figures of the case."""
    figures, printed = case.figures, case.cells[cell]
    figure = figures[cell]
    assert figure is not None
    is_count = printed.value is not None and isinstance(figure, int) and figure >= 0
    sums, groups = case.system.totals.get(cell), around.subtotals.get(cell)
    return PrintedCell(
        figure,
        printed.raw,
        str(figure) if is_count else "",
        printed.value is None,
        tuple([_sum_of_parts(cell, figure, equation, case) for equation in sums]) if sums else (),
        around.beside(cell, figures).values(),
        around.above(cell, figures).values(),
        tuple([sum([figures[part] or 0 for part in group]) for group in groups]) if groups else (),
    )


def _sum_of_parts(total: str, figure: Amount, equation: int, case: Case) -> Amount:
    """Give what an identity makes of the parts of a total, as printed."""
    broken = case.broken.get(equation)
    if broken is None or broken.delta is None:
        return figure
    return figure - divide(exact(broken.delta), case.system.columns[total][equation])
