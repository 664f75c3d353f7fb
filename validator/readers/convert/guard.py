"""A script that runs a program as long as its own input stays open, then ends it with all it started.

Started as `python guard.py FOLDER PROGRAM ARGUMENT...`. However the process that started it ends, its end of the pipe
is closed; so neither the program nor the folder it worked in are left behind. Imports the standard library alone.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

_MOST_SPACE = 3 * 2**30
_MOST_MEMORY = 2**30
_LONGEST_FILE = 256 * 2**20
ENDED = "ended"
"""The name of an empty file that is made in the folder when the program has ended."""


def main(folder: str, command: list[str]) -> None:
    """Run the command until it ends or the input does; then kill what is left of it and remove the folder."""
    _limit_program()
    with Path(folder, "log.txt").open("wb") as log:
        program = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=os.name == "posix"
        )
    teller = threading.Thread(target=_tell_end, args=(program, Path(folder, ENDED)), daemon=True)
    teller.start()
    sys.stdin.buffer.read()
    kill(program)
    teller.join()
    shutil.rmtree(folder, ignore_errors=True)


def _tell_end(program: "subprocess.Popen[bytes]", sign: Path) -> None:
    """Leave a sign when the program has ended by itself; its folder stays, for it may say why."""
    program.wait()
    with contextlib.suppress(OSError):
        sign.touch()


def kill(program: "subprocess.Popen[bytes]") -> None:
    """Kill a program that was started in a group of its own, and its children with it."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(program.pid)], capture_output=True, check=False)
        else:
            import signal

            os.killpg(program.pid, signal.SIGKILL)


def _limit_program() -> None:
    """Bound the memory and the files of what is started from here, where the system can."""
    if sys.platform != "win32":
        import resource

        limits = {
            resource.RLIMIT_AS: _MOST_SPACE,
            resource.RLIMIT_DATA: _MOST_MEMORY,
            resource.RLIMIT_FSIZE: _LONGEST_FILE,
        }
        for kind, most in limits.items():
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
