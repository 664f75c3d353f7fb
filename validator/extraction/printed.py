"""The rows that a document prints: labels and slots, cut from grids, from runs of cells and from bare lines.

A slot is a place for a figure, blank or not. Nothing is decided here about which row of the form it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from validator.model.document import Cell, Framing, Paragraph, Row, Table
from validator.model.location import Location, TextPlace
from validator.numerals import looks_like_value

from .lexicon import Entry, Kind, Lexicon, Role, is_unit

_WORD = re.compile(r"\S+")


class Show(Enum):
    """How much the carrier shows of a row's slots."""

    ALL = "all"
    """Every slot is printed, also a blank one."""
    FIGURES = "figures"
    """Only figures are printed: a blank slot leaves no trace."""


@dataclass(slots=True)
class PrintedRow:
    """A row as printed. `table` and `row_index` give the grid it lies in, None for runs and lines.

    `torn`: the carrier shows that a piece of this row is lost or doubled. `padded`: blank cells at its end may be
    filler. `last`: nothing follows it in the document; `open`: it may even be cut in its last figure.
    `piece` tells which block of the document it comes from; `entries` is what its label is in the form.
    """

    labels: list[Cell]
    slots: list[Cell]
    show: Show
    piece: int
    table: Table | None = None
    row_index: int = -1
    filler: int = 0
    torn: bool = False
    padded: bool = True
    last: bool = False
    open: bool = False
    entries: tuple[Entry, ...] = field(default_factory=tuple)

    @property
    def text(self) -> str:
        """The printed label, its cells joined by blanks, without the unit."""
        return " ".join(cell.text for cell in self.labels if not is_unit(cell.text))

    def row_entry(self, table: str) -> Entry | None:
        """Give the row of this table that the label names by its exact words."""
        return next((e for e in self.entries if e.role is Role.ROW and e.table == table), None)


def read_entries(labels: list[Cell], lexicon: Lexicon) -> tuple[Entry, ...]:
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
        labels = [cell for cell in cells[:cut] if cell.text]
        slots = list(cells[cut:])
        if _are_words(slots, lexicon):
            labels, slots = [*labels, *slots], []
        if labels or len(slots) > 2:
            entries = read_entries(labels, lexicon) if labels else ()
            yield PrintedRow(labels, slots, Show.ALL, piece, table, index, entries=entries)


def _are_words(slots: list[Cell], lexicon: Lexicon) -> bool:
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


@dataclass(slots=True)
class _Cutter:
    """Cuts a run of cells into rows: labels first, then slots, until the next label."""

    lexicon: Lexicon
    show: Show
    piece: int
    rows: list[PrintedRow] = field(default_factory=list)
    labels: list[Cell] = field(default_factory=list)
    slots: list[Cell] = field(default_factory=list)
    filler: int = 0

    def close(self) -> None:
        """End the row that is being read."""
        if self.labels or self.slots:
            entries = read_entries(self.labels, self.lexicon) if self.labels else ()
            self.rows.append(
                PrintedRow(self.labels, self.slots, self.show, self.piece, filler=self.filler, entries=entries)
            )
        self.labels, self.slots, self.filler = [], [], 0

    def part(self, text: str) -> None:
        """End the row before a label that begins another: one row label after another means no slots."""
        if self.slots or self.filler:
            self.close()
        elif self.labels:
            before = read_entries(self.labels, self.lexicon)
            if found := self.lexicon.find(text):
                ended = _is_plain_row(before) or (_names_row(before) and not self.lexicon.is_inside(found, before))
            else:
                shown = self.show is Show.FIGURES and _is_plain_row(before)
                ended = shown and self.lexicon.begins_other_row(text, before)
            if ended:
                self.close()

    def label(self, cell: Cell) -> None:
        """Take a label."""
        self.part(cell.text)
        text = cell.text.strip()
        if text.startswith(("(", "（")) and text.endswith((")", "）")) and not self.lexicon.find(text):
            return
        self.labels.append(cell)

    def add(self, cell: Cell) -> None:
        """Take a cell of a run: a label or a slot, with the filler the carrier marked after it."""
        if cell.column == -1:
            self.filler += cell.filler
        elif cell.text and (is_unit(cell.text) or not looks_like_value(cell.text)):
            self.label(cell)
            self.filler = cell.filler
        else:
            if self.filler:
                self.close()
            self.slots.append(cell)
            self.filler += cell.filler


def _names_row(entries: tuple[Entry, ...]) -> bool:
    return any(e.role is Role.ROW for e in entries)


def _is_plain_row(entries: tuple[Entry, ...]) -> bool:
    rows = [e for e in entries if e.role is Role.ROW]
    return bool(rows) and len(rows) == len(entries)


