"""What goes into the folder of pages: hostile names stay text, names of pages are stable, bodies keep their years."""

import re
import time
from pathlib import Path

import pytest
from audit_samples import check_samples
from click.testing import CliRunner
from msgspec.structs import replace
from repository.written import WEB, write_repository
from results import FAILED, PASSED, UNREADABLE, make_report, make_results

from validator.cli import main
from validator.config.loading import load_config
from validator.model.bilingual import Bilingual
from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.result import ReportResult, Review, Whose
from validator.pipeline import Settings, check_paths
from validator.render.audit import render_html
from validator.render.look import Look
from validator.render.site import render_site
from validator.render.site.bodies import Slot, gather_series, tell_chain
from validator.render.site.entries import enter, name_page, name_rule_page
from validator.render.site.index import render_index

SAMPLE = Path(__file__).parents[2] / "sample_reports" / "faulty" / "digits_swapped_2022" / "report.html"
HOSTILE = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202e甲县"


def placed(body: str, year: int | None, source: str = "") -> ReportResult:
    source = source or f"{body}/{year}.html"
    report = replace(make_report(source, body or None), year=year)
    return replace(PASSED, source=source, report=report, whose=Whose(body, body, year))


def series_of(*results: ReportResult):
    return gather_series([enter(result, Look()) for result in results])


def test_a_year_is_missing_from_the_first_report_of_its_body_on() -> None:
    series, loose = series_of(placed("乙局", 2021), placed("甲局", 2019), placed("甲局", 2023), UNREADABLE)
    assert loose == []
    assert [body.name for body in series] == ["甲局", "乙局"]  # more years are missing
    missing = {body.name: [slot.year for slot in body.slots if slot.missing] for body in series}
    assert missing == {"甲局": [2020, 2021, 2022], "乙局": [2022, 2023]}
    assert [[slot.year for slot in body.slots] for body in series] == [[2019, 2020, 2021, 2022, 2023]] * 2


def test_a_year_that_was_misread_does_not_stretch_the_index() -> None:
    series, _ = series_of(placed("甲局", 1023), placed("甲局", 2023))
    assert [slot.year for slot in series[0].slots] == [1023, 2023]


def test_reports_without_body_or_year_are_listed_apart() -> None:
    _, loose = series_of(placed("甲局", 2023), placed("", 2023, "a.html"), placed("乙局", None, "b.html"))
    assert [entry.source for entry in loose] == ["a.html", "b.html"]


def test_reports_that_were_not_held_against_each_other_go_by_what_they_say() -> None:
    ((body,), loose) = series_of(FAILED)
    assert (body.name, [slot.year for slot in body.slots], loose) == ("甲县发展局", [2023], [])


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        ({}, ""),
        ({"total": Verdict.HOLDS, "research": Verdict.HOLDS}, "holds"),
        ({"total": Verdict.HOLDS, "research": Verdict.NOT_ASSESSED}, "holds"),
        ({"total": Verdict.NOT_ASSESSED, "research": Verdict.HOLDS}, "open"),
        ({"total": Verdict.HOLDS, "parts": Verdict.BROKEN}, "parts"),
        ({"total": Verdict.BROKEN}, "broken"),
        ({"": Verdict.NOT_ASSESSED}, "open"),
    ],
)
def test_the_chain_follows_the_verdicts_and_takes_nothing_unassessed_for_agreement(verdicts, state) -> None:
    outcomes = tuple(
        Outcome("continuity-carried-over", name, verdict, Severity.ERROR) for name, verdict in verdicts.items()
    )
    assert enter(replace(PASSED, outcomes=outcomes), Look()).chain == state


