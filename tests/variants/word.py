"""Word documents, made with python-docx."""

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from io import BytesIO

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.run import Run
from variants.frame import TOKEN, Draft, Way, corrected, earlier, footnoted, pieces, shadowed
from word_writer import word_bytes

SUFFIX = ".docx"
SUFFIXES: dict[str, str] = {}

Dress = Callable[[Run], None]


def _property(name: str, value: str | None) -> Dress:
    def dress(run: Run) -> None:
        element = OxmlElement(f"w:{name}")
        if value is not None:
            element.set(qn("w:val"), value)
        run._r.get_or_add_rPr().append(element)

    return dress


def _style(name: str, value: str | None) -> Dress:
    def dress(run: Run) -> None:
        styles = run.part.document.styles
        if "Marked" not in styles:
            style = styles.add_style("Marked", WD_STYLE_TYPE.CHARACTER)
            element = OxmlElement(f"w:{name}")
            if value is not None:
                element.set(qn("w:val"), value)
            style.element.get_or_add_rPr().append(element)
        run.style = styles["Marked"]

    return dress


def _marked(make: Callable[[Draft], Draft], dress: Dress, draft: Draft) -> bytes:
    # XML keeps the signs of private use in which marks are said.
    return _save(Document(BytesIO(word_bytes(make(draft).report))), dress)


def _save(document: object, dress: Dress | None = None) -> bytes:
    for table in document.tables:  # type: ignore[attr-defined]
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
            if dress is not None and TOKEN.search(cell.text):
                parts = list(pieces(cell.text))
                cell.text = ""
                for kind, text in parts:
                    run = cell.paragraphs[0].add_run(text)
                    if kind:
                        dress(run)
    target = BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def _trailing(note: str, draft: Draft) -> bytes:
    return word_bytes(draft.marked(lambda text: text + note).report)


def _hidden_row(draft: Draft) -> bytes:
    document = Document(BytesIO(word_bytes(draft.report)))
    table = document.tables[0]
    row = next(row for row in reversed(table.rows) if any(cell.text.isdecimal() for cell in row.cells))
    former = deepcopy(row._tr)
    for text in former.iter(qn("w:t")):
        if (text.text or "").isdecimal():
            text.text = str(int(text.text) + 7)
    hidden = OxmlElement("w:hidden")
    former.get_or_add_trPr().append(hidden)
    row._tr.addprevious(former)
    for run in former.iter(qn("w:r")):
        Run(run, None).font.hidden = True  # type: ignore[arg-type]
    return _save(document)


def _landscape(draft: Draft) -> bytes:
    return word_bytes(draft.report, landscape=True)


def _exact_rows(draft: Draft) -> bytes:
    document = Document(BytesIO(word_bytes(draft.report)))
    for table in document.tables:
        for row in table.rows:
            row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
    return _save(document)


def _two(draft: Draft) -> bytes:
    first = Document(BytesIO(word_bytes(draft.report)))
    second = Document(BytesIO(word_bytes(earlier(draft).report)))
    last = first.element.body[-1]
    for element in list(second.element.body)[:-1]:
        last.addprevious(element)
    return _save(first)


def _changed(change: Callable[[BaseOxmlElement], None], tag: str, draft: Draft) -> bytes:
    """Write the report and change some of its elements of a name, of runs and cells those that hold a figure."""
    document = Document(BytesIO(word_bytes(draft.report)))
    for element in list(document.element.body.iter(qn(tag))):
        text = "".join(piece.text or "" for piece in element.iter(qn("w:t")))
        if tag not in ("w:r", "w:tc") or text.isdecimal():
            change(element)
    return _save(document)


def _make(xml: str) -> BaseOxmlElement:
    return parse_xml(xml.replace(">", f" {_NAMESPACES}>", 1))


def _wrap(xml: str, inner: str, element: BaseOxmlElement) -> None:
    """Put an element into the innermost element of a name of some XML, which takes its place."""
    around = _make(xml)
    element.addprevious(around)
    next(around.iter(qn(inner))).append(element)


