"""lay_out: the glyphs and strokes of pages become lines of text and grids of cells, in reading order."""

from collections.abc import Sequence

from .cells import RuledCell, RuledGrid, read_grids
from .furniture import drop_furniture
from .joining import join_grids
from .lattice import find_lattices
from .lines import find_lines
from .page import Glyph, PrintedPage
from .pieces import Grid, GridCell, Piece, TextLine
from .rulings import find_rulings
from .sheets import Sheet, part_pages
from .strikes import drop_struck
from .wrapping import read_cell

_SAME = 3.0


def lay_out(pages: Sequence[PrintedPage]) -> list[Piece]:
    """Give the lines of running text and the grids of these pages in reading order, without page numbers.

    A grid that goes on over pages is one.
    """
    sheets = part_pages([drop_struck(page) for page in pages])
    grids: list[list[RuledGrid]] = []
    lines: list[list[TextLine]] = []
    for sheet in sheets:
        page = sheet.page
        found, outside = read_grids(page, find_lattices(*find_rulings(page.strokes), page.glyphs))
        grids.append(found)
        lines.append(_read_lines(page.number, outside))
    ordered: list[TextLine | RuledGrid] = []
    for found, kept in zip(grids, drop_furniture([sheet.page for sheet in sheets], lines), strict=True):
        begin = len(ordered)
        items: list[TextLine | RuledGrid] = [*kept, *found]
        for item in sorted(items, key=_top):
            if isinstance(item, RuledGrid) and begin == len(ordered) and ordered:
                last = ordered[-1]
                if isinstance(last, RuledGrid) and join_grids(last, item):
                    continue
            ordered.append(item)
    return [_to_line(item, sheets) if isinstance(item, TextLine) else _to_grid(item, sheets) for item in ordered]


def _to_line(line: TextLine, sheets: Sequence[Sheet]) -> TextLine:
    sheet = sheets[line.page]
    return line._replace(page=sheet.number, box=sheet.place(line.box))


def _read_lines(number: int, glyphs: Sequence[Glyph]) -> list[TextLine]:
    upright = [glyph for glyph in glyphs if not glyph.turn]
    read = [TextLine(line.text, number, line.box) for line in find_lines(upright)]
    if len(upright) < len(glyphs):
        turned = [glyph for glyph in glyphs if glyph.turn]
        box = (
            min(glyph.left for glyph in turned),
            min(glyph.top for glyph in turned),
            max(glyph.right for glyph in turned),
            max(glyph.bottom for glyph in turned),
        )
        read.append(TextLine(read_cell(turned, box).text.replace("\n", "  "), number, box))
    return read


def _top(item: TextLine | RuledGrid) -> tuple[float, float]:
    return item.box[1], item.box[0]


def _to_grid(grid: RuledGrid, sheets: Sequence[Sheet]) -> Grid:
    """Number the columns of a grid by where its cells begin."""
    lefts: list[float] = []
    for x in sorted({cell.box[0] for cells in grid.rows for cell in cells}):
        if not lefts or x - lefts[-1] > _SAME:
            lefts.append(x)

    def column_of(x: float) -> int:
        return sum(left <= x + _SAME for left in lefts) - 1

    def to_cell(cell: RuledCell) -> GridCell:
        column = column_of(cell.box[0])
        last = column_of(cell.box[2] - 2 * _SAME)
        rows = cell.end - cell.row
        sheet = sheets[cell.page]
        return GridCell(cell.text, sheet.number, sheet.place(cell.box), column, max(last - column, 0) + 1, rows)

    return Grid(tuple(tuple(to_cell(cell) for cell in cells) for cells in grid.rows))
