"""Prints HTML pages to PDF with a headless Chromium: one start for any number of pages, over the DevTools pipe."""

import base64
import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")


_FOOTER = "<div style='width:100%;text-align:center;font-size:9px'>— <span class=pageNumber></span> —</div>"


def print_pages(chromium: str, jobs: Iterable[tuple[Path, Path, bool]], profile: Path) -> None:
    """Print each page (HTML file, PDF file) as its own style sheet says; the profile is a folder to work in.

    The third of each job says whether every sheet has its number at its foot, "— 2 —".
    """
    footer = {"displayHeaderFooter": True, "headerTemplate": "<i></i>", "footerTemplate": _FOOTER}
    with _browser(chromium, profile) as call:
        target = call("Target.createTarget", url="about:blank")["targetId"]
        session = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        call("Page.enable", session)
        for page, pdf, numbered in jobs:
            call("Page.navigate", session, wait="Page.loadEventFired", url=page.as_uri())
            printed = call("Page.printToPDF", session, preferCSSPageSize=True, **(footer if numbered else {}))
            pdf.write_bytes(base64.b64decode(printed["data"]))


@contextmanager
def _browser(chromium: str, profile: Path) -> Iterator[Any]:
    """Start the browser with its pipe on the descriptors 3 and 4, as it wants them; give a function to call it."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10) for descriptor in (theirs_in, theirs_out)]
    script = f"import os, sys; os.dup2({high[0]}, 3); os.dup2({high[1]}, 4); os.execvp(sys.argv[1], sys.argv[1:])"
    command = [chromium, *_OPTIONS, f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
    process = subprocess.Popen(
        [sys.executable, "-ISc", script, *command],
        pass_fds=high,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for descriptor in (theirs_in, theirs_out, *high):
        os.close(descriptor)
    try:
        with os.fdopen(ours_out, "wb", 0) as sender, os.fdopen(ours_in, "rb") as receiver:
            yield _Caller(sender, receiver)
    finally:
        process.terminate()
        process.wait(10)


class _Caller:
    """Sends a command and waits for its answer, or for an event that follows it."""

    def __init__(self, sender: IO[bytes], receiver: IO[bytes]) -> None:
        self._sender, self._receiver, self._number, self._rest = sender, receiver, 0, b""

    def __call__(self, method: str, session: str = "", *, wait: str = "", **values: object) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": values} | ({"sessionId": session} if session else {})
        self._sender.write(json.dumps(message).encode() + b"\0")
        answer, happened = None, not wait
        while answer is None or not happened:
            told = self._next()
            happened = happened or told.get("method") == wait
            if told.get("id") == self._number:
                assert "error" not in told, told
                answer = told["result"]
        return answer

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = self._receiver.read1(1 << 20)
            assert more, "the browser went away"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)
