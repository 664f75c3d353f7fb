"""A LibreOffice that is started once and converts file after file, each in a twentieth of a second.

It keeps a document of its own open, for without one it would end after each file. A second start of the program under
the same profile finds the first, hands the file over and waits until it is converted.
"""

import atexit
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from glob import glob
from pathlib import Path
from xml.sax.saxutils import escape

from validator.readers.package import shorten

from . import guard

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

START_SECONDS = 60
"""A first start on a slow disk takes long."""

_MOST_FILES = 200  # what one file after the other leaves behind in memory adds up
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_ENVIRONMENT_LEFT_OUT = ("PYTHONPATH", "PYTHONHOME", "LD_PRELOAD", "DISPLAY", "WAYLAND_DISPLAY")
_BUNDLE_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if getattr(sys, "frozen", False) else ()
"""Where a program that was built into a bundle finds its own libraries, which another must not load."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)

_SETTINGS = (
    # Macros and other active content are off, and no one is asked.
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Office.Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("Office.Common/Security", "DisableActiveContent", "true"),
    # Links, fields and formulas stay as they were saved: 0 is never for Writer, 1 is never for Calc.
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Writer/Content/Update", "Chart", "false"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
    # Whatever would still go to a network goes to a port where no one listens.
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    # Nothing is asked, restored or reported.
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "CrashReport", "false"),
    ("Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("Office.Common/Misc", "UseDocumentOOoLockFile", "true"),
    ("Office.Common/Misc", "UseDocumentSystemFileLocking", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Common/Save/Document", "CreateBackup", "false"),
    ("Office.Common/History", "PickListSize", "0"),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
)
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
"""
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'


class OfficeFailedError(Exception):
    """The file was not converted; the text says why, in a few words."""


class OfficeSlowError(Exception):
    """The file was not converted within `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"not done within {seconds} s")


class Office:
    """A running LibreOffice with a profile and a folder of its own; all are gone when it is closed."""

    def __init__(self, program: str) -> None:
        self.files = 0
        self._program = program
        self._folder = Path(tempfile.mkdtemp(prefix="gouji-office-"))
        self._profile = self._folder / "profile"
        _write_profile(self._profile)
        (self._folder / "home").mkdir()
        self._environment = _build_environment(self._folder / "home")
        own = self._folder / "open.txt"
        own.write_text("gouji", encoding="ascii")
        guarded = [sys.executable, "-I", "-S", guard.__file__, str(self._folder), *self._command(), str(own)]
        self._guard = subprocess.Popen(
            guarded,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=os.name == "posix",
            creationflags=_NO_WINDOW,
        )
        self._await_start(self._folder / ".~lock.open.txt#")

    def convert(self, data: bytes, suffix: str, target: str, seconds: float) -> bytes:
        """Give a file of this suffix as docx or xlsx, a report in a fifth of a second.

        Raises OfficeFailedError, and OfficeSlowError where that takes more than so many seconds.
        """
        self.files += 1
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        try:
            given, made = folder / f"input{suffix}", folder / "out" / f"input.{target}"
            given.write_bytes(data)
            order = [*self._command(), "--convert-to", _FILTERS[target], "--outdir", str(made.parent), str(given)]
            self._hand_over(order, seconds)
            if not made.exists():
                raise OfficeFailedError(self._last_words())
            return made.read_bytes()
        except OSError as error:
            raise OfficeFailedError(error.strerror or str(error)) from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _hand_over(self, order: list[str], seconds: float) -> None:
        """Start the program a second time, which hands the order to the first and ends when it is done."""
        client = subprocess.Popen(
            order,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=os.name == "posix",
            creationflags=_NO_WINDOW,
        )
        try:
            client.wait(seconds)
        except subprocess.TimeoutExpired:
            guard.kill(client)
            client.wait()
            raise OfficeSlowError(round(seconds)) from None

    @property
    def is_worn(self) -> bool:
        """Whether it has ended, or has converted so many files that a fresh one is better."""
        return self._guard.poll() is not None or self._has_ended() or self.files >= _MOST_FILES

    def close(self) -> None:
        """End the program and all it started, and remove its folder."""
        with contextlib.suppress(OSError):
            if self._guard.stdin:
                self._guard.stdin.close()
        try:
            self._guard.wait(10)
        except subprocess.TimeoutExpired:
            self._guard.kill()

    def _command(self) -> list[str]:
        profile = f"-env:UserInstallation={self._profile.as_uri()}"
        return [self._program, profile, "--headless", "--norestore", "--nologo", "--nofirststartwizard"]

    def _await_start(self, sign: Path) -> None:
        """Wait until the program has opened its own document, which it shows by a lock beside it."""
        end = time.monotonic() + START_SECONDS
        while not sign.exists():
            if time.monotonic() > end or self._has_ended():
                slow, words = time.monotonic() > end, self._last_words()
                self.close()
                raise OfficeSlowError(START_SECONDS) if slow else OfficeFailedError(words)
            time.sleep(0.02)

    def _has_ended(self) -> bool:
        return self._guard.poll() is not None or (self._folder / guard.ENDED).exists()

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            lines = (self._folder / "log.txt").read_text("utf-8", errors="replace").splitlines()
            if errors := [line for line in lines if line.startswith("Error")]:
                return shorten(errors[-1].replace(str(self._folder), ""))
        return "no output"


def _build_environment(home: Path) -> dict[str, str]:
    """Give the variables that the program needs, with a home of its own and nothing that would reach a network."""
    kept = {key: value for key, value in os.environ.items() if key not in (*_ENVIRONMENT_LEFT_OUT, *_BUNDLE_LIBRARIES)}
    dead = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")
    quiet = {"SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1", "no_proxy": "", "NO_PROXY": ""}
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)} if os.name == "posix" else {}
    return kept | dead | quiet | own


_running: list[Office] = []


def office_at(program: str) -> Office:
    """Give the LibreOffice of this process, started if there is none or if the one there is worn."""
    if _running and _running[0].is_worn:
        close_office()
    if not _running:
        _running.append(Office(program))
    return _running[0]


@atexit.register
def close_office() -> None:
    """End the LibreOffice of this process, if one runs."""
    while _running:
        _running.pop().close()


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


def _write_profile(folder: Path) -> None:
    """Make a profile in this folder, which LibreOffice completes when it starts."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(path, name, escape(value)) for path, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(f"{_HEAD}{items}</oor:items>\n", encoding="utf-8")
