"""What a diagnosis costs, and how often it names exactly the true cells, beside Banff and HiGHS on the same tables.

    python bench/diagnosis.py [REPORTS]

Consistent reports of the 2021 form are made up, and one, two or three cells that lie in two or more identities get
another figure at random.

All three begin where it is known by how much each identity is off, and have prepared what follows from the form alone.
HiGHS (through scipy) and Banff (Statistics Canada) end with one smallest set of cells; gouji ends with all of them, and
with the operations that explain as much, ranked and explained. "Search alone" ends with all smallest sets.

All are measured on the same reports in CPU time, each the least of three rounds over all reports, so that neither a
busy machine counts nor that a report was just seen, less what the clock itself takes. Each runs on one processor. Banff
takes its tables in one call, so its time is the mean, less what the same call takes for the tables before they were
corrupted. What is not installed is skipped.
"""

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from random import Random
from statistics import mean, median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "diagnosis"))

from made_reports import check_identities, form_of, identities, load_all_slips, make_figures, to_cells
from made_slips import make_slips, put_in

from validator.diagnosis import diagnose
from validator.diagnosis.case import open_case
from validator.diagnosis.smallest import find_smallest
from validator.model.outcome import Outcome

FORM = "2021"
REPORTS = 500
COMPARED = 100
COMPARED_WITH_BANFF = 50
ROUNDS = 3
CELLS = sorted({cell for _, _, equation in identities(FORM) for cell in equation.addresses})

Figures = Mapping[str, int]
CellNames = frozenset[str]


@dataclass(frozen=True)
class Corrupted:
    """A report before and after its slips, and what the identities say of it."""

    sound: Figures
    figures: Figures
    outcomes: tuple[Outcome, ...]

    @property
    def wrong(self) -> CellNames:
        """Give the cells that hold a wrong figure."""
        return frozenset(cell for cell in self.figures if self.figures[cell] != self.sound[cell])


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    print(f"{count} corrupted reports of the {FORM} form, {len(CELLS)} cells, {len(identities(FORM))} identities")
    print(f"{'wrong cells':>12} {'engine':<22} {'median':>9} {'worst':>9} {'ratio':>7}  exactly the true cells")
    for size in (1, 2, 3):
        reports = corrupt(count, size)
        ours, named = time_each(reports, diagnose_report)
        tell(size, "gouji, whole diagnosis", ours, None, share(reports, named))
        searched, _ = time_each(reports, search_report)
        tell(size, "gouji, search alone", searched, None, "")
        for engine, compare, given, base in (
            ("HiGHS (scipy)", time_highs, reports[:COMPARED], median(ours)),
            ("Banff, mean", time_banff, reports[:COMPARED_WITH_BANFF], mean(ours)),
        ):
            try:
                times, found = compare(given)
            except ImportError as error:
                print(f"{size:>12} {engine:<22} skipped: {error}")
            else:
                tell(size, engine, times, median(times) / base, share(given, found))


def corrupt(count: int, size: int) -> list[Corrupted]:
    """Make reports with so many wrong cells each, the same in every run."""
    random = Random(size)
    reports = []
    while len(reports) < count:
        sound = make_figures(FORM, random)
        figures = put_in(sound, make_slips(FORM, sound, size, random, realistic=False))
        outcomes = check_identities(figures, identities(FORM))
        if any(outcome.delta for outcome in outcomes):
            reports.append(Corrupted(sound, figures, outcomes))
    return reports


def diagnose_report(report: Corrupted) -> Callable[[], CellNames]:
    """Give the call that diagnoses a report and names the cells of its first explanation."""
    cells, form, slips = to_cells(report.figures), form_of(FORM), load_all_slips()

    def call() -> CellNames:
        told = diagnose(report.outcomes, cells, form, slips, lambda outcome: outcome.instance)
        return frozenset(change.cell for change in told[0].changes)

    return call


def search_report(report: Corrupted) -> Callable[[], CellNames]:
    """Give the call that does the exact search alone."""
    case = open_case(report.outcomes, to_cells(report.figures))

    def call() -> CellNames:
        for need in case.needs:
            find_smallest(case.system, need, case.figures)
        return frozenset()

    return call


