"""The cells of a sheet -> paragraphs and tables in reading order, as one sees them who looks at the sheet.

A row with several cells, or with blank bordered ones, is a row of a table. A row with one text is running text, unless
it stands in a table: a label whose figures are blank, or a header over all columns.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from validator.errors import ReadError
from validator.model.document import Block, Cell, Framing, Paragraph, Row, Table
from validator.model.location import SheetPlace
from validator.patterns import Pattern
from validator.readers.boxed_prose import PROSE_LENGTH, is_prose, split_lines

from .content import Content, SheetCell, has_text
from .formulas import Area, name_column

_HEADING = Pattern(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]")
_LONGEST_HEADING = 45
MOST_GRID_CELLS = 300_000
_FEWEST_LABELS = 12
T = TypeVar("T")


class _Line(NamedTuple):
    """A row of a sheet: its number, its cells by column, and the columns of those with text."""

    number: int
    cells: dict[int, SheetCell]
    filled: tuple[int, ...]


class _Lone(NamedTuple):
    """The only text of a row and the columns that it is merged over."""

    text: str
    framed: bool
    left: int
    right: int


class SheetReading:
    """Makes blocks of one sheet after the other; all of them together may have only so many cells."""

    def __init__(self) -> None:
        self._left = MOST_GRID_CELLS

    def read_blocks(self, content: Content, sheet: str) -> list[Block]:
        """Give the paragraphs and tables of a sheet. Raises ReadError("too-much-packed") for a giant table."""
        return [block for side in _part_sides(content) for block in self._read_side(side, sheet)]

    def _read_side(self, content: Content, sheet: str) -> list[Block]:
        blocks: list[Block] = []
        before: frozenset[int] = frozenset()
        for lines in _part_by_gaps(content):
            for is_table, piece in _part_by_kind(lines, content):
                if not is_table:
                    blocks.extend(_make_paragraphs(piece, sheet))
                    before = frozenset()
                    continue
                used = _find_used(piece, content)
                if before and min(before) <= min(used) and max(used) <= max(before):
                    used |= before  # a table goes on below a blank row, with some of its columns blank
                before = used
                for columns in _part_columns(used):
                    blocks.extend(self._make_table(piece, columns, content, sheet))
        return blocks

    def _make_table(
        self, lines: Sequence[_Line], columns: Sequence[int], content: Content, sheet: str
    ) -> Iterator[Block]:
        """Lay the cells of a table out; a piece of a single column is running text."""
        lines = [line for line in lines if any(column in line.cells for column in columns)]
        self._left -= len(lines) * len(columns)
        if self._left < 0:
            limit = f"{MOST_GRID_CELLS} cells"
            raise ReadError("too-much-packed", what=f"{sheet}: > {limit}", limit=limit)
        grid = _Grid(lines, columns, content)
        rows: list[Row] = []
        for line in lines:
            cells = grid.lay_out(line, sheet)
            if is_prose(cells):
                yield from _close(rows)
                rows = []
                yield from (Paragraph(text, cell.location) for cell in cells for text in split_lines(cell.text))
            else:
                rows.append(Row(tuple(cells)))
        yield from _close(rows)


class _Grid:
    """The rows and columns of a table, without those that only widen merged cells."""

    def __init__(self, lines: Sequence[_Line], columns: Sequence[int], content: Content) -> None:
        first, last = columns[0], columns[-1]
        numbers = [line.number for line in lines]
        self._covered: set[tuple[int, int]] = set()
        self._areas: dict[tuple[int, int], tuple[Sequence[int], range]] = {}
        for top, left, bottom, right in _merges_in(content, lines):
            rows = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
            across = range(max(left, first), min(right, last) + 1)
            if across and (top, left) not in self._covered:
                self._areas[top, across[0]] = rows, across
                self._covered.update((row, column) for row in rows for column in across)
        self._merged = {row for row, _ in self._covered}
        starts = set(columns)
        if len(self._merged) == len(numbers):  # no row shows all columns by itself
            starts = {c for n in numbers for c in columns if (n, c) not in self._covered or (n, c) in self._areas}
        self._columns = {column: index for index, column in enumerate(sorted(starts - content.left_columns))}
        self._names = {column: name_column(column) for column in self._columns}

    def lay_out(self, line: _Line, sheet: str) -> list[Cell]:
        """Give the cells that begin in a row, blank ones among them."""
        number, held, names = line.number, line.cells, self._names
        is_merged = number in self._merged
        cells: list[Cell] = []
        for column, index in self._columns.items():
            text = held[column].text if column in held else ""
            place = SheetPlace(sheet, f"{names[column]}{number}")
            if is_merged and (number, column) in self._covered:
                area = self._areas.get((number, column))
                if area is not None:
                    colspan = sum(covered in self._columns for covered in area[1])
                    cells.append(Cell(text, place, index, colspan, len(area[0])))
            else:
                cells.append(Cell(text, place, index))
        return cells


def _part_sides(content: Content) -> list[Content]:
    """Part a sheet where blank columns stand between what is the same form twice, side by side; else give it whole."""
    merged = [area for row in content.merges.values() for area in row.values()]
    used = set().union(*content.rows.values(), *(range(left, right + 1) for _, left, _, right in merged))
    bands = [(band[0], band[-1]) for band in _part_columns(frozenset(used))] if used else []
    if len(bands) < 2:
        return [content]
    labels = [_labels_between(content, first, last) for first, last in bands]
    # A form may itself be parted by blank columns: each side begins with the band that has the labels of the first.
    alike = [bands[0][0]]
    alike += [
        band[0]
        for band, own in zip(bands[1:], labels[1:], strict=True)
        if len(labels[0]) >= _FEWEST_LABELS and len(own & labels[0]) * 10 >= len(labels[0]) * 8
    ]
    ends = [*(start - 1 for start in alike[1:]), bands[-1][1]]
    return [_cut_out(content, *side) for side in zip(alike, ends, strict=True)] if len(alike) > 1 else [content]


def _labels_between(content: Content, first: int, last: int) -> set[str]:
    cells = ((c, cell) for row in content.rows.values() for c, cell in row.items() if len(cell.text) > 3)
    return {cell.text for column, cell in cells if first <= column <= last and not cell.text.isdecimal()}


def _cut_out(content: Content, first: int, last: int) -> Content:
    """Give what a sheet holds in some of its columns."""

    def within(row: dict[int, T]) -> dict[int, T]:
        return {column: value for column, value in row.items() if first <= column <= last}

    rows = {number: within(row) for number, row in content.rows.items()}
    return Content(
        rows={number: row for number, row in rows.items() if len(row) > 1 or has_text(row)},
        merges={number: within(row) for number, row in content.merges.items()},
    )


def _part_by_gaps(content: Content) -> Iterator[list[_Line]]:
    """Part the rows of a sheet where a row holds nothing and no merged text reaches over it."""
    lines: list[_Line] = []
    reach = 0
    for number in sorted(content.rows):
        if lines and number > reach + 1:
            yield lines
            lines, reach = [], 0
        cells = content.rows[number]
        filled = tuple(sorted(column for column, cell in cells.items() if cell.text))
        lines.append(_Line(number, cells, filled))
        reach = max(reach, number)
        while reach + 1 in content.left_rows:
            reach += 1
        if merges := content.merges.get(number):
            reach = max(reach, *(merges[column][2] for column in filled if column in merges), reach)
    if lines:
        yield lines


def _part_by_kind(lines: Sequence[_Line], content: Content) -> Iterator[tuple[bool, list[_Line]]]:
    """Part rows that follow each other into running text (False) and tables (True)."""
    lones = [_find_lone(line, content) for line in lines]
    kinds: list[bool] = []
    band: tuple[int, int] | None = None
    for index, lone in enumerate(lones):
        if lone is None:
            band = _widen(band, lines[index])
            kinds.append(True)
        else:
            kinds.append(_is_of_table(lone, band, None if band else _find_band(lines, lones, index + 1)))
            band = band if kinds[-1] else None
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or kinds[index] != kinds[start]:
            yield kinds[start], list(lines[start:index])
            start = index


def _widen(band: tuple[int, int] | None, line: _Line) -> tuple[int, int]:
    first, last = min(line.cells), max(line.cells)
    return (min(first, band[0]), max(last, band[1])) if band else (first, last)


def _find_band(lines: Sequence[_Line], lones: Sequence[_Lone | None], index: int) -> tuple[int, int] | None:
    """Give the first and the last column of the rows of a table that begin with this one; None if none do."""
    band: tuple[int, int] | None = None
    while index < len(lines) and lones[index] is None:
        band = _widen(band, lines[index])
        index += 1
    return band


def _find_lone(line: _Line, content: Content) -> _Lone | None:
    """Give the text of a row that holds no other and no bordered blank; None for a row of a table."""
    if len(line.filled) != 1:
        return None
    left = line.filled[0]
    area = content.merges.get(line.number, {}).get(left)
    right = area[3] if area else left
    if any(not left <= column <= right for column in line.cells):
        return None
    return _Lone(line.cells[left].text, line.cells[left].framed, left, right)


def _is_of_table(lone: _Lone, above: tuple[int, int] | None, below: tuple[int, int] | None) -> bool:
    """Whether the only text of a row belongs to the table right above it, or begins the one right below."""
    band = above or below
    if band is None or (len(lone.text) >= PROSE_LENGTH and "。" in lone.text):
        return False
    first, last = band
    is_wide = lone.left <= first and lone.right >= last
    is_part = lone.left < lone.right and not is_wide
    if _HEADING.match(lone.text) and len(lone.text) <= _LONGEST_HEADING and not is_part:
        return False
    if lone.right > last or lone.left < first:
        return False
    if above is None:
        return lone.framed or (is_wide and last > first)
    return lone.framed or is_part or lone.left == lone.right or is_wide


def _find_used(lines: Sequence[_Line], content: Content) -> frozenset[int]:
    """Give the columns in which a table holds text, has borders, or has a merged cell reaching over."""
    used = {column for line in lines for column in line.cells}
    first, last = min(used), max(used)
    for _, left, _, right in _merges_in(content, lines):
        used.update(range(max(left, first), min(right, last) + 1))
    return frozenset(used | {column for column in content.left_columns if first < column < last})


def _part_columns(used: frozenset[int]) -> Iterator[Sequence[int]]:
    """Part columns where one is blank over the whole height: what stands beside is a table of its own."""
    run: list[int] = []
    for column in sorted(used):
        if run and column > run[-1] + 1:
            yield run
            run = []
        run.append(column)
    yield run


def _merges_in(content: Content, lines: Sequence[_Line]) -> Iterator[Area]:
    """Give the merged areas that begin in these rows."""
    return (area for line in lines for area in content.merges.get(line.number, {}).values())


def _make_paragraphs(lines: Sequence[_Line], sheet: str) -> Iterator[Paragraph]:
    for line in lines:
        for column in line.filled:
            place = SheetPlace(sheet, f"{name_column(column)}{line.number}")
            yield from (Paragraph(text, place) for text in split_lines(line.cells[column].text))


def _close(rows: Sequence[Row]) -> Iterator[Block]:
    if all(len(row.cells) <= 1 for row in rows):
        yield from (
            Paragraph(text, cell.location) for row in rows for cell in row.cells for text in split_lines(cell.text)
        )
    elif any(cell.text for row in rows for cell in row.cells):
        yield Table(tuple(rows), Framing.GRID)
