"""The rules of group narrative: their examples, and that a sound text is not accused."""

from decimal import Decimal

import pytest
from made_prose import RULESET, findings_of, outcomes_of, report_with

from validator.model.location import TextPlace
from validator.model.outcome import Severity, Verdict
from validator.ruleset.kinds import FIELD

RULES = [rule for rule in RULESET.rules if RULESET.kinds[rule.kind].subject == "prose"]
NEW, TOTAL = "applications.new_received", "applications.new_received.total"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_rules(rule):
    for example in rule.examples:
        stated = next(c for c in (example.holds, example.breaks, example.not_assessed) if c is not None)
        figures = {name: value for name, value in stated.items() if name != "text"}
        report = report_with(stated["text"], figures)
        assert report.claims or report.statements, stated["text"]
        found = [outcome for outcome in outcomes_of(report) if outcome.rule == rule.id]
        broken = [outcome for outcome in found if outcome.verdict is Verdict.BROKEN]
        if example.not_assessed is not None:
            assert [(o.verdict, o.reason) for o in found] == [(Verdict.NOT_ASSESSED, example.reason)]
        elif example.holds is not None:
            assert [finding for finding in findings_of(report) if finding.rule == rule.id] == []
        else:
            assert len(broken) == 1, stated["text"]
            assert example.delta is None or broken[0].delta == example.delta
        for finding in findings_of(report):
            assert not FIELD.search(finding.message.zh + finding.message.en)
            assert isinstance(finding.location, TextPlace)
            assert finding.location.line == 500


def test_a_figure_taken_from_the_wrong_cell_is_told_with_that_cell():
    figures = {f"{NEW}.natural_person": 41, f"{NEW}.enterprise": 6, TOTAL: 47}
    (finding,) = findings_of(report_with("全年共受理依申请公开41件，均已答复。", figures))
    assert finding.severity is Severity.ERROR
    assert (finding.left, finding.right, finding.delta) == (47, 41, 6)
    assert finding.cells == (TOTAL, f"{NEW}.natural_person")
    assert "“全年共受理依申请公开41件”" in finding.message.zh
    assert "总计为47" in finding.message.zh
    assert finding.message.zh.endswith("41等于表三 一、本年新收政府信息公开申请数量·自然人")
    assert finding.message.en.endswith("41 equals Table 3, 1. New applications this year, Natural persons")
    assert len(finding.related) == 2


def test_the_first_row_of_a_group_is_told():
    figures = {"applications.unavailable.not_held.total": 30, "applications.unavailable.needs_creation.total": 4}
    (finding,) = findings_of(report_with("无法提供30件。", figures))
    assert finding.cells == ("applications.unavailable.total", "applications.unavailable.not_held.total")
    assert finding.left == 34


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("收到政府信息公开申请50件。", {TOTAL: 47, "applications.carried_over.total": 3}),
        ("收到自然人申请44件、法人或其他组织申请6件。",
         {f"{NEW}.natural_person": 41, "applications.carried_over.natural_person": 3, f"{NEW}.enterprise": 4,
          f"{NEW}.legal_service": 2}),
        ("答复政府信息公开申请45件。", {"applications.handled_total.total": 48, "applications.other.misc.total": 3}),
        ("办理政府信息公开申请50件。", {TOTAL: 47, "applications.carried_over.total": 3}),
        ("不予公开7件。",
         {"applications.denied.state_secret.total": 3, "applications.denied.internal_affairs.total": 4}),
        ("信息公开行政诉讼5件。", {"litigation_direct.total": 3, "litigation_after_review.total": 2}),
        ("行政事业性收费125000元。", {"proactive.fees.amount": Decimal("12.5")}),
        ("全年未收到政府信息公开申请。", {TOTAL: "blank"}),
        ("全年收到政府信息公开申请2.3万件。", {TOTAL: 23041}),
        ("全年收到政府信息公开申请230余件。", {TOTAL: 236}),
        ("县水务局收到政府信息公开申请12件。", {TOTAL: 12}),
    ],
)  # fmt: skip
def test_a_claim_holds_if_one_of_its_readings_does(text, figures):
    report = report_with(text, figures)
    assert {o.verdict for o in outcomes_of(report)} == {Verdict.HOLDS}
    assert len(outcomes_of(report)) == len(report.claims) > 0


