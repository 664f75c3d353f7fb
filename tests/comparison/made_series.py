"""Reports of one body over years whose stocks and carry-overs hold, and what is told of them."""

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from figures import APPLICANTS, make_figures
from made_prose import WORDINGS
from made_sheets import RULESET, make_report
from msgspec.structs import replace

from validator.checking import to_findings
from validator.extraction.claims import read_prose
from validator.model.document import Paragraph
from validator.model.location import TextPlace
from validator.model.outcome import Finding, Outcome, Severity, Verdict
from validator.model.report import Number, Report

CASES = ("review", "litigation_direct", "litigation_after_review")
ITEMS = ("licensing", "other_services", "penalty", "coercion", "fees")


def form_of(year: int):
    return next(form for form in RULESET.forms.values() if form.covers(year))


def make_series(seed: int, years: Iterable[int], organization: str = "云溪县档案局") -> list[Report]:
    """Make sound reports of consecutive years in which each begins where the one before ended."""
    random = Random(seed)
    reports: list[Report] = []
    last: dict[str, int] = {}
    for year in years:
        form = form_of(year)
        figures = make_figures(form, random)
        if last and "applications.carried_forward.total" in last:
            carry_over(figures, last)
        reports.append(report_of(figures, year, organization))
        last = figures
    return reports


def carry_over(figures: dict[str, int], last: Mapping[str, int]) -> None:
    """Change figures so that they begin where those of last year ended, and keep every identity."""
    for column in (*APPLICANTS, "total"):
        before = last[f"applications.carried_forward.{column}"]
        # What was carried over and is not handled is carried forward, so the balance holds whatever was received.
        figures[f"applications.carried_forward.{column}"] += before
        figures[f"applications.new_received.{column}"] += figures[f"applications.carried_over.{column}"]
        figures[f"applications.carried_over.{column}"] = before
    for case in CASES:
        more = max(0, last[f"{case}.pending"] - figures[f"{case}.total"])
        figures[f"{case}.upheld"] += more
        figures[f"{case}.total"] += more
    reviews = last["review.total"]
    more = max(0, figures["litigation_after_review.total"] - figures["review.total"] - reviews)
    figures["review.upheld"] += more
    figures["review.total"] += more
    for row in ("regulations", "normative_documents"):
        stock, known = f"proactive.{row}.in_force", f"proactive.{row}.issued" in figures
        if known and stock in last:
            have = last[stock] + figures[f"proactive.{row}.issued"]
            figures[f"proactive.{row}.repealed"] = min(figures[f"proactive.{row}.repealed"], have)
            figures[stock] = have - figures[f"proactive.{row}.repealed"]
    for row in ITEMS:
        items = f"proactive.{row}.previous_items"
        if items in last and items in figures:
            figures[items] = last[items] + last[f"proactive.{row}.change"]


def report_of(
    figures: Mapping[str, Number | str],
    year: int,
    organization: str | None = "云溪县档案局",
    *,
    text: str = "",
    source: str = "",
    default: Number | str = "missing",
) -> Report:
    """Make a report of figures and prose; its cells stand on the lines of their order in the form."""
    form = form_of(year)
    report = make_report(form, figures, default=default, organization=organization, year=year)
    prose = tuple(Paragraph(line, TextPlace(500 + n, 1)) for n, line in enumerate(text.split("\n")) if line)
    said = read_prose(prose, False, form.id, year, WORDINGS)
    where = source or f"{organization}/{year}.html"
    return replace(report, source=where, prose=prose, claims=said.claims, statements=said.statements)


def changed(report: Report, figures: Mapping[str, Number | str], source: str = "") -> Report:
    """Change some cells of a report."""
    form = form_of(report.year)
    stated = {address: cell.value for address, cell in report.cells.items()} | dict(figures)
    again = make_report(form, stated, default="missing", organization=report.organization, year=report.year)
    return replace(report, cells=again.cells, source=source or report.source)


def heavy(told: Iterable[tuple[Report, Outcome]]) -> list[Finding]:
    """Give the findings that are errors or warnings."""
    return [finding for finding in findings_of(told) if finding.severity is not Severity.NOTE]


def findings_of(told: Iterable[tuple[Report, Outcome]]) -> list[Finding]:
    """Give the findings of outcomes, report by report."""
    by_report: dict[str, tuple[Report, list[Outcome]]] = {}
    for report, outcome in told:
        by_report.setdefault(report.source, (report, []))[1].append(outcome)
    return [f for report, outcomes in by_report.values() for f in to_findings(report, RULESET, outcomes)]


def verdicts_of(told: Sequence[tuple[Report, Outcome]], rule: str) -> dict[str, tuple[Verdict, str]]:
    """Give verdict and reason of each instance of a rule."""
    return {o.instance: (o.verdict, o.reason) for _, o in told if o.rule == rule}
