"""What a check costs, from one run: a full check over a bare parse of the same page, and how fast gouji starts.

    python bench/check.py [PAGE.html]

A full check reads the file, decodes, parses, extracts tables and claims, applies every rule and words the
findings. The bare parse is LexborHTMLParser on the same bytes, nothing else. Rounds of both alternate, so that
a busy machine slows both alike; without an argument the largest page of sample_reports/ is taken.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from selectolax.lexbor import LexborHTMLParser

from validator.pipeline.knowledge import load_knowledge
from validator.pipeline.single import check_report, read_report

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 200
STARTS = 15


def main() -> None:
    """Measure and print."""
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else largest_page()
    content = page.read_bytes()
    knowledge = load_knowledge()

    checks, parses = alternate(
        lambda: check_report(read_report(page, knowledge), knowledge),
        lambda: LexborHTMLParser(content),
        ROUNDS,
    )
    print(f"page: {page.name}, {len(content) / 1000:.0f} kB, {ROUNDS} rounds")
    print(f"full check   best {milliseconds(min(checks))}  median {milliseconds(median(checks))}")
    print(f"bare parse   best {milliseconds(min(parses))}  median {milliseconds(median(parses))}")
    print(f"ratio        best {min(checks) / min(parses):.2f}  median {median(checks) / median(parses):.2f}  (aim: 6)")
    print(f"on one core  {1 / median(checks):.0f} reports a second")

    commands, imports = alternate(
        lambda: run(str(Path(sys.executable).parent / "gouji"), "--version"),
        lambda: run(sys.executable, "-c", "import click"),
        STARTS,
    )
    print(f"gouji --version          median {milliseconds(median(commands))}")
    print(f'python -c "import click" median {milliseconds(median(imports))}')
    print(f"ratio                    median {median(commands) / median(imports):.2f}  (aim: 2.5)")


def alternate(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[list[float], list[float]]:
    """Time both in turn, after one round each to warm up; give the seconds of each round."""
    first()
    second()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, seconds in zip((first, second), times, strict=True):
            begin = perf_counter()
            call()
            seconds.append(perf_counter() - begin)
    return times


def largest_page() -> Path:
    """Give the largest HTML page among the sample reports; the program ends if there is none."""
    pages = [path for path in (ROOT / "sample_reports").rglob("*") if path.suffix in (".html", ".htm")]
    if not pages:
        sys.exit("no page in sample_reports/; name one: python bench/check.py PAGE.html")
    return max(pages, key=lambda path: path.stat().st_size)


def milliseconds(seconds: float) -> str:
    """Write a time."""
    return f"{1000 * seconds:7.2f} ms"


def run(*command: str) -> None:
    """Run a command, quietly."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
