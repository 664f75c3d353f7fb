"""What the running text lacks as a text: sections of the form that are missing, and blanks left unfilled."""

import re
from collections.abc import Sequence
from functools import lru_cache

from validator.characters import fold
from validator.model.document import Paragraph
from validator.model.form import Form
from validator.model.report import Problem

from .labels import read_label

_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．,，]|第[一二三四五六七八九十]部分)")
_GAP = re.compile(r"[ \u3000\u00a0]{2}|__|＿＿|[×xX]{2}|\*\*")
_UNFILLED = re.compile(
    r"(?:信息|申请|文件|公开|受理|收到|答复|办结|共计|总计|制发|发布)"
    r"\s*(?:[ \u3000\u00a0]{2,}|_{2,}|＿{2,}|[×xX]{2,}|\*{2,})\s*余?[件条次份个篇项]"
    r"|(?:20)?[×xX_＿]{2,}年|[×xX＿]{2,}(?:省|市|县|区|镇|乡|街道|局|委|办)"
)
_LONGEST = 45


def find_section_problems(paragraphs: Sequence[Paragraph], form: Form) -> list[Problem]:
    """Give a problem for each section of the form that is missing or out of order, where most of them are there."""
    headings = [p for p in paragraphs if len(p.text) <= _LONGEST and _HEADING.match(fold(p.text))]
    cores = [read_label(p.text).core for p in headings]
    places = [
        next((i for i, core in enumerate(cores) if any(name in core for name in names)), None)
        for names in _section_cores(form)
    ]
    if sum(place is not None for place in places) < 4:
        return []
    problems = [
        Problem("missing-section", headings[0].location, (), {"section": section[0]})
        for section, place in zip(form.sections, places, strict=True)
        if place is None
    ]
    last = -1
    for section, place in zip(form.sections, places, strict=True):
        if place is not None and place < last:
            problems.append(Problem("section-order", headings[place].location, (), {"section": section[0]}))
        last = max(last, -1 if place is None else place)
    return problems


@lru_cache(maxsize=16)
def _section_cores(form: Form) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(read_label(name).core for name in section) for section in form.sections)


def find_placeholders(paragraphs: Sequence[Paragraph]) -> list[Problem]:
    """Give a problem for each place where a figure or a name was meant to be filled in and was not."""
    return [
        Problem("placeholder", paragraph.location, (), {"text": fold(found.group()).strip()})
        for paragraph in paragraphs
        if _GAP.search(paragraph.text)
        for found in _UNFILLED.finditer(paragraph.text)
    ]
