"""How well pictures of pages are read: makes them of generated reports, reads them, prints the tables of docs/scans.md.

    python tests/scans/measure.py read REPORTS SEED FILE [I/N]
    python tests/scans/measure.py tell FILE...

`read` adds a line of JSON to FILE for each report, and passes over those that are there: what was begun can be gone on
with, and shares can be measured side by side. Half of the reports have a slip: one figure is printed otherwise than the
sums want it. Pages are read in a process of their own, whose memory and CPU are told.
"""

import json
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent))

from typeset import print_report
from variants.frame import FORMS, Draft, knowledge, make_draft

from validator.checking import check
from validator.model.location import ScanPlace
from validator.model.outcome import Severity, Verdict
from validator.model.report import CellState, Report, ReportCell
from validator.pipeline.single import check_report, read_reports

DPI = (150, 200, 300)
FACTORS = (1, 1, 1, 3, 17, 101)
"""What figures of a report are multiplied by: many have one digit only, few have four."""
SUMS = ("-total", "-balance")
"""What rules of exact sums end in; that of the grounds of denials is a warning."""
Record = dict[str, "str | int | float | list[str] | dict[str, int]"]


@dataclass(frozen=True)
class Plan:
    """A report to be made: how it is printed and spoiled, and all chance in it by its name."""

    name: str
    way: str
    font: str
    dpi: int
    form: str


