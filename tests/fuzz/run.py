"""Gives the program reports that are changed at random, and tells what it does wrong with them.

usage: run.py [--format NAME ...] [--inputs N] [--seed S] [--from N] [--keep FOLDER]

Each input is made from its format, seed and number alone, so that `--from N --inputs 1` gives it again. Told are
internal errors, more than 10 s of processor time, more than 500 MB above the start, figures that are not printed, and
changed figures of which an identity holds. A process that dies leaves the last input in the folder of --keep.
"""

import argparse
import faulthandler
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.bytes import change_bytes
from fuzz.structure import Changed, cells_that_differ, change_report
from typeset import LAYOUTS, PrintedReport

from validator.checking import check
from validator.model.outcome import Verdict
from validator.model.result import ReportResult, count_totals
from validator.pipeline.discovery import Input
from validator.pipeline.knowledge import Knowledge, load_knowledge
from validator.pipeline.single import check_file

FORMATS = ("html", "txt", "md", "json", "docx", "xlsx", "pdf", "ofd")
OLD = {"rtf": "docx", "doc": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx"}
"""Formats that LibreOffice makes of another and reads; they are tried where they are named."""
STRUCTURED = {"docx": 0.3, "xlsx": 0.3, "pdf": 0.4, "ofd": 0.4, "json": 0.2, **dict.fromkeys(OLD, 0.1)}
"""Which share of a format's inputs are changed in structure; of the others half, for they are cheap to write."""
BARE = ("bare_cells", "printed_lines")
"""Layouts of text in which a blank leaves no trace."""
_SHOWN = dict.fromkeys(BARE, "figures") | {
    "markdown": "grid",
    "covered_blank": "grid",
    "page": "spans",
    "word_page": "spans",
}
SECONDS, MEGABYTES = 10, 500


class Fault(NamedTuple):
    """What went wrong with an input."""

    format: str
    number: int
    what: str
    changes: str


@cache
def knowledge() -> Knowledge:
    """Give forms, rules and wordings, read once."""
    return load_knowledge()


def _layouts(suffix: str) -> tuple[str, ...]:
    return tuple(name for name, (own, _) in LAYOUTS.items() if own == suffix)


def _word(printed: PrintedReport, _: Random) -> bytes:
    from word_writer import word_bytes

    return word_bytes(printed)


def _sheets(printed: PrintedReport, random: Random) -> bytes:
    from sheet_writer import sheet_bytes

    return sheet_bytes(printed, sheet_a_section=random.random() < 0.5)


def _pdf(printed: PrintedReport, _: Random) -> bytes:
    from hostile.pdf_writer import assemble, typeset_pages

    file, root = assemble(typeset_pages(printed))
    return file.to_bytes(root)


def _ofd(printed: PrintedReport, random: Random) -> bytes:
    from ofd_writer import STYLES, ofd_bytes

    return ofd_bytes(printed, style=random.choice(STYLES), seed=random.randrange(9))


def _json(printed: PrintedReport, random: Random) -> bytes:
    from validator.extraction import extract
    from validator.readers.web import read_html

    page = LAYOUTS["page"][1](printed, random)
    report = extract(read_html(page, "a.html"), knowledge().ruleset.forms, knowledge().wordings)
    cells = {a: {"value": c.value, "raw": c.raw, "state": c.state.value} for a, c in report.cells.items()}
    told = {"schema": "gouji.report/1", "form": report.form, "organization": report.organization, "year": report.year}
    problems = [{"kind": problem.kind, "detail": "", "cells": list(problem.cells)} for problem in report.problems]
    return json.dumps({**told, "cells": cells, "problems": problems}, default=float).encode()


def _old(kind: str, printed: PrintedReport, random: Random) -> bytes:
    from variants.converted import convert

    return convert(WRITERS[OLD[kind]](printed, random), f".{OLD[kind]}", kind)


WRITERS: dict[str, Callable[[PrintedReport, Random], bytes]] = {
    **{"json": _json, "docx": _word, "xlsx": _sheets, "pdf": _pdf, "ofd": _ofd},
    **{kind: partial(_old, kind) for kind in OLD},
}


def _make(kind: str, random: Random) -> tuple[bytes, Changed]:
    """Make a report that is changed in its structure, and write it."""
    forms = knowledge().ruleset.forms
    if kind in WRITERS:
        changed = change_report(forms, random, "spans" if kind == "json" else "grid")
        return WRITERS[kind](changed.printed, random), changed
    name = random.choice(_layouts(f".{kind}"))
    changed = change_report(forms, random, _SHOWN.get(name, "cells"))
    return LAYOUTS[name][1](changed.printed, random).encode(), changed


@cache
def _plain(kind: str, number: int) -> bytes:
    """Give one of a few reports in a format, of which bytes are changed."""
    return _make(kind, Random(f"plain {kind} {number}"))[0]


def make_input(kind: str, seed: int, number: int) -> tuple[bytes, Changed | None]:
    """Make an input, with what is true of it if its structure was changed."""
    random = Random(f"{kind} {seed} {number}")
    if random.random() < STRUCTURED.get(kind, 0.5):
        return _make(kind, random)
    return change_bytes(_plain(kind, random.randrange(12)), kind, random), None


def try_inputs(kind: str, seed: int, numbers: range, folder: Path) -> Iterator[Fault]:
    """Check inputs one after the other, in this process, and give the faults that come to light."""
    most = _memory() + MEGABYTES
    for number in numbers:
        data, changed = make_input(kind, seed, number)
        path = folder / f"{kind}-{seed}-{number}.{kind}"
        path.write_bytes(data)
        faulthandler.dump_traceback_later(12 * SECONDS, exit=True)
        begun = time.process_time()
        what = list(_try(path, changed))
        seconds = time.process_time() - begun
        faulthandler.cancel_dump_traceback_later()
        if seconds > SECONDS:
            what.append(f"took {seconds:.1f} s")
        if _memory() > most:
            what.append(f"took {_memory() - most + MEGABYTES} MB")
            most = _memory() + MEGABYTES
        for told in what:
            yield Fault(kind, number, told, "" if changed is None else " ".join(changed.changes))
        if not what:
            path.unlink()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _try(path: Path, changed: Changed | None) -> Iterator[str]:
    from validator.model.result import Results
    from validator.render import RENDERERS
    from validator.render.look import Look

    try:
        result, *_ = check_file(Input(path), knowledge())
        text = "".join(RENDERERS["json"](Results((result,), "0", count_totals([result])), Look()))
        text.encode()
    except Exception as error:  # noqa: BLE001 - whatever is raised is what we look for
        yield f"raised {type(error).__name__}: {error}"
        return
    if result.error is not None:
        if result.error.en.startswith("internal error"):
            yield result.error.en
        return
    yield from (finding.message.en for finding in result.findings if finding.rule == "form-internal-fault")
    if changed is not None and result.report is not None:
        yield from _compare(result, changed)


def _compare(result: ReportResult, changed: Changed) -> Iterator[str]:
    report = result.report
    assert report is not None
    differing = list(cells_that_differ(changed, {a: cell.value for a, cell in report.cells.items()}))
    if differing:
        first = differing[0]
        read, printed = report.cells[first].raw, changed.figures.get(first)
        yield f"{len(differing)} cells with another figure: {first} {read!r}, {printed}"
    for outcome in check(report, knowledge().ruleset):
        if outcome.exact and outcome.verdict is Verdict.HOLDS and changed.changed in outcome.cells and not differing:
            yield f"{outcome.rule} ({outcome.instance}) holds with {changed.changed} changed"


def main() -> int:
    """Run as the command line says; give 1 if anything went wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--format", action="append", choices=(*FORMATS, *OLD))
    options.add_argument("--inputs", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--from", type=int, default=0, dest="first")
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="gouji-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    faults = 0
    for kind in asked.format or FORMATS:
        begun = time.monotonic()
        found = 0
        for fault in try_inputs(kind, asked.seed, range(asked.first, asked.first + asked.inputs), folder):
            found += 1
            print(f"{fault.format} {fault.number}: {fault.what} [{fault.changes}]", flush=True)
        spent = time.monotonic() - begun
        print(f"{kind}: {asked.inputs} inputs, {found} faults, {spent:.0f} s, at most {_memory()} MB", flush=True)
        faults += found
    print(f"inputs with faults are kept in {folder}" if faults else "no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
