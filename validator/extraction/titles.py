"""What may be the title of a report, in one line or several, and the body and the year that it names, in any order."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from validator.model.location import Location
from validator.patterns import Pattern

from .bodies import HEAD, NAME, SPELLED, YEAR, Said, is_general, own_name
from .same_body import begins_region, is_region

_YEARS = rf"(?:20\d\d年0?1月?[-—–~至到]+12月|20\d\d年?[-—–~至]+20\d\d(?:学年|年)?度?|{YEAR})"
TOPIC = r"(?:(?:政府|政务)?(?:信息|资讯)公开|政务公开|政[府务]信息)"
_REPORT = r"(?:报告|年报|年度报表?|工作总结|情况(?:的?(?:公示|公告)|统计表)?$)"
# What else stands in a title, in any order; none of them is the beginning of another followed by a third.
_WORD = (
    rf"(?:{_YEARS}|年度(?!报(?!告))|年(?!报|度)|本级|的|工作(?!总结)|情况(?=.)(?!的?(?:公示|公告)$|统计表$)|贯彻|条例|主动公开|依申请公开|总结|汇报|开展|落实|完成|实施|执行|推进|法定|专项|自查|全年|和|与|及|暨|并|、"
    r"|法[治制]政府建设|依法行政|关于|公布|公开发布|发布|印发|报送|上报|呈报|部门|单位|[《》():])"
)
# Each word is taken in one way alone, so that a long text of them is gone through once; two must be among these.
_KIND = rf"(?>(?:{_WORD}|(?P<topic>{TOPIC})|(?P<report>{_REPORT}))+)(?(topic)(?(report)|(?!))|(?!))"
_OF_OTHERS = r"(?!制度|格式|模板|要求)"
TITLE = Pattern(rf"(?>\(?{_YEARS}\)?|关于(?:公布|公开|发布|印发|报送|对)?)*+(?P<body>{NAME}){_KIND}{_OF_OTHERS}")
"""A title with a body in it; `title_body` says whether that is one."""
NAMELESS_TITLE = Pattern(rf"(?>\(?{_YEARS}\)?|关于)*+{_KIND}{_OF_OTHERS}")
"""A title that leaves the body out."""
_SHORT_TITLE = Pattern(rf"(?:{_YEARS})?(?:年度)?(?:工作)?(?:报告|年报)(?=$|\(|-|——)")
"""One that leaves the disclosure out as well, as the head of a page that is turned over: 年报（青峰县水利局）."""

_FIELD = Pattern(r"[^\W\d_]{1,20}[省市县区州旗盟](?!直|级|属|各|有关|相关)[^\W\d_]{2,10}(?:系统|部门)")
"""A field of work in a region, as which some report: 青峰市气象部门."""
_YEAR_IN_IT = Pattern(YEAR)
SCHOOL_YEAR = Pattern(r"20\d\d年?[-—–~至到/]+(20\d\d)学年")
_YEAR_RANGE = Pattern(r"20\d\d年?[-—–~至]+20\d\d")
_YEAR_IN_TITLE = Pattern(rf"(?<!\d)(?P<plain>20[0-4]\d)年?(?!\d|[-./]\d)|(?P<spelled>{SPELLED})年")
_YEAR_BEHIND = Pattern(rf"[\[(]?(?:{YEAR}(?!\d|[-./]\d)|{SPELLED}年)")
_O_FOR_0 = Pattern(r"(?<=2)[OoОо〇○](?=\d\d年)")
_ONLY_YEAR = Pattern(rf"\(?{YEAR}\)?")
_DIGITS = str.maketrans("〇○◯零ＯO一二三四五六七八九", "000000123456789")
_BEFORE_TITLE = Pattern(
    r"^(?:[^\w《<(\[【]|\d{1,2}[.、)])*(?:[\[(【][^\])】]{1,10}[\])】])?(?:(?:附件\d{0,2}|附(?!.[镇乡])|标题|名称|信息名称|文件名称|题名)[::]?)*《?"
)
_TOLD = Pattern(r"(?:情况(?:的?(?:公示|公告)|统计表)?|总结)$|工作总结")
_AROUND = Pattern(r"^[-_|>—–(]+|\)$|20\d\d[-.年].{0,8}$")
_BARS = Pattern(r"[-_|>—–]+")
_SECTION = Pattern(r"(?:一|1)[、.．,].{0,12}(?:概述|情况|概况)|第一(?:部分|章)")
_LONGEST = 60
_LONGEST_LINE = 40
_MOST_LINES = 4
"""So many lines a title is set in at most."""


class Title(NamedTuple):
    """What may be a title, without what stands before it, and where it stands; None where the carrier alone has it."""

    text: str
    place: Location | None
    line: int = -1
    """The number of the paragraph that it ends with, -1 if it is none."""


@lru_cache(maxsize=1024)  # most are headings of the form
def plain_title(text: str) -> str:
    """Give a text that may be a title without the words before it: 附件1：, 标题：, #."""
    return _BEFORE_TITLE.sub("", text)


@lru_cache(maxsize=1024)
def title_body(text: str) -> str | None:
    """Give the body that a title names; 政府 may belong to the name as well: 青峰县人民政府信息公开年报."""
    found = TITLE.match(text)
    if not found or (text.endswith("情况") and not _YEAR_IN_IT.search(text)):
        return None
    body = found["body"].rpartition("关于")[2]
    if name := own_name(body):
        return name
    if field := _FIELD.match(text, found.start("body")):
        return field.group()
    governs = text.startswith("政府", found.end("body")) and not is_general(body)
    return own_name(f"{body}政府") if governs else None


