"""The layouts: how web pages, Markdown converters and text dumps print the same report.

Each takes the printed report and a Random that may vary what real documents vary: blanks, markup, wrapping.
"""

import html
from collections.abc import Callable, Iterator
from random import Random

from .grid import PrintedCell, PrintedReport, PrintedTable

Layout = Callable[[PrintedReport, Random], str]


def page(report: PrintedReport, random: Random) -> str:
    """A web page with plain tables."""
    parts = [f"<html><head><meta charset='utf-8'><title>{html.escape(report.title)}</title></head><body>"]
    parts.append(f"<h1>{html.escape(report.title)}</h1>")
    for heading, paragraphs, tables in report.sections:
        parts.append(f"<p>{html.escape(heading)}</p>")
        parts.extend(f"<p>{html.escape(text)}</p>" for text in paragraphs)
        parts.extend(_html_table(table, random, word=False) for table in tables)
    return "\n".join(parts) + "</body></html>"


def word_page(report: PrintedReport, random: Random) -> str:
    """A page pasted from a word processor: spans that split words, a layout table around, menus beside."""
    parts = ["<html><head><title>首页 - 公开专栏</title><style>td{color:red}</style>"]
    parts.append("<script>var t='<table><tr><td>(七)总计</td><td>9</td></tr></table>';</script></head><body>")
    parts.append("<table><tr><td>首页</td><td><a href='#'>政务公开</a></td></tr></table>")
    parts.append("<table width='100%'><tr><td><!-- 正文 --><div class='TRS_Editor'>")
    parts.append(f"<p class=MsoNormal align=center><b>{_spans(report.title, random)}</b><o:p></o:p></p>")
    for heading, paragraphs, tables in report.sections:
        parts.append(f"<p class=MsoNormal>{_spans(heading, random)}<o:p></o:p></p>")
        parts.extend(f"<p class=MsoNormal>{_spans(text, random)}</p>" for text in paragraphs)
        parts.extend(f"<div align=center>{_html_table(table, random, word=True)}</div>" for table in tables)
    return "".join(parts) + "</div></td></tr></table><p>版权所有</p></body></html>"


def _html_table(table: PrintedTable, random: Random, *, word: bool) -> str:
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
                f" rowspan={cell.rowspan}" if cell.rowspan > 1 else ""
            )
            inner = html.escape(cell.text) or random.choice(["", "&nbsp;", "\u3000"])
            if word:
                inner = f"<p class=MsoNormal>{_spans(cell.text, random) or '&nbsp;'}<o:p></o:p></p>"
            cells.append(f"<td{spans}>{inner}" + ("" if word and random.random() < 0.3 else "</td>"))
        rows.append("<tr>" + "\n".join(cells) + ("" if word and random.random() < 0.3 else "</tr>"))
    return "<table border=1><tbody>" + "\n".join(rows) + "</tbody></table>"


def _spans(text: str, random: Random) -> str:
    if len(text) < 2:
        return html.escape(text)
    cut = random.randrange(1, len(text))
    return f"<span lang=EN-US>{html.escape(text[:cut])}</span><span><font>{html.escape(text[cut:])}</font></span>"


def _text(report: PrintedReport, table_lines: Callable[[PrintedTable], Iterator[str]], between: str = "\n") -> str:
    lines = [report.title]
    for heading, paragraphs, tables in report.sections:
        lines.append(heading)
        lines.extend(paragraphs)
        for table in tables:
            lines.extend(table_lines(table))
    return between.join(lines) + "\n"


def _padding(row: list[PrintedCell], table: PrintedTable) -> int:
    """How many columns of the grid a row leaves without a cell of its own."""
    return table.width - len(row)


def cell_a_line(report: PrintedReport, random: Random) -> str:
    """One cell a line with a bar behind it; the columns that spans cover are bars on a line of their own."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            for cell in row:
                yield f"{cell.text} |" if cell.text else "|"
            if padding := _padding(row, table):
                yield "|" * padding

    return _text(report, lines)


def filler_on_last(report: PrintedReport, random: Random) -> str:
    """One cell a line, and the bars of covered columns behind the last cell of the row."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            *most, last = row
            for cell in most:
                yield f"{cell.text} |" if cell.text else "|"
            padding = _padding(row, table)
            yield (f"{last.text} |" if last.text else "|") + (f" {'|' * padding}" if padding else "")

    return _text(report, lines)


