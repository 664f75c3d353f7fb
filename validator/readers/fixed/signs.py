"""A character code of a page -> the text it stands for, the same for every carrier."""

import unicodedata
from functools import lru_cache

from validator.characters import INVISIBLE as MEANINGLESS
from validator.characters import fold

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""What stands for a sign of which the file does not tell the character."""


@lru_cache(maxsize=8192)
def to_text(code: int) -> str:
    """Give the text of a character: plain forms for radicals and such, "" for blanks, UNKNOWN for what is no sign."""
    if 0xD800 <= code < 0xE000 or code in (0, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return UNKNOWN
    sign = chr(code)
    if sign.isspace() or (code > 0x7F and code in MEANINGLESS):
        return ""
    if 0x2E80 <= code < 0x2FE0:
        return fold(sign)
    if 0xF900 <= code < 0xFB00 or 0xFE10 <= code < 0xFE50 or 0xFB00 <= code < 0xFB07:
        return unicodedata.normalize("NFKC", sign)
    return UNKNOWN if unicodedata.category(sign) in ("Cc", "Cn", "Co") else sign
