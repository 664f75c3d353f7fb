"""Reports of known figures in many ways of writing them -> how many are read exactly, told as unread, or wrong.

A variant is a carrier, a form and a way of writing. What a way does to single figures is first said with signs that no
report holds (`Mark`), which each carrier then writes in its own manner; ways to write a whole file are the carrier's
own. A carrier is a module of this folder with `SUFFIX`, `WAYS` (name -> function of a Draft, giving bytes) and, where
a way has another suffix, `SUFFIXES`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from figures import make_figures
from typeset.grid import PrintedCell, PrintedReport, PrintedTable, print_report

from validator.model.outcome import Severity
from validator.pipeline.discovery import find_inputs
from validator.pipeline.knowledge import Knowledge, load_knowledge
from validator.pipeline.single import check_report, read_reports
from validator.readers import SUFFIXES

FORMS = {"2014": 2016, "2019": 2020, "2021": 2023}
VERDICTS = ("exact", "told", "wrong", "false")
"""All figures as they are; some not read and said so; another figure; an alarm although all figures were read."""

RAISED, STRUCK, UNSEEN = "raised", "struck", "unseen"
TOKEN = re.compile("\ue000([a-z]+):([^\ue000\ue001]*)\ue001")
"""How a mark stands in the text of a cell: what it is, and its text."""


def mark(kind: str, text: str) -> str:
    """Give a text that is not part of the figure beside it, as cells of a Draft hold it."""
    return f"\ue000{kind}:{text}\ue001"


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Part the text of a cell: ("", what is its figure) and (kind of mark, text), in their order."""
    last = 0
    for found in TOKEN.finditer(text):
        if found.start() > last:
            yield "", text[last : found.start()]
        yield found[1], found[2]
        last = found.end()
    if last < len(text):
        yield "", text[last:]


@dataclass(frozen=True)
class Draft:
    """What a way writes: the printed report, its figures by address, and a Random for what writers vary."""

    report: PrintedReport
    figures: Mapping[str, int]
    random: Random
    year: int
    form: str

    def marked(self, dress_text: Callable[[str], str], share: float = 0.2) -> "Draft":
        """Give the draft with marks beside some of its figures, one at least; `dress_text` is given a figure."""
        spots = [
            (table, row, column)
            for _, _, tables in self.report.sections
            for table in tables
            for row, cells in enumerate(table.rows)
            for column, cell in enumerate(cells)
            if cell.figure and cell.text.isdecimal()
        ]
        chosen = {
            (id(table), row, column)
            for table, row, column in self.random.sample(spots, max(1, int(len(spots) * share)))
        }

        def dress(table: PrintedTable) -> PrintedTable:
            rows = [
                [
                    _with_text(cell, dress_text(cell.text)) if (id(table), row, column) in chosen else cell
                    for column, cell in enumerate(cells)
                ]
                for row, cells in enumerate(table.rows)
            ]
            return PrintedTable(table.width, rows)

        sections = [
            (heading, paragraphs, [dress(table) for table in tables])
            for heading, paragraphs, tables in self.report.sections
        ]
        return Draft(PrintedReport(self.report.title, sections), self.figures, self.random, self.year, self.form)


def _with_text(cell: PrintedCell, text: str) -> PrintedCell:
    return PrintedCell(text, cell.colspan, cell.rowspan, cell.figure)


def footnoted(draft: Draft) -> Draft:
    """Set a raised note mark behind figures."""
    return draft.marked(lambda text: text + mark(RAISED, str(draft.random.randint(1, 9))))


def corrected(draft: Draft) -> Draft:
    """Set a figure that is struck out before the one that counts."""
    return draft.marked(lambda text: mark(STRUCK, str(int(text) + 5)) + text)


def shadowed(draft: Draft) -> Draft:
    """Set digits that are not shown before or behind figures."""
    return draft.marked(
        lambda text: mark(UNSEEN, "8") + text if draft.random.random() < 0.5 else text + mark(UNSEEN, "8"),
    )


@cache
def knowledge() -> Knowledge:
    """Give forms, rules and wordings, read once."""
    return load_knowledge()


def make_draft(form_id: str, seed: str, year: int | None = None) -> Draft:
    """Make the report of a form from made-up figures that keep every identity."""
    random = Random(seed)
    form = knowledge().ruleset.forms[form_id]
    figures = make_figures(form, random)
    texts = {address: str(figure * 13) for address, figure in figures.items()}
    year = year or FORMS[form_id]
    report = print_report(form, texts, organization="云溪县档案局", year=year)
    return Draft(report, {address: figure * 13 for address, figure in figures.items()}, random, year, form_id)


@dataclass(frozen=True)
class Trial:
    """What came of a variant: its name, its verdict, and what is not as it should be."""

    name: str
    verdict: str
    detail: str = ""


def judge(path: Path, drafts: list[Draft], name: str) -> Trial:
    """Read a file and say whether the reports in it have the figures of these drafts, whatever their order."""
    try:
        entries = find_inputs([path], SUFFIXES)
        reports = [r for entry in entries for r in read_reports(entry.path, knowledge(), member=entry.member)]
    except Exception as error:  # noqa: BLE001 - a refusal is told; a fault of ours is seen in the detail
        return Trial(name, "told", f"{type(error).__name__}: {error}")
    missing: list[str] = []
    if len(reports) != len(drafts):
        return Trial(name, "wrong" if len(reports) > len(drafts) else "told", f"{len(reports)} reports")
    reports.sort(key=lambda report: -(report.year or 0))
    for report, draft in zip(reports, sorted(drafts, key=lambda draft: -draft.year), strict=True):
        if report.year != draft.year:
            return Trial(name, "wrong", f"year {report.year}, {draft.year} is right")
        for address, figure in draft.figures.items():
            cell = report.cells.get(address)
            if cell is None or cell.value is None:
                missing.append(address)
            elif cell.value != figure:
                return Trial(name, "wrong", f"{address}: {cell.value}, {figure} is right ({cell.raw!r})")
        alarms = [f for f in check_report(report, knowledge()).findings if f.severity is Severity.ERROR]
        if alarms and not missing:
            return Trial(name, "false", alarms[0].message)
    return Trial(name, "told", f"{len(missing)} not read, first {missing[0]}") if missing else Trial(name, "exact")


Way = Callable[[Draft], bytes]


def try_ways(
    carrier: str,
    suffix: str,
    ways: Mapping[str, Way],
    folder: Path,
    seed: str,
    suffixes: Mapping[str, str],
    *,
    few: bool = False,
) -> Iterator[Trial]:
    """Write each way of a carrier in each form into a folder and give what came of it; few: some ways, a form each."""
    random = Random(f"few {seed}")
    for way in random.sample(list(ways), 20) if few else ways:
        write = ways[way]
        for form in [random.choice(list(FORMS))] if few else FORMS:
            name = f"{carrier}-{way}-{form}"
            draft = make_draft(form, f"{seed} {name}")
            path = folder / f"{name}{suffixes.get(way, suffix)}"
            path.write_bytes(write(draft))
            drafts = [draft, *([earlier(draft)] if "two-" in way else [])]
            yield judge(path, drafts, name)


def earlier(draft: Draft) -> Draft:
    """Give another report of the same body, of the year before."""
    return make_draft(draft.form, f"earlier {draft.report.title} {sorted(draft.figures.items())}", draft.year - 1)


def count(trials: Iterable[Trial]) -> Counter[str]:
    """Count the trials by verdict."""
    return Counter(trial.verdict for trial in trials)
