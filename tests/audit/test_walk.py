"""A person's way through a page in a real browser: from a finding to its cell, a figure tried, the changes copied."""

import pytest
from audit_samples import check_samples

CELL = "applications.rejected.petition.natural_person"
SPOT = f'[id="r1-{CELL}"]'
PANEL = "aside.panel"


def lit(page) -> set[str]:
    return set(page.eval_on_selector_all("td.lit", "found => found.map(cell => cell.id.slice(3))"))


def test_from_a_finding_to_its_cell_and_to_all_that_it_breaks(visit, swapped):
    page = visit(swapped)
    assert page.inner_text("h1") == "青峰县自然资源局 2022年度"
    assert page.inner_text(".verdict").endswith("有错误：1处应改，涉及2条勾稽关系")
    page.click("#r1-p0 a.go")
    assert page.evaluate("document.activeElement.id") == f"r1-{CELL}"
    told = page.inner_text(PANEL)
    assert "15+2+72+21+26+11 = 147 ≠ 102" in told
    assert "72+6+8 = 86 ≠ 41" in told
    assert "网页表三第19行第4列" in told
    row = {f"applications.rejected.petition.{column}" for column in ("enterprise", "other_organization", "total")}
    column = {f"applications.{row}.natural_person" for row in ("granted", "other.misc", "handled_total")}
    assert row | column <= lit(page)
    assert "applications.new_received.natural_person" not in lit(page)


def test_pointing_at_a_cell_shows_its_relations_and_the_pinned_one_comes_back(visit, swapped):
    page = visit(swapped)
    page.click(SPOT)
    page.hover('[id="r1-review.total"]')
    assert "23+33+21 = 77 = 77" in page.inner_text(PANEL)
    assert page.inner_text(f"{PANEL} h2") == "表四 行政复议·总计"
    page.hover("h1")
    assert page.inner_text(f"{PANEL} .figure") == "72"


def test_a_proposal_mends_every_relation_and_undo_brings_the_error_back(visit, swapped):
    page = visit(swapped)
    page.click("#r1-p0 .accept")
    assert "0 条不成立" in page.inner_text(".tried")
    assert page.inner_text(f"{SPOT} ins") == "27"
    assert page.inner_text(f"{SPOT} del") == "72"
    assert page.inner_text("#r1-p0 .mended") == "✓ 试改后，有关的勾稽关系全部成立"
    assert page.locator(f"{PANEL} .relation.broken").count() == 0
    assert "15+2+27+21+26+11 = 102 = 102" in page.inner_text(PANEL)
    assert "2 条变为成立" in page.inner_text("[role=status]")
    page.click("text=撤销")
    assert page.locator(f"{PANEL} .relation.broken").count() == 2
    assert not page.is_visible("#r1-p0 .mended")
    assert page.inner_text(f"{SPOT} .v") == "72"


def test_a_cell_is_edited_by_keys_and_the_changes_are_copied(visit, swapped):
    page = visit(swapped, permissions=["clipboard-read", "clipboard-write"])
    page.focus(SPOT)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "r1-applications.rejected.petition.enterprise"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type("２7")
    page.keyboard.press("Enter")
    assert page.inner_text(f"{SPOT} ins") == "27"
    assert page.evaluate("document.activeElement.id") == f"r1-{CELL}"
    page.keyboard.press("F2")
    page.keyboard.type("twenty")
    page.keyboard.press("Enter")
    assert "“twenty”不是数字" in page.inner_text("[role=status]")
    assert page.inner_text(f"{SPOT} ins") == "27"
    page.click("text=复制改动")
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "青峰县自然资源局 2022年度\n表三 (五)不予处理·1.信访举报投诉类申请·自然人：72 → 27"
    page.click("text=全部恢复")
    assert page.is_hidden(".tried")


def test_a_sign_goes_when_another_cell_mends_what_it_told_of(visit):
    page = visit(check_samples("faulty/county_2017/report.html"))
    total = '[id="r1-statistics.requests.received"]'
    assert page.is_visible(f"{total} .sign")
    page.locator("#r1-p0 .accept").nth(1).click()
    assert page.is_hidden(f"{total} .sign")
    assert page.is_visible("#r1-p0 .mended")
    page.click("text=撤销")
    assert page.is_visible(f"{total} .sign")


def test_the_panel_closes_and_leaves_the_focus_in_the_table(visit, swapped):
    page = visit(swapped, width=390)
    page.click("#r1-p0 a.go")
    assert page.is_visible(PANEL)
    page.click(f"{PANEL} .close")
    assert page.is_hidden(PANEL)
    assert page.evaluate("document.activeElement.id") == f"r1-{CELL}"
    page.keyboard.press("ArrowDown")
    assert page.inner_text(f"{PANEL} h2") == "表三 (五)不予处理·2.重复申请·自然人"
    page.keyboard.press("Escape")
    assert page.is_hidden(PANEL)


