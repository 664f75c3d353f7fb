"""Frozen types that every layer speaks. Nothing here reads, decides or prints."""

import sys

# msgspec prefers typing_extensions, which takes longer to import than all of the model; from Python 3.11 on it needs
# nothing of it. Only what is imported after this package gains by it.
if not {"msgspec", "typing_extensions"} & sys.modules.keys():
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    import msgspec  # noqa: F401

    del sys.modules["typing_extensions"]
