"""Printed pages -> whether a program can read them at all: pictures of text and text without codes are refused."""

import re
from collections.abc import Iterable, Mapping, Sequence

from validator.errors import ReadError
from validator.geometry import Box, PrintedPage

MOST_PAGES = 300
"""A file of more pages is not one annual report."""

_FEW_SIGNS = 30
_MOSTLY = 0.5
_LARGELY = 0.2
_GARBLED = 0.1

# What Chinese reports are printed in: ASCII, punctuation, numbers and signs of every kind, radicals and characters.
_FOREIGN = re.compile(
    r"[^ -~°±·×÷§‰ \u02C9-\u02CB\u0391-\u03C9\u2010-\u2027\u2030-\u205E\u20A0-\u2BFF\u2E80-\u9FFF\uF900-\uFAFF"
    r"\uFE10-\uFE6F\uFF01-\uFFE6\U00020000-\U0003FFFF]"
)


def judge_pages(pages: Sequence[PrintedPage], pictures: Mapping[int, Sequence[Box]]) -> None:
    """Refuse pages that show text but do not hold it; `pictures` are the boxes of pictures by number of the page.

    Raises ReadError: "scanned-pages" if a picture covers a page that has hardly any text, "garbled-pages" if the text
    is not of characters that reports are printed in. Pages with nothing on them are blank and no fault.
    """
    scanned = [page.number for page in pages if _is_scan(page, pictures.get(page.number, ()))]
    if scanned:
        raise ReadError("scanned-pages", pages=list_numbers(scanned))
    garbled = [page.number for page in pages if _is_garbled(page)]
    if garbled:
        raise ReadError("garbled-pages", pages=list_numbers(garbled))


def list_numbers(numbers: Iterable[int]) -> str:
    """Write ascending numbers as short as possible: "2, 5-7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _is_scan(page: PrintedPage, pictures: Sequence[Box]) -> bool:
    signs = len(page.glyphs)
    if signs >= _FEW_SIGNS or not pictures:
        return False
    covered = sum(max(0.0, right - left) * max(0.0, bottom - top) for left, top, right, bottom in pictures)
    return covered >= (_MOSTLY if signs else _LARGELY) * page.width * page.height


def _is_garbled(page: PrintedPage) -> bool:
    text = "".join([glyph.text for glyph in page.glyphs])
    return len(_FOREIGN.findall(text)) > _GARBLED * len(text)
