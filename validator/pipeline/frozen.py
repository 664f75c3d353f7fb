"""Results as bytes and back, to carry them between processes and to keep them in a file.

They are pickled, for nothing else is as fast, and read back by an unpickler that makes values of the model and plain
ones and nothing else: a file that was tampered with is refused and runs nothing.
"""

import io
import pickle
import zlib

from msgspec.structs import replace

from validator.errors import GoujiError
from validator.model.result import ReportResult

_PLAIN = frozenset({("decimal", "Decimal"), ("builtins", "frozenset"), ("builtins", "set"), ("builtins", "complex")})
_MOST_BYTES = 2**28


class DamagedError(GoujiError):
    """Kept results are not what this version keeps."""


def freeze(result: ReportResult) -> bytes:
    """Give a result as bytes, without the outcomes that came to a verdict: those follow from the report."""
    return zlib.compress(pickle.dumps(replace(result, outcomes=result.not_assessed), protocol=5), 1)


def thaw(data: bytes) -> ReportResult:
    """Give the result that `freeze` made bytes of; UsageError if it did not, so that a cache cannot be trusted."""
    unpacked = zlib.decompressobj()
    try:
        plain = unpacked.decompress(data, _MOST_BYTES)
        result = None if unpacked.unconsumed_tail else _ModelUnpickler(io.BytesIO(plain)).load()
    except (pickle.UnpicklingError, zlib.error, EOFError) as error:
        raise DamagedError(f"kept results are damaged ({error})") from None
    if not isinstance(result, ReportResult):
        raise DamagedError("kept results are damaged")
    return result


class _ModelUnpickler(pickle.Unpickler):
    """Finds the types of the model and no other name, functions least of all."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _PLAIN:
            plain: object = super().find_class(module, name)
            return plain
        if module.startswith("validator.model."):
            found: object = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no type of the model")
