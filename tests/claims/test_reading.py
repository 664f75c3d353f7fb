"""Where claims stand, how lines join, and that no text takes long."""

import time

import pytest
from made_prose import WORDINGS, read_lines

import validator
from validator.extraction.claims import are_broken, read_prose
from validator.extraction.claims.tokens import scan
from validator.model.document import Paragraph
from validator.model.location import HtmlTextPlace, TextPlace


def test_a_claim_knows_its_characters_and_its_place():
    (claim,) = read_lines("（二）依申请公开\n全年工作有序。本年度共收到政府信息公开申请 1,046 件，均已答复。").claims
    assert claim.text == "本年度共收到政府信息公开申请 1,046 件，均已答复。"
    assert claim.text[claim.offset : claim.offset + len(claim.span)] == claim.span == "1,046"
    assert (claim.value, claim.location) == (1046, TextPlace(2, 23))


def test_a_sentence_runs_over_lines():
    text = "全年办结申请28件，其中予以公开12件，部分公开3件，不予公\n开8件，无法\n提供5件。"
    claims = {claim.quantity: claim for claim in read_lines(text, lines=True).claims}
    denied = claims["applications.denied.total"]
    assert (denied.value, denied.location, denied.text) == (8, TextPlace(2, 2), text.replace("\n", ""))
    assert claims["applications.unavailable.total"].location == TextPlace(3, 3)
    assert "applications.denied.total" not in {claim.quantity for claim in read_lines(text).claims}


def test_a_paragraph_goes_on_about_the_applications_of_the_one_before():
    rest = "在56件申请中，已答复51件，其余5件将于2024年答复。"
    found = {c.quantity: (c.value, c.sure) for c in read_lines(f"全年收到政府信息公开申请56件。\n{rest}").claims}
    handled, left = "applications.handled_total.total", "applications.carried_forward.total"
    assert (found[handled], found[left]) == ((51, True), (5, True))
    other = read_lines(f"全年办理公租房申请56件。\n{rest}").claims
    assert [claim.quantity for claim in other if claim.sure] == []


def test_measures_among_pieces_of_information_are_not_sure():
    listed = read_lines("公开行政执法信息3600条，其中行政处罚1200条、行政许可2300条。").claims
    assert [(claim.value, claim.sure) for claim in listed] == [(1200, False), (2300, False)]


def test_bodies_of_a_list_are_no_subject_of_what_follows():
    text = "区住建局、区教育局的申请最多。因政府信息公开引起的行政复议6件。"
    assert [(claim.value, claim.scope) for claim in read_lines(text).claims] == [(6, "")]
    (claim,) = read_lines("区住建局加强学习。因政府信息公开引起的行政复议6件。").claims
    assert claim.scope == "区住建局"


def test_the_rest_after_a_part_is_no_count():
    claims = {c.value: c.sure for c in read_lines("收到申请9件，其中2件不属于我局公开，另7件均进行了回复。").claims}
    assert claims[9]
    assert 7 not in claims


def test_people_given_some_work_need_not_be_all():
    (given,) = read_lines("我局确定了1名工作人员，负责信息的采集。", year=2018).claims
    (all_of_them,) = read_lines("我局配备了1名工作人员，负责信息公开。", year=2018).claims
    assert (given.sure, all_of_them.sure) == (False, True)


def test_what_was_disclosed_up_to_a_day_may_be_of_all_years():
    (stock,) = read_lines("截至2016年底，累计主动公开政府信息12560条。", year=2016).claims
    (flow,) = read_lines("截至2016年底，全年累计主动公开政府信息2560条。", year=2016).claims
    assert (stock.sure, flow.sure) == (False, True)


def test_lines_do_not_run_on_over_headings_and_blank_lines():
    lines = [Paragraph("收到政府信息公开申", TextPlace(1, 1)), Paragraph("请5件。", TextPlace(3, 1), gap=1)]
    assert read_prose(lines, True, None, 2023, WORDINGS).claims == ()
    text = "二、依申请公开情况\n全年共收到申请5件，办结5件。"
    assert [claim.location for claim in read_lines(text, lines=True).claims] == [TextPlace(2, 8), TextPlace(2, 13)]


