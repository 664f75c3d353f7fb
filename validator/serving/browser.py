"""Pages shown in the browser of this computer."""

import os
import sys
import webbrowser

_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def show_in_browser(address: str) -> None:
    """Open an address in the user's browser, which loads its own libraries and not those of a bundle."""
    before = dict(os.environ)
    _give_back_libraries()
    try:
        webbrowser.open(address)
    finally:
        os.environ.update(before)


def _give_back_libraries() -> None:
    """Have programs that are started from here load the libraries that they would without the bundle."""
    if not getattr(sys, "frozen", False):
        return
    for name in _LIBRARIES:
        original = os.environ.pop(f"{name}_ORIG", None)
        os.environ.pop(name, None)
        if original is not None:
            os.environ[name] = original
