"""Bytes of a text carrier -> text, whatever encoding they are in, and what its comments ask of this program.

`<!-- gouji: ignore RULE reason -->` in a web page or Markdown asks not to tell what a rule finds in this file. Whether
there is such a rule is for others to know.
"""

import codecs
import re
from collections.abc import Iterator

from validator.characters import INVISIBLE
from validator.errors import ReadError
from validator.model.document import Remark
from validator.model.location import TextPlace
from validator.patterns import Pattern

# The mark of UTF-32 begins with that of UTF-16, and so comes first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "utf-8", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SAMPLE = 200_000

_WORDS = ("政府", "信息", "公开", "申请", "年度", "报告")
_TRADITIONAL_WORDS = ("公開", "申請", "報告", "資訊", "機關")
_ENOUGH = 3
# What no page of a report is made of: controls, private use, and scripts that wrong decodings end up in.
_STRANGE = Pattern(r"[^\t\n\r\f -~\u00a0-\u00ff\u2000-\u27bf\u2e80-\u33ff\u4e00-\u9fff\uff00-\uffef]")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(gb|big5|utf-8)", re.IGNORECASE)
_DECLARED = {b"gb": "gb18030", b"big5": "big5hkscs", b"utf-8": "utf-8"}
_INVISIBLE = tuple(map(chr, INVISIBLE))
# Looking for NUL in a string of Chinese is slow, in bytes it is not.
_INVISIBLE_BUT_NUL = tuple(character for character in _INVISIBLE if character != "\0")

_OPEN, _CLOSE = "<!--", "-->"
_ADDRESSED = Pattern(r"\s*gouji\s*[:：]\s*")
_IGNORE = Pattern(r"ignore ([A-Za-z0-9_-]++)[ :：—–-]+(.*\w.*)")
_MOST = 50
_LONGEST = 200


def _garble(word: str, written: str, read: str) -> str:
    return word.encode(written).decode(read, errors="ignore")