def test_what_is_wrong_is_counted_in_problems_not_in_findings() -> None:
    """One wrong cell breaks a row and a column: two findings, one problem, in the overview as in its report."""
    (result,) = check_samples("faulty/digits_swapped_2022/report.html").reports
    entry = enter(result, Look())
    assert result.count(Severity.ERROR) > entry.errors == 1
    assert {rule for rule, _, _ in entry.broken} == {finding.rule for finding in result.findings}
    assert max(count for _, _, count in entry.broken) == 1
    ((_, headline, anchor, _),) = [one for one in entry.problems if one[0] == "error"]
    assert "1.信访举报投诉类申请" in headline
    assert f'id="{anchor}"' in "".join(render_html(check_samples("faulty/digits_swapped_2022/report.html"), Look()))


def test_what_people_wrote_is_told_in_the_overview_at_the_body_and_at_the_problem(tmp_path: Path) -> None:
    confirmed = Review(("aaaa", "bbbb"), "属实", "已报送", ())
    fields = (("organization", "甲县发展局"), ("year", "2023"), ("row", "某行"), ("rules", ""), ("finding", "属实"))
    gone = Review(("ffff",), "属实", "", fields)
    unseen = Review(("eeee",), "", "", (("organization", "别的局"), ("year", "2023"), ("rules", "")))
    reviews = {one: review for review in (confirmed, gone, unseen) for one in review.fingerprints}
    results = replace(make_results(FAILED), reviews=reviews)
    entry = enter(FAILED, Look(), results)
    assert dict(entry.states) == {"confirmed": 1, "new": len(entry.problems) - 1}
    render_site(results, Look(), tmp_path)
    overview = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert re.search(r"属实</a> <b>1</b>", overview)
    assert re.search(r"已消除 <b>1</b>", overview)
    assert re.search(r"本次未核对这份报告 <b>1</b>", overview)
    (body,) = (tmp_path / "bodies").iterdir()
    text = body.read_text(encoding="utf-8")
    assert "<b>已消除</b> 2023  某行" in text
    assert "别的局" not in text
    page = (tmp_path / entry.href).read_text(encoding="utf-8")
    assert page.count('class="review"') == len(entry.problems)
    assert "核实情况：属实 整改情况：已报送" in page


def test_bodies_with_most_to_correct_come_first() -> None:
    series, _ = series_of(placed("甲局", 2023), replace(FAILED, whose=Whose("乙局", "乙局", 2023)))
    assert [(body.name, body.errors > 0) for body in series] == [("乙局", True), ("甲局", False)]


def test_the_break_of_a_carry_over_is_told_in_figures() -> None:
    def flow(year: int, over: str, forward: str, chain: str = "") -> Slot:
        entry = replace(enter(placed("甲局", year), Look()), carried_over=over, carried_forward=forward, chain=chain)
        return Slot(year, (entry,), missing=False)

    before = flow(2022, "1", "15")
    told = tell_chain(flow(2023, "12", "3", "broken"), before, Look())
    assert told == "上年结转12件，上年报告结转下年度15件，相差3件"
    assert "相符" in tell_chain(flow(2023, "15", "3", "holds"), before, Look())
    assert tell_chain(flow(2023, "15", "3"), before, Look()) == ""


def test_an_overview_of_thousands_stays_small() -> None:
    """Each report costs the index less than 3 MB over 7,300, its share of body and rules included."""
    entry = enter(FAILED, Look())
    entries = [
        replace(entry, body=f"青禾县第{n}局", name=f"青禾县第{n}局", year=y)
        for n in range(200)
        for y in range(2021, 2026)
    ]
    series, loose = gather_series(entries)
    page = render_index(entries, series, loose, make_results(FAILED), Look())
    assert len(page.encode()) / 1000 * 7300 < 3_000_000


def test_a_report_that_was_not_assessed_in_full_is_not_shown_as_passed() -> None:
    whole, part = PASSED, replace(PASSED, coverage=replace(PASSED.coverage, assessed=41))
    nothing = replace(PASSED, coverage=replace(PASSED.coverage, expected=0, assessed=0))
    states = [enter(result, Look()).state for result in (whole, part, nothing, FAILED, UNREADABLE)]
    assert states == ["passed", "partial", "partial", "failed", "unreadable"]


