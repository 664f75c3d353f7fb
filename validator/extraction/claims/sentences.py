"""Running text as sentences: lines joined where they run on, every character with its place in the file."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from validator.characters import fold
from validator.model.document import Paragraph
from validator.model.location import Location, TextPlace
from validator.patterns import Pattern

from .figures import COUNTERS

_END = Pattern(r"[。！？!?]+[”’」』]?")
_HEADING_STARTS = frozenset("一二三四五六七八九十⼀⼆⼗⼋（(#|0123456789 \t\u3000")
_HEADING = Pattern(
    r"\s*(?:[一二三四五六七八九十⼀⼆⼗⼋]{1,3}[、.．]|[（(][一二三四五六七八九十⼀⼆⼗⼋\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[#|])"
)
# One set of characters comes first, so that the search passes over all others at once.
_WORDY = Pattern(
    r"[0-9０-９未没沒無无⽆零不均一二两三四五六七八九十百⼀⼆⼗⼋]"
    r"(?:(?<=[0-9０-９])(?<![0-9０-９]{2})[0-9０-９,，.．]{0,15}+\s{0,3}[万亿余多来几千]{0,3}\s{0,3}"
    r"(?:[件条條起宗项項例份个個次封桩笔筆人名位户戶处處家所篇则則部场場期批元申]|[,，;；、)）。]|(?<=[,，])|$)"
    r"|(?<=[未没沒無无⽆零])|(?<=不)存在|(?<=均)[获予被]{0,2}(?:维持|維持)"
    rf"|(?<=[一二两三四五六七八九十百⼀⼆⼗⼋])[{COUNTERS}])"
)
_RUN = Pattern(r"\S+")
_LINE = Pattern(r"[^\n]*\n?")
_LONGEST = 600
_LONGEST_HEADING = 45
_STOPS = tuple("。！？!?")
_PAUSES = tuple(",，、；;")
_HEADINGS = ("情况", "方面", "工作", "建设", "机制", "保障", "管理")
"""How headings end that fill a line."""
_RAGGED = 10
"""So many columns a broken line may be shorter than others: it is indented, and a figure or a bracket is not broken."""
_FEW_BEYOND = 2
_FEWEST_BROKEN = 4
_NARROWEST = 36
"""Lines that are narrower were not broken at the edge of a page."""


class Sentence(msgspec.Struct):
    """A sentence as printed and folded without blanks, with the place of each folded character in the print.

    `paragraph` tells sentences of one paragraph from those of the next, `heading` is the heading over it. `skipped`
    is the text of the paragraph since the last one. `parts` are the offsets at which its lines begin, with their
    places.
    """

    text: str
    folded: str
    offsets: list[int] | None
    paragraph: int
    heading: str
    skipped: str
    parts: Sequence[tuple[int, Location]]

    def offset(self, index: int) -> int:
        """Give the index in the printed text of a character of the folded one."""
        return index if self.offsets is None else self.offsets[index]

    def location(self, offset: int) -> Location:
        """Give the place in the file of a character of the printed text."""
        start, location = self.parts[max(bisect_right(self.parts, offset, key=_start) - 1, 0)]
        if isinstance(location, TextPlace):
            return TextPlace(location.line, location.column + offset - start)
        return location


def split_sentences(paragraphs: Sequence[Paragraph], line_per_paragraph: bool) -> Iterator[Sentence]:
    """Give the sentences that may state a quantity: those with a count, or with a word for none."""
    heading = ""
    groups = _join(paragraphs) if line_per_paragraph else ([part] for part in _cut_at_headings(paragraphs))
    for number, lines in enumerate(groups):
        text = lines[0].text if len(lines) == 1 else "".join([line.text for line in lines])
        if _heads(text):
            heading = fold(text)
        found = _WORDY.search(text)
        if found is None:
            continue
        starts: list[tuple[int, Location]] = []
        length = 0
        for line in lines:
            starts.append((length, line.location))
            length += len(line.text)
        wordy, last = found.start(), 0
        for begin, end in _bounds(text):
            if wordy >= end:
                continue
            yield _sentence(text, begin, end, starts, number, heading, text[last:begin])
            last = end
            found = _WORDY.search(text, end)
            if found is None:
                break
            wordy = found.start()


def _heads(line: str) -> bool:
    """Whether a line is a heading with nothing behind it."""
    return len(line) <= _LONGEST_HEADING and is_heading(line) and not _END.search(line)


def _cut_at_headings(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Give paragraphs with breaks of lines in them as several where a line is a heading."""
    for paragraph in paragraphs:
        text, begin = paragraph.text, 0
        for found in _LINE.finditer(text) if "\n" in text else ():
            if _heads(found.group().strip()):
                for start, stop in ((begin, found.start()), found.span()):
                    if start < stop:
                        yield _cut(paragraph, start, stop)
                begin = found.end()
        if begin < len(text):
            yield _cut(paragraph, begin, len(text)) if begin else paragraph


