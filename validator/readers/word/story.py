"""A walk through the text of a Word document, in reading order: paragraphs, and tables with their cells."""

from collections.abc import Sequence

import msgspec

from validator.characters import INVISIBLE
from validator.model.document import Block, Paragraph, Table
from validator.model.location import Location, WordCellPlace, WordTextPlace
from validator.numerals import looks_like_value
from validator.readers.boxed_prose import part_prose, split_lines
from validator.readers.package import Element

from .grid import GridRow, lay_out, to_rows
from .inline import OBJECT, Line, choose, text_of
from .lists import Lists
from .parts import ALTERNATE, EMBEDDED, FORMULA, KINDS, PARAGRAPH, RUN, TABLE, TEXT, THROUGH, UNSEEN, word_names
from .styles import DEFAULT, Marks, ParagraphMark

_TABLE, _CELL, _TEXT = word_names("tbl tc t")
_MOST_INNER = 200
"""No table of figures holds more tables than this in its cells."""
_CLOSING = ("、", "）", ")", "】", "．")


class Story(msgspec.Struct):
    """Reads the parts of a document. `cell` holds the lines of the open cell, None outside of data tables.

    `drawings` are those met, each with the number of the block that it stands before.
    `places` is filled with the element of each place where somebody asks for them.
    """

    marks: Marks
    lists: Lists
    line: Line
    blocks: list[Block] = msgspec.field(default_factory=list)
    cell: list[str] | None = None
    label: str = ""
    paragraphs: int = 0
    next_table: int = 1
    embedded: int = 0
    cells_with_hidden_text: int = 0
    drawings: list[tuple[int, Element]] = msgspec.field(default_factory=list)
    places: dict[Location, Element] | None = None
    open: Element | None = None

    def visit(self, parent: Element) -> None:
        """Read the blocks inside an element: a body, a cell, a text box, a note."""
        for child in parent:
            kind = KINDS.get(child.tag, UNSEEN)
            if kind == PARAGRAPH:
                self._read_paragraph(child)
            elif kind == TABLE:
                self.end_line()
                self._read_table(child)
            elif kind == THROUGH:
                self.visit(child)
            elif kind == ALTERNATE:
                for choice in choose(child):
                    self.visit(choice)
            elif kind == EMBEDDED:
                self.embedded += 1
            elif kind in (RUN, FORMULA):  # outside of any paragraph, and shown all the same
                self.line.read_piece(child, kind)
                self.end_line()

    def end_line(self) -> None:
        """End the open paragraph, if there is one."""
        label, self.label = self.label, ""
        text = self.line.take() if self.line.pieces else ""
        if not text:
            return
        text = _clean(text)
        if label and text and not looks_like_value(text):
            # A number that Word sets by itself is part of a label, and never of a figure.
            text = f"{label}{text}" if label.endswith(_CLOSING) else f"{label} {text}"
        if self.cell is None:
            self._add_paragraph(text)
        elif text:
            self.cell.append(text)

    def _add_paragraph(self, text: str) -> None:
        if text:
            self.paragraphs += 1
            place = WordTextPlace(self.paragraphs)
            if self.places is not None and self.open is not None:
                self.places[place] = self.open
            self.blocks.extend(Paragraph(line, place) for line in split_lines(text))

    def _read_paragraph(self, paragraph: Element) -> None:
        mark = self._mark_of(paragraph)
        self.open = paragraph
        self.line.read(paragraph, self.marks.style_of(mark.style))
        if self.line.drawings:
            self.drawings.extend((len(self.blocks), drawing) for drawing in self.line.drawings)
            self.line.drawings.clear()
        if not mark.joins:
            self.label = self._number(mark)
        if self.line.boxes:
            boxes, self.line.boxes = self.line.boxes, []
            self.end_line()
            for box in boxes:
                self.visit(box)
                self.end_line()
        elif not mark.joins:
            self.end_line()

    def _mark_of(self, paragraph: Element) -> ParagraphMark:
        properties = next(iter(paragraph), None)
        mark = self.marks.paragraphs.get(properties) if properties is not None else None
        return mark or _PLAIN

    def _number(self, mark: ParagraphMark) -> str:
        style = self.marks.style_of(mark.style)
        list_id = style.list_id if mark.list_id is None else mark.list_id
        if list_id is None or list_id == "0":
            return ""
        level = mark.level
        if level is None and mark.list_id is None:
            level = style.level if style.level is not None else self.lists.level_of_style(list_id, mark.style)
        return self.lists.count(list_id, level or 0)

    def _read_table(self, table: Element) -> None:
        rows = lay_out(table)
        # In a cell of a data table a table is that cell's text, a line for each of its cells.
        if self.cell is not None or _is_layout(table, rows):
            for row in rows:
                for cell in row.cells:
                    self.visit(cell.element)
                    self.end_line()
            return
        for row in rows:
            for cell in row.cells:
                cell.text = self._read_cell(cell.element)
        shown = [row for row in rows if not row.hidden]
        self.cells_with_hidden_text += sum(bool(cell.text) for row in rows if row.hidden for cell in row.cells)
        number = self.next_table
        if self.places is not None:
            for index, row in enumerate(shown):
                for cell in row.cells:
                    self.places[WordCellPlace(number, index + 1, cell.column + 1)] = cell.element
        for item in part_prose(to_rows(shown, number)):
            if isinstance(item, Table):
                self.blocks.append(item)
                self.next_table = number + 1
            else:
                self._add_paragraph(item)

    def _read_cell(self, cell: Element) -> str:
        plain = self._read_plain_cell(cell)
        if plain is not None:
            return plain
        line = self.line
        hidden, objects = line.hidden, line.objects
        lines: list[str] = []
        self.cell = lines
        self.visit(cell)
        self.end_line()
        self.cell = None
        if line.hidden > hidden:
            self.cells_with_hidden_text += 1
        if not lines and line.objects > objects:
            return OBJECT
        return "\n".join(lines)

    def _read_plain_cell(self, cell: Element) -> str | None:
        """Give the text of a cell that is one paragraph of plain runs, as most are; None if it holds anything else."""
        marks = self.marks
        if DEFAULT in marks.styles:
            return None
        pieces: list[str] = []
        met = False
        for child in cell:
            kind = KINDS.get(child.tag, UNSEEN)
            if kind == PARAGRAPH and not met:
                met = True
                for piece in child:
                    kind = KINDS.get(piece.tag, UNSEEN)
                    if kind == RUN:
                        for part in piece:
                            kind = KINDS.get(part.tag, UNSEEN)
                            if kind == TEXT:
                                pieces.append(text_of(part))
                            elif kind != UNSEEN or part in marks.runs:
                                return None
                    elif kind != UNSEEN or piece in marks.paragraphs:
                        return None
            elif kind != UNSEEN:
                return None
        return _clean("".join(pieces).strip())


_PLAIN = ParagraphMark()


def _clean(text: str) -> str:
    """Drop what is not printed from a text, and its lines that are empty then."""
    if text.isprintable():
        return text
    return "\n".join(filter(None, (part.translate(INVISIBLE).strip() for part in text.split("\n"))))


def _is_layout(table: Element, rows: Sequence[GridRow]) -> bool:
    """Whether a table holds other tables as a page does, rather than as parts of its cells.

    A table of one cell frames text. Any other is part of a cell if it fills it and is smaller than the table around.
    """
    inner = [found for found in table.iter(_TABLE) if found is not table]
    if not 0 < len(inner) <= _MOST_INNER:
        return bool(inner)
    cells = sum(len(row.cells) for row in rows)
    for found in inner:
        size = sum(1 for _ in found.iter(_CELL))
        if size > 1 and not (size < cells and _fills_its_cell(found)):
            return True
    return False


def _fills_its_cell(table: Element) -> bool:
    above = table.getparent()
    while above is not None and above.tag != _CELL:
        above = above.getparent()
    if above is None:
        return False
    inside = {text for text in table.iter(_TEXT) if text.text and text.text.strip()}
    return all(text in inside for text in above.iter(_TEXT) if text.text and text.text.strip())
