"""`gouji read --format table`: the tables of a report as their form prints them, for eyes."""

from collections.abc import Iterable, Iterator

from validator.model.form import FormBlock, FormRow, FormTable, join_address
from validator.model.report import Report, ReportCell

from .heading import render_heading
from .layout import align, make_harmless
from .look import Look, Reading

_STATES = {"blank": "", "not_applicable": "/", "unreadable": "?"}


def render_reports_table(readings: Iterable[Reading], look: Look, many: bool) -> Iterator[str]:
    """Give each report as a heading, its tables row by row, and what was met in reading it."""
    del many  # one file or many: the same look
    for reading in readings:
        report = reading.report
        lines = [f"{render_heading(report, look)}  {report.source}"]
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
