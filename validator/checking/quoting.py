"""Pieces of the prose as messages quote them."""

import re

from validator.model.bilingual import Bilingual
from validator.model.report import Claim

from .wording import plain

_MARK = re.compile(r"[,，;；。:：！？!?（）()、\n]")
_LONGEST = 60


def quote_clause(claim: Claim) -> Bilingual:
    """Quote what stands between the marks around a claim."""
    text, end = claim.text, claim.offset + len(claim.span)
    start = max(
        (found.end() for found in _MARK.finditer(text, max(claim.offset - _LONGEST, 0), claim.offset)), default=0
    )
    stop = _MARK.search(text, end)
    return plain(_shorten(text[start : stop.start() if stop else len(text)].strip()))


def quote_stretch(*claims: Claim) -> Bilingual:
    """Quote the sentence of the first claim from the first to the last of those that stand in it."""
    first = claims[0]
    here = [claim for claim in claims if claim.text == first.text]
    begin, last = min(claim.offset for claim in here), max(claim.offset + len(claim.span) for claim in here)
    starts = [found.end() for found in _MARK.finditer(first.text, max(begin - _LONGEST, 0), begin)]
    stop = _MARK.search(first.text, last)
    return plain(_shorten(first.text[starts[-1] if starts else 0 : stop.start() if stop else None].strip()))


def _shorten(text: str) -> str:
    return text if len(text) <= 2 * _LONGEST else f"{text[:_LONGEST]}……{text[-_LONGEST:]}"