def test_a_group_whose_totals_are_blank_is_added_up():
    rows = {f"applications.granted.{column}": value for column, value in (("natural_person", 8), ("enterprise", 2))}
    report = report_with("予以公开10件。", rows | {"applications.granted.total": "blank"})
    assert [o.verdict for o in outcomes_of(report)] == [Verdict.HOLDS]
    (finding,) = findings_of(report_with("予以公开8件。", rows | {"applications.granted.total": "blank"}))
    assert (finding.left, finding.cells[1]) == (10, "applications.granted.natural_person")


def test_what_the_tables_do_not_tell_is_not_assessed():
    for state, reason in (("unreadable", "unreadable"), ("missing", "missing")):
        (outcome,) = outcomes_of(report_with("收到政府信息公开申请5件。", {TOTAL: state}))
        assert (outcome.verdict, outcome.reason) == (Verdict.NOT_ASSESSED, reason)
    empty = report_with("收到政府信息公开申请5件。", {}, default="blank")
    assert [(o.verdict, o.reason) for o in outcomes_of(empty)] == [(Verdict.NOT_ASSESSED, "all-blank")]


def test_scope_and_rounding_lower_a_disagreement_to_a_note():
    scoped = report_with("县水务局收到政府信息公开申请12件。", {TOTAL: 40})
    assert [(f.rule, f.severity) for f in findings_of(scoped)] == [("narrative-scope", Severity.NOTE)]
    assert "“县水务局”" in findings_of(scoped)[0].message.zh
    own = report_with("县水务局收到政府信息公开申请12件。", {TOTAL: 40}, organization="某县水务局")
    assert [f.rule for f in findings_of(own)] == ["narrative-figure"]
    around = report_with("桐山地区收到政府信息公开申请12件。", {TOTAL: 40}, organization="桐山市")
    assert [f.rule for f in findings_of(around)] == ["narrative-figure"]
    both = report_with("县政府及县政府办公室收到政府信息公开申请12件。", {TOTAL: 40}, organization="桐县人民政府办公室")
    assert [f.rule for f in findings_of(both)] == ["narrative-figure"]
    town = report_with("镇政府收到政府信息公开申请12件。", {TOTAL: 40}, organization="桐县溪口镇人民政府")
    assert [f.rule for f in findings_of(town)] == ["narrative-figure"]
    for branch, rule in (("桐西区公安分局", "narrative-figure"), ("桐东区公安分局", "narrative-scope")):
        police = report_with(f"{branch}收到政府信息公开申请12件。", {TOTAL: 40}, organization="溪市公安局桐西区分局")
        assert [f.rule for f in findings_of(police)] == [rule]
    whole = report_with("县政府收到政府信息公开申请12件。", {TOTAL: 40})
    assert [f.rule for f in findings_of(whole)] == ["narrative-scope"]
    rounded = report_with("收到政府信息公开申请300余件。", {TOTAL: 40})
    assert [(f.rule, f.severity) for f in findings_of(rounded)] == [("narrative-approximate", Severity.NOTE)]


def test_bodies_that_are_counted_one_by_one_make_no_error():
    issued, office = {"proactive.normative_documents.issued": 5}, "桐县人民政府办公室"
    for mark in "、。":
        text = f"以县政府名义制发行政规范性文件3件{mark}以县政府办公室名义制发行政规范性文件2件。"
        assert {f.severity for f in findings_of(report_with(text, issued, organization=office))} <= {Severity.NOTE}
    both = report_with("代表县政府受理政府信息公开申请3件。办公室受理2件。", {TOTAL: 5}, organization=office)
    assert {f.severity for f in findings_of(both)} == {Severity.NOTE}
    (alone,) = findings_of(report_with("代表县政府受理政府信息公开申请3件。", {TOTAL: 5}, organization=office))
    assert alone.severity is Severity.ERROR


