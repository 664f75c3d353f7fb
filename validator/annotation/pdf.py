"""A PDF file and the notes on it -> a copy with highlights and pop-up notes, saved behind the bytes of the original."""

import io
import logging
import re
import zlib
from collections.abc import Iterable
from hashlib import md5
from struct import iter_unpack, pack
from typing import Any

from validator.errors import ReadError, UsageError
from validator.model.location import Location, PagePlace, ScanPlace
from validator.readers.package import shorten

from .notes import AUTHOR, DAY, HEAD_OF_PAGE, Notes

_COLOURS = {
    "error": (1.0, 0.72, 0.64),
    "warning": (1.0, 0.86, 0.55),
    "note": (0.78, 0.87, 0.98),
    "": (0.87, 0.87, 0.88),
    "touched": (1.0, 0.96, 0.75),
}
_NAME = "gouji:"
"""Begins the names (NM) of our annotations, so that annotating a copy again finds them."""
_POPUP = (220.0, 130.0)
_DATE = f"D:{DAY.replace('-', '')}000000Z"
_BOUND = 2
_FARTHEST = 1024
"""Within so many bytes the head of the file is looked for; what a server put before it is left off."""


def annotate_pdf(data: bytes, source: str, notes: Notes) -> bytes:
    """Give the file with an annotation for each note and a light one for each place touched.

    They are saved as PDF provides for changes: what is new stands behind the bytes of the original. Raises UsageError
    for a file that is encrypted or signed, ReadError without pypdf and where it cannot follow the file.
    """
    try:
        from pypdf import PdfReader, PdfWriter
        from pypdf.errors import PyPdfError
    except ImportError:
        raise ReadError("needs-extra", suffix=".pdf", extra="pdf") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends on the way is nothing to tell
    data = data[max(data.find(b"%PDF-", 0, _FARTHEST), 0) :]
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UsageError.of("not-annotated-encrypted", source=source)
        if _is_signed(reader):
            raise UsageError.of("not-annotated-signed", source=source)
        writer = PdfWriter(io.BytesIO(data), incremental=True)
        sheet = _Sheets(writer)
        sheet.clear()
        for place in notes.touched:
            if isinstance(place, PagePlace | ScanPlace):
                sheet.mark(place, "touched", ())
        for note in notes.notes:
            sheet.mark(note.place, note.severity, note.lines)
        if not sheet.lists:
            return data
        sheet.close()
        target = io.BytesIO()
        writer.write(target)
        copy = _end(data, target.getvalue(), reader.trailer)
    except (PyPdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ReadError("damaged", kind="PDF", detail=shorten(str(error))) from None
    if not copy.startswith(data):
        raise ReadError("damaged", kind="PDF", detail="not saved behind the original")
    return copy


def _is_signed(reader: Any) -> bool:  # noqa: ANN401 - pypdf is not typed here
    root = reader.trailer["/Root"]
    form = root.get("/AcroForm")
    if "/Perms" in root or (form is not None and int(form.get_object().get("/SigFlags", 0)) & _BOUND):
        return True
    return any(field.get("/FT") == "/Sig" and "/V" in field for field in (reader.get_fields() or {}).values())


class _Sheets:
    """The pages of the file that is being changed, with the annotations that they will have."""

    def __init__(self, writer: Any) -> None:  # noqa: ANN401
        self._writer = writer
        self.lists: dict[int, Any] = {}
        self._count = 0

    def clear(self) -> None:
        """Take our earlier annotations away."""
        for number, page in enumerate(self._writer.pages, 1):
            old = page.get("/Annots")
            kept = [one for one in (old.get_object() if old is not None else ()) if not _is_ours(one)]
            if old is not None and len(kept) != len(old.get_object()):
                self.lists[number] = kept

    def mark(self, place: Location, severity: str, lines: Iterable[str]) -> None:
        """Highlight a place, with a note that opens where there are lines; the head of page one if it is no page's."""
        page_place = place if isinstance(place, PagePlace | ScanPlace) else PagePlace(1, HEAD_OF_PAGE)
        if not 1 <= page_place.page <= len(self._writer.pages):
            return
        page = self._writer.pages[page_place.page - 1]
        box = _on_page(page, page_place.box)
        self._count += 1
        text = "\n".join(lines)
        highlight = self._highlight(box, _COLOURS[severity], text, page)
        reference = self._writer._add_object(highlight)
        added = [reference]
        if text:
            added.append(self._popup(page, box, reference))
            highlight[_name("/Popup")] = added[1]
        if page_place.page not in self.lists:
            old = page.get("/Annots")
            self.lists[page_place.page] = list(old.get_object()) if old is not None else []
        self.lists[page_place.page] += added

    def close(self) -> None:
        """Give each page its new list of annotations."""
        from pypdf.generic import ArrayObject

        for number, annotations in self.lists.items():
            self._writer.pages[number - 1][_name("/Annots")] = ArrayObject(annotations)

    def _highlight(self, box: tuple[float, ...], colour: tuple[float, ...], text: str, page: Any) -> Any:  # noqa: ANN401
        from pypdf.generic import DictionaryObject, NumberObject, TextStringObject

        left, bottom, right, top = box
        entries = {
            "/Type": _name("/Annot"),
            "/Subtype": _name("/Highlight"),
            "/Rect": _floats(box),
            "/QuadPoints": _floats((left, top, right, top, left, bottom, right, bottom)),
            "/C": _floats(colour),
            # Not printed: a program that makes annotations part of the page would take the colour for a drawn area.
            "/F": NumberObject(0),
            "/NM": TextStringObject(f"{_NAME}{self._count}"),
            "/T": TextStringObject(AUTHOR),
            "/M": TextStringObject(_DATE),
            "/CreationDate": TextStringObject(_DATE),
            "/P": page.indirect_reference,
            "/AP": DictionaryObject({_name("/N"): self._appearance(box, colour)}),
        }
        if text:
            entries["/Contents"] = TextStringObject(text)
        return DictionaryObject({_name(key): value for key, value in entries.items()})

    def _appearance(self, box: tuple[float, ...], colour: tuple[float, ...]) -> Any:  # noqa: ANN401
        """Draw the highlight, which some programs do not do by themselves; what lies under it stays readable."""
        from pypdf.generic import DecodedStreamObject, DictionaryObject

        left, bottom, right, top = box
        stream = DecodedStreamObject()
        red, green, blue = colour
        drawn = (
            f"/G gs {red:g} {green:g} {blue:g} rg {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f"
        )
        stream.set_data(drawn.encode("ascii"))
        graphics = DictionaryObject({_name("/Type"): _name("/ExtGState"), _name("/BM"): _name("/Multiply")})
        states = DictionaryObject({_name("/ExtGState"): DictionaryObject({_name("/G"): graphics})})
        stream.update(
            {
                _name("/Type"): _name("/XObject"),
                _name("/Subtype"): _name("/Form"),
                _name("/BBox"): _floats(box),
                _name("/Resources"): states,
                _name("/Group"): DictionaryObject({_name("/S"): _name("/Transparency")}),
            }
        )
        return self._writer._add_object(stream)

    def _popup(self, page: Any, box: tuple[float, ...], parent: Any) -> Any:  # noqa: ANN401
        from pypdf.generic import BooleanObject, DictionaryObject, TextStringObject

        left, _, right, top = box
        wide, high = _POPUP
        limit = float(page.cropbox.right)
        start = right if right + wide <= limit else max(left - wide, float(page.cropbox.left))
        popup = {
            "/Type": _name("/Annot"),
            "/Subtype": _name("/Popup"),
            "/Rect": _floats((start, top - high, start + wide, top)),
            "/NM": TextStringObject(f"{_NAME}{self._count}:popup"),
            "/Parent": parent,
            "/Open": BooleanObject(False),
        }
        return self._writer._add_object(DictionaryObject({_name(key): value for key, value in popup.items()}))


def _end(data: bytes, copy: bytes, trailer: Any) -> bytes:  # noqa: ANN401
    """End a copy as its original ends: with a table of what is new, or with a stream of it.

    pypdf writes a stream in both cases, which leaves out itself and what the document says of itself (Info).
    """
    start = int(copy.rpartition(b"startxref")[2].split()[0])
    written = copy[start:]
    index = re.search(rb"/Index \[([\d ]+)\]", written)
    if index is None:
        raise ValueError("no index")
    pairs = list(map(int, index[1].split()))
    runs = list(zip(pairs[::2], pairs[1::2], strict=True))
    rows = zlib.decompress(written[written.index(b"stream\n") + 7 : written.rindex(b"\nendstream")])
    offsets = [offset for _, offset, _ in iter_unpack(">BIB", rows)]
    before = int(data.rpartition(b"startxref")[2].split()[0])
    size = max(int(trailer["/Size"]), *(first + count for first, count in runs))
    entries = [b"/Prev %d" % before]
    for key in ("/Root", "/Info"):
        if key in trailer:
            one = trailer.raw_get(key)
            entries.append(b"%s %d %d R" % (key.encode(), one.idnum, one.generation))
    if "/ID" in trailer:
        first_id = trailer["/ID"][0].original_bytes.hex().encode()
        entries.append(b"/ID[<%s><%s>]" % (first_id, md5(copy[:start], usedforsecurity=False).hexdigest().encode()))
    said = b"".join(entries)
    if data[before : before + 4] == b"xref":
        lines = iter(b"%010d 00000 n \n" % offset for offset in offsets)
        table = b"".join(b"%d %d\n" % run + b"".join(next(lines) for _ in range(run[1])) for run in runs)
        end = b"xref\n%strailer\n<</Size %d%s>>\n" % (table, size, said)
    else:
        stream = rows + pack(">BIB", 1, start, 0)
        told = b" ".join(b"%d %d" % run for run in (*runs, (size, 1)))
        head = b"<</Type/XRef/Size %d%s/Index[%s]/W[1 4 1]/Length %d>>" % (size + 1, said, told, len(stream))
        end = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (size, head, stream)
    return copy[:start] + end + b"startxref\n%d\n%%%%EOF\n" % start


def _is_ours(annotation: Any) -> bool:  # noqa: ANN401
    entries = annotation.get_object()
    return hasattr(entries, "get") and str(entries.get("/NM", "")).startswith(_NAME)


def _name(text: str) -> Any:  # noqa: ANN401
    from pypdf.generic import NameObject

    return NameObject(text)


def _floats(values: Iterable[float]) -> Any:  # noqa: ANN401
    from pypdf.generic import ArrayObject, FloatObject

    return ArrayObject(FloatObject(f"{value:.2f}") for value in values)


def _on_page(page: Any, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Turn a box as it is shown (points from the top left corner) into the page's own left, bottom, right and top."""
    crop, media = page.cropbox, page.mediabox
    left, bottom = max(float(crop.left), float(media.left)), max(float(crop.bottom), float(media.bottom))
    right, top = min(float(crop.right), float(media.right)), min(float(crop.top), float(media.top))
    x, y, far_x, far_y = box
    match page.rotation % 360:
        case 90:
            return left + y, bottom + x, left + far_y, bottom + far_x
        case 180:
            return right - far_x, bottom + y, right - x, bottom + far_y
        case 270:
            return right - far_y, top - far_x, right - y, top - x
    return left + x, top - far_y, left + far_x, top - y
