"""From the slots of a printed row to the cells of the form, and no further than the carrier shows.

Where the slots of a row cannot be matched with its columns, its cells are unreadable. The row's own identity may
choose between readings that the text allows, and what was chosen so is noted; numbers are never moved to fit.
"""

from collections.abc import Sequence
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from validator.model.document import Cell, Framing
from validator.model.form import FormColumn
from validator.model.location import Location
from validator.model.report import CellState, Number, ReportCell
from validator.numerals import parse_numeral

from .printed import PrintedRow, Show

_STATES = {state.value: state for state in CellState}
_NOTE = attrgetter("note")


class Placed(NamedTuple):
    """The cells of one row and their addresses; `chosen` tells that an identity picked the reading."""

    cells: tuple[ReportCell, ...]
    chosen: bool = False
    addresses: tuple[str, ...] = ()

    @property
    def remarkable(self) -> bool:
        """Whether any cell is more, or less, than a printed number or a blank."""
        return self.chosen or any(map(_NOTE, self.cells))


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
    if text.isdigit() and text.isascii() and len(text) < 10:
        return ReportCell(int(text), text, CellState.NUMBER, slot.location)
    if not text:
        return ReportCell(None, text, CellState.BLANK, slot.location)
    numeral = parse_numeral(text, signed=column.signed)
    state = _STATES[numeral.kind]
    note = numeral.note or ("not-a-number" if state is CellState.UNREADABLE else "")
    return ReportCell(numeral.value, text, state, slot.location, note)


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
