"""A sum that does not come out, as a small drawing: the parts end to end, the total below, and what lies between."""

from collections.abc import Mapping, Sequence

from validator.model.outcome import Equation
from validator.model.report import ReportCell
from validator.render.layout import make_harmless

_WIDTH, _BAR, _LABEL = 300, 15, 90
_MOST_PARTS = 40
_LEAST_TEXT = 7  # pixels that a digit takes

Sides = tuple[list[int], list[int]]


def draw_sum(equation: Equation, cells: Mapping[str, ReportCell], said: str) -> str:
    """Give the drawing as SVG; `said` are the same figures in words, for those who hear the page.

    "" for what is no plain sum of counts: other factors, bounds, blanks without a figure, negative figures.
    """
    from markupsafe import Markup, escape

    sides = _read_sides(equation, cells)
    if sides is None:
        return ""
    sums = sum(sides[0]), sum(sides[1])
    scale = _WIDTH / max(sums)
    rows = "".join(
        _draw_side(side, other, number * (_BAR + 4), scale)
        for number, (side, other) in enumerate(((sides[0], sums[1]), (sides[1], sums[0])))
    )
    height = 2 * _BAR + 4
    label = escape(make_harmless(said))
    return Markup(
        f'<svg class="drawing" viewBox="0 0 {_WIDTH + _LABEL} {height}" role="img" aria-label="{label}">{rows}</svg>'
    )


def _read_sides(equation: Equation, cells: Mapping[str, ReportCell]) -> Sides | None:
    sides: Sides = ([], [])
    if equation.relation != "=":
        return None
    for side, terms in zip(sides, (equation.left, equation.right), strict=True):
        for factor, address in terms:
            cell = cells.get(address)
            value = cell.value if cell is not None and cell.value is not None else 0
            if factor != 1 or not address or not isinstance(value, int) or value < 0:
                return None
            side.append(value)
    shown = [value for side in sides for value in side]
    return sides if any(shown) and len(shown) <= _MOST_PARTS and sum(sides[0]) != sum(sides[1]) else None


def _draw_side(values: Sequence[int], other: int, top: int, scale: float) -> str:
    """Draw the parts of a side one after the other, what it lacks against the other side, and its sum."""
    drawn, at, total = [], 0.0, sum(values)
    for number, value in enumerate(values):
        wide = value * scale
        drawn.append(_box(at, top, wide, f"part{number % 2}", value))
        at += wide
    if total < other:
        drawn.append(_box(at, top, (other - total) * scale, "lack", 0))
    sign = f"={total}" if total >= other else f"={total}  (−{other - total})"
    drawn.append(f'<text x="{_WIDTH + 5}" y="{top + 12}">{sign}</text>')
    return "".join(drawn)


def _box(left: float, top: int, wide: float, kind: str, value: int) -> str:
    if wide < 0.05:
        return ""
    box = f'<rect class="{kind}" x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{_BAR}"/>'
    if not value or wide < _LEAST_TEXT * len(str(value)) + 2:
        return box
    return f'{box}<text class="in" x="{left + wide / 2:.1f}" y="{top + 11.5}">{value}</text>'
