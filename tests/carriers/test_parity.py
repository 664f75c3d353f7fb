"""The same report in every carrier: equal cells, claims, findings and diagnosis, and places that are true."""

from functools import cache
from pathlib import Path
from random import Random

import pytest
from carriers.making import CARRIERS, OLD, SLOW, Files
from carriers.reports import COUNTY, FAULTY, NAMES, REPORTS, SHEETS, knowledge, sheet_figures
from typeset import LAYOUTS, print_sheet

from validator.model.report import Report
from validator.model.result import ReportResult
from validator.pipeline.single import check_report, read_report

WORKBOOKS = ("xlsx", "xlsx-sections", "xls", "et", "ods")
"""A number of a workbook has no printed form of its own: what is shown is made of a value and a format."""


@cache
def told(path: Path) -> tuple[Report, ReportResult]:
    report = read_report(path, knowledge())
    return report, check_report(report, knowledge())


def pairs() -> list[object]:
    """Every report in every carrier; of the old formats, each start of LibreOffice is dear, two carry all of them."""
    chosen = {carrier: NAMES if carrier in ("doc", "xls") else FAULTY for carrier in OLD}
    return [
        pytest.param(carrier, name, id=f"{carrier}-{name}", marks=[pytest.mark.slow] if carrier in SLOW else ())
        for carrier in CARRIERS
        for name in chosen.get(carrier, NAMES)
    ]


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("layout", ["page", "word_page", "markdown", "row_a_line", "covered_blank", "tabs"])
def test_a_sheet_reads_as_it_was_made(tmp_path: Path, name: str, layout: str) -> None:
    suffix, write = LAYOUTS[layout]
    path = tmp_path / f"a{suffix}"
    form = knowledge().ruleset.forms[name.removeprefix("sheet_")]
    figures = sheet_figures(form.id, blanks=True)
    path.write_text(write(print_sheet(form, figures, organization=COUNTY, year=2012), Random(1)), encoding="utf-8")
    report, _ = told(path)
    assert report.form == form.id
    assert {address: cell.raw for address, cell in report.cells.items()} == figures
    assert (report.organization, report.year, report.problems) == (COUNTY, 2012, ())


@pytest.mark.parametrize("name", REPORTS)
def test_the_reference_reads_as_it_was_made(files: Files, name: str) -> None:
    report, result = told(files.get("html", name))
    assert f"{result.status}_{report.form}" == {"sound": "passed", "faulty": "failed"}[name[:-5]] + name[-5:]
    assert bool(result.diagnosis) == (name in FAULTY)
    assert len(report.claims) >= 4


@pytest.mark.parametrize(("carrier", "name"), pairs())
def test_a_report_is_the_same_in_every_carrier(files: Files, carrier: str, name: str) -> None:
    report, result = told(files.get(carrier, name))
    wanted_report, wanted = told(files.get("html", name))

    assert identity(report) == identity(wanted_report)
    assert cells(report) == cells(wanted_report)
    assert claims(report) == claims(wanted_report)
    assert findings(result) == findings(wanted)
    assert result.diagnosis == wanted.diagnosis
    assert result.coverage == wanted.coverage
    assert raws(report, carrier in WORKBOOKS) == raws(wanted_report, carrier in WORKBOOKS)


def identity(report: Report) -> tuple[object, ...]:
    return report.form, report.organization, report.year


def cells(report: Report) -> dict[str, tuple[object, ...]]:
    return {address: (cell.state.value, cell.value) for address, cell in report.cells.items()}


def raws(report: Report, values_only: bool) -> dict[str, str]:
    bare = {address: "".join(cell.raw.split()) for address, cell in report.cells.items()}
    return {address: raw.replace(",", "") if values_only else raw for address, raw in bare.items()}


def claims(report: Report) -> list[tuple[object, ...]]:
    return [(claim.quantity, claim.value, claim.approximate, claim.span) for claim in report.claims]


def findings(result: ReportResult) -> list[tuple[object, ...]]:
    return [
        (f.rule, f.fingerprint, f.severity.value, f.cells, f.left, f.right, f.delta, f.message) for f in result.findings
    ]
