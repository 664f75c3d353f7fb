"""Places in tables, and reports, are said by the names of the form, as a clerk knows them."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from figures import make_figures
from typeset import print_report
from word_writer import write_word

from validator.model.bilingual import Bilingual
from validator.model.location import HtmlCellPlace, TextPlace, WordCellPlace, describe_location
from validator.model.report import CellState, ReportCell, name_tables
from validator.pipeline import Settings, check_paths
from validator.pipeline.knowledge import load_knowledge
from validator.render.csv_text import render_csv
from validator.render.look import Look, render_heading

SAMPLES = Path(__file__).parents[2] / "sample_reports"
TWO, THREE = Bilingual("表二", "Table 2"), Bilingual("表三", "Table 3")
NAMES = {"two.a": TWO, "three.a": THREE, "three.b": THREE}


def cells(**tables: int) -> Mapping[str, ReportCell]:
    """Give a cell in each of these tables of a page."""
    return {
        address.replace("_", "."): ReportCell(1, "1", CellState.NUMBER, HtmlCellPlace(number, 2, 3))
        for address, number in tables.items()
    }


@pytest.mark.parametrize(
    ("located", "named"),
    [
        (cells(two_a=1, three_a=4, three_b=4), {1: TWO, 4: THREE}),
        (
            cells(three_a=4, three_b=5),
            {
                4: Bilingual("第4个表格（表三）", "table no. 4 (Table 3)"),
                5: Bilingual("第5个表格（表三）", "table no. 5 (Table 3)"),
            },
        ),
        (cells(two_a=1, three_a=1), {1: Bilingual("第1个表格（表二、表三）", "table no. 1 (Table 2; Table 3)")}),
        ({"three.a": ReportCell(1, "1", CellState.NUMBER, TextPlace(9, 1))}, {}),
    ],
)
def test_a_table_that_is_not_the_forms_alone_keeps_its_number(
    located: Mapping[str, ReportCell], named: Mapping[int, Bilingual]
) -> None:
    assert name_tables(located, NAMES) == named


def test_a_table_of_no_form_is_counted() -> None:
    assert describe_location(WordCellPlace(5, 2, 1), {4: THREE}) == Bilingual(
        "文档第5个表格第2行第1列", "table no. 5 of the document, row 2, column 1"
    )
    assert describe_location(HtmlCellPlace(4, 2, 1), {4: THREE}).zh == "网页表三第2行第1列"


@pytest.mark.parametrize(
    ("language", "place"),
    [("zh", "文档表三第4行第4列"), ("en", "Table 3 of the document, row 4, column 4")],
)
def test_a_word_file_says_the_forms_table(tmp_path: Path, language: str, place: str) -> None:
    form = load_knowledge().ruleset.forms["2021"]
    figures = make_figures(form, Random(1))
    figures["applications.new_received.total"] += 1000
    texts = {address: str(value) for address, value in figures.items()}
    write_word(print_report(form, texts, organization="云溪县档案局", year=2023), tmp_path / "report.docx")
    results = check_paths([tmp_path], Settings()).results
    rows = csv.DictReader(io.StringIO("".join(render_csv(results, Look(language))).removeprefix("\ufeff")))
    found = {row["规则编号" if language == "zh" else "rule"]: row for row in rows}
    assert found["applications-row-total"]["位置" if language == "zh" else "place"] == place


@pytest.mark.parametrize("kind", ["sound/website_2023", "faulty/website_2022"])
def test_a_form_without_a_year_for_a_name_is_called_by_its_title(kind: str) -> None:
    results = check_paths([SAMPLES / kind], Settings()).results
    (result,) = results.reports
    assert render_heading(result, Look()) == f"云溪县人民政府办公室 {result.year}年（政府网站工作年度报表）"
    assert render_heading(result, Look("en")).endswith(" (Yearly sheet of a government website)")
