"""`gouji read --format csv`: one cell of one report a line."""

from collections.abc import Iterable, Iterator

from validator.model.bilingual import Bilingual
from validator.model.location import describe_location

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
        yield write_csv(None, _rows(reading, look))


def _rows(reading: Reading, look: Look) -> Iterator[tuple[object, ...]]:
    report, form = reading.report, reading.form
    for address, cell in report.cells.items():
        yield (
            report.source,
            report.organization,
            report.year,
            report.form,
            address,
            look.say(Bilingual(address, address) if form is None else form.name(address)),
            to_json_number(cell.value),
            cell.raw,
            cell.state.value,
            cell.note,
            look.say(describe_location(cell.location)),
        )
