"""The bytes of a PDF and of its object streams -> the names of layers that are switched off when it is opened.

pdfium tells the layer of an object by name, and not whether it is shown.
"""

import re
from collections.abc import Sequence

_MOST = 1000
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
_NAME = re.compile(rb"/Name\s*(?:\(((?:\\.|[^\\)])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}


def find_hidden_layers(data: bytes, packed: Sequence[bytes]) -> frozenset[str]:
    """Give the names of the layers that are off; one that another layer, which is on, has as well is not among them.

    `packed` are the texts of the object streams of the file.
    """
    texts = (data, *packed)
    properties = next((found for text in texts if (found := _entry(text, b"OCProperties", texts))), b"")
    if not properties:
        return frozenset()
    every, off = _list(_entry(properties, b"OCGs", texts), b""), _list(_entry(properties, b"D", texts), b"OFF")
    names = {number: _read_name(_find_object(number, texts)) for number in {*every, *off}}
    shown = {name for number, name in names.items() if number not in off}
    return frozenset(name for number, name in names.items() if number in off and name and name not in shown)


def _entry(text: bytes, key: bytes, texts: Sequence[bytes]) -> bytes:
    """Give the value of a key, a dictionary or a list, followed to the object that it refers to."""
    found = re.search(rb"/" + key + rb"\s*(?=[\[<\d])", text)
    if not found:
        return b""
    if (reference := _REFERENCE.match(text, found.end())) is not None:
        return _find_object(int(reference[1]), texts)
    return _balanced(text, found.end())


def _balanced(text: bytes, start: int) -> bytes:
    """Give the dictionary or list that begins here, up to its end."""
    depth = 0
    for mark in re.finditer(rb"<<|>>|\[|\]", text[start : start + 100_000]):
        depth += 1 if mark[0] in (b"<<", b"[") else -1
        if depth <= 0:
            return text[start : start + mark.end()]
    return b""


def _list(text: bytes, key: bytes) -> set[int]:
    """Give the numbers of the objects that a list names: the text itself, or the list under a key."""
    if key:
        found = re.search(rb"/" + key + rb"\s*\[([^\]]*)\]", text)
        text = found[1] if found else b""
    return {int(number) for number in _REFERENCE.findall(text)[:_MOST]}


def _find_object(number: int, texts: Sequence[bytes]) -> bytes:
    """Give the last text of an object in the file, or the one in an object stream."""
    found = list(re.finditer(rb"(?<!\d)%d\s+\d{1,5}\s+obj\b" % number, texts[0]))
    if found:
        return texts[0][found[-1].end() : texts[0].find(b"endobj", found[-1].end())]
    for packed in texts[1:]:
        head = re.match(rb"[\d\s]+", packed)
        numbers = [int(part) for part in head[0].split()] if head else []
        places = dict(zip(numbers[::2], numbers[1::2], strict=False))
        if head and number in places:
            start = head.end() + places[number]
            return packed[start : min((head.end() + p for p in places.values() if p > places[number]), default=None)]
    return b""


def _read_name(text: bytes) -> str:
    found = _NAME.search(text)
    if not found:
        return ""
    if found[2] is not None:
        digits = b"".join(found[2].split())
        written = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        written = _ESCAPE.sub(_unescape, found[1])
    if written.startswith(b"\xfe\xff"):
        return written[2:].decode("utf-16-be", "replace")
    return written.decode("utf-8" if written.isascii() else "latin-1", "replace")


def _unescape(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8) & 255]) if sign[:1].isdigit() else _ESCAPED.get(sign, sign)
