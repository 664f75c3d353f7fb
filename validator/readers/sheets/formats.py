"""A stored number and the format of its cell -> the text that the sheet shows, as far as that is sure."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from validator.patterns import Pattern

GENERAL = "General"
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "#,##0",
    6: "#,##0",
    7: "#,##0.00",
    8: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: '#,##0;-#,##0;"-"',
    42: '#,##0;-#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '#,##0.00;-#,##0.00;"-"',
} | dict.fromkeys([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)], "yyyy-mm-dd hh:mm")
"""The formats that a workbook names by a number alone; a date is shown in one way, whatever the country."""

_PART = Pattern(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])|(?P<plain>.)',
    re.DOTALL,
)
_CORE = Pattern(r"([#0?,]*)(?:\.([#0?]*))?(,*)")
_DIGITS = frozenset("#0?,.%")
_DATE_LETTERS = frozenset("ymdhs")
_DUST_DECIMALS = 6  # amounts in 万元 are printed with up to six
_DUST = Decimal("5e-9")
_LATEST = 2_958_466  # the day after 9999-12-31
_LONGEST_CODE = 255
_DASHES = frozenset("-‐‑–—―−－ ")


class Shown(NamedTuple):
    """The text of a cell that holds a number; `rounded` is the text that the sheet shows where that hides digits."""

    text: str
    rounded: str = ""


class _Section(NamedTuple):
    """One of the formats that a format has for positive, negative and zero values; `kind` says how it is filled."""

    kind: str  # number, general, date, words, unknown
    before: str = ""
    after: str = ""
    whole: str = ""
    fraction: str = ""
    thousands: int = 0
    percent: bool = False


def is_plain(stored: str) -> bool:
    """Whether a stored number is whole, positive and short, so that it is shown as it is stored if no format is set."""
    return stored.isdecimal() and stored.isascii() and stored[0] != "0" and len(stored) < 12


@lru_cache(maxsize=4096)
def show_number(stored: str, code: str, *, from_1904: bool = False) -> Shown:
    """Give the text of a cell from its stored number and its format code.

    Digits that a format hides by rounding or scaling are kept, because they are what formulas count with. A format that
    cannot be followed is told with the number, in a way that no one takes for a figure.
    """
    try:
        number = _dust_off(Decimal(f"{float(stored):.15g}"))
    except (ValueError, OverflowError):
        return Shown(stored)
    if not number.is_finite():
        return Shown(stored)
    sections = _read_code(code[:_LONGEST_CODE])
    section = sections[0]
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    shown = _show(number, section, code, from_1904=from_1904)
    # Formats of accounts show nought as a dash, which written by hand would say that nothing applies.
    return Shown("0") if not number and shown.text and set(shown.text) <= _DASHES else shown


def _show(number: Decimal, section: _Section, code: str, *, from_1904: bool) -> Shown:
    match section.kind:
        case "general":
            return Shown(f"{section.before}{_plain(number)}{section.after}")
        case "words":
            return Shown(section.before) if section.before or not number else Shown(_plain(number), "∅")
        case "date":
            return Shown(_show_date(number, from_1904=from_1904))
        case "number":
            return _fill(number, section)
    return Shown(f"{_plain(number)} [{code}]")


def _dust_off(number: Decimal) -> Decimal:
    """Give a number without what counting in binary fractions left of it: 830.0000000001 is 830."""
    if not number.is_finite() or -number.as_tuple().exponent <= _DUST_DECIMALS or abs(number.adjusted()) > 12:  # type: ignore[operator]
        return number
    near = round(number, _DUST_DECIMALS)
    return near if abs(near - number) < _DUST else number


def is_shown_as_blank_zero(stored: str) -> bool:
    """Whether a stored number is zero, which a sheet may be set to leave blank."""
    try:
        return float(stored) == 0
    except ValueError:
        return False


@lru_cache(maxsize=512)
def _read_code(code: str) -> tuple[_Section, ...]:
    sections: list[list[tuple[str, str]]] = [[]]
    for found in _PART.finditer(code):
        kind = found.lastgroup or "filler"
        if kind == "plain" and found["plain"] == ";":
            sections.append([])
        else:
            sections[-1].append((kind, found[kind] if found.lastgroup else ""))
    return tuple(map(_read_section, sections[:3]))


def _read_section(parts: list[tuple[str, str]]) -> _Section:
    plain = "".join(text for kind, text in parts if kind == "plain").lower()
    brackets = [text.lower() for kind, text in parts if kind == "bracket"]
    if "general" in plain or "g/通用格式" in plain:
        quoted = "".join(text for kind, text in parts if kind in ("quoted", "escaped", "currency"))
        return _Section("general", after=quoted)
    if any(bracket[1:2] in "<>=" for bracket in brackets if len(bracket) > 2):
        return _Section("unknown")
    if _DATE_LETTERS & set(plain) or any(set(bracket) <= set("[hms]") for bracket in brackets):
        return _Section("date")
    if "@" in plain:
        return _Section("general")
    if "e+" in plain or "e-" in plain or "/" in plain:
        return _Section("general")
    before, core, after = "", "", ""
    for kind, text in parts:
        if kind == "plain" and text in _DIGITS and text != "%":
            if after:
                return _Section("unknown")  # figures apart, as in 0!.0, or 000-0000
            core += text
        elif kind != "bracket":
            before, after = (before, after + text) if core else (before + text, after)
    if not core:
        return _Section("words", before)
    found = _CORE.fullmatch(core)
    if not found:
        return _Section("unknown")
    whole, fraction, scale = found[1], found[2] or "", found[3]
    trailing = len(whole) - len(whole.rstrip(",")) if not found[2] and "." not in core else 0
    thousands = len(scale) + trailing
    return _Section("number", before, after, whole[: len(whole) - trailing], fraction, thousands, "%" in plain)


def _fill(number: Decimal, section: _Section) -> Shown:
    held = number
    if section.percent:
        number *= 100
    number = number.scaleb(-3 * section.thousands)
    decimals = len(section.fraction)
    if abs(number.adjusted()) > 25:
        return Shown(_plain(number))
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):f}"
    whole, _, fraction = text.partition(".")
    least = section.whole.replace(",", "").count("0")
    whole = whole.lstrip("0").rjust(least, "0")
    if "," in section.whole and whole:
        whole = f"{int(whole):,}" if len(whole) > 3 else whole
    optional = len(section.fraction) - len(section.fraction.rstrip("#?"))
    while optional and fraction.endswith("0"):
        fraction, optional = fraction[:-1], optional - 1
    point = "." if "." in text and fraction else ""
    sign = "-" if rounded < 0 else ""
    shown = f"{sign}{section.before}{whole}{point}{fraction}{section.after}".strip()
    if section.thousands and number:
        return Shown(_plain(held) + ("%" if section.percent else ""), shown or "∅")
    if rounded == number:
        return Shown(shown)
    return Shown(_plain(number) + ("%" if section.percent else ""), shown or "∅")


def _plain(number: Decimal) -> str:
    if number == number.to_integral_value() and abs(number) < Decimal("1e21"):
        return str(int(number))
    return f"{number.normalize():f}" if abs(number.adjusted()) <= 25 else str(number)


def _show_date(number: Decimal, *, from_1904: bool) -> str:
    """Give a date as year-month-day; it is never taken for a figure, even if someone typed one into such a cell."""
    if not 0 <= number < _LATEST:
        return f"{_plain(number)} [yyyy-mm-dd]"
    if number < 1:
        minutes = int(number * 1440)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    base = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if number < 60 else 30)
    moment = base + timedelta(days=int(number), minutes=int(number % 1 * 1440))
    return f"{moment:%Y-%m-%d}" if moment.time() == datetime.min.time() else f"{moment:%Y-%m-%d %H:%M}"