def test_a_blank_total_is_not_taken_for_nought(visit, swapped):
    page = visit(swapped)
    page.click('[id="r1-review.total"]')
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert "未核对：总计空白" in page.inner_text(f"{PANEL} .relation.not_assessed")


def test_prose_leads_to_the_table_and_back(visit):
    page = visit(check_samples("faulty/housing_fund_2023/report.txt"))
    claim = page.locator(".prose .text .claim.differs")
    assert claim.evaluate("found => found.firstChild.data") == "161"
    page.click(".prose .text .claim.differs")
    assert page.evaluate("document.activeElement.id") == "r1-applications.new_received.total"
    assert "181 ≠ 161" in page.inner_text(f"{PANEL} .relation.broken")
    page.click(f"{PANEL} .ways .claim")
    assert page.evaluate("location.hash") == "#r1-c0"


def test_the_tab_key_stops_once_at_each_table(visit, swapped):
    page = visit(swapped)
    stops = page.eval_on_selector_all(
        "table[data-grid]", "all => all.map(t => t.querySelectorAll('td[tabindex=\"0\"]').length)"
    )
    assert stops == [1, 1, 1]
    assert page.get_attribute(SPOT, "tabindex") == "0"


def test_the_theme_is_chosen_and_remembered(visit, swapped):
    page = visit(swapped, theme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-act=theme]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != ground
    for _ in range(10):  # a busy browser may load the page anew before it has written what was stored
        page.reload()
        if page.get_attribute("html", "data-theme"):
            break
        page.wait_for_timeout(200)
    assert page.get_attribute("html", "data-theme") == "light"


def test_a_narrow_screen_scrolls_tables_alone(visit, swapped):
    page = visit(swapped, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("[...document.querySelectorAll('.scroll')].some(box => box.scrollWidth > box.clientWidth)")
    page.click("#r1-p0 a.go")
    assert page.evaluate(f"document.querySelector('{SPOT}').getBoundingClientRect().bottom < innerHeight * 0.54 + 1")


def test_without_script_everything_can_still_be_read(visit, swapped):
    page = visit(swapped, script=False)
    assert page.inner_text(f"{SPOT} .v") == "72"
    assert page.inner_text("#r1-p0 .diagnosis p").startswith(
        "最可能：表三 (五)不予处理·1.信访举报投诉类申请·自然人填报为72"
    )
    assert page.is_hidden("#r1-p0 .accept")


def test_many_reports_lie_in_one_page(visit):
    page = visit(check_samples("faulty/digits_swapped_2022/report.html", "sound/town_2020", "missing.html"))
    assert page.locator(".contents tbody tr").count() == 3
    page.click(".contents a >> text=青峰镇人民政府")
    assert page.locator("article:target h2").first.inner_text() == "青峰镇人民政府 2020年度"
    page.click("#r1-p0 .accept")
    assert "0 条不成立" in page.inner_text(".tried")
    assert page.locator("article.report .summary.unreadable").count() == 1


def test_a_page_opens_at_the_cell_that_its_address_names(visit, swapped):
    page = visit(swapped)
    page.evaluate("location.hash = '#r1-review.total'")
    page.reload()
    assert page.inner_text(f"{PANEL} h2") == "表四 行政复议·总计"
    page.evaluate("location.hash = '#%zz'")
    page.reload()
    assert page.is_visible("#r1-p0 .accept")


@pytest.mark.slow
def test_the_list_of_problems_is_copied_as_text(visit, swapped):
    page = visit(swapped, permissions=["clipboard-read", "clipboard-write"])
    page.click("[data-act=copy-list]")
    page.wait_for_function("document.querySelector('.copying span').textContent === '已复制'")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert "2022年度" in lines[0]
    assert lines[1].startswith("1. × 应改 表三 (五)不予处理·1.信访举报投诉类申请")
    assert any("相差" in line and line.endswith("]") for line in lines)
    assert any("应为27" in line and "改这里" in line for line in lines)


@pytest.mark.slow
def test_labels_and_heads_stay_while_figures_go_by(visit, swapped):
    page = visit(swapped, width=390)
    box = page.locator(".matrix .scroll").nth(1)
    box.evaluate("b => b.scrollTo(400, 600)")
    edge = box.evaluate("b => b.getBoundingClientRect().left")
    label = box.locator("tbody th[scope=row]").nth(15)
    assert abs(label.evaluate("h => h.getBoundingClientRect().left") - edge) < 3
    top = box.evaluate("b => b.getBoundingClientRect().top")
    assert abs(box.locator("thead th").first.evaluate("h => h.getBoundingClientRect().top") - top) < 3
