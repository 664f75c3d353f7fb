"""What is remarkable in a part of a Word document, found before it is read: most of it says nothing of the text."""

from collections.abc import Mapping

import msgspec

from validator.readers.xml_part import Element

from .styles import DEFAULT, SHIFTS, STRIKES, Style, is_on, read_numbering, read_shift
from .tags import CELL, KINDS, ROW, VALUE, word_names

_RUN, _RUN_PROPERTIES, _PARAGRAPH_PROPERTIES, _ROW_PROPERTIES = word_names("r rPr pPr trPr")
_HIDDEN, _NUMBERING, _RUN_STYLE, _PARAGRAPH_STYLE = word_names("vanish numPr rStyle pStyle")
_TAKEN_AWAY = word_names("del moveFrom")
_CHANGES = word_names("ins del moveFrom moveTo cellIns cellDel cellMerge")

_PLAIN_STYLE = Style()


class ParagraphMark(msgspec.Struct):
    """What the properties of a paragraph say. `joins`: its end is deleted or hidden, so that the next goes on."""

    list_id: str | None = None
    level: int | None = None
    style: str = DEFAULT
    joins: bool = False


class RunMark(msgspec.Struct):
    """What the properties of a run say; `align` is "superscript", "subscript" or "baseline", None for nothing."""

    hidden: bool | None = None
    struck: bool | None = None
    align: str | None = None
    style: str | None = None


class Marks(msgspec.Struct):
    """Properties that matter, by their elements; and how many changes are pending, in tables and elsewhere."""

    styles: Mapping[str, Style]
    paragraphs: dict[Element, ParagraphMark] = msgspec.field(default_factory=dict)
    runs: dict[Element, RunMark] = msgspec.field(default_factory=dict)
    changes: int = 0
    changes_in_cells: int = 0

    def find_all(self, root: Element) -> None:
        """Find what is remarkable in a part, beside what was found in others."""
        names = (_HIDDEN, *SHIFTS, *STRIKES, _NUMBERING, *_CHANGES)
        if self.styles:
            names = (*names, _RUN_STYLE, _PARAGRAPH_STYLE)
        for element in root.iter(*names):
            parent = element.getparent()
            above = parent.getparent() if parent is not None else None
            if parent is None or above is None:
                continue
            if element.tag in _CHANGES:
                self._take_change(element, parent, above)
            elif element.tag in (_NUMBERING, _PARAGRAPH_STYLE):
                self._take_paragraph(element, parent)
            elif above.tag == _RUN:
                self._take_run(element, self.runs.setdefault(parent, RunMark()))
            elif element.tag == _HIDDEN and above.tag == _PARAGRAPH_PROPERTIES and is_on(element.get(VALUE)):
                self._of_paragraph(above).joins = True

    def style_of(self, name: str | None) -> Style:
        """Give what a style says of the text; nothing if there is none."""
        return _PLAIN_STYLE if name is None else self.styles.get(name, _PLAIN_STYLE)

    def _take_run(self, element: Element, mark: RunMark) -> None:
        if element.tag == _HIDDEN:
            mark.hidden = is_on(element.get(VALUE))
        elif element.tag in SHIFTS:
            mark.align = read_shift(element) or mark.align
        elif element.tag in STRIKES:
            mark.struck = mark.struck or is_on(element.get(VALUE))
        else:
            mark.style = element.get(VALUE)

    def _take_paragraph(self, element: Element, properties: Element) -> None:
        if element.tag == _NUMBERING:
            mark = self._of_paragraph(properties)
            mark.list_id, mark.level = read_numbering(element)
            return
        style = element.get(VALUE) or DEFAULT
        if style in self.styles or DEFAULT in self.styles:
            self._of_paragraph(properties).style = style

    def _of_paragraph(self, properties: Element) -> ParagraphMark:
        return self.paragraphs.setdefault(properties, ParagraphMark())

    def _take_change(self, element: Element, parent: Element, above: Element) -> None:
        if parent.tag == _RUN_PROPERTIES and above.tag == _PARAGRAPH_PROPERTIES:
            if element.tag not in _TAKEN_AWAY:
                return  # a paragraph that was added, whose text is counted itself
            self._of_paragraph(above).joins = True
        if _is_in_cell(above) or parent.tag == _ROW_PROPERTIES:
            self.changes_in_cells += 1
        else:
            self.changes += 1


def _is_in_cell(element: Element | None) -> bool:
    while element is not None:
        if KINDS.get(element.tag) in (CELL, ROW):
            return True
        element = element.getparent()
    return False
