"""Word documents, made with python-docx."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
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
    from copy import deepcopy

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
    "two-reports": _two,
}
