"""Whose report it is and for which year, from its title, its period, the form's head, or its sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from validator.characters import fold
from validator.model.document import Document, Paragraph, Table
from validator.model.location import Location, LostPlace
from validator.model.report import Problem
from validator.patterns import Pattern

from .bodies import (
    NAMELESS_TITLE,
    TITLE,
    is_fuller,
    is_town,
    names_in_cells,
    names_in_signatures,
    names_in_titles,
    own_name,
    pieces_of_title,
    plain_title,
    title_body,
)
from .openings import names_in_sentences

_PERIOD = Pattern(
    r"(?:自|从|为|是|期限|期间|时间|时段|时限|周期|区间|数据)[^。;]{0,8}?(?P<y1>20\d\d)年0?1月0?1日(?:零时|0时)?(?:起|开始)?[,，]?"
    r"(?:至|到|-|—|~|–)+(?:(?P<y2>20\d{2,8})年)?12月3[01]日"
)
_DAMAGED = Pattern(
    r"(?:期限|期间|时间|时段|时限|周期)(?:[为是自从由均:,]|分别)*"
    r"(?P<period>(?P<year>20[0-4]\d)(?:年|1月1日|1\d{0,3}日)[^。;]{0,12}?(?:至|到)[^。;]{0,16}?日)"
)
_DOTTED = Pattern(
    r"(?:期限|期间|时段|时限|周期)[^。;\d]{0,10}(20\d\d)[-./]0?1[-./]0?1(?:至|到|-|—|~|–)+(20\d\d)[-./]12[-./]31"
)
_WHOLE_DATES = Pattern(r"20\d\d年\d{1,2}月\d{1,2}日\D*(?:20\d\d年)?\d{1,2}月\d{1,2}日")
_YEAR_IN_TITLE = Pattern(r"(?P<plain>20[0-4]\d)年?(?!\d)|(?P<spelled>二[〇○零ＯO0]?[〇○零ＯO一二三四五六七八九0]{2})年")
_YEAR_WORDS = Pattern(r"\(?20[0-4]\d年?度?\)?")
_TELLING = Pattern("报告|年报|報告|年報|单位|單位|机关|機關|机构|機構|部门|部門|来源|來源|年度")
_TABLE_YEAR = Pattern(r"(?:^\(?|单位.{3,40}?)(20[0-4]\d)年度\)?$")
_QUOTED = Pattern(
    r"(?:(?:编制|编写|制作|撰写|形成)了?|现(?:将|公布|发布|公开))[《<]?(?P<title>[^《》<>。]{6,80}?(?:报告|年报))"
)
_OF_ANOTHER = Pattern(r"反映|整改|指出|上年|上一年|去年|往年|点评|通报|考核")
_REPORT_OF = Pattern(r"(?<!\d)(20[0-4]\d)年(?:度)?(?:的)?(?:政府信息公开|政务公开)?(?:工作)?(?:年度)?(?:工作)?报告")
_SENTENCE_YEAR = Pattern(r"(?:^|[。；!\n])\s*(20[0-4]\d)年(?:度)?(?!\d{1,2}月|-|—|至|以来)")
_ANY_YEAR = Pattern(r"(?<!\d)(20[0-4]\d)年(?!\d{1,2}月\d{1,2}日[,，]?(?:发布|公布))")
_ONLY_YEAR = Pattern(
    r"(?<!\d)(20[0-4]\d)年(?!\d{1,2}月|[^。，,]{0,6}(?:修订|公布|施行|实施|印发|发布|颁布|制定|成立|版))"
)
_DIGITS = str.maketrans("〇○零ＯO一二三四五六七八九", "00000123456789")
_PINYIN = Pattern(r"(?<=[^\W\d_])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")
"""A converter's note of how a character is read: 數(shù)據(jù)."""
_SELF = Pattern(r"[我本]([局镇乡委办院校厅部站署会队处行]|街道|中心|支队|分局|公司|馆|区|县|市)")
_REGION = Pattern(r"[^镇乡]{2}(?:省|自治区|市|州|县|区|旗|盟).{2}|^国家|^中")
"""A name with its region before it is told in full: nothing in the text can make it longer."""
_SURE = 2
_FAR = 400
_LONGEST_KEPT = 80


