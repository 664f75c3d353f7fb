"""The rows that a document prints, as labels and slots. Those of a grid are cut here, others in cutting.py.

A slot is a place for a figure, blank or not. Nothing is decided here about which row of the form it is.
"""

from collections.abc import Iterator, Sequence
from enum import Enum

import msgspec

from validator.model.document import Cell, Table
from validator.numerals import looks_like_value
from validator.patterns import Pattern

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
        if labels or len(slots) > 2:
            entries = read_entries(labels, lexicon) if labels else ()
            yield PrintedRow(labels, slots, Show.ALL, piece, table, index, entries=entries)


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