def print_run(table: Table, piece: int, lexicon: Lexicon) -> list[PrintedRow]:
    """Cut a run of cells whose rows are not shown; tell by the width of the table where a line was lost."""
    cells = [cell for row in table.rows for cell in row.cells]
    if rows := _rows_by_openers(cells, lexicon):
        numbered = (Row(tuple(c._replace(column=n) for n, c in enumerate(row.cells))) for row in rows)
        opened = list(print_grid(Table(tuple(numbered), Framing.ROWS), piece, lexicon))
        for row in opened:
            row.padded = False
        return opened
    cutter = _Cutter(lexicon, Show.ALL, piece)
    for cell in cells:
        cutter.add(cell)
    cutter.close()
    printed = cutter.rows
    if any(row.filler for row in printed):
        widths = Counter(len(r.labels) + len(r.slots) + r.filler for r in printed if r.slots)
        if widths:
            width, count = widths.most_common(1)[0]
            same = count * 5 >= sum(widths.values()) * 3
            for row in printed:
                # Labels of a header without filler may stand before the row's own: one label is sure.
                figures = len(row.slots) + row.filler
                long = figures + 1 > width
                short = figures + len(row.labels) < width
                if row is printed[-1]:
                    # The filler of the last row may be cut off with the end of the text, but then it ends in a figure.
                    short = short and bool(row.slots) and not row.slots[-1].text
                row.torn = bool(row.slots) and count >= 3 and (short or (same and long))
    else:
        for row in printed:
            row.padded = False
    return printed


def _rows_by_openers(cells: list[Cell], lexicon: Lexicon) -> tuple[Row, ...] | None:
    """Give the rows of a run in which each row opens with a lone bar; None for other runs."""

    def is_blank(cell: Cell) -> bool:
        return not cell.text and cell.column != -1 and not cell.filler

    if not cells or not is_blank(cells[0]):
        return None
    words = [bool(cell.text) and not looks_like_value(cell.text) for cell in cells]
    firsts = [i for i in range(1, len(cells)) if words[i] and not words[i - 1]]
    openers = [0, *(i - 1 for i in firsts if i > 1 and is_blank(cells[i - 1]))]
    if len(openers) * 10 < len(firsts) * 9:
        return None
    for i in range(1, len(cells) - 1):
        # A row of figures alone opens right after the header above it.
        if words[i] and is_blank(cells[i + 1]) and i + 1 not in openers:
            found = lexicon.find(cells[i].text)
            if any(e.role is Role.COLUMN for e in found) and not any(e.role is Role.ROW for e in found):
                openers.append(i + 1)
    openers.sort()
    return tuple(Row(tuple(cells[a + 1 : b])) for a, b in zip(openers, [*openers[1:], len(cells)], strict=True))


def print_lines(lines: Iterable[Paragraph], piece: int, lexicon: Lexicon) -> list[PrintedRow]:
    """Cut bare lines: a line with figures after a label, or with several figures, is a row of its own.

    All other lines are taken in order, a label or a slot each.
    """
    cutter = _Cutter(lexicon, Show.FIGURES, piece)
    for line in lines:
        label, figures = split_line(line)
        if label is None and len(figures) == 1:
            cutter.slots.extend(figures)
        elif not figures:
            if label is not None and not _continues(cutter, label):
                cutter.label(label)
        else:
            if label is not None:
                cutter.part(label.text)
                cutter.labels.append(label)
            elif cutter.slots:
                cutter.close()
            cutter.slots.extend(figures)
            cutter.close()
    cutter.close()
    return cutter.rows


def _continues(cutter: _Cutter, label: Cell) -> bool:
    """Whether a label line only goes on with the label before it (a wrapped label)."""
    if not cutter.labels or cutter.slots or cutter.lexicon.find(label.text):
        return False
    joined = cutter.labels[-1].text + label.text
    if any(e.role is Role.ROW for e in cutter.lexicon.find(joined)):
        last = cutter.labels[-1]
        cutter.labels[-1] = Cell(joined, last.location, last.column)
        return True
    return False


def split_line(line: Paragraph) -> tuple[Cell | None, list[Cell]]:
    """Part a bare line into its label and the figures it ends with."""
    words = [(found.group(), found.start()) for found in _WORD.finditer(line.text)]
    first = len(words)
    while first and looks_like_value(words[first - 1][0]):
        first -= 1
    if first and first <= len(words) and is_unit(words[first - 1][0]) and first > 1:
        words = [*words[: first - 1], *words[first:]]
        first -= 1
    figures = [Cell(word, _shift(line.location, start), column) for column, (word, start) in enumerate(words[first:])]
    text = " ".join(word for word, _ in words[:first])
    return (Cell(text, line.location, 0) if text else None), figures


def _shift(location: Location, offset: int) -> Location:
    """Move a place in a line to the right, where the carrier knows lines."""
    if isinstance(location, TextPlace):
        return TextPlace(location.line, location.column + offset)
    return location
