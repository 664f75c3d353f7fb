"""Pictures that stand inside a Word file or a web page -> their tables and lines, in the places of the pictures."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from validator.errors import ReadError
from validator.geometry import lay_out
from validator.model.document import Block, Document, Paragraph, Remark
from validator.readers.fixed.document import build_document
from validator.readers.fixed.legibility import FEW_STROKES, MOST_SCANNED
from validator.readers.opening import Inset, tell_scanning

from . import ScannedPage, may_hold_table, name_places, see_picture

_MOSTLY_PICTURES = 400
"""With fewer characters of its own a document is a row of pictures, of which those without tables are read too."""


def read_insets(document: Document, insets: Sequence[Inset]) -> Document:
    """Read the pictures of a document and put in what they show; pictures without a table only where it has no text.

    What is read is told in a remark, and the count of pictures that may hold tables is of the others. Pictures are
    numbered from 1 in their order.
    """
    wants_prose = _count_signs(document.blocks) < _MOSTLY_PICTURES
    seen: dict[int, ScannedPage] = {}
    for number, inset in enumerate(tell_scanning(insets, len(insets)), start=1):
        if len(seen) < MOST_SCANNED and (page := _see(inset, number, wants_prose=wants_prose)) is not None:
            seen[number] = page
    if not seen:
        return document
    blocks = list(document.blocks)
    numbered = [(inset.before, number) for number, inset in enumerate(insets, start=1) if number in seen]
    read: set[int] = set()
    for before, group in reversed([(at, list(pairs)) for at, pairs in groupby(numbered, key=lambda pair: pair[0])]):
        pages = {number: seen[number] for _, number in group}
        shown = _lay_out(pages, document.source)
        if shown:
            blocks[before:before] = shown
            read.update(pages)
    return replace(document, blocks=tuple(blocks), remarks=tuple(_tell(document.remarks, sorted(read))))


def _see(inset: Inset, number: int, *, wants_prose: bool) -> ScannedPage | None:
    """Read a picture; None if it cannot be, or has no table where only tables are wanted."""
    from .picture import decode_pictures

    try:
        (picture, *_) = decode_pictures(inset.load())
    except (OSError, ReadError):
        return None
    if not wants_prose and not may_hold_table(picture, FEW_STROKES):
        return None
    page = replace(see_picture(picture, number), is_inset=True)
    return page if page.lines and (wants_prose or len(page.page.strokes) >= FEW_STROKES) else None


def _lay_out(pages: dict[int, ScannedPage], source: str) -> tuple[Block, ...]:
    """Give what pictures that follow one another show; a table may go on from one to the next."""
    try:
        laid = build_document(lay_out([page.page for page in pages.values()]), source, "picture")
    except ReadError:
        return ()
    return name_places(laid, pages).blocks


def _tell(remarks: Sequence[Remark], read: Sequence[int]) -> Iterator[Remark]:
    for remark in remarks:
        if remark.code != "has-pictures":
            yield remark
        elif (left := int(remark.values["count"]) - len(read)) > 0:
            yield replace(remark, values={"count": left})
    if read:
        yield Remark("insets-read", {"count": len(read)})


def _count_signs(blocks: Sequence[Block]) -> int:
    texts = (
        text
        for block in blocks
        for text in ([block.text] if isinstance(block, Paragraph) else (c.text for r in block.rows for c in r.cells))
    )
    return sum(map(len, texts))
