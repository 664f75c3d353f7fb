"""What came of one file, in the shape in which it travels between processes and is kept."""

from typing import NamedTuple

from msgspec.structs import replace

from validator.model.result import ReportResult

from .frozen import freeze, thaw


class Checked(NamedTuple):
    """The frozen result of a file, its source, whose report it is for which year, and whether it could be read."""

    frozen: bytes
    source: str
    organization: str | None
    year: int | None
    readable: bool = True


def pack(result: ReportResult) -> Checked:
    """Make a result ready to travel."""
    return Checked(freeze(result), result.source, result.organization, result.year, result.error is None)


def rename(checked: Checked, source: str) -> Checked:
    """Give the same for a file of another name but of equal content."""
    if checked.source == source:
        return checked
    result = thaw(checked.frozen)
    report = None if result.report is None else replace(result.report, source=source)
    return pack(replace(result, source=source, report=report))


COLUMNS = "frozen blob, source blob, organization blob, year integer, readable integer"
"""The columns of a table of SQLite that keeps what `to_row` gives."""


def to_row(checked: Checked) -> tuple[bytes, bytes | None, bytes | None, int | None, bool]:
    """Give it as a row; texts go as bytes, for a path may hold what is no text."""
    return checked.frozen, _encode(checked.source), _encode(checked.organization), checked.year, checked.readable


def from_row(frozen: bytes, source: bytes, organization: bytes | None, year: int | None, readable: int) -> Checked:
    """Make of a row what `to_row` made it of."""
    return Checked(frozen, decode_text(source) or "", decode_text(organization), year, bool(readable))


def decode_text(text: bytes | None) -> str | None:
    """Give the text of a column."""
    return None if text is None else text.decode("utf-8", "surrogatepass")


def _encode(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogatepass")
