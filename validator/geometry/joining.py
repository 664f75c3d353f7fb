"""Grids that go on over pages -> one grid, where their columns agree and nothing stands between them."""

from collections.abc import Sequence

from msgspec.structs import replace

from validator.patterns import Pattern

from .cells import RuledCell, RuledGrid
from .lines import runs_on

_SAME = 3.0
_DIGITS = frozenset("0123456789,，.０１２３４５６７８９")
_FIGURE = Pattern(r"[\d.,，．%\s０-９/\-—–－―]+(?:[⁰¹²³⁴-⁹①-⑳*＊]+|\[\d{1,2}\])?|无")
_NUMBERED = Pattern(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．,，:：]|[㈠-㈩①-⑳])")


def join_grids(before: RuledGrid, after: RuledGrid) -> bool:
    """Put the grid of the next page below this one if it is its continuation, and say whether it was.

    Rows that repeat the head of the first part are dropped; a row that the end of the page cut is made whole.
    """
    if after.page != before.last_page + 1 or not _agree(before, after):
        return False
    rows = after.rows[_count_head(before, after) :]
    if not rows:
        before.last_page = after.page
        return True
    dropped = rows[0][0].row
    base = len(before.rows)
    for cell in (cell for cells in rows for cell in cells):
        cell.row += base - dropped
        cell.end += base - dropped
    if _is_cut(before, rows[0]):
        _mend(before, rows)
    else:
        _continue_merged(before, rows[0])
        before.rows.extend(rows)
    before.last_page = after.page
    return True


def _agree(before: RuledGrid, after: RuledGrid) -> bool:
    """Whether the columns of one are among those of the other, and both have the same sides."""
    first, second = _edges(before), _edges(after)
    if abs(first[0] - second[0]) > _SAME or abs(first[-1] - second[-1]) > _SAME:
        return False
    few, many = sorted((first, second), key=len)
    return all(any(abs(x - other) <= _SAME for other in many) for x in few)


def _edges(grid: RuledGrid) -> list[float]:
    edges: list[float] = []
    for x in sorted({x for cells in grid.rows for cell in cells for x in (cell.box[0], cell.box[2])}):
        if not edges or x - edges[-1] > _SAME:
            edges.append(x)
    return edges


def _count_head(before: RuledGrid, after: RuledGrid) -> int:
    """Count the rows at the top of the next part that repeat those at the top of the first."""
    count = 0
    for first, second in zip(before.rows, after.rows, strict=False):
        texts = [cell.text for cell in second]
        if [cell.text for cell in first] != texts or any(_is_figure(text) for text in texts):
            break
        count += 1
    while count and (not any(c.text for c in after.rows[count - 1]) or _reaches_over(after.rows[:count], count)):
        count -= 1
    return count


def _reaches_over(rows: Sequence[Sequence[RuledCell]], count: int) -> bool:
    return any(cell.end > count for cells in rows for cell in cells)


def _is_figure(text: str) -> bool:
    return bool(text) and _FIGURE.fullmatch(text) is not None


def _is_cut(before: RuledGrid, row: Sequence[RuledCell]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    Its columns are the same, and what it prints goes on with lines that were full; or one of the two has the label
    and the other the figures. Where no line closes the row at the page's end, only figures must have been full.
    """
    last = [cell for cells in before.rows for cell in cells if cell.end == len(before.rows)]
    pairs = [(above, cell) for cell in row if (above := _above(cell, last)) is not None]
    if len(pairs) != len(row) or len(pairs) != len(last):
        return False
    is_open = all(cell.open_top or cell.end > cell.row + 1 for cell in row) or all(
        cell.open_bottom for cell in last if cell.row == len(before.rows) - 1
    )
    both = [(above, cell) for above, cell in pairs if above.text and cell.text]
    for above, cell in both:
        is_figure = _is_figure(cell.text)
        if cell.text == above.text or (not is_figure and _NUMBERED.match(cell.text)):
            return False  # a label that begins anew, or the same unit in both
        if is_figure and above.text[-1] not in _DIGITS:
            return False  # a figure below the label of its column
        if not runs_on(above.printed, cell.printed) and (is_figure or not is_open):
            return False
    ours = [_is_figure(cell.text) for above, cell in pairs if cell.text and not above.text]
    theirs = [_is_figure(above.text) for above, cell in pairs if above.text and not cell.text]
    if any(ours) and any(theirs):
        return False  # a row that has figures of its own, in other columns
    if both or is_open:
        return True
    if not ours or not theirs:
        return False
    return (all(ours) and not any(theirs)) or (all(theirs) and not any(ours))


def _above(cell: RuledCell, last: Sequence[RuledCell]) -> RuledCell | None:
    """Give the cell of the last row that stands over this one and is as wide."""
    for above in last:
        if abs(above.box[0] - cell.box[0]) <= _SAME and abs(above.box[2] - cell.box[2]) <= _SAME:
            return above
    return None


def _mend(before: RuledGrid, rows: Sequence[list[RuledCell]]) -> None:
    """Put what the first row of a page prints behind what the last row of the page before prints."""
    last = [cell for cells in before.rows for cell in cells if cell.end == len(before.rows)]
    for cell in rows[0]:
        above = _above(cell, last)
        if above is not None:
            if not above.text and cell.text:
                above.page, above.box = cell.page, cell.box
            parted = "" if not (above.text and cell.text) or runs_on(above.printed, cell.printed) else "\n"
            above.printed = replace(cell.printed, text=above.text + parted + cell.text)
            above.end = max(above.end, cell.end - 1)
    for cells in rows[1:]:
        for cell in cells:
            cell.row -= 1
            cell.end -= 1
    before.rows.extend(rows[1:])


def _continue_merged(before: RuledGrid, row: list[RuledCell]) -> None:
    """Let a cell that reaches down to the end of the page cover the blank one that goes on with it."""
    last = [cell for cells in before.rows for cell in cells if cell.end == len(before.rows)]
    for cell in list(row):
        above = _above(cell, last)
        if above is None or cell.text or (above.end - above.row < 2 and cell.end - cell.row < 2):
            continue
        if not any(c.box[0] > cell.box[0] and c.text and not _is_figure(c.text) for c in row):
            continue  # only figures beside it: the cell above was a head, which ended with its page
        if above.text and not _is_figure(above.text):
            above.end = cell.end
            row.remove(cell)
