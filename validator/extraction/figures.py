"""From the slots of a printed row to the cells of the form, and no further than the carrier shows.

Where the slots of a row cannot be matched with its columns, its cells are unreadable. The row's own identity may
choose between readings that the text allows, and what was chosen so is noted; numbers are never moved to fit.

Reports of one form repeat its labels, and those of one site its markup. What a table's labels, blanks and spans are
decides where its figures belong; which figures they are does not, as long as each is a plain number. Only tables that
were read without a remark are remembered, so that what is recalled is what reading would give.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from operator import attrgetter, itemgetter
from typing import NamedTuple

import msgspec

from validator.model.document import Cell, Framing, Table
from validator.model.form import Form, FormColumn
from validator.model.location import Location
from validator.model.report import CellState, Number, ReportCell
from validator.numerals import parse_numeral

from .lexicon import Lexicon
from .printed import PrintedRow, Show

_STATES = {state.value: state for state in CellState}
_NUMBER, _BLANK = CellState.NUMBER, CellState.BLANK
_FEW_DIGITS = 10
NOTE = attrgetter("note")
_TEXT, _SHAPE = attrgetter("text"), itemgetter(slice(2, None))


class Placed(NamedTuple):
    """The cells of one row and their addresses; `chosen` tells that an identity picked the reading."""

    cells: tuple[ReportCell, ...]
    chosen: bool = False
    addresses: tuple[str, ...] = ()

    @property
    def remarkable(self) -> bool:
        """Whether any cell is more, or less, than a printed number or a blank."""
        return self.chosen or any(map(NOTE, self.cells))


def place_figures(row: PrintedRow, columns: Sequence[FormColumn], *, deduplicated: bool) -> Placed:
    """Read the slots of a printed row as the cells of a row of the form."""
    count = len(columns)
    if len(row.slots) == count and not row.torn and not row.open:
        return Placed(tuple([read_cell(slot, column) for slot, column in zip(row.slots, columns, strict=True)]))
    slots = list(row.slots)
    while row.padded and len(slots) > count and not slots[-1].text:
        slots.pop()
    if row.torn or (deduplicated and len(slots) != count):
        return _unreadable(row, count)
    if row.last and row.show is Show.ALL and 0 < len(slots) < count:
        return _cut(row, slots, columns)
    if len(slots) == count:
        if row.open and len(row.slots) == count:
            return _cut(row, slots, columns) if row.show is Show.ALL else _unreadable(row, count)
        return Placed(tuple([read_cell(slot, column) for slot, column in zip(slots, columns, strict=True)]))
    if row.table is not None and (spread := _spread(row, columns)):
        return spread
    if not any(slot.text for slot in slots) and _leaves_no_trace(row, count):
        return _blank(row, count)
    if row.show is Show.FIGURES and columns[-1].total and not row.last and not any(c.total for c in columns[:-1]):
        return _choose(row, slots, columns) or _unreadable(row, count)
    if count == 1 and slots and not any(_is_figure(slot) for slot in slots[1:]):
        return Placed((read_cell(slots[0], columns[0]),))
    return _unreadable(row, count)


def read_cell(slot: Cell, column: FormColumn) -> ReportCell:
    """Read one slot as a cell of this column."""
    text = slot.text
    if len(text) < _FEW_DIGITS and (count := _read_count(text)) is not None:
        # As ReportCell(...), which takes three times as long; a page has two hundred of them.
        return tuple.__new__(ReportCell, (count, text, _NUMBER, slot.location, ""))
    if not text:
        return tuple.__new__(ReportCell, (None, text, _BLANK, slot.location, ""))
    numeral = parse_numeral(text, signed=column.signed)
    state = _STATES[numeral.kind]
    note = numeral.note or ("not-a-number" if state is CellState.UNREADABLE else "")
    return ReportCell(numeral.value, text, state, slot.location, note)


@lru_cache(maxsize=4096)
def _read_count(text: str) -> int | None:
    """Give what plain digits say; None for anything else."""
    return int(text) if text.isdigit() and text.isascii() else None


def _is_figure(slot: Cell) -> bool:
    return parse_numeral(slot.text).kind == "number"


def _place_of(row: PrintedRow) -> Location:
    return (row.slots or row.labels)[0].location


def _blank(row: PrintedRow, count: int) -> Placed:
    return Placed((ReportCell(None, "", CellState.BLANK, _place_of(row)),) * count)


def _leaves_no_trace(row: PrintedRow, count: int) -> bool:
    """Whether a row without any figure is a row of blanks, not one whose figures were lost."""
    if row.open or row.show is Show.FIGURES:
        return not row.last
    if row.table is None or not row.padded:
        return len(row.slots) >= count
    return bool(row.slots) or row.table.framing is Framing.GRID


def _unreadable(row: PrintedRow, count: int) -> Placed:
    raw = " ".join(slot.text for slot in row.slots if slot.text)
    return Placed((ReportCell(None, raw, CellState.UNREADABLE, _place_of(row), "ambiguous"),) * count)


def _cut(row: PrintedRow, slots: list[Cell], columns: Sequence[FormColumn]) -> Placed:
    """Read the row in which the document ends: what is not printed is unreadable, as is a figure that may go on."""
    rest = _unreadable(row, len(columns)).cells
    whole = slots[:-1] if row.open else slots
    read = [read_cell(slot, column) for slot, column in zip(whole, columns, strict=False)]
    return Placed((*read, *rest[len(read) :]))


def _spread(row: PrintedRow, columns: Sequence[FormColumn]) -> Placed | None:
    """Read a row of a grid whose cells are merged: a blank over several columns is blank in each of them."""
    widths = [slot.colspan for slot in row.slots]
    if row.table is None or sum(widths) != len(columns):
        return None
    cells: list[ReportCell] = []
    for slot, width in zip(row.slots, widths, strict=True):
        column = columns[len(cells)]
        cell = read_cell(slot, column)
        if width > 1 and cell.state is CellState.NUMBER:
            cell = ReportCell(None, slot.text, CellState.UNREADABLE, slot.location, "ambiguous")
        cells.extend([cell] * width)
    return Placed(tuple(cells))


def _choose(row: PrintedRow, slots: list[Cell], columns: Sequence[FormColumn]) -> Placed | None:
    """Let the row's own sum choose where blanks or split digits leave several readings."""
    count = len(columns)
    figures = [read_cell(slot, columns[-1]) for slot in slots if slot.text]
    values = [cell.value for cell in figures]
    numbers: list[Number] = [value for value in values if value is not None]
    if len(numbers) != len(values):
        return None
    if 2 <= len(numbers) < count and 0 < numbers[-1] == sum(numbers[:-1]):
        # However the blanks lie, the last figure is the total: only so does the row add up.
        unread = _unreadable(row, count - 1).cells
        return Placed((*unread, figures[-1]._replace(note="chosen")), chosen=True)
    if count < len(numbers) <= count + 2:
        return _join_digits([slot for slot in slots if slot.text], columns)
    return None


