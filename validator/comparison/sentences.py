"""The prose of a report as sentences without blanks, each with the section it stands in and its place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.characters import fold
from validator.model.location import Location
from validator.model.report import Report

_END = re.compile("[^。！？；!?;]+[。！？；!?;]?")
_HEADING = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.,]|部分)|\([一二三四五六七八九十]{1,3}\))")
_SECTION = re.compile(r"([一二三四五六七八九十]{1,3})[、.,]")
_LONGEST_HEADING = 40


class Sentence(NamedTuple):
    """A sentence, folded and without blanks; `section` is the number of its section as printed, "" before the first."""

    text: str
    section: str
    location: Location


def split_prose(report: Report) -> Iterator[Sentence]:
    """Give the sentences of a report; headings are left out, lines of a text printed line by line are joined."""
    section, waiting = "", ""
    place: Location | None = None
    for paragraph in report.prose:
        text = "".join(fold(paragraph.text).split())
        if not text:
            continue
        if len(text) <= _LONGEST_HEADING and _HEADING.match(text) and not text.endswith(("。", ";")):
            if waiting and place is not None:
                yield from _cut(waiting, section, place)
            waiting = ""
            found = _SECTION.match(text)
            section = found[1] if found else section
            continue
        if not report.line_per_paragraph:
            yield from _cut(text, section, paragraph.location)
            continue
        if not waiting:
            place = paragraph.location
        waiting += text
        if text.endswith(("。", "!", "?", ":")) and place is not None:
            yield from _cut(waiting, section, place)
            waiting = ""
    if waiting and place is not None:
        yield from _cut(waiting, section, place)


def _cut(text: str, section: str, place: Location) -> Iterator[Sentence]:
    for found in _END.finditer(text):
        yield Sentence(found.group(), section, place)
