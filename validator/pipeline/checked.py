"""What came of one file, in the shape in which it travels between processes and is kept."""

from dataclasses import replace
from typing import NamedTuple

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
