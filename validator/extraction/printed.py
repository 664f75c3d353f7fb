"""The rows that a document prints, as labels and slots, and where on their grid the figures stand.

Rows of a grid are cut here, others in cutting.py. A slot is a place for a figure, blank or not. Nothing is decided
here about which row of the form it is.
"""

from collections.abc import Container, Iterator, Sequence
from enum import Enum

import msgspec
from msgspec.structs import replace

from validator.model.document import Cell, Framing, Table
from validator.model.form import FormColumn
from validator.numerals import looks_like_value
from validator.patterns import Pattern

from .labels import read_label
from .lexicon import Entry, Kind, Lexicon, Role, is_unit

_WORD = Pattern(r"\S+")


class Show(Enum):
    """How much the carrier shows of a row's slots."""

    ALL = "all"
    """Every slot is printed, also a blank one."""
    FIGURES = "figures"
    """Only figures are printed: a blank slot leaves no trace."""


class PrintedRow(msgspec.Struct, frozen=True):
    """A row as printed. `table` and `row_index` give the grid it lies in, None for runs and lines.

    `torn`: the carrier shows that a piece of this row is lost or doubled. `padded`: blank cells at its end may be
    filler. `last`: nothing follows it in the document; `open`: it may even be cut in its last figure.
    `piece` tells which block of the document it comes from, `number` its place among the rows of its table of the form;
    `entries` is what its label is in the form. Each stage of reading makes new rows of those before, and changes none.
    """

    labels: tuple[Cell, ...]
    slots: tuple[Cell, ...]
    show: Show
    piece: int
    table: Table | None = None
    row_index: int = -1
    filler: int = 0
    torn: bool = False
    padded: bool = True
    last: bool = False
    open: bool = False
    entries: tuple[Entry, ...] = ()
    number: int = -1

    @property
    def text(self) -> str:
        """The printed label, its cells joined by blanks, without the unit."""
        return " ".join(cell.text for cell in self.labels if not is_unit(cell.text))

    def row_entry(self, table: str) -> Entry | None:
        """Give the row of this table that the label names by its exact words."""
        return next((e for e in self.entries if e.role is Role.ROW and e.table == table), None)


def read_entries(labels: Sequence[Cell], lexicon: Lexicon) -> tuple[Entry, ...]:
    """Find what the last of these label cells is in the form, alone or joined with those before it."""
    words = [cell.text for cell in labels if not is_unit(cell.text)]
    if words and (found := lexicon.find(words[-1])):
        return found
    for count in range(2, min(4, len(words)) + 1):
        for joint in " ", "":
            if found := lexicon.find(joint.join(words[-count:])):
                return found
    return ()


def print_grid(table: Table, piece: int, lexicon: Lexicon) -> Iterator[PrintedRow]:
    """Cut the rows of a grid, or of a table with one row a line."""
    for index, row in enumerate(table.rows):
        cells = row.cells
        cut = _label_end(cells, lexicon)
        labels = tuple([cell for cell in cells[:cut] if cell.text])
        slots = cells[cut:]
        if _are_words(slots, lexicon):
            labels, slots = (*labels, *slots), ()
        if any(_are_rows(label.text, lexicon) for label in labels):
            continue  # nothing shows whose the figures are
        if labels or len(slots) > 2:
            entries = read_entries(labels, lexicon) if labels else ()
            yield PrintedRow(labels, slots, Show.ALL, piece, table, index, entries=entries)


def _are_rows(text: str, lexicon: Lexicon) -> bool:
    """Whether the lines of a label are the labels of several rows, which the carrier took for one over a page break."""
    lines = text.split("\n") if "\n" in text else ()
    rows = [{(e.table, e.index) for e in lexicon.find(line) if e.role is Role.ROW} for line in lines]
    return len(rows) > 1 and all(rows) and not set.intersection(*rows) and not lexicon.find("".join(lines))


def _are_words(slots: Sequence[Cell], lexicon: Lexicon) -> bool:
    """Whether what follows a label are more labels of the form, as in a menu, and no figures."""
    first = next((slot.text for slot in slots if slot.text), "")
    if first.isascii() or not lexicon.find(first):
        return False
    return not any(slot.text and looks_like_value(slot.text) for slot in slots)


