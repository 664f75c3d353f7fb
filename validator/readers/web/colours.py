"""Colours as style sheets and attributes of web pages write them, and whether two look the same."""

import re

from validator.patterns import Pattern

Colour = tuple[int, int, int]

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
CLEAR, UNKNOWN = (-1, 0, 0), (-2, 0, 0)
"""No colour at all, and one that the page alone does not tell."""
_NAMES = {
    "white": WHITE,
    "black": BLACK,
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "transparent": CLEAR,
    "window": WHITE,
    "windowtext": BLACK,
}
_RGB = Pattern(r"rgba?\(\s*(\d+)\s*[,\s]\s*(\d+)\s*[,\s]\s*(\d+)\s*(?:[,/]\s*(\d*\.?\d+)%?\s*)?\)")
# They begin with the word itself, for which a long page is searched far faster.
_COLOUR = re.compile(rb"color\s*:\s*([^;\"'}!]+)")
_GROUND = re.compile(rb"background\s*:\s*([^;\"'}!]+)")
_ATTRIBUTE = re.compile(rb"color\s*=\s*[\"']?\s*(#?\w+)")
PICTURE = Pattern(r"url\(|gradient|image")
_ALIKE = 6  # nobody tells colours apart that differ by so little


def may_hide(declared: bytes, rest: bytes) -> bool:
    """Say whether text and ground may have one colour, by the declarations of a page and by the rest of its markup."""
    inks: set[Colour] = set()
    grounds = {read_ground(found.decode("latin-1")) for found in _GROUND.findall(declared)}
    for markup, pattern in ((declared, _COLOUR), (rest, _ATTRIBUTE)):
        for found in pattern.finditer(markup):
            before = markup[max(0, found.start() - 11) : found.start()]
            is_ground = before.endswith((b"bg", b"background-"))
            (grounds if is_ground else inks).add(read_colour(found[1].decode("latin-1")))
    return CLEAR in inks or any(are_alike(ink, ground) for ink in (*inks, BLACK) for ground in (*grounds, WHITE))


def read_ground(written: str) -> Colour:
    """Give the colour of a background; clear if it has none."""
    if PICTURE.search(written):
        return UNKNOWN
    words = re.findall(r"[\w-]+\([^)]*\)|#?[\w-]+", written)
    colours = [colour for word in words if not word[0].isdigit() and (colour := read_colour(word)) != UNKNOWN]
    return colours[0] if colours else UNKNOWN if words and words[0] not in ("none", "0", "initial") else CLEAR


def read_colour(written: str) -> Colour:
    """Give a colour as a page writes it; unknown for what is none, or no name in common use."""
    text = written.strip().lower()
    digits = text.removeprefix("#")
    if len(digits) in (3, 4, 6, 8) and all(digit in "0123456789abcdef" for digit in digits):
        if len(digits) < 5:
            digits = "".join(digit * 2 for digit in digits)
        if digits[6:] == "00":
            return CLEAR
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if found := _RGB.fullmatch(text):
        if found[4] and float(found[4]) == 0:
            return CLEAR
        return int(found[1]), int(found[2]), int(found[3])
    return _NAMES.get(text, UNKNOWN)


def are_alike(one: Colour, other: Colour) -> bool:
    """Say whether nobody tells two colours apart; one that is none, or not known, is like no other."""
    return min(one[0], other[0]) >= 0 and all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
