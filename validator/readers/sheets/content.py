"""What the cells of a sheet hold, as it was read; and how much of a workbook may be."""

from collections import defaultdict
from collections.abc import Callable, Set
from typing import NamedTuple

import msgspec

from validator.errors import ReadError
from validator.numerals import looks_like_value

from .formulas import Area, Calculator, is_stale, name_column

MOST_ROWS = 20_000
_MOST_CELLS = 200_000
_MOST_CHARACTERS = 4_000_000
_NEAR = 3
_FEWEST_FIGURES = 5


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
    `left_rows` and `left_columns` are hidden ones that are left out, `unseen` counts cells with text in the colour of
    its ground.
    """

    rows: dict[int, dict[int, SheetCell]] = msgspec.field(default_factory=dict)
    merges: dict[int, dict[int, Area]] = msgspec.field(default_factory=dict)
    figures: dict[tuple[int, int], float | str] = msgspec.field(default_factory=dict)
    formulas: list[Formula] = msgspec.field(default_factory=list)
    uncached: list[str] = msgspec.field(default_factory=list)
    rounded: list[tuple[str, str, str]] = msgspec.field(default_factory=list)
    hidden_rows: list[int] = msgspec.field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = msgspec.field(default_factory=list)
    left_rows: set[int] = msgspec.field(default_factory=set)
    left_columns: set[int] = msgspec.field(default_factory=set)
    unseen: int = 0

    def leave_copies(self) -> str:
        """Leave hidden rows and columns out that bear the labels of a shown one beside, and name them; "" for none.

        The shown one has taken their place, as a corrected figure that of the former one.
        """
        if not self.hidden_rows and not self.hidden_columns:
            return ""
        filled = {column for cells in self.rows.values() for column in cells}
        columns = {c for c in filled if any(first <= c <= last for first, last in self.hidden_columns)}
        rows = self.rows.keys() & set(self.hidden_rows)
        self.left_rows.update(row for row in rows if _is_beside(row, self._labels_of_row, rows))
        self.left_columns.update(c for c in columns if _is_beside(c, self._labels_of_column, columns))
        for row in self.left_rows:
            self._hand_down(row)
            del self.rows[row]
        for cells in self.rows.values() if self.left_columns else ():
            for column in self.left_columns & cells.keys():
                del cells[column]
        runs = [f"{first}:{last}" for first, last in _runs(sorted(self.left_rows))]
        return ", ".join([*runs, *(f"{name_column(a)}:{name_column(b)}" for a, b in _runs(sorted(self.left_columns)))])

    def _labels_of_row(self, row: int) -> dict[int, str]:
        """Give the labels of a row alone, not those of several rows; without any, where its figures stand."""
        merges = self.merges.get(row, {})
        texts = {column: cell.text for column, cell in self.rows.get(row, {}).items() if cell.text}
        own = {c: text for c, text in texts.items() if not (c in merges and merges[c][2] > row)}
        labels = {column: text for column, text in own.items() if not looks_like_value(text)}
        return labels or (dict.fromkeys(own, "") if len(own) >= _FEWEST_FIGURES else {})

    def _labels_of_column(self, column: int) -> dict[int, str]:
        return {
            row: cells[column].text
            for row, cells in self.rows.items()
            if column in cells and cells[column].text and not looks_like_value(cells[column].text)
        }

    def _hand_down(self, row: int) -> None:
        """Let what is merged downwards from a row begin in the next."""
        for column, (_, left, bottom, right) in list(self.merges.get(row, {}).items()):
            if bottom > row and row + 1 in self.rows and column in self.rows[row]:
                self.rows[row + 1][column] = self.rows[row][column]
                self.merges.setdefault(row + 1, {})[column] = (row + 1, left, bottom, right)
                del self.merges[row][column]

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


def _is_beside(own: int, labels_of: Callable[[int], dict[int, str]], hidden: Set[int]) -> bool:
    """Whether a shown row or column near a hidden one bears the same labels."""
    labels = labels_of(own)
    near = (other for distance in range(1, _NEAR + 1) for other in (own - distance, own + distance))
    return bool(labels) and any(other not in hidden and labels_of(other) == labels for other in near)


def has_text(cells: dict[int, SheetCell]) -> bool:
    """Whether any cell of a row shows a text."""
    return any(cell.text for cell in cells.values())


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: dict[int, list[int]] = defaultdict(list)
    for index, number in enumerate(numbers):
        runs[number - index].append(number)
    return [(run[0], run[-1]) for run in runs.values()]