def test_names_of_pages_are_short_stable_and_safe() -> None:
    assert name_page("a/报告.html") == "fbc790e45323c766.html"
    assert name_page("a/報告.html") != name_page("a/报告.html")
    assert name_rule_page("con") == "rule-con.html"
    assert name_rule_page("applications-row-total") == "rule-applications-row-total.html"
    for odd in ("x" * 300, "规则", "a/b", "Rule", "\udc80"):
        assert len(name_rule_page(odd)) == len("rule-0123456789abcdef.html")
        assert name_rule_page(odd).isascii()


def test_hostile_names_and_messages_stay_text(tmp_path: Path) -> None:
    finding = replace(FAILED.findings[2], message=Bilingual(HOSTILE, HOSTILE))
    source = f"{HOSTILE}\udc80.html"
    report = replace(make_report(source, HOSTILE), year=2023)
    bad = replace(FAILED, source=source, report=report, findings=(finding,), diagnosis=())
    broken = replace(UNREADABLE, source=source + "2", error=Bilingual(HOSTILE, HOSTILE))
    nameless = replace(bad, source=source + "3", report=replace(report, organization=None))
    render_site(make_results(bad, broken, nameless), Look("zh"), tmp_path)
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) == 1 + 2 + 1 + 1  # the overview, two reports, their body, a rule
    for page in pages:
        text = page.read_bytes().decode("utf-8")
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "\u202e" not in text
        assert text.count("<title>") == text.count("</title>") == 1


def test_an_english_site_speaks_english(tmp_path: Path) -> None:
    english = replace(FAILED, report=make_report("a.html", "Bureau"), source="a.html", names={}, slips={}, diagnosis=())
    render_site(make_results(english, replace(UNREADABLE, source="b.html")), Look("en"), tmp_path)
    for name in ("index.html", "rules/rule-applications-row-total.html", f"bodies/{name_page('Bureau')}"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert 'lang="en"' in text
        shown = text.partition("</style>")[2].partition("<script>")[0]
        assert not [character for character in shown if "\u4e00" <= character <= "\u9fff"]


def test_the_end_of_the_path_says_whether_it_is_one_page_or_a_folder(tmp_path: Path) -> None:
    targets = [f"html={tmp_path}/one.html", f"html={tmp_path}/site/"]
    options = [option for target in targets for option in ("--report", target)]
    done = CliRunner().invoke(main, ["check", str(SAMPLE), "--quiet", *options])
    assert done.exit_code == 1, done.output
    assert (tmp_path / "one.html").is_file()
    assert len(list((tmp_path / "site" / "reports").glob("*.html"))) == 1
    again = CliRunner().invoke(main, ["check", str(SAMPLE), "--format", "html", "--output", f"{tmp_path}/site/"])
    assert again.exit_code == 1, again.output
    assert len(list((tmp_path / "site" / "reports").glob("*.html"))) == 1


def test_html_needs_a_path() -> None:
    done = CliRunner().invoke(main, ["check", str(SAMPLE), "--format", "html"])
    assert done.exit_code == 2
    assert "--output" in done.output


def test_seventy_two_reports_take_seconds_and_each_page_is_small(tmp_path: Path) -> None:
    reports = write_repository(tmp_path / "in", WEB)
    settings = Settings(config=load_config(tmp_path / "in" / "gouji.toml"), detailed=True, jobs=1)
    results = check_paths([tmp_path / "in"], settings).results
    (tmp_path / "out").mkdir()
    started = time.process_time()
    render_site(results, Look(), tmp_path / "out")
    took = time.process_time() - started
    sizes = [page.stat().st_size for page in (tmp_path / "out" / "reports").iterdir()]
    assert len(sizes) == len(reports) + 1 >= 72
    assert took <= 5
    assert max(sizes) < 400_000
    assert (tmp_path / "out" / "index.html").stat().st_size < 100_000
