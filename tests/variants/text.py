"""Text and Markdown: every layout, encoding and mark that plain text can carry."""

from collections.abc import Callable
from functools import partial
from html import escape

from typeset import LAYOUTS
from variants.frame import RAISED, STRUCK, TOKEN, UNSEEN, Draft, Way, corrected, earlier, footnoted, shadowed

SUFFIX = ".txt"

_NOTES = ("[1]", "①", "*", "¹", "［注］")


def _lay_out(layout: str, draft: Draft, how: dict[str, str] | None = None) -> str:
    text = LAYOUTS[layout][1](draft.report, draft.random)
    return TOKEN.sub(lambda found: (how or {}).get(found[1], "{}").format(found[2]), text)


def _written(layout: str, encoding: str, draft: Draft) -> bytes:
    return _lay_out(layout, draft).encode(encoding)


def _trailing(layout: str, note: str, draft: Draft) -> bytes:
    return _lay_out(layout, draft.marked(lambda text: text + note)).encode()


def _marked(layout: str, make: Callable[[Draft], Draft], kind: str, pattern: str, draft: Draft) -> bytes:
    return _lay_out(layout, make(draft), {kind: pattern}).encode()


def _spaced(blank: str, draft: Draft) -> bytes:
    """Set blanks between the digits of figures, as text out of justified cells has them."""
    return _lay_out("framed_rows", draft.marked(blank.join, share=0.3)).encode()


def _wide(draft: Draft) -> bytes:
    """Write figures in the digits of full width."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return _lay_out("row_a_line", draft.marked(lambda text: text.translate(wide), share=0.5)).encode()


def _thousands(comma: str, draft: Draft) -> bytes:
    return _lay_out("tabs", draft.marked(lambda text: f"{int(text):,}".replace(",", comma), share=0.5)).encode()


def _two(layout: str, draft: Draft) -> bytes:
    return f"{_lay_out(layout, draft)}\n\n{_lay_out(layout, earlier(draft))}".encode()


def _with_tables_of_html(draft: Draft) -> bytes:
    """Write headings and sentences as Markdown and tables as HTML."""
    lines = [f"# {draft.report.title}"]
    for heading, paragraphs, tables in draft.report.sections:
        lines += ["", f"## {heading}", "", *paragraphs]
        for table in tables:
            rows = (
                "".join(f"<td colspan={c.colspan} rowspan={c.rowspan}>{escape(c.text)}</td>" for c in row)
                for row in table.rows
            )
            lines += ["", f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"]
    return "\n".join(lines).encode()


def _quoted(draft: Draft) -> bytes:
    """Quote the whole text, as an answer to a mail does."""
    return "".join(f"> {line}\n" for line in _lay_out("markdown", draft).splitlines()).encode()


def _bold(draft: Draft) -> bytes:
    return _lay_out("markdown", draft.marked(lambda text: f"**{text}**", share=0.5)).encode()


_TEXT_LAYOUTS = [name for name, (suffix, _) in LAYOUTS.items() if suffix == ".txt"]
_RULED = ("row_a_line", "framed_rows", "tabs")
_MARKDOWN: dict[str, Way] = {
    "markdown": partial(_written, "markdown", "utf-8"),
    "markdown-mark": partial(_written, "markdown", "utf-8-sig"),
    "markdown-html": _with_tables_of_html,
    "markdown-quoted": _quoted,
    "markdown-bold": _bold,
    "markdown-raised": partial(_marked, "markdown", footnoted, RAISED, "<sup>{}</sup>"),
    "markdown-caret": partial(_marked, "markdown", footnoted, RAISED, "^{}^"),
    "markdown-note": partial(_marked, "markdown", footnoted, RAISED, "[^{}]"),
    "markdown-struck": partial(_marked, "markdown", corrected, STRUCK, "~~{}~~"),
    "markdown-deleted": partial(_marked, "markdown", corrected, STRUCK, "<del>{}</del>"),
    "markdown-comment": partial(_marked, "markdown", shadowed, UNSEEN, "<!-- {} -->"),
    "two-reports-markdown": partial(_two, "markdown"),
}
WAYS: dict[str, Way] = {
    **{layout: partial(_written, layout, "utf-8") for layout in _TEXT_LAYOUTS},
    **{f"{encoding}": partial(_written, "framed_rows", encoding) for encoding in ("gb18030", "utf-16", "utf-8-sig")},
    **{
        f"trailing-{layout}-{number}": partial(_trailing, layout, note)
        for layout in _RULED
        for number, note in enumerate(_NOTES)
    },
    "spaced": partial(_spaced, " "),
    "spaced-wide": partial(_spaced, "\u3000"),
    "wide-digits": _wide,
    "thousands": partial(_thousands, ","),
    "thousands-wide": partial(_thousands, "，"),
    **{f"two-reports-{layout}": partial(_two, layout) for layout in ("row_a_line", "tabs", "printed_lines")},
    **_MARKDOWN,
}
SUFFIXES = dict.fromkeys(_MARKDOWN, ".md")
