"""Runs of cells and bare lines, in which no carrier shows where a row ends -> printed rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from validator.model.document import Cell, Framing, Paragraph, Row, Table
from validator.model.location import Location, TextPlace
from validator.numerals import looks_like_value
from validator.patterns import Pattern

from .labels import read_label
from .lexicon import Entry, Lexicon, Role, is_unit
from .printed import PrintedRow, Show, print_grid, read_entries

_ALONE = 8
"""So many figures on lines of their own show that each cell has a line."""

_WORD = Pattern(r"\S+")


class _Cutter(msgspec.Struct):
    """Cuts a run of cells into rows: labels first, then slots, until the next label."""

    lexicon: Lexicon
    show: Show
    piece: int
    rows: list[PrintedRow] = msgspec.field(default_factory=list)
    labels: list[Cell] = msgspec.field(default_factory=list)
    slots: list[Cell] = msgspec.field(default_factory=list)
    filler: int = 0

    def close(self) -> None:
        """End the row that is being read."""
        if self.labels or self.slots:
            entries = read_entries(self.labels, self.lexicon) if self.labels else ()
            self.rows.append(
                PrintedRow(
                    tuple(self.labels), tuple(self.slots), self.show, self.piece, filler=self.filler, entries=entries
                )
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
        opened = print_grid(Table(tuple(numbered), Framing.ROWS), piece, lexicon)
        return [replace(row, padded=False) for row in opened]
    cutter = _Cutter(lexicon, Show.ALL, piece)
    for cell in cells:
        cutter.add(cell)
    cutter.close()
    if not any(row.filler for row in cutter.rows):
        return [replace(row, padded=False) for row in cutter.rows]
    return _mark_torn(cutter.rows)


def _mark_torn(rows: list[PrintedRow]) -> list[PrintedRow]:
    """Mark the rows that are longer or shorter than the table, where the carrier marks what fills each up to it."""
    widths = Counter(len(row.labels) + len(row.slots) + row.filler for row in rows if row.slots)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    same = count * 5 >= sum(widths.values()) * 3
    marked = []
    for row in rows:
        # Labels of a header without filler may stand before the row's own: one label is sure.
        figures = len(row.slots) + row.filler
        long = figures + 1 > width
        short = figures + len(row.labels) < width
        if row is rows[-1]:
            # The filler of the last row may be cut off with the end of the text, but then it ends in a figure.
            short = short and bool(row.slots) and not row.slots[-1].text
        torn = bool(row.slots) and count >= 3 and (short or (same and long))
        marked.append(replace(row, torn=True) if torn else row)
    return marked


def _rows_by_openers(cells: list[Cell], lexicon: Lexicon) -> tuple[Row, ...] | None:
    """Give the rows of a run in which each row opens with a lone bar; None for other runs."""

    def is_blank(cell: Cell) -> bool:
        return not cell.text and cell.column != -1 and not cell.filler

    if len(cells) < 2 or not is_blank(cells[0]):
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
    longest = max(_sizes_in_common(openers), default=len(cells))
    if is_blank(cells[-1]) and (cells[-2].filler or len(cells) - openers[-1] == longest + 1):
        openers.append(len(cells) - 1)  # the row that it opens is cut off
    ends = [*openers[1:], len(cells)]
    return tuple(Row(tuple(cells[a + 1 : b])) for a, b in zip(openers, ends, strict=True) if b > a + 1)


def _sizes_in_common(openers: list[int]) -> list[int]:
    """Give the numbers of cells, the opening one included, that several rows of a run have."""
    sizes = Counter(after - before for before, after in pairwise(openers))
    return [size for size, count in sizes.items() if count >= 3]


def print_lines(lines: Iterable[Paragraph], piece: int, lexicon: Lexicon) -> list[PrintedRow]:
    """Cut bare lines: a line with figures after a label, or with several figures, is a row of its own.

    All other lines are taken in order, a label or a slot each.
    """
    cutter = _Cutter(lexicon, Show.FIGURES, piece)
    parted = [(line, *split_line(line)) for line in lines]
    alone = _is_cell_a_line([(label is None, len(figures)) for _, label, figures in parted])
    spent = 0
    for index, (line, own, figures) in enumerate(parted):
        if spent:
            spent -= 1
            continue
        label = own
        if len(figures) > 1 and not alone and cutter.labels and not cutter.slots:
            below = [(other, none) for _, other, none in parted[index + 1 : index + 3]]
            spent = _close_round(cutter, own, len(figures), below)
            label = None if spent else own
        if label is None and len(figures) == 1:
            cutter.slots.extend(figures)
        elif alone and label is None and figures:
            # The figure of one cell, broken by a blank: "6 40".
            cutter.slots.append(Cell(line.text.strip(), line.location, 0))
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


def _is_cell_a_line(lines: Sequence[tuple[bool, int]]) -> bool:
    """Whether lines, each bare of words or not and with so many figures, hold a cell each, but for two at most."""
    alone = sum(bare and figures == 1 for bare, figures in lines)
    broken = sum(bare and figures == 2 for bare, figures in lines)
    others = sum(figures > 0 for _, figures in lines) - alone - broken
    return alone >= _ALONE and broken <= 2 and not others


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


def _close_round(
    cutter: _Cutter, own: Cell | None, width: int, below: Sequence[tuple[Cell | None, Sequence[Cell]]]
) -> int:
    """Join the label that is wrapped round a line of figures, and give how many of the lines below are part of it.

    `own` are the words before the figures: part of the label, or the name of the group beside it. Lines are joined
    only where they make up the words of one row together and do not without each other, and where the line has all
    figures of that row, `width` of them: one that lost its blanks may be another's.
    """
    find = cutter.lexicon.find
    is_group = own is None or any(entry.role is Role.GROUP for entry in find(own.text))
    rest = ""
    for count, (words, figures) in enumerate(below, start=1):
        if words is None or figures or _begins_row(words.text, cutter.lexicon):
            break
        rest += words.text
        for above in range(1, min(2, len(cutter.labels)) + 1):
            begun = "".join(label.text for label in cutter.labels[-above:])
            whole = begun + rest if is_group else f"{begun}{own.text if own else ''}{rest}"
            if _has_row(cutter.lexicon, whole, width) and not find(begun):
                first = cutter.labels[-above]
                group = [own] if own is not None and is_group else []
                cutter.labels[-above:] = [*group, Cell(whole, first.location, first.column)]
                return count
    return 0


def _begins_row(words: str, lexicon: Lexicon) -> bool:
    """Whether words are the numbered label of a row, and so no end of another's."""
    return read_label(words).number is not None and any(entry.role is Role.ROW for entry in lexicon.find(words))