class Origin(NamedTuple):
    """The body and the year of a report, None where the document does not say; and what contradicts itself."""

    organization: str | None
    year: int | None
    problems: tuple[Problem, ...] = ()


def read_origin(document: Document) -> Origin:
    """Find out whose report a document is and for which year."""
    head = [block for block in document.blocks if isinstance(block, Paragraph)]
    texts = [_squeeze(p.text) for p in head]
    rows = [
        ([_squeeze(cell.text) for cell in row.cells[:4] if len(cell.text) <= 80], row.cells[0].location)
        for block in document.blocks
        if not isinstance(block, Paragraph)
        for row in block.rows[:12]
        if any(_is_telling(cell.text) for cell in row.cells[:4] if not cell.text.isascii())
    ]
    titles = list(_title_candidates(document, head, texts, rows))
    title_year, title_place = _year_of_titles(titles)
    joined = "".join(texts)
    period = _read_period(joined)
    heads = [text for text in texts if len(text) <= 80] + [cell for cells, _ in rows for cell in cells]
    table_year = next((int(found[1]) for text in heads if "度" in text and (found := _TABLE_YEAR.search(text))), None)
    quoted_year = None if title_year else _quoted_year(texts)
    year = title_year or period.year or table_year or quoted_year or _year_of_prose("\n".join(texts))
    body = _find_body(texts, [cells for cells, _ in rows], [title for title, _ in titles])
    place = title_place or (head[0].location if head else LostPlace("no running text"))
    return Origin(body, year, _contradictions(place, period, title_year or quoted_year, table_year))


def read_named_origin(document: Document, names: Sequence[str], read: Origin) -> Origin:
    """Give the origin of a document with what the title that names its form says of body and year."""
    if read.year and read.organization:
        return read
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    texts += [cell.text for block in document.blocks if isinstance(block, Table) for cell in block.rows[0].cells[:1]]
    for text in (document.title or "", *texts):
        title = _squeeze(text) if len(text) <= 80 else ""
        if any(name in title for name in names):
            year = _year_in(title)
            before = min((_YEAR_WORDS.sub("", title).partition(name)[0] for name in names), key=len)
            read = Origin(read.organization or own_name(before), read.year or year, read.problems)
    return read


def _is_telling(text: str) -> bool:
    return _tells(text) if len(text) <= _LONGEST_KEPT else _TELLING.search(text) is not None


@lru_cache(maxsize=4096)  # reports of a form have the same labels
def _tells(text: str) -> bool:
    return _TELLING.search(text) is not None


def _squeeze(text: str) -> str:
    squeezed = "".join(fold(text).split())
    return _PINYIN.sub("", squeezed) if "(" in squeezed else squeezed


def _find_body(texts: Sequence[str], cells: Sequence[Sequence[str]], titles: Sequence[str]) -> str | None:
    """Give the name of the body whose report a document is; None if it names none.

    `texts` are its paragraphs without blanks, `cells` the rows at the head of its tables, `titles` what may be its
    title, the likeliest first. The surest name counts, in the fullest of the forms in which it is given.
    """
    titled = list(names_in_titles(titles))
    if titled and titled[0].rank == 1 and _REGION.search(titled[0].name) and not is_town(titled[0].name):
        return titled[0].name
    said = [*titled, *names_in_cells(cells), *names_in_signatures(texts)]
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


def _is_called_so(name: str, selves: set[str]) -> bool:
    """Whether the words that the report uses of its body (我局, 本镇) fit a name, as far as it uses any."""
    own = selves - {"区", "县", "市", "部", "会", "处", "行"}
    return not own or any(word in name for word in own) or ("街道" in name and "办" in own)


