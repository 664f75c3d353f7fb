"""Whose report and which year: titles in one line or three, signatures, heads of forms, first sentences."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator.characters import fold
from validator.extraction.origin import read_origin
from validator.extraction.same_body import is_fuller
from validator.extraction.years import read_period
from validator.model.document import Cell, Document, Framing, Paragraph, Row, Table
from validator.model.location import TextPlace

OPENINGS = Path(__file__).with_name("openings.txt")
REGULATIONS = "《中华人民共和国政府信息公开条例》"
SIGNED = ["2023年政府信息公开工作年度报告", "一、总体情况", "本镇依法公开。", "青峰镇人民政府", "2024年1月20日"]


def origin_of(*lines: str, title: str | None = None) -> tuple[str | None, int | None]:
    paragraphs = tuple(Paragraph(line, TextPlace(number, 1)) for number, line in enumerate(lines, start=1))
    origin = read_origin(Document("x.txt", "text", paragraphs, title))
    return origin.organization, origin.year


@pytest.mark.parametrize(
    ("lines", "body", "year"),
    [
        (["云溪市人民政府2022年政府信息公开工作年度报告"], "云溪市人民政府", 2022),
        (["国家样品监督管理局政府信息公开工作年度报告（2022年）"], "国家样品监督管理局", 2022),
        (["2021年度青峰县教育局政府信息公开工作年度报告"], "青峰县教育局", 2021),
        (["东湖街道办事处2023年政府信息公开年度工作报告"], "东湖街道办事处", 2023),
        (["青峰区卫健委2020年度信息公开工作年报"], "青峰区卫健委", 2020),
        (["关于青峰县水利局2019年政府信息公开工作年度报告的公示"], "青峰县水利局", 2019),
        (["青峰市教育局二〇二二年政府信息公开工作年度报告"], "青峰市教育局", 2022),
        (["2023 年青峰市教育局", "政府信息公开工作", "年度报告"], "青峰市教育局", 2023),
        (["2023年政府信息公开工作年度报告", "青峰镇人民政府", "一、总体情况"], "青峰镇人民政府", 2023),
        (SIGNED, "青峰镇人民政府", 2023),
        (["首页 > 政务公开 > 年报", "青峰市司法局 2024 年政府信息公开工作年度报告"], "青峰市司法局", 2024),
        (["青峰县人民政府办公室", "关于2022年度政府信息公开工作情况的报告"], "青峰县人民政府办公室", 2022),
        ([f"本报告由青峰县应急管理局按照{REGULATIONS}编制，为2022年度报告。"], "青峰县应急管理局", 2022),
        ([f"根据{REGULATIONS}规定，青峰县林业局（以下简称“我局”）编制2021年度报告。"], "青峰县林业局", 2021),
        (["2020年，青峰县商务局认真做好政府信息公开工作。", "2020年收到申请3件。"], "青峰县商务局", 2020),
        (["单位: 青峰县商务局 2023年度"], "青峰县商务局", 2023),
        (["2023年，我市以更高标准做好政府信息公开。"], None, 2023),
        (["政府信息公开"], None, None),
    ],
)
def test_body_and_year(lines: list[str], body: str | None, year: int | None) -> None:
    assert origin_of(*lines) == (body, year)


def test_title_of_the_page_serves_where_no_line_is_a_title() -> None:
    title = "青峰县审计局2022年政府信息公开工作年度报告-青峰县人民政府"
    assert origin_of("一、总体情况", title=title) == ("青峰县审计局", 2022)


@pytest.mark.parametrize(
    ("title", "period", "kind"),
    [
        ("青峰市2023年政府信息公开工作年度报告", "自2022年1月1日起至2022年12月31日止", "period-contradiction"),
        ("青峰市2010年政府信息公开工作年度报告", "从2010年1月1日起至2009年12月31日止", "period-contradiction"),
    ],
)
def test_period_that_contradicts_the_title_or_itself(title: str, period: str, kind: str) -> None:
    lines = [title, f"本报告所列数据的统计期限{period}。"]
    paragraphs = tuple(Paragraph(line, TextPlace(number, 1)) for number, line in enumerate(lines, start=1))
    problems = read_origin(Document("x.txt", "text", paragraphs)).problems
    assert [(problem.kind, problem.location) for problem in problems] == [(kind, TextPlace(1, 1))]


def test_openings_in_the_manner_of_real_reports_name_their_body_and_year() -> None:
    found = [(read_origin(document), body, year) for document, body, year in read_openings()]
    named = [(origin.organization, body) for origin, body, _ in found if body]
    assert len(found) >= 500
    assert [origin.organization for origin, body, _ in found if origin.organization not in (body, None)] == []
    assert sum(own == body for own, body in named) >= 0.99 * len(named)
    assert [(origin.year, year) for origin, _, year in found if origin.year != year] == []


def read_openings() -> Iterator[tuple[Document, str | None, int | None]]:
    """Give the documents of openings.txt with the body and the year that they name."""
    lines: list[str] = []
    for line in OPENINGS.read_text(encoding="utf-8").splitlines():
        if line.startswith("=> "):
            body, _, year = line[3:].rpartition(" | ")
            yield as_document(lines), None if body == "-" else body, None if year == "-" else int(year)
            lines = []
        elif line.strip() and not line.startswith("#"):
            lines.append(line)


def as_document(lines: list[str]) -> Document:
    title = next((line.removeprefix("@title ") for line in lines if line.startswith("@title ")), None)
    rows = tuple(
        Row(
            tuple(
                Cell(cell.strip(), TextPlace(n, 1), c) for c, cell in enumerate(line.removeprefix("@row ").split("|"))
            )
        )
        for n, line in enumerate(lines, start=1)
        if line.startswith("@row ")
    )
    head = (Table(rows, Framing.GRID),) if rows else ()
    plain = [Paragraph(line, TextPlace(n, 1)) for n, line in enumerate(lines, start=1) if not line.startswith("@")]
    return Document("x.txt", "text", (*head, *plain), title)


@pytest.mark.parametrize(
    ("period", "kind"),
    [
        ("自2020年1月1日起至202020年12月31日止", ["period-contradiction"]),
        ("自202011日起，至20201231日止", ["period-damaged"]),
        ("自20201月1日起至202012月31日止", ["period-damaged"]),
        ("自2020年1月1日起至2020年12日31日止", ["period-damaged"]),
        ("自2020年1月1日起至12月31日止", []),
        ("自2020年1月1日零时起至12月31日24时止", []),
        ("为2020.1.1-2020.12.31", []),
        ("自2020年5月15日起至2020年12月31日止", []),
        ("从2020年1月1日至2020年12月31日", []),
    ],
)
def test_period_that_lost_or_doubled_characters(period: str, kind: list[str]) -> None:
    lines = ["青峰市水利局2020年政府信息公开工作年度报告", f"本报告所列数据的统计期限{period}。"]
    paragraphs = tuple(Paragraph(line, TextPlace(number, 1)) for number, line in enumerate(lines, start=1))
    origin = read_origin(Document("x.txt", "text", paragraphs))
    assert [problem.kind for problem in origin.problems] == kind
    assert origin.year == 2020


@pytest.mark.parametrize(
    ("words", "year", "told"),
    [
        ("统计期限自二〇二二年一月一日起至二〇二二年十二月三十一日止", 2022, "2022年1月1日起至2022年12月31日"),
        ("时间范围：2022年1月1日—2022年12月31日", 2022, "2022年1月1日—2022年12月31日"),
        ("数据统计时间段：2022.1.1—2022.12.31", 2022, "时间段:2022.1.1—2022.12.31"),
        ("本报告反映2022年1月1日0时至12月31日的工作", 2022, "2022年1月1日0时至12月31日"),
        ("所列数据自2022年1月1日起算，截至2022年12月31日", 2022, "2022年1月1日起算,截至2022年12月31日"),
        ("统计期限自2022年1月1日起，截止2022年12月31日", 2022, "2022年1月1日起,截止2022年12月31日"),
        ("统计期限自2022年6月1日起至2022年12月31日止", 2022, "2022年6月1日起至2022年12月31日"),
        ("统计时间自2022年9月1日起至2023年8月31日止", 2023, "2022年9月1日起至2023年8月31日"),
        ("统计时间自2022年2月1日起至2023年1月31日止", 2022, "2022年2月1日起至2023年1月31日"),
        ("统计时间自2020年1月1日起至2022年8月31日止", None, "2020年1月1日起至2022年8月31日"),
        ("统计期限为2022年1-12月", 2022, "2022年1-12月"),
        ("2022年1月1日公布的办法", None, ""),
    ],
)
def test_period_in_the_ways_it_is_written(words: str, year: int | None, told: str) -> None:
    period = read_period("".join(fold(words).split()))
    assert (period.year, period.words, period.wrong) == (year, told, "")


@pytest.mark.parametrize(
    ("longer", "name", "fuller"),
    [
        ("云溪县发展和改革局", "云溪县发改局", True),
        ("云溪县人民政府办公室", "县政府办", True),
        ("云溪县残疾人联合会", "残联", True),
        ("东湖区南门街道办事处", "南门街道", True),
        ("青峰市云溪县水利局", "水利局", True),
        ("国家税务总局云溪县税务局", "云溪县税务局", True),
        ("云溪县石门镇人民政府", "云溪县人民政府", False),
        ("云溪市东城区教育局", "云溪市教育局", False),
        ("云溪市公安局东城分局", "云溪市公安局", False),
        ("云溪县教育局", "云溪县", False),
        ("青峰县水利局", "云溪县水利局", False),
    ],
)
def test_which_of_two_names_is_a_fuller_one_of_the_same_body(longer: str, name: str, fuller: bool) -> None:
    assert is_fuller(longer, name) == fuller
    assert not is_fuller(name, longer)


@pytest.mark.parametrize(
    "text",
    ["2022年年度", "政府信息公开年度", "云溪县水利局编制了", "云溪县水利局-", "请与云溪县水利局联系地址:", ">云溪"],
)
def test_text_without_end_is_gone_through_once(text: str) -> None:
    lines = [text * 20_000, *([f"{text * (60 // len(text))}年报"] * 2_000)]
    begun = time.process_time()
    origin_of(*lines, title=text * 20_000)
    assert time.process_time() - begun < 5


def test_any_two_names_can_be_held_against_each_other() -> None:
    names = sorted({body for _, body, _ in read_openings() if body} | {"云溪县", "海东关区", "县政府", "第三师"})
    assert not any(is_fuller(one, other) and is_fuller(other, one) for one in names for other in names)


def test_report_that_calls_itself_one_of_another_year_than_its_period() -> None:
    lines = ["我镇编制了《石滩镇2020年政府信息公开工作年度报告》。", "统计期限自2021年1月1日起至2021年12月31日止。"]
    paragraphs = tuple(Paragraph(line, TextPlace(number, 1)) for number, line in enumerate(lines, start=1))
    origin = read_origin(Document("x.txt", "text", paragraphs))
    assert [(problem.kind, problem.values["year"]) for problem in origin.problems] == [("period-contradiction", 2020)]
    assert origin.organization == "石滩镇"


WAYS = (
    "{}2021年政府信息公开工作年度报告",
    "2021年度{}政府信息公开年报",
    "本报告由{}编制。2021年，公开信息12条。",
    "2021年，{}认真贯彻落实《条例》，公开信息12条。",
    "根据《条例》规定，现将{}2021年政府信息公开工作年度报告公布如下：",
    "根据《条例》规定，特向社会公布2021年度{}政府信息公开工作年度报告。",
    "2021年公开信息12条。如有疑问，请与{}联系（地址：正街1号，电话：1）。",
    "根据要求，{}（以下简称“本单位”）编制2021年度报告。",
    "2021年政府信息公开工作年度报告|{}|一、总体情况",
    "2021年政府信息公开工作年度报告|一、总体情况|公开12条。|{}|2022年1月5日",
)
THEIR_OFFICE = "2021年公开信息12条。如有疑问，请联系{}办公室，电话：1。"
KINDS_OF_BODIES = """
中共青峰县委宣传部 中共青峰县委机构编制委员会办公室 青峰县委组织部 国家税务总局青峰县税务局 中国人民银行青峰市分行
青峰海关 青峰县公安局交通警察大队 青峰市住房公积金管理中心 青峰县残联 青峰县红十字会 青峰县总工会 青峰经济技术开发区
青峰山风景名胜区管委会 青峰县第一中学 新疆生产建设兵团第三师四十一团 青峰国有林场 云岭省青峰监狱
国家统计局云岭调查总队 国家发展和改革委员会 工业和信息化部 国务院台湾事务办公室 财政部驻云岭专员办
青峰市人民政府驻北京办事处 青峰县扶贫开发办公室 青峰县地方志编纂委员会办公室 青峰市科学技术局 青峰市优化营商环境局
青峰县为民服务中心 青峰县精神文明建设指导中心 青峰县经济和信息化局 青峰苏木人民政府 青峰地区行政公署 附城镇人民政府
对坊乡人民政府 为民街道办事处 青峰幼儿园 青峰公交集团有限公司
"""


@pytest.mark.parametrize("name", KINDS_OF_BODIES.split())
def test_bodies_of_every_kind_are_named_in_every_way(name: str) -> None:
    found = {way: origin_of(*way.format(name).split("|")) for way in (*WAYS, THEIR_OFFICE)}
    assert {way: one for way, one in found.items() if one != (name, 2021)} == {}
