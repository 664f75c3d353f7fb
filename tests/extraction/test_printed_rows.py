"""Printed rows are made once: each stage of reading a table gives new rows and changes none."""

from random import Random

import pytest
from extraction.test_layouts import BODY, YEARS, knowledge, make_texts, ruleset
from figures import make_figures
from typeset import LAYOUTS, print_report

from validator.extraction import extract
from validator.extraction.figures import patterns_of
from validator.extraction.gather import gather
from validator.extraction.lexicon import lexicon_of
from validator.extraction.tables import read_table
from validator.model.report import Report
from validator.readers.text import read_text
from validator.readers.web import read_html


def test_a_printed_row_cannot_be_changed() -> None:
    form = ruleset().forms["2021"]
    document = read_text("三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 | 1 | 2 |", "x.txt")
    (row,) = gather(document, lexicon_of(form)).rows["applications"]
    with pytest.raises(AttributeError):
        row.torn = True
    assert isinstance(row.slots, tuple)


@pytest.mark.parametrize("name", ["covered_blank", "filler_on_last", "bare_cells"])
def test_reading_twice_gives_the_same(name: str) -> None:
    form = ruleset().forms["2021"]
    texts = {address: str(value) for address, value in make_figures(form, Random(11)).items()}
    text = LAYOUTS[name][1](print_report(form, texts, organization=BODY, year=YEARS["2021"]), Random(2))
    lexicon = lexicon_of(form)
    gathered = gather(read_text(text, "x.txt"), lexicon, recalling=False)
    for table in form.tables:
        rows = gathered.rows[table.id]
        first, second = (read_table(table, rows, lexicon, deduplicated=False, ended=False) for _ in range(2))
        assert first.cells == second.cells
        assert first.problems == second.problems


def read(name: str, form_id: str, seed: int, damage: bool) -> Report:
    suffix, layout = LAYOUTS[name]
    form = ruleset().forms[form_id]
    random = Random(seed)
    texts = make_texts(make_figures(form, random), random)
    if damage:
        address = random.choice(sorted(texts))
        texts[address] = random.choice(["007", "见附件", "", "12件", "3.50", "约9"])
    text = layout(print_report(form, texts, organization=BODY, year=YEARS[form_id]), Random(seed % 5))
    source = f"report{suffix}"
    document = read_html(text, source) if suffix == ".html" else read_text(text, source, markdown=suffix == ".md")
    return extract(document, ruleset().forms, knowledge().wordings)


@pytest.mark.parametrize("form_id", ["2014", "2019", "2021"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_recalled_of_labels_is_what_reading_them_gives(name: str, form_id: str) -> None:
    form = ruleset().forms[form_id]
    fresh = []
    for seed in range(12):
        patterns_of(form).clear()
        fresh.append(read(name, form_id, seed, damage=seed % 3 == 0))
    again = [read(name, form_id, seed, damage=seed % 3 == 0) for seed in range(12)]
    assert again == fresh
    assert [read(name, form_id, seed, damage=seed % 3 == 0) for seed in reversed(range(12))] == fresh[::-1]


def test_a_table_read_before_is_recalled() -> None:
    form = ruleset().forms["2021"]
    patterns_of(form).clear()
    read("page", "2021", 1, damage=False)
    assert {pattern.table for pattern in patterns_of(form).values()} == {"proactive", "applications", "outcomes"}


@pytest.mark.parametrize("group", ["（六）其他处理  ", ""])
@pytest.mark.parametrize("cut", [4, 12, 20])
def test_a_label_wrapped_round_its_figures_is_joined(cut: int, group: str) -> None:
    first = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    second = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    text = (
        "三、收到和处理政府信息公开申请情况\n"
        "5.要求行政机关确认或重新出具已获取信息  8  0  3  4  2  0  17\n"
        f"{first[:cut]}\n55  6  2  0  5  2  70\n{first[cut:]}\n"
        f"{second[:cut]}\n{group}49  12  0  3  0  2  66\n{second[cut:]}\n"
        "3.其他  10  6  3  0  6  8  33\n"
    )
    rows = gather(read_text(text, "x.txt"), lexicon_of(ruleset().forms["2021"])).rows["applications"]
    assert [(row.labels[-1].text, [slot.text for slot in row.slots][-1]) for row in rows[-3:]] == [
        (first, "70"),
        (second, "66"),
        ("3.其他", "33"),
    ]
    assert [row.entries[-1].index for row in rows[-3:]] == [21, 22, 23]
