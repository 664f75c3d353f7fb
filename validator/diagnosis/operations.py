"""Mistakes that move many cells at once and still are one mistake: shifted blocks, exchanged rows, blank lines.

After Scholtus, A generalised Fellegi-Holt paradigm for automatic error localization, Survey Methodology 42-1 (2016):
an operation counts once, however many cells it moves. Exchanges and moves of two cells are sets of two
changes, so the search for cells finds them; here are the operations that move three cells or more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from validator.model.slip import SlipId

from .amounts import Deltas, Figures, can_take, divide
from .lines import Line, draw_lines
from .surroundings import Surroundings
from .system import Amount, System, Vector

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Operation:
    """One act that mends the system: its slip, the cells it moved, and in how many ways it could have come out."""

    slip: SlipId
    deltas: Deltas
    variants: int


def find_operations(system: System, need: Vector, figures: Figures, around: Surroundings) -> Iterator[Operation]:
    """Give every operation of three cells or more that mends exactly what is broken and breaks nothing.

    `figures` are the cells that may change; `need` is by how much each broken equation must move.
    """
    trial = _Trial(system, need, figures)
    rows, columns = draw_lines(system, around)
    for column in filter(trial.covers, columns):
        yield from _operation("column-blank", trial.fill(column), len(columns))
    for row in filter(trial.covers, rows):
        yield from _operation("row-blank", trial.fill(row), len(rows))
        for deltas in _shifts(row, trial):
            yield from _operation("row-shifted", deltas, 2 * len(row.cells))
    for first, second in _pairs(rows, trial):
        for width in (len(first.cells), len(first.cells) - 1):
            cells = (*first.cells[:width], *second.cells[:width])
            meant = [figures[cell] for cell in (*second.cells[:width], *first.cells[:width])]
            yield from _operation("rows-exchanged", trial.keep(cells, meant), len(rows))


def _operation(slip: SlipId, deltas: Deltas, variants: int) -> Iterator[Operation]:
    if deltas:
        yield Operation(slip, deltas, variants)


class _Trial:
    """A broken system with its figures, and what an operation must do to count as mending it."""

    def __init__(self, system: System, need: Vector, figures: Figures) -> None:
        self.columns = system.columns
        self.need = need
        self.figures = figures
        self.broken = sum(1 << equation for equation in need)

    def covers(self, *lines: Line) -> bool:
        """Say whether everything broken crosses these lines, and all their cells may change."""
        touched = 0
        for line in lines:
            touched |= line.touched
        return not self.broken & ~touched and all(cell in self.figures for line in lines for cell in line.cells)

    def keep(self, cells: Sequence[str], meant: Sequence[Amount]) -> Deltas:
        """Give the changes to what was meant, if they are three or more and mend all; else none."""
        deltas = [(c, m - self.figures[c]) for c, m in zip(cells, meant, strict=True) if m != self.figures[c]]
        if len(deltas) < _FEWEST or not all(can_take(self.figures[cell], delta) for cell, delta in deltas):
            return ()
        rest: dict[int, Amount] = dict(self.need)
        for cell, delta in deltas:
            for equation, weight in self.columns[cell].items():
                rest[equation] = rest.get(equation, 0) - weight * delta
        return () if any(rest.values()) else tuple(deltas)  # type: ignore[arg-type]

    def fill(self, line: Line) -> Deltas:
        """Fill a line that says nothing with what the broken equations across it lack."""
        if any(self.figures[cell] for cell in line.cells):
            return ()
        lacking = (next(((e, w) for e, w in across if e in self.need), None) for across in line.across)
        return self.keep(line.cells, [0 if lack is None else divide(self.need[lack[0]], lack[1]) for lack in lacking])

    def recover(self, cells: Sequence[str], meant: Sequence[Amount], lost: str) -> Amount:
        """Give what a cell must say once the others say what was meant, by the first identity it lies in."""
        equation, own_weight = next(iter(self.columns[lost].items()))
        need: Amount = self.need.get(equation, 0)
        for cell, figure in zip(cells, meant, strict=True):
            need -= self.columns[cell].get(equation, 0) * (figure - self.figures[cell])
        return self.figures[lost] + divide(need, own_weight)


def _shifts(row: Line, trial: _Trial) -> Iterator[Deltas]:
    """Give the blocks of a row that stand one column too far right or left, with a 0 where they began.

    Where the whole row is shifted, the figure pushed off its end is found again from an identity.
    """
    cells = row.cells
    figures = [trial.figures[cell] for cell in cells]
    if len(figures) - figures.count(0) < 2:
        return
    for first, last in combinations(range(len(cells)), 2):
        block = figures[first : last + 1]
        if not block[0]:
            yield trial.keep(cells[first : last + 1], (*block[1:], 0))
        if not block[-1]:
            yield trial.keep(cells[first : last + 1], (0, *block[:-1]))
    if not figures[0]:
        lost = trial.recover(cells[:-1], figures[1:], cells[-1])
        yield trial.keep(cells, (*figures[1:], lost)) if lost else ()
    if not figures[-1]:
        lost = trial.recover(cells[1:], figures[:-1], cells[0])
        yield trial.keep(cells, (lost, *figures[:-1])) if lost else ()


def _pairs(rows: Sequence[Line], trial: _Trial) -> Iterator[tuple[Line, Line]]:
    """Give the pairs of rows whose exchange could mend everything.

    None or both of their own sums are broken; if none is, only what crosses the rows differently can be mended.
    """
    unsound = [row for row in rows if row.own & trial.broken]
    if unsound:
        candidates = [(unsound[0], unsound[1])] if len(unsound) == 2 else []
    else:
        candidates = [(first, second) for first, second in combinations(rows, 2) if first.across != second.across]
    for first, second in candidates:
        if len(first.cells) == len(second.cells) and trial.covers(first, second):
            yield first, second
