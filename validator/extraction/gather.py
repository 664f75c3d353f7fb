"""From the blocks of a document to the printed rows of each table of the form, and the running text beside them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from validator.errors import ReadError
from validator.model.document import Block, Cell, Document, Framing, Paragraph, Table
from validator.numerals import looks_like_value

from .columns import join_repeats
from .cutting import print_lines, print_run
from .figures import Pattern, Whole, recall
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
    """What a document holds: printed rows by table id, running text, and the tables it ends in the middle of.

    `recalled` are tables of the form whose labels were read before and need no rows, `whole` those worth remembering.
    """

    rows: Mapping[str, Sequence[PrintedRow]]
    prose: Sequence[Paragraph]
    ended: frozenset[str]
    recalled: Mapping[str, tuple[Pattern, Table]]
    whole: Mapping[str, Whole]


def gather(document: Document, lexicon: Lexicon, *, recalling: bool = True) -> Gathered:
    """Sort everything printed in a document into the tables of the form and the running text.

    `recalling`: tables whose labels were read before are not cut into rows. Raises ReadError("too-many-rows") for a
    file that cannot be one report.
    """
    stubs = join_stubs(document.blocks, lexicon)
    blocks = tuple([join_repeats(block, lexicon) if isinstance(block, Table) else block for block in stubs])
    sorter = _Sorter(lexicon, blocks, recalling=recalling)
    sorter.sort()
    if sorter.recalled.keys() & sorter.rows.keys():
        # The table goes on elsewhere in this document.
        return gather(document, lexicon, recalling=False)
    rows, ended = _mark_ends(sorter.rows, len(blocks) - 1, lined=sorter.lined, ends_open=document.ends_open)
    ended |= {table for table in rows if table == sorter.ends_in}
    whole = {table: found for table in rows if table not in ended and (found := sorter.find_whole(table))}
    return Gathered(rows, sorter.prose, ended, sorter.recalled, whole)


class _Sorter:
    """Goes through the blocks once and knows which table of the form is open where."""

    def __init__(self, lexicon: Lexicon, blocks: Sequence[Block], *, recalling: bool) -> None:
        self.lexicon = lexicon
        self.blocks = blocks
        # The last block may be cut off, and is read with care.
        tables = [(i, block) for i, block in enumerate(blocks) if isinstance(block, Table)]
        able = [(i, block) for i, block in tables if recalling and i < len(blocks) - 1]
        self.patterns = {i: found for i, block in able if (found := recall(lexicon.form, block))}
        self.printed = {i: _print_table(block, i, lexicon) for i, block in tables if i not in self.patterns}
        self.recalled: dict[str, tuple[Pattern, Table]] = {}
        self.before: dict[int, str | None] = {}
        self.rows: dict[str, list[PrintedRow]] = {}
        self.prose: list[Paragraph] = []
        self.lined = False
        # The table whose section is open, and the one that rows without a name of their own belong to.
        self.region: str | None = None
        self.current: str | None = None
        self.lines: list[Paragraph] = []
        # A line that may begin a sentence, until the next one tells; and whether the text before runs on.
        self.held: Paragraph | None = None
        self.in_table = False
        self.ends_in: str | None = None
        self.running = False

    @cached_property
    def _framed(self) -> tuple[frozenset[str], frozenset[tuple[str, int]]]:
        tables, rows = _find_framed(self.printed.values(), self.lexicon)
        known = self.patterns.values()
        return tables.union(p.table for p in known), rows.union(*(p.filled for p in known))

    def sort(self) -> None:
        """Put every block where it belongs."""
        for piece, block in enumerate(self.blocks):
            if isinstance(block, Table):
                self._flush(piece)
                self._sort_table(piece, block)
                self._say(None)
                self.in_table = False
            elif self._opens(block.text, piece):
                self.in_table = False
                self.prose.append(block)
                self._say(None)
            else:
                self._sort_line(block)
        self._flush(len(self.blocks))
        # A piece of a label may be all that is printed below the rows of a table.
        self.ends_in = self.current if self.in_table else None

    def _sort_table(self, piece: int, block: Table) -> None:
        pattern = self.patterns.get(piece)
        if pattern and pattern.before == self.current and pattern.table not in self.recalled:
            self.recalled[pattern.table] = pattern, block
            self.current = pattern.table
            said = [block.rows[r].cells[c] for r, c in pattern.sentences]
            self.prose.extend(Paragraph(cell.text, cell.location) for cell in said)
            return
        self.before[piece] = self.current
        if piece not in self.printed:
            self.printed[piece] = _print_table(block, piece, self.lexicon)
        self._take(self.printed[piece])
        self.prose.extend(Paragraph(cell.text, cell.location) for cell in _find_sentences(block))

    def find_whole(self, table: str) -> Whole | None:
        """Give the table of the document that holds all rows of a table of the form and nothing else, if one does."""
        rows = self.rows[table]
        piece = rows[0].piece
        block = self.blocks[piece] if piece < len(self.blocks) else None
        if not isinstance(block, Table) or len(rows) != len(self.printed[piece]) or rows[-1].piece != piece:
            return None
        framed, filled = _find_framed([self.printed[piece]], self.lexicon)
        if table not in framed:
            return None
        return Whole(block, self.before[piece], filled, _find_sentences(block), len(rows))

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
        self.in_table = kind is Line.ROW
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
        recalled = sum(pattern.rows for pattern, _ in self.recalled.values())
        if sum(map(len, self.rows.values())) + recalled > MOST_ROWS:
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


def _find_sentences(table: Table) -> list[Cell]:
    """Give the cells of a table that hold a sentence, each alone in its row."""
    if table.framing is Framing.CELLS:
        return []
    rows = ([cell for cell in row.cells if cell.text] for row in table.rows)
    return [filled[0] for filled in rows if len(filled) == 1 and is_sentence(filled[0].text)]


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
