"""References to cells, and formulas of sums and the four operations, worked out again over the figures of their sheet.

"C7" and "$B$2:D9" are read to numbers and written back; rows and columns count from 1.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from math import isclose

from validator.patterns import Pattern

Area = tuple[int, int, int, int]
"""Top row, left column, bottom row, right column."""

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_CELL = Pattern(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})")
_IN_FORMULA = Pattern(r"\"[^\"]*\"|'[^']*'|(?<![A-Za-z0-9_.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![A-Za-z0-9_(.!])")


def read_cell(reference: str) -> tuple[int, int] | None:
    """Give the row and the column of a reference such as C7; None if it is none, or beyond any sheet."""
    found = _CELL.fullmatch(reference)
    if found is None:
        return None
    row, column = int(found[4]), read_column(found[2])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def read_reference(reference: str) -> Area:
    """Give the area of a reference such as C7 or C7:D9, its corners in any order; all zeros if it is none."""
    first, _, second = reference.partition(":")
    start, end = read_cell(first), read_cell(second or first)
    if start is None or end is None:
        return (0, 0, 0, 0)
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


@lru_cache(maxsize=2048)
def read_column(letters: str) -> int:
    """Give the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=2048)
def name_column(number: int) -> str:
    """Give the letters of a column by its number."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shift_references(formula: str, rows: int, columns: int) -> str:
    """Move the references of a formula that have no "$" by so many rows and columns."""

    def move(found: re.Match[str]) -> str:
        if found[2] is None:
            return found[0]
        column = read_column(found[2]) if found[1] else read_column(found[2]) + columns
        row = int(found[4]) if found[3] else int(found[4]) + rows
        return f"{found[1]}{name_column(max(column, 1))}{found[3]}{row}"

    return _IN_FORMULA.sub(move, formula)


_TOKEN = Pattern(
    r"\s*(?:(?P<area>\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)(?![A-Z0-9_(.!])"
    r"|(?P<number>\d+(?:\.\d*)?|\.\d+)(?![A-Z0-9_(.!:])|(?P<sum>SUM(?=\())|(?P<sign>[-+*/(),]))"
)
_LONGEST = 1000
_DEEPEST = 30
_MOST_STEPS = 500_000

Figures = Mapping[tuple[int, int], float | str]
"""What cells hold by row and column: a number, or text; blank cells are left out."""


class _NotSimple(Exception):
    """The formula does something else, or takes from cells what is no number."""


class Calculator:
    """Works out formulas over the figures of one sheet, until a sheet takes too many steps."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._steps = 0
        self._tokens: list[tuple[str, str]] = []
        self._next = 0

    def calculate(self, formula: str) -> float | None:
        """Give what a formula (without "=") comes to; None if it is not plain arithmetic over plain figures."""
        if len(formula) > _LONGEST or self._steps > _MOST_STEPS:
            return None
        try:
            self._tokens = list(_split(formula.upper()))
            self._next = 0
            result = self._sum_up(0)
            return result if self._next == len(self._tokens) else None
        except (_NotSimple, ZeroDivisionError, OverflowError):
            return None

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next] if self._next < len(self._tokens) else ("end", "")

    def _take(self, *texts: str) -> str:
        kind, text = self._peek()
        if kind != "sign" or text not in texts:
            return ""
        self._next += 1
        return text

    def _demand(self, text: str) -> None:
        if not self._take(text):
            raise _NotSimple

    def _sum_up(self, depth: int) -> float:
        if depth > _DEEPEST:
            raise _NotSimple
        total = self._multiply(depth)
        while sign := self._take("+", "-"):
            total += self._multiply(depth) * (1 if sign == "+" else -1)
        return total

    def _multiply(self, depth: int) -> float:
        product = self._read_operand(depth)
        while sign := self._take("*", "/"):
            operand = self._read_operand(depth)
            product = product * operand if sign == "*" else product / operand
        return product

    def _read_operand(self, depth: int) -> float:
        sign = 1
        while taken := self._take("+", "-"):
            sign = -sign if taken == "-" else sign
        if self._take("("):
            value = self._sum_up(depth + 1)
            self._demand(")")
            return sign * value
        kind, text = self._peek()
        self._next += 1
        if kind == "number":
            return sign * float(text)
        if kind == "area" and ":" not in text:
            value_or_text = self._figures.get(_single(text), 0.0)
            if isinstance(value_or_text, str):
                raise _NotSimple
            return sign * value_or_text
        if kind == "sum":
            return sign * self._read_sum(depth)
        raise _NotSimple

    def _read_sum(self, depth: int) -> float:
        """Add up the arguments; text in the cells that SUM is given counts nothing, as in every spreadsheet."""
        self._demand("(")
        total = 0.0
        while True:
            kind, text = self._peek()
            following = self._tokens[self._next + 1 : self._next + 2]
            if kind == "area" and following in ([("sign", ",")], [("sign", ")")]):
                self._next += 1
                total += self._add_area(read_reference(text))
            else:
                total += self._sum_up(depth + 1)
            if not self._take(","):
                break
        self._demand(")")
        return total

    def _add_area(self, area: Area) -> float:
        top, left, bottom, right = area
        if not top:
            raise _NotSimple
        size = (bottom - top + 1) * (right - left + 1)
        self._steps += min(size, len(self._figures))
        if self._steps > _MOST_STEPS:
            raise _NotSimple
        if size <= len(self._figures):
            places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            values = [self._figures[place] for place in places if place in self._figures]
        else:
            values = [v for (row, c), v in self._figures.items() if top <= row <= bottom and left <= c <= right]
        if any(isinstance(value, str) and value.startswith("#") for value in values):
            raise _NotSimple
        return sum(value for value in values if not isinstance(value, str))


def is_stale(cached: float, computed: float) -> bool:
    """Whether a cached result is another number than its formula comes to now; the noise of floats is none."""
    return not isclose(cached, computed, rel_tol=1e-9, abs_tol=1e-9)


def move_formula(formula: str, rows: int, columns: int) -> str:
    """Give a formula as it reads in a cell so many rows below and columns to the right."""
    return shift_references(formula[:_LONGEST], rows, columns)


def _split(formula: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    position = 0
    text = formula.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found or not found.lastgroup:
            raise _NotSimple
        tokens.append((found.lastgroup, found[found.lastgroup]))
        position = found.end()
    return tokens


def _single(text: str) -> tuple[int, int]:
    row, column, _, _ = read_reference(text)
    if not row:
        raise _NotSimple
    return row, column
