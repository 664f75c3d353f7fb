"""Results as bytes and back, to carry them between processes and to keep them in a file.

The bytes are msgpack after a byte for their version, and are read by the types of the model: whatever they hold, they
make values of the model or an error and run nothing. Each type of a place says which it is.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, Protocol, TypeVar

import msgspec
from msgspec.structs import replace

from validator.comparison import Sketch
from validator.errors import GoujiError, RuleError
from validator.model.document import Paragraph
from validator.model.outcome import Finding, Outcome, Severity
from validator.model.report import ReportCell
from validator.model.result import ReportResult

from .discovery import Input

_PLAIN, _RARE, _PARTED = b"\x01", b"\x02", b"\x05"
"""msgpack; JSON, for what msgpack has no room for: halves of characters in names of files, and large figures; msgpack
in two parts, the size of the first before it: a result without its cells and its text, which most outputs do not show,
and these."""

Extent = Literal["whole", "told", "counted"]
"""How much of a result is asked for. "told": no cells and no text where it tells of no cell; "counted": what it comes
to, for which cells count only where no identity could be assessed."""

LAST = (1 << 63) - 1
"""No number of a result is larger."""

T = TypeVar("T")
_encode = msgspec.msgpack.Encoder().encode
_results: msgspec.msgpack.Decoder[ReportResult] = msgspec.msgpack.Decoder(ReportResult)
_Rest = tuple[dict[str, ReportCell], tuple[Paragraph, ...]]
_rest: msgspec.msgpack.Decoder[_Rest] = msgspec.msgpack.Decoder(_Rest)
_sketches: msgspec.msgpack.Decoder[Sketch] = msgspec.msgpack.Decoder(Sketch)


class DamagedError(GoujiError):
    """Kept results are not what this version keeps."""


def freeze(result: ReportResult) -> bytes:
    """Give a result as bytes, without the outcomes that came to a verdict: those follow from the report."""
    result = replace(result, outcomes=result.not_assessed)
    report = result.report
    if report is None:
        return to_bytes(result)
    try:
        rest = _encode((report.cells, report.prose))
        head = _encode(replace(result, report=replace(report, cells={}, prose=())))
    except (UnicodeEncodeError, OverflowError):
        return to_bytes(result)
    return b"".join((_PARTED, len(head).to_bytes(4), head, rest))


def thaw(data: bytes, extent: Extent = "whole", added: bytes | None = None) -> ReportResult:
    """Give the result that `freeze` made bytes of, or as much of it as is asked for; DamagedError if it did not.

    `added` is what `freeze_added` made bytes of: what other reports have shown of this one.
    """
    if data[:1] != _PARTED:
        return _add(from_bytes(data, _results), added)
    end = 5 + int.from_bytes(data[1:5])
    try:
        result = _add(_results.decode(memoryview(data)[5:end]), added)
        if extent != "whole" and result.coverage.assessed:
            told = extent == "told" and (result.findings or result.outcomes or result.compared)
            if not told:
                return result
        cells, prose = _rest.decode(memoryview(data)[end:])
    except msgspec.MsgspecError as error:
        raise DamagedError(str(error)) from None
    if result.report is not None:
        msgspec.structs.force_setattr(result.report, "cells", cells)
        msgspec.structs.force_setattr(result.report, "prose", prose)
    return result


Added = tuple[tuple[Finding, ...], tuple[Outcome, ...]]
"""What other reports have shown of a report: findings to tell with its own, and outcomes."""
_added: msgspec.msgpack.Decoder[Added] = msgspec.msgpack.Decoder(Added)
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


def freeze_added(added: Added, before: bytes | None = None) -> bytes:
    """Give as bytes what was found, after what was found before."""
    findings, outcomes = ((), ()) if before is None else from_bytes(before, _added)
    return to_bytes(((*findings, *added[0]), (*outcomes, *added[1])))


def _add(result: ReportResult, added: bytes | None) -> ReportResult:
    if added is None:
        return result
    findings, outcomes = from_bytes(added, _added)
    if findings:
        findings = tuple(sorted((*result.findings, *findings), key=lambda finding: _WEIGHT[finding.severity]))
    return replace(result, findings=findings or result.findings, compared=outcomes)


def freeze_sketch(sketch: Sketch) -> bytes:
    """Give the sketch of a report's text as bytes."""
    return to_bytes(sketch)


