"""A text object of an OFD page -> its glyphs, each with a box of its own."""

from functools import lru_cache
from itertools import accumulate
from unicodedata import east_asian_width

from validator.geometry import Glyph
from validator.readers.fixed.showing import UNKNOWN, to_text
from validator.readers.package import Element

from .paths import Space, read_number, read_steps

_ASCENT = 0.88  # of the size, above the base line; with the descent a square of the size, as Chinese fonts have it
_DESCENT = 0.12
_NO_CODE = "\N{CURRENCY SIGN}"  # what the standard puts for a sign whose character is not known
_TURNS = (Space(), Space(0.0, 1.0, -1.0, 0.0), Space(-1.0, 0.0, 0.0, -1.0), Space(0.0, -1.0, 1.0, 0.0))
"""What turns a character by so many quarters, clockwise."""


def read_glyphs(text_object: Element, codes: list[Element], space: Space, run: int = 0) -> list[Glyph]:
    """Give the glyphs of a text object from its TextCode elements; `space` takes its millimetres to points.

    Each element is a run of its own, numbered on from `run`.

    Text that stands aslant, as a watermark does, or has no extent is left out. Raises ValueError if its size or a
    position is no number.
    """
    size = read_number(text_object.get("Size"), 0.0)
    if size <= 0:
        raise ValueError(f"Size={text_object.get('Size')}")
    stretch = read_number(text_object.get("HScale"), 1.0)
    turned = _read_quarters(text_object, "CharDirection")
    reading = _read_quarters(text_object, "ReadDirection")
    turn = _TURNS[turned].inside(space).quarters()
    if turn is None or space.scale() == 0:
        return []
    a, b, c, d, e, f = space
    level = b == 0 == c and a > 0 < d
    wide, above, below = size * stretch, _ASCENT * size, _DESCENT * size
    glyphs: list[Glyph] = []
    x = y = 0.0
    for number, code in enumerate(codes, run):
        text = _read_characters(code.text or "")
        x = read_number(code.get("X"), x)
        y = read_number(code.get("Y"), y)
        signs = [_look_up(character) for character in text]
        widths = [breadth * wide for _, breadth in signs]
        xs, ys = _place_characters(code, x, y, widths, size, reading)
        last = len(text) - 1
        for index, (sign, _) in enumerate(signs):
            if not sign:
                continue
            left, base, width = xs[index], ys[index], widths[index]
            if turned:
                around = _TURNS[turned]._replace(e=left, f=base).inside(space)
                box = around.cover(0.0, -above, width, below)
                glyphs.append(Glyph(sign, *box, turn, number))
                continue
            if index < last and 0 < xs[index + 1] - left < width:
                width = xs[index + 1] - left
            if level:
                glyphs.append(
                    Glyph(
                        sign,
                        a * left + e,
                        d * (base - above) + f,
                        a * (left + width) + e,
                        d * (base + below) + f,
                        0,
                        number,
                    )
                )
            else:
                glyphs.append(Glyph(sign, *space.cover(left, base - above, left + width, base + below), turn, number))
    return glyphs


def _read_characters(written: str) -> str:
    """Give the characters of a TextCode; line breaks around them are the layout of the XML."""
    return written.strip() if "\n" in written else written


def _place_characters(
    code: Element, x: float, y: float, widths: list[float], size: float, reading: int
) -> tuple[list[float], list[float]]:
    """Give where each character begins on either axis; where no steps are written, characters stand side by side."""
    across, down = _read_steps(code, "DeltaX", len(widths)), _read_steps(code, "DeltaY", len(widths))
    missing = len(widths) - 1
    if across is None and down is None:
        heights = [size] * len(widths)
        if reading % 2:
            down = heights if reading == 1 else [-height for height in heights]
        else:
            across = widths if reading == 0 else [-width for width in widths]
    across, down = across or [], down or []
    if across and len(across) < missing and not down:
        across = [*across, *widths[len(across) :]]
    return _run(x, across, missing), _run(y, down, missing)


def _read_steps(code: Element, name: str, characters: int) -> list[float] | None:
    written = code.get(name)
    if not written or not written.strip():
        return None
    steps = read_steps(written, characters - 1)
    if steps is None:
        raise ValueError(f"{name}={written}")
    return steps


def _run(start: float, steps: list[float], count: int) -> list[float]:
    positions = list(accumulate(steps[:count], initial=start))
    return positions + positions[-1:] * (count + 1 - len(positions))


def _read_quarters(text_object: Element, name: str) -> int:
    return round(read_number(text_object.get(name), 0.0) / 90) % 4


@lru_cache(maxsize=8192)
def _look_up(character: str) -> tuple[str, float]:
    """Give the text of a character and its usual width as a share of its height; doubtful ones are wide."""
    text = UNKNOWN if character == _NO_CODE else to_text(ord(character))
    return text, 0.5 if east_asian_width(character) in {"Na", "H", "N"} else 1.0
