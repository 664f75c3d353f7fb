"""Names that a document gives as that of its body, in titles, cells and signatures; and what is such a name at all."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from validator.patterns import Pattern

LETTER = r"[^\W\d_]"
"""A Chinese character for the regular expressions here: a range of them would cost a hundred times more to compile."""

NAME = rf"{LETTER}{{2,40}}?(?:\({LETTER}{{2,20}}\){LETTER}{{0,20}}?){{0,2}}"
"""A regular expression for what may be a name; `own_name` says whether it is one."""

_LONGEST = 40
_END = Pattern(
    r"(?:局|委|委员会|办|办公室|办公厅|中心|政府|厅|部|院|署|会|社|处|街道|苏木|镇|乡|队|校|大学|学院|学|行|公司|集团|所|站|馆|台|园|海关|狱|联|研究室|厂|矿|师|团"
    r"|省|自治区|区|县|市|州|盟|旗|库|基地|机关|协会|场|办学|幼儿园|书店)(?:\((?:本级|机关|本机关|本部|局机关|公司|总公司|集团)\)|\([^()]{4,20}[局办会委室]\))?$"
)
# What stands before a name in a title, a sentence or a cell, and is none of it.
_LEADS = Pattern(
    r"(?:附件\d{0,2}|附|标题|名称|信息名称|文件名称|题名|正文|首页|来源|关于(?:公布|发布|印发)?|现(?:将|就|公布|公开|发布|予(?:以)?公布)|兹将|特将|特?(?:现)?向社会(?:公众|各界)?"
    r"(?:公布|公开|发布|公开发布)?|公开发布|公布|发布|印发|特?(?:编制|编写|制作|撰写|形成)了?|由|(?:本|该)(?:年度)?报告|年度|年(?=[^年]{3}))"
)
# A text with one of these words is no name but a piece of a sentence.
_NO_NAME = Pattern(
    r"本报告|年度|情况|根据|按照|依照|依据|关于|规定|要求|通知|条例|办法|精神|领导下|指导下|部署|支持下|工作的|以及|各[^界]|有关|相关|的$"
    r"|上级|社会公[众布]|全[文市县区省年国]|落实|贯彻|认真|推进|单位|部门|中华人民共和国政府信息|信息公开条"
    r"|现将|向社会|请与|联系|如下|同时|其中|之间|包括|通过|没有|未(?!央)|需要|发生|针对|[我本][局镇乡委办院校厅站所会]|本机关|本单位|(?<![务息讯])公开|[一二三四五六七八九]是|另行|及时|暨|网站|门户"
)
_SEAL = Pattern(r"\((?:盖章|公章|签章|印章|章|签字盖章|加盖公章)\)$")
_GENERAL = Pattern(
    r"(?:我|本(?!溪)|该|其(?!他)|贵|各|上级|有关|省|市|县|区|镇|乡|州|旗|两级|地方|基层|当地)?(?:人民政府|政府|党委|委|政务|办公室|机关|单位|部门|街道|街道办事处|街道办|[乡镇](?:人民)?政府|党组|局|厅|处|分局|支队|大队|中心|集团|公司|机构|领导小组"
    r"|委员会|市|县|区|镇|乡|省|社会|公众|行政机关|国务院|人大|政协|法院|检察院|本级|自治区|新区|辖区|城区|社区|园区|乡镇|镇街|学校|医院|企业)"
)
_NOT_ITS_OWN = Pattern(
    r"我|本(?!溪)|该[^镇县乡]|各|全(?!椒|州|南|国)|其[他它]|每|某|上级|有关|国务院办公厅政府信息|成立|设立|组建|调整|建立|召开|依托|利用|通过|使用|登录|在|向(?!阳|前|化|上)"
    r"|对(?!外|口)|为(?!县)|与|和(?!平|田|龙|顺|静|政|布|硕|林|县|合)|及|将(?!乐|军)|从(?!化|江)|到|至|经(?!济|开|贸)|并(?!州)|被|受|把|以(?!安)|按|就|加强|做好|推进|开展"
)
_DISCLOSURE = r"(?:政府信息公开|政府资讯公开|政务公开|政务信息公开|信息公开|资讯公开|政务信息)"
_DISCLOSURE_OFFICE = Pattern(
    rf"{_DISCLOSURE}(?:工作)?(?:领导小组)?(?:办公室|办|处|科|股|室|受理点|受理机构|受理处|机构|专栏|窗口)?$"
)
_OFFICE = r"(?:党政|党群|综合|行政|党建|政务|法制|法规|秘书|文秘|信息|宣传|政工|人事)*(?:办公室|办|科|股|室|处)"
_TOWN_OFFICE = Pattern(
    rf"(.*?(?:[镇乡]|苏木)(?:人民)?政府(?=.{{0,8}}(?:办公室|办|科|股|室)$)|.*?(?:[镇乡]|苏木)(?=(?:{_OFFICE})+$)"
    rf"|.*?街道(?:办事处)?(?=党|综|行|{_OFFICE}.)(?=(?:{_OFFICE})+$)).*"
)
_INNER_OFFICE = Pattern(
    rf"(.*(?:[局厅署院校站馆队关行社所]|中心|大学|委(?:员会)?|公司|集团|联合会|协会))(?:{_OFFICE})+$"
)
_PARTY = Pattern(r"[省市县区州旗]委(?!员会$|$)|领导小组|机构编制|工作委员会")
_TOWN = Pattern(r"(?:[镇乡]|苏木|街道)(?:人民政府|政府|办事处|办)?$")
_TAIL = Pattern(r"(?:人民政府|政府|办事处|办)$")
_REGION_END = ("省", "市", "县", "区", "州", "旗", "盟", "镇", "乡", "局", "委", "街道", "新区", "总局", "政府")

YEAR = r"(?:20[0-4]\d|二[〇○零ＯO0]?[〇○零ＯO一二三四五六七八九0]{2})年(?:年?度)?"
GENRE = r"(?:政府信息公开|政府资讯公开|政务信息公开|政务公开|信息公开|政府信息)"
_KIND = (
    rf"(?:法定)?{GENRE}(?:工作)?(?:(?:20[0-4]\d)年度?)?(?:年度|情况)?(?:工作)?(?:情况)?(?:年度)?(?:工作)?"
    r"(?:的(?:年度)?)?"
)
_OF_YEAR = rf"(?:{YEAR}|20\d\d[-—–~至]+20\d\d(?:学年|年)度?)"
TITLE = Pattern(
    rf"(?:{_OF_YEAR})?(?:关于(?:公布|发布|印发|报送)?)?(?P<body>{NAME})(?:关于(?:公布|发布|印发|报送|上报)?)?"
    rf"(?:{_OF_YEAR})?(?:的)?(?:部门|单位)?{_KIND}(?:总结)?(?:报告|年报|(?<=情况)$)"
)
NAMELESS_TITLE = Pattern(rf"(?:\(?{YEAR}\)?)?(?:关于)?(?:{YEAR})?(?:的)?{_KIND}(?:报告|年报)")
FILLED = Pattern(
    rf"(?:填报|报送|编制|编报|填表|公开)?(?:单位|机关)(?:名称)?(?:\(.{{1,6}}?\))?[::](?P<body>{NAME})(?=$|[\W\d])"
)
PUBLISHED = Pattern(
    rf"(?:发布|公开|责任|信息)(?:机构|单位|部门|来源)[::](?P<body>{NAME})(?=$|[\W\d]|文号|发文|索引|日期|名称|生成|主题)"
)
_DATE = Pattern(r"(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年(?:\d{1,2}|[一二十]+)月(?:\d{1,2}|[一二三十]+)日?$")
_YEAR_IN_IT = Pattern(YEAR)
_BEFORE_TITLE = Pattern(
    r"^[#\s]*(?:[\[(【][^\])】]{1,10}[\])】])?(?:(?:附件\d{0,2}|附|标题|名称|信息名称|文件名称|题名)[::]?)*《?"
)
_BARS = Pattern(r"[-_|>—–]+")
HEAD = 40
_FOOT = 14


class Said(NamedTuple):
    """A name as a document gives it; the lower the rank the surer that the report is its own."""

    rank: int
    name: str


@lru_cache(maxsize=1024)  # most are headings of the form
def plain_title(text: str) -> str:
    """Give a text that may be a title without the words before it: 附件1：, 标题：, #."""
    return _BEFORE_TITLE.sub("", text)


