"""PDF files as six programs write them: marks, figures spaced out, narrow columns, alignments, no rulings."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from html import escape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from carriers.printing import print_pages
from typeset.grid import PrintedCell, PrintedReport, PrintedTable
from variants import word
from variants.frame import RAISED, STRUCK, UNSEEN, Draft, Way, corrected, footnoted, pieces, shadowed

from validator.readers.convert import office

SUFFIX = ".pdf"
SUFFIXES: dict[str, str] = {}

_FONT = "Noto Sans CJK SC"
_POINTS = 9.0


class Look(NamedTuple):
    """How a file looks: gaps between the digits of figures in sizes, where they are set, narrow columns, rulings."""

    gap: float = 0.0
    align: str = "center"
    narrow: bool = False
    ruled: bool = True
    clipped: bool = False


_Writer = Callable[[PrintedReport, Look], bytes]
_Make = Callable[[Draft], Draft]


def _paragraphs(report: PrintedReport) -> Iterator[str | PrintedTable]:
    """Give what stands below the title of a report, in order."""
    for heading, texts, tables in report.sections:
        yield heading
        yield from texts
        yield from tables


def _shares(table: PrintedTable, look: Look) -> list[float]:
    """Give the widths of columns as shares: that of the rows' labels is wide where the others are narrow."""
    if table.width < 9:
        return [1 / table.width] * table.width
    figures = 0.045 if look.narrow else 0.08
    return [(1 - 7 * figures) / (table.width - 7)] * (table.width - 7) + [figures] * 7


# In markup: pages that Chromium, WeasyPrint and LibreOffice print.


_MARKS = {
    RAISED: "<sup>{}</sup>",
    STRUCK: "<s>{}</s>",
    UNSEEN: "<span style='color:#fff;-webkit-print-color-adjust:exact'>{}</span>",
}


def _page(report: PrintedReport, look: Look) -> str:
    rows = [f"<h1>{escape(report.title)}</h1>"]
    for part in _paragraphs(report):
        rows.append(_table(part, look) if isinstance(part, PrintedTable) else f"<p>{escape(part)}</p>")
    line = "border:.6pt solid #000;" if look.ruled else ""
    style = (
        f"@page{{size:A4;margin:15mm}} body{{font:{_POINTS}pt '{_FONT}'}} h1{{font-size:16pt;text-align:center}}"
        f"table{{border-collapse:collapse;width:100%;table-layout:fixed}} td{{{line}padding:1.5pt;text-align:center}}"
        f"td.f{{text-align:{look.align};letter-spacing:{look.gap}em;white-space:nowrap;"
        f"{'overflow:hidden' if look.clipped else ''}}}"
    )
    head = f"<!doctype html><html><head><meta charset=utf-8><style>{style}</style></head>"
    return f"{head}<body>{''.join(rows)}</body></html>"


def _table(table: PrintedTable, look: Look) -> str:
    columns = "".join(f"<col style='width:{share:.2%}'>" for share in _shares(table, look))
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return f"<table><colgroup>{columns}</colgroup>{rows}</table>"


def _cell(cell: PrintedCell) -> str:
    text = "".join(_MARKS.get(kind, "{}").format(escape(piece)) for kind, piece in pieces(cell.text))
    spans = f" colspan={cell.colspan} rowspan={cell.rowspan}"
    return f"<td{spans}{' class=f' if cell.figure else ''}>{text}</td>"


def _by_chromium(report: PrintedReport, look: Look) -> bytes:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, made = Path(folder) / "a.html", Path(folder) / "a.pdf"
        page.write_text(_page(report, look), encoding="utf-8")
        print_pages(chromium, [(page, made, False)], Path(folder) / "profile")
        return made.read_bytes()


def _by_weasyprint(report: PrintedReport, look: Look) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=_page(report, look)).write_pdf() or b"")


