"""`gouji read --format csv` and `gouji check --format cells`: one cell of one report a line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from validator.model.bilingual import Bilingual
from validator.model.location import describe_location
from validator.model.report import Report
from validator.model.result import Results

from .csv_text import write_csv
from .json_text import to_json_number
from .look import Look
from .reading import Reading

COLUMNS = ("source", "organization", "year", "form", "address", "name", "value", "raw", "state", "note", "place")


def render_reports_csv(readings: Iterable[Reading], look: Look, many: bool) -> Iterator[str]:
    """Give the cells of all reports as CSV under one header."""
    del many  # one file or many: the same lines
    yield write_csv(COLUMNS, ())
    for reading in readings:
        name = _as_it_is if reading.form is None else reading.form.name
        yield write_csv(None, _rows(reading.report, name, look))


def render_cells(results: Results, look: Look) -> Iterator[str]:
    """Turn the cells of all reports that could be read into CSV under one header."""
    yield write_csv(COLUMNS, ())
    for result in results.reports:
        if result.report is not None:
            yield write_csv(None, _rows(result.report, partial(_look_up, result.names), look))


def _look_up(names: Mapping[str, Bilingual], address: str) -> Bilingual:
    return names.get(address) or _as_it_is(address)


def _as_it_is(address: str) -> Bilingual:
    return Bilingual(address, address)


def _rows(report: Report, name: Callable[[str], Bilingual], look: Look) -> Iterator[tuple[object, ...]]:
    for address, cell in report.cells.items():
        yield (
            report.source,
            report.organization,
            report.year,
            report.form,
            address,
            look.say(name(address)),
            to_json_number(cell.value),
            cell.raw,
            cell.state.value,
            cell.note,
            look.say(describe_location(cell.location)),
        )
