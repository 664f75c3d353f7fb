"""Whose report it is: every name that a document gives as its own, and the one among them that is most surely it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .names import NAME, body_of_office, is_fuller, is_town, own_name

YEAR = r"(?:20[0-4]\d|二[〇○零ＯO0]?[〇○零ＯO一二三四五六七八九0]{2})年度?"
GENRE = r"(?:政府信息公开|政府资讯公开|政务信息公开|政务公开|信息公开|政府信息)"
_KIND = rf"{GENRE}(?:工作)?(?:(?:20[0-4]\d)年度?)?(?:年度|情况)?(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:的)?"
_OF_YEAR = rf"(?:{YEAR}|20\d\d[-—–~至]+20\d\d(?:学年|年)度?)"
TITLE = re.compile(
    rf"(?:{_OF_YEAR})?(?:关于(?:公布|发布|印发|报送)?)?(?P<body>{NAME})(?:关于(?:公布|发布|印发|报送|上报)?)?"
    rf"(?:{_OF_YEAR})?(?:的)?{_KIND}(?:报告|年报)"
)
NAMELESS_TITLE = re.compile(rf"(?:\(?{YEAR}\)?)?(?:关于)?(?:{YEAR})?(?:的)?{_KIND}(?:报告|年报)")
FILLED = re.compile(
    rf"(?:填报|报送|编制|编报|填表|公开)?(?:单位|机关)(?:名称)?(?:\(.{{1,6}}?\))?[::](?P<body>{NAME})(?=$|[\W\d])"
)
PUBLISHED = re.compile(
    rf"(?:发布|公开|责任|信息)(?:机构|单位|部门|来源)[::](?P<body>{NAME})(?=$|[\W\d]|文号|发文|索引|日期|名称|生成|主题)"
)
_SELF = re.compile(r"[我本]([局镇乡委办院校厅部站署会队处行]|街道|中心|支队|分局|公司|馆|区|县|市)")
_DATE = re.compile(
    r"(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年(?:\d{1,2}|[一二十]+)月(?:\d{1,2}|[一二三十]+)日?$"
)

_REGION = re.compile(r"[^镇乡]{2}(?:省|自治区|市|州|县|区|旗|盟).{2}|^国家|^中")
"""A name with its region before it is told in full: nothing in the text can make it longer."""

_SURE = 2
_FAR = 400
_BEFORE_TITLE = re.compile(r"^[#\s]*(?:\[[^\]]{1,6}\])?(?:(?:附件\d{0,2}|附|标题|名称|信息名称|文件名称|题名)[::]?)*")
HEAD = 40
_FOOT = 14


class Said(NamedTuple):
    """A name as a document gives it; the lower the rank the surer that the report is its own."""

    rank: int
    name: str


def find_body(texts: Sequence[str], cells: Sequence[Sequence[str]], titles: Sequence[str]) -> str | None:
    """Give the name of the body whose report a document is; None if it names none.

    `texts` are its paragraphs without blanks, `cells` the rows at the head of its tables, `titles` what may be its
    title, the likeliest first. The surest name counts, in the fullest of the forms in which it is given.
    """
    titled = list(_titled(titles))
    if titled and titled[0].rank == 1 and _REGION.search(titled[0].name) and not is_town(titled[0].name):
        return titled[0].name
    from .openings import names_in_sentences

    said = [*titled, *_in_cells(cells), *_signed(texts)]
    for one in names_in_sentences(texts):
        said.append(one)
        if one.rank <= _SURE and _REGION.search(one.name) and not is_town(one.name):
            break
    if not said:
        return None
    selves = set(_SELF.findall("".join(text[:_FAR] for text in texts[:_FAR])))
    said = [one for one in said if one.rank < 4 or _is_called_so(one.name, selves)]
    said.sort(key=lambda one: one.rank)
    if not said:
        return None
    name = said[0].name
    for one in said:
        if is_fuller(one.name, name):
            name = one.name
    return name


def plain_title(text: str) -> str:
    """Give a text that may be a title without the words before it: 附件1：, 标题：, #."""
    return _BEFORE_TITLE.sub("", text)


def _is_called_so(name: str, selves: set[str]) -> bool:
    """Whether the words that the report uses of its body (我局, 本镇) fit a name, as far as it uses any."""
    own = selves - {"区", "县", "市", "部", "会", "处", "行"}
    return not own or any(word in name for word in own) or ("街道" in name and "办" in own)


def office_name(text: str) -> str | None:
    """Give the body that a piece of text names, itself or by the office that answers for disclosure; None if none."""
    name = own_name(text)
    return body_of_office(name) if name else None


def title_body(text: str) -> str | None:
    """Give the body that a title names; 政府 may belong to the name as well: 青峰县人民政府信息公开年报."""
    found = TITLE.match(text)
    if not found:
        return None
    body = found["body"]
    return own_name(body) or (own_name(f"{body}政府") if text.startswith("政府", found.end("body")) else None)


def pieces_of_title(title: str) -> Iterator[str]:
    """Give a title whole, and the parts that bars and dashes cut it into."""
    yield plain_title(title)
    parts = re.split(r"[-_|>—–]+", title)
    if len(parts) > 1:
        yield from map(plain_title, parts)


def _titled(titles: Sequence[str]) -> Iterator[Said]:
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


def _in_cells(rows: Sequence[Sequence[str]]) -> Iterator[Said]:
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


def _signed(texts: Sequence[str]) -> Iterator[Said]:
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
