"""A web page -> a document: its paragraphs and data tables, in the order in which a browser shows them.

The tree is the one that browsers build (selectolax with lexbor); what they do not show is not read. A table that
holds other tables is layout: its cells are walked like the rest of the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from validator.model.document import Document

from .decoding import decode
from .grid import read_span
from .markup_size import refuse_overgrown
from .page import Page, clean_line

# What a tag is to a reader of the page. Everything else is inline: its text goes on in the line.
_TEXT, _INLINE, _UNSEEN, _BLOCK, _CELL, _ROW, _GROUP, _TABLE, _CAPTION, _PREFORMATTED, _INPUT = range(11)
_TAGS = {
    _TEXT: "-text",
    _UNSEEN: "-comment -doctype -cdata head script style template noscript iframe noembed noframes frameset textarea "
    "svg object audio video canvas datalist del s strike rp rt",
    _BLOCK: "html body p br hr div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd dir menu section article header footer nav main "
    "aside form fieldset legend blockquote address center figure figcaption details summary select optgroup option "
    "marquee hgroup search ucapcontent",
    _CELL: "td th",
    _ROW: "tr",
    _GROUP: "thead tbody tfoot",
    _TABLE: "table",
    _CAPTION: "caption",
    _PREFORMATTED: "pre xmp listing plaintext",
    _INPUT: "input",
}
_KINDS = {tag: kind for kind, tags in _TAGS.items() for tag in tags.split()}
_NOT_AS_TEXT = "input,textarea,del,s,strike"
_ONE_BY_ONE = (1, 1)

_ROW_TAG = re.compile(rb"<tr[\s>]")
_BLOCK_END = re.compile(rb"</(?:p|div|table|ul|ol|dl|h[1-6]|section|article|center|pre|script|form|\w*content)>\s*$")

_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_REPORT_TITLE = re.compile(r"报告|年报|報告|年報")


def read_html(content: bytes | str, source: str, *, first_table: int = 1) -> Document:
    """Turn a page into a document with an HtmlCellPlace for every cell and an HtmlTextPlace for every paragraph.

    Data tables are numbered from `first_table`. Raises ReadError("binary"), ReadError("mojibake"),
    ReadError("too-deep") or ReadError("too-large").
    """
    text, remarks = decode(content, html=True) if isinstance(content, bytes) else (content, ())
    markup = text.encode("utf-8", errors="replace")
    lower = markup.lower()
    refuse_overgrown(lower)
    if b"<table" not in lower and (row := _ROW_TAG.search(lower)):
        # Rows cut out of their table: without it the parser would run their figures together.
        markup = b"%b<table>%b" % (markup[: row.start()], markup[row.start() :])
    tree = LexborHTMLParser(markup)
    hidden = _find_hidden(tree) if b"hidden" in lower or b"display" in lower else set()
    page = Page(first_table)
    walk = _Walk(
        page,
        spans={node.mem_id: _read_spans(node) for node in tree.css("[colspan],[rowspan]")},
        hidden=hidden,
        text_is_shown=not hidden and not tree.css(_NOT_AS_TEXT),
    )
    if tree.root is not None:
        walk.visit(tree.root)
        page.end_line()
    return Document(
        source=source,
        carrier="html",
        blocks=tuple(page.blocks),
        title=_find_title(tree),
        remarks=remarks,
        line_per_paragraph=page.preformatted * 2 > page.paragraphs,
        ends_open=_ends_open(lower),
    )


def _ends_open(markup: bytes) -> bool:
    """Whether a page, in lower case, stops inside a table or a block, as one does that was not loaded to its end."""
    if b"</body" in markup or b"</html" in markup:
        return False
    return markup.rfind(b"<table") > markup.rfind(b"</table") or not _BLOCK_END.search(
        markup, max(0, len(markup) - 200)
    )


@dataclass(slots=True)
class _Walk:
    """Goes through the tree and tells the page what it meets. `text_is_shown`: no text in a cell is not displayed."""

    page: Page
    spans: dict[int, tuple[int, int]]
    hidden: set[int]
    text_is_shown: bool
    is_preformatted: bool = False
    wrappers: int = 0  # open tables of a single cell, each inside a cell of a data table

    def visit(self, top: LexborNode) -> None:
        """Visit what an element holds, in document order; by hand, for a page may be nested deeper than Python is."""
        kinds: dict[int, int] = {}
        hidden = self.hidden
        add = self.page.add_preformatted if self.is_preformatted else self.page.pieces.append
        end_line = self.page.end_line
        open_elements: list[tuple[LexborNode, int]] = []
        node = top.first_child
        while node is not None:
            tag = node.tag_id
            kind = kinds.get(tag)
            if kind is None:
                kind = kinds[tag] = _KINDS.get(node.tag or "-cdata", _INLINE)
            if kind == _TEXT:
                add(node.text_content or "")
            elif kind != _UNSEEN and not (hidden and node.mem_id in hidden):
                if kind == _BLOCK:
                    end_line()
                if kind <= _BLOCK or self.enter(kind, node):
                    child = node.first_child
                    if child is not None:
                        open_elements.append((node, kind))
                        node = child
                        continue
                    if kind != _INLINE:
                        self.leave(kind)
            following = node.next
            while following is None and open_elements:
                node, kind = open_elements.pop()
                if kind == _BLOCK:
                    end_line()
                elif kind != _INLINE:
                    self.leave(kind)
                following = node.next
            node = following

    def enter(self, kind: int, node: LexborNode) -> bool:
        """Begin a part of a table, preformatted text or an input; False if its content is not to be visited."""
        page = self.page
        if kind == _CELL and not self.wrappers:
            span = self.spans.get(node.mem_id, _ONE_BY_ONE)
            if self.text_is_shown and page.rows is not None:
                # Most cells hold nothing or one digit. What elements lie around it does not matter then.
                text = node.text_lexbor().strip()
                if len(text) <= 1:
                    page.add_cell(text, span)
                    return False
            page.open_cell(span)
        elif kind == _TABLE:
            self._enter_table(node)
        elif kind == _INPUT:
            if node.attributes.get("type") in (None, "", "text", "number"):
                page.pieces.append(node.attributes.get("value") or "")
        elif kind == _PREFORMATTED:
            return self._enter_preformatted(node)
        elif self.wrappers:
            page.end_line()
        elif kind == _ROW:
            page.open_row()
        elif kind == _GROUP:
            page.groups += 1
        else:
            page.open_cell(_ONE_BY_ONE)
        return True

    def _enter_table(self, node: LexborNode) -> None:
        if self.page.rows is not None and _holds_one_cell(node):
            self.wrappers += 1
            self.page.end_line()
        else:
            self.wrappers = 0
            self.page.open_table()

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
            self.wrappers -= kind == _TABLE
        elif kind == _CELL:
            self.page.close_cell()
        elif kind == _TABLE:
            self.page.close_table()
        elif kind == _CAPTION:
            self.page.close_caption()
        else:
            self.page.end_line()


def _holds_one_cell(table: LexborNode) -> bool:
    """Whether a table is a frame around one piece of text, rather than a table of its own."""
    cells = 0
    for section in _elements(table):
        if _KINDS.get(section.tag or "") == _GROUP:
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


def _read_spans(cell: LexborNode) -> tuple[int, int]:
    attributes = cell.attrs
    return read_span(attributes.get("colspan")) or 1, read_span(attributes.get("rowspan"))


def _find_hidden(tree: LexborHTMLParser) -> set[int]:
    return {
        node.mem_id
        for node in tree.css('[hidden],[style*="display" i]')
        if "hidden" in node.attributes or _NOT_DISPLAYED.search(node.attributes.get("style") or "")
    }


def _find_title(tree: LexborHTMLParser) -> str | None:
    """Choose the title: a heading that names a report, the article's title in the metadata, the page's own title."""
    headings = [clean_line(heading.text()) for heading in tree.css("h1")]
    named = title = None
    if tree.head is not None:
        named = tree.head.css_first('meta[name="ArticleTitle" i]')
        title = tree.head.css_first("title")
    choices = (
        next(filter(_REPORT_TITLE.search, headings), ""),
        clean_line((named.attributes.get("content") or "") if named is not None else ""),
        clean_line(title.text() if title is not None else ""),
        *headings,
    )
    return next(filter(None, choices), None)
