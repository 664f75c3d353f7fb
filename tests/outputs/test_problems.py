"""The list of problems: one mistake each, with the cell to change first and how certain the change is."""

from pathlib import Path

from validator.pipeline import Settings, check_paths
from validator.render.look import Look
from validator.render.problems import list_problems, render_text

SAMPLES = Path(__file__).parents[2] / "sample_reports" / "faulty"


def _problems(name):
    results = check_paths([SAMPLES / name], Settings()).results
    (result,) = results.reports
    return list_problems(result, results, Look())


def test_one_mistake_in_two_sums_is_one_problem_at_its_cell():
    problem = _problems("digits_swapped_2022/report.html")[0]
    assert problem.cell == "applications.rejected.petition.natural_person"
    assert (problem.table, problem.row, problem.column) == ("表三", "(五)不予处理·1.信访举报投诉类申请", "自然人")
    assert (problem.reported, problem.proposed, problem.is_certain) == ("72", "27", True)
    assert problem.place == "网页表三第19行第4列"
    assert problem.rules == ("applications-handled-total", "applications-row-total")
    assert "applications.rejected.petition.total" in problem.others
    assert problem.cell not in problem.others


def test_what_is_not_certain_is_said_to_be_so():
    problem = _problems("county_2017/report.html")[0]
    assert (problem.reported, problem.proposed, problem.is_certain) == ("32", "23", False)
    assert problem.certainty == "不能确定是哪一格"


def test_the_list_in_text_says_place_figures_and_basis():
    results = check_paths([SAMPLES / "digits_swapped_2022"], Settings()).results
    text = "".join(render_text(results, Look()))
    assert "1. 表三 (五)不予处理·1.信访举报投诉类申请 自然人\n   位置：网页表三第19行第4列\n   填报为：72\n" in text
    assert "   应为：27（确定：无其他同等改动方案）\n" in text
    assert "   依据：" in text


def test_the_list_speaks_english():
    results = check_paths([SAMPLES / "digits_swapped_2022"], Settings()).results
    text = "".join(render_text(results, Look("en")))
    assert "Should be: 27 (certain: no other change of this size)" in text
