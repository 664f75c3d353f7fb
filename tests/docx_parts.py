"""Word documents put together from the XML of their parts, for what no program would be asked to write."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def make_docx(body: str, parts: Mapping[str, str] | None = None, *, title: str = "") -> bytes:
    """Give a package whose body is this; `parts` holds the inside of others: "styles", "numbering", "footnotes" ..."""
    members = {"word/document.xml": f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"}
    relations = []
    for kind, content in (parts or {}).items():
        members[f"word/{kind}.xml"] = f"<w:{kind} {NAMES}>{content}</w:{kind}>"
        relations.append((kind, f"{kind}.xml"))
    top = [("officeDocument", "word/document.xml")]
    if title:
        top.append(("metadata/core-properties", "docProps/core.xml"))
        members["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
        )
    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/word/document.xml"'
            f' ContentType="{MAIN_TYPE}"/></Types>',
            "_rels/.rels": write_relations(top),
            "word/_rels/document.xml.rels": write_relations(relations),
            **members,
        }
    )


def write_relations(targets: list[tuple[str, str]]) -> str:
    """Write a part of relations; each is a kind and the part it leads to."""
    lines = (
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONS}">{"".join(lines)}</Relationships>'


def pack(members: Mapping[str, str | bytes]) -> bytes:
    """Put named members into a package."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def text(content: str) -> str:
    """A run."""
    return f'<w:r><w:t xml:space="preserve">{content}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain text becomes a run."""
    inside = "".join(run if run.startswith("<") else text(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>" if properties else f"<w:p>{inside}</w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """A cell of paragraphs; plain text becomes one."""
    inside = "".join(one if one.startswith("<w:") else paragraph(one) for one in paragraphs) or "<w:p/>"
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells; plain text becomes one."""
    inside = "".join(one if one.startswith("<w:") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
