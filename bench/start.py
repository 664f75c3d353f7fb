"""What a start costs: processor time of whole commands over that of `python -c "import click"`, in one run.

    python bench/start.py [FILE.docx FILE.xlsx FILE.pdf]

The first command of each kind is not counted: it compiles the program and makes ready what the rules say. Commands
take turns, so that a busy machine slows all alike; the medians are compared.
"""

import resource
import subprocess
import sys
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from figures import make_figures  # noqa: E402
from typeset import LAYOUTS, print_report  # noqa: E402

from validator.pipeline import load_ruleset  # noqa: E402

ROUNDS = 11
CLICK = (sys.executable, "-c", "import click")
GOUJI = (str(Path(sys.executable).parent / "gouji"),)
BARS = {"gouji --version": 1.2, "a small page": 4.0, "a docx": 6.0, "an xlsx": 6.0, "a pdf": 6.0}
SUFFIXES = {".docx": "a docx", ".xlsx": "an xlsx", ".pdf": "a pdf"}


def main() -> None:
    """Measure and print a row for each command that there is a file for."""
    with TemporaryDirectory() as folder:
        commands = {
            "gouji --version": (*GOUJI, "--version"),
            "a small page": (*GOUJI, "check", str(make_page(Path(folder)))),
        }
        for given in sys.argv[1:]:
            commands[SUFFIXES[Path(given).suffix]] = (*GOUJI, "check", given)
        times: dict[str, list[float]] = {name: [] for name in ("click", *commands)}
        for number in range(ROUNDS + 1):
            for name, command in {"click": CLICK, **commands}.items():
                spent = measure(command)
                if number:
                    times[name].append(spent)
    base = median(times.pop("click"))
    print(f'python -c "import click"  {1000 * base:.0f} ms')
    for name, spent in times.items():
        print(f"{name:24}  {1000 * median(spent):.0f} ms  {median(spent) / base:.1f} times (bar: {BARS[name]})")


def make_page(folder: Path) -> Path:
    """Write a sound report as a plain page."""
    form, random = load_ruleset().forms["2021"], Random(1)
    suffix, layout = LAYOUTS["page"]
    texts = {address: str(value) for address, value in make_figures(form, random).items()}
    path = folder / f"report{suffix}"
    path.write_text(layout(print_report(form, texts, organization="云溪县档案局", year=2023), random), encoding="utf-8")
    return path


def measure(command: tuple[str, ...]) -> float:
    """Give the processor time of a command in seconds, that of the system included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
