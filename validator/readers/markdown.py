"""A line of Markdown -> the text that it shows: without marks, escapes and tags, and without what is struck out."""

import re

from validator.characters import LOWERED, RAISED
from validator.patterns import Pattern

_LINE_MARKS = Pattern(r"(?:\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)(?=\S|$)){1,4}")
_EMPHASIS = Pattern(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_STRUCK = Pattern(r"~~(?=\S)[^|]{1,200}?(?<=\S)~~|<(s|del|strike)\b[^<>]{0,300}>[^|]{0,200}?</\1\s*>", re.IGNORECASE)
_SHIFTED = Pattern(r"<(su[pb])\b[^<>]{0,300}>([^|]{0,100}?)</\1\s*>", re.IGNORECASE)
_CARET = Pattern(r"(?<=\w)\^(\d{1,2}|\[\d{1,2}\])\^")
_NOTE_REFERENCE = Pattern(r"\[\^([^\[\]\s]{1,20})\](?!:)")
_INLINE_TAG = Pattern(r"</?(?!br\b)[A-Za-z][^<>]{0,300}>")
_ESCAPED = Pattern(r"\\([\\`*_{}\[\]()#+.!<>~-])")


def skip_marks(line: str) -> int:
    """Give how many characters at the start of a line mark it as a heading, a quotation or an item."""
    found = _LINE_MARKS.match(line)
    return found.end() if found else 0


def plain_line(line: str) -> str:
    """Give the text of a line without its marks; escaped bars stay so.

    Digits above or below the line are given as such, so that they do not continue the number beside them.
    """
    if "~~" in line or "<" in line:
        line = _STRUCK.sub("", line)
    line = _EMPHASIS.sub(r"\2", line)
    if "^" in line:
        line = _CARET.sub(lambda found: found[1].strip("[]").translate(RAISED), line)
        line = _NOTE_REFERENCE.sub(lambda found: found[1].translate(RAISED) if found[1].isdecimal() else "", line)
    if "<" in line:
        line = _SHIFTED.sub(_shift, line)
        line = _INLINE_TAG.sub("", line)
    return _ESCAPED.sub(r"\1", line) if "\\" in line else line


def _shift(found: re.Match[str]) -> str:
    return found[2].translate(RAISED if found[1].lower() == "sup" else LOWERED)