def test_what_the_text_leaves_out_may_make_its_figures_fit():
    handled, over, forward = (
        f"applications.{row}.total" for row in ("handled_total", "carried_over", "carried_forward")
    )
    figures = {TOTAL: 20, over: 3, handled: 21, forward: 2, "applications.granted.total": 12,
               "applications.denied.internal_affairs.total": 4, "applications.rejected.duplicate.total": 3,
               "applications.other.misc.total": 2}  # fmt: skip
    for text in (
        "收到政府信息公开申请20件。予以公开12件、部分公开0件、不予公开4件、无法提供0件、不予处理3件、其他处理2件。",
        "收到政府信息公开申请20件，当年办结18件，结转2件；上年结转的3件已全部办结。",
        "答复政府信息公开申请21件，其中予以公开12件，不予公开4件，其他5件。",
    ):
        assert findings_of(report_with(text, figures)) == [], text
    (finding,) = findings_of(report_with("收到政府信息公开申请20件，上年结转3件，办结18件，结转2件。", figures))
    assert finding.rule == "narrative-flow"


def test_what_people_asked_for_is_all_or_only_theirs():
    text = "收到公民政府信息公开申请12件。"
    assert findings_of(report_with(text, {TOTAL: 12})) == []
    theirs = {f"{NEW}.natural_person": 12, f"{NEW}.enterprise": 3, TOTAL: 15}
    assert [(f.rule, f.severity) for f in findings_of(report_with(text, theirs))] == [
        ("narrative-uncertain", Severity.NOTE)
    ]
    neither = {f"{NEW}.natural_person": 13, f"{NEW}.enterprise": 3, TOTAL: 16}
    assert [(f.rule, f.severity) for f in findings_of(report_with(text, neither))] == [
        ("narrative-figure", Severity.ERROR)
    ]


def test_nothing_accepted_is_nothing_decided():
    (finding,) = findings_of(report_with("全年无行政处罚事项。", {"proactive.penalty.decisions": 3}))
    assert finding.severity is Severity.ERROR
    (finding,) = findings_of(report_with("全年行政处罚2件。", {"proactive.penalty.decisions": 3}))
    assert finding.severity is not Severity.ERROR


def test_two_groups_in_one_figure_are_compared_with_their_sum():
    figures = {"applications.granted.total": 20, "applications.granted.natural_person": 18,
               "applications.granted.enterprise": 2, "applications.partially_granted.total": 3}  # fmt: skip
    assert findings_of(report_with("予以公开及部分公开23件。", figures)) == []
    (finding,) = findings_of(report_with("予以公开和部分公开18件。", figures))
    assert (finding.left, finding.right) == (23, 18)
    assert finding.cells == (
        "applications.granted.total", "applications.partially_granted.total", "applications.granted.natural_person"
    )  # fmt: skip
    assert "20+3=23" in finding.message.zh


def test_an_exact_claim_is_an_equation_for_diagnosis():
    (held,) = outcomes_of(report_with("收到政府信息公开申请50件。", {TOTAL: 47, "applications.carried_over.total": 3}))
    assert held.equation is not None
    assert held.equation.left == ((1, TOTAL), (1, "applications.carried_over.total"))
    assert held.equation.coefficients[""] == -50
    (broken,) = outcomes_of(report_with("收到政府信息公开申请50件。", {TOTAL: 47}))
    assert (broken.equation.left, broken.delta) == (((1, TOTAL),), -3)
    (about,) = outcomes_of(report_with("收到政府信息公开申请50余件。", {TOTAL: 52}))
    assert about.equation is None
    assert not held.exact


def test_the_2014_form_has_readings_of_its_own():
    figures = {"statistics.requests.received": 9, "statistics.requests.closed": 8, "statistics.replies.total": 9}
    sound = report_with("收到申请9件，办结9件。", figures, form_id="2014")
    assert findings_of(sound) == []
    (finding,) = findings_of(
        report_with("设置政府信息查阅点6个。", figures | {"statistics.resources.reading_points": 2}, form_id="2014")
    )
    assert (finding.left, finding.right, finding.severity) == (2, 6, Severity.ERROR)


def test_without_tables_only_the_prose_is_checked_against_itself():
    from msgspec.structs import replace

    text = "新收政府信息公开申请78件，上年结转3件，办结75件，结转下年3件。"
    report = replace(report_with(text, {}), form="narrative", cells={})
    assert [f.rule for f in findings_of(report)] == ["narrative-flow"]


