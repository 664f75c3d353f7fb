"""Typesets a printed report and writes it as an OFD package, in two ways that real writers have.

"runs": a text object a line with its steps written in runs, and the rulings of a table as one path.
"objects": everything in objects of its own, small ones scaled up, rulings as filled bars, drawings that are shared.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from sheet_setter import HEIGHT, MARGIN, WIDTH, Line, Sheet, breadth, set_report
from typeset import PrintedReport

STYLES = ("runs", "objects")

NAMESPACE = "http://www.ofdspec.org/2016"


def write_ofd(report: PrintedReport, path: Path, *, style: str = "runs", seed: int = 0) -> Path:
    """Write the report to the path and give the path back."""
    path.write_bytes(ofd_bytes(report, style=style, seed=seed))
    return path


def ofd_bytes(report: PrintedReport, *, style: str = "runs", seed: int = 0) -> bytes:
    """Give the report as the bytes of an OFD file; the seed varies sizes, so that lines and pages break elsewhere."""
    return package(set_report(report, Random(seed)), style, title=report.title)


def package(sheets: list[Sheet], style: str, *, title: str = "") -> bytes:
    """Give sheets as the bytes of an OFD file."""
    return _PACKERS[style](sheets, title)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Pack parts into a ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def ofd_root(title: str, roots: list[str]) -> str:
    """Give the root part of a package of documents."""
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>{i}</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo>"
        f"<ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>"
        for i, root in enumerate(roots)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="{NAMESPACE}" Version="1.0">{bodies}</ofd:OFD>'


def document_root(pages: list[str], common: str = "") -> str:
    """Give the root part of a document of A4 pages at these places."""
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="{page}"/>' for i, page in enumerate(pages, start=10))
    return (
        f'<ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>'
        f"<ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def page_content(objects: str, head: str = "") -> str:
    """Give the part of a page with these objects."""
    return (
        f'<ofd:Page xmlns:ofd="{NAMESPACE}">{head}<ofd:Content><ofd:Layer ID="1" Type="Body">{objects}</ofd:Layer>'
        f"</ofd:Content></ofd:Page>"
    )


def text_object(line: Line) -> str:
    """Give a line as one object, its steps in runs."""
    steps = [line.size if ord(character) > 0x2000 else line.size / 2 for character in line.text[:-1]]
    runs, index = [], 0
    while index < len(steps):
        same = index
        while same < len(steps) and steps[same] == steps[index]:
            same += 1
        count = same - index
        runs.append(f"g {count} {steps[index]:.4f}" if count > 1 else f"{steps[index]:.4f}")
        index = same
    delta = f' DeltaX="{" ".join(runs)}"' if runs else ""
    box = f"{line.x:.3f} {line.y - line.size:.3f} {breadth(line.text, line.size):.3f} {line.size * 1.2:.3f}"
    return (
        f'<ofd:TextObject ID="7" Boundary="{box}" Font="3" Size="{line.size:.4f}"><ofd:FillColor Value="0 0 0"/>'
        f'<ofd:TextCode X="0" Y="{line.size:.4f}"{delta}>{escape(line.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _pack_runs(sheets: list[Sheet], title: str) -> bytes:
    parts: dict[str, str | bytes] = {"OFD.xml": ofd_root(title, ["Doc_0/Document.xml"])}
    names = [f"Pages/Page_{i}/Content.xml" for i in range(len(sheets))]
    template = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml" ZOrder="Background"/>'
    parts["Doc_0/Document.xml"] = document_root(names, template)
    parts["Doc_0/Tpls/Tpl_0/Content.xml"] = page_content(text_object(Line(MARGIN, 12, 3.0, "政府信息公开")))
    for name, sheet in zip(names, sheets, strict=True):
        objects = []
        for rulings in sheet.tables:
            left, top = min(r[0] for r in rulings), min(r[1] for r in rulings)
            right, bottom = max(r[2] for r in rulings), max(r[3] for r in rulings)
            data = " ".join(
                f"M {x0 - left:.3f} {y0 - top:.3f} L {x1 - left:.3f} {y1 - top:.3f}" for x0, y0, x1, y1 in rulings
            )
            objects.append(
                f'<ofd:PathObject ID="5" Boundary="{left:.3f} {top:.3f} {right - left:.3f} {bottom - top:.3f}" '
                f'LineWidth="0.2"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
            )
        objects += [text_object(line) for line in sheet.lines]
        head = '<ofd:Template TemplateID="2" ZOrder="Background"/>'
        parts[f"Doc_0/{name}"] = page_content("".join(objects), head)
    return zipped(parts)


def _pack_objects(sheets: list[Sheet], title: str) -> bytes:
    parts: dict[str, str | bytes] = {"OFD.xml": ofd_root(title, ["\\Doc_0\\Document.xml"])}
    names = [f"/Doc_0/Pages/Page_{i}/Content.xml" for i in range(len(sheets))]
    bar = '<ofd:PathObject ID="8" Boundary="0 0 1 1" Stroke="false" Fill="true"><ofd:FillColor Value="0"/>'
    bar += "<ofd:AbbreviatedData>S 0 0 M 0 0 L 1 0 L 1 1 L 0 1 C</ofd:AbbreviatedData></ofd:PathObject>"
    parts["Doc_0/Res.xml"] = (
        f'<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="90" '
        f'Width="1" Height="1"><ofd:Content><ofd:PageBlock>{bar}</ofd:PageBlock></ofd:Content>'
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    parts["Doc_0/Document.xml"] = document_root(names, "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>")
    for name, sheet in zip(names, sheets, strict=True):
        objects = []
        for x0, y0, x1, y1 in (ruling for rulings in sheet.tables for ruling in rulings):
            width, height = max(x1 - x0, 0.15), max(y1 - y0, 0.15)
            objects.append(
                f'<ofd:CompositeObject ID="9" ResourceID="90" Boundary="{x0:.3f} {y0:.3f} {width:.3f} {height:.3f}" '
                f'CTM="{width:.4f} 0 0 {height:.4f} 0 0"/>'
            )
        for line in sheet.lines:
            objects.append("<ofd:PageBlock>" + "".join(_scaled_signs(line)) + "</ofd:PageBlock>")
        parts[name.removeprefix("/")] = page_content("".join(objects))
    return zipped(parts)


def _scaled_signs(line: Line) -> Iterator[str]:
    """Give each word of a line as an object of characters of size 1, scaled up; blanks are left out."""
    x = line.x
    for word in line.text.split(" "):
        steps = " ".join("1" if ord(character) > 0x2000 else "0.5" for character in word[:-1])
        delta = f' DeltaX="{steps}"' if steps else ""
        width = breadth(word, line.size)
        if word:
            yield (
                f'<ofd:TextObject ID="7" Boundary="{x:.3f} {line.y - line.size:.3f} {width:.3f} {line.size:.3f}" '
                f'CTM="{line.size:.4f} 0 0 {line.size:.4f} 0 0" Font="3" Size="1">'
                f'<ofd:TextCode X="0" Y="1"{delta}>\n    {escape(word)}\n  </ofd:TextCode></ofd:TextObject>'
            )
        x += width + line.size / 2


_PACKERS = {"runs": _pack_runs, "objects": _pack_objects}
