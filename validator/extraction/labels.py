"""Labels as they are compared: folded, without blanks and marks, the numbering apart from the words."""

from functools import lru_cache

import msgspec

from validator.characters import fold
from validator.patterns import Pattern

_ENCLOSED = str.maketrans(
    {
        **{chr(0x3220 + i): f"({n})" for i, n in enumerate("一二三四五六七八九十")},
        **{chr(0x2460 + i): f"{i + 1}." for i in range(20)},
        **{chr(0x2474 + i): f"({i + 1})" for i in range(20)},
        **{chr(0x2488 + i): f"{i + 1}." for i in range(20)},
    }
)
_NUMBERING = Pattern(
    r"\((?P<round>[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)[、.,:]?|(?=[^\W\d]))"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})[、.,:．]"
    r"|(?P<arabic>\d{1,2})(?:[、.,:)．]+|(?=[^\W\d年月日条件次个项人篇万元元%]))"
)
# What converters add to a character (數(shù)), and how Taiwan calls what forms call 信息 and 文件.
_PINYIN = Pattern(r"(?<=[^\W\d_])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)?")
_TAIWAN = (("资讯", "信息"), ("档案", "文件"))
# How a count is counted, behind its label; amounts of money are not told from each other by their labels alone.
_UNIT = Pattern(r"(?<=[^\W\d_])\((?:单位:)?(?:[条个次件篇项期天份]|人次?)\)$")
_MARKS = Pattern(r"[\W_]+")
_NOTE = 8
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_BOUNDARY = Pattern(r"[\s]+|(?<=[^\d.])(?=\d{1,2}[.、])|(?<=\S)(?=\([一二三四五六七八九十]\))")


class Label(msgspec.Struct, frozen=True):
    """A label in comparable form: `core` without numbering and marks, `number` its ordinal or None."""

    core: str
    number: int | None


@lru_cache(maxsize=4096)
def read_label(text: str) -> Label:
    """Turn printed text into a comparable label."""
    squeezed = _squeeze(text)
    number = None
    if found := _NUMBERING.match(squeezed):
        number = _ordinal(found["round"] or found["chinese"] or found["arabic"])
        squeezed = squeezed[found.end() :]
    if squeezed.endswith(")"):
        squeezed = _UNIT.sub("", squeezed)
    return Label(_MARKS.sub("", squeezed), number)


@lru_cache(maxsize=4096)
def bare_words(text: str) -> str:
    """Give a printed text without blanks and marks but with its number: what two halves of a label join to."""
    return _MARKS.sub("", _squeeze(text))


def _squeeze(text: str) -> str:
    squeezed = "".join(fold(text.translate(_ENCLOSED)).split())
    if "(" in squeezed:
        squeezed = _PINYIN.sub("", squeezed)
    for word, official in _TAIWAN:
        squeezed = squeezed.replace(word, official)
    return squeezed


@lru_cache(maxsize=4096)
def tails(text: str) -> tuple[Label, ...]:
    """Give the labels that the end of a printed text may be, longest first: "其他 2.逾期不缴费", "2.逾期不缴费"."""
    folded = fold(text.translate(_ENCLOSED)).strip()
    starts = [0, *(found.end() for found in _BOUNDARY.finditer(folded))]
    return tuple(dict.fromkeys(label for start in starts if (label := read_label(folded[start:])).core))


def without_note(text: str) -> str:
    """Give a label without the long note in brackets on how to fill it, which bodies add to it."""
    folded = fold(text).strip()
    start = folded.find("(", 2)
    return folded[:start] if start > 0 and folded.endswith(")") and len(folded) - start >= _NOTE else folded


def likeness(printed: Label, official: Label) -> float:
    """Say how well a damaged or shortened label fits an official one, 0 to 1; 1 means the same words."""
    if printed.core == official.core:
        return 1.0
    score = _core_likeness(printed.core, official.core)
    if not score and printed.number == official.number is not None and len(printed.core) >= 2:
        score = 0.76 if official.core.startswith(printed.core) else 0.0
    if score and printed.number is not None and official.number is not None:
        score += 0.04 if printed.number == official.number else -0.3
    return max(0.0, min(score, 0.99))


@lru_cache(maxsize=16384)
def _core_likeness(printed: str, official: str) -> float:
    shorter, longer = sorted((printed, official), key=len)
    if len(shorter) < 3:
        return 0.0
    share = len(shorter) / len(longer)
    if longer.startswith(shorter) and len(shorter) >= 4:
        return 0.8 + 0.15 * share
    if shorter in longer and len(shorter) >= 4:
        return 0.55 + 0.4 * share
    if share >= 0.5 and len(shorter) >= 4 and _is_subsequence(shorter, longer):
        return 0.6 + 0.35 * share
    if share < 0.35:
        return 0.0  # too few pairs of characters can be common, so that a paragraph need not be cut into pairs
    common = _bigrams(shorter) & _bigrams(longer)
    dice = 2 * len(common) / (len(shorter) + len(longer) - 2)
    return dice if dice >= 0.55 else 0.0


def _ordinal(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    if len(numeral) == 1:
        return _DIGITS[numeral]
    tens, _, ones = numeral.partition("十")
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _is_subsequence(shorter: str, longer: str) -> bool:
    rest = iter(longer)
    return all(character in rest for character in shorter)
