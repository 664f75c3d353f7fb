"""The numbers of list items, as Word writes them: 3 is "三", "③", "iii" or "(3)", as the list's format says."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
_LAST = 9999
"""Beyond this no list of a report counts, and numbers are written in digits."""


def write_ordinal(number: int, form: str) -> str:
    """Write a number in a format of Word such as "chineseCounting"; in digits where the format has no sign for it."""
    if form in ("none", "bullet"):
        return ""
    write = _FORMS.get(form)
    if write is None or not 0 < number <= _LAST:
        return str(number)
    return write(number) or str(number)


def _count(number: int, digits: str = _DIGITS, units: str = "千百十") -> str:
    """Spell a number below ten thousand; a ten alone has no one before it, but in legal style it has."""
    spelled = ""
    gap = False
    for size, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit, number = divmod(number, size)
        if digit:
            spelled += ("零" if gap and spelled else "") + digits[digit] + unit
        gap = not digit
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def _count_legally(number: int) -> str:
    return _count(number, _LEGAL_DIGITS, "仟佰拾")


def _spell_digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _letters(first: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        times, place = divmod(number - 1, 26)
        return chr(ord(first) + place) * (times + 1) if times < 10 else ""

    return write


def _roman(number: int) -> str:
    written = ""
    for size, sign in _ROMAN:
        times, number = divmod(number, size)
        written += sign * times
    return written


def _signs(first: int, last: int) -> Callable[[int], str]:
    """Give a format whose signs stand one after the other in Unicode; numbers beyond them have none."""
    return lambda number: chr(first + number - 1) if first + number - 1 <= last else ""


def _wide(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _signs(0x2460, 0x2473),
    "decimalEnclosedCircleChinese": _signs(0x2460, 0x2473),
    "decimalEnclosedParen": _signs(0x2474, 0x2487),
    "decimalEnclosedFullstop": _signs(0x2488, 0x249B),
    "ideographEnclosedCircle": _signs(0x3280, 0x3289),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _count,
    "chineseCountingThousand": _count,
    "japaneseCounting": _count,
    "taiwaneseCounting": _count,
    "taiwaneseCountingThousand": _count,
    "ideographDigital": _spell_digits,
    "taiwaneseDigital": _spell_digits,
    "chineseLegalSimplified": _count_legally,
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= len(_STEMS) else "",
    "ideographZodiac": lambda number: _BRANCHES[number - 1] if number <= len(_BRANCHES) else "",
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
}
