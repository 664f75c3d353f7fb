"""A change -> the printed row that it is in, drawn with the wrong figure marked under it."""

import unicodedata
from collections.abc import Iterator, Mapping

import msgspec

from validator.model.form import Form, FormCell, FormColumn, join_address
from validator.model.outcome import Change, Explanation
from validator.model.report import CellState
from validator.model.result import ReportResult
from validator.words import line

from .layout import Line
from .look import Look

_WIDTH = 100
"""Character cells that a drawing may take where there is no screen."""
_LEAST_WIDTH = 40
_INDENT = 4
_GAP = 2
_MOST_ROWS = 2
"""Where more rows change than these, their places are told and none is drawn."""
_LABEL, _FIGURE, _MARK, _MENDED = "dim", "", "bold red", "bold green"


class _Column(msgspec.Struct):
    """A column of the drawing: what stands in it and what should; without a change it is there to show the others."""

    label: str
    figure: str
    proposed: str = ""
    stays: bool = False

    @property
    def width(self) -> int:
        return max(count_cells(self.label), count_cells(self.figure), len(self.proposed))


def draw_changes(
    explanation: Explanation, report: ReportResult, forms: Mapping[str, Form], look: Look
) -> Iterator[Line]:
    """Give lines that draw each row in which something should change; none for rows of a single figure."""
    form = forms.get(report.form or "")
    if form is None:
        return
    rows: dict[tuple[str, str], list[Change]] = {}
    for change in explanation.changes:
        cell = form.cells.get(change.cell)
        if cell is None or len(cell.block.columns) < 2 or change.cell not in report.cells:
            return
        rows.setdefault((cell.table.prefix, cell.row.id), []).append(change)
    for changes in rows.values() if len(rows) <= _MOST_ROWS else ():
        yield from _draw_row(form.cells[changes[0].cell], changes, report, look, certain=explanation.unique)


def _draw_row(
    cell: FormCell, changes: list[Change], report: ReportResult, look: Look, *, certain: bool
) -> Iterator[Line]:
    proposed = {change.cell: str(change.proposed) for change in changes}
    columns = []
    for column in _columns_of(cell, changes):
        address = join_address(cell.table.prefix, cell.row.id, column.id)
        printed = report.cells.get(address)
        if printed is None:
            figure = look.say(line("cell-missing"))
        else:
            figure = str(printed.value) if printed.state is CellState.NUMBER else printed.raw
        columns.append(_Column(look.say(column.label), figure, proposed.get(address, ""), stays=column.total))
    gutter, gap = ("│ ", "…") if look.language == "zh" else ("| ", "...")
    shown = _fit(columns, max((look.width or _WIDTH) - _INDENT - 2, _LEAST_WIDTH), gap)
    yield _row(gutter, [(column.label, _LABEL) for column in shown], shown)
    yield _row(gutter, [(column.figure, _MARK if column.proposed else _FIGURE) for column in shown], shown)
    carets = [("^" * max(count_cells(column.figure), 1) if column.proposed else "", _MARK) for column in shown]
    if len(changes) == 1:
        place = next(number for number, column in enumerate(shown) if column.proposed)
        marked = _row(gutter, carets[: place + 1], shown[: place + 1])
        said = look.say(line("should-be" if certain else "perhaps-should-be"))
        yield Line(marked.indent, (*marked.parts, (f" {said}{shown[place].proposed}", _MARK)))
        return
    yield _row(gutter, carets, shown)
    yield _row(gutter, [(column.proposed, _MENDED) for column in shown], shown)


def _columns_of(cell: FormCell, changes: list[Change]) -> list[FormColumn]:
    """Give the columns to draw: where a header names several alike under labels of their own, those of one label."""
    labels = [column.label.zh for column in cell.block.columns]
    changed = {column.groups for column in cell.block.columns if any(c.cell.endswith(f".{column.id}") for c in changes)}
    if len(set(labels)) == len(labels) or len(changed) > 1:
        return list(cell.block.columns)
    return [column for column in cell.block.columns if column.groups == cell.column.groups]


def _row(gutter: str, texts: list[tuple[str, str]], columns: list[_Column]) -> Line:
    parts = [(gutter, _LABEL)]
    for number, ((text, style), column) in enumerate(zip(texts, columns, strict=True)):
        parts.append((" " * (column.width - count_cells(text) + _GAP * (number > 0)), ""))
        parts.append((text, style))
    return Line(_INDENT, tuple(parts))


def _fit(columns: list[_Column], room: int, gap: str) -> list[_Column]:
    """Leave out columns until they fit: first those that neither change, nor are totals, nor stand beside a change."""
    if _measure(columns) <= room:
        return columns
    changed = {number for number, column in enumerate(columns) if column.proposed}
    beside = {number + step for number in changed for step in (-1, 1)}
    for kept in (changed | beside | {n for n, column in enumerate(columns) if column.stays}, changed | beside, changed):
        shown: list[_Column] = []
        for number, column in enumerate(columns):
            if number in kept:
                shown.append(column)
            elif not shown or shown[-1].label != gap:
                shown.append(_Column(gap, gap))
        if _measure(shown) <= room:
            break
    return shown


def _measure(columns: list[_Column]) -> int:
    return sum(column.width + _GAP for column in columns)


def count_cells(text: str) -> int:
    """Say how many character cells of a screen a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
