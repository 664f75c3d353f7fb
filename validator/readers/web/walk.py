"""A walk through the tree of a web page, in document order, that tells the page what it shows."""

from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from validator.characters import LOWERED, RAISED

from .looks import Marks, find_marks, is_in_one_line
from .markup import (
    BLOCK,
    CAPTION,
    CELL,
    FRAME,
    GROUP,
    INLINE,
    INPUT,
    KINDS,
    PREFORMATTED,
    ROW,
    SHIFTED,
    TABLE,
    TEXT,
    UNSEEN,
    refuse_overgrown,
)
from .page import ONE_BY_ONE, SHORT, MarkupCell, Page, clean_lines, clean_short
from .styles import look_for_styles

_MOST_FRAMES = 3


class Walk(msgspec.Struct):
    """Goes through the tree of a page and tells the page what it meets."""

    page: Page
    marks: Marks
    is_preformatted: bool = False
    frames: int = 0  # around the page
    wrappers: int = 0  # open tables of a single cell, each inside a cell of a data table

    def visit(self, top: LexborNode) -> None:
        """Visit what an element holds, in document order; by hand, for a page may be nested deeper than Python is."""
        looks = self.marks.looks
        gone, mute, kinds = looks.gone, looks.mute, looks.kinds
        shifted = looks.raised.keys() | looks.lowered.keys()
        add = self.page.add_preformatted if self.is_preformatted else self.page.pieces.append
        end_line = self.page.end_line
        texts = self.page.places.texts if self.page.places is not None else None
        open_elements: list[tuple[LexborNode, int]] = []
        node = top.first_child
        while node is not None:
            kind = KINDS.get(node.tag, INLINE)
            if kinds or shifted:
                kind = SHIFTED if node.mem_id in shifted else kinds.get(node.mem_id, kind)
            if kind == TEXT and not (mute and node.mem_id in mute):
                add(node.text_content or "")
                if texts is not None:
                    texts.append(node)
            elif TEXT < kind != UNSEEN and not (gone and node.mem_id in gone):
                if kind == BLOCK:
                    end_line()
                if kind <= BLOCK or self.enter(kind, node):
                    child = node.first_child
                    if child is not None:
                        open_elements.append((node, kind))
                        node = child
                        continue
                    if kind != INLINE:
                        self.leave(kind)
            following = node.next
            while following is None and open_elements:
                node, kind = open_elements.pop()
                if kind == BLOCK:
                    end_line()
                elif kind != INLINE:
                    self.leave(kind)
                following = node.next
            node = following

    def enter(self, kind: int, node: LexborNode) -> bool:
        """Begin a part of a table, preformatted text or an input; False if its content is not to be visited."""
        page = self.page
        if kind == CELL and not self.wrappers:
            span = self.marks.spans.get(node.mem_id, ONE_BY_ONE)
            if page.places is not None:
                page.places.cell = node
            if page.rows is not None and node.mem_id not in self.marks.half_seen:
                # Most cells hold nothing or one digit. What elements lie around it does not matter then.
                text = node.text_lexbor().strip()
                if len(text) <= 1:
                    page.add_cell(clean_lines(text), span)
                    return False
            page.open_cell(span)
        elif kind == TABLE:
            return self._enter_table(node)
        elif kind in (INPUT, SHIFTED, FRAME, PREFORMATTED):
            return self._enter_content(kind, node)
        elif self.wrappers:
            page.end_line()
        elif kind == ROW:
            return self._enter_row(node)
        elif kind == GROUP:
            page.open_group(node.tag)
        else:
            page.open_cell(ONE_BY_ONE)
        return True

    def _enter_content(self, kind: int, node: LexborNode) -> bool:
        """Read what is no part of a table and shows its text in a way of its own; whether to visit its content."""
        if kind == PREFORMATTED:
            return self._enter_preformatted(node)
        if kind == SHIFTED:
            self._enter_shifted(node)
        elif kind == FRAME:
            self._enter_frame(node.attributes.get("srcdoc"))
        elif node.tag == "textarea":
            self.page.pieces.append(node.text())
        elif node.attributes.get("type") in (None, "", "text", "number"):
            self.page.pieces.append(node.attributes.get("value") or "")
        return False

    def _enter_row(self, row: LexborNode) -> bool:
        """Begin a row; nearly all hold cells of one line of text or none, which are read at once."""
        if self.page.rows is None:
            return True
        cells, plain = self._read_plain_cells(row)
        self.page.open_row(row, cells, plain)
        return not cells and not plain

    def _read_plain_cells(self, row: LexborNode) -> tuple[list[MarkupCell], list[str]]:
        """Read the cells of a row; of those at its end that span no others and are short the texts alone.

        There are none if any may hold more than a line, or what is not its text.
        """
        marks = self.marks
        if row.mem_id in marks.odd:
            return [], []
        spans = marks.spans if row.mem_id in marks.spanning else None
        has_blocks = marks.blocks
        cells: list[MarkupCell] = []
        plain: list[str] = []
        for cell in row.iter():
            if cell.is_comment_node:
                continue
            printed = cell.text_lexbor()
            is_short = len(printed) <= SHORT
            text = clean_short(printed) if is_short else clean_lines(printed)
            if has_blocks and len(text) > 1 and not is_in_one_line(cell, printed.strip()):
                return [], []
            span = ONE_BY_ONE if spans is None else spans.get(cell.mem_id, ONE_BY_ONE)
            if is_short and span is ONE_BY_ONE:
                plain.append(text)
            else:
                if plain:
                    cells.extend([(text, ONE_BY_ONE) for text in plain])
                    plain.clear()
                cells.append((text, span))
        return cells, plain

    def _enter_table(self, node: LexborNode) -> bool:
        """Begin a table; one that holds nothing but rows of cells in groups is read at once."""
        if self.page.rows is not None and _holds_one_cell(node):
            self.wrappers += 1
            self.page.end_line()
            return True
        self.wrappers = 0
        self.page.open_table()
        if node.mem_id in self.marks.odd:
            return True
        page, read_cells = self.page, self._read_plain_cells
        for group in _elements(node):
            page.open_group(group.tag)
            for row in group.iter():
                if not row.is_comment_node:
                    cells, plain = read_cells(row)
                    page.open_row(row, cells, plain)
                    if not cells and not plain:
                        self.visit(row)
        page.close_table()
        return False

    def _enter_shifted(self, node: LexborNode) -> None:
        """Add text above or below its line, digits of it as such, so that they do not continue the number before."""
        looks = self.marks.looks
        is_low = node.mem_id in looks.lowered or (node.tag == "sub" and node.mem_id not in looks.raised)
        before = len(self.page.pieces)
        self.visit(node)
        inside = "".join(self.page.pieces[before:])
        self.page.pieces[before:] = [inside.translate(LOWERED if is_low else RAISED)]
        self.page.shifted = True

    def _enter_frame(self, markup: str | None) -> None:
        """Read the page that a frame brings along; one that lies elsewhere is not fetched."""
        self.page.end_line()
        if markup and self.frames < _MOST_FRAMES:
            lower = markup.lower().encode("utf-8", "replace")
            refuse_overgrown(lower)
            tree = LexborHTMLParser(markup)
            marks = find_marks(tree, look_for_styles(lower))
            asked, self.page.places = self.page.places, None  # its elements are in no tree but its own
            if tree.root is not None:
                Walk(self.page, marks, frames=self.frames + 1).visit(tree.root)
            self.page.places = asked
        self.page.end_line()

    def _enter_preformatted(self, node: LexborNode) -> bool:
        self.page.end_line()
        if self.is_preformatted:
            return True
        self.is_preformatted = True
        self.visit(node)
        self.is_preformatted = False
        self.page.end_line()
        return False

    def leave(self, kind: int) -> None:
        """End an element that is not inline and whose content was visited."""
        if self.wrappers:
            self.page.end_line()
            self.wrappers -= kind == TABLE
        elif kind == CELL:
            self.page.close_cell()
        elif kind == TABLE:
            self.page.close_table()
        elif kind == CAPTION:
            self.page.close_caption()
        else:
            self.page.end_line()


def _holds_one_cell(table: LexborNode) -> bool:
    """Whether a table is a frame around one piece of text, rather than a table of its own."""
    cells = 0
    for section in _elements(table):
        if KINDS.get(section.tag) == GROUP:
            for row in _elements(section):
                for _ in _elements(row):
                    cells += 1
                    if cells > 1:
                        return False
    return True


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next