def _by_office(way: str, look: Look, draft: Draft) -> bytes:
    """Print a Word file, made by python-docx, with LibreOffice."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    program = office.find_office()
    assert program is not None, "LibreOffice is not installed"
    document = Document(BytesIO(word.WAYS[way](draft)))
    for table in document.tables:
        for text in table._tbl.iter(qn("w:t")) if look.gap else ():
            if (text.text or "").isdecimal():
                spacing = OxmlElement("w:spacing")
                spacing.set(qn("w:val"), str(round(20 * 10.5 * look.gap)))
                text.getparent().get_or_add_rPr().append(spacing)
        for edge in list(table._tbl.iter(qn("w:tblStyle"))) if not look.ruled else ():
            edge.getparent().remove(edge)
    made = BytesIO()
    document.save(made)
    office._FILTERS["pdf"] = "pdf:writer_pdf_Export"
    return office.office_at(program).convert(made.getvalue(), ".docx", "pdf", 60)


# By reportlab: its own tables, whose strings it sets about, before and behind a point.


@cache
def _canvas() -> type:
    from reportlab.pdfgen.canvas import Canvas

    class Spaced(Canvas):
        """Sets figures with room between their digits."""

        gap = 0.0

        def _room(self, text: str) -> float:
            return self.gap * self._fontsize if text.isdecimal() else 0.0

        def drawString(self, x: float, y: float, text: str, *_: Any, **__: Any) -> Any:
            return super().drawString(x, y, text, charSpace=self._room(text))

        def drawRightString(self, x: float, y: float, text: str, *_: Any, **__: Any) -> Any:
            return super().drawRightString(x, y, text, charSpace=self._room(text))

        def drawCentredString(self, x: float, y: float, text: str, *_: Any, **__: Any) -> Any:
            return super().drawCentredString(x, y, text, charSpace=self._room(text))

    return Spaced


_INLINE = {RAISED: "<super>{}</super>", STRUCK: "<strike>{}</strike>", UNSEEN: "<font color='white'>{}</font>"}


def _by_reportlab(report: PrintedReport, look: Look) -> bytes:
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A3
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    font = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    text = ParagraphStyle("text", fontSize=_POINTS, leading=13, **font)
    middle = ParagraphStyle("middle", text, alignment=TA_CENTER)
    story: list[Any] = [Paragraph(report.title, ParagraphStyle("title", text, fontSize=16, leading=24))]
    for part in _paragraphs(report):
        if not isinstance(part, PrintedTable):
            story.append(Paragraph(part, text))
            continue
        grid: list[list[Any]] = [[""] * part.width for _ in part.rows]
        style: list[tuple[Any, ...]] = [
            ("FONT", (0, 0), (-1, -1), "STSong-Light", _POINTS),
            ("ALIGN", (0, 0), (-1, -1), look.align.upper()),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ]
        if look.ruled:
            style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
        for y, x, cell in _placed(part):
            grid[y][x] = cell.text if cell.text.isdecimal() else Paragraph(_inline(cell), middle)
            style.append(("SPAN", (x, y), (x + cell.colspan - 1, y + cell.rowspan - 1)))
        widths = [500 * share for share in _shares(part, look)]
        story.append(Table(grid, widths, style=style, spaceBefore=6, spaceAfter=6))
    made = BytesIO()
    canvas = type("Canvas", (_canvas(),), {"gap": look.gap})
    SimpleDocTemplate(made, pagesize=A3, leftMargin=90, rightMargin=90).build(story, canvasmaker=canvas)
    return made.getvalue()


def _inline(cell: PrintedCell) -> str:
    return "".join(_INLINE.get(kind, "{}").format(escape(piece)) for kind, piece in pieces(cell.text))


def _placed(table: PrintedTable) -> Iterator[tuple[int, int, PrintedCell]]:
    from sheet_setter import place_cells

    return place_cells(table)


def _by_fpdf2(report: PrintedReport, look: Look) -> bytes:
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    file = FPDF(format="A3")
    file.set_margin(15)
    file.add_page()
    file.add_font("sc", fname=_font_file())
    file.set_font("sc", size=16)
    file.multi_cell(0, 10, report.title, align="C", new_x="LMARGIN", new_y="NEXT")
    file.set_font("sc", size=_POINTS)
    for part in _paragraphs(report):
        if not isinstance(part, PrintedTable):
            file.multi_cell(0, 6, part, new_x="LMARGIN", new_y="NEXT")
            continue
        borders = "ALL" if look.ruled else "NONE"
        file.set_char_spacing(look.gap * _POINTS)
        with file.table(
            borders_layout=borders, col_widths=_shares(part, look), first_row_as_headings=False, line_height=5,
            text_align="CENTER", padding=0.4, num_heading_rows=0, wrapmode="CHAR",
        ) as table:  # fmt: skip
            for cells in part.rows:
                row = table.row()
                for cell in cells:
                    row.cell(
                        cell.text, colspan=cell.colspan, rowspan=cell.rowspan,
                        align=look.align.upper() if cell.figure else None, style=FontFace(),
                    )  # fmt: skip
        file.set_char_spacing(0)
        file.ln(3)
    return bytes(file.output())


@cache
def _font_file() -> str:
    """Give a font file for fpdf2, which reads outlines of TrueType alone."""
    return next(str(path) for path in map(Path, _FONT_FILES) if path.exists())


_FONT_FILES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)

# By typst, from its own markup.


_TYPST = {RAISED: "#super[{}]", STRUCK: "#strike[{}]", UNSEEN: "#text(fill: white)[{}]"}
_MARKUP = str.maketrans({sign: "\\" + sign for sign in "\\#*_`$<>@=-+/~[]"})


def _by_typst(report: PrintedReport, look: Look) -> bytes:
    import typst

    stroke = "0.5pt" if look.ruled else "none"
    lines = [
        f'#set text(font: "{_FONT}", size: {_POINTS}pt, lang: "zh")',
        '#set page(paper: "a4", margin: 15mm)',
        f"#set table(stroke: {stroke}, inset: 2pt, align: center + horizon)",
        f"#align(center, text(size: 16pt)[{report.title.translate(_MARKUP)}])",
    ]
    for part in _paragraphs(report):
        lines.append("")
        if isinstance(part, PrintedTable):
            columns = ", ".join(f"{share * 100:.2f}%" for share in _shares(part, look))
            cells = ",\n".join(_typst_cell(cell, look) for row in part.rows for cell in row)
            lines.append(f"#table(columns: ({columns}),\n{cells})")
        else:
            lines.append(part.translate(_MARKUP))
    with TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text("\n".join(lines), encoding="utf-8")
        return bytes(typst.compile(str(source)))


def _typst_cell(cell: PrintedCell, look: Look) -> str:
    text = "".join(_TYPST.get(kind, "{}").format(piece.translate(_MARKUP)) for kind, piece in pieces(cell.text))
    if cell.figure:
        text = f"#text(tracking: {look.gap}em)[{text}]"
        if look.clipped:
            text = f"#box(width: 100%, clip: true)[#box[{text}]]"
    align = f", align: {look.align} + horizon" if cell.figure else ""
    return f"table.cell(colspan: {cell.colspan}, rowspan: {cell.rowspan}{align})[{text}]"


_WRITERS: dict[str, _Writer] = {"reportlab": _by_reportlab, "chromium": _by_chromium}
if find_spec("weasyprint"):
    _WRITERS["weasyprint"] = _by_weasyprint
if find_spec("typst"):
    _WRITERS["typst"] = _by_typst
if find_spec("fpdf"):
    _WRITERS["fpdf2"] = _by_fpdf2

_LOOKS = {
    "plain": Look(),
    "left": Look(align="left"),
    "spaced-0.2": Look(0.2),
    "crowded-unruled": Look(ruled=False),
    "crowded-unruled-right": Look(ruled=False, align="right"),
    **{f"crowded-{gap}": Look(gap) for gap in (0.5, 0.8, 1.0)},
    "crowded-right": Look(0.5, "right"),
    "crowded-left": Look(0.8, "left"),
    "crowded-unruled-spaced": Look(0.3, ruled=False),
    "crowded-narrow": Look(0.5, narrow=True),
    "crowded-narrow-right": Look(0.8, "right", narrow=True),
    "crowded-narrow-plain": Look(narrow=True, align="right"),
    "crowded-clipped": Look(0.5, "left", narrow=True, clipped=True),
}
"""In crowded ones figures run out of their cells, are cut, or nothing but their places tells whose they are."""

_MARKED: dict[str, _Make] = {"raised": footnoted, "struck": corrected, "unseen": shadowed}


def _write(writer: _Writer, make: _Make, look: Look, draft: Draft) -> bytes:
    return writer(make(draft).report, look)


def _as_it_is(draft: Draft) -> Draft:
    return draft


def _ways() -> Iterator[tuple[str, Way]]:
    for name, writer in _WRITERS.items():
        for look_name, look in _LOOKS.items():
            if not look.clipped or writer is not _by_fpdf2:
                yield f"{name}-{look_name}", partial(_write, writer, _as_it_is, look)
        for kind, make in _MARKED.items() if name != "fpdf2" else ():
            yield f"{name}-{kind}", partial(_write, writer, make, Look())
    for gap, name in ((0.0, "plain"), (0.2, "spaced-0.2"), (0.5, "crowded-0.5"), (0.8, "crowded-0.8")):
        yield f"office-{name}", partial(_by_office, "plain", Look(gap))
    yield "office-crowded-unruled", partial(_by_office, "plain", Look(ruled=False))
    for way in ("landscape", "raised-align", "struck-strike", "unseen-vanish"):
        yield f"office-{way}", partial(_by_office, way, Look())


WAYS: dict[str, Way] = dict(_ways())
"""By the writer's name and the look."""