# Each title is gone through several times, and those of a form's sections are in every report.
@lru_cache(maxsize=4096)
def pieces_of_title(title: str) -> tuple[str, ...]:
    """Give a title whole, and the parts that bars and dashes cut it into."""
    parts = _BARS.split(title)
    return (plain_title(title), *(map(plain_title, parts) if len(parts) > 1 else ()))


def is_report(text: str) -> bool:
    """Whether a text has a word for a report in it."""
    return "报告" in text or "年报" in text or _TOLD.search(text) is not None


def titles_in_lines(texts: Sequence[str], places: Sequence[Location]) -> Iterator[Title]:
    """Give the lines at the head that may be titles, then those that are made of several; `texts` have no blanks.

    What stands below the first section is of other reports: links, last year's.
    """
    head = _count_head(texts)
    ends = [index for index, text in enumerate(texts[:head]) if len(text) <= _LONGEST and is_report(text)]
    years = {index: texts[index + 1] for index in ends if index + 1 < head and _ONLY_YEAR.fullmatch(texts[index + 1])}
    for index in ends:
        text = _O_FOR_0.sub("0", plain_title(texts[index]))
        yield Title(text + years.get(index, ""), places[index], index)
    for index in ends:
        for first in range(max(0, index - _MOST_LINES + 1), index):
            lines = [*texts[first:index], texts[index] + years.get(index, "")]
            lines = [line for line in lines if not line.isascii() or line.isdigit()]
            if any(line.endswith(":") for line in lines):
                continue  # the report goes to them
            if sum(map(len, lines)) <= _LONGEST + 10 and (whole := _join_lines(lines)):
                yield Title(whole, places[first], index)
                break


def _count_head(texts: Sequence[str]) -> int:
    """Give how many lines there are before the first section; a table of contents names the sections before it."""
    sections = [index for index, text in enumerate(texts[:HEAD]) if len(text) <= _LONGEST_LINE and _SECTION.match(text)]
    return sections[-1] if sections else min(HEAD, len(texts))


def _join_lines(lines: Sequence[str]) -> str | None:
    """Give the title that some lines make together; None if the first of them is no part of it."""
    first = plain_title(lines[0])
    whole = first + "".join(lines[1:])
    if len(first) > _LONGEST_LINE or not first:
        return None
    name = title_body(whole)
    if name is None:
        return whole if NAMELESS_TITLE.fullmatch(whole) else None
    start = whole.find(name)
    if start >= 0 and start + len(name) <= len(first):
        return whole
    if start >= len(first) or own_name(first):
        # Two names, one above the other: only a region, or who stands above all, is a part of the one below.
        return (
            whole
            if start < len(first) and begins_region(first) and not begins_region(name[len(first) - start :])
            else None
        )
    return (
        whole
        if is_region(first) or begins_region(first) or _YEAR_IN_IT.match(first) or first.startswith("关于")
        else None
    )


def names_in_titles(titles: Sequence[Title]) -> Iterator[Said]:
    """Give the names in titles, the surest first; one before or behind a dash only if no title has a name within."""
    named = [
        name for title in titles if (name := next(filter(None, map(title_body, pieces_of_title(title.text))), None))
    ]
    for index, name in enumerate(dict.fromkeys(named)):
        yield Said(1 if index == 0 else 6, name)
    if named:
        return
    for title in titles:
        if (found := _nameless(title.text)) and (name := own_name(_AROUND.sub("", title.text[found.end() :]))):
            bracketed = title.text[found.end()] == "("
            yield Said(3 if bracketed or not name.endswith("政府") else 6, name)
        before, dash, after = title.text.partition("-") if "-" in title.text else title.text.partition("——")
        name = own_name(before) if dash and _nameless(after.lstrip("-—")) else None
        if name and not name.endswith("政府"):
            yield Said(6, name)


def _nameless(text: str) -> re.Match[str] | None:
    return NAMELESS_TITLE.match(text) or _SHORT_TITLE.match(text)


def year_of_titles(titles: Sequence[Title]) -> tuple[int | None, Location | None]:
    """Give the year in the title that names a body, or else in one that names none, and where that title stands."""
    year: int | None = None
    for whole in titles:
        for title in pieces_of_title(whole.text):
            if (found := TITLE.match(title)) and title_body(title):
                return year_in(title, found.end()) or year, whole.place
            if year is None and (nameless := _nameless(title)):
                year = year_in(title, nameless.end())
    return year, None


def year_in(title: str, end: int | None = None) -> int | None:
    """Give the year that a title states, up to its `end` or in a bracket right behind; None for several years.

    A school year is called by the year in which it ends, as the Ministry of Education does.
    """
    own = title if end is None else title[:end]
    if end is not None and (behind := _YEAR_BEHIND.match(title, end)):
        own += behind.group()
    if school := SCHOOL_YEAR.search(own):
        return int(school[1])
    if _YEAR_RANGE.search(own) or not (found := _YEAR_IN_TITLE.search(own)):
        return None
    if found["plain"]:
        return int(found["plain"])
    digits = found["spelled"].translate(_DIGITS)
    return int(digits if len(digits) == 4 else digits[0] + "0" * (4 - len(digits)) + digits[1:])
