"""Waivers: which findings between reports they cover, and that what they cover is never held."""

from datetime import date

import pytest
from made_sheets import RULESET

from validator.comparison import find_waiver, waive
from validator.model.config import Waiver
from validator.model.outcome import Outcome, Severity, Verdict

TODAY = date(2026, 11, 22)
BODIES = {"云溪县档案局": "key"}


@pytest.mark.parametrize(
    ("waiver", "covers"),
    [
        (Waiver("云溪县档案局", 2023, "continuity", "机构改革"), True),
        (Waiver("云溪县档案局", None, "continuity-carried-over", "机构改革"), True),
        (Waiver("", 2023, "continuity-carried-over", "统计范围调整"), True),
        (Waiver("", 2023, "continuity-carried-over", "统计范围调整", TODAY), True),
        (Waiver("", 2023, "continuity-carried-over", "统计范围调整", date(2026, 11, 21)), False),
        (Waiver("云溪县档案局", 2022, "continuity", "机构改革"), False),
        (Waiver("白水县档案局", 2023, "continuity", "机构改革"), False),
        (Waiver("云溪县档案局", 2023, "units", "机构改革"), False),
    ],
)
def test_what_a_waiver_covers(waiver, covers):
    rule = RULESET.rule("continuity-carried-over")
    assert find_waiver(rule, "key", 2023, [waiver], BODIES, TODAY) == (waiver if covers else None)


def test_what_is_waived_is_not_held():
    outcome = waive(Outcome("continuity-carried-over", "total", Verdict.BROKEN, Severity.ERROR, left=1, right=2))
    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_ASSESSED, "waived")
