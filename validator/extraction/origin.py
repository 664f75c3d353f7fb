"""Whose report it is and for which year, from its title, its period, the form's head, or its sentences."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from validator.characters import fold
from validator.model.document import Document, Paragraph, Table
from validator.model.location import Location, LostPlace
from validator.model.report import Problem
from validator.patterns import Pattern

from .bodies import HEAD, Said, own_name
from .bylines import (
    NO_EVIDENCE,
    names_alone,
    names_beside_titles,
    names_in_cells,
    names_in_crumbs,
    names_in_signatures,
    regions_around,
)
from .openings import names_in_sentences
from .same_body import is_bare, is_fuller, is_region, is_town, last_region, with_region
from .titles import (
    Title,
    is_report,
    names_in_titles,
    plain_title,
    titles_in_lines,
    year_in,
    year_of_titles,
)
from .years import Period, quoted_year, read_period, year_of_days, year_of_prose

_YEAR_WORDS = Pattern(r"\(?20[0-4]\d年?度?\)?")
_TELLING = Pattern("报告|年报|報告|年報|单位|單位|机关|機關|机构|機構|部门|部門|主体|主體|来源|來源|年度")
_TABLE_YEAR = Pattern(r"(?:^\(?|单位.{3,40}?)(20[0-4]\d)年度\)?$")
_PINYIN = Pattern(r"(?<=[^\W\d_])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")
"""A converter's note of how a character is read: 數(shù)據(jù)."""
_SELF = Pattern(r"[我本]([局镇乡委办院校厅部站署会队处行]|街道|中心|支队|分局|公司|馆|区|县|市)")
_CALLED_SO = {"校": ("学", "院"), "委": ("区", "城", "园"), "办": ("街道",)}
"""What bodies end in that call themselves by another word: a college 我校."""
_REGION = Pattern(r"[^镇乡]{2}(?:省|自治区|市|州|县|区|旗|盟).{2}|^国家|^中")
"""A name with its region before it is told in full: nothing in the text can make it longer."""
_OFFICE = Pattern(r"(?:(?:政务|(?<!人民)政府信息|信息)公开(?:工作)?(?:领导小组)?)?办(?:公[室厅])?$")
_OF_ALL_BELOW = Pattern(r"(?:汇总|综合)[^。;]{0,30}各[^。;]{0,20}(?:部门|单位|政府|乡镇|镇乡|街道|委)")
_OUR_REGION = Pattern("我[省市县区州旗盟]")
_WHOLE_REGION = Pattern("[我全本][省市县区州旗盟]|各(?:部门|单位|乡镇|镇乡)")
_SURE, _ASKED, _ACTING = 2, 4, 5
"""Ranks of names: of who compiles the report, is to be asked, or acts."""
_NEAR = 15
_FAR = 400
_LONGEST_KEPT = 80
_LONGEST_TITLE = 300


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
    titles = list(_title_candidates(document, [paragraph.location for paragraph in head], texts, rows))
    title_year, title_place = year_of_titles(titles)
    joined = "".join(texts)
    period = read_period(joined)
    heads = [text for text in texts if len(text) <= 80] + [cell for cells, _ in rows for cell in cells]
    table_year = next((int(found[1]) for text in heads if "度" in text and (found := _TABLE_YEAR.search(text))), None)
    quoted = None if title_year else quoted_year(texts)
    stated = title_year or period.year or table_year or quoted
    year = stated or year_of_prose("\n".join(texts)) or year_of_days(texts)
    body = _find_body(texts, [cells for cells, _ in rows], titles)
    place = title_place or (head[0].location if head else LostPlace("no running text"))
    return Origin(body, year, _contradictions(place, period, title_year or quoted, table_year))


def read_named_origin(document: Document, names: Sequence[str], read: Origin) -> Origin:
    """Give the origin of a document with what the title that names its form says of body and year."""
    if read.year and read.organization:
        return read
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    texts += [cell.text for block in document.blocks if isinstance(block, Table) for cell in block.rows[0].cells[:1]]
    for text in (document.title or "", *texts):
        title = _squeeze(text) if len(text) <= 80 else ""
        if any(name in title for name in names):
            year = year_in(title)
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


