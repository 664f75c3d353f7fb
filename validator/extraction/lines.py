"""What a line of text is beside the tables of a form: a heading, a row of a table, running text, or it may be both."""

import re
from collections.abc import Iterator, Sequence, Set
from enum import Enum
from functools import lru_cache

from validator.characters import fold
from validator.model.document import Block, Paragraph
from validator.model.form import Form
from validator.patterns import Pattern

from .cutting import split_words
from .labels import bare_words, read_label
from .lexicon import Entry, Lexicon, Role, is_unit

_SECTION = Pattern(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]")
_NUMBERED = Pattern(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．,，]|第[一二三四五六七八九十]部分)")
_MOST_OF_THEM = 4
"""With fewer of its headings a text is not divided as the form says, and nothing is said of its sections."""
_SIGNATURE = Pattern(r"\s*(单位负责人|审\s*核\s*人|填\s*报\s*人|填报日期|联系电话)")
_PAUSES = Pattern(r"[。；;]|[，,].{12,}")
_PAGE_NUMBER = Pattern(r"\s*(?:[-—–－－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页.*|\d{1,3}\s*/\s*\d{1,3})\s*")
_COUNTED = Pattern(r"[\d一二两三四五六七八九十]\s*[余多]?\s*(?:[件条份项次个宗起篇人家名例期场部册种类处元]|万元)")
_NONE = Pattern(r"未|没有|無|无(?!法|正当|理由)|零|均|不涉及|沒有")
_ORDINAL = Pattern(r"[\s(（]*[一二三四五六七八九十]{1,3}\s*[)）]?\s*[、.．]?\s*")
_WORDS = Pattern(r"[^\W\d_]")
_OPEN_END = ("。", "：", ":", "！", "？")
_LONGEST_LINE = 60
_LONGEST_ROW = 100
_MANY_COLUMNS = 5
LONGEST_HEADING = 45
_LONGEST_STUB = 20
_MOST_PIECES = 16


class Line(Enum):
    """What a line in the section of a table may be."""

    ROW = "row"
    TEXT = "text"
    BOTH = "both"


