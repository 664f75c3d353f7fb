"""How well pictures of pages are read: makes them of generated reports, reads them, prints the table of docs/scans.md.

    python tests/scans/measure.py [REPORTS] [SEED]

Half of the reports have a slip: one figure is printed otherwise than the sums want it.
"""

import resource
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from scans.pages import FONTS, as_pdf, draw_pages, print_pdf, spoil
from typeset import print_report
from variants.frame import FORMS, Draft, knowledge, make_draft

from validator.model.outcome import Severity
from validator.model.report import CellState
from validator.pipeline.single import check_report, read_reports

WAYS = ("clean", "noisy", "skewed", "stamped", "photo")
DPI = (150, 200, 300)


@dataclass
class Score:
    """What came of pages: how many cells were read right, wrong and not, what came of slips, and how long it took."""

    cells: Counter[str] = field(default_factory=Counter)
    slips: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def slip(draft: Draft, random: Random) -> tuple[Draft, str]:
    """Print one figure otherwise: one digit more, less or another. Give the draft, and the cell."""
    known = [a for a in draft.figures if a.startswith(("applications", "review", "litigation", "statistics.replies"))]
    address = random.choice(known)
    text = str(draft.figures[address])
    place = random.randrange(len(text))
    other = random.choice([d for d in "0123456789" if d != text[place] and (d != "0" or place)])
    text = random.choice((text[:place] + other + text[place + 1 :], text + other))
    figures = {**draft.figures, address: int(text)}
    form = knowledge().ruleset.forms[draft.form]
    report = print_report(form, {a: str(n) for a, n in figures.items()}, organization="云溪县档案局", year=draft.year)
    return Draft(report, figures, draft.random, draft.year, draft.form), address


def try_report(name: str, way: str, font: str, dpi: int, form: str, folder: Path, score: Score) -> None:
    """Make, read and judge one report."""
    random = Random(name)
    draft, address = make_draft(form, name), ""
    slipped = random.random() < 0.5
    if slipped:
        draft, address = slip(draft, random)
    pictures = [spoil(page, way, random, dpi) for page in draw_pages(print_pdf(draft, font, random), dpi)]
    path = folder / "scan.pdf"
    path.write_bytes(as_pdf(pictures, dpi))
    start = perf_counter()
    try:
        (report,) = read_reports(path, knowledge())
    except Exception as error:  # noqa: BLE001 - one that cannot be read is counted
        score.cells["missing"] += len(draft.figures)
        score.wrong.append(f"{name}: {error}")
        return
    score.seconds += perf_counter() - start
    score.pages += len(pictures)
    for cell, figure in draft.figures.items():
        read = report.cells.get(cell)
        if read is None:
            score.cells["missing"] += 1
        elif read.state is not CellState.NUMBER:
            score.cells["unread"] += 1
        elif read.value == figure:
            score.cells["right"] += 1
        else:
            score.cells["wrong"] += 1
            score.wrong.append(f"{name}: {cell}: {read.value} for {figure}, {read.location}")
    alarms = [f for f in check_report(report, knowledge()).findings if f.severity is Severity.ERROR]
    if slipped:
        told = any(address in finding.cells for finding in alarms)
        read = report.cells.get(address)
        as_printed = read is not None and read.value == draft.figures[address]
        score.slips["slip told" if told else "slip not read" if not as_printed else "slip not told"] += 1
        if read is not None and read.value is not None and not as_printed:
            score.slips["slip read as the sums want"] += 1
    else:
        score.slips["false alarm" if alarms else "no alarm"] += 1
        if alarms:
            score.wrong.append(f"{name}: {alarms[0].message}")


def main(reports: str = "30", seed: str = "1") -> None:
    """Print what came of so many reports."""
    by_way: dict[str, Score] = {}
    every = Random(seed)
    with TemporaryDirectory() as folder:
        for number in range(int(reports)):
            way, font, dpi = WAYS[number % len(WAYS)], every.choice(list(FONTS)), every.choice(DPI)
            form = list(FORMS)[number // len(WAYS) % len(FORMS)]
            name = f"{seed}-{number}-{way}-{font}-{dpi}-{form}"
            score = by_way.setdefault(f"{way}, {dpi} dpi", Score())
            before = score.cells.copy()
            try_report(name, way, font, dpi, form, Path(folder), score)
            print(name, dict(score.cells - before), file=sys.stderr, flush=True)
    print("| pages | right | wrong | unread | missing | slips told / not told / not read | alarms / none | s a page |")
    print("|---|---|---|---|---|---|---|---|")
    for way, score in sorted(by_way.items()):
        c, s = score.cells, score.slips
        print(
            f"| {way} ({score.pages}) | {c['right']} | {c['wrong']} | {c['unread']} | {c['missing']} "
            f"| {s['slip told']} / {s['slip not told']} / {s['slip not read']} "
            f"| {s['false alarm']} / {s['no alarm']} | {score.seconds / max(score.pages, 1):.1f} |"
        )
    for score in by_way.values():
        for line in score.wrong:
            print(line)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
