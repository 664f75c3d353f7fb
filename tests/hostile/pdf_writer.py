"""A small writer of PDF files: objects as they are told, wrong ones too; text in a Chinese font not embedded."""

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from typeset import PrintedReport
from typeset.grid import PrintedTable
from word_writer import place_cells

_SIZE = 7.0
_STRING = re.compile(rb"\x01([^\x02]*)\x02")
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry\x01Adobe\x02/Ordering\x01GB1\x02"
    b"/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
    b"/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


@dataclass
class PdfFile:
    """Objects by number, from 1; strings in them stand between \\x01 and \\x02, so that they can be encrypted."""

    objects: list[bytes] = field(default_factory=list)

    def add(self, body: bytes) -> int:
        """Add an object and give its number."""
        self.objects.append(body)
        return len(self.objects)

    def add_stream(self, data: bytes, entries: bytes = b"", *, packed: bool = True) -> int:
        """Add a stream and give its number."""
        content = zlib.compress(data) if packed else data
        flate = b"/Filter/FlateDecode" if packed else b""
        return self.add(b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (entries, flate, len(content), content))

    def to_bytes(self, root: int, *, user: bytes | None = None, owner: bytes = b"owner", trailer: bytes = b"") -> bytes:
        """Give the file; with a password of the user (empty: none is asked for) it is encrypted, RC4 of 40 bits."""
        key = b""
        if user is not None:
            told, key = _encryption(user, owner)
            trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % (len(self.objects) + 1)
        body, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
        written = [_write(text, number, key) for number, text in enumerate(self.objects, start=1)]
        for number, text in enumerate((*written, *([told] if user is not None else ())), start=1):
            offsets.append(len(body))
            body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
        start = len(body)
        body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        body += b"trailer\n<</Size %d/Root %d 0 R%s>>\n" % (len(offsets) + 1, root, trailer)
        return bytes(body + b"startxref\n%d\n%%%%EOF\n" % start)


def _write(text: bytes, number: int, key: bytes) -> bytes:
    """Write an object with its strings, and with its stream, encrypted if there is a key."""
    head, stream, rest = text.partition(b"\nstream\n")
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]

    def string(found: re.Match[bytes]) -> bytes:
        return b"<%s>" % (_rc4(own, found[1]) if key else found[1]).hex().encode()

    head = _STRING.sub(string, head)
    if not stream:
        return head
    data = rest.removesuffix(b"\nendstream")
    return head + stream + (_rc4(own, data) if key else data) + b"\nendstream"


def _encryption(user: bytes, owner: bytes) -> tuple[bytes, bytes]:
    """Give the dictionary of the standard security handler, revision 2, and the key of the file."""
    pad = [(password + _PADDING)[:32] for password in (user, owner)]
    owner_entry = _rc4(hashlib.md5(pad[1]).digest()[:5], pad[0])
    permissions = (-44 & 0xFFFFFFFF).to_bytes(4, "little")
    key = hashlib.md5(pad[0] + owner_entry + permissions + b"\0").digest()[:5]
    entries = owner_entry.hex().encode(), _rc4(key, _PADDING).hex().encode()
    return b"<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>" % entries, key


def _rc4(key: bytes, data: bytes) -> bytes:
    state, swap = list(range(256)), 0
    for index in range(256):
        swap = (swap + state[index] + key[index % len(key)]) % 256
        state[index], state[swap] = state[swap], state[index]
    out, left, right = bytearray(), 0, 0
    for byte in data:
        left = (left + 1) % 256
        right = (right + state[left]) % 256
        state[left], state[right] = state[right], state[left]
        out.append(byte ^ state[(state[left] + state[right]) % 256])
    return bytes(out)


