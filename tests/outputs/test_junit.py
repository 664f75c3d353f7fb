"""JUnit XML: valid by the schema of Jenkins, read by a consumer, a case for every rule instance that ran."""

from io import BytesIO
from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree
from msgspec.structs import replace
from results import ALL, FAILED, REVIEW_BLANK, ROW_BROKEN, WARNED, make_results, render

from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.result import Results
from validator.render.look import Look

SCHEMA = Path(__file__).parent.parent / "consumers" / "junit-10.xsd"


def read_suites(results: Results, look: Look | None = None) -> list:
    """Give the suites as a consumer reads them; the text must fit the schema, and the counts must be right."""
    data = render("junit", results, look or Look()).encode("utf-8")
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.parse(BytesIO(data)))
    suites = list(JUnitXml.fromstring(data))
    names = [(case.classname, case.name) for suite in suites for case in suite]
    assert len(set(names)) == len(names)
    for suite in suites:
        kinds = [type(end) for case in suite for end in case.result]
        assert suite.tests == len(list(suite))
        assert (suite.failures, suite.errors, suite.skipped) == tuple(map(kinds.count, (Failure, Error, Skipped)))
    return suites


def test_every_instance_that_ran_is_a_case(samples):
    suites = read_suites(samples)
    reports = list(samples.reports)
    assert len(suites) == len(reports)
    for suite, report in zip(suites, reports, strict=True):
        if report.error is not None:
            continue
        verdicts = [outcome.verdict for outcome in report.outcomes]
        assert Verdict.HOLDS in verdicts
        assert suite.tests == len(verdicts)
        assert suite.skipped == verdicts.count(Verdict.NOT_ASSESSED)
        assert suite.failures == report.count(Severity.ERROR)
    assert {type(end) for case in suites[-1] for end in case.result} == {Error}


def test_a_case_says_what_is_wrong_where_and_why():
    outcome = Outcome(
        "applications-row-total", "granted", Verdict.BROKEN, Severity.ERROR, ROW_BROKEN.cells, left=30, right=21
    )
    (suite,) = read_suites(make_results(replace(FAILED, findings=(ROW_BROKEN,), outcomes=(outcome,))))
    assert suite.name == "甲县发展局 2023年（2021年格式） reports/a.html"
    (case,) = suite
    assert case.classname == "reports/a.html"
    assert case.name == "applications-row-total：表三 (一)予以公开·总计 [applications-row-total granted]"
    (failure,) = case.result
    assert (failure.type, failure.message) == ("error", "applications-row-total：左边30，右边21，相差9")
    assert failure.text.splitlines()[1] == "网页第2个表格第5行第3列"
    assert "填报为12，应为21" in failure.text.splitlines()[2]


def test_warnings_pass_and_are_told():
    outcome = Outcome(WARNED.rule, "", Verdict.BROKEN, Severity.WARNING)
    (suite,) = read_suites(make_results(replace(FAILED, findings=(WARNED,), outcomes=(outcome,), diagnosis=())))
    (case,) = suite
    assert case.result == []
    assert case.system_out.startswith("warning: form-fees")


def test_what_was_not_assessed_is_skipped_with_the_reason():
    (suite,) = read_suites(make_results(replace(FAILED, findings=(), outcomes=(REVIEW_BLANK,), diagnosis=())))
    ((case,),) = [list(suite)]
    assert [(type(end), end.message) for end in case.result] == [(Skipped, "总计空白")]


def test_a_broken_rule_that_is_left_out_is_skipped_and_no_pass():
    outcome = Outcome("review-total", "review", Verdict.BROKEN, Severity.ERROR, ("review.total",), left=1, right=2)
    (suite,) = read_suites(make_results(replace(FAILED, findings=(), outcomes=(outcome,), diagnosis=())))
    assert (suite.tests, suite.skipped, suite.failures) == (1, 1, 0)


def test_a_finding_without_an_outcome_is_a_case_of_its_own():
    (suite,) = read_suites(make_results(replace(FAILED, outcomes=())))
    assert (suite.tests, suite.failures) == (4, 2)


def test_an_unreadable_file_is_an_error():
    _, _, suite = read_suites(ALL, Look("en"))
    ((end,),) = [case.result for case in suite]
    assert (type(end), end.message) == (Error, "the file is empty")


def test_hostile_texts_stay_texts(hostile):
    first, second = read_suites(hostile)
    assert first.failures == 2
    assert second.errors == 1
    (end,) = next(iter(second)).result
    assert "::set-output name=x::y ##[error]z]]><b>&amp;\"'|`x`" in end.message
    assert "\\x00\\x1b[2J\\u202e" in end.message
    assert end.message.endswith("\\ufffe\\ud800甲")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_schema_refuses_a_suite_without_counts(lang):
    text = render("junit", ALL, Look(lang)).replace(' failures="2"', "")
    assert not etree.XMLSchema(etree.parse(SCHEMA)).validate(etree.fromstring(text.encode()))
