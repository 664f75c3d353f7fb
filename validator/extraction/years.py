"""The year that a report is about where no title says it: its period, the title that it quotes, its sentences."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from validator.numerals import parse_chinese_number
from validator.patterns import Pattern

from .bodies import HEAD, SPELLED
from .titles import NAMELESS_TITLE, SCHOOL_YEAR, TITLE, year_in

_LABEL = "期限|期间|时间|时段|时限|周期|区间|报告期|统计期|范围|学年"
_SINCE = r"(?:零时|0时|零点|0点)?(?:起算?|开始|始)?[,，]?(?:截?[至止]|到|-|—|~|–)+"
_PERIOD = Pattern(
    r"(?:自|从|为|是|在|期限|期间|时间|时段|时限|周期|区间|数据|反映|涵盖|覆盖|报告期|统计期|跨度|范围|[(:,])[^。;]{0,8}?"
    rf"(?P<y1>20\d\d)年0?1月0?1日{_SINCE}(?:(?P<y2>20\d{{2,8}})年)?12月3[01]日"
)
_WHOLE_YEAR = Pattern(rf"(?P<y1>20\d\d)年0?1月0?1日{_SINCE}(?:(?P=y1)年)?12月3[01]日")
_OTHER_DAYS = Pattern(
    rf"(?:{_LABEL})[^。;\d]{{0,10}}"
    rf"(?P<y1>20\d\d)年(?P<m1>\d{{1,2}})月\d{{1,2}}日{_SINCE}(?:(?P<y2>20\d\d)年)?(?P<m2>\d{{1,2}})月\d{{1,2}}日"
)
_MONTHS = Pattern(rf"(?:{_LABEL})[^。;\d]{{0,10}}(?P<y1>20\d\d)年(?:0?1月?[-—~至到]+(?:(?P=y1)年)?12月|全年|度)")
_SPELLED_DAY = Pattern(
    rf"(?P<year>{SPELLED})年(?P<month>[一二三四五六七八九十]{{1,2}})月(?P<day>[一二三四五六七八九十]{{1,3}})日"
)
_DAMAGED = Pattern(
    r"(?:期限|期间|时间|时段|时限|周期)(?:[为是自从由均:,]|分别)*"
    r"(?P<period>(?P<year>20[0-4]\d)(?:年|1月1日|1\d{0,3}日)[^。;]{0,12}?(?:至|到)[^。;]{0,16}?日|(?P<bare>20[0-4]\d)0?10?1(?:(?P=bare))?1231(?!\d))"
)
_DOTTED = Pattern(rf"(?:{_LABEL})[^。;\d]{{0,10}}(20\d\d)[-./]0?1[-./]0?1(?:至|到|-|—|~|–)+(20\d\d)[-./]12[-./]31")
_WHOLE_DATES = Pattern(r"20\d\d年\d{1,2}月\d{1,2}日\D*(?:20\d\d年)?\d{1,2}月\d{1,2}日")
_QUOTED = Pattern(
    r"(?:(?:编制|编写|制作|撰写|形成)了?|现(?:将|公布|发布|公开))[《<]?(?P<title>[^《》<>。]{6,80}?(?:报告|年报))"
)
OF_ANOTHER = Pattern(r"反映|整改|指出|上年|上一年|去年|往年|点评|通报|考核")
"""A sentence with one of these words speaks of another report: last year's, or one that was found fault with."""
_REPORT_OF = Pattern(r"(?<!\d)(20[0-4]\d)年(?:度)?(?:的)?(?:政府信息公开|政务公开)?(?:工作)?(?:年度)?(?:工作)?报告")
_SENTENCE_YEAR = Pattern(r"(?:^|[。；!\n])\s*(20[0-4]\d)年(?:度)?(?!\d{1,2}月|-|—|至|以来)")
_ANY_YEAR = Pattern(r"(?<!\d)(20[0-4]\d)年(?!\d{1,2}月\d{1,2}日[,，]?(?:发布|公布))")
_ONLY_YEAR = Pattern(
    r"(?<!\d)(20[0-4]\d)年(?!\d{1,2}月|[^。，,]{0,6}(?:修订|公布|施行|实施|印发|发布|颁布|制定|成立|版|安排|计划|思路|打算|要点))"
)
_LAST_YEAR = Pattern(r"上一?年度|(?<!较)(?<!比)去年")
_UNTIL = Pattern(r"截[至止](?:到|日期为?|时间为?)?(20[0-4]\d)年(?:12月31日|年?底|12月底)")
_SIGNED = Pattern(r"(20[0-4]\d)年\d{1,2}月\d{1,2}日$")
_FOOT = 14


