"""Files of older programs (.doc .wps .rtf .odt, .xls .et .ods) -> the packages that they would be saved as today."""

from pathlib import PurePath
from typing import Literal

from validator.errors import ReadError

from .containers import inspect
from .office import OfficeFailedError, OfficeSlowError, close_office, office_at
from .program import find_office


def convert(data: bytes, source: str, target: Literal["docx", "xlsx"], seconds: float = 120) -> bytes:
    """Give the bytes of a file as docx or xlsx, converted by LibreOffice, which runs nothing in it and fetches nothing.

    It has so many seconds, and as many once more in a fresh LibreOffice. Raises ReadError: what `inspect` raises,
    "needs-office" if LibreOffice is not there, "office-failed" if it cannot open the file, "office-slow" if it does
    not come to an end.
    """
    suffix = PurePath(source).suffix.lower()
    given = inspect(data, suffix, target)
    program = find_office()
    if program is None:
        raise ReadError("needs-office", suffix=suffix, better=f".{target}")
    try:
        try:
            return _convert(data, given, target, program, seconds)
        except OfficeSlowError:
            # It was busy with what an earlier file left behind, or the computer was; once more, then.
            close_office()
            return _convert(data, given, target, program, seconds)
    except OfficeSlowError as error:
        close_office()
        raise ReadError("office-slow", seconds=error.seconds, suffix=suffix, better=f".{target}") from None
    except OfficeFailedError as error:
        raise ReadError("office-failed", suffix=suffix, better=f".{target}", detail=str(error)) from None


def _convert(data: bytes, given: str, target: str, program: str, seconds: float) -> bytes:
    office = office_at(program)
    is_fresh = not office.files
    try:
        return office.convert(data, given, target, seconds)
    except OfficeFailedError:
        # An earlier file may have left it in a bad state; one that brings a fresh one down is not tried again.
        if is_fresh or not office.is_worn:
            raise
        return office_at(program).convert(data, given, target, seconds)