def _cut(paragraph: Paragraph, start: int, stop: int) -> Paragraph:
    place = paragraph.location
    if isinstance(place, TextPlace):
        place = TextPlace(place.line, place.column + start)
    return replace(paragraph, text=paragraph.text[start:stop], location=place)


def is_heading(line: str) -> bool:
    """Whether a line begins as headings do."""
    return line[:1] in _HEADING_STARTS and _HEADING.match(line) is not None


def _join(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Group lines into paragraphs: a line runs on unless a blank line or a heading is between it and the next."""
    group: list[Paragraph] = []
    closed = False
    full = _full_width([line.text for line in paragraphs])
    for line in paragraphs:
        text = line.text
        starts = is_heading(text)
        if group and (line.gap or starts or closed):
            yield group
            group = []
        group.append(line)
        closed = not text or (starts and len(text) <= _LONGEST_HEADING and not _runs_on(text.strip(), full))
    if group:
        yield group


def _runs_on(line: str, full: int) -> bool:
    """Whether a line that begins as headings do is the first of a paragraph: (二)依申请公开。收到公开申请 / 12件。"""
    if line.endswith(_STOPS):
        return False
    if line.endswith(_PAUSES) or _END.search(line):
        return True
    return full >= _NARROWEST and _width(line) >= full and not line.endswith(_HEADINGS)


def are_broken(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether paragraphs are lines that were broken at an edge: sentences alike in width that no stop ends."""
    lines = [paragraph.text.strip() for paragraph in paragraphs]
    edge = _edge(lines)
    wide = [line for line in lines if edge - _RAGGED <= _width(line)]
    open_ended = [line for line in wide if not line.endswith(_STOPS)]
    inside = sum("，" in line or "。" in line for line in open_ended)
    beyond = sum(_width(line) > edge + _RAGGED for line in wide)
    alike = edge >= _NARROWEST and beyond <= _FEW_BEYOND
    return alike and len(wide) < len(open_ended) * 2 <= inside * 4 and len(open_ended) >= _FEWEST_BROKEN


def _full_width(lines: Sequence[str]) -> int:
    """Give from which width on a line was broken at the edge of the page, in half-width characters."""
    return _edge([line.strip() for line in lines]) - _RAGGED


def _edge(lines: Sequence[str]) -> int:
    widths = sorted(map(_width, lines))
    return widths[len(widths) * 9 // 10] if widths else 0


def _width(line: str) -> int:
    """Give how many columns a line takes; characters of three bytes take two."""
    return (len(line) + len(line.encode("utf-8", "replace"))) // 2


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Give where sentences begin and end; a longer stretch than any sentence is cut at a comma."""
    begin = 0
    ends = [match.end() for match in _END.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    for end in ends:
        while end - begin > _LONGEST:
            cut = max(text.rfind(mark, begin + _LONGEST // 2, begin + _LONGEST) for mark in "；;，,、") + 1
            cut = cut or begin + _LONGEST
            yield begin, cut
            begin = cut
        if end > begin:
            yield begin, end
        begin = end


def _sentence(
    text: str, begin: int, end: int, starts: list[tuple[int, Location]], number: int, heading: str, skipped: str
) -> Sentence:
    printed = text[begin:end]
    stripped = printed.lstrip()
    begin += len(printed) - len(stripped)
    printed = stripped.rstrip()
    folded = fold(printed)
    offsets: list[int] | None = None
    if " " in folded or "\n" in folded or "\r" in folded:
        folded, offsets = _without_blanks(folded)
    if len(starts) == 1:
        parts = [(starts[0][0] - begin, starts[0][1])]
    else:
        first = max(bisect_right(starts, begin, key=_start) - 1, 0)
        parts = [(start - begin, place) for start, place in starts[first : bisect_right(starts, end - 1, key=_start)]]
    return Sentence(printed, folded, offsets, number, heading, skipped, parts)


def _start(part: tuple[int, Location]) -> int:
    return part[0]


def _without_blanks(text: str) -> tuple[str, list[int]]:
    """Drop blanks except between two digits, where they may part two figures; give the places of what is left."""
    kept: list[int] = []
    pieces: list[str] = []
    for found in _RUN.finditer(text):
        piece, start = found.group(), found.start()
        if pieces and piece[0].isdigit() and pieces[-1][-1].isdigit():
            pieces.append(" ")
            kept.append(start - 1)
        pieces.append(piece)
        kept.extend(range(start, found.end()))
    return "".join(pieces), kept
