"""Tables whose labels were read before, in another report: where each figure belongs, without reading the labels again.

Reports of one form repeat its labels, and those of one site its markup. What a table's labels, blanks and spans are
decides where its figures belong; which figures they are does not, as long as each is a plain number. Only tables that
were read without a remark are remembered, so that what is recalled is what reading would give.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from validator.model.document import Cell, Table
from validator.model.form import Form, FormColumn
from validator.model.report import ReportCell

from .figures import read_cell
from .lexicon import Lexicon

_PLAIN = re.compile(r"(?:0|[1-9]\d{0,8})(?:\.\d{1,4})?", re.ASCII)
_FIGURE = 1
"""Stands in a skeleton for any plain number."""

_LARGEST = 600
_MOST = 256
"""So many tables of so many cells are remembered at most: some 3 MB."""


class Pattern(msgspec.Struct, frozen=True):
    """Where the figures of one table of the form lie in a table of a document with a certain skeleton.

    `cells` gives for each address the row and the cell there; `filled` are the rows of the form that have figures,
    `sentences` the rows of the document that are text, `rows` the number of its printed rows. `before` is the table of
    the form that was open above.
    """

    table: str
    before: str | None
    cells: tuple[tuple[str, int, int, FormColumn], ...]
    filled: frozenset[tuple[str, int]]
    sentences: tuple[tuple[int, int], ...]
    rows: int


@lru_cache(maxsize=16)
def patterns_of(form: Form) -> dict[tuple[object, ...], Pattern]:  # noqa: ARG001 - one for each form
    """Give what is remembered of the tables of a form, by skeleton; it grows while reports are read."""
    return {}


def recall(form: Form, table: Table) -> Pattern | None:
    """Give the pattern of a table with the same skeleton as one that was read before, None if there was none."""
    patterns = patterns_of(form)
    skeleton = _skeleton_of(table) if patterns else None
    return patterns.get(skeleton) if skeleton is not None else None


def _skeleton_of(table: Table) -> tuple[object, ...] | None:
    """Give all of a table but its plain numbers, None if it is too large to be remembered."""
    marks: list[object] = [table.framing]
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            marks.append(_FIGURE if _is_plain(cell.text) else cell.text)
            if cell[2:] != (place, 1, 1, 0):
                marks.append(cell[2:])
        marks.append(None)
        if len(marks) > _LARGEST * 2:
            return None
    return tuple(marks)


def _is_plain(text: str) -> bool:
    return text.isascii() and text != "" and _PLAIN.fullmatch(text) is not None


def recall_cells(pattern: Pattern, table: Table) -> dict[str, ReportCell]:
    """Give the cells of a table by their addresses."""
    rows = table.rows
    return {address: read_cell(rows[r].cells[c], column) for address, r, c, column in pattern.cells}


class Whole(msgspec.Struct, frozen=True):
    """A table of the form that one table of a document holds, and nothing else: what a pattern says of it."""

    block: Table
    before: str | None
    filled: frozenset[tuple[str, int]]
    sentences: Sequence[Cell]
    rows: int


def remember(lexicon: Lexicon, table: str, whole: Whole, cells: Mapping[str, ReportCell]) -> None:
    """Remember where the cells of a table that was read without a remark lie, if each has a place of its own."""
    patterns, block = patterns_of(lexicon.form), whole.block
    skeleton = _skeleton_of(block) if len(patterns) < _MOST else None
    if skeleton is None:
        return
    places = {cell.location: (r, c, cell) for r, c, cell in _cells_of(block)}
    columns = {a: column for row in lexicon.rows[table] for a, column in zip(row.addresses, row.columns, strict=True)}
    found = []
    for address, cell in cells.items():
        place = places.get(cell.location)
        if place is None or place[2].text != cell.raw or cell.note:
            return
        found.append((address, place[0], place[1], columns[address]))
    figures = sum(_is_plain(cell.text) for _, _, cell in _cells_of(block))
    used = {(r, c) for _, r, c, _ in found}
    apart = len(places) == sum(len(row.cells) for row in block.rows) and len(used) == len(found)
    if apart and sum(_is_plain(block.rows[r].cells[c].text) for r, c in used) == figures:
        said = tuple(places[cell.location][:2] for cell in whole.sentences)
        patterns[skeleton] = Pattern(table, whole.before, tuple(found), whole.filled, said, whole.rows)


def _cells_of(table: Table) -> Iterator[tuple[int, int, Cell]]:
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            yield r, c, cell
