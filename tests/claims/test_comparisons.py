"""What the prose says of last year beside a figure of this year."""

from decimal import Decimal

import pytest
from made_prose import read_lines

NEW, HANDLED = "applications.new_received.total", "applications.handled_total.total"


def compared(text):
    """Give kind, figure, its characters and the claim beside it of each comparison."""
    kinds = ("growth", "change", "previous")
    said = [s for s in read_lines(text).statements if s.kind in kinds and len(s.parts) == 1]
    return [(s.kind, s.whole.value, s.whole.span, s.parts[0].quantity) for s in said]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新收政府信息公开申请30件，同比下降25%。", [("growth", -25, "25", NEW)]),
        ("新收政府信息公开申请30件，较上年度增长11.1%。", [("growth", Decimal("11.1"), "11.1", NEW)]),
        ("新收政府信息公开申请30件，比上年增加5件，增长20%。", [("change", 5, "5", NEW)]),
        ("新收政府信息公开申请30件（上年31件），办结28件，较去年减少3件。",
         [("previous", 31, "31", NEW), ("change", -3, "3", HANDLED)]),
        ("新收政府信息公开申请30件，比2022年的31件少。", [("previous", 31, "31", NEW)]),
    ],
)  # fmt: skip
def test_comparisons_are_read(text, expected):
    assert compared(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "新收政府信息公开申请30件，网站访问量同比增长20%。",
        "新收政府信息公开申请30件，同比增长至20%。",
        "新收政府信息公开申请30件，环比增长20%。",
        "新收政府信息公开申请30件，其中网络申请12件，同比增长20%。",
        "新收政府信息公开申请30件，上年召开会议31次。",
        "新收政府信息公开申请30件，上年结转3件。",
        "网站发布信息30条，比上年增加5条。",
    ],
)
def test_what_is_said_of_something_else_is_not(text):
    assert compared(text) == []


def test_shares_of_a_list_are_not_all_of_its_last_figure():
    listed = read_lines("收到政府信息公开申请18件，其中当面6件，信函12件，分别占33.3%、66.7%。").statements
    assert [said for said in listed if said.kind == "share"] == []
    alone = read_lines("收到政府信息公开申请18件，其中信函12件，占66.7%。").statements
    assert [said.parts[0].value for said in alone if said.kind == "share"] == [12]


def test_a_difference_is_not_last_years_figure():
    said = read_lines("收到政府信息公开申请30件，比上年增加5件，增长20%。").statements
    assert [s.kind for s in said] == ["change"]
