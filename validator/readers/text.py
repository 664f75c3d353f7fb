"""Text and Markdown files: lines with bars or tabs become tables, all other lines paragraphs.

What the many ways to flatten a table have in common is the bar. Bars with cells between them are a row; a bar
after each single cell, or on a line of its own, is a run of cells; bars with nothing between them are filler
for columns that a merged cell covered. Tables drawn without bars stay paragraphs: only the labels can tell.
"""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from validator.model.document import Block, Cell, Document, Framing, Paragraph, Row, Table
from validator.model.location import TextPlace
from validator.numerals import looks_like_value
from validator.patterns import Pattern

from .markdown import plain_line, skip_marks

_BARS = str.maketrans(dict.fromkeys("│┃┆┇┊┋║｜￨", "|"))
_RULE = Pattern(r"[\s|:：+=\-—─━┄┅═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝]+")
_DRAWN = Pattern(r"[-─━═┼]{3}")
_ROW_RULE = Pattern(r"[+┼├┤┌└╬╠╚╔─━═]")
_ONLY_BARS = Pattern(r"[|\s]+")
_FILLER = Pattern(r"(?:^|\|)\s+(\|{2,})\s*$")
_SENTENCE_END = tuple("。；：！？;:!?”）)")
_COUNTED = Pattern(r"\w{4,}\d+[件条份项次个宗起篇人]")
_ENUMERATED = Pattern(r"[一二三四五六七八九十]+、")


class _Line(msgspec.Struct, frozen=True):
    """A printed line: its number from 1, its text, and the blank lines before it.

    `ruled`: a drawn rule is above it. `shift`: so many characters of the line stand before the text.
    """

    number: int
    text: str
    gap: int
    ruled: bool = False
    shift: int = 0

    @property
    def only_bars(self) -> bool:
        return bool(_ONLY_BARS.fullmatch(self.text))


def read_text(text: str, source: str, *, markdown: bool = False) -> Document:
    """Turn the text of a .txt or .md file into a document with a TextPlace for every paragraph and cell."""
    blocks: list[Block] = []
    for run in _runs(_close_labels(list(_lines(text, markdown=markdown)))):
        blocks.extend(_blocks_of_run(run))
    long_lines = [b.text for b in blocks if isinstance(b, Paragraph) and len(b.text) >= 20]
    broken = sum(not line.endswith(_SENTENCE_END) for line in long_lines)
    return Document(
        source=source,
        carrier="markdown" if markdown else "text",
        blocks=tuple(blocks),
        line_per_paragraph=broken * 5 > len(long_lines) * 2,
        ends_open=not text.rstrip(" ").endswith(("\n", "|")),
    )


def _lines(text: str, *, markdown: bool) -> Iterator[_Line]:
    gap = 0
    ruled = False
    for number, line in enumerate(text.splitlines(), start=1):
        raw = line.translate(_BARS)
        shift = 0
        if markdown and not _RULE.fullmatch(raw):
            shift = skip_marks(raw)
            raw = raw[shift:]
        if "\t" in raw:
            raw = _bar_tabs(raw)
        if not raw.strip():
            gap += 1
            continue
        if _RULE.fullmatch(raw) and _DRAWN.search(raw):
            # A Markdown rule stands under the header alone; a drawn one parts all rows.
            ruled = bool(_ROW_RULE.search(raw))
            continue
        if markdown:
            raw = plain_line(raw)
        yield _Line(number, raw, gap, ruled, shift)
        gap, ruled = 0, False


def _bar_tabs(line: str) -> str:
    """Make tabs between cells bars; a tab that only indents is left a blank."""
    if "|" in line:
        return line.replace("\t", " ")
    if not line.strip():
        # Tabs part cells, so there is one cell more than tabs; a tab alone is a blank cell of its own.
        return "|" * (tabs + 1 if (tabs := line.count("\t")) > 1 else tabs)
    if "\t" not in line.lstrip("\t "):
        return line.lstrip("\t ")
    return line.replace("\t", " | ") + " |"


