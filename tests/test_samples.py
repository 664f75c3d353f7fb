"""Every sample report against its expected.json: what is read, what is found where, and what is proposed.

`python tests/test_samples.py` writes the expectations anew; look at the difference before you commit it.
"""

import json
from pathlib import Path

import pytest

from validator import check, read
from validator.model.result import ReportResult
from validator.pipeline import load_ruleset

pytestmark = pytest.mark.portable

SAMPLES = Path(__file__).parents[1] / "sample_reports"
FOLDERS = sorted(path.parent for path in SAMPLES.glob("*/*/expected.json"))


def report_of(folder: Path) -> Path:
    (report,) = folder.glob("report.*")
    return report


def summarise(result: ReportResult) -> dict[str, object]:
    """Give what a sample is expected to come to, without wording that may be improved."""
    return {
        "form": result.form,
        "organization": result.organization,
        "year": result.year,
        "status": result.status,
        "coverage": [result.coverage.assessed, result.coverage.expected],
        "findings": [
            {"rule": f.rule, "severity": f.severity.value, "cells": list(f.cells[:8]), "left": f.left, "right": f.right}
            for f in result.findings
        ],
        "diagnosis": [
            {
                "reason": e.reason,
                "unique": e.unique,
                "changes": {change.cell: [change.reported, change.proposed] for change in e.changes},
            }
            for e in result.diagnosis[:3]
        ],
    }


def expectation(folder: Path) -> dict[str, object]:
    (result,) = check([report_of(folder)]).reports
    return json.loads(json.dumps(summarise(result), default=float))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_sample_comes_to_what_is_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    del expected["figures"]
    assert expectation(folder) == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_sound_samples_have_no_error_and_faulty_ones_do(folder: Path) -> None:
    (result,) = check([report_of(folder)]).reports
    assert result.status == ("passed" if folder.parent.name == "sound" else "failed")


def test_samples_show_every_form_and_carrier() -> None:
    assert {read(report_of(folder)).form for folder in FOLDERS} == set(load_ruleset().forms)
    assert {report_of(folder).suffix for folder in FOLDERS} == {".html", ".txt", ".md", ".json"}


def write_expectations() -> None:
    for folder in FOLDERS:
        path = folder / "expected.json"
        figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
        text = json.dumps({"figures": figures, **expectation(folder)}, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_expectations()