def office_name(text: str) -> str | None:
    """Give the body that a piece of text names, itself or by the office that answers for disclosure; None if none."""
    name = own_name(text) or own_name(body_of_office(text))  # 综合科 is no end of a name
    return body_of_office(name) if name else None


@lru_cache(maxsize=1024)
def title_body(text: str) -> str | None:
    """Give the body that a title names; 政府 may belong to the name as well: 青峰县人民政府信息公开年报."""
    found = TITLE.match(text)
    if not found or (text.endswith("情况") and not _YEAR_IN_IT.search(text)):
        return None
    body = found["body"]
    if name := own_name(body):
        return name
    governs = text.startswith("政府", found.end("body")) and not _GENERAL.fullmatch(body)
    return own_name(f"{body}政府") if governs else None


# Each title is gone through several times, and those of a form's sections are in every report.
@lru_cache(maxsize=4096)
def pieces_of_title(title: str) -> tuple[str, ...]:
    """Give a title whole, and the parts that bars and dashes cut it into."""
    parts = _BARS.split(title)
    return (plain_title(title), *(map(plain_title, parts) if len(parts) > 1 else ()))


def names_in_titles(titles: Sequence[str]) -> Iterator[Said]:
    """Give the names in titles, the surest first; one before or behind a dash only if no title has a name within."""
    for title in titles:
        for piece in pieces_of_title(title):
            if name := title_body(piece):
                yield Said(1, name)
                return
    for title in titles:
        before, dash, after = title.partition("-") if "-" in title else title.partition("——")
        for nameless, text in ((after, before), (before, after if dash == "——" else "")):
            name = own_name(text) if text and NAMELESS_TITLE.match(nameless) else None
            if name and not name.endswith("政府"):
                yield Said(6, name)


