"""A text object of an OFD page -> its glyphs, each with a box of its own."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from unicodedata import east_asian_width

from validator.geometry import Box, Glyph, make_glyph
from validator.readers.fixed.showing import SMALLEST, UNKNOWN, to_text
from validator.readers.package import Element

from .paths import Space, read_number, read_numbers, read_steps

_ASCENT = 0.88  # of the size, above the base line; with the descent a square of the size, as Chinese fonts have it
_DESCENT = 0.12
_NO_CODE = "\N{CURRENCY SIGN}"  # what the standard puts for a sign whose character is not known
_TURNS = (Space(), Space(0.0, 1.0, -1.0, 0.0), Space(-1.0, 0.0, 0.0, -1.0), Space(0.0, -1.0, 1.0, 0.0))
"""What turns a character by so many quarters, clockwise."""
_LONGEST_KEPT = 400
"""So many characters of a text and its steps are remembered: labels and small figures come again and again."""


class Manner(NamedTuple):
    """How a text object sets its signs: their size and width in millimetres, the quarters that signs and lines turn."""

    size: float
    wide: float
    turned: int
    reading: int


class _Placed(NamedTuple):
    """The signs of a run: the text of each, how far it stands right of and below the first, and its width.

    `start`, `end` are where they all begin and end; `level`: none stands below another.
    """

    signs: tuple[tuple[str, float, float, float], ...]
    start: float
    end: float
    level: bool


def read_manner(attributes: Mapping[str, str]) -> Manner:
    """Give how a text object with these attributes sets its signs. Raises ValueError if its size is no number."""
    size = read_number(attributes.get("Size"), 0.0)
    if size <= 0:
        raise ValueError(f"Size={attributes.get('Size')}")
    stretch = read_number(attributes.get("HScale"), 1.0)
    turned, reading = (_read_quarters(attributes.get(name)) for name in ("CharDirection", "ReadDirection"))
    return Manner(size, size * stretch, turned, reading)


def read_glyphs(
    manner: Manner, codes: Sequence[Element], texts: Sequence[str], space: Space, run: int = 0
) -> tuple[list[Glyph], Box | None]:
    """Give the glyphs of a text object from its TextCode elements and their texts, and the box around them, if known.

    `space` takes its millimetres to points. Each element is a run of its own, numbered on from `run`. Text that stands
    aslant, as a watermark does, or is too small to be seen is left out. Raises ValueError if a position is no number.
    """
    size, wide, turned, reading = manner
    a, b, c, d, e, f = space
    upright = b == 0 == c and a > 0 < d and not turned
    turn = 0 if upright else (_TURNS[turned].inside(space) if turned else space).quarters()
    if turn is None or a * d == b * c:
        return [], None
    above, below = _ASCENT * size, _DESCENT * size
    glyphs: list[Glyph] = []
    box: Box | None = None
    x = y = 0.0
    for number, code in enumerate(codes, run):
        if stated := read_numbers(code.get("X"), 1):
            x = stated[0]
        if stated := read_numbers(code.get("Y"), 1):
            y = stated[0]
        text, across, down = texts[number - run], code.get("DeltaX") or "", code.get("DeltaY") or ""
        keep = len(text) + len(across) + len(down) < _LONGEST_KEPT
        place = _place_signs if keep else _place_signs.__wrapped__
        signs, start, end, level = place(text, across, down, wide, size, reading, turned)
        if upright and level:
            top, bottom = d * (y - above) + f, d * (y + below) + f
            if bottom - top >= SMALLEST:
                glyphs += [
                    make_glyph((sign, a * (x + left) + e, top, a * (x + left + width) + e, bottom, 0, number))
                    for sign, left, _, width in signs
                ]
                box = (a * (x + start) + e, top, a * (x + end) + e, bottom)
            continue
        for sign, right, low, width in signs:
            left, base = x + right, y + low
            if turned:
                around = _TURNS[turned]._replace(e=left, f=base).inside(space)
                sides = around.cover(0.0, -above, width, below)
            else:
                sides = space.cover(left, base - above, left + width, base + below)
            if sides[3] - sides[1] >= SMALLEST:
                glyphs.append(Glyph(sign, *sides, turn, number))
    return glyphs, box if upright and len(codes) == 1 else None


@lru_cache(maxsize=4096)
def _place_signs(text: str, across: str, down: str, wide: float, size: float, reading: int, turned: int) -> _Placed:
    """Give where the signs of a run stand from its steps; a sign is no wider than the step to the next."""
    text = text.strip() if "\n" in text else text  # line breaks around it are the layout of the XML
    looked_up = [_look_up(character) for character in text]
    widths = [breadth * wide for _, breadth in looked_up]
    xs, ys = _place_characters(across, down, widths, size, reading)
    if not turned:
        widths[:-1] = [
            step if 0 < (step := after - before) < width else width
            for before, after, width in zip(xs, xs[1:], widths, strict=False)
        ]
    signs = tuple([found for found in zip([sign for sign, _ in looked_up], xs, ys, widths, strict=True) if found[0]])
    start = min([left for _, left, _, _ in signs], default=0.0)
    end = max([left + width for _, left, _, width in signs], default=0.0)
    return _Placed(signs, start, end, not any(ys))


def _place_characters(
    across: str, down: str, widths: list[float], size: float, reading: int
) -> tuple[list[float], list[float]]:
    """Give where each character begins on either axis; where no steps are written, characters stand side by side."""
    right, below = _read_steps(across, "DeltaX", len(widths)), _read_steps(down, "DeltaY", len(widths))
    missing = len(widths) - 1
    if right is None and below is None:
        heights = [size] * len(widths)
        if reading % 2:
            below = heights if reading == 1 else [-height for height in heights]
        else:
            right = widths if reading == 0 else [-width for width in widths]
    right, below = right or [], below or []
    if right and len(right) < missing and not below:
        right = [*right, *widths[len(right) :]]
    return _run(right, len(widths)), _run(below, len(widths))


def _read_steps(written: str, name: str, characters: int) -> list[float] | None:
    if not written.strip():
        return None
    steps = read_steps(written, characters - 1)
    if steps is None:
        raise ValueError(f"{name}={written}")
    return steps


def _run(steps: list[float], count: int) -> list[float]:
    positions = list(accumulate(steps[: max(count - 1, 0)], initial=0.0))
    return (positions + positions[-1:] * (count - len(positions)))[:count]


def _read_quarters(written: str | None) -> int:
    return round(read_number(written, 0.0) / 90) % 4


@lru_cache(maxsize=8192)
def _look_up(character: str) -> tuple[str, float]:
    """Give the text of a character and its usual width as a share of its height; doubtful ones are wide."""
    text = UNKNOWN if character == _NO_CODE else to_text(ord(character))
    return text, 0.5 if east_asian_width(character) in {"Na", "H", "N"} else 1.0