def _has_row(lexicon: Lexicon, label: str, width: int) -> bool:
    """Say whether a label is that of a row of so many columns."""
    rows = (lexicon.rows[entry.table][entry.index] for entry in lexicon.find(label) if entry.role is Role.ROW)
    return any(len(row.columns) == width for row in rows)


def split_line(line: Paragraph) -> tuple[Cell | None, list[Cell]]:
    """Part a bare line into its label and the figures it ends with."""
    text, words = split_words(line.text)
    figures = [Cell(word, _shift(line.location, start), column) for column, (word, start) in enumerate(words)]
    return (Cell(text, line.location, 0) if text else None), figures


# A report repeats its lines, and reports of one form each other's: 2.重复申请 0 0 0 0 0 0 0.
@lru_cache(maxsize=2048)
def split_words(line: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Give the words of a line before the figures it ends with, and each figure with its place in the line."""
    words = [(found.group(), found.start()) for found in _WORD.finditer(line)]
    first = len(words)
    while first and looks_like_value(words[first - 1][0]):
        first -= 1
    figures = tuple(words[first:])
    if first > 1 and is_unit(words[first - 1][0]):
        first -= 1
    return " ".join([word for word, _ in words[:first]]), figures


def _shift(location: Location, offset: int) -> Location:
    """Move a place in a line to the right, where the carrier knows lines."""
    if isinstance(location, TextPlace):
        return TextPlace(location.line, location.column + offset)
    return location
