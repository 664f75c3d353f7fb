"""Results as bytes and back, to carry them between processes and to keep them in a file.

The bytes are msgpack after a byte for their version, and are read by the types of the model: whatever they hold, they
make values of the model or an error and run nothing. Each type of a place says which it is.
"""

import json
from typing import TypeVar

import msgspec

from validator.comparison import Sketch
from validator.errors import GoujiError
from validator.model.result import ReportResult

_PLAIN, _RARE = b"\x01", b"\x02"
"""msgpack; and JSON, for what msgpack has no room for: halves of characters in names of files, and large figures."""

T = TypeVar("T")
_encode = msgspec.msgpack.Encoder().encode
_results: msgspec.msgpack.Decoder[ReportResult] = msgspec.msgpack.Decoder(ReportResult)
_sketches: msgspec.msgpack.Decoder[Sketch] = msgspec.msgpack.Decoder(Sketch)


class DamagedError(GoujiError):
    """Kept results are not what this version keeps."""


def freeze(result: ReportResult) -> bytes:
    """Give a result as bytes, without the outcomes that came to a verdict: those follow from the report."""
    return _to_bytes(msgspec.structs.replace(result, outcomes=result.not_assessed))


def thaw(data: bytes) -> ReportResult:
    """Give the result that `freeze` made bytes of; DamagedError if it did not."""
    return _from_bytes(data, _results)


def freeze_sketch(sketch: Sketch) -> bytes:
    """Give the sketch of a report's text as bytes."""
    return _to_bytes(sketch)


def thaw_sketch(data: bytes) -> Sketch:
    """Give the sketch that `freeze_sketch` made bytes of; DamagedError if it did not."""
    return _from_bytes(data, _sketches)


def _to_bytes(value: object) -> bytes:
    try:
        return _PLAIN + _encode(value)
    except (UnicodeEncodeError, OverflowError):
        return _RARE + json.dumps(msgspec.to_builtins(value)).encode("ascii")


def _from_bytes(data: bytes, decoder: "msgspec.msgpack.Decoder[T]") -> T:
    kind, rest = data[:1], data[1:]
    try:
        if kind == _PLAIN:
            return decoder.decode(rest)
        if kind == _RARE:
            return msgspec.convert(json.loads(rest), decoder.type)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise DamagedError(str(error)) from None
    raise DamagedError(f"{kind.hex()} ≠ {_PLAIN.hex()}")