def time_each(
    reports: Sequence[Corrupted], prepare: Callable[[Corrupted], Callable[[], CellNames]]
) -> tuple[list[float], list[CellNames]]:
    """Time a call for each report, the least of the rounds, in seconds; give the cells it names too."""
    calls = [prepare(report) for report in reports]
    calls[0]()
    times, named = [float("inf")] * len(calls), [frozenset[str]()] * len(calls)
    for _ in range(ROUNDS):
        for number, call in enumerate(calls):
            begin = process_time()
            named[number] = call()
            times[number] = min(times[number], process_time() - begin)
    clock = min(-process_time() + process_time() for _ in range(1000))
    return [seconds - clock for seconds in times], named


def time_highs(reports: Sequence[Corrupted]) -> tuple[list[float], list[CellNames]]:
    """Time HiGHS for each report: binary cells, whole figures, the bounds of each. ImportError without scipy."""
    import highs_check

    solver = highs_check.Solver([equation for _, _, equation in identities(FORM)])

    def prepare(report: Corrupted) -> Callable[[], CellNames]:
        need = {n: o.right - o.left for n, o in enumerate(report.outcomes) if o.left != o.right}
        return lambda: frozenset(solver.solve(report.figures, need))

    return time_each(reports, prepare)


def time_banff(reports: Sequence[Corrupted]) -> tuple[list[float], list[CellNames]]:
    """Time Banff's errorloc on all tables in one call; give the mean alone. ImportError without banff."""
    logging.disable(logging.CRITICAL)
    import banff
    import pandas

    names = {cell: f"v{number:03d}" for number, cell in enumerate(CELLS)}
    edits = "\n".join(
        " = ".join(" + ".join(names[cell] for _, cell in side) for side in (equation.left, equation.right)) + ";"
        for _, _, equation in identities(FORM)
    )

    def locate(tables: Sequence[Figures]) -> tuple[float, dict[int, set[str]]]:
        rows = [{"id": f"{n:04d}"} | {names[c]: float(table[c]) for c in CELLS} for n, table in enumerate(tables)]
        frame = pandas.DataFrame(rows)
        begin = process_time()
        result = banff.errorloc(
            unit_id="id", edits=edits, cardinality=3, time_per_obs=2, seed=1, indata=frame, capture=None
        )
        seconds = process_time() - begin
        status = result.outstatus
        status = status.to_pandas() if hasattr(status, "to_pandas") else status
        found: dict[int, set[str]] = {}
        for unit, field in zip(status["id"], status["FIELDID"], strict=True):
            found.setdefault(int(unit), set()).add(field)
        return seconds, found

    overhead = min(locate([report.sound for report in reports])[0] for _ in range(ROUNDS))
    calls = [locate([report.figures for report in reports]) for _ in range(ROUNDS)]
    seconds, found = min(calls, key=itemgetter(0))
    cells = {name: cell for cell, name in names.items()}
    named = [frozenset(cells[field] for field in found.get(n, ())) for n in range(len(reports))]
    return [max(0.0, seconds - overhead) / len(reports)], named


def tell(size: int, engine: str, times: Sequence[float], ratio: float | None, named: str) -> None:
    """Print one line of the table."""
    times_text = f"{milliseconds(median(times))} {milliseconds(max(times))}"
    print(f"{size:>12} {engine:<22} {times_text} {'' if ratio is None else f'{ratio:.0f}x':>7}  {named}")


def share(reports: Sequence[Corrupted], named: Sequence[CellNames]) -> str:
    """Say how often exactly the true cells were named."""
    right = sum(cells == report.wrong for cells, report in zip(named, reports, strict=True))
    return f"{right} of {len(reports)} ({100 * right / len(reports):.1f} %)"


def milliseconds(seconds: float) -> str:
    """Write a time."""
    return f"{1000 * seconds:6.2f} ms"


if __name__ == "__main__":
    main()
