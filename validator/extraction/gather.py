"""From the blocks of a document to the printed rows of each table of the form, and the running text beside them."""

import re

import msgspec

from validator.characters import fold
from validator.errors import ReadError
from validator.model.document import Document, Framing, Paragraph, Table
from validator.model.location import LostPlace

from .cutting import print_lines, print_run, split_line
from .labels import read_label
from .lexicon import Entry, Lexicon, Role
from .printed import PrintedRow, Show, print_grid

_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]")
_SIGNATURE = re.compile(r"\s*(单位负责人|审\s*核\s*人|填\s*报\s*人|填报日期|联系电话)")
_PROSE = re.compile(r"[。；;]|[，,].{12,}")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页.*|\d{1,3}\s*/\s*\d{1,3})\s*")
MOST_ROWS = 3000
"""A report prints about 60 rows; a file with far more is none, and looking at each against each would not end."""
LONGEST_HEADING = 45


class Gathered(msgspec.Struct):
    """What a document holds: printed rows by table id, running text, and the tables it ends in the middle of."""

    rows: dict[str, list[PrintedRow]] = msgspec.field(default_factory=dict)
    prose: list[Paragraph] = msgspec.field(default_factory=list)
    ended: set[str] = msgspec.field(default_factory=set)


def gather(document: Document, lexicon: Lexicon) -> Gathered:
    """Sort everything printed in a document into the tables of the form and the running text.

    Raises ReadError("too-many-rows") for a file that cannot be one report.
    """
    gathered = Gathered()
    region: str | None = None
    current: str | None = None
    lines: list[Paragraph] = []
    lined = False

    def take(rows: list[PrintedRow]) -> None:
        nonlocal current
        for row in rows:
            tables = {entry.table for entry in row.entries}
            if len(tables) == 1 or (current not in tables and tables):
                current = min(tables)
            if current is not None:
                gathered.rows.setdefault(current, []).append(row)
        if sum(map(len, gathered.rows.values())) > MOST_ROWS:
            raise ReadError("too-many-rows", limit=MOST_ROWS)

    def flush(piece: int) -> None:
        if lines:
            take(print_lines(lines, piece, lexicon))
            lines.clear()

    last_piece = len(document.blocks) - 1
    for piece, block in enumerate(document.blocks):
        if isinstance(block, Table):
            flush(piece)
            rows = print_run(block, piece, lexicon) if block.framing is Framing.CELLS else None
            take(rows if rows is not None else list(print_grid(block, piece, lexicon)))
            continue
        heading = find_heading(block.text, lexicon)
        if heading is not None:
            flush(piece)
            region = current = heading.table
            gathered.prose.append(block)
        elif (region or current) is not None and ends_region(block.text, lexicon):
            flush(piece)
            region = current = None
            gathered.prose.append(block)
        else:
            if region is None:
                region = opened_by(block.text, lexicon)
                current = region or current
            if region is not None and is_table_line(block.text, lexicon):
                lines.append(block)
                lined = True
            else:
                gathered.prose.append(block)
    flush(last_piece + 1)
    _mark_last(gathered, last_piece, lined=lined, ends_open=document.ends_open)
    return gathered


def find_heading(text: str, lexicon: Lexicon) -> Entry | None:
    """Give the heading entry of the table whose section this line opens, or None."""
    if len(text) > LONGEST_HEADING or "。" in text:
        return None
    core = read_label(text.removeprefix("附件").lstrip("：:")).core
    for table in lexicon.tables.values():
        wanted = read_label(table.heading).core
        if core == wanted or (wanted in core and len(core) <= len(wanted) + 14 and "全文" not in core):
            return Entry(Role.HEADING, table.id, read_label(table.heading))
    entries = lexicon.by_core.get(core, ())
    return next((e for e in entries if e.role is Role.HEADING), None)


def ends_region(text: str, lexicon: Lexicon) -> bool:
    """Whether a line opens a section that is no table of the form, or signs the table."""
    if _SIGNATURE.match(text):
        return True
    if not _SECTION.match(fold(text)) or len(text) > LONGEST_HEADING:
        return False
    label, figures = split_line(Paragraph(text, _NOWHERE))
    return not figures and not lexicon.find(label.text if label else "") and not _starts_row(text, lexicon)


def opened_by(text: str, lexicon: Lexicon) -> str | None:
    """Give the table that a line belongs to by its own words, where no heading has told it."""
    if len(text) > 60 or len(text) < 4:
        return None
    entries = lexicon.by_core.get(read_label(text).core, ())
    tables = {e.table for e in entries if e.role in (Role.COLUMN, Role.BLOCK, Role.NOTE) and len(e.label.core) >= 4}
    return tables.pop() if len(tables) == 1 else None


def is_table_line(text: str, lexicon: Lexicon) -> bool:
    """Whether a line inside the section of a table may be part of the table."""
    if _PAGE_NUMBER.fullmatch(text):
        return False
    if not _PROSE.search(text) and len(text) <= 60:
        return True
    label, figures = split_line(Paragraph(text, _NOWHERE))
    return len(figures) > 1 or bool(lexicon.find(text)) or (label is not None and _starts_row(text, lexicon))


def _starts_row(text: str, lexicon: Lexicon) -> bool:
    return any(lexicon.rank_rows(table, text)[:1] for table in lexicon.rows)


def _mark_last(gathered: Gathered, last_piece: int, *, lined: bool, ends_open: bool) -> None:
    """Mark the row after which the document ends: what it and its table lack may be cut off."""
    for table, rows in gathered.rows.items():
        if rows and rows[-1].piece >= last_piece and (lined or rows[-1].show is Show.ALL):
            rows[-1].last = True
            rows[-1].open = ends_open
            if len(rows) > 1 and not rows[-1].labels and rows[-1].show is Show.FIGURES:
                # A figure whose closing bar was cut off: the row it belongs to is the one before.
                rows[-2].last = True
            gathered.ended.add(table)


_NOWHERE = LostPlace("not asked")