def thaw_sketch(data: bytes) -> Sketch:
    """Give the sketch that `freeze_sketch` made bytes of; DamagedError if it did not."""
    return from_bytes(data, _sketches)


def to_bytes(value: object) -> bytes:
    """Give a value of the model, or several, as bytes."""
    try:
        return _PLAIN + _encode(value)
    except (UnicodeEncodeError, OverflowError):
        import json

        return _RARE + json.dumps(msgspec.to_builtins(value)).encode("ascii")


def from_bytes(data: bytes, decoder: "msgspec.msgpack.Decoder[T]") -> T:
    """Give what `to_bytes` made bytes of; DamagedError if it is nothing that the decoder reads."""
    kind, rest = data[:1], data[1:]
    try:
        if kind == _PLAIN:
            return decoder.decode(rest)
        if kind == _RARE:
            import json

            return msgspec.convert(json.loads(rest), decoder.type)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise DamagedError(str(error)) from None
    raise DamagedError(f"{kind.hex()} ≠ {_PLAIN.hex()}")


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


class Hands(Protocol):
    """The processes of a run (crew.py), which end with the context."""

    inputs: Iterator[Numbered]
    """Those that are left to check where no process starts."""

    def check(self, inputs: Iterable[Numbered]) -> Iterator[Done]:
        """Give what came of each input as it is done."""

    def call(self, job: tuple[str, str], given: object, tasks: Iterable[T]) -> Iterator[tuple[T, bytes | None]]:
        """Give each task in its turn with the answer to it; None for one that is left to the caller."""

    def __enter__(self) -> object:
        """Go on with them."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End them."""


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


Row = tuple[bytes, bytes | None, bytes | None, int | None, bool]
"""A result as SQLite and processes have it."""


def to_row(checked: Checked) -> Row:
    """Give it as a row; texts go as bytes, for a path may hold what is no text."""
    return checked.frozen, _to_column(checked.source), _to_column(checked.organization), checked.year, checked.readable


def from_row(
    frozen: bytes, source: bytes | None, organization: bytes | None, year: int | None, readable: int
) -> Checked:
    """Make of a row what `to_row` made it of."""
    return Checked(frozen, decode_text(source) or "", decode_text(organization), year, bool(readable))


def decode_text(text: bytes | None) -> str | None:
    """Give the text of a column."""
    return None if text is None else text.decode("utf-8", "surrogatepass")


def _to_column(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogatepass")


_FAILURE = b"!"
_decoder: msgspec.msgpack.Decoder[tuple[int, tuple[Row, ...]]] = msgspec.msgpack.Decoder(tuple[int, tuple[Row, ...]])
_failure_decoder = msgspec.msgpack.Decoder(tuple[bytes, bytes])


def encode_done(done: Done) -> bytes:
    """Give what came of an input as the bytes in which it goes from one process to another."""
    number, checked = done
    rows = () if checked is None else tuple(map(to_row, (checked, *checked.more)))
    return msgspec.msgpack.encode((number, rows))


def encode_failure(error: GoujiError) -> bytes:
    """Give an error that stops a run as bytes that may stand in the place of what came of an input."""
    return _FAILURE + msgspec.msgpack.encode((_to_column(str(error)), _to_column(error.zh)))


def decode_done(data: bytes) -> Done:
    """Give what `encode_done` made bytes of; raises the error that `encode_failure` made bytes of."""
    if data.startswith(_FAILURE):
        text, zh = _failure_decoder.decode(data[1:])
        raise RuleError(decode_text(text) or "", decode_text(zh) or "")
    number, rows = _decoder.decode(data)
    checked, *more = (from_row(*row) for row in rows) if rows else (None,)
    return number, None if checked is None else checked._replace(more=tuple(filter(None, more)))
