"""Every figure that is promised of speed, one row each: what was measured, and the bar.

    python bench/table.py [--quick] [WORD ...]        (only the rows whose names hold one of the words)

Ratios are taken in one run, in turns, so that a busy machine slows both sides alike: of processor time where whole
commands are compared, else by the medians. What is compared with the program as it once was takes that from git. With
--quick each row is measured once, on little: that shows that it can be measured, and no more.
"""

import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import mean, median
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter, process_time
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests"), str(ROOT / "tests" / "diagnosis")]

import diagnosis  # noqa: E402
from corpus import make_corpus  # noqa: E402
from figures import make_figures  # noqa: E402
from hostile.pdf_writer import assemble, typeset_pages  # noqa: E402
from ofd_writer import write_ofd  # noqa: E402
from sheet_writer import write_sheet  # noqa: E402
from typeset import LAYOUTS, PrintedReport, print_report  # noqa: E402
from word_writer import write_word  # noqa: E402

from validator.pipeline.knowledge import Knowledge, load_knowledge  # noqa: E402
from validator.pipeline.single import check_report, read_report  # noqa: E402

BEFORE = "b2e20b2"
"""The commit that later ones are measured by."""

QUICK = "--quick" in sys.argv
WORDS = [word for word in sys.argv[1:] if word != "--quick"]
ROUNDS, CHECKS, DIAGNOSES = (1, 2, 10) if QUICK else (11, 60, 200)
COUNT, FEW, MANY = (50, 20, 100) if QUICK else (5000, 2000, 40_000)
"""Reports of a run, and of those whose memory is compared."""

CLICK = (sys.executable, "-c", "import click")
GOUJI = (sys.executable, "-m", "validator")
STARTED = (str(Path(sys.executable).parent / "gouji"),)


class Row(NamedTuple):
    """A figure: its name, the bar, whether it is to be at most or at least that, and what measures it."""

    name: str
    bar: float
    measure: Callable[[Path], float]
    least: bool = False


class NotMeasured(Exception):
    """A row cannot be measured here; the words say why."""


def main() -> None:
    """Measure and print every row that is asked for."""
    rows = [row for row in ROWS if any(word in row.name for word in WORDS or [""])]
    if not rows:
        sys.exit("no row holds that word; the rows are:\n" + "\n".join(f"  {row.name.strip()}" for row in ROWS))
    with TemporaryDirectory(prefix="gouji-bench-") as made:
        # All modules lie compiled, as pip leaves what it installs: those of an editable program need not be, and what
        # is stale would be compiled anew at each start, on either side of a ratio.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{made}/compiled"
        print(f"{'':58}{'measured':>10}{'bar':>10}")
        for row in rows:
            tell(row, Path(made))


def tell(row: Row, folder: Path) -> None:
    """Measure a row and print it."""
    bar = f"{'>=' if row.least else '<=':>6}{row.bar:>4g}"
    try:
        value = row.measure(folder)
    except ImportError as error:
        print(f"{row.name:58}{'-':>10}{bar}  not measured: {error.name or error} is not installed", flush=True)
    except NotMeasured as error:
        print(f"{row.name:58}{'-':>10}{bar}  not measured: {error}", flush=True)
    else:
        kept = value >= row.bar if row.least else value <= row.bar
        print(f"{row.name:58}{value:>10.2f}{bar}{'' if kept else '  missed'}", flush=True)


def start(*arguments: str | Path) -> float:
    """Give the processor time of a command of gouji over that of `import click`; the first of each is not counted."""
    commands = (CLICK, (*STARTED, *map(str, arguments)))
    spent = [[spend(*command) for command in commands] for _ in range(ROUNDS + 1)][1:]
    return median(ours for _, ours in spent) / median(theirs for theirs, _ in spent)