# What the words become when they are read in the wrong encoding and saved again.
_GARBLED = Pattern(
    "|".join(
        {
            re.escape(garbled)
            for written, read in (("utf-8", "gb18030"), ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gbk", "latin-1"))
            for word in _WORDS
            if len(garbled := _garble(word, written, read)) >= 3
        }
        | {"锟斤拷"}
    )
)


def decode(data: bytes, *, html: bool) -> tuple[str, tuple[Remark, ...]]:
    """Give the text of these bytes, without invisible characters and with "\\n" for every line end.

    The encoding is that of the byte order mark, else UTF-8 if the bytes are valid in it, else the one in which
    most words of the domain appear; a page's charset (`html`) only decides between equals, for it is often wrong.
    Raises ReadError("binary") for what is no text, ReadError("mojibake") for text that was damaged before.
    """
    text, _, remarks = _read(data, html=html)
    return text, remarks


def decode_page(data: bytes) -> tuple[str, bytes, tuple[Remark, ...]]:
    """Give what `decode` gives of a page, and between the two the text in UTF-8, as the parser takes it."""
    text, is_same, remarks = _read(data, html=True)
    return text, data if is_same else text.encode("utf-8", errors="replace"), remarks


def _read(data: bytes, *, html: bool) -> tuple[str, bool, tuple[Remark, ...]]:
    """Give the text, whether the bytes are that text in UTF-8, and remarks."""
    decoded, mark, encoding = _decode(data, html=html)
    text = _drop(decoded, _INVISIBLE if 0 in data else _INVISIBLE_BUT_NUL)
    _refuse_mojibake(text)
    if "\ufffd" not in text:
        return text, text is decoded and encoding == "utf-8" and not mark, ()
    return text, False, (Remark("characters-replaced", {"count": text.count("\ufffd")}),)


def find_encoding(data: bytes, *, html: bool) -> tuple[bytes, str]:
    """Give the byte order mark and the encoding in which `decode` reads these bytes, with its errors."""
    _, mark, encoding = _decode(data, html=html)
    return mark, encoding


def _decode(data: bytes, *, html: bool) -> tuple[str, bytes, str]:
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
        trouble = 0 if encoding == "utf-8" and 0 in body else None
    except UnicodeDecodeError as error:
        trouble = error.start
    if trouble is None:
        return text, mark, encoding
    encoding = _choose(body, trouble, _declared(data) if html else "")
    return body.decode(encoding, errors="replace"), mark, encoding


def _choose(body: bytes, trouble: int, declared: str) -> str:
    """Choose the encoding in which the bytes around the first one in trouble read best."""
    start = max(0, trouble - _SAMPLE) // 4 * 4
    sample = body[start : trouble + _SAMPLE]
    texts: dict[str, str] = {}
    words: dict[str, int] = {}
    for name in _CANDIDATES:
        texts[name] = sample.decode(name, errors="replace")
        words[name] = _count_words(texts[name])
        if words[name] >= _ENOUGH:
            return name
    # The share of strange characters in hundredths; then the charset that is declared, then the order decide.
    strange = {name: len(_STRANGE.findall(text)) * 100 // max(1, len(text)) for name, text in texts.items()}
    best = max(texts, key=lambda name: (words[name], -strange[name], name == declared))
    if strange[best] > 20:
        raise ReadError("binary")
    return best


def _count_words(text: str) -> int:
    return sum(map(text.count, (*_WORDS, *_TRADITIONAL_WORDS)))


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data)
    return _DECLARED[found[1].lower()] if found else ""


def _drop(text: str, characters: tuple[str, ...]) -> str:
    length = len(text)
    for character in characters:
        if character in text:
            text = text.replace(character, "")
    if (length - len(text)) * 5 > length:
        raise ReadError("binary")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _refuse_mojibake(text: str) -> None:
    if "公开" in text or "政府" in text:
        return
    genuine = _count_words(text)
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    if len(_GARBLED.findall(text)) > max(1, genuine) or text.count("\ufffd") * 5 > max(beyond_ascii, 10):
        raise ReadError("mojibake")


def find_ignores(text: str) -> tuple[Remark, ...]:
    """Give what the comments of a text ask to leave out: rule, reason and line, or that one cannot be understood."""
    # Ordinary files pay for this search alone.
    return tuple(_ignores(text)) if "gouji" in text else ()


def _ignores(text: str) -> Iterator[Remark]:
    found = 0
    for start, end in _comments(text):
        addressed = _ADDRESSED.match(text, start + len(_OPEN), end)
        if addressed is None:
            continue
        line = text.count("\n", 0, start) + 1
        place = TextPlace(line, start - text.rfind("\n", 0, start))
        words = " ".join(text[addressed.end() : min(end, addressed.end() + 4 * _LONGEST)].split())
        if asked := _IGNORE.fullmatch(words):
            yield Remark("inline-ignore", {"line": line, "rule": asked[1], "reason": asked[2][:_LONGEST]}, place)
        else:
            yield Remark("inline-ignore-malformed", {"line": line, "comment": words[:_LONGEST]}, place)
        found += 1
        if found == _MOST:
            return


def hide_comments(text: str) -> str:
    """Put blanks where the comments of a Markdown file stand, so that all else keeps its line and column."""
    if _OPEN not in text:
        return text
    pieces = []
    last = 0
    for start, end in _comments(text):
        pieces.append(text[last:start])
        last = end + len(_CLOSE)
        pieces.append("\n".join(" " * len(line) for line in text[start:last].split("\n")))
    return "".join((*pieces, text[last:]))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Give where each comment opens and closes; one that is not closed is none, nor is any after it."""
    start = text.find(_OPEN)
    while start >= 0 and (end := text.find(_CLOSE, start + len(_OPEN))) >= 0:
        yield start, end
        start = text.find(_OPEN, end)