def _runs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Cut the lines into runs that belong together: lines of a barred table, or lines without bars."""
    barred = ["|" in line.text for line in lines]
    if _bars_close_cells(lines):
        for index, line in enumerate(lines):
            # The bar that closes a cell stands right below it, or below the rest of the cell's words.
            below = lines[index + 1 : index + 4]
            closing = next((i for i, other in enumerate(below) if other.only_bars), None)
            barred[index] = barred[index] or (closing is not None and len(line.text) <= 60)
    run: list[_Line] = []
    state = False
    for line, is_barred in zip(lines, barred, strict=True):
        if run and is_barred is not state:
            yield run
            run = []
        state = is_barred
        run.append(line)
    if run:
        yield run


def _close_labels(lines: list[_Line]) -> list[_Line]:
    """Draw a bar that stands alone below a bare label, amid lines of one cell each, up to the label that it closes."""
    spent: set[int] = set()
    for index in range(1, len(lines) - 2):
        if "|" not in lines[index].text and _is_closed_below(*lines[index - 1 : index + 3]):
            lines[index] = msgspec.structs.replace(lines[index], text=f"{lines[index].text} |")
            spent.add(index + 1)
    return [line for index, line in enumerate(lines) if index not in spent] if spent else lines


def _is_closed_below(above: _Line, label: _Line, bar: _Line, after: _Line) -> bool:
    """Whether a lone bar closes the label above it: a figure follows, and the line before ends in a bar of its own."""
    figure = after.text.strip(" |")
    if bar.text.strip() != "|" or above.text.strip() == "|" or not above.text.rstrip().endswith("|"):
        return False
    return figure != "" and looks_like_value(figure) and not label.text.strip().endswith(_SENTENCE_END[:4])


def _bars_close_cells(lines: list[_Line]) -> bool:
    """Whether a bar on a line of its own closes the bare cell above it, rather than being a blank cell."""
    closed = sum(below.only_bars and "|" not in line.text for line, below in pairwise(lines))
    own = sum("|" in line.text and not line.only_bars for line in lines)
    return closed >= 3 and own * 5 < closed


def _blocks_of_run(run: list[_Line]) -> Iterator[Block]:
    if not any("|" in line.text for line in run):
        for line in run:
            yield _paragraph(line)
        return
    if any("|" not in line.text for line in run):
        yield from _lone_bar_cells(run)
        return
    framed = all(line.text.lstrip().startswith("|") for line in run)
    rows = [_split(line, framed=framed) for line in run]
    if sum(line.ruled for line in run) >= 3:
        yield Table(tuple(_join_ruled(run, rows)), Framing.ROWS)
        return
    several = sum(sum(bool(cell.text) for cell in row.cells) >= 2 for row in rows)
    filled = sum(any(cell.text for cell in row.cells) for row in rows)
    if several * 4 > filled:
        yield Table(tuple(rows), Framing.ROWS)
    else:
        yield Table(tuple(_as_cells(row, line) for row, line in zip(rows, run, strict=True)), Framing.CELLS)


def _join_ruled(run: list[_Line], rows: list[Row]) -> Iterator[Row]:
    """Join the printed lines between two drawn rules to one row, cell by cell."""
    group: list[Row] = []
    for line, row in zip(run, rows, strict=True):
        if group and (line.ruled or len(row.cells) != len(group[0].cells)):
            yield _stack(group)
            group = []
        group.append(row)
    if group:
        yield _stack(group)


def _stack(rows: list[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]
    cells = []
    for column in zip(*(row.cells for row in rows), strict=True):
        first = next((cell for cell in column if cell.text), column[0])
        cells.append(Cell("".join(cell.text for cell in column), first.location, first.column))
    return Row(tuple(cells))


def _paragraph(line: _Line) -> Paragraph:
    text = line.text.strip()
    return Paragraph(text, TextPlace(line.number, line.shift + line.text.find(text) + 1), line.gap)


def _split(line: _Line, *, framed: bool) -> Row:
    """Split a barred line into cells; bars that stand together at its end are the filler of its last cell.

    `framed`: every row of the table opens with a bar, so that the first one bounds no cell.
    """
    text = line.text.rstrip()
    filler = 0
    if found := _FILLER.search(text):
        filler = len(found[1])
        text = text[: found.start(1)].rstrip()
    elif (packed := len(text) - len(text.rstrip("|"))) > 1 and text.rstrip("|"):
        filler = packed - 1
        text = text[: len(text) - filler]
    text = text.replace("\\|", "\x1f")
    start = text.find("|") + 1 if framed else 0
    pieces = (text[start:-1] if text.endswith("|") and len(text) > start else text[start:]).split("|")
    cells = []
    for column, piece in enumerate(pieces):
        inner = piece.strip()
        place = TextPlace(line.number, start + (piece.find(inner) if inner else 0) + 1)
        cells.append(Cell(inner.replace("\x1f", "|").replace("<br>", "\n"), place, column))
        start += len(piece) + 1
    if filler:
        last = cells[-1]
        cells[-1] = Cell(last.text, last.location, last.column, filler=filler)
    return Row(tuple(cells))


def _as_cells(row: Row, line: _Line) -> Row:
    """Give the cells of a line in a table with one cell a line: a lone bar is a blank cell, more bars are filler."""
    if not line.only_bars:
        cells = list(row.cells)
        spare = 0
        while len(cells) > 1 and not cells[-1].text:
            spare += 1 + cells.pop().filler
        if spare:
            last = cells[-1]
            cells[-1] = Cell(last.text, last.location, last.column, filler=spare + last.filler)
        return Row(tuple(cells))
    first, *more = line.text.split()
    place = TextPlace(line.number, line.text.find("|") + 1)
    if len(first) > 1:
        return Row((Cell("", place, -1, filler=line.text.count("|")),))
    return Row((Cell("", place, 0, filler=sum(map(len, more))),))


def _lone_bar_cells(run: list[_Line]) -> Iterator[Block]:
    """Read a run in which a bar on its own line closes the cell above it."""
    rows: list[Row] = []
    pending: list[_Line] = []
    for line in run:
        if not line.only_bars:
            pending.append(line)
            continue
        prose, parts = _cut_prose(pending)
        if prose:
            if rows:
                yield Table(tuple(rows), Framing.CELLS)
                rows = []
            yield from map(_paragraph, prose)
        rows.extend(_cells_of(parts, line))
        pending = []
    if rows:
        yield Table(tuple(rows), Framing.CELLS)
    yield from map(_paragraph, pending)


def _cut_prose(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Part the running text before a cell from the lines of the cell itself."""
    cut = 0
    for index, line in enumerate(lines[:-1]):
        text = line.text.strip()
        counts = _COUNTED.search(text) and not text.startswith(("(", "（"))
        if counts or text.endswith(("。", ":", "：", "；")) or len(text) > 40 or _ENUMERATED.match(text):
            cut = index + 1
    return lines[:cut], lines[cut:]


def _cells_of(lines: list[_Line], bar: _Line) -> Iterator[Row]:
    if not lines:
        yield Row((Cell("", TextPlace(bar.number, 1), 0),))
        return
    # Lines of one cell are joined, but a figure is always a cell of its own.
    words: list[_Line] = []
    for line in lines:
        if looks_like_value(line.text.strip()):
            if words:
                yield _joined(words)
                words = []
            yield _joined([line])
        else:
            words.append(line)
    if words:
        yield _joined(words)


def _joined(lines: list[_Line]) -> Row:
    first = _paragraph(lines[0])
    return Row((Cell("".join(line.text.strip() for line in lines), first.location, 0),))