def spend(*command: str) -> float:
    """Give the processor time of a command in seconds, with that of the processes it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(*command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(*command: str | Path) -> None:
    """Run a command, which prints nothing here."""
    ended = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if ended.returncode:
        raise NotMeasured(why(ended.stderr, command[0]))


def why(errors: str, command: str | Path) -> str:
    """Give the last line that a command said before it failed."""
    return (errors.strip().splitlines() or [f"{command} failed and said nothing"])[-1]


@cache
def knowledge() -> Knowledge:
    """Give what a check knows."""
    return load_knowledge()


@cache
def printed() -> PrintedReport:
    """Give a sound report of the form of 2021."""
    form, random = knowledge().ruleset.forms["2021"], Random(1)
    texts = {address: str(value) for address, value in make_figures(form, random).items()}
    return print_report(form, texts, organization="云溪县档案局", year=2023)


def make(folder: Path, suffix: str) -> Path:
    """Write the report as a file of this kind."""
    path = folder / f"report{suffix}"
    if suffix == ".html":
        path.write_text(LAYOUTS["page"][1](printed(), Random(1)), encoding="utf-8")
    elif suffix == ".pdf":
        file, root = assemble(typeset_pages(printed()))
        path.write_bytes(file.to_bytes(root))
    else:
        {".docx": write_word, ".xlsx": write_sheet, ".ofd": write_ofd}[suffix](printed(), path)
    return path


def check_over(path: Path, bare: Callable[[bytes], object], rounds: int = CHECKS) -> float:
    """Give the processor time of the whole check of a file over that of a bare parse of the same bytes."""
    content = path.read_bytes()
    times: list[tuple[float, float]] = []
    for _ in range(rounds + 1):
        begin = process_time()
        check_report(read_report(path, knowledge()), knowledge())
        between = process_time()
        bare(content)
        times.append((between - begin, process_time() - between))
    return median(ours for ours, _ in times[1:]) / median(theirs for _, theirs in times[1:])


def parse_page(content: bytes) -> object:
    """Parse a page and do nothing else."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(content)


def parse_parts(content: bytes) -> object:
    """Unpack a file and parse each of its parts of XML."""
    from lxml import etree

    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))]


def find_tables(content: bytes) -> object:
    """Find the tables of a PDF with pdfplumber and do nothing else."""
    import pdfplumber

    with pdfplumber.open(BytesIO(content)) as document:
        return [page.extract_tables() for page in document.pages]


def largest_page(_: Path) -> float:
    """Check the largest page of the samples, as Word saved it."""
    pages = (ROOT / "sample_reports").rglob("*.html")
    return check_over(max(pages, key=lambda path: path.stat().st_size), parse_page)


def corpus(folder: Path, count: int) -> Path:
    """Give a folder of so many plain pages, made once."""
    reports = folder / f"corpus-{count}"
    if not reports.exists():
        make_corpus(reports, count)
    return reports


def check_all(reports: Path, *options: str, program: Path = ROOT) -> tuple[float, float, float]:
    """Check a folder; give the seconds, the processor time, and the memory of the main process in MB."""
    command = ["check", str(reports), "--quiet", "--fail-on", "never", "--format", "json", "--output", os.devnull]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    with TemporaryFile("w+", encoding="utf-8") as errors:
        begin = perf_counter()
        running = subprocess.Popen([*GOUJI, *command, *options], cwd=program, env=environment, stderr=errors)
        _, status, used = os.wait4(running.pid, 0)
        seconds = perf_counter() - begin
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            errors.seek(0)
            raise NotMeasured(why(errors.read(), "gouji"))
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def beside_before(folder: Path) -> float:
    """Give the processor time of a run over that of the program as it once was."""
    program = folder / BEFORE
    try:
        run("git", "worktree", "add", "--detach", program, BEFORE)
    except (OSError, NotMeasured) as error:
        raise NotMeasured(f"git does not give commit {BEFORE}; a whole clone has it ({error})") from error
    try:
        reports = corpus(folder, COUNT)
        for each in (ROOT, program):  # compiles what is not, which a run of either is not charged with
            check_all(corpus(folder, FEW // 20), "--jobs", "1", program=each)
        return check_all(reports, "--jobs", "1")[1] / check_all(reports, "--jobs", "1", program=program)[1]
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(program)], cwd=ROOT, check=False)


