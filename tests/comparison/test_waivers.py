"""Waivers: which findings between reports they cover, and that what they cover is never held."""

from datetime import date

import pytest
from made_sheets import RULESET

from validator.comparison import find_waiver, waive
from validator.config import Waiver
from validator.model.outcome import Outcome, Severity, Verdict

TODAY = date(2026, 11, 22)
BODIES = {"云溪县档案局": "key"}


@pytest.mark.parametrize(
    ("waiver", "covers"),
    [
        (Waiver(reason="机构改革", body="云溪县档案局", year=2023, rule="continuity"), True),
        (Waiver(reason="机构改革", body="云溪县档案局", year=None, rule="continuity-carried-over"), True),
        (Waiver(reason="统计范围调整", body="", year=2023, rule="continuity-carried-over"), True),
        (Waiver(reason="统计范围调整", body="", year=2023, rule="continuity-carried-over", until=str(TODAY)), True),
        (Waiver(reason="统计范围调整", body="", year=2023, rule="continuity-carried-over", until="2026-11-21"), False),
        (Waiver(reason="机构改革", body="云溪县档案局", year=2022, rule="continuity"), False),
        (Waiver(reason="机构改革", body="白水县档案局", year=2023, rule="continuity"), False),
        (Waiver(reason="机构改革", body="云溪县档案局", year=2023, rule="units"), False),
    ],
)
def test_what_a_waiver_covers(waiver, covers):
    rule = RULESET.rule("continuity-carried-over")
    assert find_waiver(rule, "key", 2023, [waiver], BODIES, TODAY) == (waiver if covers else None)


def test_what_is_waived_is_not_held():
    outcome = waive(Outcome("continuity-carried-over", "total", Verdict.BROKEN, Severity.ERROR, left=1, right=2))
    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_ASSESSED, "waived")