def _label_end(cells: tuple[Cell, ...], lexicon: Lexicon) -> int:
    """Say how many leading cells of a row are labels, units or positions covered from above."""
    end = 0
    begun = False
    for index, cell in enumerate(cells):
        text = cell.text
        if not text:
            continue
        if text.isascii() and looks_like_value(text):
            if begun or not _is_serial(cells, index, lexicon):
                break
            continue
        kind = lexicon.kind(text)
        if kind is Kind.UNKNOWN and ((begun and end < index) or looks_like_value(text) or text.startswith("附")):
            break
        begun = True
        end = index + 1
        if kind is Kind.ROW:
            break
    while end < len(cells) and cells[end].text and is_unit(cells[end].text):
        end += 1
    return end


def _is_serial(cells: tuple[Cell, ...], index: int, lexicon: Lexicon) -> bool:
    """Whether a number before the label of a row is its serial number, or left over there, and no figure."""
    beside = (cell.text for cell in cells[index + 1 : index + 3])
    return any(text and lexicon.kind(text) is Kind.ROW for text in beside)


def cores(columns: Sequence[FormColumn]) -> list[set[str]]:
    """Give the words that each column is known by."""
    return [{read_label(text).core for text in (column.label.zh, *column.aliases)} for column in columns]


def has_straight_columns(row: PrintedRow) -> bool:
    """Whether a cell's column tells what stands above it: in a grid, or where each line has as many cells."""
    if row.table is None or row.table.framing is Framing.GRID:
        return row.table is not None
    width = len(row.table.rows[row.row_index].cells)
    widths = [len(other.cells) for other in row.table.rows]
    return widths.count(width) * 5 >= len(widths) * 4


def header_above(table: Table, row_index: int, column: int, names: Container[str]) -> str:
    """Give the text of the lowest header cell over a column of a table, in the header nearest above its row.

    A header is where some cell bears one of the names; it ends at figures that stand higher, which are others'.
    """
    inside = False
    for row in reversed(table.rows[:row_index]):
        if any(cell.text.isascii() and looks_like_value(cell.text) for cell in row.cells if cell.text):
            if inside:
                break
            continue
        inside = inside or any(_is_name(cell.text, names) for cell in row.cells)
        for cell in row.cells if inside else ():
            if cell.column <= column < cell.column + cell.colspan:
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
    firsts, *_, lasts = cores(columns)
    heads = [cell for row in table.rows[:5] for cell in row.cells if cell.text and not cell.text.isascii()]
    first = next((cell.column for cell in heads if read_label(cell.text).core in firsts), None)
    last = next((cell.column for cell in reversed(heads) if read_label(cell.text).core in lasts), None)
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
        if _is_padded_at_end(row):
            fitting = fitting[
                : fitting[:1] == [0]
            ]  # what a label covers is filler at the end, so no figure is behind it
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
        slots = row.slots[told[0] : told[0] + count] if len(told) == 1 else row.slots
        fitted[index] = replace(row, slots=slots, torn=row.torn or len(told) != 1)
    return fitted


def is_wider(row: PrintedRow) -> bool:
    """Whether a row reaches further right than most rows of its table, and not by filler at its end alone."""
    if row.table is None:
        return False
    ends = [other.cells[-1].column + other.cells[-1].colspan if other.cells else 0 for other in row.table.rows]
    usual = max(set(ends), key=ends.count)
    wider = ends.count(usual) * 5 >= len(ends) * 3 and ends[row.row_index] > usual
    return wider and (row.table.framing is Framing.GRID or (not row.slots[0].text and bool(row.slots[-1].text)))


def _start_by_header(row: PrintedRow, columns: Sequence[FormColumn], fitting: list[int]) -> list[int]:
    """Give where the figures of a row begin if its header stands right above them."""
    if row.table is None or not has_straight_columns(row):
        return []
    wanted = cores(columns)
    known = set[str]().union(*wanted)
    names = [read_label(header_above(row.table, row.row_index, slot.column, known)).core for slot in row.slots]
    return [
        start for start in fitting if all(name in words for name, words in zip(names[start:], wanted, strict=False))
    ]


def _is_padded_at_end(row: PrintedRow) -> bool:
    """Whether the carrier marks filler at the end of other rows of the table."""
    return row.table is not None and any(cells.cells and cells.cells[-1].filler for cells in row.table.rows)
