"""Two files of one body and year, held together cell by cell."""

from made_series import changed, findings_of, make_series
from made_sheets import RULESET

from validator.comparison import compare_versions, compare_years
from validator.model.location import OtherFilePlace
from validator.model.outcome import Severity, Verdict


def compare(*reports):
    return list(compare_versions(reports, RULESET))


def test_files_with_the_same_figures_hold():
    (report,) = make_series(1, (2023,))
    ((where, outcome),) = compare(report, changed(report, {}, "龙.docx"))
    assert (where.source, outcome.verdict) == ("龙.docx", Verdict.HOLDS)


def test_files_that_differ_are_one_error_with_cells_figures_and_both_places():
    (report,) = make_series(1, (2023,))
    report = changed(report, {}, "a/report.html")
    cells = ("applications.granted.total", "review.total")
    old = [report.cells[address].value for address in cells]
    other = changed(report, {cells[0]: old[0] + 3, cells[1]: "unreadable"}, "b/report.docx")
    (finding,) = findings_of(compare(other, report))
    assert (finding.rule, finding.severity) == ("form-versions-differ", Severity.ERROR)
    assert (finding.cells, finding.left, finding.right) == (cells[:1], old[0] + 3, old[0])
    assert finding.location == other.cells[cells[0]].location
    assert finding.related == (OtherFilePlace("a/report.html", report.cells[cells[0]].location),)
    assert f"（本文件{old[0] + 3}，另一文件{old[0]}）" in finding.message.zh
    assert "《report.html》有1格不同" in finding.message.zh


def test_many_cells_are_counted_and_the_first_are_shown():
    (report,) = make_series(1, (2023,))
    figures = {f"applications.granted.{c}": 700 + n for n, c in enumerate(("enterprise", "research", "public_welfare"))}
    figures |= {f"review.{c}": 800 for c in ("upheld", "corrected", "other", "pending", "total")}
    (finding,) = findings_of(compare(report, changed(report, figures, "龙.docx")))
    assert finding.cells == tuple(address for address in report.cells if address in figures)
    assert "有8格不同" in finding.message.zh
    assert finding.message.zh.count("本文件") == 5


def test_a_blank_is_as_good_as_nought_and_not_as_a_figure():
    (report,) = make_series(1, (2023,))
    nought = next(address for address, cell in report.cells.items() if cell.value == 0)
    figure = next(address for address, cell in report.cells.items() if cell.value)
    assert findings_of(compare(report, changed(report, {nought: "blank"}, "龙.docx"))) == []
    (finding,) = findings_of(compare(report, changed(report, {figure: "blank"}, "龙.docx")))
    assert finding.cells == (figure,)
    assert "本文件空白" in finding.message.zh


def test_a_file_without_a_shared_figure_is_not_assessed():
    (report,) = make_series(1, (2023,))
    empty = changed(report, dict.fromkeys(report.cells, "missing"), "龙.docx")
    ((_, outcome),) = compare(report, empty)
    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_ASSESSED, "missing")


def test_each_of_several_versions_has_a_fingerprint_of_its_own():
    (report,) = make_series(1, (2023,))
    others = [changed(report, {"review.total": 900 + n}, f"龙{n}.docx") for n in range(2)]
    marks = {finding.fingerprint for finding in findings_of(compare(report, *others))}
    assert len(marks) == 2


def test_files_that_hardly_agree_are_not_taken_for_one_report():
    first, second = (make_series(seed, (2023,))[0] for seed in (1, 2))
    ((_, outcome),) = compare(first, changed(second, {}, "龙.docx"))
    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_ASSESSED, "unlike")
    before, after = make_series(1, (2022, 2023))
    told = list(compare_years([before, after, changed(second, {}, "龙.docx")], RULESET))
    assert findings_of(told) == []
    assert {outcome.reason for _, outcome in told} == {"unlike"}
