"""The rows of a Word table -> cells placed in its grid, those merged downwards told as one."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from validator.model.document import Cell, Row
from validator.model.location import WordCellPlace
from validator.readers.boxed_prose import PROSE_LENGTH
from validator.readers.package import Element

from .inline import choose
from .parts import ALTERNATE, CELL, KINDS, ROW, THROUGH, UNSEEN, VALUE, WORD, word_names
from .styles import is_on

_ROW_PROPERTIES, _CELL_PROPERTIES = word_names("trPr tcPr")
_SKIPPED, _DELETED, _HIDDEN = word_names("gridBefore del hidden")
_SPAN, _DOWN, _RIGHT, _CELL_DELETED, _MERGE_CHANGED = word_names("gridSpan vMerge hMerge cellDel cellMerge")
_WIDEST_SPAN = 1000
_KEPT_LENGTH = 40


class GridCell(msgspec.Struct):
    """A cell of a table: its element, its column from 0, and how many columns and rows it covers."""

    element: Element
    column: int
    colspan: int
    rowspan: int = 1
    text: str = ""


class GridRow(msgspec.Struct):
    """The cells that begin in a row; `covered` are those merged with the cell above or before, and not shown."""

    cells: list[GridCell]
    covered: list[Element]
    hidden: bool


def lay_out(table: Element) -> list[GridRow]:
    """Give the rows of a table as they are when pending changes are accepted."""
    rows: list[GridRow] = []
    above: dict[int, GridCell] = {}  # by column, the cells that may go on in the row below
    for element in _find(table, ROW):
        column, deleted, hidden = _read_row_properties(element)
        if deleted:
            continue
        row = GridRow([], [], hidden)
        open_cells: dict[int, GridCell] = {}
        for cell in _find(element, CELL):
            colspan, down, right, deleted = _read_cell_properties(cell)
            if deleted:
                continue
            upper = above.get(column) if down == "continue" else None
            if right == "continue" and row.cells:
                row.cells[-1].colspan += colspan
                row.covered.append(cell)
            elif upper is not None and upper.colspan == colspan:
                upper.rowspan += 1
                open_cells[column] = upper
                row.covered.append(cell)
            else:
                # What goes on from above a page or a cut begins here.
                placed = GridCell(cell, column, colspan)
                row.cells.append(placed)
                if down:
                    open_cells[column] = placed
            column += colspan
        above = open_cells
        rows.append(row)
    return rows


def to_rows(rows: Sequence[GridRow], number: int) -> Iterator[tuple[Row, bool]]:
    """Give the rows of the document's `number`th table, and of each whether prose may stand in it."""
    reach = 0  # the row from which no cell of those above reaches down
    for index, row in enumerate(rows):
        is_long = False
        cells = []
        for cell in row.cells:
            make = _keep_cell if len(cell.text) <= _KEPT_LENGTH else _build_cell
            cells.append(make(cell.text, number, index + 1, cell.column, cell.colspan, cell.rowspan))
            is_long = is_long or len(cell.text) >= PROSE_LENGTH
            if cell.rowspan > 1:
                reach = max(reach, index + cell.rowspan)
        yield Row(tuple(cells)), is_long and reach <= index


def _build_cell(text: str, table: int, row: int, column: int, colspan: int, rowspan: int) -> Cell:
    return Cell(text, WordCellPlace(table, row, column + 1), column, colspan, rowspan)


# Reports follow a form: in one after the other the same short labels and figures stand in the same places.
_keep_cell = lru_cache(maxsize=8192)(_build_cell)


def _find(parent: Element, wanted: int) -> Iterator[Element]:
    """Give the rows of a table or the cells of a row, also those inside content controls."""
    for child in parent:
        kind = KINDS.get(child.tag, UNSEEN)
        if kind == wanted:
            yield child
        elif kind == THROUGH:
            yield from _find(child, wanted)
        elif kind == ALTERNATE:
            for choice in choose(child):
                yield from _find(choice, wanted)


def _read_row_properties(row: Element) -> tuple[int, bool, bool]:
    """Give the column that a row begins in, and whether it is deleted or hidden."""
    column, deleted, hidden = 0, False, False
    for properties in row:
        if properties.tag == _ROW_PROPERTIES:
            for item in properties:
                if item.tag == _SKIPPED:
                    column = _count(item)
                elif item.tag == _DELETED:
                    deleted = True
                elif item.tag == _HIDDEN:
                    hidden = is_on(item.get(VALUE))
            break
    return column, deleted, hidden


def _read_cell_properties(cell: Element) -> tuple[int, str, str, bool]:
    """Give how many columns a cell covers, how it merges downwards and to the right, and whether it is deleted."""
    properties = next(iter(cell), None)
    if properties is None or properties.tag != _CELL_PROPERTIES:
        return 1, "", "", False
    span, down, right, deleted = 1, "", "", False
    for item in properties:
        tag = item.tag
        if tag == _SPAN:
            span = max(1, _count(item))
        elif tag == _DOWN:
            down = item.get(VALUE) or "continue"
        elif tag == _RIGHT:
            right = item.get(VALUE) or "continue"
        elif tag == _CELL_DELETED:
            deleted = True
        elif tag == _MERGE_CHANGED:
            down = {"cont": "continue", "rest": "restart"}.get(item.get(f"{WORD}vMerge") or "", down)
    return span, down, right, deleted


def _count(element: Element) -> int:
    value = element.get(VALUE) or ""
    return min(int(value), _WIDEST_SPAN) if value.isdecimal() and len(value) < 9 else 0
