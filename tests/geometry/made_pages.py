"""Makes printed pages for tests: words and lines at places in points from the top left corner."""

from validator.geometry import Glyph, PrintedPage, Stroke

WIDTH, HEIGHT = 400.0, 600.0
SIZE = 10.0


def write(text: str, left: float, top: float, *, size: float = SIZE, turn: int = 0) -> list[Glyph]:
    """Set a text: wide signs are as wide as high, others half; a turned one runs down (1) or up (3)."""
    glyphs = []
    at = left if turn == 0 else top
    for sign in text:
        wide = size if sign > "\u2e80" else size / 2
        step = -wide if turn == 3 else wide
        first, last = min(at, at + step), max(at, at + step)
        if sign != " ":
            box = (first, top, last, top + size) if turn == 0 else (left, first, left + size, last)
            glyphs.append(Glyph(sign, *box, turn))
        at += step
    return glyphs


def level(y: float, left: float, right: float, *, thick: float = 0.5) -> Stroke:
    return Stroke(left, y - thick / 2, right, y + thick / 2)


def upright(x: float, top: float, bottom: float, *, thick: float = 0.5) -> Stroke:
    return Stroke(x - thick / 2, top, x + thick / 2, bottom)


def frame(left: float, top: float, right: float, bottom: float) -> list[Stroke]:
    sides = [level(top, left, right), level(bottom, left, right)]
    return [*sides, upright(left, top, bottom), upright(right, top, bottom)]


def rule(xs: list[float], ys: list[float]) -> list[Stroke]:
    """Draw all lines of a table."""
    return [*(level(y, xs[0], xs[-1]) for y in ys), *(upright(x, ys[0], ys[-1]) for x in xs)]


def page(glyphs: list[Glyph], strokes: list[Stroke], number: int = 1) -> PrintedPage:
    return PrintedPage(number, WIDTH, HEIGHT, glyphs, strokes)
