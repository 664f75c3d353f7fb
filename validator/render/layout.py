"""Lines for a screen: harmless characters only, broken at the width of the screen, Chinese counted as two cells.

In a pipe the lines stay whole and without colour, and rich is not even imported.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

import msgspec

from .look import Look

# Characters that must not begin a line, and that must not end one.
_NOT_FIRST = frozenset("，。；：、！？）》”’】%,.;:!?)]}")
_NOT_LAST = frozenset("（《“‘【([{")


class Line(msgspec.Struct, frozen=True):
    """A line in parts, each with a style of rich ("" for none); `indent` counts blanks."""

    indent: int
    parts: tuple[tuple[str, str], ...] = ()


def plain(indent: int, text: str, style: str = "") -> Line:
    """Make a line of one part."""
    return Line(indent, ((text, style),))


def make_harmless(text: str) -> str:
    """Show control, line-breaking and direction-changing characters as escapes, so that no text acts on a screen."""
    if text.isprintable():
        return text
    return "".join(_escape(character) for character in text)


def _escape(character: str) -> str:
    if character in "\t\r\n":
        return " "
    if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}:
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character


def lay_out(lines: Iterable[Line], look: Look) -> Iterator[str]:
    """Turn lines into the text that a screen of this look shows, each ended by a newline."""
    safe = (Line(line.indent, tuple((make_harmless(text), style) for text, style in line.parts)) for line in lines)
    if look.width is None and not look.colour:
        return map(_whole, safe)
    return _on_screen(safe, look)


def _whole(line: Line) -> str:
    return (" " * line.indent + "".join(text for text, _ in line.parts)).rstrip() + "\n"


def _on_screen(lines: Iterable[Line], look: Look) -> Iterator[str]:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    width = look.width or 10_000
    sink = StringIO()
    console = Console(
        file=sink,
        width=width,
        force_terminal=look.colour,
        no_color=not look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
    )
    for line in lines:
        # Text.append takes the words of a report as words: no markup is read from them.
        text = Text(no_wrap=True, overflow="ignore", end="")
        for part, style in line.parts:
            text.append(part, style)
        room = max(width - line.indent, 20)
        # Later rows of a line stand two blanks further in, so that the eye finds where the next one begins.
        for number, row in enumerate(text.divide(break_points(text.plain, room, room - 2))):
            row.rstrip()
            console.print(Text(" " * (line.indent + 2 * (number > 0))), row, sep="", soft_wrap=True, highlight=False)
        yield sink.getvalue()
        sink.seek(0)
        sink.truncate()


def break_points(text: str, first: int, later: int) -> list[int]:
    """Say at which characters to break a text so that no row is wider than its room, in character cells.

    A break stands between two Chinese characters or before a word, and never before a closing mark.
    """
    return list(_break_points(text, first, later))


def _break_points(text: str, first: int, later: int) -> Iterator[int]:
    from rich.cells import get_character_cell_size

    room, begin, used, candidate = first, 0, 0, 0
    sizes = [get_character_cell_size(character) for character in text]
    for index, character in enumerate(text):
        if index > begin and _may_break(text[index - 1], character):
            candidate = index
        used += sizes[index]
        if used > room and not character.isspace():
            begin = candidate if candidate > begin else index
            yield begin
            room, used = later, sum(sizes[begin : index + 1])


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after.isspace():
        return False
    return before.isspace() or not (before.isascii() and after.isascii())


def align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as a line: the first column to the left, the others to the right, two blanks between."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip_longest(*rows, fillvalue="")]
    for first, *others in rows:
        parts = [first + " " * (widths[0] - cell_len(first))]
        parts += [" " * (width - cell_len(text)) + text for text, width in zip(others, widths[1:], strict=False)]
        yield "  ".join(parts)