def plan(reports: int, seed: str, fonts: list[str], ways: tuple[str, ...]) -> Iterator[Plan]:
    """Give so many reports: the ways, forms, fonts and resolutions in turn, so that all meet all."""
    random = Random(seed)
    for number in range(reports):
        way, form = ways[number % len(ways)], list(FORMS)[number // len(ways) % len(FORMS)]
        font, dpi = random.choice(fonts), random.choice(DPI)
        yield Plan(f"{seed}-{number}-{way}-{font}-{dpi}-{form}", way, font, dpi, form)


def make(name: str, form: str) -> tuple[Draft, str]:
    """Make a report; in half of them one figure is a slip: a digit more, less or another, or two that changed places.

    Gives the cell of the slip, "" if there is none. A report without figures of requests would measure blanks alone.
    """
    random = Random(name)
    sound = make_draft(form, name)
    factor = random.choice(FACTORS)
    figures = {address: number // 13 * factor for address, number in sound.figures.items()}
    address = ""
    if random.random() < 0.5:
        groups = ("applications", "review", "litigation", "statistics.replies")
        address = random.choice([address for address in figures if address.startswith(groups)])
        figures[address] = int(slip(str(figures[address]), random))
    report = print_report(
        knowledge().ruleset.forms[form],
        {address: str(figure) for address, figure in figures.items()},
        organization="云溪县档案局",
        year=sound.year,
    )
    return Draft(report, figures, random, sound.year, form), address


def slip(text: str, random: Random) -> str:
    """Give a figure as it may be mistyped."""
    place = random.randrange(len(text))
    other = random.choice([digit for digit in "0123456789" if digit != text[place] and (digit != "0" or place)])
    ways = [text[:place] + other + text[place + 1 :], text + other]
    if len(text) > 1:
        ways.append(text[:-1])
        turned = text[:-2] + text[-1] + text[-2]
        ways.extend([turned] if turned not in (text, str(int(text))) and turned[0] != "0" else [])
    return random.choice(ways)


def read(path: str, figures: dict[str, int], slipped: str) -> Record:
    """Read a file of pictures and judge what was read of it; in the process that measures its own memory."""
    start = process_time()
    try:
        (report,) = read_reports(Path(path), knowledge())
    except Exception as error:  # noqa: BLE001 - one that cannot be read is counted
        return {"error": f"{type(error).__name__}: {error}", "cells": {"missing": len(figures)}}
    findings = check_report(report, knowledge()).findings
    seconds = process_time() - start
    alarms = [f for f in findings if f.severity is Severity.ERROR or f.rule.endswith(SUMS)]
    told = {address for finding in alarms for address in finding.cells}
    cells: Counter[str] = Counter()
    misread: Counter[str] = Counter()
    wrong: list[str] = []
    for address, figure in figures.items():
        cell = report.cells.get(address)
        came = judge(cell, figure)
        cells[came] += 1
        if came == "wrong" and cell is not None:
            wrong.append(f"{address}: {cell.value} for {figure}, {cell.location}")
        if cell is not None and address != slipped and _first(cell) != str(figure):
            # A finding about another slip in the same sum is none about this figure.
            alarm = address in told and not (slipped and _meet(alarms, address, slipped))
            misread["finding" if alarm else {"right": "mended", "wrong": "silent"}.get(came, "unread")] += 1
    record: Record = {
        "cells": dict(cells),
        "misread": dict(misread),
        "seconds": round(seconds, 2),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "wrong": wrong,
        "false": [] if slipped else [str(finding.message.en) for finding in alarms],
    }
    if slipped:
        record["slip"] = judge_slip(report, slipped, told)
    return record


def judge(cell: ReportCell | None, figure: int) -> str:
    """Say what came of a figure: "right", "wrong", "unread" or "missing"."""
    if cell is None:
        return "missing"
    if cell.state is not CellState.NUMBER:
        return "unread"
    return "right" if cell.value == figure else "wrong"


def judge_slip(report: Report, slipped: str, told: set[str]) -> str:
    """Say what came of a slip: a "finding"; "unread": its sums are told as not checked for what is unread; "silent"."""
    if slipped in told:
        return "finding"
    sums = [one for one in check(report, knowledge().ruleset) if slipped in one.cells and one.rule.endswith(SUMS)]
    return "unread" if any(one.verdict is Verdict.NOT_ASSESSED for one in sums) else "silent"


def _meet(alarms: list, one: str, other: str) -> bool:  # type: ignore[type-arg] - of findings
    return all(other in finding.cells for finding in alarms if one in finding.cells)


def _first(cell: ReportCell) -> str:
    """Give what the network alone reads in a cell."""
    place = cell.location
    if not isinstance(place, ScanPlace) or not place.readings:
        return ""
    return max(place.readings, key=lambda reading: reading[1])[0]


def measure(reports: int, seed: str, target: Path, share: tuple[int, int]) -> None:
    """Make and read one share of so many reports."""
    from scans.pages import WAYS, as_pdf, draw_pages, list_fonts, print_pdf, spoil

    done = {json.loads(line)["name"] for line in target.read_text().splitlines()} if target.exists() else set()
    every = list(plan(reports, seed, list_fonts(), WAYS))
    with TemporaryDirectory() as folder, ProcessPoolExecutor(1, get_context("spawn")) as reader:
        for one in every[share[0] - 1 :: share[1]]:
            if one.name in done:
                continue
            draft, slipped = make(one.name, one.form)
            random = Random(one.name + " printed")
            pdf = print_pdf(draft, one.font, random, thin=one.way == "thin")
            pictures = [spoil(page, one.way, random, one.dpi) for page in draw_pages(pdf, one.dpi)]
            path = Path(folder, "scan.pdf")
            path.write_bytes(as_pdf(pictures, one.dpi))
            record = reader.submit(read, str(path), dict(draft.figures), slipped).result()
            head: Record = {**vars(one), "pages": len(pictures), "slipped": slipped}
            with target.open("a") as file:
                file.write(json.dumps({**head, **record}, ensure_ascii=False) + "\n")


def tell(records: list[dict]) -> None:  # type: ignore[type-arg] - of JSON
    """Print what came of reports, in all and by what they were made like."""
    for kind in ("way", "dpi", "font", "form"):
        print(f"| {kind} | pages | right | wrong | unread | missing | share right | CPU s a page | most |")
        print("|---|---|---|---|---|---|---|---|---|")
        for value in sorted({record[kind] for record in records}):
            print(_row(str(value), [record for record in records if record[kind] == value]))
        print(_row("all", records) + "\n")
    slips = Counter(record.get("slip", "unread") for record in records if record["slipped"])
    misread: Counter[str] = Counter()
    for record in records:
        misread.update(record.get("misread", {}))
    print(
        "| what is printed | told as a finding | told as unread | mended by the sums | silent |\n|---|---|---|---|---|"
    )
    print(f"| planted slip | {slips['finding']} | {slips['unread']} | | {slips['silent']} |")
    row = " | ".join(str(misread[came]) for came in ("finding", "unread", "mended", "silent"))
    print(f"| figure that the network misreads | {row} |")
    told = slips["finding"] + misread["unread"] + misread["mended"]
    print(f"told apart: {told / max(slips.total() + misread.total(), 1):.3f}, ", end="")
    print(f"slips told as findings: {slips['finding'] / max(slips.total(), 1):.3f}")
    print(f"reports with a false alarm: {sum(bool(record.get('false')) for record in records)} of ", end="")
    print(f"{sum(not record['slipped'] for record in records)} without a slip; ", end="")
    print(f"{max(record.get('memory', 0) for record in records)} MB\n")
    for record in records:
        notes = [*record.get("wrong", []), *record.get("false", []), *([record["error"]] if "error" in record else [])]
        lost = record["cells"].get("unread", 0) + record["cells"].get("missing", 0)
        notes += [f"{lost} lost"] if lost > 2 else []
        notes += [f"slip {record['slipped']} {record['slip']}"] if record.get("slip", "finding") != "finding" else []
        if notes:
            print(f"{record['name']}: {'; '.join(notes)}")


def _row(name: str, records: list[dict]) -> str:  # type: ignore[type-arg] - of JSON
    cells: Counter[str] = Counter()
    for record in records:
        cells.update(record["cells"])
    pages = sum(record["pages"] for record in records)
    seconds = sum(record.get("seconds", 0.0) for record in records)
    most = max(record.get("seconds", 0.0) / record["pages"] for record in records)
    counts = " | ".join(str(cells[came]) for came in ("right", "wrong", "unread", "missing"))
    return (
        f"| {name} | {pages} | {counts} | {cells['right'] / cells.total():.4f} | {seconds / pages:.1f} | {most:.1f} |"
    )


def main(task: str, *rest: str) -> None:
    """Read reports into a file, or tell what files hold."""
    if task == "read":
        reports, seed, target, *share = rest
        number, _, of = (share[0] if share else "1/1").partition("/")
        measure(int(reports), seed, Path(target), (int(number), int(of)))
    else:
        tell([json.loads(line) for path in rest for line in Path(path).read_text().splitlines()])


if __name__ == "__main__":
    main(*sys.argv[1:])
