"""Where LibreOffice is on this machine."""

import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from glob import glob
from pathlib import Path

OVERRIDE = "GOUJI_SOFFICE"
"""The environment variable that names the program, if it is to be another than the one found."""

_UNIX_PLACES = (
    "/opt/libreoffice*/program/soffice",
    "/opt/apps/*libreoffice*/files/program/soffice",
    "/opt/apps/*libreoffice*/files/opt/libreoffice*/program/soffice",
    "/usr/lib*/libreoffice/program/soffice",
    "/usr/local/lib*/libreoffice/program/soffice",
)
_MAC_PLACE = "Applications/LibreOffice.app/Contents/MacOS/soffice"


def find_office() -> str | None:
    """Give the path of LibreOffice; None if it is not there, or if not where the environment says."""
    override = os.environ.get(OVERRIDE)
    return shutil.which(override) if override else _search()


@cache
def _search() -> str | None:
    for name in ("soffice.com", "soffice") if sys.platform == "win32" else ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((path for path in _usual_places() if os.access(path, os.X_OK)), None)


def _usual_places() -> Iterator[str]:
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
            if folder := os.environ.get(variable):
                yield from sorted(glob(f"{folder}\\LibreOffice*\\program\\soffice.com"), reverse=True)
    elif sys.platform == "darwin":
        yield from (str(base / _MAC_PLACE) for base in (Path("/"), Path.home()))
    else:
        for pattern in _UNIX_PLACES:
            yield from sorted(glob(pattern), reverse=True)
