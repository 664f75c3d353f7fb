"""A document that holds several reports, one after the other -> a document for each, in the order of the file.

A report is cut from the one before only where that one has its first section and its figures already, and a title of
another year or body begins a text that has both as well. Whatever is less than that stays one report: a link to another
year's report, a title on the cover and again over the text, a table that is printed twice.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from validator.characters import fold
from validator.model.document import Block, Document, Paragraph, Remark, Table
from validator.model.location import Location, SheetPlace
from validator.numerals import parse_numeral

from .bodies import SPELLED
from .cutting import split_words

_TITLE = re.compile(rf"[^。;:!?]{{0,40}}?(?:20\d\d|{SPELLED})年[^。;:!?]{{0,24}}(?:报告|年报)(?:\(.{{0,12}}\))?")
_OF_DISCLOSURE = re.compile("信息公开|政务公开")
_YEAR = re.compile(rf"20\d\d|{SPELLED}")
_FIRST_SECTION = re.compile(r"(?:一|1)[、.．,]|第一(?:部分|章)")
_LATER_SECTION = re.compile(r"[二三四五六][、.．]|第[二三四五六](?:部分|章)")
_DATE_BEHIND = re.compile(r"[\s\[(（【]*20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?[\])）】\s]*$")
_NAME_OR_YEAR = re.compile(r"20\d\d年?(?:度)?|[^。;:,!?\d]{2,30}[局府委会办院厅部心处室所站校学社区县市镇乡团]")
_LONGEST_HEADING = 40
_FEWEST_FIGURES = 15
"""The smallest of the forms' tables holds so many; a table of links or of contacts has fewer."""
_FEWEST_LABELS = 20
MOST_REPORTS = 1000
"""No file holds as many; what follows them is not read."""
_FARTHEST = 60
"""So many blocks after its title the first section of a report begins at the latest, a table of contents between."""


def part_reports(document: Document) -> tuple[Document, ...]:
    """Give a document for each report, told apart by "#2", "#3" behind the source; itself alone if there is one."""
    blocks = document.blocks
    tables = [index for index, block in enumerate(blocks) if isinstance(block, Table)]
    bare = len(tables) < 2
    if not bare and isinstance(_place_of(blocks[tables[0]]), SheetPlace):
        pass  # another sheet may be another report, whatever its title
    elif sum(bool(_title_of(block)) for block in blocks) < 2 if bare else not _have_figures(blocks, tables):
        return (document,)
    cuts = list(_find_cuts(blocks, "".join(fold(document.title or "").split()), bare=bare))
    if not cuts:
        return (document,)
    edges = [0, *cuts, len(blocks)]
    pieces = [blocks[start:end] for start, end in pairwise(edges)]
    del pieces[MOST_REPORTS:]
    return tuple(_make_part(document, number, piece) for number, piece in enumerate(pieces, start=1))


def _have_figures(blocks: Sequence[Block], tables: Sequence[int]) -> bool:
    """Whether there can be figures enough for a report before the last title; most pages have none but their own."""
    last = max((index for index in range(tables[0], len(blocks)) if _title_of(blocks[index])), default=0)
    above = (block for index in tables if index < last and isinstance(block := blocks[index], Table))
    return sum(len(row.cells) for block in above for row in block.rows) >= _FEWEST_FIGURES


def list_titles(document: Document) -> dict[str, str]:
    """Give the titles of reports that a document prints in lines or cells of their own, one a year, by the year."""
    found: dict[str, str] = {}
    for block in document.blocks:
        cells = (cell for row in block.rows for cell in row.cells) if isinstance(block, Table) else (block,)
        for cell in cells:
            if title := _title_of(Paragraph(_DATE_BEHIND.sub("", cell.text), cell.location)):
                found.setdefault(_YEAR.findall(title)[0], title)
    return found


def _make_part(document: Document, number: int, blocks: tuple[Block, ...]) -> Document:
    sheets = {place.sheet for place in map(_place_of, blocks) if isinstance(place, SheetPlace)}
    return replace(
        document,
        source=document.source if number == 1 else f"{document.source}#{number}",
        blocks=blocks,
        title=document.title if number == 1 else None,
        remarks=tuple(remark for remark in document.remarks if _is_of(remark, sheets, is_first=number == 1)),
    )


def _is_of(remark: Remark, sheets: set[str], *, is_first: bool) -> bool:
    """Whether a remark is told with a part: one on a sheet with what stands there, all others with each part."""
    place = remark.location
    return place is None or (place.sheet in sheets if isinstance(place, SheetPlace) else is_first)


