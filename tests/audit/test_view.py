"""What a page says before any browser opens it: tables as the form prints them, marks, claims, and hostile text."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest
from audit_samples import check_samples
from msgspec.structs import replace
from results import gather_results
from selectolax.lexbor import LexborHTMLParser

from validator.model.bilingual import Bilingual
from validator.model.document import Paragraph
from validator.model.location import SheetPlace
from validator.model.outcome import Equation, Outcome, Severity, Verdict
from validator.model.report import Claim, Statement
from validator.render.audit import render_html, view_report
from validator.render.audit.problem import draw_sum
from validator.render.audit.prose import judge_claims
from validator.render.look import Look

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{7*7}}\x00\u202e甲 <!-- ]]>"


def page_of(results, lang="zh"):
    return "".join(render_html(results, Look(lang)))


def view_of(results, lang="zh"):
    (result,) = results.reports
    return view_report(result, results, Look(lang))


def heads(row):
    return [(head.text, head.colspan, head.rowspan) for head in row]


def test_table_three_stands_as_on_the_form(swapped):
    _, three, _ = view_of(swapped).layout.tables
    (block,) = three.blocks
    assert [(t, c, r) for t, c, r in heads(block.headings[0])] == [
        ("申请人情况", 3, 2), ("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2),
    ]  # fmt: skip
    assert [text for text, _, _ in heads(block.headings[1])] == [
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    assert heads(block.rows[0].heads) == [("一、本年新收政府信息公开申请数量", 3, 1)]
    assert heads(block.rows[2].heads) == [("三、本年度办理结果", 1, 22), ("(一)予以公开", 2, 1)]
    assert heads(block.rows[4].heads) == [("(三)不予公开", 1, 8), ("1.属于国家秘密", 1, 1)]
    assert len(block.rows) == 25
    assert {len(row.cells) for row in block.rows} == {7}


def test_rows_that_are_answered_in_words_are_no_missing_cells():
    view = view_of(check_samples("faulty/website_2022/report.html"))
    (block,) = view.layout.tables[0].blocks
    assert heads(block.rows[0].heads)[-1][0] == "独立用户访问总量"
    assert {*view.plain, *view.cells} == view.layout.addresses
    assert {cell.state for cell in view.cells.values()} <= {"number"}


def test_tables_two_and_four_stand_as_on_the_form(swapped):
    two, _, four = view_of(swapped).layout.tables
    first, second, *_ = two.blocks
    assert heads(first.headings[0]) == [("第二十条第(一)项", 4, 1)]
    assert heads(second.headings[1]) == [("信息内容", 1, 1), ("本年处理决定数量", 3, 1)]
    assert [cell.colspan for cell in second.rows[0].cells] == [3]
    top, middle, bottom = four.blocks[0].headings
    assert heads(top) == [("行政复议", 5, 2), ("行政诉讼", 10, 1)]
    assert heads(middle) == [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)]
    assert [text for text, _, _ in heads(bottom)] == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    assert four.blocks[0].rows[0].heads == ()


def test_the_third_table_of_2019_shares_out_uneven_columns():
    two = view_of(check_samples("sound/town_2020")).layout.tables[0]
    assert [[cell.colspan for cell in block.rows[0].cells] for block in two.blocks] == [
        [1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 2], [1, 2],
    ]  # fmt: skip


def test_a_row_that_stands_for_others_takes_their_place():
    block = view_of(check_samples("faulty/district_2023")).layout.tables[1].blocks[0]
    assert ("(六)其他处理", 2, 1) in [head for row in block.rows for head in heads(row.heads)]
    assert len(block.rows) == 23


def test_the_statistics_print_units_and_groups():
    (table,) = view_of(check_samples("faulty/county_2017")).layout.tables
    rows = table.blocks[0].rows
    assert (rows[0].heads[0].text, rows[0].cells) == ("一、主动公开情况", ())
    assert (rows[1].heads[0].indent, rows[1].unit) == (1, "条")


def test_every_cell_stands_once_in_the_page(swapped):
    page = LexborHTMLParser(page_of(swapped))
    (result,) = swapped.reports
    ids = [cell.attributes["id"] for cell in page.css("td.f")]
    assert sorted(ids) == sorted(f"r1-{address}" for address in result.cells)
    every = [node.attributes["id"] for node in page.css("[id]")]
    assert len(set(every)) == len(every)
    targets = {link.attributes["href"][1:] for link in page.css("a[href^='#']")}
    assert targets <= {*every, "content"}


def test_marks_say_what_is_known(swapped):
    cells = view_of(swapped).cells
    address = "applications.rejected.petition.natural_person"
    wrong = cells[address]
    assert (wrong.mark.kind, wrong.mark.proposed, wrong.text) == ("suspect", "27", "72")
    assert [where for where, cell in cells.items() if cell.mark] == ["applications.rejected.petition.natural_person"]
    assert cells["applications.handled_total.natural_person"].touched
    assert "applications.new_received.natural_person" not in cells
    view = view_of(check_samples("faulty/county_2017"))
    marks = {address: cell.mark for address, cell in view.cells.items() if cell.mark}
    # The relation cannot tell which of them it is.
    assert {mark.kind for mark in marks.values()} == {"perhaps"}
    assert {"statistics.requests.received", "statistics.requests.received_in_person"} <= set(marks)


def test_claims_are_marked_by_what_became_of_them():
    view = view_of(check_samples("sound/housing_fund_2023"))
    pieces = {piece.text: piece for paragraph in view.prose for piece in paragraph.pieces if piece.state}
    assert (pieces["181"].state, pieces["181"].target) == ("agrees", "applications.new_received.total")
    assert view.stray == ()
    broken = view_of(check_samples("faulty/housing_fund_2023"))
    (piece,) = [piece for paragraph in broken.prose for piece in paragraph.pieces if piece.state]
    assert (piece.text, piece.state, piece.target) == ("161", "differs", "applications.new_received.total")
    assert (
        "".join(piece.text for piece in broken.prose[4].pieces)
        == "全年受理政府信息公开申请161件，均按期答复，没有逾期。"
    )


def test_what_was_not_checked_is_said_at_the_top():
    view = view_of(check_samples("faulty/cut_2022"))
    assert view.assessed < view.expected
    assert view.unassessed
    start = page_of(check_samples("faulty/cut_2022")).split("</header>")[1]
    assert all(unescape(text) in unescape(start) for text in view.unassessed)


def test_a_page_without_tables_or_without_reports_is_still_a_page():
    lost = check_samples("missing.html")
    assert "没有这个文件或文件夹" in page_of(lost)
    assert page_of(gather_results([], "1.0")).rstrip().endswith("</html>")


def test_the_policy_allows_this_style_and_this_script_alone(swapped):
    page = page_of(swapped)
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])
    script = re.findall(r"<script>(.*?)</script>", page, re.S)
    style = re.findall(r"<style>(.*?)</style>", page, re.S)
    for kind, (text,) in (("script-src", script), ("style-src", style)):
        assert f"{kind} 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]+\s(?:on\w+|style)=", page.split("<body>")[1].split("<script")[0])


@pytest.fixture
def hostile(swapped):
    """Every text of a report is hostile: body, path, raw text, place, message, name, prose."""
    (result,) = swapped.reports
    text = Bilingual(HOSTILE, HOSTILE)
    place = SheetPlace(HOSTILE, "C7")
    cells = {address: cell._replace(raw=HOSTILE, location=place) for address, cell in result.cells.items()}
    prose = (Paragraph(HOSTILE, place), *result.report.prose)
    report = replace(result.report, organization=HOSTILE, source=HOSTILE, cells=cells, prose=prose)
    findings = tuple(replace(finding, message=text, location=place) for finding in result.findings)
    names = dict.fromkeys(result.names, text)
    spoilt = replace(result, source=HOSTILE, report=report, findings=findings, names=names)
    unread = replace(result, source=HOSTILE, report=None, findings=(), outcomes=(), diagnosis=(), error=text)
    return replace(swapped, reports=(spoilt, unread))


def test_hostile_text_stays_text(hostile, swapped):
    page = page_of(hostile)
    assert page.count("<script") == page_of(swapped).count("<script")
    assert "<img" not in page
    assert "onerror=alert(2)&gt;" in page
    assert "\x00" not in page
    assert "\u202e" not in page
    tags = {node.tag for node in LexborHTMLParser(page).css("*")}
    assert tags.isdisjoint({"img", "iframe", "link", "object", "base", "form"})


def test_hostile_text_stays_text_in_a_browser(visit, hostile):
    page = visit(hostile)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.click("td.suspect")
    assert "<img src=x onerror=alert(2)>" in page.inner_text("aside.panel q")
    page.click("#r1-p0 .accept")
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_of_one_report_is_small(lang):
    for results in (check_samples("faulty/city_office_2019"), check_samples("faulty/district_2023")):
        assert len(page_of(results, lang).encode()) < 200_000


def test_the_same_bytes_twice(swapped):
    assert page_of(swapped) == page_of(swapped)


def test_figures_that_do_not_fit_together_are_marked_though_no_table_denies_them():
    results = check_samples("faulty/city_office_2019")
    (result,) = results.reports
    view = view_of(results)
    (finding,) = [f for f in result.findings if f.rule == "narrative-all-upheld"]
    (problem,) = [p for p in view.problems if "narrative-all-upheld" in p.rules]
    anchor = problem.findings[0].links[0]
    (piece,) = [piece for paragraph in view.prose for piece in paragraph.pieces if piece.id == anchor.id]
    assert piece.state == "differs"
    assert piece.text in finding.message.zh


def test_words_that_the_tables_deny_are_marked_without_a_figure_beside_them(swapped):
    (result,) = swapped.reports
    place = result.report.prose[0].location
    said = Claim(text="全部办结。", offset=0, span="全部办结", value=0, approximate=False, quantity="", location=place)
    denied = Outcome("narrative-all-handled", "all", Verdict.BROKEN, Severity.WARNING, location=place)
    report = replace(result.report, claims=(), statements=(Statement("all-handled", said, ()),))
    (one,) = judge_claims(replace(result, report=report, outcomes=(denied,)), lambda address: (address,))
    assert (one.claim, one.state, one.outcome) == (said, "differs", denied)


def test_what_other_reports_say_is_a_constant_of_the_trial(swapped):
    (result,) = swapped.reports
    over, last = "applications.carried_over.total", "last.applications.carried_forward.total"
    equation = Equation(((1, over),), "=", ((1, last),))
    outcome = Outcome("continuity-carried-over", "total", Verdict.BROKEN, Severity.ERROR, (over, last), left=4, right=9)
    linked = replace(result, outcomes=(outcome._replace(equation=equation),))
    trial = view_report(linked, swapped, Look()).trial
    shared = json.loads(trial.shared)
    assert shared["relations"] == trial.own["verdicts"] == []
    ((_, about, left, relation, right, *rest),) = trial.own["relations"]
    assert about == "表三 二、上年结转政府信息公开申请数量·总计"
    assert [shared["cells"][index][0] for _, index in left] == [over]
    assert (relation, right, rest) == ("=", [["9", -1]], ["broken", ""])


def test_a_report_counts_problems_and_draws_the_sum_that_does_not_come_out(swapped):
    view = view_of(swapped)
    assert (view.errors, view.warnings, view.notes) == (1, 0, 0)  # two findings, one mistake
    assert len(view.problems[0].findings) == 2
    drawing = LexborHTMLParser(str(view.problems[0].drawing)).css_first("svg")
    assert drawing.attributes["aria-label"] == view.problems[0].findings[0].message
    sums = [text.text() for text in drawing.css("text:not(.in)")]
    assert len(sums) == 2
    left, right = (int(re.match(r"=(\d+)", text)[1]) for text in sums)
    assert left != right
    assert f"(−{abs(left - right)})" in "".join(sums)
    assert len(drawing.css("rect.lack")) == 1
    widths = [float(box.attributes["width"]) for box in drawing.css("rect")]
    assert sum(widths) == pytest.approx(600, abs=2)  # both sides are as long, the one with what it lacks


def test_what_is_no_plain_sum_is_not_drawn(swapped):
    (result,) = swapped.reports
    cells = result.cells
    total, part = "applications.granted.total", "applications.granted.natural_person"
    assert draw_sum(Equation(((1, total),), "<=", ((1, part),)), cells, "") == ""
    assert draw_sum(Equation(((2, total),), "=", ((1, part),)), cells, "") == ""
    assert draw_sum(Equation(((1, total),), "=", ((1, total),)), cells, "") == ""
    assert draw_sum(Equation(((1, total), (1, "")), "=", ((1, part),)), cells, "") == ""


def test_the_card_says_where_to_change_and_paper_has_a_line_to_sign(swapped):
    page = LexborHTMLParser(page_of(swapped))
    assert page.css_first(".diagnosis .spot").text() == "改这里：网页表三第19行第4列"
    assert "核对人" in page.css_first(".signing").text()


def test_a_page_of_more_reports_than_twenty_is_cut_and_says_so(swapped):
    (result,) = swapped.reports
    sound = replace(result, findings=(), outcomes=(), diagnosis=())
    many = gather_results([result, *[replace(sound, source=f"{n}.html") for n in range(20)]], "1", swapped.rules)
    page = LexborHTMLParser(page_of(replace(many, forms=swapped.forms)))
    assert len(page.css("article")) == 21
    assert len(page.css("article table")) == 3  # those of the report with an error
    assert "--report html=网站/" in page.css_first(".brief").text()
    few = page_of(gather_results([result, sound], "1", swapped.rules))
    assert 'class="brief"' not in few
