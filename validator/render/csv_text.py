"""CSV as this program writes it: one record a line, no cell that a spreadsheet would run as a formula,
and no character that controls a screen or the direction of text."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from .layout import make_harmless

_FORMULA = re.compile(r"[=@＝＠\t\r]|[-+－＋](?![\d.,]*$)")


def write_csv(header: Sequence[str] | None, rows: Iterable[Sequence[object]]) -> str:
    """Give the records as CSV; None is an empty cell, and text that begins like a formula gets a quote before it."""
    sink = StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    if header is not None:
        writer.writerow(header)
    writer.writerows([_disarm(value) for value in row] for row in rows)
    return sink.getvalue()


def _disarm(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = make_harmless(value)
    return f"'{text}" if _FORMULA.match(value) else text
