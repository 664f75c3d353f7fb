"""The text of one table cell -> a number, a blank, a mark for "not applicable", or unreadable. Never a guess."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import msgspec
from msgspec.structs import replace

from validator.characters import CUT, INVISIBLE, fold
from validator.patterns import Pattern


class Numeral(msgspec.Struct, frozen=True):
    """What a cell says. Only kind "number" has a value; a whole one is an int, also where decimals were printed.

    `note` tells how it was read: "joined" (digits stood apart), "annotated" (words in brackets or the mark of a note
    beside the number), and for unreadable ones "approximate" or "ambiguous" (more than one number may be meant).
    """

    kind: Literal["number", "blank", "not_applicable", "unreadable"]
    value: int | Decimal | None
    note: str = ""


_BLANK = Numeral("blank", None)
_NOT_APPLICABLE = Numeral("not_applicable", None)
_UNREADABLE = Numeral("unreadable", None)
_AMBIGUOUS = Numeral("unreadable", None, "ambiguous")
_APPROXIMATE = Numeral("unreadable", None, "approximate")

_LONGEST_CELL = 200
_MOST_DIGITS = 15

_UNIT = "(?:万元|人次|件次|[元件条次人篇份个项宗期场页名位起家])"
_HAN_DIGIT = "[零〇一二两三四五六七八九十百千万亿]"
# Wide blanks and tabs stand between cells rather than inside a number, as new lines do.
_SEPARATORS = str.maketrans("\u3000\t\u2212\ufe63", "\n\n--")
_DIGITS_APART = Pattern(r"(?<=[\d.,])[ \n]+(?=[\d.,])")
_LETTER_SPACED = Pattern(r"[\d.,](?: +[\d.,]){2,}", re.ASCII)
# The mark of a note behind a figure: raised, in a circle, in brackets, or a sign of its own.
_NOTE_MARK = Pattern(
    r"(?<=[\d元件条次人篇份个项])\s*(?:[⁰¹²³⁴-⁹⁺⁻⁽⁾*＊※†‡①-⑳⑴-⒇❶-❿]+|[\[〔【［](?:注|[\d⁰¹²³⁴-⁹]{1,2}|注[\d⁰¹²³⁴-⁹]{1,2})[\]〕】］])$"
)
_SIGN_APART = Pattern(r"[+-]\s+\d")
_LONG_DASH = Pattern(r"^[–—](?=\d)")
_VALUE = Pattern(rf"([+-]?)[¥￥]?(\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d+)?{_UNIT}?(?:\(([^()]*)\))?", re.ASCII)
_CHANGE = Pattern(rf"(新增|增加|增|减少|减)(\d+){_UNIT}?[,;/、]?", re.ASCII)
_CHANGES = Pattern(rf"(?:{_CHANGE.pattern}){{1,2}}", re.ASCII)
_HAN_NUMBER = Pattern(rf"({_HAN_DIGIT}+?)({_UNIT}?)")
_DASHES = Pattern(r"[-‐‑‒–—―─/\\]+")
_NO_VALUE = frozenset({"无", "暂无", "不适用", "不涉及", "无此项", "n/a", "na", "n.a."})
_ABOUT = Pattern(r"[约近逾超余多≈~]|左右|不足|以[上下内]")
_WORD = Pattern(r"[^\W\d_]")
_FIGURE = Pattern(
    rf"(?:[\d.,+\-–—~%‰/*≈{CUT}]|{_HAN_DIGIT}|{_UNIT}|新增|增加?|减少?|大?约|将?近|超过?|不足|逾|余|多|以[上下内]|左右)+(?:\(.*\)?)?",
    re.ASCII,
)
# What a sheet shows instead of a figure: an error, a formula that was never worked out, a truth.
_NO_RESULT = Pattern(r"#[A-Z0-9/]{2,8}[!?]?|=.+|TRUE|FALSE", re.DOTALL)
_DIGIT = Pattern(r"[\d零〇一二两三四五六七八九十]", re.ASCII)
_ENUMERATOR = Pattern(r"[1-9]\d?\.", re.ASCII)

_HAN_VALUES = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_HAN_SPELLING = str.maketrans("两〇", "二零")


def parse_numeral(text: str, *, signed: bool = False) -> Numeral:
    """Read the text of one cell; `signed` says that its column holds changes, where a long dash may be a minus."""
    if len(text) > _LONGEST_CELL:
        return _UNREADABLE if text.translate(INVISIBLE).strip() else _BLANK
    return _parse(text, signed)


def looks_like_value(text: str) -> bool:
    """Whether the text of a cell could be a figure, a blank or a mark for none, rather than a label."""
    if len(text) > _LONGEST_CELL:
        return parse_numeral(text).kind == "blank"
    return _is_figure_or_none(text)


def parse_chinese_number(text: str) -> int | None:
    """Read a number in Chinese characters, such as 一百零五 or 二〇二三; None if it is not written as one."""
    spelled = fold(text.strip()).translate(_HAN_SPELLING)
    if spelled and all(character in _HAN_VALUES for character in spelled):
        if len(spelled) == 1 or (spelled[0] != "零" and (len(spelled) == 4 or "零" in spelled)):
            return int("".join(str(_HAN_VALUES[digit]) for digit in spelled))
        return None
    value = _add_up(spelled)
    # Spelling the number anew refuses what is not well formed, such as 一百二 (120 or 102?).
    same = value and _spell(value) == (spelled[1:] if spelled.startswith("一十") else spelled).replace("百十", "百一十")
    return value if same else None


# A report repeats a few dozen texts some 250 times over, so that most cells cost one look-up.
@lru_cache(maxsize=4096)
def _parse(text: str, signed: bool) -> Numeral:
    if text.isdecimal() and text.isascii():
        return _number("", text, "", "")
    if not text.translate(INVISIBLE).strip():
        return _BLANK
    shown = text.translate(INVISIBLE).strip()
    figure = _NOTE_MARK.sub("", shown)
    if figure != shown:
        plain = _parse(figure, signed)
        return replace(plain, note=plain.note or "annotated") if plain.kind == "number" else plain
    printed = fold(shown.translate(_SEPARATORS)).strip().rstrip("。; ")
    figure, bracket, words = printed.partition("(")
    note = ""
    if _LETTER_SPACED.fullmatch(figure):
        figure, note = figure.replace(" ", ""), "joined"
    for gap in _DIGITS_APART.finditer(figure):
        beside_mark = figure[gap.start() - 1] in ".," or figure[gap.end()] in ".,"
        if "\n" in gap.group() or not (beside_mark or figure.isdecimal() or not set(figure) & {".", ","}):
            return _AMBIGUOUS
        note = "joined"
    if _SIGN_APART.match(figure) and not signed:
        return _AMBIGUOUS
    squeezed = "".join((*figure.split(), bracket, *words.split()))
    numeral = _parse_squeezed(_LONG_DASH.sub("-", squeezed) if signed else squeezed, note)
    return _AMBIGUOUS if numeral is _UNREADABLE and ("\n" in printed or CUT in printed) else numeral


@lru_cache(maxsize=4096)
def _is_figure_or_none(text: str) -> bool:
    if _parse(text, False).kind != "unreadable":
        return True
    squeezed = "".join(fold(text.translate(INVISIBLE)).split())
    if squeezed in ("O", "o") or _NO_RESULT.fullmatch(squeezed):
        return True
    return bool(_FIGURE.fullmatch(squeezed) and _DIGIT.search(squeezed)) and not _ENUMERATOR.fullmatch(squeezed)


def _parse_squeezed(text: str, note: str) -> Numeral:
    if found := _VALUE.fullmatch(text):
        sign, whole, fraction, words = found.groups()
        if words is None or _WORD.search(words):
            annotated = _APPROXIMATE if words and _ABOUT.search(words) else None
            return annotated or _number(sign, whole, fraction or "", note or ("annotated" if words else ""))
        return _UNREADABLE
    if _DASHES.fullmatch(text) or text.lower() in _NO_VALUE:
        return _NOT_APPLICABLE
    if _CHANGES.fullmatch(text):
        return _sum_changes(_CHANGE.findall(text))
    if found := _HAN_NUMBER.fullmatch(text):
        return _read_han(found[1], found[2])
    about = _ABOUT.search(text) and _FIGURE.fullmatch(text) and _DIGIT.search(text)
    return _APPROXIMATE if about else _UNREADABLE


def _number(sign: str, whole: str, fraction: str, note: str) -> Numeral:
    digits = whole.replace(",", "")
    if len(digits) + len(fraction) > _MOST_DIGITS or (digits[0] == "0" and len(digits) > 1):
        # A leading zero shows that a code, or the figures of two cells, stand here.
        return _AMBIGUOUS if note == "joined" else _UNREADABLE
    value = Decimal(digits + fraction) if fraction.strip(".0") else int(digits)
    return Numeral("number", -value if sign == "-" else value, note)


def _sum_changes(changes: list[tuple[str, str]]) -> Numeral:
    down = [word[0] == "减" for word, _ in changes]
    if len(set(down)) < len(down) or any(len(digits) > _MOST_DIGITS for _, digits in changes):
        return _UNREADABLE
    return Numeral("number", sum(-int(n) if less else int(n) for less, (_, n) in zip(down, changes, strict=True)))


def _read_han(digits: str, unit: str) -> Numeral:
    # 一 alone may be a dash; 三万 may be that many, or as many 万元 as the column counts in.
    if (digits == "一" and not unit) or unit.endswith("元") or "万" in digits or "亿" in digits:
        return _UNREADABLE
    value = parse_chinese_number(digits)
    return _UNREADABLE if value is None else Numeral("number", value)


def _add_up(spelled: str) -> int:
    """Add up the digits and units of a spelled number, without asking whether it is well formed; 0 if it is none."""
    total = section = digit = 0
    for character in spelled:
        if character in _HAN_VALUES:
            digit = _HAN_VALUES[character]
        elif character in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        elif character in "万亿":
            total = (total + section + digit) * {"万": 10**4, "亿": 10**8}[character]
            section = digit = 0
        else:
            return 0
    return total + section + digit


def _spell(value: int) -> str:
    """Spell a number of up to twelve digits in Chinese characters."""
    spelled = ""
    for unit, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part, value = divmod(value, size)
        if part:
            spelled += ("零" if spelled and part < 1000 else "") + _spell_section(part) + unit
    return spelled[1:] if spelled.startswith("一十") else spelled


def _spell_section(value: int) -> str:
    spelled, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, size)
        if digit:
            spelled += ("零" if gap and spelled else "") + "零一二三四五六七八九"[digit] + unit
        gap = not digit
    return spelled