@pytest.mark.parametrize(
    "text",
    [
        "新收政府信息公开申请30件，上年结转2件，办结31件，结转下年度1件。",
        "收到政府信息公开申请32件（其中上年结转2件），办结31件，结转下年度1件。",
        "收到政府信息公开申请12件，其中网上申请9件、信函申请3件。",
        "办结政府信息公开申请10件，其中予以公开7件。",
        "收到政府信息公开申请10件，占全县的12.5%。",
        "收到政府信息公开申请12件，比上年增长20%。",
        "收到政府信息公开申请1046件，其中自然人1030件，占98.5%，法人或其他组织16件，占1.5%。",
        "因政府信息公开被申请行政复议5件，其中维持3件。",
        "发布信息300条，其中政策文件20条、工作动态150条。",
    ],
)
def test_sound_prose_is_not_accused(text):
    from msgspec.structs import replace

    report = replace(report_with(text, {}), form="narrative", cells={})
    assert [(f.rule, f.message.zh) for f in findings_of(report)] == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("收到政府信息公开申请12件（网上申请9件、信函申请4件）。", "narrative-parts"),
        ("政府信息公开行政复议5件，其中维持3件、纠正1件、其他结果1件、尚未审结1件。", "narrative-parts"),
        ("不予公开5件，其中属于国家秘密2件、过程性信息4件。", "narrative-parts"),
        ("收到政府信息公开申请200件，其中网上申请126件，占53%。", "narrative-share"),
    ],
)
def test_prose_that_contradicts_itself_is_told(text, rule):
    from msgspec.structs import replace

    report = replace(report_with(text, {}), form="narrative", cells={})
    assert [f.rule for f in findings_of(report)] == [rule]


@pytest.mark.parametrize(
    ("text", "cell", "told"),
    [
        ("行政事业性收费23456元。", Decimal("2.35"), []),
        ("行政事业性收费50000元。", 5, []),
        ("行政事业性收费1.5亿元。", 15000, []),
        ("行政事业性收费1.5亿元。", Decimal("15234.61"), []),
        ("行政事业性收费1.5亿元。", 25000, [Severity.NOTE]),
        ("行政事业性收费2.35万元。", 23456, []),
        ("行政事业性收费23456元。", Decimal("2.53"), [Severity.ERROR]),
        ("行政事业性收费52.6万元。", 0, [Severity.ERROR]),
    ],
)
def test_amounts_in_yuan_and_in_ten_thousands(text, cell, told):
    assert [finding.severity for finding in findings_of(report_with(text, {"proactive.fees.amount": cell}))] == told


NORMATIVE = "proactive.normative_documents"


@pytest.mark.parametrize("organization", ["青石镇人民政府", "云溪县人民政府"])
def test_the_place_that_a_government_reports_of_narrows_nothing(organization):
    place = organization.removesuffix("人民政府")
    (finding,) = findings_of(report_with(f"{place}收到政府信息公开申请4件。", {TOTAL: 7}, organization=organization))
    assert (finding.rule, finding.severity, finding.cells) == ("narrative-figure", Severity.ERROR, (TOTAL,))


def test_a_doubtful_figure_is_passed_over_where_a_plain_one_agrees():
    doubtful = "在市政府网站发布市政府和市政府办公室规范性文件6件。"
    plain = "全年制发规范性文件31件。"
    figures = {f"{NORMATIVE}.issued": 31, f"{NORMATIVE}.in_force": 90}
    assert [f.severity for f in findings_of(report_with(doubtful, figures))] == [Severity.NOTE]
    assert findings_of(report_with(plain + doubtful, figures)) == []
    (wrong,) = findings_of(report_with(plain.replace("31", "13"), figures))
    assert wrong.severity is Severity.ERROR


def test_what_only_seems_to_be_one_reason_of_a_group_may_be_a_part_of_it():
    text = "收到申请20件，予以公开9件，不属于本机关公开4件。"
    held = "applications.unavailable.not_held.total"
    figures = {TOTAL: 20, "applications.granted.total": 9}
    assert findings_of(report_with(text, {**figures, held: 11})) == []
    (finding,) = findings_of(report_with(text, {**figures, held: 3}))
    assert (finding.rule, finding.cells[0]) == ("narrative-uncertain", held)