def _join_digits(slots: list[Cell], columns: Sequence[FormColumn]) -> Placed | None:
    """Join neighbouring figures that one number was split into, if exactly one way of joining adds up."""
    surplus = len(slots) - len(columns)
    readings = []
    for joints in combinations(range(len(slots) - 1), surplus):
        pieces: list[list[Cell]] = []
        for index, slot in enumerate(slots):
            if index - 1 in joints:
                pieces[-1].append(slot)
            else:
                pieces.append([slot])
        if any(len(piece) > 1 and piece[0].text == "0" for piece in pieces):
            continue
        merged = [piece[0]._replace(text="".join(slot.text for slot in piece)) for piece in pieces]
        cells = [read_cell(slot, column) for slot, column in zip(merged, columns, strict=True)]
        values = [cell.value for cell in cells]
        if all(value is not None for value in values) and sum(values[:-1]) == values[-1]:  # type: ignore[arg-type]
            readings.append(
                [
                    cell._replace(note="chosen") if len(piece) > 1 else cell
                    for cell, piece in zip(cells, pieces, strict=True)
                ]
            )
    return Placed(tuple(readings[0]), chosen=True) if len(readings) == 1 else None


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
    count = 0
    for row in table.rows:
        cells = row.cells
        count += len(cells)
        if count > _LARGEST:
            return None
        marks.append(tuple(map(_mark_of, map(_TEXT, cells))))
        marks.append(tuple(map(_SHAPE, cells)))
    return tuple(marks)


# A report repeats a few dozen texts some 250 times over.
@lru_cache(maxsize=4096)
def _mark_of(text: str) -> object:
    return _FIGURE if _is_plain(text) else text


def _is_plain(text: str) -> bool:
    return text.isascii() and text != "" and _PLAIN.fullmatch(text) is not None


def recall_cells(pattern: Pattern, table: Table) -> dict[str, ReportCell]:
    """Give the cells of a table by their addresses."""
    rows = [row.cells for row in table.rows]
    return {address: read_cell(rows[r][c], column) for address, r, c, column in pattern.cells}


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