def row_opened_by_bar(report: PrintedReport, random: Random) -> str:
    """One cell a line; each row opens with a bar on a line of its own."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            yield "|"
            for cell in row:
                yield f"{cell.text} |" if cell.text else "|"

    return _text(report, lines)


def row_a_line(report: PrintedReport, random: Random) -> str:
    """One row a line with bars between the cells, filler bars at the end of short rows."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            padding = _padding(row, table)
            yield " | ".join(cell.text for cell in row) + " |" + (f" {'|' * padding}" if padding else "")

    return _text(report, lines)


def framed_rows(report: PrintedReport, random: Random) -> str:
    """One row a line between bars on both sides, filler bars without blanks."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            padding = _padding(row, table)
            yield "| " + " | ".join(cell.text for cell in row) + " |" + (f" {'|' * padding}" if padding else "")

    return _text(report, lines)


def markdown(report: PrintedReport, random: Random) -> str:
    """Markdown: headings with marks, tables over the whole grid with blank cells where spans cover it."""

    def lines(table: PrintedTable) -> Iterator[str]:
        yield ""
        for number, row in enumerate(_grid(table)):
            yield "| " + " | ".join(row) + " |"
            if number == 0:
                yield "|" + "---|" * table.width
        yield ""

    body = _text(report, lines)
    head, _, rest = body.partition("\n")
    return f"# {head}\n{rest}"


def covered_blank(report: PrintedReport, random: Random) -> str:
    """One row a line over the whole grid: positions covered by a span from above or from the left are blank cells."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in _grid(table, only_rows=True):
            yield " | ".join(row) + " |"

    return _text(report, lines)


def tabs(report: PrintedReport, random: Random) -> str:
    """Tabs between the cells of a row, as a browser copies a table."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            yield "\t".join(cell.text for cell in row)

    return _text(report, lines)


def bar_below(report: PrintedReport, random: Random) -> str:
    """A cell on its line, then a line that holds only a bar."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            for cell in row:
                if cell.text:
                    yield cell.text
                yield "|"

    return _text(report, lines)


def bare_cells(report: PrintedReport, random: Random) -> str:
    """One cell a line with blank lines between and no bars; blank cells leave nothing but more blank lines."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            for cell in row:
                yield cell.text

    return _text(report, lines, between="\n\n")


def printed_lines(report: PrintedReport, random: Random) -> str:
    """Lines out of a PDF: a label and its figures on one line, long labels wrapped round the line of figures."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            label = " ".join(cell.text for cell in row if not cell.figure and cell.text)
            figures = " ".join(cell.text for cell in row if cell.figure and cell.text)
            own = row[-1].text if not figures else next((c.text for c in reversed(row) if not c.figure), "")
            if figures and len(own) > 14 and len(row) > 4 and random.random() < 0.7:
                for cell in row:
                    if not cell.figure and cell.text != own:
                        yield cell.text
                yield own[:12]
                yield f"{own[12:14]} {figures}"
                if own[14:]:
                    yield own[14:]
            else:
                yield f"{label} {figures}".strip()

    return _text(report, lines)


def _grid(table: PrintedTable, *, only_rows: bool = False) -> list[list[str]]:
    """Give the table as full rows of its grid: a span prints its text once and blanks for the rest.

    `only_rows`: spans to the right print nothing, as converters do that know rowspans only.
    """
    covered: dict[tuple[int, int], bool] = {}
    rows = []
    for y, row in enumerate(table.rows):
        out: list[str] = []
        cells = iter(row)
        x = 0
        while x < table.width:
            if (y, x) in covered:
                if not only_rows or covered[y, x]:
                    out.append("")
                x += 1
                continue
            cell = next(cells, None)
            if cell is None:
                x += 1
                continue
            out.append(cell.text)
            for dy in range(cell.rowspan):
                for dx in range(cell.colspan):
                    if dy or dx:
                        covered[y + dy, x + dx] = dx == 0
            x += 1
        rows.append(out)
    return rows


BARRED = {
    "cell_a_line": cell_a_line,
    "filler_on_last": filler_on_last,
    "row_opened_by_bar": row_opened_by_bar,
    "row_a_line": row_a_line,
    "framed_rows": framed_rows,
    "covered_blank": covered_blank,
    "tabs": tabs,
    "bar_below": bar_below,
}
"""Text layouts that show blank cells."""

BARE = {"bare_cells": bare_cells, "printed_lines": printed_lines}
"""Text layouts that do not show blank cells."""

LAYOUTS: dict[str, tuple[str, Layout]] = {
    "page": (".html", page),
    "word_page": (".html", word_page),
    "markdown": (".md", markdown),
    **{name: (".txt", layout) for name, layout in BARRED.items()},
    **{name: (".txt", layout) for name, layout in BARE.items()},
}
"""Name -> (suffix, layout)."""
