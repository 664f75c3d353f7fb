"""A Word file (.docx) -> a document: paragraphs and tables as Word shows them, pending changes taken as accepted."""

from collections.abc import Iterator, Sequence

from validator.errors import ReadError
from validator.model.document import Block, Document, Paragraph, Remark
from validator.model.location import Location
from validator.patterns import Pattern
from validator.readers.opening import may_read_pictures
from validator.readers.package import Element, open_package

from .colours import hide_unseen
from .inline import Line
from .lists import Lists, read_lists
from .parts import VALUE, WORD, WordParts, find_parts, word_names
from .pictures import count_pictures, find_insets
from .story import Story
from .styles import Marks, Style, may_change_text, resolve_styles

_DOCUMENT, _LIST_MARK = word_names("document numPr")
_STYLES = word_names("pStyle rStyle")
_NOTES = ("footnotes", "endnotes")
_REPORT_TITLE = Pattern(r"报告|年报|報告|年報")
_HARDLY_ANY = 20
"""Fewer characters than this beside pictures are a caption or a stamp, and no report."""


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
    pictures = count_pictures(root)
    title = parts.find_title()
    document = Document(
        source=source,
        carrier="word",
        blocks=tuple(story.blocks),
        title=title if title and _REPORT_TITLE.search(title) else None,
        remarks=tuple(_remark(story, pictures)),
    )
    if pictures and may_read_pictures():
        from validator.readers.scans.inside import read_insets

        document = read_insets(document, find_insets(story.drawings, parts))
    _refuse_without_text(document.blocks, pictures, story.embedded)
    return document


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


def _refuse_without_text(blocks: Sequence[Block], pictures: int, embedded: int) -> None:
    if pictures and _length(blocks) < _HARDLY_ANY:
        raise ReadError("only-pictures", count=pictures)
    if not blocks:
        if embedded:
            raise ReadError("only-embedded", count=embedded)
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
