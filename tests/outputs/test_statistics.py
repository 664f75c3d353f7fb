"""What `--statistics` tells: the time of a run, and what each rule found, the busiest first."""

from msgspec.structs import replace
from results import ALL, FAILED, ROW_BROKEN, make_results

from validator.render.look import Look
from validator.render.terminal import render_statistics


def test_time_and_findings_a_rule():
    again = replace(FAILED, source="b.html", findings=(ROW_BROKEN,), outcomes=())
    lines = "".join(render_statistics(make_results(*ALL.reports, again), 1.5, 0.5, Look("en"))).splitlines()
    assert lines[:2] == [
        "2.00 s, 2 report(s) a second",
        "1.50 s for checking, 0.50 s for writing the results",
    ]
    assert [line.split() for line in lines[3:]] == [
        ["applications-row-total", "2", "0", "0", "2", "0"],
        ["applications-handled-total", "1", "0", "0", "1", "0"],
        ["form-blank", "0", "0", "1", "1", "0"],
        ["form-fees", "0", "1", "0", "1", "0"],
        ["review-total", "0", "0", "0", "0", "1"],
    ]


def test_nothing_found_is_time_alone():
    assert len(list(render_statistics(make_results(), 0, 0, Look()))) == 2
