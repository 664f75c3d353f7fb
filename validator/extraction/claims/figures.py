"""Figures of running text, in digits or in Chinese numerals, with their units, and dates."""

import re
from decimal import Decimal
from typing import NamedTuple

from validator.model.report import Number
from validator.patterns import Pattern

_NO_COUNT = (
    r"(?!季度|方面|环节|部门|阶段|步骤|层面|层次|维度|平台|专题|专栏|栏目|重点|领域|关键|小组|月|村|社区|街道|乡镇|街镇|镇街"
    r"|县|区|市|科室|单位|事项)"
)
"""What follows a measure word where things are counted that are never applications: 四个季度, 两个方面."""
_UNITS = (
    r"件次|条次|篇次|人次|户次|场次|期次|个次|个百分点|个工作日|个月|工作日|万元|亿元|件|条|起|宗|项|例|份|封|次|桩|笔|则|部|篇|名|人\(次\)|人|位|处|家|所|期|场|批|元"
    rf"|个{_NO_COUNT}|户|本|册|张|台|回|天|周|小时|分钟|岁|页|字|平方米|公里|亩|吨|类|种|款|级|倍"
)
_ARABIC = Pattern(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<decimals>\.\d+)?(?P<ten>[万亿千](?!元))?(?P<more>[余多来几])?(?P<late>[万亿](?!元))?"
    rf"(?:(?P<percent>%|‰)|(?P<unit>{_UNITS}))?(?P<about>以上|左右|上下|以内|之多)?"
)
_CHINESE = Pattern(
    rf"(?P<digits>[一二两三四五六七八九十百千零〇]+)(?P<ten>[万亿](?!元))?(?P<more>[余多来几])?(?P<unit>{_UNITS})(?P<about>以上|左右|上下|以内)?"
)
_ZERO = Pattern(r"零(?P<unit>件|起|宗|例|次|份|条|个|元)?(?=[,;:()、。]|$)")
_YEAR = Pattern(r"(\d{4})年(?:度|底|末|初|以来|来|内|间|全年)*(?:(\d{1,2})月(?:份|底|末|初)?(?:(\d{1,2})日)?)?")
_WHOLE_YEAR = Pattern(r"(\d{4})年1月?(?:1日)?[至到—~-](?:同年|\1年)?12月(?:31日|底|份|末)?")
_MONTH = Pattern(r"(\d{1,2})月(?:份|底|末|初)?(?:(\d{1,2})日)?")
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TIMES = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"一": 1, "千": 1000, "万": 10_000, "亿": 100_000_000}
_CLOSING = frozenset(("", *",;:()、。"))
_ASKED = ("申请", "依申请", "政府信息公开申请")
"""What is counted where its measure word was forgotten: 受理4申请公开政府信息."""
_DATES = frozenset("年月")
_BINDING = frozenset("第./-_~—–～")
COUNTERS = "件起宗例份条次名个处期场"
"""Measure words of which one or two may be written in characters: 两件, 一处, 三期."""
_ARTICLES = Pattern(r"第[0-9一二三四五六七八九十百]{1,5}[条项款章]?$")
"""The first of several articles of a law: 第九条至12条."""
_AND = frozenset("至到和及、")
_LONGEST_ARTICLE = 8
_JOINING = frozenset(".-/—–~～:")


class Figure(NamedTuple):
    """A figure: its value, where it stands, its unit ("" if none), whether it is about, or a percentage."""

    value: Number
    start: int
    end: int
    stop: int
    unit: str
    approximate: bool
    percent: bool = False


class Date(NamedTuple):
    """A year with the month and day that follow it; `year` is 0 where the text gives a month alone. `last`: it is
    the end of the year."""

    year: int
    month: int
    day: int
    last: bool
    stop: int


def read_date(text: str, start: int) -> Date | None:
    """Read a year, a month or a day that begins here."""
    if not text[start].isascii():
        return None
    found = _WHOLE_YEAR.match(text, start)
    if found is not None:
        return Date(int(found.group(1)), 0, 0, False, found.end())
    found = _YEAR.match(text, start)
    if found is not None:
        year, month, day = found.groups()
        return _date(int(year), int(month or 0), int(day or 0), found)
    found = _MONTH.match(text, start)
    if found is not None:
        return _date(0, int(found.group(1)), int(found.group(2) or 0), found)
    return None


def _date(year: int, month: int, day: int, found: re.Match[str]) -> Date:
    last = month == 12 and (day == 31 or found.group()[-1] in "底末")
    return Date(year, month, day, last, found.end())


def read_figure(text: str, start: int) -> Figure | None:
    """Read a figure that begins here, in digits or with a unit in Chinese numerals; None if it is no count."""
    if text[start] == "零" and (zero := _ZERO.match(text, start)):
        return Figure(0, start, start + 1, zero.end(), zero.group("unit") or "", approximate=False)
    if text[start].isascii():
        return _arabic(text, start)
    found = _CHINESE.match(text, start)
    if found is None or (start and text[start - 1] in "第数几"):
        return None
    value = _chinese_value(found.group("digits"))
    if value is None:
        return None
    end = found.end("ten") if found.group("ten") else found.end("digits")
    scaled = value * _SCALE[found.group("ten") or "一"]
    about = bool(found.group("more") or found.group("about"))
    return Figure(scaled, start, end, found.end(), found.group("unit"), about)


def _arabic(text: str, start: int) -> Figure | None:
    found = _ARABIC.match(text, start)
    if found is None:
        return None
    whole, decimals, ten, more, late, percent, unit, about = found.groups()
    stop = found.end()
    follower = text[stop : stop + 1]
    runs_on = follower in _DATES or (follower in _JOINING and text[stop + 1 : stop + 2].isdigit())
    if runs_on and not unit and not percent:
        return None
    before = text[start - 1] if start else "。"
    if before in _BINDING or (before.isascii() and before.isalnum()):
        return None
    if before in _AND and _ARTICLES.search(text, max(start - _LONGEST_ARTICLE, 0), start - 1):
        return None
    digits = whole.replace(",", "") + (decimals or "")
    if len(digits) > 15:
        return None
    value: Number = Decimal(digits) if decimals else int(digits)
    if ten or late:
        value *= _SCALE[ten or "一"] * _SCALE[late or "一"]
        value = int(value) if value == int(value) else value
    end = (
        found.end("late")
        if late and not more
        else found.end("ten")
        if ten
        else start + len(whole) + len(decimals or "")
    )
    if not unit and not percent and follower not in _CLOSING and not text.startswith(_ASKED, stop):
        unit = "?"
    # A count in 万 or 亿 is a rounded one, as is a sum in 亿元: the table counts to the last one.
    rounded = bool(more or about or ten or late) or unit == "亿元"
    return Figure(value, start, end, stop, unit or "", rounded, percent == "%")


def _chinese_value(numeral: str) -> int | None:
    """Give the value of a numeral below ten thousand, or of a row of digits."""
    if not any(character in _TIMES for character in numeral):
        digits = [_CHINESE_DIGITS[c] for c in numeral]
        return int("".join(map(str, digits))) if len(digits) == 1 or 0 in digits else None
    total, digit = 0, 0
    last = 10_000
    for position, character in enumerate(numeral):
        times = _TIMES.get(character)
        if times is None:
            digit = _CHINESE_DIGITS[character]
            continue
        if times >= last or (digit == 0 and not (times == 10 and position == 0)):
            return None
        total += (digit or 1) * times
        digit, last = 0, times
    return total + digit
