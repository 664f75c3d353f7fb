"""Numbers that Word sets before the paragraphs of a list by itself; they are shown, and stand nowhere in the text."""

import re
from collections.abc import Callable, Mapping

import msgspec

from validator.patterns import Pattern
from validator.readers.package import Element

from .parts import VALUE, WORD
from .styles import Style

_LEVELS = 9
_LONGEST_LABEL = 60
_PLACE = Pattern("%([1-9])")


class _Level(msgspec.Struct, frozen=True):
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    digits_only: bool = False
    style: str = ""


class _List(msgspec.Struct, frozen=True):
    """A list that paragraphs refer to. Lists with the same `counter` count on; `starts` are its own, by level."""

    counter: str
    levels: tuple[_Level, ...]
    starts: dict[int, int]


class Lists(msgspec.Struct):
    """The lists of a document, and how far each has counted."""

    by_id: dict[str, _List]
    counts: dict[str, list[int | None]] = msgspec.field(default_factory=dict)
    begun: set[str] = msgspec.field(default_factory=set)

    def count(self, list_id: str, level: int) -> str:
        """Count a paragraph of a list and level, from 0, and give the label before it; "" for a bullet or none."""
        found = self.by_id.get(list_id)
        if found is None or not 0 <= level < _LEVELS:
            return ""
        counts = self.counts.setdefault(found.counter, [None] * _LEVELS)
        if list_id not in self.begun:
            self.begun.add(list_id)
            for place in found.starts:
                counts[place] = None
        before = counts[level]
        counts[level] = self._start(found, level) if before is None else before + 1
        for below in range(level + 1, _LEVELS):
            restart = found.levels[below].restart
            if restart is None or level < restart:
                counts[below] = None
        return self._write(found, level, counts)

    def level_of_style(self, list_id: str, style: str) -> int:
        """Give the level that a list has for the paragraphs of a style: 0 if it names none."""
        found = self.by_id.get(list_id)
        levels = found.levels if found else ()
        return next((place for place, level in enumerate(levels) if style and level.style == style), 0)

    @staticmethod
    def _start(found: _List, level: int) -> int:
        return found.starts.get(level, found.levels[level].start)

    def _write(self, found: _List, level: int, counts: list[int | None]) -> str:
        own = found.levels[level]
        if own.form == "bullet":
            return ""

        def write(place: re.Match[str]) -> str:
            index = int(place[1]) - 1
            count = counts[index]
            form = "decimal" if own.digits_only else found.levels[index].form
            return write_ordinal(self._start(found, index) if count is None else count, form)

        return _PLACE.sub(write, own.pattern)[:_LONGEST_LABEL].strip()


def read_lists(root: Element, styles: Mapping[str, Style]) -> Lists:
    """Read the part of a document that defines its lists."""
    patterns: dict[str, tuple[tuple[_Level, ...], str | None]] = {}
    for element in root.iter(f"{WORD}abstractNum"):
        patterns[element.get(f"{WORD}abstractNumId") or ""] = _read_pattern(element)
    uses: dict[str, tuple[str, Element]] = {}
    for element in root.iter(f"{WORD}num"):
        pattern = next((child.get(VALUE) for child in element if child.tag == f"{WORD}abstractNumId"), None)
        uses[element.get(f"{WORD}numId") or ""] = (pattern or "", element)
    lists = {}
    for list_id, (pattern, element) in uses.items():
        levels, link = patterns.get(pattern, ((), None))
        style = styles.get(link) if link else None
        if style is not None and style.list_id in uses:  # the list only says which style defines it
            counter = uses[style.list_id][0]
            levels, _ = patterns.get(counter, ((), None))
        else:
            counter = pattern
        if levels:
            lists[list_id] = _override(_List(counter, levels, {}), element)
    return Lists(lists)


def _read_pattern(element: Element) -> tuple[tuple[_Level, ...], str | None]:
    levels = [_Level()] * _LEVELS
    link = None
    for child in element:
        if child.tag == f"{WORD}lvl":
            place = _whole(child.get(f"{WORD}ilvl"), 0)
            if 0 <= place < _LEVELS:
                levels[place] = _read_level(child)
        elif child.tag == f"{WORD}numStyleLink":
            link = child.get(VALUE)
    return tuple(levels), link


def _read_level(element: Element) -> _Level:
    values = {child.tag.removeprefix(WORD): child.get(VALUE) for child in element}
    # A format of Word's own stands beside the nearest standard one, which comes last.
    forms = [form.get(VALUE) for form in element.iter(f"{WORD}numFmt")]
    return _Level(
        start=_whole(values.get("start"), 1),
        form=(forms[-1] if forms else None) or "decimal",
        pattern=values.get("lvlText") or "",
        restart=_whole(values["lvlRestart"], 0) if "lvlRestart" in values else None,
        digits_only="isLgl" in values and values["isLgl"] not in ("0", "false", "off"),
        style=values.get("pStyle") or "",
    )


def _override(plain: _List, element: Element) -> _List:
    levels = list(plain.levels)
    starts = {}
    for change in element:
        place = _whole(change.get(f"{WORD}ilvl"), 0)
        if change.tag != f"{WORD}lvlOverride" or not 0 <= place < _LEVELS:
            continue
        for child in change:
            if child.tag == f"{WORD}startOverride":
                starts[place] = _whole(child.get(VALUE), 1)
            elif child.tag == f"{WORD}lvl":
                levels[place] = _read_level(child)
    return _List(plain.counter, tuple(levels), starts)


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else otherwise


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


def _spell(number: int, digits: str = _DIGITS, units: str = "千百十") -> str:
    """Spell a number below ten thousand; a ten alone has no one before it, but in legal style it has."""
    spelled = ""
    gap = False
    for size, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit, number = divmod(number, size)
        if digit:
            spelled += ("零" if gap and spelled else "") + digits[digit] + unit
        gap = not digit
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def _spell_legally(number: int) -> str:
    return _spell(number, _LEGAL_DIGITS, "仟佰拾")


def _spell_digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _letters(first: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        times, place = divmod(number - 1, 26)
        return chr(ord(first) + place) * (times + 1) if times < 10 else ""

    return write


def _spell_roman(number: int) -> str:
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
    "chineseCounting": _spell,
    "chineseCountingThousand": _spell,
    "japaneseCounting": _spell,
    "taiwaneseCounting": _spell,
    "taiwaneseCountingThousand": _spell,
    "ideographDigital": _spell_digits,
    "taiwaneseDigital": _spell_digits,
    "chineseLegalSimplified": _spell_legally,
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= len(_STEMS) else "",
    "ideographZodiac": lambda number: _BRANCHES[number - 1] if number <= len(_BRANCHES) else "",
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": lambda number: _spell_roman(number).upper(),
    "lowerRoman": _spell_roman,
}
