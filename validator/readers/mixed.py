"""Text and Markdown files that hold HTML: a whole page under another suffix, or tables of HTML between the lines."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from validator.errors import ReadError
from validator.model.document import Block, Document, Paragraph
from validator.model.location import Location, TextPlace
from validator.patterns import Pattern

from .text import read_text
from .web import read_html

_PAGE = Pattern(r"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
_TABLE_TAG = Pattern(r"<(/?)table(?=[\s>])", re.IGNORECASE)
_TABLE_END = "</table>"
_MOST_TABLES = 1_000


def read_mixed(text: str, source: str, *, markdown: bool) -> Document:
    """Read the HTML in a text as HTML and the lines around it as text, in the order in which they stand.

    What a table of HTML shows besides cells has the place of the line it begins in. Raises what read_html raises.
    """
    if _PAGE.search(text) or (text.lstrip().startswith("<") and not markdown):
        return read_html(text, source)
    tables = list(_find_tables(text))
    if len(tables) > _MOST_TABLES:
        raise ReadError("too-large", size=f"{len(tables)} HTML tables", limit=f"{_MOST_TABLES} HTML tables")
    around = _blank_out(text, tables)
    document = read_text(around, source, markdown=markdown)
    waiting = list(document.blocks)
    blocks: list[Block] = []
    next_table = 1
    for start, end in tables:
        line = text.count("\n", 0, start) + 1
        while waiting and _line_of(waiting[0]) <= line:
            blocks.append(waiting.pop(0))
        for block in read_html(text[start:end], source, first_table=next_table).blocks:
            if isinstance(block, Paragraph):
                blocks.append(replace(block, location=TextPlace(line, 1)))
            else:
                blocks.append(block)
                next_table += 1
    ends_open = document.ends_open and not text.rstrip().lower().endswith(_TABLE_END)
    return replace(document, blocks=(*blocks, *waiting), ends_open=ends_open)


def _find_tables(text: str) -> Iterator[tuple[int, int]]:
    """Give where each outermost table begins and ends; one without an end goes on to the end of the text."""
    level = start = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            start = start if level else tag.start()
            level += 1
        elif level:
            level -= 1
            if not level:
                yield start, min(text.find(">", tag.end()) + 1 or len(text), len(text))
    if level:
        yield start, len(text)


def _blank_out(text: str, spans: list[tuple[int, int]]) -> str:
    """Leave only the line ends of these spans, so that all other lines keep their numbers."""
    pieces = []
    last = 0
    for start, end in spans:
        pieces += [text[last:start], "\n" * text.count("\n", start, end)]
        last = end
    return "".join((*pieces, text[last:]))


def _line_of(block: Block) -> int:
    if isinstance(block, Paragraph):
        return _line(block.location)
    return min((_line(cell.location) for row in block.rows for cell in row.cells), default=0)


def _line(location: Location) -> int:
    return location.line if isinstance(location, TextPlace) else 0