def two_jobs(folder: Path) -> float:
    """Give how many times faster two processes are than one."""
    reports = corpus(folder, COUNT)
    return check_all(reports, "--jobs", "1")[0] / check_all(reports, "--jobs", "2")[0]


def memory(folder: Path) -> float:
    """Give the memory that the main process needs for many reports over that for few."""
    return check_all(corpus(folder, MANY), "--jobs", "2")[2] / check_all(corpus(folder, FEW), "--jobs", "2")[2]


def site(folder: Path) -> float:
    """Give the time of a site over that of the check itself, both in two processes."""
    reports = corpus(folder, COUNT)
    check, _, _ = check_all(reports, "--jobs", "2")
    both, _, _ = check_all(reports, "--jobs", "2", "--report", f"html={folder}/site/")
    return (both - check) / check


@cache
def corrupted(size: int) -> list[diagnosis.Corrupted]:
    """Give reports with so many wrong cells."""
    return diagnosis.corrupt(DIAGNOSES, size)


@cache
def diagnosed(size: int) -> list[float]:
    """Give the seconds that each diagnosis of reports with so many wrong cells takes."""
    return diagnosis.time_each(corrupted(size), diagnosis.diagnose_report)[0]


def diagnoses() -> Iterator[Row]:
    """Give the rows of the diagnosis."""
    for size, bar in ((1, 0.1), (2, 0.3), (3, 0.3)):
        yield Row(f"diagnosis of {size} wrong cell(s), median ms", bar, lambda _, k=size: 1000 * median(diagnosed(k)))
        yield Row(
            f"  HiGHS (scipy) over it, {size}",
            100,
            lambda _, k=size: median(diagnosis.time_highs(corrupted(k)[:40])[0]) / median(diagnosed(k)),
            least=True,
        )
        yield Row(
            f"  Banff over it, {size}",
            100,
            lambda _, k=size: mean(diagnosis.time_banff(corrupted(k)[:40])[0]) / mean(diagnosed(k)),
            least=True,
        )


ROWS = (
    Row("gouji check of one small page, CPU over import click", 4, lambda f: start("check", make(f, ".html"))),
    Row("the same of one docx", 6, lambda f: start("check", make(f, ".docx"))),
    Row("the same of one xlsx", 6, lambda f: start("check", make(f, ".xlsx"))),
    Row("the same of one pdf", 6, lambda f: start("check", make(f, ".pdf"))),
    Row("gouji --version, CPU over import click", 1.2, lambda _: start("--version")),
    Row("check of the 73 kB Word page over lexbor's bare parse", 3, largest_page),
    Row("check of a plain page over lexbor's bare parse", 8, lambda f: check_over(make(f, ".html"), parse_page)),
    Row("check of an xlsx over zip and lxml of its parts", 6, lambda f: check_over(make(f, ".xlsx"), parse_parts)),
    Row("check of an ofd over zip and lxml of its parts", 6, lambda f: check_over(make(f, ".ofd"), parse_parts)),
    Row("check of a pdf over pdfplumber's tables", 0.2, lambda f: check_over(make(f, ".pdf"), find_tables, 5)),
    Row(f"CPU a report of {COUNT} plain pages over {BEFORE}'s", 0.4, beside_before),
    Row("two processes, times faster than one", 1.85, two_jobs, least=True),
    Row(f"main process's memory, {MANY} reports over {FEW}", 1.1, memory),
    Row(f"site of {COUNT} reports, time over the check's own", 0.5, site),
    *diagnoses(),
)

if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
