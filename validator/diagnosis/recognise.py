"""How each slip of one figure looks: could it have turned the figure that was meant into the printed one?

Every function takes the printed cell and the figure meant, and gives how many wrong figures its slip could as well
have made of that figure: 0 if it could not have made the printed one. Rare coincidence is good evidence.
"""

from collections.abc import Callable, Mapping
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
    beside: tuple[Amount, ...] = ()
    above: tuple[Amount, ...] = ()
    subtotals: tuple[Amount, ...] = ()


def _digit_changed(cell: PrintedCell, meant: int) -> int:
    right = str(meant)
    if len(cell.digits) != len(right) or not cell.figure:
        return 0
    return 9 * len(right) if len(_differing(cell.digits, right)) == 1 else 0


def _digits_swapped(cell: PrintedCell, meant: int) -> int:
    right, printed = str(meant), cell.digits
    if len(printed) != len(right) or len(right) < 2:
        return 0
    places = _differing(printed, right)
    if len(places) != 2 or any(printed[here] != right[there] for here, there in (places, places[::-1])):
        return 0
    near = places[1] == places[0] + 1
    return len(right) - 1 if near else 2 * len(right) * (len(right) - 1)


def _differing(digits: str, others: str) -> list[int]:
    return [place for place, (a, b) in enumerate(zip(digits, others, strict=True)) if a != b]


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
    pieces = cell.raw.split()
    if len(pieces) > 1 and all(piece.isdecimal() for piece in pieces):
        return len(pieces) if meant in {int("".join(pieces)), *map(int, pieces)} else 0
    printed = cell.digits
    others = [str(figure) for figure in (*cell.beside, *cell.above) if isinstance(figure, int) and figure > 0]
    # A piece in the next cell is no more than a coincidence of digits, so it counts for little.
    return 16 if printed and str(meant) in {n for o in others for n in (printed + o, o + printed)} else 0


def _unknown(cell: PrintedCell, meant: int) -> int:
    return 2 + int(max(cell.figure, meant))


SINGLE: Mapping[str, Callable[[PrintedCell, int], int]] = {
    "digit-changed": _digit_changed,
    "digits-swapped": _digits_swapped,
    "digit-dropped": _digit_dropped,
    "digit-doubled": _digit_doubled,
    "digit-added": _digit_added,
    "off-by-one": _off_by_one,
    "sign": _sign,
    "thousands-separator": _thousands_separator,
    "neighbouring-column": _neighbouring_column,
    "neighbouring-row": _neighbouring_row,
    "total-left-zero": _total_left_zero,
    "total-left-blank": _total_left_blank,
    "left-out": _left_out,
    "subtotal-counted": _subtotal_counted,
    "number-split": _number_split,
    "unknown": _unknown,
}


def look_up(cell: str, case: Case, around: Surroundings) -> PrintedCell:
    """Look a cell up on the printed form; it must be among the figures of the case."""
    figures, printed = case.figures, case.cells[cell]
    figure = figures[cell]
    is_count = printed.value is not None and isinstance(figure, int) and figure >= 0
    return PrintedCell(
        figure=figure,
        raw=printed.raw,
        digits=str(figure) if is_count else "",
        blank=printed.value is None,
        parts=tuple(_sum_of_parts(cell, equation, case) for equation in case.system.totals.get(cell, ())),
        beside=tuple(figures[other] for other in around.beside(cell, figures)),
        above=tuple(figures[other] for other in around.above(cell, figures)),
        subtotals=tuple(sum(figures.get(c, 0) for c in group) for group in around.subtotals.get(cell, ())),
    )


def _sum_of_parts(total: str, equation: int, case: Case) -> Amount:
    """Give what an identity makes of the parts of a total, as printed."""
    delta = case.identities[equation].delta
    return case.figures[total] - divide(0 if delta is None else exact(delta), case.system.columns[total][equation])