def test_a_page_of_a_website_is_not_the_body_that_reports():
    text = "区政府门户网站发布信息180条。制定规范性文件4件。"
    (finding,) = findings_of(report_with(text, {f"{NORMATIVE}.issued": 7}))
    assert finding.severity is Severity.ERROR


def test_one_figure_for_what_came_and_was_answered_counts_what_is_carried_forward():
    text = "全年受理答复政府信息公开申请14件，其中3件结转下年度继续办理。"
    figures = {TOTAL: 14, "applications.handled_total.total": 11, "applications.carried_forward.total": 3}
    assert findings_of(report_with(text, figures)) == []
    figures |= {TOTAL: 19, "applications.handled_total.total": 16}
    assert {(f.rule, f.severity) for f in findings_of(report_with(text, figures))} == {
        ("narrative-figure", Severity.ERROR)
    }


def test_two_websites_are_parts_of_the_row_of_websites():
    text = "在政府网站公开信息130条。在县民政局网站公开信息46条。"
    website = {"statistics.channels.website": 176, "statistics.disclosed.total": 190}
    assert findings_of(report_with(text, website, form_id="2014")) == []
    few = {"statistics.channels.website": 76, "statistics.disclosed.total": 90}
    assert [f.right for f in findings_of(report_with(text, few, form_id="2014"))] == [130, 46]


def test_no_fees_are_not_some_ten_thousands():
    (finding,) = findings_of(report_with("行政事业性收费0万元。", {"proactive.fees.amount": 3}))
    assert (finding.severity, finding.left, finding.right) == (Severity.ERROR, 3, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("公示行政许可决定98件，行政处罚决定14件。", []),
        ("公开政府规章2件、规范性文件12件。", [Severity.NOTE]),
        ("公示行政许可决定98件，作出行政处罚决定14件。", [Severity.ERROR]),
        ("制发政府规章2件、规范性文件12件。", [Severity.ERROR]),
    ],
)
def test_what_was_shown_or_published_goes_on_in_a_list(text, told):
    cells = {
        "licensing.decisions": 200,
        "penalty.decisions": 100,
        "regulations.issued": 2,
        "normative_documents.issued": 9,
    }
    report = report_with(text, {f"proactive.{name}": value for name, value in cells.items()})
    assert [finding.severity for finding in findings_of(report)] == told


@pytest.mark.parametrize(("new", "told"), [(38, []), (41, []), (39, [Severity.ERROR])])
def test_a_count_that_takes_in_what_was_carried_over_is_held_against_both_rows(new, told):
    cells = {TOTAL: new, f"{NEW}.natural_person": new, "applications.carried_over.total": 3}
    found = findings_of(report_with("收到政府信息公开申请41件（含上年结转3件）。", cells))
    assert [finding.severity for finding in found] == told


def test_a_channel_told_twice_is_held_against_its_row_each_time():
    text = "收到政府信息公开申请30件，其中网络申请12件。全年收到网络申请21件。"
    requests = {"statistics.requests.received": 30, "statistics.requests.received_online": 21}
    (finding,) = findings_of(report_with(text, requests, form_id="2014"))
    assert (finding.right, finding.left) == (12, 21)


@pytest.mark.parametrize(
    "text",
    [
        "全年受理政府信息公开申请59件，结转上年后新收到申请47件。",
        "全年共受理政府信息公开申请59件，其中新收47件，上年结转12件。",
        "新收政府信息公开申请47件，加上上年结转12件，共受理申请59件。",
        "全年共办理政府信息公开申请59件，其中新收47件、上年结转12件，结转下年2件。",
        "加上上年结转后共收到政府信息公开申请59件。",
    ],
)
def test_what_came_in_with_what_was_carried_over_is_both_rows(text):
    over, forward = "applications.carried_over.total", "applications.carried_forward.total"
    figures = {TOTAL: 47, over: 12, forward: 2, "applications.handled_total.total": 57}
    assert findings_of(report_with(text, figures)) == []
    if "47" in text:
        found = findings_of(report_with(text, figures | {TOTAL: 49, "applications.handled_total.total": 59}))
        assert any(finding.severity is Severity.ERROR and finding.right == 47 for finding in found)
