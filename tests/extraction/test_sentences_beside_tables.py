"""Sentences in the sections of the tables are read as text, and the tables beside them as if they were not there."""

from random import Random

import pytest
from extraction.test_layouts import BODY, YEARS, knowledge, ruleset
from figures import make_figures
from typeset import LAYOUTS, print_report

from validator.extraction import extract
from validator.model.document import Document, Paragraph
from validator.model.location import TextPlace
from validator.model.report import Report
from validator.readers.text import read_text
from validator.readers.web import read_html

SENTENCES = {
    1: ["本年制发行政规范性文件4件，废止1件，现行有效26件"],
    2: ["2023年，我局共收到政府信息公开申请917件，其中予以公开606件。", "全年结转下年度继续办理33件"],
    3: ["本年度发生行政复议218件"],
}
CLAIMED = {
    ("proactive.normative_documents.issued", 4),
    ("applications.new_received.total", 917),
    ("applications.granted.total", 606),
    ("applications.carried_forward.total", 33),
    ("review.total", 218),
}


def read_layout(name: str, prose: dict[int, list[str]]) -> tuple[Report, dict[str, int]]:
    suffix, layout = LAYOUTS[name]
    form = ruleset().forms["2021"]
    figures = make_figures(form, Random(7))
    texts = {address: str(value) for address, value in figures.items()}
    text = layout(print_report(form, texts, organization=BODY, year=YEARS["2021"], prose=prose), Random(3))
    source = f"report{suffix}"
    document = read_html(text, source) if suffix == ".html" else read_text(text, source, markdown=suffix == ".md")
    return extract(document, ruleset().forms, knowledge().wordings), figures


@pytest.mark.parametrize("name", LAYOUTS)
def test_sentences_beside_a_table_are_read_in_every_layout(name: str) -> None:
    report, figures = read_layout(name, SENTENCES)
    plain, _ = read_layout(name, {})
    assert {a: (c.state, c.value) for a, c in report.cells.items()} == {
        a: (c.state, c.value) for a, c in plain.cells.items()
    }
    assert all(cell.value in (None, figures[address]) for address, cell in report.cells.items())
    assert {(claim.quantity, claim.value) for claim in report.claims} >= CLAIMED
    assert [problem for problem in report.problems if problem.kind not in {p.kind for p in plain.problems}] == []


def read_lines(*lines: str) -> Report:
    paragraphs = tuple(Paragraph(line, TextPlace(number, 1)) for number, line in enumerate(lines, start=1))
    document = Document("x.txt", "text", paragraphs, line_per_paragraph=True)
    return extract(document, ruleset().forms, knowledge().wordings)


HEAD = ["云溪县档案局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
ROWS = ["一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5", "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0"]


def test_a_sentence_that_wraps_before_bare_rows_is_one_sentence() -> None:
    report = read_lines(*HEAD, "2023年，我局共收到政府信息公开", "申请7件，其中予以公开", "2件。", *ROWS)
    assert {(c.quantity, c.value) for c in report.claims} >= {
        ("applications.new_received.total", 7),
        ("applications.granted.total", 2),
    }
    assert report.value("applications.new_received.total") == 5


@pytest.mark.parametrize(
    "stub", [["三、", "本", "年", "度", "办", "理", "结", "果"], ["三、", "本年度办理结果"], ["三、本年度", "办理结果"]]
)
def test_a_label_in_pieces_ends_no_table(stub: list[str]) -> None:
    rows = ["（一）予以公开 5 0 0 0 0 0 5", "（三）不", "予公开", "1.属于国家秘密 0 0 0 0 0 0 0"]
    report = read_lines(*HEAD, *ROWS, *stub, *rows, "五、存在的主要问题及改进情况", "没有收到投诉1件。")
    assert report.value("applications.granted.total") == 5
    assert report.value("applications.denied.state_secret.total") == 0
    assert [c.quantity for c in report.claims] == []


def test_an_ordinal_above_the_words_of_its_heading_is_one_heading() -> None:
    report = read_lines(
        *HEAD,
        *ROWS,
        "四、",
        "政府信息公开行政复议、行政诉讼情况",
        "五、",
        "存在的主要问题及改进情况",
        "2023年，我局共收到政府信息公开申请5件。",
    )
    assert report.value("applications.new_received.total") == 5
    assert "四、政府信息公开行政复议、行政诉讼情况" in [paragraph.text for paragraph in report.prose]
    assert [(c.quantity, c.value) for c in report.claims] == [("applications.new_received.total", 5)]


def test_a_figure_broken_by_a_blank_is_one_where_each_cell_has_a_line() -> None:
    zeros = ["0"] * 7
    received = ["一、本年新收政府信息公开申请数量", "6 40", "0", "0", "0", "0", "0", "640"]
    others = ["二、上年结转政府信息公开申请数量", "1.属于国家秘密", "5.属于三类内部事务信息", "四、结转下年度继续办理"]
    report = read_lines(*HEAD, *received, *(line for label in others for line in (label, *zeros)), "五、问题")
    assert report.value("applications.new_received.natural_person") == 640
    assert report.value("applications.new_received.total") == 640
    assert report.value("applications.carried_over.total") == 0