def test_a_numbered_line_that_the_edge_of_the_page_broke_runs_on():
    text = (
        "（一）全年围绕群众关心的问题做好公开工作，及时回应各方的\n"
        "关切，通过门户网站、公开栏和新媒体账号发布了各类的信息。\n"
        "（二）全年本机关没有收到公民、法人和其他组织提出的信息公\n"
        "开申请，也没有因此发生的行政复议。\n"
        "（三）规范性文件。全年制发行政规范性文\n"
        "件15件，废止2件。"
    )
    found = {claim.quantity: (claim.value, claim.location) for claim in read_lines(text, lines=True).claims}
    assert found == {
        "applications.new_received.total": (0, TextPlace(3, 9)),
        "review.total": (0, TextPlace(4, 6)),
        "proactive.normative_documents.issued": (15, TextPlace(6, 2)),
        "proactive.normative_documents.repealed": (2, TextPlace(6, 8)),
    }


BROKEN = (
    "（一）全年围绕群众关心的问题做好公开工作，及时回应各方的",
    "关切，通过门户网站、公开栏和新媒体账号发布了各类的信息。",
    "（二）全年本机关收到公民和法人的信息公开申请，合计共有1",
    "3件，其中予以公开9件，部分公开2件，因申请的信息不存在而",
    "无法提供的2件，所有答复均在法定的期限之内作出，没有因此",
    "发生的行政复议。",
)


def test_lines_of_a_page_that_were_broken_at_an_edge_are_told():
    lines = [Paragraph(line, HtmlTextPlace(number)) for number, line in enumerate(BROKEN, 1)]
    assert are_broken(lines)
    whole = "全年本机关收到公民、法人和其他组织的信息公开申请13件，予以公开9件，其余各件也均已按期办结。"
    assert not are_broken([*lines, *(Paragraph(whole, HtmlTextPlace(7)) for _ in range(3))])
    headlines = [Paragraph("关于公开全区各部门年度工作安排的通知" + "一" * (n % 3), HtmlTextPlace(n)) for n in range(9)]
    assert not are_broken(headlines)


def test_what_runs_over_the_lines_of_a_page_is_read(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        f"<meta charset=utf-8><body><p>2023年政府信息公开工作年度报告<p>一、总体情况<p>{'<br>'.join(BROKEN)}",
        encoding="utf-8",
    )
    found = {(claim.quantity, claim.value, claim.location) for claim in validator.read(page).claims}
    assert ("applications.partially_granted.total", 2, HtmlTextPlace(6)) in found
    assert ("review.total", 0, HtmlTextPlace(7)) in found


def test_a_heading_sets_the_topic():
    assert [claim.quantity for claim in read_lines("（二）依申请公开\n全年受理5件，办结5件。").claims] == [
        "applications.new_received.total",
        "applications.handled_total.total",
    ]
    assert read_lines("（二）热线办理\n全年受理5件，办结5件。").claims == ()


def test_a_page_has_blocks_instead_of_lines():
    block = Paragraph("收到政府信息公开申请5件。", HtmlTextPlace(7))
    (claim,) = read_prose([block], False, "2021", 2023, WORDINGS).claims
    assert claim.location == HtmlTextPlace(7)


@pytest.mark.parametrize(
    ("form_id", "year", "quantity"),
    [
        ("2014", 2023, "statistics.requests.received"),
        ("2021", 2016, "applications.new_received.total"),
        ("narrative", 2016, "statistics.requests.received"),
        (None, 2010, "statistics.requests.received"),
        ("narrative", 2020, "applications.new_received.total"),
        (None, None, "applications.new_received.total"),
    ],
)
def test_addresses_are_those_of_the_form_or_of_the_year(form_id, year, quantity):
    paragraphs = [Paragraph("共收到政府信息公开申请5件。", TextPlace(1, 1))]
    assert [c.quantity for c in read_prose(paragraphs, False, form_id, year, WORDINGS).claims] == [quantity]


