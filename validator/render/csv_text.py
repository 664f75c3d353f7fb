"""Results and reports as CSV: one record a line, no cell that a spreadsheet would run as a formula.

Nothing in it controls a screen or the direction of text. `--format csv` has one finding a line, `--format
problems` one problem, `--format cells` and `gouji read --format csv` one cell.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.result import Results
from validator.patterns import Pattern
from validator.words import line

from .layout import make_harmless
from .look import Look, Reading
from .rows import PRINTED, Row, cell_rows, give_rows

_FORMULA = Pattern(r"[=@＝＠\t\r]|[-+－＋](?![\d.,]*$)")


def render_csv(results: Results, look: Look) -> Iterator[str]:
    """Turn the findings into CSV, one a line; those of one problem have its number and what it should say in common."""
    return _list("findings", results, look)


def render_problems(results: Results, look: Look) -> Iterator[str]:
    """Turn the problems into CSV, one a line, under the headings of the list in sheets."""
    return _list("problems", results, look)


def _list(table: str, results: Results, look: Look) -> Iterator[str]:
    """Give a table for people: in Chinese with Chinese headings and the mark by which Excel knows UTF-8."""
    headings = PRINTED[table]
    if look.language == "zh":
        yield "\ufeff"
        headings = tuple(line(f"column-{name}").zh for name in headings)
    yield from _write(PRINTED[table], give_rows(table, results, look), headings)


def render_cells(results: Results, look: Look) -> Iterator[str]:
    """Turn the cells of all reports that could be read into CSV under one header."""
    return _write(PRINTED["cells"], give_rows("cells", results, look))


def render_reports_csv(readings: Iterable[Reading], look: Look, many: bool) -> Iterator[str]:
    """Give the cells of all reports as CSV under one header."""
    del many  # one file or many: the same lines
    rows = (row for reading in readings for row in cell_rows(reading.report, *_name(reading.form), look))
    return _write(PRINTED["cells"], rows)


def _name(form: Form | None) -> tuple[Mapping[str, Bilingual], Mapping[str, Bilingual]]:
    return ({}, {}) if form is None else (form.names, form.table_names)


def _write(columns: Sequence[str], rows: Iterable[Row], headings: Sequence[str] = ()) -> Iterator[str]:
    """Give a header and a line for each row, in pieces; None is an empty cell."""
    sink = StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(headings or columns)
    for row in rows:
        writer.writerow([_show(row[column]) for column in columns])
        if sink.tell() > _PIECE:
            yield sink.getvalue()
            sink.seek(0)
            sink.truncate()
    yield sink.getvalue()


_PIECE = 1 << 16


def _show(value: object) -> object:
    """Give a value as its cell: text that begins like a formula gets a quote before it."""
    if isinstance(value, list):
        value = " ".join(value)
    if not isinstance(value, str):
        return value
    text = make_harmless(value)
    return f"'{text}" if _FORMULA.match(value) else text
