"""Hand-made results for the tests of the renderers: figures and bodies are invented."""

from validator.model.bilingual import Bilingual
from validator.model.location import HtmlCellPlace, JsonPlace, TextPlace
from validator.model.outcome import Change, Explanation, Finding, Outcome, Severity, Verdict
from validator.model.report import CellState, Report, ReportCell
from validator.model.result import Coverage, ReportResult, Results, RuleNote, count_totals
from validator.render import RENDERERS
from validator.render.look import Look

GRANTED = "applications.granted.enterprise"
GRANTED_TOTAL = "applications.granted.total"
HANDLED = "applications.handled_total.enterprise"
UPHELD = "review.upheld"
REVIEW_TOTAL = "review.total"

NAMES = {
    GRANTED: Bilingual("表三 (一)予以公开·法人或其他组织·商业企业", "Table 3, (1) Granted, Enterprises"),
    GRANTED_TOTAL: Bilingual("表三 (一)予以公开·总计", "Table 3, (1) Granted, Total"),
    HANDLED: Bilingual("表三 (七)总计·法人或其他组织·商业企业", "Table 3, (7) Total, Enterprises"),
    UPHELD: Bilingual("表四 行政复议·结果维持", "Table 4, Review, Upheld"),
    REVIEW_TOTAL: Bilingual("表四 行政复议·总计", "Table 4, Review, Total"),
}


def gather_results(reports, version: str, rules: dict[str, RuleNote] | None = None) -> Results:
    """Make the results of reports that are all at hand."""
    kept = tuple(reports)
    return Results(kept, version, count_totals(kept), rules=rules or {})


def make_finding(
    rule: str, severity: Severity, *cells: str, fingerprint: str, left: int | None = None, right: int | None = None
) -> Finding:
    """Make a finding whose message and place tell it apart."""
    delta = None if left is None or right is None else left - right
    return Finding(
        rule=rule,
        severity=severity,
        fingerprint=fingerprint,
        message=Bilingual(
            f"{rule}：左边{left}，右边{right}，相差{delta}", f"{rule}: left {left}, right {right}, off by {delta}"
        ),
        cells=cells,
        location=HtmlCellPlace(2, 5, 3),
        related=(HtmlCellPlace(2, 26, 3),),
        left=left,
        right=right,
        delta=delta,
    )


ROW_BROKEN = make_finding(
    "applications-row-total", Severity.ERROR, GRANTED_TOTAL, GRANTED, fingerprint="aaaa", left=30, right=21
)
SUM_BROKEN = make_finding(
    "applications-handled-total", Severity.ERROR, HANDLED, GRANTED, fingerprint="bbbb", left=44, right=35
)
WARNED = make_finding("form-fees", Severity.WARNING, fingerprint="cccc")
NOTED = make_finding("form-blank", Severity.NOTE, fingerprint="dddd")

SLIPS = {
    "digits-swapped": Bilingual("数字颠倒", "digits swapped"),
    "number-split": Bilingual("一个数被拆成两段", "a number split in two"),
    "unknown": Bilingual("原因不明", "no known kind of slip"),
}
SWAPPED = Explanation(
    (Change(GRANTED, 12, 21, "digits-swapped"),),
    ("aaaa", "bbbb"),
    unique=True,
    reason="digits-swapped",
    confidence="unique",
)

REVIEW_BLANK = Outcome(
    "review-total",
    "review",
    Verdict.NOT_ASSESSED,
    Severity.ERROR,
    cells=(REVIEW_TOTAL, UPHELD),
    exact=True,
    reason="total-blank",
)


def make_report(source: str, organization: str | None, cells: dict[str, ReportCell] | None = None) -> Report:
    """Make a report of 2023 that holds no more than these cells."""
    return Report(source, "2021", organization, 2023, cells or {}, (), ())


def make_results(*reports: ReportResult) -> Results:
    """Make the results of a run that came to these reports."""
    return gather_results(reports, "9.9")


FAILED = ReportResult(
    source="reports/a.html",
    report=make_report(
        "reports/a.html",
        "甲县发展局",
        {
            GRANTED: ReportCell(12, "12", CellState.NUMBER, HtmlCellPlace(2, 5, 3)),
            REVIEW_TOTAL: ReportCell(None, "", CellState.BLANK, TextPlace(9, 1)),
            UPHELD: ReportCell(0, "0", CellState.NUMBER, JsonPlace("cells")),
        },
    ),
    coverage=Coverage(42, 41),
    findings=(NOTED, WARNED, ROW_BROKEN, SUM_BROKEN),
    outcomes=(REVIEW_BLANK,),
    diagnosis=(SWAPPED,),
    names=NAMES,
    slips=SLIPS,
)
PASSED = ReportResult("reports/b.txt", make_report("reports/b.txt", "乙市档案局"), Coverage(42, 42))
UNREADABLE = ReportResult("reports/c.html", error=Bilingual("文件是空的", "the file is empty"))
ALL = make_results(FAILED, PASSED, UNREADABLE)


def render(name: str, results: Results, look: Look) -> str:
    """Give what a renderer makes of results, in one piece."""
    return "".join(RENDERERS[name](results, look))
