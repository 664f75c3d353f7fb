"""Reads files, each in a process of its own, and tells what came of it, in how long and with how much memory.

`python tests/hostile/measure.py FILE...` prints one JSON object a line. The memory is the most that the process had,
and with it the most that each program had which it started.
"""

import contextlib
import json
import os
import sys
import time
from pathlib import Path

LIMIT = 30.0
"""Seconds after which a file is given up."""


def read(path: Path) -> dict[str, object]:
    """Read and check a file: its error with code and texts, or its cells and findings."""
    from validator.errors import ReadError
    from validator.pipeline.single import check_report, read_report

    try:
        report = read_report(path, KNOWLEDGE)
    except ReadError as error:
        text = error.words
        return {"code": error.code, "zh": text.zh, "en": text.en}
    result = check_report(report, KNOWLEDGE)
    return {
        "code": "read",
        "cells": {address: [cell.state, str(cell.value)] for address, cell in report.cells.items()},
        "leaked": "root:" in repr(report),
        "findings": [finding.rule for finding in result.findings],
    }


def measure(path: Path) -> dict[str, object]:
    """Read a file in a process forked from this one."""
    incoming, outgoing = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if not child:
        os.close(incoming)
        _answer(path, outgoing)
    os.close(outgoing)
    with os.fdopen(incoming, "rb") as pipe:
        text = pipe.read()
    _, status, usage = os.wait4(child, 0)
    told = json.loads(text) if text else {"code": f"died, status {status}"}
    megabytes = usage.ru_maxrss / 1024 + told.pop("helpers", 0)
    seconds = {"wall": time.monotonic() - start, "seconds": usage.ru_utime + usage.ru_stime}
    return {"file": path.name, **seconds, "megabytes": megabytes, **told}


def _answer(path: Path, outgoing: int) -> None:
    import signal

    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        told = read(path)
    except BaseException as bug:  # noqa: BLE001 - whatever it is, it must be told
        told = {"code": f"{type(bug).__name__}: {bug}"}
    told["helpers"] = sum(map(_peak, _descendants(os.getpid())))
    with os.fdopen(outgoing, "wb") as pipe:
        pipe.write(json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    os._exit(0)


def _descendants(process: int) -> list[int]:
    """Give the processes that this one started, and those that they started."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
    found = [process]
    for parent in found:
        found += [child for child, its_parent in parents.items() if its_parent == parent]
    return found[1:]


def _peak(process: int) -> float:
    """Give the most memory that a process had, in megabytes; 0 if it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0


if __name__ == "__main__":
    from validator.pipeline.knowledge import load_knowledge

    KNOWLEDGE = load_knowledge()
    for name in sys.argv[1:]:
        sys.stdout.write(json.dumps(measure(Path(name)), ensure_ascii=True) + "\n")
        sys.stdout.flush()
