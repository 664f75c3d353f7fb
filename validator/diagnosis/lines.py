"""The rows and columns of the printed tables as the equations see them."""

from collections import Counter
from functools import lru_cache

import msgspec

from .surroundings import Surroundings
from .system import System


class Line(msgspec.Struct, frozen=True):
    """A row or a column: its cells that lie in equations, in printed order.

    `touched` masks the equations that any of them lies in. `own` masks those that several do, such as the row's
    own sum. `across` gives for each cell the equations that it alone lies in, with its weight there.
    """

    cells: tuple[str, ...]
    touched: int
    own: int
    across: tuple[tuple[tuple[int, int], ...], ...]


@lru_cache(maxsize=64)
def draw_lines(system: System, around: Surroundings) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Give the rows and the columns of three or more cells that lie in equations."""
    rows, columns = (
        tuple(_draw(cells, system) for cells in dict.fromkeys(lines.values()) if len(set(cells) & known) > 2)
        for lines in (around.rows, around.columns)
        for known in (system.columns.keys(),)
    )
    return rows, columns


def _draw(cells: tuple[str, ...], system: System) -> Line:
    cells = tuple(cell for cell in cells if cell in system.columns)
    crossings = Counter(equation for cell in cells for equation in system.columns[cell])
    return Line(
        cells=cells,
        touched=sum(1 << equation for equation in crossings),
        own=sum(1 << equation for equation, count in crossings.items() if count > 1),
        across=tuple(tuple((e, w) for e, w in system.columns[cell].items() if crossings[e] == 1) for cell in cells),
    )