def _title_candidates(
    document: Document,
    head: Sequence[Paragraph],
    texts: Sequence[str],
    rows: Sequence[tuple[Sequence[str], Location]],
) -> Iterator[tuple[str, Location | None]]:
    """Give what may be the title: short lines first, rows at the head, the carrier's own title, then lines joined."""
    for paragraph, text in zip(head[:40], texts, strict=False):
        if len(text) <= 60 and _is_report(text):
            yield plain_title(text), paragraph.location
    for cells, place in rows[:12]:
        for cell in cells:
            if _is_report(cell):
                yield plain_title(cell), place
    if document.title:
        yield _squeeze(document.title), None
    for more in (1, 2):
        # A title may be set in two or three lines.
        for index in range(min(40, len(texts) - more)):
            parts = texts[index : index + more + 1]
            if sum(map(len, parts)) <= 70 and _is_report(whole := "".join(parts)):
                yield plain_title(whole), head[index].location


def _is_report(text: str) -> bool:
    return "报告" in text or "年报" in text or text.endswith("情况")


def _year_of_titles(titles: Sequence[tuple[str, Location | None]]) -> tuple[int | None, Location | None]:
    """Give the year in the title that names a body, or else in one that names none, and where that title stands."""
    year: int | None = None
    for whole, place in titles:
        for title in pieces_of_title(whole):
            found = TITLE.match(title)
            if found and title_body(title):
                return _year_in(title[: found.end() + 8]) or year, place
            if year is None and (nameless := NAMELESS_TITLE.match(title)):
                year = _year_in(title[: nameless.end() + 8])
    return year, None


def _year_in(title: str) -> int | None:
    if re.search(r"20\d\d[-—–~至]+20\d\d", title):
        return None
    found = _YEAR_IN_TITLE.search(title)
    if not found:
        return None
    if found["plain"]:
        return int(found["plain"])
    digits = found["spelled"].translate(_DIGITS)
    return int(digits if len(digits) == 4 else digits[0] + "0" * (4 - len(digits)) + digits[1:])


def _quoted_year(texts: Sequence[str]) -> int | None:
    """Give the year of the title that the opening sentences quote as that of this report."""
    for text in texts[:40]:
        for found in _QUOTED.finditer(text[:600]):
            title = TITLE.match(found["title"]) or NAMELESS_TITLE.match(found["title"])
            if title and not _OF_ANOTHER.search(text[: found.end() + 20]):
                return _year_in(found["title"])
    return None


class _Period(NamedTuple):
    """The words of the reporting period, its year, and what is wrong with it: "", "crooked" or "damaged"."""

    words: str = ""
    year: int | None = None
    wrong: str = ""


def _read_period(text: str) -> _Period:
    found = _PERIOD.search(text)
    if found:
        first, last = found["y1"], found["y2"] or found["y1"]
        words = text[found.start("y1") : found.end()]
        if len(last) > 4:
            return _Period(words, int(first), "crooked")
        return _Period(words, int(first) if first == last else None, "" if first == last else "crooked")
    if (dotted := _DOTTED.search(text)) and dotted[1] == dotted[2]:
        return _Period(dotted.group(), int(dotted[1]))
    damaged = _DAMAGED.search(text)
    if damaged and not _WHOLE_DATES.search(damaged["period"]):
        return _Period(damaged["period"], int(damaged["year"]), "damaged")
    return _Period()


def _year_of_prose(text: str) -> int | None:
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
    only = set(_ONLY_YEAR.findall(text))
    return int(only.pop()) if len(only) == 1 else None


def _contradictions(
    place: Location, period: _Period, title_year: int | None, table_year: int | None
) -> tuple[Problem, ...]:
    problems = []
    if period.wrong == "damaged":
        problems.append(Problem("period-damaged", place, (), {"period": period.words}))
    elif period.wrong:
        year = title_year or period.year or ""
        problems.append(Problem("period-contradiction", place, (), {"period": period.words, "year": year}))
    elif title_year and period.year and title_year != period.year:
        problems.append(Problem("period-contradiction", place, (), {"period": period.words, "year": title_year}))
    if table_year and (other := title_year or period.year) and table_year != other:
        problems.append(Problem("year-contradiction", place, (), {"first": other, "second": table_year}))
    return tuple(problems)
