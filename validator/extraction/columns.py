"""Which column of a printed table is which column of the form, told by the header or by where figures stand."""

from collections.abc import Sequence

import msgspec

from validator.model.document import Cell, Framing, Table
from validator.model.form import FormColumn

from .labels import read_label
from .printed import PrintedRow


class Order(msgspec.Struct, frozen=True):
    """For each slot of a row the column of the form its header names; `strangers` are headers of no such column."""

    columns: tuple[int | None, ...]
    strangers: tuple[str, ...] = ()


class Headers(msgspec.Struct):
    """The headers of the tables of one report, looked at once for all rows of the same shape."""

    seen: dict[tuple[int, int, int], Order | None] = msgspec.field(default_factory=dict)

    def order_of(self, row: PrintedRow, columns: tuple[FormColumn, ...]) -> Order | None:
        """Give the order of a row's slots as its header names it; None if that is the order of the form."""
        if row.table is None or len(columns) < 3 or row.last:
            return None
        key = (id(row.table), id(columns), len(row.slots))
        if key not in self.seen or len(row.slots) != len(columns):
            self.seen[key] = _read_order(row, columns)
        return self.seen[key]


def _read_order(row: PrintedRow, columns: Sequence[FormColumn]) -> Order | None:
    """Read the header; None if it says nothing surer than the number of the slots: unreadable, or as in the form."""
    if row.table is None or not _has_straight_columns(row) or any(slot.colspan > 1 for slot in row.slots):
        return None
    slots = list(row.slots)
    while len(slots) > len(columns) and not slots[-1].text and not _header_above(row.table, row.row_index, slots[-1]):
        slots.pop()
    names = [_header_above(row.table, row.row_index, slot) for slot in slots]
    by_core = {
        read_label(text).core: index
        for index, column in enumerate(columns)
        for text in (column.label.zh, *column.aliases)
    }
    order = [by_core.get(read_label(name).core) if name else None for name in names]
    found = [index for index in order if index is not None]
    if len(found) != len(set(found)):
        return None
    strangers = tuple(name for name, index in zip(names, order, strict=True) if index is None)
    if len(slots) == len(columns):
        whole = len(found) == len(columns) and found != sorted(found)
        return Order(tuple(order)) if whole else None
    if len(slots) > len(columns):
        return Order(tuple(order), strangers) if len(found) == len(columns) and all(strangers) else None
    return Order(tuple(order)) if len(found) == len(slots) and len(found) >= 3 else None


def _has_straight_columns(row: PrintedRow) -> bool:
    """Whether a cell's column tells what stands above it: in a grid, or where each line has as many cells."""
    if row.table is None or row.table.framing is Framing.GRID:
        return row.table is not None
    width = len(row.table.rows[row.row_index].cells)
    widths = [len(other.cells) for other in row.table.rows]
    return widths.count(width) * 5 >= len(widths) * 4


def _header_above(table: Table, row_index: int, slot: Cell) -> str:
    """Give the text of the lowest header cell over a slot's column, among the rows before the first figures."""
    for row in reversed(table.rows[:row_index]):
        for cell in row.cells:
            if cell.column <= slot.column < cell.column + cell.colspan:
                text = cell.text.strip()
                if text and not text.isascii() and len(text) <= 16:
                    return text
                break
    return ""


def find_window(table: Table, columns: Sequence[FormColumn], rows: Sequence[PrintedRow]) -> range | None:
    """Give the columns of the table's grid that hold the figures, for rows with more cells than the form has columns.

    Such rows print a cell also for columns that a label covers. None if nothing shows where the figures begin.
    """
    widths = [sum(cell.colspan for cell in row.cells) for row in table.rows]
    width = max(set(widths), key=widths.count)
    if width <= len(columns) or widths.count(width) * 5 < len(widths) * 3:
        return None
    cores = {read_label(text).core for text in (columns[0].label.zh, *columns[0].aliases)}
    ends = {read_label(text).core for text in (columns[-1].label.zh, *columns[-1].aliases)}
    heads = [cell for row in table.rows[:5] for cell in row.cells if cell.text and not cell.text.isascii()]
    first = next((cell.column for cell in heads if read_label(cell.text).core in cores), None)
    last = next((cell.column for cell in reversed(heads) if read_label(cell.text).core in ends), None)
    if first is not None and last is not None and last - first + 1 == len(columns):
        return range(first, last + 1)
    filled = {slot.column for row in rows if row.table is table for slot in row.slots if slot.text}
    if filled and max(filled) - min(filled) + 1 == len(columns):
        return range(min(filled), max(filled) + 1)
    return None


def fit_rows(rows: Sequence[PrintedRow], columns: Sequence[FormColumn], window: range | None) -> None:
    """Cut rows with too many slots to as many as there are columns: to the window, or where all others are blank.

    Blanks at the front stand for columns that a label covers, blanks at the end are filler. A row that is blank at
    both ends goes by its header, or as the others of its table do; if nothing tells it is torn.
    """
    count = len(columns)
    undecided: list[tuple[PrintedRow, list[int]]] = []
    fronts: set[int] = set()
    ends: set[int] = set()
    for row in rows:
        if window is not None:
            inside = [slot for slot in row.slots if slot.column in window]
            if len(inside) == count and not any(s.text for s in row.slots if s.column not in window):
                row.slots = inside
                continue
        surplus = len(row.slots) - count
        texts = [bool(slot.text) for slot in row.slots]
        fitting = [start for start in range(surplus + 1) if not any(texts[:start]) and not any(texts[start + count :])]
        if len(fitting) == 1:
            fronts.add(fitting[0])
            ends.add(surplus - fitting[0])
            row.slots = row.slots[fitting[0] : fitting[0] + count]
        elif fitting and any(texts):
            undecided.append((row, fitting))
        elif fitting:
            row.slots = row.slots[:count]
    for row, fitting in undecided:
        surplus = len(row.slots) - count
        shared = [surplus - end for end in ends] if len(ends) == 1 else list(fronts) if len(fronts) == 1 else []
        told = _start_by_header(row, columns, fitting) or [start for start in shared if start in fitting]
        if len(told) != 1 and _is_padded_at_end(row):
            told = [0]
        if len(told) == 1:
            row.slots = row.slots[told[0] : told[0] + count]
        else:
            row.torn = True


def _start_by_header(row: PrintedRow, columns: Sequence[FormColumn], fitting: list[int]) -> list[int]:
    """Give where the figures of a row begin if its header stands right above them."""
    if row.table is None or not _has_straight_columns(row):
        return []
    names = [read_label(_header_above(row.table, row.row_index, slot)).core for slot in row.slots]
    wanted = [{read_label(text).core for text in (column.label.zh, *column.aliases)} for column in columns]
    return [
        start for start in fitting if all(name in cores for name, cores in zip(names[start:], wanted, strict=False))
    ]


def _is_padded_at_end(row: PrintedRow) -> bool:
    """Whether the carrier marks filler at the end of other rows of the table."""
    return row.table is not None and any(cells.cells and cells.cells[-1].filler for cells in row.table.rows)


__all__ = ["Headers", "Order", "find_window", "fit_rows"]
