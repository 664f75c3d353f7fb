"""A repository of mixed files: every planted error is found at its place, and nothing else is an error or a warning."""

from pathlib import Path

import pytest

from repository.planned import ANY, ERRORS_AND_WARNINGS, NOTES, WELFARE, Planned, Told
from repository.written import DAMAGED, MIXED, NAMELESS, write_repository
from validator.config.loading import load_config
from validator.model.location import PagePlace, SheetPlace, TextPlace, WordCellPlace
from validator.model.outcome import Finding, Severity, Verdict
from validator.model.result import ReportResult, Results
from validator.pipeline import Settings, check_paths

NOBODY = Planned("", 0, {})

pytestmark = pytest.mark.slow


UNPLANNED = {
    *("form-problems-topics", "form-overview-topics", "form-overview-government", "form-fees-absent"),
    "continuity-level",
}
"""What a section is to speak of, and levels: sentences and decisions of these reports are drawn anew each year."""


class Checked:
    """The repository as it was written and what a run found in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.planned = write_repository(folder)
        settings = Settings(config=load_config(folder / "gouji.toml"), detailed=True)
        self.results: Results = check_paths([folder], settings).results
        self.reports: dict[Path, ReportResult] = {Path(r.source): r for r in self.results.reports}

    def told(self, *severities: Severity) -> list[Told]:
        """Give the findings of these severities as they were planned."""
        return [
            _told(self.planned.get(path, NOBODY), finding)
            for path, report in self.reports.items()
            for finding in report.findings
            if finding.severity in severities and finding.rule not in UNPLANNED
        ]

    def find(self, body: str, year: int, version: str = "") -> ReportResult:
        """Give what was found of one report."""
        plans = self.planned.items()
        (path,) = [p for p, plan in plans if (plan.body, plan.year, plan.version) == (body, year, version)]
        return self.reports[path]


def _told(plan: Planned, finding: Finding) -> Told:
    cells = ANY if finding.rule == "continuity-identical" else frozenset(finding.cells)
    return Told(plan.body, plan.year, finding.rule, cells, plan.version)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return Checked(tmp_path_factory.mktemp("报告库"))


def test_every_kind_of_file_is_there(checked: Checked) -> None:
    assert len({(plan.body, plan.year) for plan in checked.planned.values()}) == 12 * 6 - 1
    assert {path.suffix for path in checked.planned} == {".html", ".docx", ".md", ".xlsx", ".txt", ".pdf"}
    assert len(MIXED) == 8


def test_bodies_years_and_figures_are_read_as_they_were_made(checked: Checked) -> None:
    for path, plan in checked.planned.items():
        result = checked.reports[path]
        assert (result.organization, result.year) == (plan.body, plan.year), path
        assert {address: cell.value for address, cell in result.cells.items()} == plan.figures, path


def test_all_that_was_planted_is_found_and_no_error_or_warning_is_invented(checked: Checked) -> None:
    found = checked.told(Severity.ERROR, Severity.WARNING)
    assert sorted(found, key=str) == sorted(ERRORS_AND_WARNINGS, key=str)


def test_notes_are_the_planted_ones_too(checked: Checked) -> None:
    assert sorted(checked.told(Severity.NOTE), key=str) == sorted(NOTES, key=str)


def test_findings_stand_where_their_first_cell_does(checked: Checked) -> None:
    kinds = set()
    said_in_prose = {"narrative-figure", "continuity-growth"}
    for report in checked.reports.values():
        for finding in report.findings:
            if finding.cells and finding.rule not in said_in_prose:
                assert finding.location == report.cells[finding.cells[0]].location
                kinds.add(type(finding.location))
    assert kinds >= {TextPlace, WordCellPlace, SheetPlace, PagePlace}


def test_the_swapped_digits_are_mended(checked: Checked) -> None:
    report = checked.find(WELFARE, 2024)
    (best, *_) = report.diagnosis
    ((cell, proposed),) = [(change.cell, change.proposed) for change in best.changes]
    column = "applications.new_received.natural_person"
    assert cell == column
    assert (best.reason, best.unique) == ("digits-swapped", True)
    others = [report.cells[f"applications.{row}.natural_person"].value for row in ("handled_total", "carried_forward")]
    assert proposed == sum(others) - report.cells["applications.carried_over.natural_person"].value


def test_what_was_carried_over_holds_in_every_other_report(checked: Checked) -> None:
    broken = {(t.body, t.year) for t in ERRORS_AND_WARNINGS if t.rule == "continuity-carried-over"}
    for plan in checked.planned.values():
        outcomes = [
            o
            for o in checked.find(plan.body, plan.year, plan.version).outcomes
            if (o.rule, o.instance) == ("continuity-carried-over", "total")
        ]
        after_gap = (plan.body, plan.year) == (WELFARE, 2022)
        if plan.year > 2019 and not after_gap and (plan.body, plan.year) not in broken:
            assert [o.verdict for o in outcomes] == [Verdict.HOLDS], plan


def test_files_that_are_no_reports_cost_nothing_but_themselves(checked: Checked) -> None:
    damaged, nameless = (checked.reports[checked.folder / name] for name in (DAMAGED, NAMELESS))
    assert damaged.status == "unreadable"
    assert (nameless.status, nameless.organization, nameless.year) == ("passed", None, None)
    assert checked.results.totals.unreadable == 1
