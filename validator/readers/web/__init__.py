"""A web page -> a document: its paragraphs and data tables, in the order in which a browser shows them.

The tree is the one that browsers build (selectolax with lexbor); what they do not show is not read. A table that
holds other tables is layout: its cells are walked like the rest of the page. Of a page saved in one file (MIME, .mht)
the page alone is read.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from validator.errors import ReadError
from validator.model.document import Block, Document, Link, Remark, Table
from validator.model.location import Location
from validator.patterns import BytesPattern, Pattern
from validator.readers.decoding import decode
from validator.readers.opening import may_read_pictures

from .looks import Looks, Marks, find_marks
from .markup import refuse_overgrown
from .page import Page, clean_line
from .pictures import find_insets, list_pictures
from .places import Places
from .styles import Hints, look_for_styles
from .walk import Walk

# The C library of Linux gives the memory of each tree back to the system and asks for it anew, which doubles the time
# of a parse, until a block larger than that has been freed once.
bytes(2**20)

_ROW_TAG = BytesPattern(rb"<tr[\s>]")
_BLOCK_END = re.compile(rb"</(?:p|div|table|ul|ol|dl|h[1-6]|section|article|center|pre|script|form|\w*content)>\s*$")

_MOST_LINKS = 20
_OFFERED = Pattern(r"([^/?#]+\.(?:pdf|docx?|wps|rtf|odt|ofd|xlsx?|et|ods|zip|rar))(?:[?#].*)?$", re.IGNORECASE)

_FEWEST_HIDDEN_FIGURES = 10
_CHINESE = Pattern(r"[\u4e00-\u9fff]")
_REPORT_TITLE = Pattern(r"报告|年报|報告|年報")


def read_html(content: bytes | str, source: str, *, first_table: int = 1) -> Document:
    """Turn a page into a document with an HtmlCellPlace for every cell and an HtmlTextPlace for every paragraph.

    Data tables are numbered from `first_table`. Raises ReadError("binary"), ReadError("mojibake"),
    ReadError("too-deep") or ReadError("too-large").
    """
    text, remarks = decode(content, html=True) if isinstance(content, bytes) else (content, ())
    return read_markup(text.encode("utf-8", errors="replace"), source, remarks, first_table)


def read_markup(markup: bytes, source: str, remarks: tuple[Remark, ...] = (), first_table: int = 1) -> Document:
    """Turn a page in UTF-8 into a document, as `read_html` does; `remarks` are those made when it was decoded."""
    markup, hints, ends_open = _look_over(markup)
    tree = LexborHTMLParser(markup)
    page = Page(first_table)
    marks = find_marks(tree, hints)
    _walk(tree, page, marks)
    pictures = list_pictures(tree)
    document = Document(
        source=source,
        carrier="html",
        blocks=tuple(page.blocks),
        title=_find_title(tree),
        remarks=(*remarks, *_tell_hidden(marks.looks), *_tell_pictures(len(pictures))),
        line_per_paragraph=page.preformatted * 2 > page.paragraphs,
        ends_open=ends_open,
        links=() if any(isinstance(block, Table) for block in page.blocks) else tuple(_find_links(tree)),
    )
    return _read_insets(document, tree, pictures, hints) if pictures and may_read_pictures() else document


def _tell_pictures(count: int) -> Iterator[Remark]:
    if count:
        yield Remark("has-pictures", {"count": count})


def _read_insets(document: Document, tree: LexborHTMLParser, pictures: list[LexborNode], hints: Hints) -> Document:
    def read_again() -> list[Block]:
        again = Page(1)
        _walk(tree, again, find_marks(tree, hints))
        return again.blocks

    insets = find_insets(pictures, document.source, document.blocks, read_again)
    if not insets:
        return document
    from validator.readers.scans.inside import read_insets

    return read_insets(document, insets)


def _walk(tree: LexborHTMLParser, page: Page, marks: Marks) -> None:
    if tree.root is not None:
        Walk(page, marks).visit(tree.root)
        page.end_line()


def find_web_places(markup: bytes) -> tuple[LexborHTMLParser, dict[Location, LexborNode]]:
    """Give the tree of a page in UTF-8, and the element of it for each place that `read_markup` gives.

    Raises ReadError as that does. Rows without a table have no elements in a browser, and no places here.
    """
    lower = markup.lower()
    refuse_overgrown(lower)
    tree = LexborHTMLParser(markup)
    places = Places()
    if b"<table" in lower or not _ROW_TAG.search(lower):
        _walk(tree, Page(1, places=places), find_marks(tree, look_for_styles(lower)))
    return tree, places.found


def _find_links(tree: LexborHTMLParser) -> Iterator[Link]:
    """Give the files of an office that a page links, each once, in order; no page of reports has more than a few."""
    seen: set[str] = set()
    for anchor in tree.css("a[href]"):
        found = _OFFERED.search((anchor.attributes.get("href") or "").strip())
        if found and found[1] not in seen and len(seen) < _MOST_LINKS:
            seen.add(found[1])
            yield Link(clean_line(anchor.text()), found[1])


START_OF_NOTES, END_OF_NOTES = '<style data-gouji="notes">', "</style>"
"""Begin and end the one element that an annotated copy of a page has more than the page."""
_NOTES = BytesPattern(b"%b[^<]*%b" % (START_OF_NOTES.encode(), END_OF_NOTES.encode()))


def _look_over(markup: bytes) -> tuple[bytes, Hints, bool]:
    """Give a page as it can be parsed, whether its styles may matter, and whether it stops in the middle.

    All of that is told from the page in lower case, which is gone before the parser takes its own room. Notes of ours
    are taken out.
    """
    lower = markup.lower()
    if START_OF_NOTES.encode() in lower:
        markup = _NOTES.sub(b"", markup)
        lower = markup.lower()
    refuse_overgrown(lower)
    if b"<table" not in lower and (row := _ROW_TAG.search(lower)):
        # Rows cut out of their table: without it the parser would run their figures together.
        markup = b"%b<table>%b" % (markup[: row.start()], markup[row.start() :])
    return markup, look_for_styles(lower), _ends_open(lower)


def _ends_open(markup: bytes) -> bool:
    """Whether a page, in lower case, stops inside a table or a block, as one does that was not loaded to its end."""
    end = max(0, len(markup) - 200)
    if markup.rfind(b"<table") <= markup.rfind(b"</table") and _BLOCK_END.search(markup, end):
        return False
    return markup.rfind(b"</body") < 0 and markup.rfind(b"</html") < 0


def _tell_hidden(looks: Looks) -> Iterator[Remark]:
    """Say how many tables of figures lie in what is not displayed, such as another tab; calendars are none."""
    tables = {table.mem_id: table for node in looks.gone.values() for table in node.css("table")}
    count = 0
    for table in tables.values():
        figures = sum(cell.text_lexbor().strip().isdecimal() for cell in table.css("td"))
        is_outer = len(table.css("table")) > 1  # itself among them
        if figures >= _FEWEST_HIDDEN_FIGURES and not is_outer and len(_CHINESE.findall(table.text())) >= 2 * figures:
            count += 1
    if count:
        yield Remark("hidden-tables", {"count": count})
    if looks.faint:
        yield Remark("hidden-text", {"count": len(looks.faint)})


def _find_title(tree: LexborHTMLParser) -> str | None:
    """Choose the title: a heading that names a report, the article's title in the metadata, the page's own title."""
    headings = [clean_line(heading.text()) for heading in tree.css("h1")]
    if found := next(filter(_REPORT_TITLE.search, headings), ""):
        return found
    named = title = None
    if tree.head is not None:
        named = tree.head.css_first('meta[name="ArticleTitle" i]')
        title = tree.head.css_first("title")
    choices = (
        clean_line((named.attributes.get("content") or "") if named is not None else ""),
        clean_line(title.text() if title is not None else ""),
        *headings,
    )
    return next(filter(None, choices), None)


_MOST_PARTS = 2_000
_BOUNDARY = BytesPattern(rb"boundary\s*=", re.IGNORECASE)
_DEEPEST = 20
_TABLE = BytesPattern(rb"<table[\s>]", re.IGNORECASE)
_CHARSET = BytesPattern(rb"charset\s*=", re.IGNORECASE)


class ArchivedPage(NamedTuple):
    """The page of an archive, with the charset its part states before it, and `length` bytes behind that.

    `written` is how it stands in the archive, and `transfer` the name of that way: "base64", "quoted-printable" or any.
    """

    page: bytes
    length: int
    written: bytes
    transfer: str


def find_page(data: bytes) -> ArchivedPage:
    """Give the page of an archive: of its pages the first with a table, as one of frames holds none, else the first.

    Raises ReadError("damaged") if there is none, ReadError("too-deep") or ReadError("too-much-packed").
    """
    from email import message_from_bytes  # takes longer to import than a page to read, and archives are rare

    if len(_BOUNDARY.findall(data)) > _DEEPEST:
        raise ReadError("too-deep")
    if data.count(b"\n--") > _MOST_PARTS:
        raise ReadError("too-much-packed", what="MHTML: parts", limit=f"{_MOST_PARTS} parts")
    pages: list[ArchivedPage] = []
    for part in message_from_bytes(data).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                transfer = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
                written = page
                if transfer in ("base64", "quoted-printable"):
                    written = str(part.get_payload()).encode("ascii", "surrogateescape")
                declared = _declare(page, part.get_content_charset())
                pages.append(ArchivedPage(declared, len(page), written, transfer))
    if not pages:
        raise ReadError("damaged", kind="MHTML", detail="no text/html")
    return next((one for one in pages if _TABLE.search(one.page)), pages[0])


def _declare(page: bytes, charset: str | None) -> bytes:
    """Give a page with the charset that its part states, unless it states one itself."""
    if charset is None or not charset.isascii() or _CHARSET.search(page):
        return page
    return b'<meta charset="%b">' % charset.encode() + page