def test_old_characters_and_blanks_between_digits():
    (claim,) = read_lines("全年收到政府信息公開申請１２件。").claims
    assert (claim.span, claim.value) == ("１２", 12)
    assert read_lines("全年收到政府信息公开申请1 2件。").claims == ()


def test_a_narrower_scope_is_named():
    assert [c.scope for c in read_lines("局机关收到政府信息公开申请5件。").claims] == ["局机关"]
    assert [c.scope for c in read_lines("县水务局收到政府信息公开申请5件。").claims] == ["县水务局"]
    assert [c.scope for c in read_lines("我局收到政府信息公开申请5件。").claims] == [""]


def test_a_body_that_a_paragraph_speaks_of_stays_its_subject():
    text = "市水务局规范依申请公开办理。全年收到申请30件，办结28件。我市全年收到政府信息公开申请90件。"
    assert [(c.value, c.scope) for c in read_lines(text).claims] == [(30, "市水务局"), (28, "市水务局"), (90, "")]
    assert [c.scope for c in read_lines(text + "\n全年办结政府信息公开申请90件。").claims][3:] == [""]


HOSTILE = {
    "claims": "全年共收到政府信息公开申请12件，",
    "no mark": "政府信息公开申请",
    "digits": "1",
    "counts": "，1件",
    "none": "未收到",
    "open": "（申请1件",
    "close": "申请1件）",
    "commas": "、申请",
    "lists": "申请12件：公开1件、",
    "shares": "申请12件，占1.5%，",
    "split digits": "1 ",
    "numerals": "一二三四五六七八九十",
    "quotes": "《申请",
    "brackets": "予以公开1件（不予公开2件）",
    "sentences": "全年共收到政府信息公开申请12件。",
}


QUICK = ("sentences", "open", "none")


@pytest.mark.parametrize(
    "piece",
    [pytest.param(HOSTILE[name], id=name, marks=() if name in QUICK else pytest.mark.slow) for name in HOSTILE],
)
@pytest.mark.parametrize(
    ("lines", "short", "long"),
    [(False, 25_000, 100_000), pytest.param(True, 100_000, 1_000_000, marks=pytest.mark.slow)],
)
def test_no_text_takes_long(piece, lines, short, long):
    def took(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        starts = range(0, length, 50) if lines else [0]
        paragraphs = [Paragraph(text[s : s + 50] if lines else text, TextPlace(s + 1, 1)) for s in starts]
        begin = time.process_time()
        read_prose(paragraphs, lines, "2021", 2023, WORDINGS)
        return time.process_time() - begin

    # As much longer as the text, and never as its square, which all places held against each other would take.
    assert took(long) < 2.5 * long / short * took(short) + 0.2


def test_a_claim_says_whether_it_is_sure():
    text = "收到政府信息公开申请16件，办结14件，结转1件。"
    assert [(claim.value, claim.sure) for claim in read_lines(text).claims] == [(16, True), (14, True), (1, False)]
    borne_out = text.replace("结转1件", "结转2件")
    assert [claim.sure for claim in read_lines(borne_out).claims] == [True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "（二）依申请公开情况。本年度我镇发生依申请公开4件。",
        "在区政府门户网站依申请公开栏目收到申请6件。",
        "通过县政府网站、公报主动公开规章3件、规范性文件7件。",
        "我委受理并在法定期限内办理依申请公开9件。",
        "我局依申请公开信息5条，均已按期答复。",
    ],
)
def test_words_of_the_same_work_leave_no_doubt(text):
    claims = read_lines(text).claims
    assert claims
    assert all(claim.sure for claim in claims)


def test_figures_beside_words_of_disclosure_that_no_reading_claims_are_told():
    prose = read_lines("收到政府信息公开申请16件，其中不动产类申请公开的图纸目录9件。回复网民留言37条。")
    assert [(claim.span, claim.quantity) for claim in prose.unclaimed] == [("9", "")]


@pytest.mark.parametrize("text", ["结果维持2件，尚未", "发生行政复议1件，未", "尚未审结总计尚未"])
def test_a_short_word_at_the_end_of_a_text_is_as_long_as_it_stands_there(text):
    assert all(token.end <= len(text) for token in scan(text, WORDINGS, 2023))


