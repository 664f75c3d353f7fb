"""A printed cell together with what stands around it, for recognising slips."""

from .case import Case
from .recognise import Spot
from .surroundings import Surroundings
from .system import Amount, divide, exact


def look(cell: str, case: Case, around: Surroundings) -> Spot:
    """Look a cell up on the printed form; it must be among the figures of the case."""
    figures, printed = case.figures, case.cells[cell]
    figure = figures[cell]
    is_count = printed.value is not None and isinstance(figure, int) and figure >= 0
    return Spot(
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
