"""Exemptions: what they leave out, when they end, and which of them are of no more use."""

from datetime import date
from pathlib import Path

import pytest
from made_findings import GROUPS, find

from validator.config import Exemption
from validator.config.exempting import Exempting, Use

TODAY = date(2026, 11, 22)
REVIEW = find("review-total", "a" * 16, "review.total", "review.upheld")
BALANCE = find("applications-balance", "b" * 16, "applications.new_received.total")
BOTH = (REVIEW, BALANCE)


def part(*exemptions, source="reports/2023/a.html", body="甲县发展局", year=2023, folder=None):
    exempting = Exempting(exemptions, folder or Path.cwd(), GROUPS, TODAY)
    return exempting.part(BOTH, source, body, year)


@pytest.mark.parametrize(
    ("conditions", "suppressed"),
    [
        ({"rule": "review-total"}, (REVIEW,)),
        ({"rule": "applications"}, (BALANCE,)),
        ({"rule": "form"}, ()),
        ({"cell": "review.upheld"}, (REVIEW,)),
        ({"cell": "applications.*.total"}, (BALANCE,)),
        ({"cell": "applications"}, ()),
        ({"fingerprint": "b" * 16}, (BALANCE,)),
        ({"year": 2023}, BOTH),
        ({"year": 2022}, ()),
        ({"body": "甲县发展局"}, BOTH),
        ({"body": "甲县"}, ()),
        ({"path": "reports/2023/*.html"}, BOTH),
        ({"path": "2023"}, BOTH),
        ({"path": "a.html"}, BOTH),
        ({"path": "**/a.*"}, BOTH),
        ({"path": "2023/a.html"}, ()),
        ({"path": "*/a.html"}, ()),
        ({"rule": "review-total", "cell": "applications.*"}, ()),
        ({"rule": "review-total", "year": 2023, "path": "reports/"}, (REVIEW,)),
    ],
)
def test_all_conditions_must_be_met(conditions, suppressed):
    parted = part(Exemption("known", "never", **conditions))
    assert parted.suppressed == suppressed
    assert parted.kept == tuple(finding for finding in BOTH if finding not in suppressed)


def test_a_body_is_the_same_in_full_width_brackets():
    exemption = Exemption("known", "never", body="甲县发展局（粮食局）")
    assert part(exemption, body="甲县发展局(粮食局)").suppressed == BOTH
    assert part(exemption, body=None).suppressed == ()


def test_paths_start_from_the_folder_of_the_configuration(tmp_path, monkeypatch):
    (tmp_path / "repo/sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "repo", target_is_directory=True)
    exemption = Exemption("known", "never", path="sub/a.html")
    monkeypatch.chdir(tmp_path / "repo/sub")
    assert part(exemption, source="a.html", folder=tmp_path / "repo").suppressed == BOTH
    assert (
        part(exemption, source=(tmp_path / "link/sub/a.html").as_posix(), folder=tmp_path / "repo").suppressed == BOTH
    )
    assert part(exemption, source="../a.html", folder=tmp_path / "repo").suppressed == ()


def test_the_last_day_counts_and_the_next_does_not():
    assert part(Exemption("known", str(TODAY), rule="review")).suppressed == (REVIEW,)
    parted = part(Exemption("known", "2026-11-21", rule="review"))
    assert (parted.kept, parted.late, parted.used) == (BOTH, (0,), ())


def test_what_has_become_of_each_exemption():
    exemptions = (
        Exemption("used", "never", rule="review"),
        Exemption("expired", "2020-01-01", rule="applications"),
        Exemption("used as well", "never", cell="review.total"),
        Exemption("of a report that is sound", "never", body="甲县发展局", rule="form"),
        Exemption("of a report that was not checked", "never", body="乙市档案局"),
        Exemption("expired and gone", "2020-01-01", rule="form"),
        Exemption("of no report", "never", fingerprint="c" * 16),
    )
    use = Use()
    for source in ("a.html", "b.html"):
        use.add(part(*exemptions, source=source))
    assert use.suppressed == 2
    assert use.expired() == [(1, 2)]
    assert use.idle(exemptions, whole=True) == [3, 4, 5, 6]
    assert use.idle(exemptions, whole=False) == [3]


def test_to_part_again_gives_the_same_and_counts_nothing():
    exemption = Exemption("known", "never", rule="review")
    assert part(exemption) == part(exemption)
