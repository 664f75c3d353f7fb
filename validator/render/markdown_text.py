"""Text of a report inside Markdown: no character of it formats, links, mentions anybody or ends a table's cell."""

import html
import re

from validator.patterns import Pattern

from .layout import make_harmless

_SPECIAL = Pattern(r"([\\`*_\[\]<>|~#$!&])")
# What forges make links and pings of after Markdown has been read, where a backslash no longer helps: @name, #12,
# GH-12, !12, $12, &12, %name, ~name, :smile:, http:// and www.
_REFERENCE = Pattern(r"(?<=[@#!$&%~:])(?=[\w\"/])|(?<=GH-)(?=\d)|(?<=www)(?=\.)", re.I)
_BLOCK = Pattern(r"^(\d+(?=[.)])|(?=[-+=]))")
"""What would begin a list or a heading if it began a line."""
_GAP = "\u200b"
"""A blank without width: what it parts is no name and no number to a forge, and looks the same to a reader."""


def to_markdown(text: str) -> str:
    """Write a text on one line of Markdown as it is."""
    return _BLOCK.sub(r"\1\\", _SPECIAL.sub(r"\\\1", _part(text).lstrip()))


def to_html(text: str) -> str:
    """Write a text as it is where Markdown holds HTML, such as a `summary`."""
    return html.escape(_part(text))


def _part(text: str) -> str:
    return _REFERENCE.sub(_GAP, make_harmless(text))
