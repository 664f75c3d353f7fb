"""Which column of a printed table is which column of the form, told by the header or by where figures stand."""

from collections.abc import Container, Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from validator.model.document import Cell, Framing, Table
from validator.model.form import FormColumn
from validator.numerals import looks_like_value

from .headers import Heading, Word, heading_of
from .labels import read_label
from .lexicon import Role
from .printed import PrintedRow


class Order(msgspec.Struct, frozen=True):
    """For each slot of a row the column of the form its header names; `strangers` are headers of no such column.

    No columns at all: the words of the header contradict each other or the figures. `straight`: each header stands
    right above its slot.
    """

    columns: tuple[int | None, ...]
    strangers: tuple[str, ...] = ()
    straight: bool = False


UNSAID = (-1,)
"""For words too few to be a header."""
_Run = list[tuple[Sequence[Cell], object]]


class Headers:
    """The headers of one table of a report, looked at once for all rows of the same shape."""

    def __init__(self, printed: Iterable[PrintedRow]) -> None:
        self._seen: dict[tuple[int, int, int], Order | None] = {}
        self._read: dict[tuple[int, int], tuple[int, ...] | None] = {}
        self._runs: list[_Run] = [[]]
        self._run_of: dict[int, int] = {}
        for row in printed:
            figures = any(slot.text and looks_like_value(slot.text) for slot in row.slots)
            line = None if row.table is None else (id(row.table), row.row_index)
            self._runs[-1].append((row.labels if figures else (*row.labels, *row.slots), line))
            self._run_of[row.number] = len(self._runs) - 1
            if figures or (row.slots and any(entry.role is Role.ROW for entry in row.entries)):
                self._runs.append([])

    def order_of(self, row: PrintedRow, columns: tuple[FormColumn, ...]) -> Order | None:
        """Give the order of a row's slots as its header names it; None if that is the order of the form."""
        if len(columns) < 2:
            return None
        order = None
        if row.table is not None and not row.last:
            key = (id(row.table), id(columns), len(row.slots))
            if key not in self._seen or len(row.slots) != len(columns):
                self._seen[key] = _read_order(row, columns)
            order = self._seen[key]
        if order is None:
            printed = self._read_words(self._run_of.get(row.number, 0), columns)
            order = None if printed is None else Order(printed)
        return None if order is not None and order.columns == tuple(range(len(columns))) else order

    def _read_words(self, run: int, columns: tuple[FormColumn, ...]) -> tuple[int, ...] | None:
        """Read the words right above a row, or where there are none those above the rows before it."""
        heading = heading_of(columns)
        for number in range(run, -1, -1):
            key = (number, id(heading))
            if key not in self._read:
                words = list(self._words(number, heading))
                loose = self._is_loose(number, heading)
                self._read[key] = heading.order(words, loose=loose) if len(words) > 1 else UNSAID
            if self._read[key] != UNSAID:
                return self._read[key]
        return None

    def _is_loose(self, run: int, heading: Heading) -> bool:
        """Whether the words are those of lines of a page, on which a label may stand higher than what it stands beside.

        A group on one line with columns of its own height shows their order; where it has a line of its own it may not.
        """
        lines: dict[object, list[str]] = {}
        for cells, line in self._runs[run]:
            for cell in cells:
                for word in heading.words((cell,), line):
                    lines.setdefault(cell.location, []).append(word.name)
        bare = all(line is None for _, line in self._runs[run])
        return (
            bare and any(len(found) > 1 for found in lines.values()) and not any(map(heading.is_level, lines.values()))
        )

    def _words(self, run: int, heading: Heading) -> Iterator[Word]:
        for cells, line in self._runs[run]:
            yield from heading.words(cells, line)

    def order_of_parts(self, parts: Sequence[PrintedRow], columns: tuple[FormColumn, ...]) -> Order | None:
        """Give the order of the slots of a table printed in parts, a group or a column each; None if as in the form."""
        heading = heading_of(columns)
        words = [[word.name for word in self._words(self._run_of[part.number], heading)] for part in parts]
        found = heading.order_of_parts(words, len(parts[0].slots))
        return None if found == tuple(range(len(columns))) else Order(found)


def _read_order(row: PrintedRow, columns: tuple[FormColumn, ...]) -> Order | None:
    """Read what stands above each slot; None if that says nothing surer than the number of the slots."""
    if row.table is None or not heading_of(columns).distinct or any(slot.colspan > 1 for slot in row.slots):
        return None
    if not _has_straight_columns(row):
        return None
    slots = row.slots
    by_core = {core: index for index, cores in enumerate(_cores(columns)) for core in cores}
    names = [_header_above(row.table, row.row_index, slot, by_core) for slot in slots]
    order = [by_core.get(read_label(name).core) if name else None for name in names]
    found = [index for index in order if index is not None]
    if len(found) != len(set(found)):
        return None
    if len(slots) < len(columns):
        return Order(tuple(order), straight=True) if len(found) == len(slots) and len(found) >= 3 else None
    # A blank without a name is filler, or a piece of a cell that spans its column.
    left = [(name, slot) for name, index, slot in zip(names, order, slots, strict=True) if index is None]
    if len(found) < len(columns) or any(slot.text for name, slot in left if not name):
        return None
    return Order(tuple(order), tuple(name for name, _ in left if name), straight=True)


