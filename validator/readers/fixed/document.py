"""Lines and grids of printed pages -> a document: grids are tables, lines and boxed prose are paragraphs."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import groupby
from statistics import median

from validator.errors import ReadError
from validator.geometry import Grid, GridCell, Piece, TextLine
from validator.model.document import Block, Cell, Document, Framing, Paragraph, Remark, Row, Table
from validator.model.location import PagePlace
from validator.numerals import parse_numeral
from validator.readers.boxed_prose import is_prose, split_lines

_SHORT_OF_EDGE = 1.6
"""How many line heights a printed line must stay away from the edge of its text, to be the last of its paragraph."""
_UNSTOPPED = 2
"""So many times as far if no full stop ends it: a bracket or a figure that found no room begins the next line."""
_STOPS = ("。", "：", "；", "！", "？", ":", ";")
_INDENT = 1.3
_TITLE_HEIGHT = 1.25
"""How many times as high as the running text a title is at least."""
_SAME_HEIGHT = 0.92
_FEW_ROWS = 5
_FEW_COUNTED = 6
"""So many lines of a label, a unit and a figure are a table; a list of contents has no units."""
_COUNTED = re.compile(
    r"(?P<label>\S(?:(?!  ).)*)(?:"
    r"(?:  (?P<unit>[^\W\d_]{1,3}))?  (?P<figure>\d[\d,，. ]*(?:[⁰¹²³⁴-⁹①-⑳*＊]+|\[\d{1,2}\])?|[-—–－―─/]+|无)"
    r"|  (?P<alone>[件条次篇人个名期份家场]|人次|万元)"
    r")"
)
"""A label, perhaps a unit, and a figure or a mark for none; or a unit that has no figure behind it."""


def build_document(
    pieces: Sequence[Piece],
    source: str,
    carrier: str,
    *,
    title: str | None = None,
    remarks: tuple[Remark, ...] = (),
    refusal: ReadError | None = None,
    empty: ReadError | None = None,
) -> Document:
    """Turn what pages show into a document whose places are pages and boxes.

    A grid of one column, and a row that holds a sentence and no figure, are paragraphs. Raises `empty`, or
    ReadError("no-text-inside"), if nothing is printed, and `refusal`, if given, where there is no table either.
    """
    blocks: list[Block] = []
    lines: list[TextLine] = []
    for piece in pieces:
        if isinstance(piece, TextLine):
            lines.append(piece)
            continue
        blocks.extend(_read_lines(lines if blocks else _join_title(lines)))
        lines.clear()
        blocks.extend(_read_grid(piece))
    blocks.extend(_read_lines(lines if blocks else _join_title(lines)))
    if refusal and not _has_table(blocks):
        raise refusal
    if not blocks:
        raise empty or ReadError("no-text-inside")
    return Document(source, carrier, tuple(blocks), title, remarks, line_per_paragraph=True)


def _has_table(blocks: Sequence[Block]) -> bool:
    """Whether there is a ruled table, or a few lines that end in a figure of a column."""
    columns = 0
    for block in blocks:
        if isinstance(block, Table):
            return True
        label, gap, figure = block.text.rpartition("  ")
        columns += bool(label and gap and parse_numeral(figure).kind == "number")
    return columns >= _FEW_ROWS


def _join_title(lines: Sequence[TextLine]) -> list[TextLine]:
    """Make one line of those that are the largest of all, stand close below each other and outdo the text by far.

    A title is broken over lines where it looks well, not where the line is full, and each is set in the middle.
    """
    if not lines:
        return []
    heights = [line.box[3] - line.box[1] for line in lines]
    largest = max(heights)
    is_title = largest >= _TITLE_HEIGHT * median(heights)
    joined: list[TextLine] = []
    before = 0.0
    for line, height in zip(lines, heights, strict=True):
        last = joined[-1] if joined else line
        near = last.page == line.page and 0 <= line.box[1] - last.box[3] < height
        if is_title and near and min(before, height) >= _SAME_HEIGHT * largest:
            (left, top, right, _), (further_left, _, further_right, bottom) = last.box, line.box
            box = (min(left, further_left), top, max(right, further_right), bottom)
            joined[-1] = TextLine(last.text + line.text, line.page, box)
        else:
            joined.append(line)
        before = height
    return joined


def _read_lines(lines: Sequence[TextLine]) -> Iterator[Block]:
    """Give lines as paragraphs, and as tables those runs of them that print a label, a unit and one figure each.

    That is the form of 2014 without rulings, where a line is a row; rows of many figures stay lines, because where
    their labels take several lines no line shows which figures are whose.
    """
    rows = [_COUNTED.fullmatch(line.text) for line in lines]
    if sum(row is not None and row["unit"] is not None for row in rows) < _FEW_COUNTED:
        yield from _to_paragraphs(lines)
        return
    start = 0
    for is_table, run in groupby(range(len(lines)), key=lambda index: rows[index] is not None):
        end = start + len(list(run))
        if is_table:
            yield Table(tuple(_to_row(lines[i], rows[i]) for i in range(start, end)), Framing.GRID)
        else:
            yield from _to_paragraphs(lines[start:end])
        start = end


def _to_row(line: TextLine, row: re.Match[str] | None) -> Row:
    texts = (row["label"], row["unit"] or row["alone"], "" if row["alone"] else row["figure"]) if row else (line.text,)
    return Row(tuple(Cell(text, _place(line), column) for column, text in enumerate(texts) if text is not None))


def _to_paragraphs(lines: Sequence[TextLine]) -> Iterator[Paragraph]:
    """Give a paragraph a line; a line that begins a new paragraph of the text has a gap before it."""
    if not lines:
        return
    height = median(line.box[3] - line.box[1] for line in lines)
    left = min(line.box[0] for line in lines)
    right = max(line.box[2] for line in lines)
    before: TextLine | None = None
    for line in lines:
        indented = line.box[0] - left > _INDENT * height
        after_end = before is not None and right - before.box[2] > height * (
            _SHORT_OF_EDGE if before.text.endswith(_STOPS) else _UNSTOPPED * _SHORT_OF_EDGE
        )
        yield Paragraph(line.text, _place(line), int(before is not None and (indented or after_end)))
        before = line


def _read_grid(grid: Grid) -> Iterator[Block]:
    """Give the table of a grid, and the paragraphs before, inside and after it that are set in its rows."""
    rows: list[Row] = []
    covered = 0  # the row from which no cell of the rows above reaches down
    for index, cells in enumerate(grid.rows):
        row = Row(tuple(Cell(c.text, _place(c), c.column, c.colspan, c.rowspan) for c in cells))
        if covered <= index and all(cell.rowspan == 1 for cell in cells) and is_prose(row.cells):
            yield from _close(rows)
            rows = []
            yield from _to_lines(row)
        else:
            rows.append(row)
        covered = max([covered, *(index + cell.rowspan for cell in cells)])
    yield from _close(rows)


def _close(rows: Sequence[Row]) -> Iterator[Block]:
    if all(len(row.cells) <= 1 for row in rows):
        yield from (line for row in rows for line in _to_lines(row))
    elif any(cell.text for row in rows for cell in row.cells):
        yield Table(tuple(rows), Framing.GRID)


def _to_lines(row: Row) -> Iterator[Paragraph]:
    """Give the paragraphs of a row's cells; each begins anew, because the cell joined the lines that run on."""
    return (Paragraph(line, cell.location, 1) for cell in row.cells for line in split_lines(cell.text))


def _place(printed: TextLine | GridCell) -> PagePlace:
    left, top, right, bottom = printed.box
    return PagePlace(printed.page, (_tenth(left), _tenth(top), _tenth(right), _tenth(bottom)))


# The sides of a cell are those of its neighbours.
_tenth = lru_cache(maxsize=1024)(partial(round, ndigits=1))