def names_in_cells(rows: Sequence[Sequence[str]]) -> Iterator[Said]:
    """Give the names in the rows at the head of a table, where a label asks for one or a title stands."""
    for row in rows:
        for label, text in pairwise(("", *row)):
            if name := title_body(plain_title(text)):
                yield Said(1, name)
            elif (found := FILLED.match(f"{label.rstrip(':')}:{text}")) and (name := office_name(found["body"])):
                yield Said(2, name)
            elif (found := PUBLISHED.match(f"{label.rstrip(':')}:{text}")) and (name := office_name(found["body"])):
                yield Said(8, name)
            if (found := FILLED.search(text)) and (name := office_name(found["body"])):
                yield Said(2, name)


def names_in_signatures(texts: Sequence[str]) -> Iterator[Said]:
    """Give the body that signs the report beside its date, or stands below a title without a name."""
    for before, after in pairwise(texts[-_FOOT:]):
        for name, date in ((before, after), (after, before)):
            if _DATE.match(date) and (own := own_name(name)) and len(name) <= 40:
                yield Said(3, own)
    for line in texts[-_FOOT:]:
        found = re.search(r"20\d\d年\d{1,2}月\d{1,2}日$", line)
        if found and len(line) <= 50 and (own := own_name(line[: found.start()])):
            yield Said(3, own)
    for title, name in pairwise(texts[:HEAD]):
        if NAMELESS_TITLE.fullmatch(title) and len(name) <= 40 and (own := own_name(name)):
            yield Said(3, own)
    for title, name in pairwise(texts[:HEAD]):
        if len(name) <= 40 and TITLE.match(title) and (own := own_name(name)):
            yield Said(6, own)


def own_name(text: str) -> str | None:
    """Give the name of a body that a piece of text is, without what stands before it; None if it is none."""
    name = _SEAL.sub("", text.strip("-_|·.、 "))
    while found := _LEADS.match(name):
        if len(name) - found.end() < 3 or _is_place_name(name, found.end()):
            break
        name = name[found.end() :].lstrip(":、")
    if not 3 <= len(name) <= _LONGEST or not _END.search(name) or _NO_NAME.search(name):
        return None
    if not all("\u4e00" <= character <= "\u9fff" or character in "()" for character in name):
        return None
    return None if _GENERAL.fullmatch(name) or _NOT_ITS_OWN.match(name) else name


def _is_place_name(name: str, end: int) -> bool:
    """Whether the word at the front is the beginning of a place's name: 由 of no place, 公布 neither, 附 of 附城镇."""
    return name.startswith("附") and end == 1 and name[1:2] in "城近"


def body_of_office(name: str) -> str:
    """Give the body whose office answers for disclosure: that of a bureau or a town, not that of a government above.

    The office of a county's government or higher is a body of its own, with a report of its own.
    """
    name = _DISCLOSURE_OFFICE.sub("", name) or name
    if found := _TOWN_OFFICE.fullmatch(name):
        return found[1]
    if not _PARTY.search(name) and (found := _INNER_OFFICE.fullmatch(name)):
        return found[1]
    return name


def is_town(name: str) -> bool:
    """Whether a name is that of a town or street, which is often given without its county or its government."""
    return bool(_TOWN.search(name))


def is_fuller(longer: str, name: str) -> bool:
    """Whether one name is the other with its regions before it, or with the word for a town's government after it."""
    if len(longer) <= len(name):
        return False
    base = _TAIL.sub("", name) if _TOWN.search(name) else name
    other = _TAIL.sub("", longer) if _TOWN.search(longer) else longer
    if len(base) < 3 or not other.endswith(base):
        return False
    before = other.removesuffix(base)
    return not before or before.endswith(_REGION_END) or (base[0] in "省市县区州旗镇乡" and 1 <= len(before) <= 12)
