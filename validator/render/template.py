"""Templates: the name of a file in templates/ -> a function from values to text."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec

from validator.patterns import Pattern

from .layout import make_harmless

_FOLDER = Path(__file__).parent / "templates"
# A pipe that no backslash escapes yet: an even number of them stands before it.
_BARE_PIPE = Pattern(r"(?<!\\)((?:\\\\)*)\|")


@cache
def load_template(name: str) -> Callable[..., str]:
    """Give what fills the template `name`: it takes values by name and gives the text; a value left out is an error.

    HTML is escaped where the name says that the template is HTML, and characters that would act on the text around
    them are shown as escapes; `json_data` writes data between script tags.
    Markdown has the filters `one_line` and `table_cell`.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=select_autoescape(enabled_extensions=["html.jinja"], default=False),
        finalize=_show if name.endswith(".html.jinja") else None,
        auto_reload=False,
    )
    environment.filters["json_data"] = lambda data: Markup(write_json(data))
    environment.filters["one_line"] = _one_line
    environment.filters["table_cell"] = _table_cell
    return environment.get_template(name).render


SLOT = "<!--slot-->"
"""Stands in a filled template for what is put in afterwards; no text can hold it, for texts are escaped."""


def slot(count: int = 1) -> str:
    """Give so many slots as a value that a template does not escape."""
    return as_html(SLOT * count)


def as_html(text: str) -> str:
    """Mark a text as HTML, which a template does not escape."""
    from markupsafe import Markup

    return Markup(text)


def escape(text: str) -> str:
    """Give a text as HTML, as templates do."""
    if text.isalnum():
        return text
    from markupsafe import escape as escape_it

    return str(escape_it(make_harmless(text)))


def _show(value: object) -> object:
    """Show what would turn or break the text around it as escapes; what is marked as HTML stays as it is."""
    return value if type(value) is not str or value.isprintable() else make_harmless(value)


def write_json(data: object) -> str:
    """Write JSON that cannot end the script element it stands in, nor begin a comment there."""
    try:
        text = msgspec.json.encode(data).decode()
    except UnicodeEncodeError:  # half a character, from the name of a file
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _one_line(text: str) -> str:
    """Put a text on one line: a list item, a quotation or a table's row ends where the line does."""
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def _table_cell(text: str) -> str:
    """Write Markdown so that it stays in its cell: a pipe ends the cell, even between backticks."""
    return _BARE_PIPE.sub(r"\1\\|", _one_line(text))
