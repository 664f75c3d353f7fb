"""From the blocks of a document to the printed rows of each table of the form, and the running text beside them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from validator.errors import ReadError
from validator.model.document import Block, Document, Framing, Paragraph, Table
from validator.numerals import looks_like_value

from .cutting import print_lines, print_run
from .lexicon import Lexicon, Role
from .lines import Line, ends_region, find_heading, is_sentence, join_stubs, opened_by, runs_on, sort_line
from .printed import PrintedRow, Show, print_grid

MOST_ROWS = 3000
"""A report prints about 60 rows; a file with far more is none, and looking at each against each would not end."""

_FRAMED = 2
"""So many rows of figures in a table of the document show that the form's table came as a table."""

_ONE_ROW = 5
"""So many figures in a row are those of a table that is read by position."""


class Gathered(msgspec.Struct, frozen=True):
    """What a document holds: printed rows by table id, running text, and the tables it ends in the middle of."""

    rows: Mapping[str, Sequence[PrintedRow]]
    prose: Sequence[Paragraph]
    ended: frozenset[str]


def gather(document: Document, lexicon: Lexicon) -> Gathered:
    """Sort everything printed in a document into the tables of the form and the running text.

    Raises ReadError("too-many-rows") for a file that cannot be one report.
    """
    blocks = tuple(join_stubs(document.blocks, lexicon))
    sorter = _Sorter(lexicon, {i: _print_table(b, i, lexicon) for i, b in enumerate(blocks) if isinstance(b, Table)})
    sorter.sort(blocks)
    rows, ended = _mark_ends(sorter.rows, len(blocks) - 1, lined=sorter.lined, ends_open=document.ends_open)
    return Gathered(rows, sorter.prose, ended)


class _Sorter:
    """Goes through the blocks once and knows which table of the form is open where."""

    def __init__(self, lexicon: Lexicon, printed: Mapping[int, Sequence[PrintedRow]]) -> None:
        self.lexicon = lexicon
        self.printed = printed
        self.rows: dict[str, list[PrintedRow]] = {}
        self.prose: list[Paragraph] = []
        self.lined = False
        # The table whose section is open, and the one that rows without a name of their own belong to.
        self.region: str | None = None
        self.current: str | None = None
        self.lines: list[Paragraph] = []
        # A line that may begin a sentence, until the next one tells; and whether the text before runs on.
        self.held: Paragraph | None = None
        self.running = False

    @cached_property
    def _framed(self) -> tuple[frozenset[str], frozenset[tuple[str, int]]]:
        return _find_framed(self.printed.values(), self.lexicon)

    def sort(self, blocks: Sequence[Block]) -> None:
        """Put every block where it belongs."""
        for piece, block in enumerate(blocks):
            if isinstance(block, Table):
                self._flush(piece)
                self._take(self.printed[piece])
                self.prose.extend(_sentences_in(block))
                self._say(None)
            elif self._opens(block.text, piece):
                self.prose.append(block)
                self._say(None)
            else:
                self._sort_line(block)
        self._flush(len(blocks))

    def _opens(self, text: str, piece: int) -> bool:
        """Open or end the section of a table; say whether the paragraph does so or stands outside all of them."""
        heading = find_heading(text, self.lexicon)
        if heading is not None:
            self._flush(piece)
            self.region = self.current = heading.table
            return True
        if (self.region or self.current) is not None and ends_region(text, self.lexicon):
            self._flush(piece)
            self.region = self.current = None
            return True
        if self.region is None:
            self.region = opened_by(text, self.lexicon)
            self.current = self.region or self.current
        return self.region is None

    def _sort_line(self, line: Paragraph) -> None:
        running = self.running and not line.gap
        framed, rows = self._framed
        filled = rows if self.region in framed else None
        kind = sort_line(line.text, self.lexicon, filled=filled, running=running)
        if kind is not Line.ROW:
            if self.held is not None and not line.gap:
                self.prose.append(self.held)
            self.prose.append(line)
        if kind is not Line.TEXT:
            self.lines.append(line)
            self.lined = True
        self._say(line, kind)

    def _say(self, line: Paragraph | None, kind: Line = Line.TEXT) -> None:
        """Remember whether the next line may go on with this one."""
        self.running = line is not None and kind is not Line.ROW and runs_on(line.text)
        begins = line is not None and kind is Line.ROW and runs_on(line.text) and not self.lexicon.find(line.text)
        self.held = line if begins else None

    def _take(self, rows: Iterable[PrintedRow]) -> None:
        for row in rows:
            tables = {entry.table for entry in row.entries}
            if len(tables) == 1 or (self.current not in tables and tables):
                self.current = min(tables)
            if self.current is not None:
                self.rows.setdefault(self.current, []).append(row)
        if sum(map(len, self.rows.values())) > MOST_ROWS:
            raise ReadError("too-many-rows", limit=MOST_ROWS)

    def _flush(self, piece: int) -> None:
        if self.lines:
            self._take(print_lines(self.lines, piece, self.lexicon))
            self.lines.clear()


def _print_table(table: Table, piece: int, lexicon: Lexicon) -> Sequence[PrintedRow]:
    if table.framing is Framing.CELLS:
        return print_run(table, piece, lexicon)
    return list(print_grid(table, piece, lexicon))


def _find_framed(
    printed: Iterable[Sequence[PrintedRow]], lexicon: Lexicon
) -> tuple[frozenset[str], frozenset[tuple[str, int]]]:
    """Give the tables of the form that came as tables, and the rows of the form whose figures lie in them.

    Of a table's rows two with figures must lie in tables of the document, or the only one.
    """
    filled: set[tuple[str, int]] = set()
    whole: set[str] = set()
    for rows in printed:
        touched = {entry.table for row in rows for entry in row.entries}
        for row in rows:
            figures = sum(bool(slot.text) and looks_like_value(slot.text) for slot in row.slots)
            if figures:
                filled |= {(entry.table, entry.index) for entry in row.entries if entry.role is Role.ROW}
            if figures >= _ONE_ROW:
                whole |= {table for table in touched if lexicon.tables[table].by_position}
    counts = Counter(table for table, _ in filled)
    framed = {table for table, count in counts.items() if count >= min(_FRAMED, len(lexicon.rows[table]))}
    return frozenset(framed | whole), frozenset(filled)


def _sentences_in(table: Table) -> Iterator[Paragraph]:
    """Give the rows of a table that hold one sentence and nothing else."""
    if table.framing is not Framing.CELLS:
        for row in table.rows:
            filled = [cell for cell in row.cells if cell.text]
            if len(filled) == 1 and is_sentence(filled[0].text):
                yield Paragraph(filled[0].text, filled[0].location)


def _mark_ends(
    gathered: Mapping[str, Sequence[PrintedRow]], last_piece: int, *, lined: bool, ends_open: bool
) -> tuple[dict[str, Sequence[PrintedRow]], frozenset[str]]:
    """Number the rows of each table, and mark that after which the document ends: what follows it may be cut off."""
    marked: dict[str, Sequence[PrintedRow]] = {}
    ended = set()
    for table, rows in gathered.items():
        last = rows[-1]
        ends = last.piece >= last_piece and (lined or last.show is Show.ALL)
        # A figure whose closing bar was cut off: the row it belongs to is the one before.
        loose = ends and len(rows) > 1 and not last.labels and last.show is Show.FIGURES
        ending = len(rows) - (2 if loose else 1) if ends else len(rows)
        marked[table] = [
            replace(row, number=number, last=number >= ending, open=ends_open and ends and row is last)
            for number, row in enumerate(rows)
        ]
        if ends:
            ended.add(table)
    return marked, frozenset(ended)
