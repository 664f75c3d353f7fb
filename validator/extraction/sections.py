"""The prose of a report -> where each section of its form begins."""

from collections.abc import Sequence
from functools import lru_cache

from validator.characters import fold
from validator.model.document import Paragraph
from validator.model.form import Form
from validator.patterns import Pattern

from .labels import read_label
from .lines import LONGEST_HEADING

_HEADING = Pattern(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．,，]|第[一二三四五六七八九十]部分)")
_MOST_OF_THEM = 4
"""With fewer of its headings a text is not divided as the form says, and nothing is said of its sections."""


def place_sections(paragraphs: Sequence[Paragraph], form: Form) -> list[list[int]]:
    """Give for each section of a form the numbers of the paragraphs that are its heading; nothing if most are missing.

    A list of contents prints headings too: then a section has several.
    """
    headings = [i for i, p in enumerate(paragraphs) if len(p.text) <= LONGEST_HEADING and _HEADING.match(fold(p.text))]
    cores = [(i, read_label(paragraphs[i].text).core) for i in headings]
    places = [[i for i, core in cores if any(name in core for name in names)] for names in _section_cores(form)]
    return places if sum(map(bool, places)) >= _MOST_OF_THEM else []


@lru_cache(maxsize=16)
def _section_cores(form: Form) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(read_label(name).core for name in section) for section in form.sections)
