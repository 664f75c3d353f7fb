"""Names of bodies that stand by themselves: in cells, below a title, beside a date, at the head and foot of a page."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.patterns import Pattern

from .bodies import HEAD, LETTER, NAME, SPELLED, YEAR, Said, office_name, own_name
from .same_body import is_region
from .titles import NAMELESS_TITLE, TITLE, Title, plain_title, title_body

_BEHIND = (
    r"(?=$|[\W\d]|文号|发文|发布|索引|日期|名称|生成|成文|主题|浏览|点击|阅读|访问|字体|字号|时间|作者|编辑|责任|信息|公开"
    r"|联系|电话|地址|来源|更新|填报|填表|审核|制表|负责)"
)
_FILLED = Pattern(
    r"(?:(?:填报|报送|编制|编报|填表|公开|所属|报告|申报|(?<![^\W\d_]))(?:单位|机关)(?:名称)?(?:\(.{1,6}?\))?"
    r"|落款(?:单位)?\)?)[::]"
    rf"(?P<body>{NAME}){_BEHIND}"
)
_PUBLISHED = Pattern(
    rf"(?:发布|公开|责任|信息|制发|发文|公开责任)(?:机构|单位|部门|机关|主体)[::](?P<body>{NAME}){_BEHIND}"
)
_SOURCE = Pattern(rf"(?:来源|供稿|稿源|作者|发布人)[::](?P<body>{NAME}){_BEHIND}")
_RUNS_PAGE = Pattern(
    rf"(?:(?:网站)?主办(?:单位|方)?|版权所有|版权归)[::](?P<body>{NAME})(?=$|[\W\d]|承办|地址|联系|版权|维护|技术|备案|网站|联系)"
)
_LABELS = Pattern("单位|落款|机关|机构|部门|主体|来源|供稿|稿源|作者|发布人|主办|版权|地址")
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = rf"\(?(?:20\d\d|{SPELLED})[-./年]{_NUMBER}[-./月]{_NUMBER}日?(?:\d{{1,2}}:\d\d(?::\d\d)?)?\)?"
_DATED = Pattern(rf"{_DATE}$")
_DATE_WITHIN = Pattern(_DATE)
_YEAR_BEHIND = Pattern(rf"\({YEAR}\)$|^\({YEAR}\)")
_ASIDE = Pattern(
    rf"{YEAR}|\({YEAR}\)|\(?{_DATE}.{{0,20}}|.{{0,6}}(?:日期|时间|来源|索引号|文号|浏览|字体|字号|分类)[::].*"
)
_CRUMB = Pattern(r"[>›»/→]+|-{2,}|»")
_PORTAL = Pattern(
    rf"(?:中国·?|[“\"])?(?P<region>{LETTER}{{1,8}}?(?:自治[州县旗]|[市县区旗]))(?:人民政府)(?:门户)?(?:网站?|网站群)?(?=$|[\W\d])"
)
_ADDRESS = Pattern(
    r"地址(?:[::]|为|是)?(?P<region>[^\W\d_省市县区州旗]{2,8}(?:自治[县旗]|[县旗]))(?![^,。;)]{0,12}[区市])"
)
_PIECES = Pattern(r"[:>|]|-(?!\d)|—")
_LED = Pattern(rf"(?P<body>{NAME})(?:发布|来源|日期|时间|浏览|字体)")
_SHORTEST = 6
_LONGEST = 50
_FOOT = 14
NO_EVIDENCE = 10
"""The rank of a name that is the body's only where it is a fuller form of one of a better rank."""
_BELOW = 3
"""So many lines below a title the one who reports may stand, under a date or a source."""


def names_in_cells(rows: Sequence[Sequence[str]]) -> Iterator[Said]:
    """Give the names in the rows at the head of a table, where a label asks for one or a title stands."""
    for row in rows:
        for label, text in pairwise(("", *row)):
            if name := title_body(plain_title(text)):
                yield Said(1, name)
            else:
                yield from names_by_labels(f"{label.rstrip(':')}:{text}")
            yield from names_by_labels(text)