def _find_body(texts: Sequence[str], cells: Sequence[Sequence[str]], titles: Sequence[Title]) -> str | None:
    """Give the name of the body whose report a document is; None if it names none.

    `texts` are its paragraphs without blanks, `cells` the rows at the head of its tables, `titles` what may be its
    title, the likeliest first. The surest name counts, in the fullest of the forms in which it is given.
    """
    said = [
        *names_in_titles(titles),
        *names_in_cells(cells),
        *names_beside_titles(texts, titles),
        *names_in_signatures(texts),
        *names_in_crumbs(texts),
        *names_alone(texts),
    ]
    # A title that names a region and a body is cut short at most: then its full name stands near.
    titled = next((o.name for o in said if o.rank == 1 and _REGION.search(o.name) and not is_town(o.name)), None)
    stating = texts if titled is None else [text if titled[:2] in text else "" for text in texts[:_NEAR]]
    for one in names_in_sentences(stating):
        said.append(one)
        if one.rank <= _SURE and _REGION.search(one.name) and not is_town(one.name):
            break
    selves = set(_SELF.findall("".join(text[:_FAR] for text in texts[:_FAR])))
    said = [one for one in said if one.rank < _ASKED or _is_called_so(one.name, selves)]
    said.sort(key=lambda one: one.rank)
    if not said or said[0].rank == NO_EVIDENCE:
        return None
    name = said[0].name if said[0].rank == 1 else _office_or_its_body(said, selves, texts)
    if name is None:
        return None
    for one in said:
        if is_fuller(one.name, name):
            name = one.name
    return _complete(name, texts)


def _office_or_its_body(said: Sequence[Said], selves: set[str], texts: Sequence[str]) -> str | None:
    """Give the first name, or that of the body which it is an office of and reports for; None if it may be either."""
    name = said[0].name
    seat = _OFFICE.sub("", name)
    if seat == name or selves & {"办", "厅"}:
        return name
    if not seat.endswith("政府") and not is_region(seat):
        return seat if any(one.name == seat and one.rank < NO_EVIDENCE for one in said) else name
    if any(_OF_ALL_BELOW.search(text) for text in texts[:HEAD]):
        return own_name(seat)  # what a government's departments and towns did is in its own report
    rank = said[0].rank
    if rank == _ASKED:  # mostly about its government's report, for its own says 我办
        return own_name(seat) if any(_WHOLE_REGION.search(text) for text in texts[:_FAR]) else None
    acts = rank == _ACTING and not any(_OUR_REGION.search(text) for text in texts[:_FAR])
    return name if rank < _ASKED or acts else None  # it publishes what others report as well


def _complete(name: str, texts: Sequence[str]) -> str:
    """Give a name with what is printed around it: the government of a region, the region of a page or an address."""
    if name.endswith(("省", "市", "县", "区", "州", "旗", "盟")):
        spelled = [last_region(name), *([name[:2] + name[-1]] if "自治" in name else [])]
        governs = re.compile(
            rf"(?:{'|'.join(map(re.escape, spelled))})(人民政府(?!(?:门户|官方)?网|公报)|管理?委员?会)"
        )
        found = next(filter(None, map(governs.search, texts[:_FAR])), None)
        return name + found[1] if found else name
    regions = set(regions_around(texts)) if is_bare(name) and not is_town(name) else ()
    return with_region(name, *regions) if len(regions) == 1 else name


def _is_called_so(name: str, selves: set[str]) -> bool:
    """Whether the words that the report uses of its body (我局, 本镇) fit a name, as far as it uses any."""
    own = selves - {"区", "县", "市", "部", "会", "处", "行"}
    ends = [end for word in own for end in _CALLED_SO.get(word, ())]
    return not own or any(word in name for word in own) or name.endswith(tuple(ends))


def _title_candidates(
    document: Document,
    places: Sequence[Location],
    texts: Sequence[str],
    rows: Sequence[tuple[Sequence[str], Location]],
) -> Iterator[Title]:
    """Give what may be the title: lines at the head, alone or joined, rows at the head, the carrier's own title."""
    yield from titles_in_lines(texts, places)
    for cells, place in rows[:12]:
        for cell in cells:
            if is_report(cell):
                yield Title(plain_title(cell), place)
    if document.title:
        yield Title(_squeeze(document.title[:_LONGEST_TITLE]), None)


def _contradictions(
    place: Location, period: Period, title_year: int | None, table_year: int | None
) -> tuple[Problem, ...]:
    problems = []
    if period.wrong == "damaged":
        problems.append(Problem("period-damaged", place, (), {"period": period.words}))
    elif period.wrong:
        year = title_year or period.year or ""
        problems.append(Problem("period-contradiction", place, (), {"period": period.words, "year": year}))
    elif title_year and period.year and period.sure and title_year != period.year:
        problems.append(Problem("period-contradiction", place, (), {"period": period.words, "year": title_year}))
    if table_year and (other := title_year or period.year) and table_year != other:
        problems.append(Problem("year-contradiction", place, (), {"first": other, "second": table_year}))
    return tuple(problems)
