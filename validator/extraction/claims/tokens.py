"""A sentence as a row of tokens: words of the data, marks, unknown text, and figures in digits or Chinese numerals."""

import re
from decimal import Decimal
from typing import NamedTuple

from validator.model.report import Number
from validator.model.wording import BODY, FIGURE, UNKNOWN, Wordings
from validator.patterns import Pattern

_NO_COUNT = (
    r"(?!季度|方面|环节|部门|阶段|步骤|层面|层次|维度|平台|专题|专栏|栏目|重点|领域|关键|小组|月|村|社区|街道|乡镇"
    r"|县|区|市|科室|单位)"
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
_ORDINAL = Pattern(r"\d{1,2}[、.](?!\d)")
"""The number of a paragraph or a point: 2、依申请公开情况, 1.予以公开5件."""
_CLOSING = frozenset(("", *",;:()、。"))
_ASKED = ("申请", "依申请", "政府信息公开申请")
"""What is counted where its measure word was forgotten: 受理4申请公开政府信息."""
_DATES = frozenset("年月")
_BINDING = frozenset("第./-_~—–～")
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
    # A count in 万 or 亿 is a rounded one: the table counts to the last application.
    rounded = bool(more or about or ten or late)
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


_MARKS = frozenset(",;:()、。!?")
_DIGITS = Pattern("[0-9]+")
_NUMERALS = frozenset("0123456789零一二两三四五六七八九十百千")
_END_OF_CLAUSE = Pattern(r"[;()。!?]|,(?!\d{3}(?!\d))|(?<!\d),")
_NEW_YEAR = ((0, 0), (1, 1), (1, 0))
_FIRST_DAYS = {2008: (*_NEW_YEAR, (5, 1), (5, 0))}
"""The law on disclosure came into force on the first of May 2008."""
_DURATIONS = frozenset(("个工作日", "工作日", "天", "小时", "分钟", "个月", "周", "岁"))
_NAMED = ("微信", "微博", "公众", "官方", "抖音", "政务", "网站", "平台")
_NEVER = ("复议", "诉讼", "行政复议", "行政诉讼", "投诉", "举报", "申请")
_SPECIAL = _MARKS | _NUMERALS | {"《", "“"}
_FIGURES = Pattern("[0-9未没无零含每]|[一二两三四五六七八九十百][件起宗例份条次名个]")


class Token(NamedTuple):
    """A token: its code (a kind of word, a mark, a figure or unknown text), its value, and where it stands."""

    code: str
    value: str
    start: int
    end: int
    figure: Figure | None = None


def scan(text: str, wordings: Wordings, year: int | None) -> list[Token]:
    """Split a sentence, folded and without blanks, into tokens; words and clauses that say nothing are left out."""
    tokens: list[Token] = []
    start = 0
    for found in _END_OF_CLAUSE.finditer(text):
        end = found.end()
        if (
            "(" in (text[start - 1 : start], text[end - 1])
            or _FIGURES.search(text, start, end)
            or wordings.sign.search(text, start, end)
        ):
            _scan_clause(tokens, text, start, end, wordings, year)
        else:
            _add_mark(tokens, text, end - 1)
        start = end
    if start < len(text):
        _scan_clause(tokens, text, start, len(text), wordings, year)
    return tokens


def _scan_clause(tokens: list[Token], text: str, start: int, end: int, wordings: Wordings, year: int | None) -> None:
    words, starts_of = wordings.words.get, wordings.starts.get
    last = len(text) - 1
    position, unknown = start, -1
    apart = "分别" in text
    while position < end:
        character = text[position]
        stop = 0
        token: Token | None = None
        seconds = starts_of(character)
        if seconds is not None:
            lengths = seconds.get(text[position + 1]) if position < last else None
            for length in seconds[""] if lengths is None else lengths:
                piece = text[position : position + length]  # shorter at the end of the text
                word = words(piece)
                if word is not None and not (apart and "+" in word.value):
                    stop = position + len(piece)
                    if word.code:
                        token = Token(word.code, word.value, position, stop)
                    break
        if not stop and character in _SPECIAL:
            stop, token = _read_special(text, position, wordings, year)
        if stop:
            if unknown >= 0:
                _add_unknown(tokens, text, unknown, position, wordings)
                unknown = -1
            if token is not None:
                tokens.append(token)
            position = stop
        else:
            if unknown < 0:
                unknown = position
            position += 1
    if unknown >= 0:
        _add_unknown(tokens, text, unknown, end, wordings)


def _read_special(text: str, position: int, wordings: Wordings, year: int | None) -> tuple[int, Token | None]:
    """Read a mark, a title or a quoted account (which say nothing), a figure or a date; (0, None) if it is none."""
    character = text[position]
    if character in _MARKS:
        return position + 1, Token("。" if character in "!?" else character, "", position, position + 1)
    if character == "《":
        return text.find("》", position, position + 80) + 1, None
    if character == "“":
        end = text.find("”", position, position + 16) + 1
        return (end, None) if end and text.startswith(_NAMED, end) else (0, None)
    if character == "零" and text.startswith(_NEVER, position + 1):
        return position + 1, Token(wordings.codes["none"], "", position, position + 1)
    return _read_number(text, position, wordings, year)


def _add_mark(tokens: list[Token], text: str, position: int) -> None:
    mark = text[position]
    if mark in _MARKS:
        tokens.append(Token("。" if mark in "!?" else mark, "", position, position + 1))


def _add_unknown(tokens: list[Token], text: str, start: int, end: int, wordings: Wordings) -> None:
    piece = text[start:end].strip(wordings.fillers)
    code = BODY if wordings.body.search(piece) else UNKNOWN
    ends_open = code == BODY and text[end : end + 1] == "("
    if len(piece) > 1 or ends_open or (piece and not piece.isalpha()):  # a single character is a slip, no noun
        begin = text.index(piece, start)
        tokens.append(Token(code, "", begin, begin + len(piece)))


def _read_number(text: str, position: int, wordings: Wordings, year: int | None) -> tuple[int, Token | None]:
    """Read a figure or a date; (0, None) if the characters are neither."""
    if (not position or text[position - 1] in ":;。!?") and (ordinal := _ORDINAL.match(text, position)):
        return ordinal.end(), None
    figure = read_figure(text, position)
    if figure is not None:
        if figure.unit in _DURATIONS:
            return figure.stop, None
        return figure.stop, Token("%" if figure.percent else FIGURE, figure.unit, position, figure.stop, figure)
    date = read_date(text, position)
    if date is None:
        digits = _DIGITS.match(text, position)
        return (0, None) if digits is None else (digits.end(), Token(UNKNOWN, "", position, digits.end()))
    codes = wordings.codes
    code = ""
    if date.year and year is not None and date.year != year:
        code = {year - 1: codes["lastyear"], year + 1: codes["nextyear"]}.get(date.year, codes["time"])
    elif not date.last and (date.month, date.day) not in _FIRST_DAYS.get(date.year, _NEW_YEAR):
        code = codes["time"]
    elif text[max(position - 2, 0) : position] in ("截至", "截止") or text[position - 1 : position] in ("到", "至"):
        code = codes["time"] if text.startswith("累计", date.stop) else "" if date.month else codes["thisyear"]
    elif date.year:
        code = codes["thisyear"]
    return date.stop, Token(code, "", position, date.stop) if code else None
