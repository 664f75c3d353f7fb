"""lay_out: the glyphs and strokes of pages become lines of text and grids of cells, in reading order."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from validator.patterns import Pattern

from .cells import RuledCell, RuledGrid, read_grids
from .joining import join_grids
from .lattice import find_lattices, find_rulings
from .lines import find_lines, read_cell
from .page import Glyph, Grid, GridCell, Piece, PrintedPage, TextLine
from .sheets import Sheet, part_pages
from .strikes import drop_struck

_MARGIN = 0.14
"""The share of a page's height, at top and bottom, in which heads, feet and numbers stand."""
_NUMBERED = Pattern(
    r"[-—–－―~·•\s]*(?:第\s*)?(?:[pP]age\s*|[pP]\.?\s*)?(\d{1,4}|[ivxIVX]{1,6})\s*(?:页)?"
    r"(?:\s*(?:/|of|[,，、]?\s*共)\s*\d{1,4}\s*页?)?[-—–－―~·•\s]*"
)
_COUNTER = Pattern(r"第\s*\d+\s*页|共\s*\d+\s*页|\d+\s*/\s*\d+|[-—–]\s*\d+\s*[-—–]")
_WORD = Pattern(r"[^\W\d_]")
_MOST_LINES = 4


def drop_running_heads(pages: Sequence[PrintedPage], lines: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """Give the lines of each page without page numbers and without heads and feet that are repeated.

    A head stays where it stands first, for it may be the title.
    """
    numbers = [_find_number(page, found) for page, found in zip(pages, lines, strict=True)]
    steps = Counter(value - page.number for page, (_, value) in zip(pages, numbers, strict=True) if value >= 0)
    repeated = Counter(key for page, found in zip(pages, lines, strict=True) for key in set(_keys(page, found)))
    seen: set[_Key] = set()
    left: list[list[TextLine]] = []
    for page, found, (number, value) in zip(pages, lines, numbers, strict=True):
        kept = [line for line in found if line is not number or not _is_sure(line, value - page.number, steps)]
        for head in (True, False):
            # From the edge of the page inwards, up to the first line that is the page's own.
            for line in kept[:_MOST_LINES] if head else kept[: -_MOST_LINES - 1 : -1]:
                key = _key(page, line)
                if key is None or key[0] != head or repeated[key] < 2:
                    break
                if not head or key in seen:
                    kept.remove(line)
                seen.add(key)
        left.append(kept)
    return left


_Key = tuple[bool, str, int]


def _is_sure(line: TextLine, step: int, steps: Counter[int]) -> bool:
    """Whether a line is a page number: it is dressed as one, counts on with others, or is the page's own."""
    return not line.text.strip().isdigit() or steps[step] > 1 or (step == 0 and steps.total() == 1)


def _find_number(page: PrintedPage, lines: Sequence[TextLine]) -> tuple[TextLine | None, int]:
    for line in (*reversed(lines[-2:]), *lines[:2]):
        if _zone(page, line) is not None and (found := _NUMBERED.fullmatch(line.text)):
            return line, int(found[1]) if found[1].isdigit() else -1
    return None, -1


def _zone(page: PrintedPage, line: TextLine) -> bool | None:
    """Say whether a line stands in the margin at the top (True) or at the bottom (False) of its page."""
    if line.box[3] < page.height * _MARGIN:
        return True
    return False if line.box[1] > page.height * (1 - _MARGIN) else None


def _key(page: PrintedPage, line: TextLine) -> _Key | None:
    """Give what makes a line the same on other pages: its words and its height; None for what is no head or foot."""
    zone = _zone(page, line)
    if zone is None or not _WORD.search(line.text):
        return None
    return zone, _COUNTER.sub("0", "".join(line.text.split())), round(line.box[1] / 4)


def _keys(page: PrintedPage, lines: Sequence[TextLine]) -> list[_Key]:
    edge = [*lines[:_MOST_LINES], *lines[-_MOST_LINES:]]
    return [key for line in edge if (key := _key(page, line)) is not None]


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
    for found, kept in zip(grids, drop_running_heads([sheet.page for sheet in sheets], lines), strict=True):
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
        return bisect_right(lefts, x + _SAME) - 1

    def to_cell(cell: RuledCell) -> GridCell:
        column = column_of(cell.box[0])
        last = column_of(cell.box[2] - 2 * _SAME)
        rows = cell.end - cell.row
        sheet = sheets[cell.page]
        return GridCell(cell.text, sheet.number, sheet.place(cell.box), column, max(last - column, 0) + 1, rows)

    return Grid(tuple([tuple([to_cell(cell) for cell in cells]) for cells in grid.rows]))