def test_text_without_figures_opens_the_topic_and_only_a_heading_does_so_surely():
    headed = read_lines("（二）依申请公开情况。2023年收到44件，办结43件。").claims
    assert [(claim.value, claim.sure) for claim in headed] == [(44, True), (43, True)]
    said = read_lines("依申请公开工作规范。服务企业办理事项120件，办结118件。").claims
    assert not any(claim.sure for claim in said)


def test_what_came_in_one_way_is_all_where_nothing_else_came_in():
    text = "通过网络收到政府信息公开申请4件。"
    received = "applications.new_received.total"
    assert [(c.quantity, c.value, c.sure) for c in read_lines(text).claims] == [(received, 4, True)]
    for more in ("全年受理政府信息公开申请10件。", "现场收到政府信息公开申请3件。"):
        assert "narrative.received_online" in {claim.quantity for claim in read_lines(text + "\n" + more).claims}
        assert "narrative.received_online" in {claim.quantity for claim in read_lines(more + text).claims}


def test_none_under_a_heading_is_none_of_what_it_names():
    for said in ("无。", "本年度未发生。", "全年没有发生。"):
        claims = read_lines("五、行政复议和行政诉讼情况\n" + said).claims
        assert [(c.quantity, c.value) for c in claims] == [("review.total", 0), ("litigation.total", 0)]
        assert [c.quantity for c in read_lines("三、工作亮点\n" + said).claims] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年收到申请41件（含上年结转3件），其中自然人申请30件，法人申请11件。",
            [
                ("applications.new_received.total+applications.carried_over.total", 41, True),
                ("carried", 3, True),
                ("applications.new_received.natural_person+applications.carried_over.natural_person", 30, True),
                ("applications.new_received.legal_person+applications.carried_over.legal_person", 11, True),
            ],
        ),
        (
            "受理并答复申请21件（含上年结转1件）。",
            [
                ("applications.new_received.total+applications.carried_over.total", 21, True),
                ("handled", 21, True),
                ("carried", 1, True),
            ],
        ),
        (
            "接收且办理申请52件（含上年结转4件），本年办结50件。",
            [
                ("applications.new_received.total+applications.carried_over.total", 52, True),
                ("carried", 4, True),
                ("handled", 50, True),
            ],
        ),
        (
            "收到和处理申请13件，予以公开10件，无法提供2件，结转下年1件。",
            [
                ("received", 13, True),
                ("outcome", 10, True),
                ("outcome", 2, True),
                ("carried", 1, True),
            ],
        ),
    ],
)
def test_what_takes_in_what_was_carried_over_is_of_both_rows(text, expected):
    claims = read_prose([Paragraph(text, TextPlace(1, 1))], False, "2021", 2023, WORDINGS).claims
    assert [(c.reading.replace("included", "carried"), c.value, c.sure) for c in claims] == expected


def test_the_first_of_several_bodies_is_no_whole_of_them():
    said = "政府新收申请2件，予以公开2件；部门新收申请4件，予以公开1件，因信息公开被申请行政复议0件。"
    assert [(c.quantity, c.value) for c in read_lines(said).claims if c.sure] == [("review.total", 0)]
    whole = read_lines("全市新收申请9件；其中，部门新收申请4件。")
    assert [(c.value, c.sure) for c in whole.claims] == [(9, True)]


@pytest.mark.parametrize(("heading", "sure"), [("一、总体情况", False), ("四、政府信息公开行政复议情况", True)])
def test_cases_under_a_heading_of_other_things_are_not_sure(heading, sure):
    claims = read_lines(f"{heading}\n全年行政复议3件，行政诉讼2件。").claims
    assert [(claim.value, claim.sure) for claim in claims] == [(3, sure), (2, sure)]


HEADED = [("二、主动公开情况", [94]), ("（三）重点领域主动公开情况", []), ("五、网站", [])]


@pytest.mark.parametrize(("heading", "read"), HEADED)
def test_what_was_published_under_a_heading_is_what_that_names(heading, read):
    claims = read_lines(f"{heading}\n全年共公开94条，其中机构类5条。", 2016).claims
    assert [claim.value for claim in claims] == read
