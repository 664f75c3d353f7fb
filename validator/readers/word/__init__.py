"""A Word file (.docx) -> a document: paragraphs and tables as Word shows them, pending changes taken as accepted."""

import re
from collections.abc import Iterator, Sequence

from validator.errors import ReadError
from validator.model.document import Block, Document, Paragraph, Remark
from validator.model.location import Location
from validator.patterns import Pattern
from validator.readers.package import Element, open_package

from .colours import hide_unseen
from .inline import Line
from .lists import Lists, read_lists
from .parts import COMPATIBILITY, VALUE, WORD, WordParts, find_parts, word_names
from .story import Story
from .styles import Marks, Style, may_change_text, resolve_styles

_DOCUMENT, _LIST_MARK = word_names("document numPr")
_STYLES = word_names("pStyle rStyle")
_NOTES = ("footnotes", "endnotes")
_REPORT_TITLE = Pattern(r"报告|年报|報告|年報")
_HARDLY_ANY = 20
"""Fewer characters than this beside pictures are a caption or a stamp, and no report."""

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_BOX = f"{WORD}txbxContent"
_EMU_A_POINT = 12700
_LEAST_WIDTH = 200
_LEAST_HEIGHT = 60
"""A table takes more than this, in points; stamps, signatures and marks of a page take less."""

_LENGTH = Pattern(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})\s*(pt|in|cm|mm|px|)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}


def read_word(data: bytes, source: str) -> Document:
    """Turn the bytes of a Word document into a document with a WordCellPlace or WordTextPlace for everything.

    Raises ReadError: what `open_package` and `parse_xml` raise, "wrong-suffix", "damaged", "too-deep",
    "only-pictures", "only-embedded" or "no-text-inside".
    """
    parts = find_parts(open_package(data, "DOCX"), source)
    root = parts.parse("officeDocument")
    if root is None or root.tag != _DOCUMENT:
        raise parts.package.damage(f"{parts.names['officeDocument']}: no w:document")
    try:
        return _read(root, parts, source)
    except RecursionError:
        raise ReadError("too-deep") from None


def find_word_places(data: bytes, source: str) -> tuple[str, dict[Location, int]]:
    """Give the name of the part of the text, and for each place `read_word` gives the number of its element there.

    Elements are counted from 0 in the order of the part: of a cell its w:tc, of a paragraph the w:p that ends it.
    Raises ReadError as `read_word`.
    """
    parts = find_parts(open_package(data, "DOCX"), source)
    root = parts.parse("officeDocument")
    if root is None:
        raise parts.package.damage(f"{parts.names['officeDocument']}: no w:document")
    story = _walk(root, parts, places={})
    numbers = {element: number for number, element in enumerate(root.iter())}
    found = (story.places or {}).items()
    return parts.names["officeDocument"], {place: numbers[element] for place, element in found if element in numbers}


def _walk(root: Element, parts: WordParts, places: dict[Location, Element] | None = None) -> Story:
    styles = _read_styles(root, parts)
    marks = Marks(styles)
    marks.find_all(root)
    hide_unseen(root, marks, parts)
    story = Story(marks, _read_lists(root, parts, styles), Line(marks), places=places)
    for body in root:
        story.visit(body)
    story.end_line()
    return story


def _read(root: Element, parts: WordParts, source: str) -> Document:
    story = _walk(root, parts)
    _read_notes(story, parts)
    pictures = _count_pictures(root)
    _refuse_without_text(story, pictures)
    title = parts.find_title()
    return Document(
        source=source,
        carrier="word",
        blocks=tuple(story.blocks),
        title=title if title and _REPORT_TITLE.search(title) else None,
        remarks=tuple(_remark(story, pictures)),
    )


def _read_styles(root: Element, parts: WordParts) -> dict[str, Style]:
    data = parts.read("styles")
    used = {style.get(VALUE) or "" for style in root.iter(*_STYLES)}
    lists = parts.read("numbering") or b""
    if data is None or not (b"numStyleLink" in lists or may_change_text(data, used)):
        return {}
    styles = parts.parse("styles")
    return {} if styles is None else resolve_styles(styles)


def _read_lists(root: Element, parts: WordParts, styles: dict[str, Style]) -> Lists:
    if next(root.iter(_LIST_MARK), None) is None and all(style.list_id is None for style in styles.values()):
        return Lists({})
    definitions = parts.parse("numbering")
    return Lists({}) if definitions is None else read_lists(definitions, styles)


def _read_notes(story: Story, parts: WordParts) -> None:
    """Read the notes that the text refers to, in that order, after the text."""
    references = list(dict.fromkeys(story.line.notes))
    for kind in _NOTES:
        wanted = [reference.note for reference in references if reference.kind == kind]
        root = parts.parse(kind) if wanted else None
        if root is not None:
            story.marks.find_all(root)
            notes = {note.get(f"{WORD}id"): note for note in root}
            for note in (notes[name] for name in wanted if name in notes):
                story.visit(note)
                story.end_line()


def _refuse_without_text(story: Story, pictures: int) -> None:
    if pictures and _length(story.blocks) < _HARDLY_ANY:
        raise ReadError("only-pictures", count=pictures)
    if not story.blocks:
        if story.embedded:
            raise ReadError("only-embedded", count=story.embedded)
        raise ReadError("no-text-inside")


def _length(blocks: Sequence[Block]) -> int:
    texts = (
        text
        for block in blocks
        for text in ([block.text] if isinstance(block, Paragraph) else (c.text for r in block.rows for c in r.cells))
    )
    return sum(map(len, texts))


def _remark(story: Story, pictures: int) -> Iterator[Remark]:
    marks = story.marks
    if marks.changes_in_cells:
        yield Remark("pending-changes-in-tables", {"count": marks.changes_in_cells})
    if marks.changes:
        yield Remark("pending-changes", {"count": marks.changes})
    if story.cells_with_hidden_text:
        yield Remark("hidden-text", {"count": story.cells_with_hidden_text})
    if story.embedded:
        yield Remark("embedded-documents", {"count": story.embedded})
    if pictures:
        yield Remark("has-pictures", {"count": pictures})


def _count_pictures(root: Element) -> int:
    """Count what is shown as a picture of the size of a table: images, charts and embedded sheets."""
    drawn = sum(1 for extent in root.iter(f"{_DRAWING}extent") if _is_large_drawing(extent))
    old = sum(1 for image in root.iter(f"{_VML}imagedata") if _is_large_shape(image))
    return drawn + old


def _is_large_drawing(extent: Element) -> bool:
    frame = extent.getparent()
    if frame is None or next(frame.iter(_BOX), None) is not None:
        return False
    return (
        _number(extent.get("cx")) >= _LEAST_WIDTH * _EMU_A_POINT
        and _number(extent.get("cy")) >= _LEAST_HEIGHT * _EMU_A_POINT
    )


def _is_large_shape(image: Element) -> bool:
    shape = image.getparent()
    if shape is None or _is_fallback(shape):
        return False
    sizes = {
        name.lower(): float(size) * _POINTS[unit.lower()]
        for name, size, unit in _LENGTH.findall(shape.get("style") or "")
        if size.count(".") < 2 and size != "."
    }
    return sizes.get("width", 0) >= _LEAST_WIDTH and sizes.get("height", 0) >= _LEAST_HEIGHT


def _is_fallback(element: Element) -> bool:
    """Whether an element only stands in for a drawing that is shown, and counted."""
    above = element.getparent()
    while above is not None:
        if above.tag == f"{COMPATIBILITY}Fallback":
            return True
        above = above.getparent()
    return False


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 15 else 0
