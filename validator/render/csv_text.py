"""CSV as this program writes it: one record a line, no cell that a spreadsheet would run as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]*$)")


def write_csv(header: Sequence[str] | None, rows: Iterable[Sequence[object]]) -> str:
    """Give the records as CSV; None is an empty cell, and text that begins like a formula gets a quote before it."""
    sink = StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    if header is not None:
        writer.writerow(header)
    writer.writerows([_disarm(value) for value in row] for row in rows)
    return sink.getvalue()


def _disarm(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
