"""Whose report it is and for which year, from its title, its period, the form's head, or its first sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from validator.characters import fold
from validator.model.document import Document, Paragraph
from validator.model.location import Location, LostPlace
from validator.model.report import Problem

_YEAR = r"(?:(?P<{0}>20[0-4]\d)|(?P<{0}c>二[〇○零ＯO0]?[〇○零ＯO一二三四五六七八九0]{{2}}))年度?"
_BODY = r"(?P<body>[^，。；：,;:《》()>|/\d]{2,40}?)"
_GENRE = r"(?:政府信息公开|政务信息公开|政务公开|信息公开)"
_TITLE = re.compile(
    rf"^(?:{_YEAR.format('before')})?(?:关于)?{_BODY}(?:关于)?(?:{_YEAR.format('after')}|20\d\d-20\d\d年)?(?:的)?"
    rf"{_GENRE}(?:工作)?(?:(?P<end>20[0-4]\d)年度?)?(?:年度|情况)?(?:工作|情况)?(?:年度)?(?:的)?(?:报告|年报)"
    rf"(?:[(\[](?P<tail>20[0-4]\d)年?度?[)\]])?"
)
_NAMELESS_TITLE = re.compile(rf"^{_YEAR.format('before')}{_GENRE}(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)")
_FILLED_BY = re.compile(
    r"(?:填报单位|填报机关|报送单位|编制单位|编制机关|发布机构|单位名称|单位)(?:\(.{1,6}?\))?[::](?P<body>[^\s:,。()|\d]{3,40})"
)
_PERIOD = re.compile(
    r"(?:自|从|为|是|期限|期间|时间|周期|区间)[^。;]{0,8}?(?P<y1>20\d\d)年1月1日(?:起|开始)?(?:至|到|-|—|~|–)+(?:(?P<y2>20\d\d)年)?12月3[01]日"
)
_TABLE_YEAR = re.compile(r"(?:^\(?|单位.{3,40}?)(20[0-4]\d)年度\)?$")
_INTRODUCED = re.compile(
    rf"(?:现就|现将|现公布|现发布|公布|特编制|编制)(?P<body>[^，。；：,;:《》()\d]{{4,40}}?)(?:{_YEAR.format('after')})(?:的)?{_GENRE}"
)
_CALLED = re.compile(
    r"(?:^|[,，。；;:：、\s]|年度?)(?P<body>[^，。；：,;:《》()\d\s]{4,40})\((?:以下|下)(?:统称|简称|称)[:：]?[\"“”‘']?(?!《|<)"
)
_COMPILED = re.compile(
    r"(?:本报告|本年度报告|报告)(?:由|是由)(?P<body>[^，。；：,;:《》()\d]{4,40}?)(?:根据|按照|依据|编制)"
)
_BODY_END = re.compile(
    r"(?:局|委|委员会|办公室|办公厅|中心|政府|厅|部|院|署|会|社|处|办事处|街道|镇|乡|队|校|行|公司|集团|所|站|馆|台|区|县|市|州|旗|库|基地)$"
)
_NO_BODY = frozenset(
    ["政府", "政务", "我局", "我委", "我市", "我县", "我区", "我镇", "我乡", "本机关", "本单位", "部门", "各级政府"]
)
_NO_NAME = re.compile(r"本报告|年度报告|情况|根据|按照|关于$")
_ACTING = re.compile(
    r"(?:^|[。\n])20\d\d年度?[,，]?(?P<body>[^，。；：,;:《》()\d\n]{4,30}?)"
    r"(?=认真|坚持|深入|严格|按照|高度|积极|全面|紧紧|不断|始终|切实|围绕|持续|依法|贯彻|根据|以习近平)"
)
_DATE = re.compile(r"^20\d\d年\d{1,2}月\d{1,2}日$")
_REPORT_OF = re.compile(r"(?<!\d)(20[0-4]\d)年(?:度)?(?:的)?(?:政府信息公开|政务公开)?(?:工作)?(?:年度)?(?:工作)?报告")
_SENTENCE_YEAR = re.compile(r"(?:^|[。；!\n])\s*(20[0-4]\d)年(?:度)?(?!\d{1,2}月|-|—|至|以来)")
_ANY_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)年(?!\d{1,2}月\d{1,2}日[,，]?(?:发布|公布))")
_DIGITS = str.maketrans("〇○零ＯO一二三四五六七八九", "00000123456789")


@dataclass(frozen=True, slots=True)
class Origin:
    """The body and the year of a report, None where the document does not say; and what contradicts itself."""

    organization: str | None
    year: int | None
    problems: tuple[Problem, ...] = ()


def read_origin(document: Document) -> Origin:
    """Find out whose report a document is and for which year."""
    head = [block for block in document.blocks if isinstance(block, Paragraph)]
    title_body, title_year, title_place = _from_title(document, head)
    table_cells = [
        (cell.text, cell.location)
        for block in document.blocks
        if not isinstance(block, Paragraph)
        for row in block.rows[:12]
        for cell in row.cells[:3]
        if 4 <= len(cell.text) <= 60
    ]
    heads = [(p.text, p.location) for p in head if len(p.text) <= 80] + table_cells
    text = "\n".join(_squeeze(p.text) for p in head)
    joined = text.replace("\n", "")
    period, period_year, crooked = _period(joined)
    dated = (_TABLE_YEAR.search(_squeeze(text)) for text, _ in heads if "度" in text)
    table_year = next((int(found[1]) for found in dated if found), None)
    year = title_year or period_year or table_year or _year_of_prose(text)
    body = (
        title_body
        or next((m["body"] for t, _ in heads if (m := _FILLED_BY.search(_squeeze(t)))), None)
        or _from_prose(joined, text)
        or _from_signature(head, title_year)
    )
    place = title_place or (head[0].location if head else LostPlace("no running text"))
    problems = _contradictions(place, period, crooked, title_year, period_year, table_year)
    return Origin(body, year, problems)


def _squeeze(text: str) -> str:
    return "".join(fold(text).split())


def _from_title(document: Document, head: Sequence[Paragraph]) -> tuple[str | None, int | None, Location | None]:
    year: int | None = None
    for text, place in _title_candidates(document, head):
        squeezed = _squeeze(text).lstrip("#")
        if found := _NAMELESS_TITLE.match(squeezed):
            year = year or _as_year(found["before"]) or _as_year(found["beforec"])
        elif found := _TITLE.match(squeezed):
            years = [_as_year(found[name]) for name in ("before", "beforec", "after", "afterc", "end", "tail")]
            title_year = next((y for y in years if y), None)
            body = _clean_body(found["body"])
            if body and (title_year or _BODY_END.search(body)):
                return body, title_year or year, place
    return None, year, None


def _title_candidates(document: Document, head: Sequence[Paragraph]) -> Iterator[tuple[str, Location | None]]:
    """Give the texts that may be the title: short lines first, then the carrier's own title, then lines joined."""
    for paragraph in head[:40]:
        if len(paragraph.text) <= 60:
            yield paragraph.text, paragraph.location
    if document.title:
        yield document.title, None
    for more in (1, 2):
        # A title may be set in two or three lines.
        for index in range(min(40, len(head) - more)):
            parts = [p.text for p in head[index : index + more + 1]]
            if sum(map(len, parts)) <= 70:
                yield "".join(parts), head[index].location


