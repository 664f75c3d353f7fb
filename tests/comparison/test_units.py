"""A government's report against those of its members: upper bounds, exact sums, cases, scope words, folders."""

import pytest
from made_series import findings_of, form_of, report_of
from made_sheets import RULESET

from validator.comparison import Origin, compare_unit, find_units, identify
from validator.config import Unit
from validator.model.location import OtherFilePlace
from validator.model.outcome import Severity, Verdict

ZEROS = dict.fromkeys(form_of(2023).required, 0)
NEW = "applications.new_received"
MEMBERS = ("云溪县教育局", "云溪县档案局", "云溪县白水镇人民政府")


def report(name, text="", **figures):
    stated = {address.replace("__", "."): value for address, value in figures.items()}
    return report_of(ZEROS | stated, 2023, name, text=text)


def made(*received):
    """Make the members' reports with so many new applications each, by natural persons."""
    return {
        name: report_of(ZEROS | {f"{NEW}.natural_person": count, f"{NEW}.total": count}, 2023, name)
        for name, count in zip(MEMBERS, received, strict=False)
    }


def whole(count, text="", name="云溪县人民政府"):
    return report_of(ZEROS | {f"{NEW}.natural_person": count, f"{NEW}.total": count}, 2023, name, text=text)


def compare(top, members, *, exact=False, scope=""):
    unit = Unit("云溪县人民政府", MEMBERS, exact, scope)
    return list(compare_unit(unit, top, members, RULESET))


@pytest.mark.parametrize(("count", "exact"), [(12, False), (10, False), (10, True)])
def test_members_that_fit_are_not_told_of(count, exact):
    told = compare(whole(count), made(5, 3, 2), exact=exact)
    assert findings_of(told) == []
    verdicts = {o.verdict for _, o in told if o.instance == f"{NEW}.total"}
    assert verdicts == {Verdict.HOLDS}


def test_members_that_make_more_are_one_warning_with_each_ones_share():
    members = made(5, 3, 2)
    top = whole(8)
    (finding,) = findings_of(compare(top, members, scope="县直部门和乡镇"))
    assert (finding.rule, finding.severity) == ("units-sum", Severity.WARNING)
    assert (finding.left, finding.right, finding.delta) == (8, 10, -2)
    assert finding.cells == (f"{NEW}.total", f"{NEW}.natural_person")
    assert finding.location == top.cells[f"{NEW}.total"].location
    there = [OtherFilePlace(r.source, r.cells[f"{NEW}.total"].location) for r in members.values()]
    assert list(finding.related[-3:]) == there
    assert "云溪县教育局5、云溪县档案局3、云溪县白水镇人民政府2" in finding.message.zh
    assert "汇总范围：县直部门和乡镇" in finding.message.zh


def test_missing_members_are_named_and_make_the_sum_a_lower_bound():
    (finding,) = findings_of(compare(whole(7), made(5, 3), exact=True))
    assert finding.severity is Severity.ERROR
    assert "缺云溪县白水镇人民政府的数" in finding.message.zh
    assert findings_of(compare(whole(20), made(5, 3), exact=True)) == []


def test_exact_units_must_come_to_the_sum():
    (finding,) = findings_of(compare(whole(12), made(5, 3, 2), exact=True))
    assert (finding.severity, finding.left, finding.right) == (Severity.ERROR, 12, 10)


def test_cases_may_be_fewer_than_the_sum_and_not_more():
    members = {name: report(name, review__upheld=2, review__total=2) for name in MEMBERS}
    assert findings_of(compare(report("云溪县人民政府", review__upheld=4, review__total=4), members, exact=True)) == []
    more = report("云溪县人民政府", review__upheld=7, review__total=7)
    assert findings_of(compare(more, members)) == []
    assert [o for _, o in compare(more, members) if o.rule == "units-sum-cases"] == []
    (finding,) = findings_of(compare(more, members, exact=True))
    assert (finding.rule, finding.severity, finding.left, finding.right) == ("units-sum-cases", Severity.WARNING, 7, 6)
    assert findings_of(compare(more, dict(list(members.items())[:2]), exact=True)) == []


def test_table_two():
    members = {name: report(name, proactive__licensing__decisions=40) for name in MEMBERS}
    (finding,) = findings_of(compare(report("云溪县人民政府", proactive__licensing__decisions=100), members))
    assert (finding.rule, finding.cells) == ("units-proactive", ("proactive.licensing.decisions",))


@pytest.mark.parametrize(
    "top",
    [whole(8, text="本报告仅统计县政府本级数据。"), whole(8, text="以上数据不含各部门、乡镇。"),
     whole(8, name="云溪县人民政府（本级）")],
)  # fmt: skip
def test_a_report_of_the_own_office_alone_is_not_compared(top):
    told = compare(top, made(5, 3, 2))
    assert {(o.verdict, o.reason) for _, o in told} == {(Verdict.NOT_ASSESSED, "scope")}


def units(*rows):
    origins = [Origin(name, 2023, source) for name, source in rows]
    return find_units(identify(origins), [source for _, source in rows])


def test_folders_that_show_a_unit_beyond_doubt():
    rows = [
        ("云溪县人民政府", "data/云溪县/2023/report.html"),
        ("云溪县教育局", "data/云溪县/部门/教育局/2023.html"),
        ("县档案局", "data/云溪县/部门/档案局/2023.html"),
    ]
    assert units(*rows) == [Unit("云溪县人民政府", ("云溪县教育局", "云溪县档案局"))]
    assert units(*rows[:2]) == []
    assert units(*rows[1:]) == []
    assert units(*rows, ("云溪县统计局", "data/云溪县/tj.html")) == []
    assert units(*rows, ("白水县统计局", "data/云溪县/部门/tj.html")) == []
