"""Results that every output must stand: of real checks, and of names and texts made to break out of a format."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from results import FAILED, PASSED, ROW_BROKEN, SUM_BROKEN, UNREADABLE, WARNED, gather_results, make_report

from validator import Settings, check
from validator.model.bilingual import Bilingual
from validator.model.location import OtherFilePlace, TextPlace
from validator.model.outcome import Equation, Outcome, Severity, Verdict
from validator.model.report import CellState, ReportCell
from validator.model.result import Results, RuleNote

SAMPLES = Path(__file__).parent.parent.parent / "sample_reports"

HOSTILE = (
    "a::error file=x::b,c=d%0A%\r\n::set-output name=x::y ##[error]z]]><b>&amp;\"'|`x`$(id)"
    " @admin @org/team #12 GH-7 !3 %4 ~bug :tada: [l](http://evil.example) www.evil.example <!-- -->"
    "\x00\x1b[2J\u202e\u2028\ufffe\ud800甲"
)
"""Words of a report that mean something to one of the formats or to who reads them."""


def note(rule: str, severity: Severity = Severity.ERROR) -> RuleNote:
    """Make what results say of a rule."""
    return RuleNote(
        id=rule,
        group=rule.split("-", maxsplit=1)[0],
        kind="identity",
        severity=severity,
        title=Bilingual(f"{rule}的标题", f"title of {rule}"),
        why=Bilingual("因", "why"),
        basis="表三",
    )


RULES = {rule: note(rule) for rule in ("applications-row-total", "applications-handled-total", "review-total")}


@pytest.fixture(scope="session")
def samples() -> Results:
    """The sample reports and a file that is not there, with all outcomes."""
    return check([SAMPLES, "no such file.html"], Settings(detailed=True, jobs=1))


@pytest.fixture
def made() -> Results:
    """A failed, a passed and an unreadable report, made by hand, with the rules' notes."""
    return gather_results([FAILED, PASSED, UNREADABLE], "9.9", RULES)


@pytest.fixture
def hostile() -> Results:
    """A report in which every text is hostile, its path among them, and a file of such a name that was not read."""
    text = Bilingual(HOSTILE, HOSTILE)
    source = "年报/a b%20#?&'\"<>:甲\n乙\udcb0.html"
    finding = replace(
        ROW_BROKEN,
        message=text,
        location=TextPlace(3, 5),
        related=(OtherFilePlace("年报/去年:1.html", TextPlace(8, 2)),),
    )
    outcome = Outcome(
        finding.rule,
        HOSTILE,
        Verdict.BROKEN,
        Severity.ERROR,
        finding.cells,
        equation=Equation(((1, finding.cells[0]),), "=", ((1, finding.cells[1]),)),
        left=finding.left,
        right=finding.right,
    )
    cells = {cell: ReportCell(12, HOSTILE, CellState.NUMBER, TextPlace(3, 5)) for cell in finding.cells}
    report = replace(
        FAILED,
        source=source,
        report=make_report(source, HOSTILE, cells),
        findings=(finding, replace(SUM_BROKEN, message=text), replace(WARNED, message=text)),
        outcomes=(outcome,),
        names=dict.fromkeys(FAILED.names, text),
        slips=dict.fromkeys(FAILED.slips, text),
    )
    return gather_results([report, replace(UNREADABLE, source=source, error=text)], "9.9", RULES)
