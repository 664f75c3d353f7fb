"""A report's prose as sentences, and as hashes of them: small enough to keep thousands, enough to see what was copied.

Digits and the body's own names are masked, so that a text in which only these were changed is the same text.
"""

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from validator.characters import fold
from validator.model.document import Paragraph
from validator.model.location import Location
from validator.model.report import Report
from validator.patterns import Pattern
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Rule

from .names import plain_name, shorter_names

_END = Pattern("[^。！？；!?;]+[。！？；!?;]?")
_HEADING = Pattern(r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.,]|部分)|\([一二三四五六七八九十]{1,3}\))")
_SECTION = Pattern(r"([一二三四五六七八九十]{1,3})[、.,]")
_LONGEST_HEADING = 40
_FIGURES = Pattern("[0-9一二两三四五六七八九十百][0-9.%一二两三四五六七八九十百]*")
_SELF = Pattern("[我本全](?:局|委|办|厅|院|市|县|区|镇|乡|街道|旗|州|部门|单位|机关|中心|校|馆|处|队)")
_SHORTEST = 8
"""Sentences shorter than this are headings, addresses and the like."""

_SHORTEST_NAME = 3


class Sentence(NamedTuple):
    """A sentence, folded and without blanks; `section` is the number of its section as printed, "" before the first."""

    text: str
    section: str
    location: Location


def split_prose(report: Report) -> tuple[Sentence, ...]:
    """Give the sentences of a report; headings are left out, lines of a text printed line by line are joined."""
    return _split(report.prose, report.line_per_paragraph)


@lru_cache(maxsize=32)
def _split(prose: tuple[Paragraph, ...], line_per_paragraph: bool) -> tuple[Sentence, ...]:
    return tuple(_sentences(prose, line_per_paragraph))


def _sentences(prose: tuple[Paragraph, ...], line_per_paragraph: bool) -> Iterator[Sentence]:
    section, waiting = "", ""
    place: Location | None = None
    for paragraph in prose:
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
        if not line_per_paragraph:
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


class CopyRule(Rule, frozen=True, kw_only=True):
    """Prose that stands in another report: from this percentage on, of so many characters at least.

    Sentences with one of the words of `leave_out` are what the form or the law says and do not count.
    """

    percent: int
    characters: int
    leave_out: tuple[str, ...] = ()


class Sketch(msgspec.Struct, frozen=True):
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
    own = own_names(name or report.organization or "")
    return _sketch(report, find_passages(report, ruleset, own), own, body, name)


def sketch_twice(report: Report, ruleset: Ruleset, body: str, name: str) -> tuple[Sketch, Sketch]:
    """Sketch a report as whose it is, and as it would be sketched by what it says itself."""
    if name in ("", report.organization):
        by_identity = sketch(report, ruleset, body, name)
        return by_identity, by_identity
    if report.organization:
        return sketch(report, ruleset, body, name), sketch(report, ruleset)
    own = own_names(name)
    passages = list(find_passages(report, ruleset, own))
    left = (p if p.named is None else p._replace(mark=p.named, named=None) for p in passages)
    return _sketch(report, passages, own, body, name), _sketch(report, left, (), "", "")


def _sketch(report: Report, passages: Iterable[Passage], own: tuple[str, ...], body: str, name: str) -> Sketch:
    hashes, lengths, sections = array("Q"), array("H"), array("H")
    numbers: dict[str, int] = {}
    starts: list[Location] = []
    named: set[int] = set()
    for passage in passages:
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
    found = [sentence for sentence in split_prose(report) if len(sentence.text) >= _SHORTEST]
    # All at once, and by whole words: to search each sentence for each pattern takes many times as long.
    text = "\n".join([sentence.text for sentence in found])
    fixed = [phrase for phrase in _fixed_phrases(ruleset) if phrase in text]
    if fixed:
        found = [sentence for sentence in found if not any(phrase in sentence.text for phrase in fixed)]
        text = "\n".join([sentence.text for sentence in found])
    plain = _SELF.sub("@", _FIGURES.sub("#", text))
    masked = plain
    for name in own:
        masked = masked.replace(_FIGURES.sub("#", name), "@")
    for (text, section, location), left, bare in zip(found, plain.split("\n"), masked.split("\n"), strict=False):
        mark = _hash(bare)
        yield Passage(mark, None if left == bare else _hash(left), text, section, location)


@lru_cache(maxsize=1024)
def own_names(name: str) -> tuple[str, ...]:
    """Give the names that a body goes by in its own text, the longest first."""
    if not name:
        return ()
    full, plain = "".join(fold(name).split()), plain_name(name)
    found = {full, plain, *shorter_names(full), *shorter_names(plain)}
    return tuple(sorted((n for n in found if len(n) >= _SHORTEST_NAME), key=lambda n: (-len(n), n)))


def _hash(text: str) -> int:
    # Imported here: one report is held against no other, and all of OpenSSL comes with it.
    from hashlib import blake2b

    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=8)
def _fixed_phrases(ruleset: Ruleset) -> tuple[str, ...]:
    """Give what the form or the law says: the words that the rules about copying leave out."""
    rules = [rule for rule in ruleset.rules if isinstance(rule, CopyRule)]
    return tuple(sorted({fold(word) for rule in rules for word in rule.leave_out}))
