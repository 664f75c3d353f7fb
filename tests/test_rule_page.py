"""Rule pages as Markdown: what a Markdown parser of its own sees in them, also where rules have awkward text."""

from itertools import pairwise

import jinja2
import pytest
from msgspec.structs import replace
from rich.markdown import Markdown

from validator.model.bilingual import Bilingual
from validator.model.outcome import Severity
from validator.render.rulebook import PageExample, RulePage, render_rule_index, render_rule_page
from validator.render.template import load_template

HOLDS = Bilingual("成立", "holds")
PAGE = RulePage(
    id="staff-total",
    group="statistics",
    kind="identity",
    severity=Severity.ERROR,
    title=Bilingual("专职加兼职等于合计", "Full-time and part-time staff add up"),
    facts=((Bilingual("级别", "Severity"), Bilingual("错误", "error")),),
    why=Bilingual("每人不是专职就是兼职。", "Everyone is one or the other."),
    basis="统计表",
    message=Bilingual("合计{right}", "the total says {right}"),
    examples=(PageExample(Bilingual("`a` 1", "`a` 1"), HOLDS),),
)
AWKWARD = {
    "a|b": "a|b",
    "a\\|b": "a|b",  # escaped by whoever wrote it
    "a\\\\|b": "a\\|b",  # an escaped backslash before a pipe
    "||": "||",
    "`a|b` 1": "a|b 1",
    "`open | tick": "`open | tick",
    "``two ` | ticks``": "two ` | ticks",
    "one\ntwo": "one two",
    "one\r\n\r\ntwo\n": "one two",
    "ends in a backslash\\": "ends in a backslash\\",
    "<b>&amp;\n|": "<b>& |",
    "{{ page.id }} {% raw %}": "{{ page.id }} {% raw %}",
    "# 1\n- 2\n|---|---|": "# 1 - 2 |---|---|",
}


def headings(markdown):
    """Give the text of each heading."""
    return [after.content for before, after in pairwise(Markdown(markdown).parsed) if before.type == "heading_open"]


def rows(markdown):
    """Give the rows below the heads of the tables, each as the texts of its cells."""
    found = []
    for before, token in pairwise(Markdown(markdown).parsed):
        if before.type == "tr_open" and token.type == "td_open":
            found.append([])
        if before.type == "td_open":
            found[-1].append("".join(part.content for part in token.children or ()))
    return [tuple(row) for row in found]


@pytest.mark.parametrize(("text", "shown"), AWKWARD.items())
def test_awkward_text_stays_in_its_cell_of_the_examples(text, shown):
    awkward = PageExample(Bilingual(text, text), Bilingual(text, text))
    page = replace(PAGE, examples=(awkward, *PAGE.examples))
    assert rows(render_rule_page(page, "zh")) == [(shown, shown), ("a 1", "成立")]
    assert rows(render_rule_page(page, "en")) == [(shown, shown), ("a 1", "holds")]


@pytest.mark.parametrize(("text", "shown"), AWKWARD.items())
def test_awkward_text_stays_in_its_cell_of_the_index(text, shown):
    index = render_rule_index([replace(PAGE, title=Bilingual(text, text)), replace(PAGE, id="z")])
    assert rows(index) == [("staff-total", shown, shown), ("z", PAGE.title.zh, PAGE.title.en)]


def test_lines_of_a_message_and_of_a_fact_stay_in_their_quotation_and_item():
    lines = Bilingual("甲\n\n## 乙", "one\n\n## two")
    page = replace(PAGE, message=lines, facts=((Bilingual("条件", "If"), lines), *PAGE.facts))
    english = render_rule_page(page, "en")
    assert "\n> one ## two\n" in english
    assert "\n- If: one ## two\n- Severity: error\n" in english
    assert headings(english) == ["staff-total", "Why", "Basis", "Message", "Examples"]
    assert headings(render_rule_page(page, "zh")) == ["staff-total", "理由", "依据", "提示语", "例"]


def test_formula_and_limits_are_shown_where_a_rule_has_them():
    page = replace(
        PAGE,
        formula="full + part = staff",
        relation=Bilingual("专职 + 兼职 = 人员", "full-time + part-time = staff"),
        names=(("full", Bilingual("专职", "full-time")),),
        limits=Bilingual("缺格时", "where a cell is missing"),
    )
    assert (
        "\n## What it checks\n\n    full-time + part-time = staff\n\n"
        "The file of the rule writes it `full + part = staff`:\n\n- `full` full-time\n\n## Why\n"
    ) in render_rule_page(page, "en")
    assert "\n## 何时不核对\n\n缺格时\n\n## 例\n" in render_rule_page(page, "zh")
    assert "核对" not in render_rule_page(PAGE, "zh")


def test_markdown_is_not_escaped_as_html():
    assert "\n<b>1 & 2</b>\n" in render_rule_page(replace(PAGE, basis="<b>1 & 2</b>"), "zh")


def test_the_index_names_each_group_once():
    pages = [replace(PAGE, id="b", group="review"), replace(PAGE, id="a", group="form"), replace(PAGE, group="review")]
    index = render_rule_index(pages)
    assert headings(index) == ["规则 · Rules", "form", "review"]
    assert [row[0] for row in rows(index)] == ["a", "b", "staff-total"]


def test_a_value_left_out_is_an_error():
    with pytest.raises(jinja2.UndefinedError, match="page"):
        load_template("rule_page.md.jinja")(language="zh")
