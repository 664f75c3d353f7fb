"""References to cells: "C7" and "$B$2:D9" to numbers and back. Rows and columns count from 1."""

import re
from functools import lru_cache

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