def _cores(columns: Sequence[FormColumn]) -> list[set[str]]:
    """Give the words that each column is known by."""
    return [{read_label(text).core for text in (column.label.zh, *column.aliases)} for column in columns]


def put_in_order(row: PrintedRow, order: Order, count: int) -> PrintedRow:
    """Give a row with its slots in the order of the form, without those of strangers; torn if they do not fit."""
    if order.straight:
        slots = {index: slot for slot, index in zip(row.slots, order.columns, strict=False) if index is not None}
        return replace(row, slots=tuple([slots[index] for index in sorted(slots)]), torn=False)
    printed = list(row.slots)
    if sum(slot.colspan for slot in printed) == count and not any(s.text for s in printed if s.colspan > 1):
        printed = [slot for slot in printed for _ in range(slot.colspan)]
    while row.padded and len(printed) > count and not printed[-1].text:
        printed.pop()
    if not any(slot.text for slot in printed):
        return row
    if len(printed) != len(order.columns) or row.open:
        return replace(row, torn=True)
    ordered = sorted(zip(order.columns, range(count), printed, strict=True))
    return replace(row, slots=tuple([slot for _, _, slot in ordered]))


def _has_straight_columns(row: PrintedRow) -> bool:
    """Whether a cell's column tells what stands above it: in a grid, or where each line has as many cells."""
    if row.table is None or row.table.framing is Framing.GRID:
        return row.table is not None
    width = len(row.table.rows[row.row_index].cells)
    widths = [len(other.cells) for other in row.table.rows]
    return widths.count(width) * 5 >= len(widths) * 4


def _header_above(table: Table, row_index: int, slot: Cell, names: Container[str]) -> str:
    """Give the text of the lowest header cell over a slot's column, in the header nearest above its row.

    A header is where some cell bears one of the names; it ends at figures that stand higher, which are others'.
    """
    inside = False
    for row in reversed(table.rows[:row_index]):
        if any(cell.text.isascii() and looks_like_value(cell.text) for cell in row.cells if cell.text):
            if inside:
                break
            continue
        inside = inside or any(_is_name(cell.text, names) for cell in row.cells)
        for cell in row.cells:
            if cell.column <= slot.column < cell.column + cell.colspan:
                text = cell.text.strip()
                if text and not text.isascii() and len(text) <= 16:
                    return text
                break
    return ""


def _is_name(text: str, names: Container[str]) -> bool:
    label = read_label(text) if 1 < len(text) <= 16 else None
    return label is not None and label.number is None and label.core in names


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


def fit_rows(rows: Sequence[PrintedRow], columns: Sequence[FormColumn], window: range | None) -> Sequence[PrintedRow]:
    """Cut rows with too many slots to as many as there are columns: to the window, or where all others are blank.

    Blanks at the front stand for columns that a label covers, blanks at the end are filler. A row that is blank at
    both ends goes by its header, or as the others of its table do; if nothing tells it is torn.
    """
    count = len(columns)
    fitted: list[PrintedRow] = []
    undecided: list[tuple[int, list[int]]] = []
    fronts: set[int] = set()
    ends: set[int] = set()
    for row in rows:
        if window is not None:
            inside = tuple([slot for slot in row.slots if slot.column in window])
            if len(inside) == count and not any(s.text for s in row.slots if s.column not in window):
                fitted.append(replace(row, slots=inside))
                continue
        surplus = len(row.slots) - count
        texts = [bool(slot.text) for slot in row.slots]
        fitting = [start for start in range(surplus + 1) if not any(texts[:start]) and not any(texts[start + count :])]
        if len(fitting) == 1:
            fronts.add(fitting[0])
            ends.add(surplus - fitting[0])
        elif fitting and any(texts):
            undecided.append((len(fitted), fitting))
        fitted.append(replace(row, slots=row.slots[fitting[0] : fitting[0] + count]) if fitting else row)
    for index, fitting in undecided:
        row = rows[index]
        surplus = len(row.slots) - count
        shared = [surplus - end for end in ends] if len(ends) == 1 else list(fronts) if len(fronts) == 1 else []
        told = _start_by_header(row, columns, fitting) or [start for start in shared if start in fitting]
        if len(told) != 1 and _is_padded_at_end(row):
            told = [0]
        slots = row.slots[told[0] : told[0] + count] if len(told) == 1 else row.slots
        fitted[index] = replace(row, slots=slots, torn=row.torn or len(told) != 1)
    return fitted


def _start_by_header(row: PrintedRow, columns: Sequence[FormColumn], fitting: list[int]) -> list[int]:
    """Give where the figures of a row begin if its header stands right above them."""
    if row.table is None or not _has_straight_columns(row):
        return []
    wanted = _cores(columns)
    known = set[str]().union(*wanted)
    names = [read_label(_header_above(row.table, row.row_index, slot, known)).core for slot in row.slots]
    return [
        start for start in fitting if all(name in cores for name, cores in zip(names[start:], wanted, strict=False))
    ]


def _is_padded_at_end(row: PrintedRow) -> bool:
    """Whether the carrier marks filler at the end of other rows of the table."""
    return row.table is not None and any(cells.cells and cells.cells[-1].filler for cells in row.table.rows)


__all__ = ["Headers", "Order", "find_window", "fit_rows", "put_in_order"]
