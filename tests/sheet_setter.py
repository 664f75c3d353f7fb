"""Sets a printed report on sheets of paper: lines of text and the rulings of tables that break over sheets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from typeset import PrintedCell, PrintedReport
from typeset.grid import PrintedTable

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 22.0
SIZE = 3.7
"""Of the text, in millimetres; 10.5 points."""
PADDING = 0.6


@dataclass
class Line:
    """A printed line: where its base line begins, how large its characters are, and its text."""

    x: float
    y: float
    size: float
    text: str


@dataclass
class Sheet:
    """A sheet of paper: its lines of text, and the rulings of each of its tables (x0, y0, x1, y1)."""

    lines: list[Line] = field(default_factory=list)
    tables: list[list[tuple[float, float, float, float]]] = field(default_factory=list)


MARKED = range(0xE000, 0xE400)
"""Signs that stand for narrow ones, for a writer that prints them in a way of its own."""
STICKING = range(0xE100, 0xE200)
"""Those of them that no line begins with."""


def breadth(text: str, size: float) -> float:
    """Give the width of a text in millimetres."""
    return sum(size if ord(character) > 0x2000 and ord(character) not in MARKED else size / 2 for character in text)


def wrap(text: str, size: float, width: float, indent: float = 0.0) -> list[str]:
    """Break a text into lines that fit, anywhere; a figure beside a mark is not broken."""
    marked = any(ord(sign) in MARKED for sign in text)
    lines, line, used = [], "", indent
    for character in text:
        wide = breadth(character, size)
        whole = marked and line and _is_digit(line[-1]) and _is_digit(character) and _alike(line[-1], character)
        if line and used + wide > width and not whole and ord(character) not in STICKING:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + character, used + wide
    return [*lines, line] if line else lines


def _is_digit(sign: str) -> bool:
    return sign.isdigit() or ord(sign) in MARKED


def _alike(sign: str, other: str) -> bool:
    return ord(sign) >> 8 == ord(other) >> 8


class Setter:
    """Sets one thing below the other, and takes a new sheet where there is no room."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.size = SIZE * random.choice([0.85, 1.0, 1.15])
        self.sheets = [Sheet()]
        self.y = MARGIN + random.uniform(0, 40)

    def feed(self, height: float) -> None:
        if self.y + height > HEIGHT - MARGIN:
            self.sheets.append(Sheet())
            self.y = MARGIN

    def add_line(self, text: str, x: float, size: float) -> None:
        self.feed(size * 1.6)
        self.sheets[-1].lines.append(Line(x, self.y + size * 1.1, size, text))
        self.y += size * 1.6

    def add_title(self, text: str) -> None:
        size = self.size * 1.6
        for line in wrap(text, size, WIDTH - 2 * MARGIN):
            self.add_line(line, (WIDTH - breadth(line, size)) / 2, size)
        self.y += size

    def add_paragraph(self, text: str) -> None:
        indent = 2 * self.size
        for number, line in enumerate(wrap(text, self.size, WIDTH - 2 * MARGIN, indent)):
            self.add_line(line, MARGIN + (0 if number else indent), self.size)

    def add_table(self, table: PrintedTable) -> None:
        self.y += self.size
        size = self.size * (0.9 if table.width < 12 else 0.75)
        edges = column_edges(table, self.random)
        placed = list(place_cells(table))
        lines = {
            id(cell): wrap(cell.text, size, edges[x + cell.colspan] - edges[x] - 2 * PADDING) for _, x, cell in placed
        }
        needed = {id(cell): len(lines[id(cell)]) * size * 1.25 + 2 * PADDING for _, _, cell in placed}
        heights = [size * 1.25 + 2 * PADDING] * len(table.rows)
        for y, _, cell in sorted(placed, key=lambda entry: entry[2].rowspan):
            short = needed[id(cell)] - sum(heights[y : y + cell.rowspan])
            heights[y + cell.rowspan - 1] += max(0.0, short)
        first = 0
        while first < len(heights):
            self.feed(heights[first])
            last, bottom = first, self.y
            while last < len(heights) and bottom + heights[last] <= HEIGHT - MARGIN:
                bottom += heights[last]
                last += 1
            last = max(last, first + 1)
            self._add_part(placed, lines, edges, heights, first, last, size)
            first = last
            if first < len(heights):
                self.y = HEIGHT
        self.y += self.size

    def _add_part(self, placed, lines, edges, heights, first, last, size) -> None:
        tops = [self.y]
        for height in heights[first:last]:
            tops.append(tops[-1] + height)
        rulings = []
        for y, x, cell in placed:
            begin, end = max(y, first), min(y + cell.rowspan, last)
            if begin >= end:
                continue
            left, right, top, bottom = edges[x], edges[x + cell.colspan], tops[begin - first], tops[end - first]
            rulings += [(left, top, right, top), (left, top, left, bottom)]
            rulings += [(left, bottom, right, bottom), (right, top, right, bottom)]
            room = max(1, int((bottom - top - 2 * PADDING + 0.01) / (size * 1.25)))
            shown, lines[id(cell)] = lines[id(cell)][:room], lines[id(cell)][room:]
            down = top + (bottom - top - len(shown) * size * 1.25) / 2
            for number, line in enumerate(shown):
                start = left + (right - left - breadth(line, size)) / 2
                self.sheets[-1].lines.append(Line(start, down + size * (1.25 * number + 1.0), size, line))
        self.sheets[-1].tables.append(list(dict.fromkeys(rulings)))
        self.y = tops[-1]


def place_cells(table: PrintedTable) -> Iterator[tuple[int, int, PrintedCell]]:
    """Give each cell with the row and the column it begins in."""
    free: dict[int, int] = {}
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while free.get(x, 0) > y:
                x += 1
            yield y, x, cell
            for column in range(x, x + cell.colspan):
                free[column] = y + cell.rowspan
            x += cell.colspan


def column_edges(table: PrintedTable, random: Random) -> list[float]:
    """Give the places of the column lines; narrow columns wrap their labels, the narrowest their numbers too.

    Numbers with marks beside them are not broken.
    """
    weights = [1.0] * table.width
    for _, x, cell in place_cells(table):
        if cell.colspan == 1 and not cell.figure:
            figures_below = any(c.figure and cx == x for _, cx, c in place_cells(table))
            weights[x] = max(weights[x], 1.0 if figures_below else min(4.0, len(cell.text) / 4))
    marked = any(ord(sign) in MARKED for _, _, cell in place_cells(table) for sign in cell.text)
    if table.width > 9 and random.random() < 0.5 and not marked:
        weights[table.width // 2] = random.choice([0.45, 0.6])
    unit = (WIDTH - 2 * MARGIN) / sum(weights)
    edges = [MARGIN]
    for weight in weights:
        edges.append(edges[-1] + weight * unit)
    return edges


def set_report(report: PrintedReport, random: Random) -> list[Sheet]:
    """Set a report on sheets, each with its number at its foot."""
    setter = Setter(random)
    setter.add_title(report.title)
    for heading, paragraphs, tables in report.sections:
        setter.add_paragraph(heading)
        for text in paragraphs:
            setter.add_paragraph(text)
        for table in tables:
            setter.add_table(table)
    for number, sheet in enumerate(setter.sheets, start=1):
        sheet.lines.append(Line(WIDTH / 2 - 6, HEIGHT - 12, 3.2, f"— {number} —"))
    return setter.sheets
