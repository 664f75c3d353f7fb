"""What is packed in a PDF is weighed before it is opened: pdfium itself would go on for as long as it takes.

Two things grow without end: a stream that unpacks to a thousand times its size, and form objects that draw each
other ten times over at every level. Content streams are unpacked here up to a limit, and what a page draws is
counted through its forms. Pictures are never unpacked, neither here nor by what reads the page.
"""

import re
import zlib

import msgspec

from validator.errors import ReadError

_MEGABYTE = 2**20
_MOST_OF_ONE = 6 * _MEGABYTE
"""A page of a report has about 50 kB of content; 6 MB keep pdfium busy for a second and take 200 MB of memory."""
_MOST_OF_ALL = 96 * _MEGABYTE
_SMALL_FONTS = 512 * 1024
"""Fonts that are no larger, packed and all together, are left to pdfium."""
_DEEPEST = 30
_LONGEST = 16 * 1024
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,5}$")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[([^\]]*)\]|(\d{1,10}\s+\d{1,5}\s+R))")
_STREAM = re.compile(rb"stream\r?\n")
_DRAW = b"Do"
"""The operator that draws a form or a picture; to count it also inside words errs on the safe side."""
_PACKED_TWICE = re.compile(rb"/(?:Flate|LZW|RunLength)Decode\b.{0,40}/(?:Flate|LZW|RunLength)Decode\b", re.DOTALL)
_FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b|/(?:DCT|JPX|JBIG2|CCITTFax)Decode\b")


class _Parts(msgspec.Struct):
    """Objects by number: their dictionaries, and of content the unpacked length and how often it draws a form."""

    dictionaries: dict[int, bytes] = msgspec.field(default_factory=dict)
    lengths: dict[int, int] = msgspec.field(default_factory=dict)
    draws: dict[int, int] = msgspec.field(default_factory=dict)
    weights: dict[int, int] = msgspec.field(default_factory=dict)
    active: list[int] = msgspec.field(default_factory=list)
    total: int = 0
    fonts: int = 0


def refuse_bombs(data: bytes) -> list[bytes]:
    """Give the texts of the object streams; raise ReadError("too-much-packed") if a page or the whole file unpacks to
    far more than a report.
    """
    if b"/Encrypt" in data:
        return []  # its streams cannot be unpacked without the key
    parts = _Parts()
    for stream in _STREAM.finditer(data):
        _weigh_stream(data, stream, parts)
    packed = [text for number, text in parts.dictionaries.items() if number < 0]
    pages = [found for text in (data, *packed) for found in _CONTENTS.findall(text)]
    if _is_light(parts, pages):
        return packed
    for found in _OBJECT.finditer(data):
        parts.dictionaries.setdefault(int(found[1]), data[found.end() : data.find(b"endobj", found.end())][:_LONGEST])
    for dictionary in list(parts.dictionaries.values()):
        for listed, single in _CONTENTS.findall(dictionary):
            references = listed or single
            page = sum(_weigh(int(number), parts, 0) for number in _REFERENCE.findall(references))
            page += _weigh_forms(dictionary, sum(_draws_of(references, parts)), parts, 0)
            if page > _MOST_OF_ONE:
                _refuse()
    return packed


def _is_light(parts: _Parts, pages: list[tuple[bytes, bytes]]) -> bool:
    """Whether no page can come to much, whichever forms it draws; most files need no closer look."""
    forms = {number for number in parts.lengths if b"/Form" in parts.dictionaries[number]}
    if any(parts.draws[number] for number in forms):
        return False
    heaviest = max((parts.lengths[number] for number in forms), default=0)
    most = max((len(_REFERENCE.findall(listed or single)) for listed, single in pages), default=1)
    longest = max((length for number, length in parts.lengths.items() if number not in forms), default=0)
    return longest * most + sum(parts.draws.values()) * heaviest <= _MOST_OF_ONE


def _draws_of(references: bytes, parts: _Parts) -> list[int]:
    return [parts.draws.get(int(number), 0) for number in _REFERENCE.findall(references)]


def _weigh_stream(data: bytes, stream: re.Match[bytes], parts: _Parts) -> None:
    """Note what a stream is; unpack it if it is content."""
    if data[stream.start() - 3 : stream.start()] == b"end":
        return
    begin = data.rfind(b" obj", max(stream.start() - _LONGEST, 0), stream.start())
    found = _NUMBER.search(data[max(begin - 20, 0) : begin]) if begin > 0 else None
    if found is None:
        return
    number, dictionary = int(found[1]), data[begin + 4 : stream.start()]
    parts.dictionaries[number] = dictionary
    if _PICTURE.search(dictionary):
        return
    if _PACKED_TWICE.search(dictionary):
        _refuse()
    end = data.find(b"endstream", stream.end())
    packed = data[stream.end() : end if end > 0 else len(data)]
    is_font = _FONT.search(dictionary) is not None
    if is_font:
        parts.fonts += len(packed)
        if parts.fonts <= _SMALL_FONTS:
            return
    unpacked = _unpack(packed, parts) if b"/FlateDecode" in dictionary else packed
    if b"/ObjStm" in dictionary:
        parts.dictionaries[-number] = unpacked
    elif not is_font:
        parts.lengths[number] = len(unpacked)
        parts.draws[number] = unpacked.count(_DRAW)


def _unpack(packed: bytes, parts: _Parts) -> bytes:
    """Unpack a stream as far as it goes; a damaged one gives what stands before the damage."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(packed, 4 * _MOST_OF_ONE)
    except zlib.error:
        return b""
    parts.total += len(unpacked)
    if unpacker.unconsumed_tail or parts.total > _MOST_OF_ALL:
        _refuse()
    return unpacked


def _weigh(number: int, parts: _Parts, depth: int) -> int:
    """Give how many bytes of content an object comes to with all the forms it draws."""
    if number not in parts.lengths or depth > _DEEPEST:
        return 0
    if number in parts.active:
        # A form that draws itself: once is harmless, for pdfium stops at some depth; twice doubles at every level.
        circle = parts.active[parts.active.index(number) :]
        return _MOST_OF_ONE + 1 if any(parts.draws[other] > 1 for other in circle) else 0
    if number not in parts.weights:
        parts.active.append(number)
        forms = _weigh_forms(parts.dictionaries[number], parts.draws[number], parts, depth)
        parts.active.pop()
        parts.weights[number] = parts.lengths[number] + forms
    return parts.weights[number]


def _weigh_forms(dictionary: bytes, draws: int, parts: _Parts, depth: int) -> int:
    """Give the weight of so many forms, each the heaviest of those that a dictionary refers to."""
    if not draws:
        return 0
    near = {int(number) for number in _REFERENCE.findall(dictionary)}
    for number in list(near):
        if number not in parts.lengths:  # a dictionary of resources that stands apart
            near.update(int(other) for other in _REFERENCE.findall(parts.dictionaries.get(number, b"")))
    forms = [n for n in near if n in parts.lengths and b"/Form" in parts.dictionaries[n]]
    return draws * max((_weigh(number, parts, depth + 1) for number in forms), default=0)


def _refuse() -> None:
    limit = f"{_MOST_OF_ONE // _MEGABYTE} MB"
    raise ReadError("too-much-packed", what=f"> {limit}", limit=limit)