def names_by_labels(text: str) -> Iterator[Said]:
    """Give the names behind labels that ask for one: 填报单位, 发布机构, 来源, 主办单位."""
    if ":" not in text or len(text) > 200 or not _LABELS.search(text):
        return
    for rank, pattern in ((2, _FILLED), (8, _PUBLISHED), (8, _SOURCE), (9, _RUNS_PAGE)):
        for found in pattern.finditer(text) if rank > 2 or len(text) <= 80 else ():
            name = office_name(found["body"])
            if name and not (pattern in (_SOURCE, _RUNS_PAGE) and _governs(name)):
                yield Said(rank, name)


def names_beside_titles(texts: Sequence[str], titles: Sequence[Title]) -> Iterator[Said]:
    """Give the body that stands below a title without a name, or with one: then its name may be fuller."""
    for title in titles:
        if title.line < 0:
            continue
        nameless = NAMELESS_TITLE.fullmatch(title.text) is not None
        if not nameless and not TITLE.match(title.text):
            continue
        for line in texts[title.line + 1 : title.line + 1 + _BELOW]:
            if name := _alone(line):
                yield Said(3 if nameless else 6, name)
                break
            if not _ASIDE.fullmatch(line):
                break


def names_in_signatures(texts: Sequence[str]) -> Iterator[Said]:
    """Give the body that signs the report beside its date, in a line of its own or in the same."""
    for before, after in pairwise(texts[-_FOOT:]):
        for name, date in ((before, after), (after, before)):
            if len(name) <= _LONGEST and _DATED.match(date) and (own := _alone(name)):
                yield Said(3, own)
    for line in texts[-_FOOT:]:
        if len(line) <= _LONGEST and (found := _DATED.search(line)) and (own := _alone(line[: found.start()])):
            yield Said(3, own)


def names_in_crumbs(texts: Sequence[str]) -> Iterator[Said]:
    """Give the body in the path of a web page: 首页 > 信息公开 > 云溪县水利局 > 年报; a government is above it."""
    for line in texts[:HEAD]:
        parts = _CRUMB.split(line) if len(line) <= 120 else ()
        if len(parts) >= 3:
            for part in reversed(parts):
                if (name := own_name(part)) and not _governs(name):
                    yield Said(8, name)


def regions_around(texts: Sequence[str]) -> Iterator[str]:
    """Give the regions whose government's page it is, and the one that the body's address names, if it is one alone."""
    for text in texts[:HEAD]:
        for part in _CRUMB.split(text) if len(text) <= _LONGEST else ():
            if found := _PORTAL.match(part):
                yield found["region"]
        for found in _ADDRESS.finditer(text) if "地址" in text else ():
            yield found["region"]


def names_alone(texts: Sequence[str]) -> Iterator[Said]:
    """Give the bodies that short lines at the head are, or parts of them: they tell no body, but its name in full."""
    for line in texts[:HEAD]:
        for piece in _PIECES.split(line) if len(line) <= _LONGEST else ():
            found = _LED.match(piece) if len(piece) > _SHORTEST else None
            if name := _alone(found["body"] if found else piece):
                yield Said(NO_EVIDENCE, name)


def _alone(line: str) -> str | None:
    """Give the body that a line is, but for a year, a date, what stands behind that, or brackets around it."""
    if not 3 <= len(line) <= _LONGEST or line[-1] in "。;:,":
        return None
    for part in _DATE_WITHIN.split(_YEAR_BEHIND.sub("", line), maxsplit=1):
        text = part[1:-1] if part.startswith("(") and part.endswith(")") and part.count("(") == 1 else part
        if name := office_name(text):
            return name
    return None


def _governs(name: str) -> bool:
    return is_region(name) or (name.endswith("政府") and name[:-2].removesuffix("人民")[-1:] not in "镇乡木")
