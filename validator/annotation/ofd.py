"""An OFD file and the notes on it -> a copy with annotations of the standard (GB/T 33190) that viewers list and draw.

What is new lies in the parts for annotations; of the others only the root of the document changes, which names them and
counts the numbers of objects. All other parts stay as they are.
"""

import posixpath
from collections.abc import Iterable
from typing import Any

from validator.model.location import Location, PagePlace, ScanPlace
from validator.readers.fixed.ofd.parts import DocumentParts, find_documents, list_pages, resolve, select
from validator.readers.fixed.ofd.paths import POINTS_A_MM
from validator.readers.package import open_package

from .notes import AUTHOR, COLOURS, DAY, HEAD_OF_PAGE, Notes
from .package import Patch, repack, write_part

_OPACITY = 0.3
"""Annotations lie above the text, which has to be seen through them."""
_BEHIND = ("CustomTags", "Attachments", "Extensions")
"""What stands behind the annotations in the root of a document."""
_Mark = tuple[tuple[float, float, float, float], str, tuple[str, ...]]
"""Left, top, width and height in millimetres, the key of the colour, and what is said."""


def annotate_ofd(data: bytes, notes: Notes) -> bytes:
    """Give the copy. Earlier annotations of ours are replaced. Raises ReadError as `read_ofd`."""
    package = open_package(data, "OFD")
    patch = Patch(package)
    marks = [(place, "touched", ()) for place in notes.touched if isinstance(place, PagePlace | ScanPlace)]
    by_page: dict[int, list[tuple[Location, str, tuple[str, ...]]]] = {}
    for place, severity, lines in (*marks, *((note.place, note.severity, note.lines) for note in notes.notes)):
        page = place.page if isinstance(place, PagePlace | ScanPlace) else 1
        by_page.setdefault(page, []).append((place, severity, lines))
    number = 0
    for name in find_documents(package)[0]:
        root, pages = list_pages(package, name)
        parts = DocumentParts(package, name, root)
        placed: list[list[_Mark]] = []
        for page_name in pages:
            number += 1
            left, top, *_ = parts.open_page(page_name).box if number in by_page else (0.0, 0.0)
            placed.append(
                [(_on_page(place, left, top), severity, lines) for place, severity, lines in by_page.get(number, ())]
            )
        _Document(patch, name).annotate(placed)
    return repack(data, patch.parts)


def _on_page(place: Location, left: float, top: float) -> tuple[float, float, float, float]:
    box = place.box if isinstance(place, PagePlace | ScanPlace) else HEAD_OF_PAGE
    x, y, far_x, far_y = (length / POINTS_A_MM for length in box)
    return left + x, top + y, far_x - x, far_y - y


