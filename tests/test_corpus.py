"""Real reports, where the folder of them stands beside the checkout: every cell, every error, and no false alarm."""

import json
from functools import cache
from pathlib import Path

import pytest

from validator.checking import check, coverage, to_findings
from validator.errors import ReadError
from validator.model.outcome import Severity, Verdict
from validator.model.report import CellState, Report
from validator.pipeline.knowledge import Knowledge, load_knowledge
from validator.pipeline.single import read_report
from validator.ruleset import Ruleset

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
TRUTHS = sorted(CORPUS.glob("*.truth.json")) + sorted((CORPUS / "layouts").glob("*.json"))
READABLE = {".txt", ".md", ".html", ".pdf"}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the folder of real reports is not here")


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def ruleset() -> Ruleset:
    return knowledge().ruleset


def load(path: Path) -> tuple[Path, dict]:
    truth = json.loads(path.read_text(encoding="utf-8"))
    return path.with_name(truth["file"]) if "file" in truth else path.with_suffix(".txt"), truth


def cases() -> list[object]:
    loaded = [load(path) for path in TRUTHS]
    return [pytest.param(file, truth, id=file.stem) for file, truth in loaded if file.suffix in READABLE]


def reports() -> list[object]:
    return [case for case in cases() if "findings" in case.values[1]]


def read(file: Path) -> Report:
    return read_report(file, knowledge())


@pytest.mark.parametrize(("file", "truth"), cases())
def test_cells_are_those_of_the_document(file: Path, truth: dict) -> None:
    if truth["form"] is None and not _speaks_of_disclosure(file):
        with pytest.raises(ReadError) as refused:
            read(file)
        assert refused.value.code == "not-a-report"
        return
    report = read(file)
    assert report.form == truth["form"]
    ambiguous = set(truth["ambiguous"])
    wanted = {a: (c["state"], c["value"]) for a, c in truth["cells"].items() if a not in ambiguous}
    got = {a: (c.state.value, None if c.value is None else float(c.value)) for a, c in report.cells.items()}
    assert {a: cell for a, cell in got.items() if a not in ambiguous} == wanted
    for address in ambiguous & got.keys():
        best = truth["cells"].get(address)
        unreadable = report.cells[address].state is CellState.UNREADABLE
        assert unreadable or (best and got[address] == (best["state"], best["value"]))


@pytest.mark.parametrize(("file", "truth"), reports())
def test_body_and_year(file: Path, truth: dict) -> None:
    report = read(file)
    assert report.organization in (truth["organization"], *truth["organization_also_acceptable"])
    assert report.year == truth["year"]


@pytest.mark.parametrize(("file", "truth"), reports())
def test_identities_are_assessed_as_the_blanks_allow(file: Path, truth: dict) -> None:
    outcomes = check(read(file), ruleset())
    told = coverage(outcomes)
    assert (told.expected, told.assessed) == (truth["identities"]["expected"], truth["identities"]["assessed"])
    broken = [o for o in outcomes if o.exact and o.verdict is Verdict.BROKEN]
    wanted = [(f["left"], f["right"], set(f["cells"])) for f in truth["identities"]["failed"]]
    assert [(o.left, o.right, set(o.cells)) for o in broken] == wanted


@pytest.mark.parametrize(("file", "truth"), reports())
def test_every_error_is_found_and_none_invented(file: Path, truth: dict) -> None:
    report = read(file)
    findings = to_findings(report, ruleset(), check(report, ruleset()))
    for wanted in truth["findings"]:
        if wanted["required"]:
            allowed = {wanted["severity"], *wanted.get("also_acceptable", [])}
            about = set(wanted["about"])
            near = [f for f in findings if f.severity in allowed and (not about or _touches(f.cells, about))]
            assert near, wanted["explain"]
    worst = [set(w["about"]) for w in truth["findings"] if "error" in (w["severity"], *w.get("also_acceptable", []))]
    errors = [f for f in findings if f.severity is Severity.ERROR]
    assert [f.message.zh for f in errors if not any(_touches(f.cells, about) for about in worst)] == []


def test_the_blank_official_form_is_blank_and_passes_nothing() -> None:
    report = read(CORPUS / "blank_2021_form.docx")
    assert (report.form, report.organization, report.year) == ("2021", None, None)
    assert len(report.cells) == 200
    one_row = {"applications.other.natural_person", "applications.other.total"}  # the form has three rows for it
    assert set(ruleset().forms["2021"].cells) - set(report.cells) >= one_row
    assert len(ruleset().forms["2021"].cells) - len(report.cells) == 7
    assert {(cell.state, cell.value, cell.raw) for cell in report.cells.values()} == {(CellState.BLANK, None, "")}
    assert [claim.text for claim in report.claims] == []
    assert report.problems == ()
    outcomes = check(report, ruleset())
    assert (coverage(outcomes).expected, coverage(outcomes).assessed) == (42, 0)
    assert [(f.rule, f.severity) for f in to_findings(report, ruleset(), outcomes)] == [
        ("form-no-figures", Severity.WARNING)
    ]


def _speaks_of_disclosure(file: Path) -> bool:
    lines = file.read_text(encoding="utf-8").splitlines()
    return any("信息公开" in line or "主动公开" in line for line in lines if not line.startswith("#"))


def _touches(cells: tuple[str, ...], about: set[str]) -> bool:
    prefixes = tuple(name.removesuffix("*") for name in about if name.endswith(".*"))
    return bool(about.intersection(cells)) or any(cell.startswith(prefixes) for cell in cells if prefixes)
