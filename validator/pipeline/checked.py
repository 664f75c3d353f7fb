"""What came of one file, in the shape in which it travels between processes and is kept."""

from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from validator.errors import GoujiError, RuleError
from validator.model.result import ReportResult

from .discovery import Input
from .frozen import freeze, thaw


class Checked(NamedTuple):
    """The frozen result of a file, its source, whose report it is for which year, and whether it could be read.

    `more` are those of the other reports of the same file.
    """

    frozen: bytes
    source: str
    organization: str | None
    year: int | None
    readable: bool = True
    more: tuple["Checked", ...] = ()


Numbered = tuple[int, Input]
Done = tuple[int, Checked | None]
"""The number of an input and what came of it; None for one that is left out."""


def pack(result: ReportResult, *more: ReportResult) -> Checked:
    """Make a result ready to travel, with those of the other reports of its file."""
    others = tuple(map(pack, more))
    return Checked(freeze(result), result.source, result.organization, result.year, result.error is None, others)


def rename(checked: Checked, source: str) -> Checked:
    """Give the same for a file of another name but of equal content."""
    if checked.source == source:
        return checked
    result = thaw(checked.frozen)
    report = None if result.report is None else replace(result.report, source=source)
    renamed = pack(replace(result, source=source, report=report))
    more = (rename(other, source + other.source.removeprefix(checked.source)) for other in checked.more)
    return renamed._replace(more=tuple(more))


COLUMNS = "frozen blob, source blob, organization blob, year integer, readable integer"
"""The columns of a table of SQLite that keeps what `to_row` gives."""


def to_row(checked: Checked) -> tuple[bytes, bytes | None, bytes | None, int | None, bool]:
    """Give it as a row; texts go as bytes, for a path may hold what is no text."""
    return checked.frozen, _encode(checked.source), _encode(checked.organization), checked.year, checked.readable


def from_row(
    frozen: bytes, source: bytes | None, organization: bytes | None, year: int | None, readable: int
) -> Checked:
    """Make of a row what `to_row` made it of."""
    return Checked(frozen, decode_text(source) or "", decode_text(organization), year, bool(readable))


def decode_text(text: bytes | None) -> str | None:
    """Give the text of a column."""
    return None if text is None else text.decode("utf-8", "surrogatepass")


def _encode(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogatepass")


_FAILURE = b"!"
_Row = tuple[bytes, bytes | None, bytes | None, int | None, bool]
_decoder: msgspec.msgpack.Decoder[tuple[int, tuple[_Row, ...]]] = msgspec.msgpack.Decoder(tuple[int, tuple[_Row, ...]])
_failure_decoder = msgspec.msgpack.Decoder(tuple[bytes, bytes])


def encode_done(done: Done) -> bytes:
    """Give what came of an input as the bytes in which it goes from one process to another."""
    number, checked = done
    rows = () if checked is None else tuple(map(to_row, (checked, *checked.more)))
    return msgspec.msgpack.encode((number, rows))


def encode_failure(error: GoujiError) -> bytes:
    """Give an error that stops a run as bytes that may stand in the place of what came of an input."""
    return _FAILURE + msgspec.msgpack.encode((_encode(str(error)), _encode(error.zh)))


def decode_done(data: bytes) -> Done:
    """Give what `encode_done` made bytes of; raises the error that `encode_failure` made bytes of."""
    if data.startswith(_FAILURE):
        text, zh = _failure_decoder.decode(data[1:])
        raise RuleError(decode_text(text) or "", decode_text(zh) or "")
    number, rows = _decoder.decode(data)
    checked, *more = (from_row(*row) for row in rows) if rows else (None,)
    return number, None if checked is None else checked._replace(more=tuple(filter(None, more)))