def join_stubs(blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[Block]:
    """Give blocks with the labels and headings joined that are broken over lines or set one glyph a line."""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        count = _pieces(blocks, index, lexicon) if isinstance(block, Paragraph) and _may_be_stub(block.text) else 1
        if count > 1 and isinstance(block, Paragraph):
            text = "".join(b.text.strip() for b in blocks[index : index + count] if isinstance(b, Paragraph))
            yield Paragraph(text, block.location, block.gap)
        else:
            yield block
        index += count


def _may_be_stub(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_STUB and not text.isascii() and not is_unit(text)


def _pieces(blocks: Sequence[Block], start: int, lexicon: Lexicon) -> int:
    """Say how many paragraphs from here on make one label together: the most that do; 1 if this one is no stub."""
    first = blocks[start].text if isinstance(blocks[start], Paragraph) else ""  # type: ignore[union-attr]
    words = bare_words(first)
    lone = bool(_ORDINAL.fullmatch(first))
    if not words or words not in lexicon.beginnings or (words in lexicon.words and not lone):
        return _heading_below(blocks, start) if lone and words not in lexicon.beginnings else 1
    found = 1
    for count, block in enumerate(blocks[start + 1 : start + _MOST_PIECES], start=2):
        if not isinstance(block, Paragraph) or not _may_be_stub(block.text):
            break
        words += bare_words(block.text)
        if words not in lexicon.beginnings:
            break
        if words in lexicon.words:
            found = count
    return _heading_below(blocks, start) if found == 1 and lone else found


def _heading_below(blocks: Sequence[Block], start: int) -> int:
    """Say 2 if the words of a heading stand in the line below its ordinal, else 1."""
    below = blocks[start + 1] if start + 1 < len(blocks) else None
    if not isinstance(below, Paragraph) or not 4 <= len(below.text) <= LONGEST_HEADING:
        return 1
    return 1 if _ORDINAL.match(below.text) or re.search(r"[\d。，,;；]", below.text) else 2


def find_heading(text: str, lexicon: Lexicon) -> Entry | None:
    """Give the heading entry of the table whose section this line opens, or None."""
    return None if len(text) > LONGEST_HEADING or "。" in text else lexicon.heading(text)


def ends_region(text: str, lexicon: Lexicon) -> bool:
    """Whether a line opens a section that is no table of the form, or signs the table.

    An ordinal alone, or what a label of the form begins with, is a piece of a label and ends nothing.
    """
    if _SIGNATURE.match(text):
        return True
    if not _SECTION.match(fold(text)) or len(text) > LONGEST_HEADING or bare_words(text) in lexicon.beginnings:
        return False
    label, figures = split_words(text)
    return not figures and not lexicon.find(label) and not starts_row(text, lexicon)


def opened_by(text: str, lexicon: Lexicon) -> str | None:
    """Give the table that a line belongs to by its own words, where no heading has told it."""
    if len(text) > _LONGEST_ROW or len(text) < 4:
        return None
    entries = lexicon.by_core.get(read_label(text).core, ())
    tables = {e.table for e in entries if e.role in (Role.COLUMN, Role.BLOCK, Role.NOTE) and len(e.label.core) >= 4}
    return tables.pop() if len(tables) == 1 else whole_row(text, lexicon)


def whole_row(line: str, lexicon: Lexicon) -> str | None:
    """Give the table of which a line prints a row in full: its exact label, a figure for each of several columns."""
    label, figures = split_words(line) if len(line) <= _LONGEST_ROW else ("", ())
    if not label or len(figures) < _MANY_COLUMNS:
        return None
    entries = [e for e in lexicon.find(label) if e.role is Role.ROW]
    tables = {e.table for e in entries if len(lexicon.rows[e.table][e.index].columns) == len(figures)}
    return tables.pop() if len(tables) == 1 else None


def sort_line(text: str, lexicon: Lexicon, *, filled: Set[tuple[str, int]] | None, running: bool) -> Line:
    """Say what a line in the section of a table is.

    `filled`: where the table itself came as a table, the rows of the form whose figures lie in it; then no line is a
    row but one that prints several figures, or the figure of another row. `running`: the text before goes on.
    """
    if _PAGE_NUMBER.fullmatch(text):
        return Line.TEXT
    label, figures = split_words(text)
    if not _WORDS.search(text) and not figures:
        return Line.ROW
    if not label and running and text.rstrip().endswith("。"):
        return Line.TEXT
    if len(figures) > 1 or not label or bare_words(text) in lexicon.beginnings:
        return Line.ROW
    entries = lexicon.find(label)
    if filled is not None:
        lacking = any(e.role is Role.ROW and (e.table, e.index) not in filled for e in entries)
        return Line.ROW if figures and lacking else Line.TEXT
    known = bool(entries)
    if is_sentence(text) and not (known and figures):
        return Line.BOTH if len(text) <= _LONGEST_LINE and (known or starts_row(text, lexicon)) else Line.TEXT
    if known:
        return Line.ROW
    short = len(text) <= _LONGEST_LINE and not _PAUSES.search(text)
    if short or starts_row(text, lexicon):
        return Line.BOTH if running else Line.ROW
    return Line.TEXT


def is_sentence(text: str) -> bool:
    """Whether a line counts something, or says that there was none, in connected words."""
    return bool(_COUNTED.search(text) or _NONE.search(text)) and len(_WORDS.findall(text)) >= 6


def runs_on(text: str) -> bool:
    """Whether a line of text ends without a stop, so that the next may go on with it."""
    return not text.rstrip().endswith(_OPEN_END)


def starts_row(text: str, lexicon: Lexicon) -> bool:
    """Whether a line begins as the label of a row does, though words of it may be lost."""
    return any(lexicon.rank_rows(table, text)[:1] for table in lexicon.rows)


def place_sections(paragraphs: Sequence[Paragraph], form: Form) -> list[list[int]]:
    """Give for each section of a form the numbers of the paragraphs that are its heading; nothing if most are missing.

    A list of contents prints headings too: then a section has several.
    """
    places: list[list[int]] = [[] for _ in form.sections]
    for i, paragraph in enumerate(paragraphs):
        if len(paragraph.text) <= LONGEST_HEADING:
            for section in _headed_by(paragraph.text, form):
                places[section].append(i)
    return places if sum(map(bool, places)) >= _MOST_OF_THEM else []


@lru_cache(maxsize=4096)  # reports have the headings of their form
def _headed_by(text: str, form: Form) -> tuple[int, ...]:
    """Give the numbers of the sections, from 0, whose heading a text may be."""
    if not _NUMBERED.match(fold(text)):
        return ()
    core = read_label(text).core
    return tuple(i for i, names in enumerate(_section_cores(form)) if any(name in core for name in names))


@lru_cache(maxsize=16)
def _section_cores(form: Form) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(read_label(name).core for name in section) for section in form.sections)
