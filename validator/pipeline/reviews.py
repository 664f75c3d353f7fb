"""A list of problems that people have filled in (.xlsx) -> what they wrote, by the fingerprints of the findings."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from validator.errors import ReadError, UsageError
from validator.model.result import Review
from validator.readers.package import open_package
from validator.readers.sheets.cells import read_content
from validator.readers.sheets.content import Budget
from validator.readers.sheets.workbook import open_workbook
from validator.render.rows import LISTED
from validator.words import describe_os_error, describe_read_error, line

_BUDGET = (1_100_000, 30_000_000, 400_000_000)
"""Rows, cells and characters: a list may be as long as a sheet can."""


def load_reviews(path: Path) -> Mapping[str, Review]:
    """Read the sheets of a workbook that have a column of fingerprints, filtered rows and all; UsageError if none has.

    Where a problem stands in several lines, the first that something was written beside counts.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError.of("cannot-read-reviews", path=str(path), reason=describe_os_error(error)) from error
    try:
        reviews = list(_read(data))
    except ReadError as error:
        reason = describe_read_error(error.code, **error.values)
        raise UsageError.of("cannot-read-reviews", path=str(path), reason=reason) from error
    if not reviews:
        raise UsageError.of("no-list-in", path=str(path))
    kept: dict[str, Review] = {}
    for review in reviews[0]:
        for fingerprint in review.fingerprints:
            known = kept.get(fingerprint)
            if known is None or not (known.finding or known.action):
                kept[fingerprint] = review
    return kept


def _read(data: bytes) -> Iterator[list[Review]]:
    """Give all lines of the sheets that are lists, nothing if no sheet is one."""
    workbook = open_workbook(open_package(data, "XLSX"))
    budget, found, lists = Budget(*_BUDGET), [], False
    for sheet in workbook.sheets:
        columns: dict[int, str] = {}
        for _, cells in sorted(read_content(workbook, sheet, budget).rows.items()):
            texts = {column: cell.text.strip() for column, cell in cells.items()}
            named = {column: _NAMES[text] for column, text in texts.items() if text in _NAMES}
            if "fingerprints" in named.values():
                columns, lists = named, True
                continue
            fields = {name: texts[column] for column, name in columns.items() if texts.get(column)}
            if fingerprints := tuple(fields.get("fingerprints", "").split()):
                pairs = tuple(fields.items())
                found.append(Review(fingerprints, fields.get("finding", ""), fields.get("action", ""), pairs))
    if lists:
        yield found


_NAMES = {
    heading: name for name in (*LISTED, "outcome") for heading in (line(f"column-{name}").zh, line(f"column-{name}").en)
}
