"""Mistakes that move many cells at once and still are one mistake: shifted blocks, exchanged rows, blank lines.

After Scholtus, A generalised Fellegi-Holt paradigm for automatic error localization, Survey Methodology 42-1 (2016):
an operation counts once, however many cells it moves. Exchanges and moves of two cells are sets of two
changes, so the search for cells finds them; here are the operations that move three cells or more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import cast

import msgspec

from .amounts import can_take
from .surroundings import Surroundings
from .system import Amount, Deltas, Figures, System, Vector, divide, mask_of


class Line(msgspec.Struct, frozen=True):
    """A row or a column: its cells that lie in equations, in printed order.

    `touched` masks the equations that any of them lies in. `own` masks those that several do, such as the row's
    own sum. `across` gives for each cell the equations that it alone lies in, with its weight there.
    """

    cells: tuple[str, ...]
    touched: int
    own: int
    across: tuple[Mapping[int, int], ...]


class Lines(msgspec.Struct, frozen=True):
    """The rows and the columns of three or more cells that lie in equations.

    `unlike` are the rows of the same length that lie in different equations across them, two and two.
    """

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    unlike: tuple[tuple[Line, Line], ...]


@lru_cache(maxsize=64)
def draw_lines(system: System, around: Surroundings) -> Lines:
    """Give the lines of a form as far as they lie in the equations of a system."""
    rows, columns = (
        tuple(_draw(cells, system) for cells in dict.fromkeys(lines.values()) if len(set(cells) & known) > 2)
        for lines in (around.rows, around.columns)
        for known in (system.columns.keys(),)
    )
    pairs = combinations(rows, 2)
    return Lines(
        rows, columns, tuple((a, b) for a, b in pairs if len(a.cells) == len(b.cells) and a.across != b.across)
    )


def _draw(cells: tuple[str, ...], system: System) -> Line:
    cells = tuple(cell for cell in cells if cell in system.columns)
    crossings = Counter(equation for cell in cells for equation in system.columns[cell])
    return Line(
        cells=cells,
        touched=mask_of(crossings),
        own=mask_of(equation for equation, count in crossings.items() if count > 1),
        across=tuple({e: w for e, w in system.columns[cell].items() if crossings[e] == 1} for cell in cells),
    )


_FEWEST = 3


class Operation(msgspec.Struct, frozen=True):
    """One act that mends the system: its slip, the cells it moved, and in how many ways it could have come out."""

    slip: str
    deltas: Deltas
    variants: int


def find_operations(system: System, need: Vector, figures: Figures, around: Surroundings) -> Iterator[Operation]:
    """Give every operation of three cells or more that mends exactly what is broken and breaks nothing.

    `need` is by how much each broken equation must move.
    """
    trial = _Trial(system, need, figures)
    lines = draw_lines(system, around)
    broken = trial.broken
    for column in lines.columns:
        if (
            not broken & ~column.touched
            and trial.covers(column)
            and not any(map(trial.figures.__getitem__, column.cells))
        ):
            yield from trial.keep("column-blank", column.cells, trial.meant(column), len(lines.columns))
    for row in lines.rows:
        if broken & ~row.touched or not trial.covers(row):
            continue
        printed, meant = [trial.figures[cell] for cell in row.cells], trial.meant(row)
        if not any(printed):
            yield from trial.keep("row-blank", row.cells, meant, len(lines.rows))
        elif _is_shifted(printed, meant):
            yield from trial.keep("row-shifted", row.cells, meant, 2 * len(row.cells))
    for first, second in _pairs(lines, trial):
        for width in (len(first.cells), len(first.cells) - 1):
            cells = (*first.cells[:width], *second.cells[:width])
            exchanged = [trial.figures[cell] for cell in (*second.cells[:width], *first.cells[:width])]
            yield from trial.keep("rows-exchanged", cells, exchanged, len(lines.rows))
    yield from _find_moves(trial, lines.rows, around)


def _find_moves(trial: "_Trial", rows: Sequence[Line], around: Surroundings) -> Iterator[Operation]:
    """Give the moves of an amount from one column to another that take a row and the row of its sum along."""
    if len(trial.need) != 2:
        return
    (first, gained), (second, lost) = trial.need.items()
    for row in rows:
        if trial.broken & ~row.touched:
            continue
        one, other = (_find_crossing(row, equation) for equation in (first, second))
        if one is None or other is None or divide(gained, one[1]) != -divide(lost, other[1]):
            continue
        pair, amount = (one[0], other[0]), divide(gained, one[1])
        for beyond in rows:
            there = [next((c for c in beyond.cells if c in around.columns.get(cell, ())), "") for cell in pair]
            cells = (*pair, *there)
            if beyond is row or not trial.may_change(cells):
                continue
            meant = [trial.figures[cell] + sign * amount for cell, sign in zip(cells, (1, -1, 1, -1), strict=True)]
            yield from trial.keep("other-column", cells, meant, 2 * len(row.cells) * (1 + abs(int(amount))))


def _find_crossing(row: Line, equation: int) -> tuple[str, int] | None:
    """Give the cell of a row that lies in an equation alone, with its weight there."""
    found = [(cell, across[equation]) for cell, across in zip(row.cells, row.across, strict=True) if equation in across]
    return found[0] if len(found) == 1 else None


class _Trial:
    """A broken system with its figures, and what an operation must do to count as mending it."""

    def __init__(self, system: System, need: Vector, figures: Figures) -> None:
        self.columns = system.columns
        self.need = need
        # A cell that may not change has no figure; lines with such a cell are left out by `covers`.
        self.figures = cast("Mapping[str, Amount]", figures)
        self.broken = mask_of(need)

    def covers(self, *lines: Line) -> bool:
        """Say whether everything broken touches these lines, and all their cells may change."""
        broken = self.broken
        for line in lines:
            broken &= ~line.touched
        return not broken and all(self.may_change(line.cells) for line in lines)

    def may_change(self, cells: Iterable[str]) -> bool:
        """Say whether all of these cells may change."""
        return None not in [self.figures[cell] for cell in cells]

    def meant(self, line: Line) -> list[Amount]:
        """Give what each cell of a line must say if the equations across it are to be mended on this line alone."""
        meant = []
        for cell, across in zip(line.cells, line.across, strict=True):
            figure = self.figures[cell]
            for equation, weight in across.items():
                if equation in self.need:
                    figure += divide(self.need[equation], weight)
                break
            meant.append(figure)
        return meant

    def keep(self, slip: str, cells: Sequence[str], meant: Sequence[Amount], variants: int) -> Iterator[Operation]:
        """Give the changes to what was meant as an operation, if they are three or more and mend all."""
        deltas = [(c, m - self.figures[c]) for c, m in zip(cells, meant, strict=True) if m != self.figures[c]]
        if len(deltas) >= _FEWEST and self.mends(deltas):
            yield Operation(slip, tuple(deltas), variants)  # type: ignore[arg-type]

    def mends(self, deltas: Sequence[tuple[str, Amount]]) -> bool:
        """Say whether the changes are possible and move every equation by just what it needs."""
        if not all(can_take(self.figures[cell], delta) for cell, delta in deltas):
            return False
        rest: dict[int, Amount] = dict(self.need)
        for cell, delta in deltas:
            for equation, weight in self.columns[cell].items():
                rest[equation] = rest.get(equation, 0) - weight * delta
        return not any(rest.values())

    def exchanges(self, first: Line, second: Line, width: int) -> bool:
        """Say whether exchanging so many cells of two rows moves what crosses them by what it needs; not their sums."""
        for place in range(width):
            across, beyond = first.across[place], second.across[place]
            if across == beyond:
                if not self.need.keys().isdisjoint(across):
                    return False
                continue
            cell, other = first.cells[place], second.cells[place]
            if not self.may_change((cell, other)):
                return False
            delta = self.figures[other] - self.figures[cell]
            for equation in across.keys() | beyond.keys():
                moved = delta * (across.get(equation, 0) - beyond.get(equation, 0))
                if moved != self.need.get(equation, 0):
                    return False
        return True


def find_exchanges(system: System, need: Vector, figures: Figures, around: Surroundings) -> Iterator[Deltas]:
    """Give the pairs of figures of one row or column whose exchange mends exactly what is broken."""
    trial = _Trial(system, need, figures)
    cells = [c for c, column in system.columns.items() if not column.keys().isdisjoint(need) and trial.may_change((c,))]
    for first, second in combinations(cells, 2):
        delta = trial.figures[second] - trial.figures[first]
        in_line = second in around.rows.get(first, ()) or second in around.columns.get(first, ())
        if delta and in_line and trial.mends(((first, delta), (second, -delta))):
            yield (first, delta), (second, -delta)  # type: ignore[misc]


def _is_shifted(printed: Sequence[Amount], meant: Sequence[Amount]) -> bool:
    """Say whether a block of a row was printed one column too far right or left, with a 0 where it began."""
    changed = [place for place, (a, b) in enumerate(zip(printed, meant, strict=True)) if a != b]
    if len(changed) < _FEWEST:
        return False
    return _moved_right(printed, meant, changed) or _moved_right(
        printed[::-1], meant[::-1], [len(printed) - 1 - place for place in reversed(changed)]
    )


def _moved_right(printed: Sequence[Amount], meant: Sequence[Amount], changed: Sequence[int]) -> bool:
    """Say whether a block was printed one place further on than meant.

    A figure that was pushed off the end of the row is lost; what it was follows from the equations across.
    """
    first, end = changed[0], len(printed) - 1
    return not printed[first] and any(
        list(meant[first:last]) == list(printed[first + 1 : last + 1]) and (not meant[last] or last == end)
        for last in range(changed[-1], end + 1)
    )


def _pairs(lines: Lines, trial: _Trial) -> Iterator[tuple[Line, Line]]:
    """Give the pairs of rows whose exchange could mend everything.

    None or both of their own sums are broken; if none is, only what crosses the rows differently can be mended.
    """
    broken = trial.broken
    unsound = [row for row in lines.rows if row.own & broken]
    pairs: Sequence[tuple[Line, Line]]
    if len(unsound) == 2:
        pairs = [(unsound[0], unsound[1])] if len(unsound[0].cells) == len(unsound[1].cells) else []
    else:
        pairs = [] if unsound else lines.unlike
    for first, second in pairs:
        width = len(first.cells) - 1 if unsound else len(first.cells)
        if trial.exchanges(first, second, width) and trial.covers(first, second):
            yield first, second