def _as_year(text: str | None) -> int | None:
    if not text:
        return None
    digits = text.translate(_DIGITS)
    digits = digits if len(digits) == 4 else digits[0] + "0" * (4 - len(digits)) + digits[1:]
    return int(digits) if digits.isdigit() else None


def _clean_body(body: str) -> str | None:
    body = re.sub(r"^(?:附件\d?|正文|标题|首页|当前位置|>+)+", "", body).strip("-_|·. 年")
    return body if len(body) >= 2 and body not in _NO_BODY and not _NO_NAME.search(body) else None


def _period(text: str) -> tuple[str, int | None, bool]:
    """Give the words of the reporting period, its year, and whether it contradicts itself."""
    found = _PERIOD.search(text)
    if not found:
        return "", None, False
    first = int(found["y1"])
    last = int(found["y2"]) if found["y2"] else first
    return found.group().lstrip("自从为是期限间时周区"), first if first == last else None, first != last


def _year_of_prose(text: str) -> int | None:
    starts = Counter(int(year) for year in _SENTENCE_YEAR.findall(text))
    every = Counter(int(year) for year in _ANY_YEAR.findall(text))
    if starts:
        year, count = starts.most_common(1)[0]
        rivals = [other for other, number in starts.items() if other != year and number == count]
        if not rivals:
            return year
    named = set(_REPORT_OF.findall(text))
    if len(named) == 1:
        return int(named.pop())
    if every:
        (year, count), *others = every.most_common(2)
        if count >= 2 and (not others or others[0][1] < count):
            return year
    return None


def _from_signature(head: Sequence[Paragraph], title_year: int | None) -> str | None:
    """Give the body that signs the report above its date, or stands right below a title without a name."""
    lines = [_squeeze(p.text) for p in head]
    for name, date in pairwise(lines[-12:]):
        if _DATE.match(date) and _is_name(name):
            return name
    if title_year is not None:
        for title, name in pairwise(lines[:12]):
            if _NAMELESS_TITLE.match(title) and _is_name(name):
                return name
    return None


def _is_name(line: str) -> bool:
    return 4 <= len(line) <= 30 and bool(_BODY_END.search(line)) and line not in _NO_BODY and not _NO_NAME.search(line)


def _from_prose(joined: str, text: str) -> str | None:
    for pattern in (_INTRODUCED, _CALLED, _COMPILED, _ACTING):
        for found in pattern.finditer(text if pattern is _ACTING else joined):
            body = re.sub(r"^.*(?:20\d\d年度?|年来|年度)", "", found["body"])
            if (
                _BODY_END.search(body)
                and len(body) >= 4
                and not body.startswith(("中华人民共和国政府信息", "国务院办公厅关于"))
            ):
                return body
    return None


def _contradictions(
    place: Location,
    period: str,
    crooked: bool,
    title_year: int | None,
    period_year: int | None,
    table_year: int | None,
) -> tuple[Problem, ...]:
    problems = []
    if crooked:
        problems.append(Problem("period-contradiction", place, (), {"period": period, "year": title_year or ""}))
    elif title_year and period_year and title_year != period_year:
        problems.append(Problem("period-contradiction", place, (), {"period": period, "year": title_year}))
    if table_year and (other := title_year or period_year) and table_year != other:
        problems.append(Problem("year-contradiction", place, (), {"first": other, "second": table_year}))
    return tuple(problems)
