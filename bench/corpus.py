"""A folder of many reports: reports a second, memory of the main process, and a second run with a cache.

    python bench/corpus.py [COUNT ...]        (by default 10000 100000)

The reports are web pages of invented bodies over five years in folders of a hundred bodies, made from the typeset
series of the tests, so that years agree with each other. The time is that of the whole command, start and output as
JSON included; the memory is the most that its main process had, worker processes aside.
"""

import os
import subprocess
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / part) for part in ("", "claims", "comparison")]

from made_series import form_of, make_series  # noqa: E402
from typeset import LAYOUTS, print_report  # noqa: E402

YEARS = range(2021, 2026)
BODY = "云溪县档案局"
MODELS = 40
GOUJI = [sys.executable, "-m", "validator"]


def main() -> None:
    """Measure and print."""
    counts = [int(count) for count in sys.argv[1:]] or [10_000, 100_000]
    for count in counts:
        with TemporaryDirectory(prefix="gouji-bench-") as folder:
            reports = Path(folder, "reports")
            size = make_corpus(reports, count)
            print(f"{count} reports, {size / count / 1000:.1f} kB each", flush=True)
            cache = Path(folder, "cache")
            measure(reports, count, "1 job", "--jobs", "1")
            measure(reports, count, "2 jobs", "--jobs", "2")
            measure(reports, count, "2 jobs, filling the cache", "--jobs", "2", "--cache", str(cache))
            measure(reports, count, "second run with the cache", "--jobs", "2", "--cache", str(cache))


def make_corpus(folder: Path, count: int) -> int:
    """Write so many reports and give their size in bytes."""
    suffix, layout = LAYOUTS["page"]
    models = []
    for seed in range(MODELS):
        pages = []
        for report in make_series(seed, YEARS, BODY):
            texts = {address: str(cell.value) for address, cell in report.cells.items()}
            printed = print_report(form_of(report.year), texts, organization=BODY, year=report.year)
            pages.append((f"{report.year}{suffix}", layout(printed, Random(seed))))
        models.append(pages)
    size = written = number = 0
    while written < count:
        name = BODY.replace("云溪", "云溪" + "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{number:05}"))
        place = folder / f"{number // 100:03}" / name
        place.mkdir(parents=True)
        for file, text in models[number % MODELS][: count - written]:
            content = text.replace(BODY, name).encode()
            (place / file).write_bytes(content)
            size += len(content)
            written += 1
        number += 1
    return size


def measure(folder: Path, count: int, what: str, *options: str) -> None:
    """Run the check and print how fast it was and how much memory it took."""
    out = folder.parent / "out.json"
    begin = perf_counter()
    running = subprocess.Popen(
        [*GOUJI, "check", str(folder), *options, "--format", "json", "--output", str(out), "--fail-on", "never"],
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    seconds = perf_counter() - begin
    if running.returncode:
        sys.exit(f"gouji ended with {running.returncode}")
    print(
        f"  {what:28} {count / seconds:7.0f} reports/s  {seconds:7.1f} s  {used.ru_maxrss / 1024:5.0f} MB", flush=True
    )


if __name__ == "__main__":
    main()