def assemble(
    contents: Sequence[bytes],
    *,
    page: bytes = b"",
    catalog: bytes = b"",
    font: bytes = FONT,
    box: bytes = b"0 0 595 842",
    more: Sequence[bytes] = (),
) -> tuple[PdfFile, int]:
    """Give a file of these pages and its root: object 1 is the root, 2 the page tree, 3 the font, 4 on are `more`."""
    file = PdfFile([b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, b"", font, *more])
    kids = []
    for content in contents:
        stream = file.add_stream(content)
        entries = b"/Parent 2 0 R/MediaBox[%s]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>%s" % (box, stream, page)
        kids.append(file.add(b"<</Type/Page%s>>" % entries))
    file.objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return file, 1


def show(text: str, left: float, top: float, *, size: float = _SIZE) -> bytes:
    """Give the operators that print a line of text, its upper left corner told from the top left one of an A4 page."""
    return b"BT /F1 %g Tf %g %g Td <%s> Tj ET\n" % (
        size,
        left,
        842 - top - size,
        text.encode("utf-16-be").hex().encode(),
    )


def typeset_pages(report: PrintedReport) -> list[bytes]:
    """Set a report on A4 pages and give what each page prints; tables go on over pages without a repeated header."""
    pages, top = [bytearray()], 40.0
    for heading, paragraphs, tables in [("", [report.title], []), *report.sections]:
        for text in filter(None, (heading, *paragraphs)):
            for line in wrap(text, 515):
                if top > 790:
                    pages, top = [*pages, bytearray()], 40.0
                pages[-1] += show(line, 40, top)
                top += 11
            top += 4
        for table in tables:
            top = _set_table(table, pages, top) + 12
    return [bytes(page) for page in pages]


def _set_table(table: PrintedTable, pages: list[bytearray], top: float) -> float:
    edges = _edges(table.width)
    placed = list(place_cells(table))
    lines = {(r, c): wrap(cell.text, edges[c + cell.colspan] - edges[c] - 4) for r, c, cell in placed}
    heights = [4 + 9.0] * len(table.rows)
    for row, column, cell in placed:
        if cell.rowspan == 1:
            heights[row] = max(heights[row], 4 + 9.0 * len(lines[row, column]))
    place: list[tuple[int, float]] = []
    for height in heights:
        if top + height > 800:
            pages.append(bytearray())
            top = 40.0
        place.append((len(pages) - 1, top))
        top += height
    for row, column, cell in placed:
        left, right = edges[column], edges[column + cell.colspan]
        for page, above, below in _segments(place, heights, range(row, row + cell.rowspan)):
            pages[page] += b"0.5 w %g %g %g %g re S\n" % (left, 842 - below, right - left, below - above)
        page, above = place[row]
        for number, line in enumerate(lines[row, column]):
            pages[page] += show(line, left + 2, above + 2 + 9 * number)
    return top


def _segments(
    place: Sequence[tuple[int, float]], heights: Sequence[float], rows: range
) -> Iterator[tuple[int, float, float]]:
    """Give the boxes of a cell, one on each page that it lies on: page, top, bottom."""
    found: dict[int, tuple[float, float]] = {}
    for row in rows:
        page, top = place[row]
        found[page] = (found.get(page, (top, top))[0], top + heights[row])
    return ((page, *box) for page, box in found.items())


def _edges(width: int) -> list[float]:
    stub = {3: [300.0, 60, 155], 10: [24.0, 60, 181]}.get(width, [])
    rest = width - len(stub)
    widths = [*stub, *([(515 - sum(stub)) / rest] * rest if rest else [])]
    return [40 + sum(widths[:count]) for count in range(width + 1)]


def wrap(text: str, width: float, size: float = _SIZE) -> list[str]:
    """Break a text into lines that fit; numbers are not broken."""
    lines, room = [""], width
    for word in re.findall(r"[!-~]+|.", text):
        advance = sum(size / (2 if sign < "\x7f" else 1) for sign in word)
        if advance > room and lines[-1]:
            lines, room = [*lines, ""], width
        lines[-1] += word
        room -= advance
    return lines