def _find_cuts(blocks: Sequence[Block], title: str, *, bare: bool) -> Iterator[int]:
    """Give where the second report begins, and each after it; `bare`: their tables are lines of text."""
    start = 0
    reading = _Reading(bare=bare)
    for index, block in enumerate(blocks):
        found = _title_of(block)
        if found and reading.is_whole() and _differ(found, title) and _begins_report(blocks, index, bare=bare):
            start = _before_title(blocks, start, index)
        elif _is_sheet_of_its_own(blocks, index, reading):
            start = index
        else:
            title = found if found and not reading.figures else title
            reading.take(block)
            continue
        yield start
        title, reading = found, _Reading(bare=bare)
        reading.take(block)


class _Reading:
    """What was met of a report: whether its first section, how many figures, and which labels.

    `bare`: figures are also those that stand at the end of a line of text, as of a table without bars.
    """

    def __init__(self, *, bare: bool = False) -> None:
        self.bare = bare
        self.has_first_section = False
        self.figures = 0
        self.labels: set[str] = set()

    def take(self, block: Block) -> None:
        """Take a block in."""
        if isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row.cells if cell.text):
                if parse_numeral(cell.text).kind == "number":
                    self.figures += 1
                elif 4 <= len(cell.text) <= 80:
                    self.labels.add("".join(fold(cell.text).split()))
        elif not self.has_first_section:
            self.has_first_section = _is_heading(block, _FIRST_SECTION)
        elif self.bare and "。" not in block.text:
            self.figures += sum(parse_numeral(word).kind == "number" for word, _ in split_words(block.text)[1])

    def is_whole(self) -> bool:
        """Whether it may be a report by itself."""
        return self.has_first_section and self.figures >= _FEWEST_FIGURES


def _title_of(block: Block) -> str:
    """Give the title of a report that a paragraph is, folded and without blanks; "" for any other block."""
    if not isinstance(block, Paragraph) or len(block.text) > 80:
        return ""
    if "年" not in block.text or not ("报" in block.text or "報" in block.text):
        return ""  # as nearly all are
    text = "".join(fold(block.text).split()).strip("《》<>")
    return text if _TITLE.fullmatch(text) and _OF_DISCLOSURE.search(text) else ""


def _differ(one: str, other: str) -> bool:
    """Whether two titles are of different reports: of other years, or of other bodies where both name one."""
    years = [_YEAR.findall(title) for title in (one, other)]
    if years[0] != years[1]:
        return bool(years[1])
    bodies = [_YEAR.split(title)[0] for title in (one, other)]
    return all(bodies) and bodies[0] not in other and bodies[1] not in one


def _begins_report(blocks: Sequence[Block], start: int, *, bare: bool) -> bool:
    """Whether the first section follows a title soon, and figures after it, before any other section or title."""
    reading = _Reading(bare=bare)
    for distance, block in enumerate(blocks[start + 1 :]):
        if not reading.has_first_section:
            if distance > _FARTHEST or isinstance(block, Table) or _is_heading(block, _LATER_SECTION):
                return False
        elif _title_of(block) and not reading.figures:
            return False
        reading.take(block)
        if reading.is_whole():
            return True
    return False


def _is_sheet_of_its_own(blocks: Sequence[Block], index: int, before: _Reading) -> bool:
    """Whether a sheet begins here that has nearly all labels of the sheets before: the same form, filled once more."""
    if not index or len(before.labels) < _FEWEST_LABELS:
        return False
    place, last = _place_of(blocks[index]), _place_of(blocks[index - 1])
    if not isinstance(place, SheetPlace) or not isinstance(last, SheetPlace) or place.sheet == last.sheet:
        return False
    reading = _Reading()
    for block in blocks[index:]:
        there = _place_of(block)
        if isinstance(there, SheetPlace) and there.sheet == place.sheet:
            reading.take(block)
    return reading.figures >= _FEWEST_FIGURES and len(reading.labels & before.labels) * 10 >= len(before.labels) * 9


def _before_title(blocks: Sequence[Block], start: int, title: int) -> int:
    """Give where a report begins: at its title, or at the lines right above that name its body or its sheet."""
    first = title
    while first - 1 > start and title - first < 2:
        block = blocks[first - 1]
        if not isinstance(block, Paragraph) or _is_heading(block, _LATER_SECTION):
            break
        text = "".join(fold(block.text).split())
        if not _NAME_OR_YEAR.fullmatch(text):
            break
        first -= 1
    return first


def _is_heading(block: Block, pattern: re.Pattern[str]) -> bool:
    return (
        isinstance(block, Paragraph)
        and len(block.text) <= _LONGEST_HEADING
        and pattern.match("".join(fold(block.text).split())) is not None
    )


def _place_of(block: Block) -> Location | None:
    if isinstance(block, Paragraph):
        return block.location
    return next((cell.location for row in block.rows for cell in row.cells), None)