class Period(NamedTuple):
    """The words of the reporting period, its year, and what is wrong with it: "", "crooked" or "damaged"."""

    words: str = ""
    year: int | None = None
    wrong: str = ""
    sure: bool = True
    """Whether it is said to be the reporting period."""


def _in_digits(day: re.Match[str]) -> str:
    """Give a day that is spelled in characters in digits: 二〇二二年十二月三十一日."""
    numbers = (parse_chinese_number(day[part]) for part in ("month", "day"))
    return "{}年{}月{}日".format(year_in(f"{day['year']}年"), *numbers)


def read_period(text: str) -> Period:
    """Give the reporting period that a text states, the surest way of stating it first."""
    text = _SPELLED_DAY.sub(_in_digits, text)
    found = _PERIOD.search(text)
    if found:
        first, last = found["y1"], found["y2"] or found["y1"]
        words = text[found.start("y1") : found.end()]
        if len(last) > 4:
            return Period(words, int(first), "crooked")
        return Period(words, int(first) if first == last else None, "" if first == last else "crooked")
    if (dotted := _DOTTED.search(text)) and dotted[1] == dotted[2]:
        return Period(dotted.group(), int(dotted[1]))
    if other := _OTHER_DAYS.search(text):
        first, last = int(other["y1"]), int(other["y2"] or other["y1"])
        words = text[other.start("y1") : other.end()]
        if last - first != 1:
            return Period(words, first if first == last else None)
        # It is of the year that most of it lies in, as a school year is.
        mostly = last if int(other["m2"]) > 13 - int(other["m1"]) else first
        return Period(words, mostly, sure=False)
    damaged = _DAMAGED.search(text)
    if damaged and not _WHOLE_DATES.search(damaged["period"]):
        return Period(damaged["period"], int(damaged["year"] or damaged["bare"]), "damaged")
    if loose := _WHOLE_YEAR.search(text):
        return Period(loose.group(), int(loose["y1"]), sure=False)
    if months := _MONTHS.search(text):
        return Period(text[months.start("y1") : months.end()], int(months["y1"]))
    return Period()


def year_of_prose(text: str) -> int | None:
    """Give the year that sentences begin with, that a report is named by, that stands most often, or alone."""
    starts = Counter(int(year) for year in _SENTENCE_YEAR.findall(text))
    every = Counter(int(year) for year in _ANY_YEAR.findall(text))
    if starts:
        year, count = starts.most_common(1)[0]
        if not any(other != year and number == count for other, number in starts.items()):
            return year
    named = set(_REPORT_OF.findall(text))
    if len(named) == 1:
        return int(named.pop())
    if every:
        (year, count), *others = every.most_common(2)
        if count >= 2 and (not others or others[0][1] < count):
            return year
    only = set(_ONLY_YEAR.findall(text)) or set(SCHOOL_YEAR.findall(text))
    return int(only.pop()) if len(only) == 1 else None


def year_of_days(texts: Sequence[str]) -> int | None:
    """Give the year at whose end the figures stand, or that before the signing of a report on the year before."""
    ends = set(_UNTIL.findall("\n".join(texts)))
    if len(ends) == 1:
        return int(ends.pop())
    if any(_LAST_YEAR.search(text) for text in texts[:HEAD]):
        signed = next((found for text in texts[-_FOOT:] if (found := _SIGNED.search(text))), None)
        return int(signed[1]) - 1 if signed else None
    return None


def quoted_year(texts: Sequence[str]) -> int | None:
    """Give the year of the title that the opening sentences quote as that of this report."""
    for text in texts[:HEAD]:
        for found in _QUOTED.finditer(text[:600]):
            title = TITLE.match(found["title"]) or NAMELESS_TITLE.match(found["title"])
            if title and not OF_ANOTHER.search(text[: found.end() + 20]):
                return year_in(found["title"])
    return None
