"""What the cells of a sheet hold, as it was read; and how much of a workbook may be."""

from collections import defaultdict
from typing import NamedTuple

import msgspec

from validator.errors import ReadError

from .formulas import Area, Calculator, is_stale, name_column

MOST_ROWS = 20_000
_MOST_CELLS = 200_000
_MOST_CHARACTERS = 4_000_000


class SheetCell(NamedTuple):
    """A cell that shows a text, or a border around none."""

    text: str
    framed: bool


FRAMED_BLANK = SheetCell("", True)


class Formula(NamedTuple):
    """A formula, the number that the sheet shows for it, and where it stands."""

    row: int
    column: int
    text: str
    cached: float


class Content(msgspec.Struct):
    """What a sheet holds: cells by row and column, merged areas by their first row and column, and what to tell.

    `figures` are the numbers and texts that formulas count with, `rounded` the places of numbers that the sheet shows
    with fewer digits than it holds and how it shows them, `uncached` the places of formulas without a result.
    """

    rows: dict[int, dict[int, SheetCell]] = msgspec.field(default_factory=dict)
    merges: dict[int, dict[int, Area]] = msgspec.field(default_factory=dict)
    figures: dict[tuple[int, int], float | str] = msgspec.field(default_factory=dict)
    formulas: list[Formula] = msgspec.field(default_factory=list)
    uncached: list[str] = msgspec.field(default_factory=list)
    rounded: list[tuple[str, str, str]] = msgspec.field(default_factory=list)
    hidden_rows: list[int] = msgspec.field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = msgspec.field(default_factory=list)

    def find_stale(self) -> list[tuple[Formula, float]]:
        """Give the formulas whose shown result is not what they come to over the figures of the sheet now."""
        if not self.formulas:
            return []
        calculator = Calculator(self.figures)
        computed = ((formula, calculator.calculate(formula.text)) for formula in self.formulas)
        return [(f, result) for f, result in computed if result is not None and is_stale(f.cached, result)]

    def hidden(self) -> str:
        """Name the hidden rows and columns that hold text, as a sheet names them: "5:7, C:C"."""
        if not self.hidden_rows and not self.hidden_columns:
            return ""
        rows = [row for row in self.hidden_rows if has_text(self.rows.get(row, {}))]
        used = {column for cells in self.rows.values() for column, cell in cells.items() if cell.text}
        columns = [column for column in sorted(used) if any(a <= column <= b for a, b in self.hidden_columns)]
        runs = [f"{first}:{last}" for first, last in _runs(rows)]
        return ", ".join([*runs, *(f"{name_column(a)}:{name_column(b)}" for a, b in _runs(columns))])


class Budget(msgspec.Struct):
    """How much of a workbook may still be read, over all its sheets."""

    rows: int = MOST_ROWS
    cells: int = _MOST_CELLS
    characters: int = _MOST_CHARACTERS

    def spend(self, cells: dict[int, SheetCell], sheet: str) -> None:
        """Take off the texts of one row. Raises ReadError where a workbook holds more than any report."""
        self.rows -= 1
        self.cells -= len(cells)
        self.characters -= sum(len(cell.text) for cell in cells.values())
        if self.rows < 0:
            raise ReadError("too-many-rows", limit=MOST_ROWS)
        if self.cells < 0:
            raise ReadError("too-much-packed", what=f"{sheet}: > {_MOST_CELLS} cells", limit=f"{_MOST_CELLS} cells")
        if self.characters < 0:
            limit = f"{_MOST_CHARACTERS} characters"
            raise ReadError("too-much-packed", what=f"{sheet}: > {limit}", limit=limit)


def has_text(cells: dict[int, SheetCell]) -> bool:
    """Whether any cell of a row shows a text."""
    return any(cell.text for cell in cells.values())


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: dict[int, list[int]] = defaultdict(list)
    for index, number in enumerate(numbers):
        runs[number - index].append(number)
    return [(run[0], run[-1]) for run in runs.values()]
