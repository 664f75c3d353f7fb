"""Pages as they are seen -> pages that hold their text; pictures of text and text without characters are told."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from validator.errors import ReadError
from validator.geometry import Box, Glyph, PrintedPage
from validator.model.document import Remark
from validator.patterns import Pattern
from validator.readers.opening import tell_scanning
from validator.readers.scans import ReadLine, ScannedPage, may_hold_table, put_in, see_picture

from .showing import PAGE_SHARE, UNKNOWN

MOST_PAGES = 300
"""A file of more pages is not one annual report."""
MOST_MARKS = 400_000
"""Characters and objects of all pages together; a report of 60 pages has about 100 000."""

MOST_SCANNED = 16
"""So many pictures of pages are read of one file: each takes some seconds."""

_FEW_GLYPHS = 40
"""A scanned page may have a page number, a stamp or the name of the scanner as text."""
_MANY_OUTLINES = 40
FEW_STROKES = 12
"""Rulings, in pieces, that a picture with a table has at least."""
_TABLE_SHARE = 0.1
"""The share of a page that a picture of a table covers at least."""
_INSET_WIDTH, _INSET_HEIGHT = 0.35, 0.04
"""The shares of a page's width and height that a table has at least that is a picture on it."""
_UNKNOWN_SHARE = 0.05
_FEW_UNKNOWN = 8
_MOSTLY = 0.5
_FOREIGN_SHARE = 0.1

# What is not printed in Chinese reports: they have ASCII, signs and numbers of many kinds, radicals and characters.
_FOREIGN = Pattern(
    r"[^ -~°±·×÷§‰ \u02C9-\u02CB\u0391-\u03C9\u2010-\u2027\u2030-\u205E\u20A0-\u2BFF\u2E80-\u9FFF\uF900-\uFAFF"
    r"\uFE10-\uFE6F\uFF01-\uFFE6\U00020000-\U0003FFFF]"
)


class SeenPage(msgspec.Struct, frozen=True):
    """What a page prints, and what tells whether that is its text.

    `hidden` is text that is there but not drawn, `pictures` the area of its pictures in square points, `outlines`
    counts curved figures, as text is that was turned into drawings. `picture` is the part of a package whose picture
    covers the page, and how wide it is in points. `insets` are the boxes of its pictures, and their parts in a package.
    """

    page: PrintedPage
    hidden: Sequence[Glyph] = ()
    pictures: float = 0.0
    outlines: int = 0
    picture: tuple[str, float] | None = None
    insets: Sequence[tuple[Box, str]] = ()


class Judged(msgspec.Struct, frozen=True):
    """The pages to be read, remarks about them, and why the file is refused if no table is found on them."""

    pages: list[PrintedPage]
    remarks: tuple[Remark, ...]
    refusal: ReadError | None


Draw = Callable[[SeenPage, tuple[Box, str] | None], tuple[Any, float] | None]
"""Gives a page, or one of its pictures, and how long a pixel of it is in points; None if it is too large."""


def read_pictures(seen: Sequence[SeenPage], draw: Draw) -> tuple[list[SeenPage], dict[int, ScannedPage]]:
    """Read the pages that are pictures without text, and tables that are pictures on pages of text.

    Gives all pages, and those of which something was read so by their numbers.
    """
    pages: list[SeenPage] = []
    scanned: dict[int, ScannedPage] = {}
    has_text = any(len(sight.page.glyphs) >= _FEW_GLYPHS for sight in seen)
    waiting = [sight for sight in seen if (_is_picture(sight) and not sight.hidden) or _list_insets(sight)]
    for sight in tell_scanning(seen, len(seen)) if waiting else seen:
        number = sight.page.number
        picture = None
        if len(scanned) >= MOST_SCANNED:
            pass
        elif not _is_picture(sight):
            picture = _read_insets(sight, draw)
        elif not sight.hidden and (drawn := draw(sight, None)) is not None:
            picture = see_picture(drawn[0], number, drawn[1])
            if has_text and len(picture.page.strokes) < FEW_STROKES:
                picture = None  # a cover or a photograph among pages of text
        if picture is None:
            pages.append(sight)
        else:
            scanned[number] = picture
            pages.append(SeenPage(picture.page))
    return pages, scanned


