"""A workbook and the notes on it -> a copy with a note of Excel's own at each cell."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from validator.model.location import SheetPlace
from validator.patterns import Pattern
from validator.readers.package import open_package
from validator.readers.sheets.workbook import SheetPart, open_workbook

from .mending import Mending
from .notes import AUTHOR, Note, Notes
from .package import Patch, repack, write_part
from .sheet_styles import SheetStyles

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_DRAWING = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts")
_REFERENCE = Pattern(r"([A-Z]{1,3})(\d{1,7})")
_SHAPE = Pattern(r"<v:shape\b(?:(?!</v:shape>).)*</v:shape>\s*", re.DOTALL)
_SHAPE_NUMBER = Pattern(r'id="_x0000_s(\d{1,9})"')
_EMPTY_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype></xml>"
)
_FIRST_SHAPE = 1025
_WIDE, _LINE, _ROW = 26, 15, 18
"""A note is as wide as so many Chinese characters; a line of it and a row of a sheet are so many points high."""


def annotate_sheets(data: bytes, notes: Notes) -> bytes:
    """Give the copy. Earlier notes of ours are replaced. Raises ReadError as `read_sheets`."""
    package = open_package(data, "XLSX")
    workbook = open_workbook(package)
    patch = Patch(package)
    styles = SheetStyles(patch)
    first = next((sheet.name for sheet in workbook.sheets if not sheet.hidden), "")
    for sheet in workbook.sheets:
        here = [
            (_cell(note, sheet.name), note)
            for note in notes.notes
            if (note.place.sheet if isinstance(note.place, SheetPlace) else first) == sheet.name
        ]
        touched = [place.cell for place in notes.touched if isinstance(place, SheetPlace) and place.sheet == sheet.name]
        _Sheet(patch, sheet, styles).annotate(here, touched)
    styles.write()
    return repack(data, patch.parts)


def mend_sheets(
    data: bytes, mendings: Sequence[Mending], say: Callable[[Mending, bool], tuple[str, ...]]
) -> tuple[bytes, list[Mending]]:
    """Give a copy in which figures are changed, with a note at each, and what was changed.

    A formula stays, and its note says what it should give; `say` gives the lines of a note, for a figure that was
    changed or not. Raises ReadError as `read_sheets`.
    """
    package = open_package(data, "XLSX")
    workbook = open_workbook(package)
    patch = Patch(package)
    done, notes = [], []
    for sheet in workbook.sheets:
        here = {m.place.cell: m for m in mendings if isinstance(m.place, SheetPlace) and m.place.sheet == sheet.name}
        if not here:
            continue
        root = patch.parse(sheet.part)
        main = root.tag[: root.tag.index("}") + 1]
        for cell in [one for one in root.iter(f"{main}c") if one.get("r") in here]:
            mending = here[cell.get("r")]
            changed = cell.find(f"{main}f") is None
            if changed:
                _set_number(cell, main, mending.proposed)
                done.append(mending)
            notes.append(Note(mending.place, say(mending, changed), "note" if changed else "error"))
        patch.write(sheet.part, write_part(root))
    return annotate_sheets(repack(data, patch.parts), Notes(tuple(notes), ())), done


def _set_number(cell: Any, main: str, figure: str) -> None:  # noqa: ANN401
    from lxml import etree

    for child in list(cell):
        if child.tag in (f"{main}v", f"{main}is"):
            cell.remove(child)
    cell.attrib.pop("t", None)
    value = etree.Element(f"{main}v")
    value.text = figure
    cell.insert(0, value)


def _cell(note: Note, sheet: str) -> str:
    return note.place.cell if isinstance(note.place, SheetPlace) and note.place.sheet == sheet else "A1"


class _Sheet:
    """One sheet that is being changed: its part, and those of its notes."""

    def __init__(self, patch: Patch, sheet: SheetPart, styles: "SheetStyles") -> None:
        self.patch, self.part, self.styles = patch, sheet.part, styles

    def annotate(self, notes: list[tuple[str, Note]], touched: list[str]) -> None:
        """Replace our earlier notes by these, and colour their cells and the touched ones."""
        name = self.patch.follow(self.part, "comments")
        comments = self.patch.parse(name) if name else None
        ours = _take_ours(comments) if comments is not None else []
        if not notes and not touched and not ours:
            return
        root = self.patch.parse(self.part)
        main = root.tag[: root.tag.index("}") + 1]
        cells = {cell.get("r"): cell for cell in root.iter(f"{main}c")}
        for cell in cells.values():
            self.styles.clear(cell)
        for reference in touched:
            if reference in cells:
                self.styles.colour(cells[reference], "touched")
        taken = {one.get("ref") for one in comments.iter(f"{main}comment")} if comments is not None else set()
        placed: list[tuple[str, Note]] = []
        for reference, note in notes:
            if reference in cells:
                self.styles.colour(cells[reference], note.severity)
            free = _free_cell(reference, taken)
            taken.add(free)
            placed.append((free, note if free == reference else _tell_place(note, reference)))
        if placed or ours:
            self._write_notes(root, name, comments, placed, ours)
        self.patch.write(self.part, write_part(root))

    def _write_notes(
        self,
        root: Any,  # noqa: ANN401
        name: str,
        comments: Any,  # noqa: ANN401
        placed: list[tuple[str, Note]],
        ours: list[str],
    ) -> None:
        from lxml import etree

        main = root.tag[: root.tag.index("}") + 1]
        office = _STRICT_OFFICE if main[1:-1] == _STRICT else _OFFICE
        if comments is None:
            comments = etree.Element(f"{main}comments", nsmap={None: main[1:-1]})
            etree.SubElement(comments, f"{main}authors")
            etree.SubElement(comments, f"{main}commentList")
            name = self.patch.free_name("xl/gouji/comments{}.xml")
            self.patch.relate(self.part, f"{office}/comments", name)
            self.patch.set_type(name, _COMMENTS_TYPE)
        _add_comments(comments, placed)
        self.patch.write(name, write_part(comments))
        legacy = root.find(f"{main}legacyDrawing")
        drawing = self.patch.follow(self.part, "vmlDrawing") if legacy is not None else ""
        if not drawing:
            drawing = self.patch.free_name("xl/gouji/vmlDrawing{}.vml")
            self.patch.set_suffix_type("vml", _DRAWING_TYPE)
            legacy = etree.Element(f"{main}legacyDrawing")
            legacy.set(f"{{{office}}}id", self.patch.relate(self.part, f"{office}/vmlDrawing", drawing))
            names = [child.tag.rpartition("}")[2] if isinstance(child.tag, str) else "" for child in root]
            place = next((n for n, one in enumerate(names) if one in (*_AFTER_DRAWING, "extLst")), len(root))
            root.insert(place, legacy)
        shapes = (self.patch.read(drawing) or _EMPTY_DRAWING.encode()).decode("utf-8", "surrogateescape")
        self.patch.write(drawing, _draw(shapes, placed, ours).encode("utf-8", "surrogateescape"))


def _take_ours(comments: Any) -> list[str]:  # noqa: ANN401 - an element of lxml
    """Take our comments out and give the cells that they stood at."""
    main = comments.tag[: comments.tag.index("}") + 1]
    authors = [author.text for author in comments.iter(f"{main}author")]
    ours = [
        one
        for one in comments.iter(f"{main}comment")
        if (number := one.get("authorId") or "").isdecimal()
        and int(number) < len(authors)
        and authors[int(number)] == AUTHOR
    ]
    for one in ours:
        one.getparent().remove(one)
    return [one.get("ref") or "" for one in ours]


def _add_comments(comments: Any, placed: list[tuple[str, Note]]) -> None:  # noqa: ANN401
    from lxml import etree

    main = comments.tag[: comments.tag.index("}") + 1]
    authors = comments.find(f"{main}authors")
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{main}author").text = AUTHOR
        names.append(AUTHOR)
    listed = comments.find(f"{main}commentList")
    for reference, note in placed:
        comment = etree.SubElement(listed, f"{main}comment", ref=reference, authorId=str(names.index(AUTHOR)))
        run = etree.SubElement(etree.SubElement(comment, f"{main}text"), f"{main}r")
        words = etree.SubElement(run, f"{main}t")
        words.text = "\n".join("".join(c for c in text if c.isprintable()) for text in note.lines)


def _draw(drawing: str, placed: list[tuple[str, Note]], ours: list[str]) -> str:
    """Give the drawing of a sheet's notes without those of these cells, and with the placed ones."""
    gone = {_numbers(reference) for reference in ours}

    def keep(shape: re.Match[str]) -> str:
        row, column = (re.search(rf"<x:{name}>\s*(\d+)", shape[0]) for name in ("Row", "Column"))
        return "" if row and column and (int(column[1]), int(row[1])) in gone else shape[0]

    drawing = _SHAPE.sub(keep, drawing)
    number = max([int(one) for one in _SHAPE_NUMBER.findall(drawing)] + [_FIRST_SHAPE - 1])
    shapes = "".join(_shape(number + count, *_numbers(ref), note) for count, (ref, note) in enumerate(placed, 1))
    head, end, tail = drawing.rpartition("</xml>")
    return head + shapes + end + tail


def _shape(number: int, column: int, row: int, note: Note) -> str:
    lines = sum(1 + len(text) // _WIDE for text in note.lines) + 1
    height = lines * _LINE
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
        f'width:300pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 10, {row}, 2, {column + 6}, 10, {row + 1 + height // _ROW}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _numbers(reference: str) -> tuple[int, int]:
    """Give the column and the row of a reference such as "C7", both from 0."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(found[2]) - 1


def _free_cell(reference: str, taken: set[str]) -> str:
    """Give the cell, or the nearest one to the right of it, at which no note stands."""
    from validator.readers.sheets.formulas import name_column

    column, row = _numbers(reference)
    while f"{name_column(column + 1)}{row + 1}" in taken:
        column += 1
    return f"{name_column(column + 1)}{row + 1}"


def _tell_place(note: Note, reference: str) -> Note:
    return Note(note.place, (f"[{reference}]", *note.lines), note.severity)
