"""A report's prose as hashes of its sentences: small enough to keep thousands, and enough to see what was copied.

Digits and the body's own names are masked, so that a text in which only these were changed is the same text.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from validator.characters import fold
from validator.model.location import Location
from validator.model.report import Report
from validator.ruleset import Ruleset
from validator.ruleset.schema import CopyRule

from .names import plain_name, shorter_names
from .sentences import split_prose

_DIGITS = re.compile(r"[\d.]*\d%?|[一二两三四五六七八九十百]+(?=[件条次份个篇项期场名])")
_SELF = re.compile("[我本全](?:局|委|办|厅|院|市|县|区|镇|乡|街道|旗|州|部门|单位|机关|中心|校|馆|处|队)")
_SHORTEST = 8
"""Sentences shorter than this are headings, addresses and the like."""

_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Sketch:
    """The sentences of a report: `hashes` (8 bytes each), `lengths` and `sections` (2 bytes each) in order.

    `section_names` and `starts` say what the sections are called and where they begin; `names` are the body's own,
    `named` the hashes of sentences with such a name left as it is.
    """

    source: str
    body: str
    name: str
    year: int | None
    hashes: bytes
    lengths: bytes
    sections: bytes
    section_names: tuple[str, ...]
    starts: tuple[Location, ...]
    names: tuple[str, ...]
    named: frozenset[int]


class Passage(NamedTuple):
    """A sentence that counts: its hash as masked, the hash with the body's names left in, text, section and place."""

    mark: int
    named: int | None
    text: str
    section: str
    location: Location


def sketch(report: Report, ruleset: Ruleset, body: str = "", name: str = "") -> Sketch:
    """Sketch a report; `body` is the key and `name` the full name that identify() gave it."""
    hashes, lengths, sections = array("Q"), array("H"), array("H")
    numbers: dict[str, int] = {}
    starts: list[Location] = []
    named: set[int] = set()
    own = own_names(name or report.organization or "")
    for passage in find_passages(report, ruleset, own):
        if passage.section not in numbers:
            numbers[passage.section] = len(numbers)
            starts.append(passage.location)
        hashes.append(passage.mark)
        lengths.append(min(len(passage.text), 0xFFFF))
        sections.append(numbers[passage.section])
        if passage.named is not None:
            named.add(passage.named)
    return Sketch(
        source=report.source,
        body=body,
        name=name or report.organization or "",
        year=report.year,
        hashes=hashes.tobytes(),
        lengths=lengths.tobytes(),
        sections=sections.tobytes(),
        section_names=tuple(numbers),
        starts=tuple(starts),
        names=own,
        named=frozenset(named),
    )


def find_passages(report: Report, ruleset: Ruleset, own: tuple[str, ...]) -> Iterator[Passage]:
    """Give the sentences of a report that are its own: no headings, no fixed phrases of the form or the law."""
    fixed = _fixed_phrases(ruleset)
    masks = re.compile("|".join(map(re.escape, own))) if own else None
    for text, section, location in split_prose(report):
        if len(text) < _SHORTEST or fixed.search(text):
            continue
        without_figures = _SELF.sub("@", _DIGITS.sub("#", text))
        masked = masks.sub("@", without_figures) if masks is not None else without_figures
        named = _hash(without_figures) if masked != without_figures else None
        yield Passage(_hash(masked), named, text, section, location)


@lru_cache(maxsize=1024)
def own_names(name: str) -> tuple[str, ...]:
    """Give the names that a body goes by in its own text, the longest first."""
    if not name:
        return ()
    full, plain = "".join(fold(name).split()), plain_name(name)
    found = {full, plain, *shorter_names(full), *shorter_names(plain)}
    return tuple(sorted((n for n in found if len(n) >= _SHORTEST_NAME), key=lambda n: (-len(n), n)))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=8)
def _fixed_phrases(ruleset: Ruleset) -> re.Pattern[str]:
    """Compile what the form or the law says: the words that the rules about copying leave out."""
    words = {word for rule in ruleset.rules if isinstance(rule, CopyRule) for word in rule.leave_out}
    return re.compile("|".join(map(re.escape, sorted(words))) or r"(?!)")
