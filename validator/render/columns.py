"""Columns that line up on a screen, where a Chinese character takes two cells."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest


def align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as a line: the first column to the left, the others to the right, two blanks between."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip_longest(*rows, fillvalue="")]
    for first, *others in rows:
        parts = [first + " " * (widths[0] - cell_len(first))]
        parts += [" " * (width - cell_len(text)) + text for text, width in zip(others, widths[1:], strict=False)]
        yield "  ".join(parts)