def _replaced(run: BaseOxmlElement) -> None:
    """Delete another figure and insert this one, both as pending changes."""
    former = deepcopy(run)
    for text in former.iter(qn("w:t")):
        text.text = str(int(text.text or 0) + 3)
        text.tag = qn("w:delText")
    deleted = _make('<w:del w:id="1" w:author="x"></w:del>')
    deleted.append(former)
    run.addprevious(deleted)
    _wrap('<w:ins w:id="2" w:author="x"></w:ins>', "w:ins", run)


def _in_pieces(run: BaseOxmlElement) -> None:
    """Write each digit in a run of its own, as pieces that were typed one after the other are."""
    text = next(run.iter(qn("w:t")))
    *first, text.text = text.text or ""
    for digit in first:
        piece = deepcopy(run)
        next(piece.iter(qn("w:t"))).text = digit
        run.addprevious(piece)
        run.addprevious(_make('<w:proofErr w:type="spellStart"></w:proofErr>'))


def _as_field(code: str, run: BaseOxmlElement) -> None:
    for xml in (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        f"<w:r><w:instrText> {code} </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    ):
        run.addprevious(_make(xml))
    run.addnext(_make('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))


_NAMESPACES = (
    nsdecls("w", "wp", "a")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>"
_SHAPE = '<v:shape style="position:absolute"><v:textbox><w:txbxContent/></v:textbox></v:shape>'
_OLD_BOX = f"<w:p><w:r><w:pict>{_SHAPE}</w:pict></w:r></w:p>"
_BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
    "<wps:txbx><w:txbxContent/></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
_FRAME = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc></w:tc></w:tr></w:tbl>"
_CHANGES: dict[str, Way] = {
    **{
        f"controls-{tag}": partial(_changed, partial(_wrap, _CONTROL, "w:sdtContent"), f"w:{tag}")
        for tag in ("r", "p", "tc", "tr", "tbl")
    },
    "boxed": partial(_changed, partial(_wrap, _BOX, "w:txbxContent"), "w:tbl"),
    "boxed-old": partial(_changed, partial(_wrap, _OLD_BOX, "w:txbxContent"), "w:tbl"),
    "framed": partial(_changed, partial(_wrap, _FRAME, "w:tc"), "w:tbl"),
    "pending": partial(_changed, _replaced, "w:r"),
    "in-pieces": partial(_changed, _in_pieces, "w:r"),
    "summed": partial(_changed, partial(_as_field, "=SUM(ABOVE)"), "w:r"),
    "form-fields": partial(_changed, partial(_as_field, "FORMTEXT"), "w:r"),
}
_RAISED = {
    "align": _property("vertAlign", "superscript"),
    "position": _property("position", "8"),
    "align-style": _style("vertAlign", "superscript"),
    "position-style": _style("position", "10"),
}
_STRUCK = {
    "strike": _property("strike", None),
    "double": _property("dstrike", "1"),
    "strike-style": _style("strike", None),
    "double-style": _style("dstrike", "true"),
}
_UNSEEN = {"vanish": _property("vanish", None), "vanish-style": _style("vanish", None)}

WAYS: dict[str, Way] = {
    "plain": lambda draft: word_bytes(draft.report),
    "landscape": _landscape,
    "exact-rows": _exact_rows,
    **{f"raised-{name}": partial(_marked, footnoted, dress) for name, dress in _RAISED.items()},
    **{f"struck-{name}": partial(_marked, corrected, dress) for name, dress in _STRUCK.items()},
    **{f"unseen-{name}": partial(_marked, shadowed, dress) for name, dress in _UNSEEN.items()},
    **{f"trailing-{number}": partial(_trailing, note) for number, note in enumerate(("[1]", "①", "[注2]", "*", "¹"))},
    "hidden-row": _hidden_row,
    **_CHANGES,
    "two-reports": _two,
}