def _read_insets(sight: SeenPage, draw: Draw) -> ScannedPage | None:
    """Read what pictures on a page of text show, if they are as large as tables and have rulings; None if none has."""
    page = sight.page
    areas: list[Box] = []
    lines: list[ReadLine] = []
    for inset in _list_insets(sight):
        drawn = draw(sight, inset)
        if drawn is not None and may_hold_table(drawn[0], FEW_STROKES):
            read = put_in(page, see_picture(drawn[0], page.number, drawn[1]), inset[0])
            page = read.page
            areas.extend(read.areas)
            lines.extend(read.lines)
    return ScannedPage(page, tuple(lines), tuple(areas)) if areas else None


def _list_insets(sight: SeenPage) -> list[tuple[Box, str]]:
    """Give the pictures on a page that are as large as a table; none where text lies under them, as a scan's does."""
    width, height = _INSET_WIDTH * sight.page.width, _INSET_HEIGHT * sight.page.height
    boxes = () if sight.hidden else sight.insets
    return [inset for inset in boxes if inset[0][2] - inset[0][0] >= width and inset[0][3] - inset[0][1] >= height]


def _is_picture(sight: SeenPage) -> bool:
    page = sight.page
    is_covered = sight.pictures / max(page.width * page.height, 1.0) >= PAGE_SHARE
    count = len(page.glyphs)
    return (is_covered and count < _FEW_GLYPHS) or (not count and sight.outlines >= _MANY_OUTLINES)


def judge_pages(seen: Sequence[SeenPage]) -> Judged:
    """Tell pages of text from those that are pictures, with hardly any text, or whose text is not of characters.

    Of a picture what little text it has is kept, of a garbled page nothing. Text that lies hidden under a picture is
    read, and a remark says so; another names pages that hold pictures in which a table may stand. Raises
    ReadError("scanned-pages") or ("garbled-pages") where no page is left. A page with nothing on it is blank.
    """
    pages: list[PrintedPage] = []
    scanned: list[int] = []
    garbled: list[int] = []
    compared: list[int] = []
    pictured: list[int] = []
    for sight in seen:
        page = sight.page
        share = sight.pictures / max(page.width * page.height, 1.0)
        is_covered = share >= PAGE_SHARE
        if is_covered and sight.hidden:
            # Under a scan the text layer is not drawn; elsewhere text that is not drawn is none of the page.
            page = replace(page, glyphs=[*page.glyphs, *sight.hidden])
        count = len(page.glyphs)
        if _is_picture(replace(sight, page=page)):
            scanned.append(page.number)
        elif is_covered and len(sight.hidden) * 2 > count:
            compared.append(page.number)
        elif share >= _TABLE_SHARE:
            pictured.append(page.number)
        if _is_garbled(page):
            garbled.append(page.number)
            page = replace(page, glyphs=(), strokes=())
        pages.append(page)
    refusal = None
    if scanned:
        refusal = ReadError("scanned-pages", pages=name_pages(scanned))
    elif garbled:
        refusal = ReadError("garbled-pages", pages=name_pages(garbled))
    if refusal and not any(page.glyphs for page in pages):
        raise refusal
    told = {
        "scanned-with-text": compared,
        "picture-pages": sorted(scanned + pictured),
        "garbled-pages": garbled,
    }
    remarks = tuple(Remark(code, {"pages": name_pages(numbers)}) for code, numbers in told.items() if numbers)
    return Judged(pages, remarks, refusal)


def name_pages(numbers: Sequence[int]) -> str:
    """Write page numbers, runs of three or more shortened: "2、4–6"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def _is_garbled(page: PrintedPage) -> bool:
    """Whether so much of a page is unknown that it cannot be read; a few signs are bullets, or spoil their cells."""
    text = "".join([glyph.text for glyph in page.glyphs])
    unknown = text.count(UNKNOWN)
    foreign = len(_FOREIGN.findall(text))
    if foreign <= _FEW_UNKNOWN and foreign < _MOSTLY * len(text):
        return False
    return foreign > 0 and (unknown > _UNKNOWN_SHARE * len(text) or foreign > _FOREIGN_SHARE * len(text))
