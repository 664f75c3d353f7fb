"""Tables of a form for a screen: those of a report (`gouji read`), and the row of a change with the figure marked."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from validator.model.form import Form, FormBlock, FormCell, FormColumn, FormRow, FormTable, join_address
from validator.model.outcome import Change, Explanation
from validator.model.report import CellState, Report, ReportCell
from validator.model.result import ReportResult
from validator.words import line

from .layout import Line, align, make_harmless
from .look import Look, Reading, render_heading

_STATES = {"blank": "", "not_applicable": "/", "unreadable": "?"}


def render_reports_table(readings: Iterable[Reading], look: Look, many: bool) -> Iterator[str]:
    """Give each report as a heading, its tables row by row, and what was met in reading it."""
    del many  # one file or many: the same look
    for reading in readings:
        report = reading.report
        lines = [f"{render_heading(reading, look)}  {report.source}"]
        for table in reading.form.tables if reading.form else ():
            figures = list(_table(table, report, look))
            lines += ["", look.say(table.name), *figures] if figures else []
        lines += [f"! {look.say(detail)}" for detail in reading.details]
        yield "".join(f"{make_harmless(text).rstrip()}\n" for text in [*lines, ""])


def _table(table: FormTable, report: Report, look: Look) -> Iterator[str]:
    for block in table.blocks:
        printed = [(row, cells) for row in block.rows if (cells := _figures(table, block, row, report))]
        if not printed:
            continue
        if table.by_position:  # one row under three lines of headings: stood upright, it fits a screen
            names = ["·".join(look.say(word) for word in (*c.groups, c.label)) for c in block.columns]
            yield from align([pair for _, cells in printed for pair in zip(names, cells, strict=True)])
        else:
            header = [block.label, *(look.say(column.label) for column in block.columns)]
            yield from align([header, *([_label(row, look), *cells] for row, cells in printed)])


def _label(row: FormRow, look: Look) -> str:
    return "  " * len(row.groups) + look.say(row.label)


def _figures(table: FormTable, block: FormBlock, row: FormRow, report: Report) -> list[str]:
    cells = [report.cells.get(join_address(table.prefix, row.id, column.id)) for column in block.columns]
    return [_figure(cell) for cell in cells] if any(cells) else []


def _figure(cell: ReportCell | None) -> str:
    if cell is None:
        return "-"
    return _STATES.get(cell.state.value, "") if cell.value is None else str(cell.value)


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
            figure = look.say(line("state-missing"))
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
