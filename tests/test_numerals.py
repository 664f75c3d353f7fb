"""Every decision about the text of one cell, one by one."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.numerals import Numeral, looks_like_value, parse_chinese_number, parse_numeral

NUMBERS = {
    "0": 0,
    "12": 12,
    "1,234": 1234,
    "1,234,567": 1234567,
    "1，234": 1234,
    "１２": 12,
    "１，２３４": 1234,
    "12件": 12,
    "12 件": 12,
    "12\n件": 12,
    "12。": 12,
    "12；": 12,
    "减4": -4,
    "减 4": -4,
    "减少4项": -4,
    "增3减1": 2,
    "减1增3": 2,
    "增3，减1": 2,
    "增0减0": 0,
    "新增3项": 3,
    "+21": 21,
    "-4": -4,
    "－4": -4,
    "−4": -4,
    "-0": 0,
    "251000元": 251000,
    "￥251000": 251000,
    "1.5": Decimal("1.5"),
    "1．5": Decimal("1.5"),
    "52.15万元": Decimal("52.15"),
    "59,237.2449": Decimal("59237.2449"),
    "12.50": Decimal("12.50"),
    "12.0": 12,
    "0.00": 0,
    "1" * 15: 111_111_111_111_111,
    "十二": 12,
    "十二件": 12,
    "二": 2,
    "零": 0,
    "〇": 0,
    "一件": 1,
    "\ufeff12\u200b": 12,
}

UNREADABLE = {
    "0.": "",
    ".5": "",
    "12,": "",
    "1.234.5": "",
    "1,23": "",
    "12,3456": "",
    "0,123": "",
    ",123": "",
    "1、234": "",
    "05": "",
    "00": "",
    "3-5": "",
    "12-": "",
    "一": "",
    "一百二": "",
    "三万": "",
    "三万元": "",
    "3万": "",
    "O": "",
    "o": "",
    "①": "",
    "٣": "",
    "10%": "",
    "10％": "",
    "12(3)": "",
    "(12)": "",
    "12（": "",
    "增3增1": "",
    "1" * 16: "",
    "1" * 4000: "",
    "减" + "1" * 16: "",
    "。": "",
    "规章": "",
    "约12": "approximate",
    "近12": "approximate",
    "逾12件": "approximate",
    "12余": "approximate",
    "12余件": "approximate",
    "十余件": "approximate",
    "12左右": "approximate",
    "12件以上": "approximate",
    "12（约）": "approximate",
    "1\n0": "ambiguous",
    "1\t0": "ambiguous",
    "1\u30000": "ambiguous",
    "1\n件\n2": "ambiguous",
    "0 0": "ambiguous",
    "0 5": "ambiguous",
    "12 1,234": "ambiguous",
    "12 345.6": "ambiguous",
    "- 4": "ambiguous",
}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_a_number_is_read_as_printed(text, value):
    numeral = parse_numeral(text)
    assert numeral == Numeral("number", value)
    assert type(numeral.value) is type(value)


@pytest.mark.parametrize(("text", "note"), UNREADABLE.items())
def test_what_could_be_guessed_wrong_is_unreadable(text, note):
    assert parse_numeral(text) == Numeral("unreadable", None, note)


@pytest.mark.parametrize(
    "text", ["/", "／", "\\", "-", "－", "—", "——", "–", "--", "无", "無", "无。", "N/A", "n/a", "N / A", "不适用"]
)
def test_a_mark_for_none_is_not_applicable(text):
    assert parse_numeral(text) == Numeral("not_applicable", None)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "\n \t", "\u200b", "\u3000" * 500])
def test_blanks_of_every_kind_are_blank(text):
    assert parse_numeral(text) == Numeral("blank", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 0", 10),
        ("1 2 3", 123),
        ("１ ０", 10),
        ("1\u00a00", 10),
        ("1, 234", 1234),
        ("1 ,234", 1234),
        ("52. 15", Decimal("52.15")),
        ("52 .15", Decimal("52.15")),
    ],
)
def test_digits_apart_by_plain_spaces_are_one_wrapped_number(text, value):
    assert parse_numeral(text) == Numeral("number", value, "joined")


@pytest.mark.parametrize(
    ("text", "value"),
    [("22（其中修订16件）", 22), ("12件(含结转3件)", 12), ("12\n（其中修订 1 0 件）", 12), ("0（零）", 0)],
)
def test_words_in_brackets_annotate_a_number(text, value):
    assert parse_numeral(text) == Numeral("number", value, "annotated")


@pytest.mark.parametrize("mark", ["¹", "[1]", "〔2〕", "[注1]", "①", " ①", "*", "⁽²⁾", "¹²"])
def test_the_mark_of_a_note_is_no_digit(mark):
    assert parse_numeral(f"1250{mark}") == Numeral("number", 1250, "annotated")
    assert parse_numeral(f"35.62{mark}") == Numeral("number", Decimal("35.62"), "annotated")
    assert parse_numeral(mark.strip()).kind == "unreadable"


@pytest.mark.parametrize(("text", "value"), [("3 5 . 6 2", Decimal("35.62")), ("1 , 2 3 4", 1234), ("1 2 3", 123)])
def test_letter_spaced_figures_are_one(text, value):
    assert parse_numeral(text) == Numeral("number", value, "joined")


def test_joined_digits_weigh_more_than_words_beside_them():
    assert parse_numeral("1 2（其中修订3件）") == Numeral("number", 12, "joined")


@pytest.mark.parametrize(("text", "value"), [("—4", -4), ("–4", -4), ("- 4", -4), ("减4", -4), ("4", 4)])
def test_a_long_dash_is_a_minus_in_a_column_of_changes(text, value):
    assert parse_numeral(text, signed=True) == Numeral("number", value)


def test_a_dash_alone_stays_a_mark_for_none_in_a_column_of_changes():
    assert parse_numeral("—", signed=True) == Numeral("not_applicable", None)


def test_a_long_dash_before_a_count_is_unreadable():
    assert parse_numeral("—4") == Numeral("unreadable", None)


@pytest.mark.parametrize(
    "text",
    [
        "12件",
        "22（其中修订16件）",
        "约12",
        "减4",
        "/",
        "",
        "无",
        "3-5",
        "10%",
        "1\n8",
        "1,23",
        "O",
        "一",
        "十余",
        ".5",
        "1" * 40,
        "12(3)",
        "—4",
        "05",
    ],
)
def test_figures_blanks_and_marks_look_like_values(text):
    assert looks_like_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "1.属于国家秘密",
        "其他",
        "规章",
        "第二十条第（一）项",
        "(一)",
        "（1）",
        "1.",
        "2023年",
        "总计",
        "件",
        "万元",
        "①",
        "四、结转下年度继续办理",
        "3." + "保护第三方合法权益" * 40,
    ],
)
def test_labels_do_not_look_like_values(text):
    assert not looks_like_value(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十一", 21),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("三千", 3000),
        ("两百", 200),
        ("兩百", 200),
        ("十二", 12),
        ("一十二", 12),
        ("一百一十二", 112),
        ("一百十二", 112),
        ("一万二千", 12_000),
        ("十万零五百", 100_500),
        ("一亿零三", 100_000_003),
        ("二〇二三", 2023),
        ("二零二三", 2023),
        ("〇", 0),
        ("零", 0),
        ("一", 1),
    ],
)
def test_chinese_numbers(text, value):
    assert parse_chinese_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "百", "一百二", "一千二十", "二三", "零五", "二十零三", "十十", "一千百", "万", "第二", "12", "一二百"],
)
def test_what_is_not_a_well_formed_chinese_number_is_none(text):
    assert parse_chinese_number(text) is None


@given(st.integers(0, 10**15 - 1), st.booleans())
def test_a_printed_number_reads_back(value, grouped):
    assert parse_numeral(f"{value:,}" if grouped else str(value)) == Numeral("number", value)


@given(st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False))
def test_a_printed_amount_reads_back(value):
    assert parse_numeral(f"{value}").value == value


@given(st.text(max_size=300))
def test_any_text_comes_to_one_of_four_kinds(text):
    numeral = parse_numeral(text)
    assert (numeral.value is not None) == (numeral.kind == "number")
    assert looks_like_value(text) or numeral.kind == "unreadable"


def test_the_cells_of_a_report_cost_next_to_nothing():
    cells = ["0", "", "12", "3", "/", "181", "1,234", "0", "0", "减4"] * 25
    best = 1.0
    for _ in range(20):
        start = time.perf_counter()
        for cell in cells:
            parse_numeral(cell)
        best = min(best, time.perf_counter() - start)
    assert best < 0.0015  # ten times the budget, so that a busy machine does not fail it