class _Document:
    """One document of the package that is being changed."""

    def __init__(self, patch: Patch, name: str) -> None:
        self.patch, self.name = patch, name
        self.root = patch.parse(name)
        self.space = self.root.tag[: self.root.tag.index("}") + 1] if self.root.tag.startswith("{") else ""
        self.count: Any = next(
            (one for common in select(self.root, "CommonData") for one in select(common, "MaxUnitID")), None
        )
        written = ((self.count.text or "") if self.count is not None else "").strip()
        self.last = int(written) if written.isdecimal() else 0
        named = next(select(self.root, "Annotations"), None)
        found = resolve(patch.package, name, named.text or "") if named is not None else None
        self.is_named = found is not None
        self.list_name = found or patch.free_name(posixpath.join(posixpath.dirname(name), "Annots/Annotations{}.xml"))
        self.listed = patch.parse(found) if found else self._make("Annotations")

    def annotate(self, pages: list[list[_Mark]]) -> None:
        """Replace our earlier annotations by these, of each page in turn."""
        files: dict[str, tuple[str, Any]] = {}
        cleared = self._clear(files)
        if not cleared and not any(pages):
            return
        identities = [page.get("ID") or "" for group in select(self.root, "Pages") for page in select(group, "Page")]
        for identity, marks in zip(identities, pages, strict=True):
            if marks:
                part, page = files.get(identity) or self._open_page(identity)
                files[identity] = part, page
                for mark in marks:
                    page.append(self._write(*mark))
                self.patch.write(part, write_part(page))
        self.patch.write(self.list_name, write_part(self.listed))
        if self.count is not None:
            self.count.text = str(self.last)
        if not self.is_named and len(self.listed):
            named = self._make("Annotations")
            named.text = f"/{self.list_name}"
            behind: Any = next(select(self.root, *_BEHIND), None)
            if behind is None:
                self.root.append(named)
            else:
                behind.addprevious(named)
        self.patch.write(self.name, write_part(self.root))

    def _clear(self, files: dict[str, tuple[str, Any]]) -> bool:
        """Take our earlier annotations away and fill in what is left of each page's; say whether there were any."""
        numbers: list[int] = []
        for entry in list(select(self.listed, "Page")):
            located = next(select(entry, "FileLoc"), None)
            part = resolve(self.patch.package, self.list_name, (located.text or "") if located is not None else "")
            if part is None:
                continue
            page = self.patch.parse(part)
            ours = [one for one in select(page, "Annot") if one.get("Creator") == AUTHOR]
            for one in ours:
                numbers += [int(i) for e in one.iter("*") if (i := e.get("ID") or "").isdecimal()]
                page.remove(one)
            files[entry.get("PageID") or ""] = part, page
            if ours and not any(True for _ in select(page, "Annot")):
                self.listed.remove(entry)
                del files[entry.get("PageID") or ""]
                self.patch.drop(part)
            elif ours:
                self.patch.write(part, write_part(page))
        if numbers and max(numbers) == self.last:
            self.last = min(numbers) - 1  # nobody has numbered anything after us
        return bool(numbers)

    def _open_page(self, identity: str) -> tuple[str, Any]:
        """Begin the annotations of a page that has none."""
        folder = posixpath.join(posixpath.dirname(self.name), "Annots")
        part = self.patch.free_name(posixpath.join(folder, "Gouji_{}.xml"))
        entry = self._make("Page", PageID=identity)
        entry.append(self._make("FileLoc"))
        entry[0].text = f"/{part}"
        self.listed.append(entry)
        return part, self._make("PageAnnot")

    def _write(self, box: tuple[float, float, float, float], severity: str, lines: Iterable[str]) -> Any:  # noqa: ANN401
        left, top, wide, high = box
        annotation = self._make(
            "Annot",
            ID=self._next(),
            Type="Highlight",
            Creator=AUTHOR,
            LastModDate=DAY,
            Subtype="Highlight",
            Print="false",  # as in a PDF: on paper nobody reads the note, and the colour would be left
            ReadOnly="false",
        )
        said = "\n".join("".join(c for c in line if c.isprintable()) for line in lines)
        if said:
            annotation.append(self._make("Remark"))
            annotation[0].text = said
        appearance = self._make("Appearance", Boundary=f"{left:.2f} {top:.2f} {wide:.2f} {high:.2f}")
        path = self._make(
            "PathObject",
            ID=self._next(),
            Boundary=f"0 0 {wide:.2f} {high:.2f}",
            Stroke="false",
            Fill="true",
            Alpha=str(round(255 * _OPACITY)),
        )
        path.append(self._make("FillColor", Value=_through(COLOURS[severity])))
        path.append(self._make("AbbreviatedData"))
        path[1].text = f"M 0 0 L {wide:.2f} 0 L {wide:.2f} {high:.2f} L 0 {high:.2f} C"
        appearance.append(path)
        annotation.append(appearance)
        return annotation

    def _next(self) -> str:
        self.last += 1
        return str(self.last)

    def _make(self, name: str, **attributes: str) -> Any:  # noqa: ANN401
        from lxml import etree

        return etree.Element(f"{self.space}{name}", attributes, nsmap={"ofd": self.space[1:-1]} if self.space else None)


def _through(colour: str) -> str:
    """Give the colour that looks like this one where white paper shines through it."""
    values = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return " ".join(str(max(0, round(255 - (255 - value) / _OPACITY))) for value in values)
