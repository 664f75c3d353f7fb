"""Pictures of pages -> pages as printed ones are read: rulings, signs, and how each line was read, with likelihoods."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeGuard

import msgspec
from msgspec.structs import replace

from validator.geometry import Box, Glyph, PrintedPage, Stroke
from validator.model.document import Block, Document, Paragraph, Row, Table
from validator.model.location import Location, PagePlace, ScanPlace

_POINTS = 72 / 200
"""A pixel of a page made straight, in points."""
_UNREAD = "〓"
"""What stands where something is printed that could not be read."""
_LINE = 1.3
_STAINED = 2.0
"""The mean, of 255, of red ink over a line; single pixels are red on any coloured scan."""
_OFF = 6.0
"""Points by which a cell of the layout may reach out of the white that it is: rulings of photographs are bent."""


class ReadLine(msgspec.Struct, frozen=True):
    """A printed line: its middle on the printed page, its box in the picture, and how it was read.

    `room` is the box of the white around it that rulings close in, on the printed page; None if that is the open page.
    `stained`: red ink lies over it, so that both ways of reading may be wrong alike. `cut` is a small PNG of a figure.
    """

    middle: tuple[float, float]
    box: tuple[float, float, float, float]
    text: str
    likelihood: float
    readings: tuple[tuple[str, float, float], ...]
    room: Box | None = None
    stained: bool = False
    cut: bytes = b""


class ScannedPage(msgspec.Struct, frozen=True):
    """A picture as a printed page, and its lines with their readings.

    `areas` are the pictures of a page that has text as well; without them the whole page is one. `is_inset`: the number
    of the page is that of a picture inside a Word file or a web page.
    """

    page: PrintedPage
    lines: tuple[ReadLine, ...]
    areas: tuple[Box, ...] = ()
    is_inset: bool = False

    def holds(self, box: Box) -> bool:
        """Whether what stands in a box of the page was read from a picture."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return not self.areas or any(area[0] <= x <= area[2] and area[1] <= y <= area[3] for area in self.areas)


def see_picture(picture: Any, number: int, scale: float = 1.0) -> ScannedPage:  # noqa: ANN401 - an array of numpy
    """Read a picture (blue, green, red) as page `number`; `scale` takes its pixels to the units of its places."""
    from .marks import find_rooms
    from .picture import cut_out
    from .reading import read_lines
    from .upright import set_upright

    page = set_upright(picture)
    straight, em, grey = page.straight, page.em, page.straight.grey
    read = read_lines(grey, page.ink, page.ruled, page.boxes, em)
    rooms = find_rooms(page.ruled, [line.box for line in read])
    glyphs: list[Glyph] = []
    lines: list[ReadLine] = []
    for line, room in zip(read, rooms, strict=True):
        left, top, right, bottom = (value * _POINTS for value in line.box)
        text = "".join((line.text or _UNREAD).split())
        middle = (top + bottom) / 2
        half = em * _POINTS / 2 if bottom - top < _LINE * em * _POINTS else (bottom - top) / 2
        step = (right - left) / len(text)
        glyphs.extend(
            Glyph(sign, left + step * at, middle - half, left + step * (at + 1), middle + half)
            for at, sign in enumerate(text)
        )
        at = ((left + right) / 2, middle)
        around = None if room is None else (room[0] * _POINTS, room[1] * _POINTS, room[2] * _POINTS, room[3] * _POINTS)
        place = straight.place(line.box, scale)
        x0, y0, x1, y1 = line.box
        is_stained = bool(straight.stained[y0:y1, x0:x1].mean() > _STAINED)
        cut = cut_out(grey, line.box, em) if line.readings else b""
        lines.append(ReadLine(at, place, text, line.likelihood, line.readings, around, is_stained, cut))
    strokes = [Stroke(*(value * _POINTS for value in piece)) for piece in page.pieces]
    height, width = grey.shape
    return ScannedPage(PrintedPage(number, width * _POINTS, height * _POINTS, glyphs, strokes), tuple(lines))


def may_hold_table(picture: Any, least: int) -> bool:  # noqa: ANN401 - an array of numpy
    """Whether a picture has so many rulings, in pieces, as a table has; a photograph has few that meet."""
    from .marks import find_rulings
    from .picture import straighten

    return len(find_rulings(straighten(picture).grey)[0]) >= least


def put_in(page: PrintedPage, seen: ScannedPage, area: Box) -> ScannedPage:
    """Give a page with what was read in a picture on it, in place of the text that the page has there."""
    across, down = (area[2] - area[0]) / seen.page.width, (area[3] - area[1]) / seen.page.height

    def move(box: Box) -> Box:
        left, top, right, bottom = box
        return area[0] + left * across, area[1] + top * down, area[0] + right * across, area[1] + bottom * down

    whole = ScannedPage(page, (), (area,))
    glyphs = [glyph for glyph in page.glyphs if not whole.holds((glyph.left, glyph.top, glyph.right, glyph.bottom))]
    glyphs += [
        Glyph(glyph.text, *move((glyph.left, glyph.top, glyph.right, glyph.bottom))) for glyph in seen.page.glyphs
    ]
    strokes = [*page.strokes, *(Stroke(*move(stroke)) for stroke in seen.page.strokes)]
    lines = []
    for line in seen.lines:
        left, top, _, _ = move((*line.middle, *line.middle))
        x0, y0, x1, y1 = line.box
        box = tuple(round(value, 1) for value in (area[0] + x0, area[1] + y0, area[0] + x1, area[1] + y1))
        room = None if line.room is None else move(line.room)
        lines.append(replace(line, middle=(left, top), box=box, room=room))
    return ScannedPage(replace(page, glyphs=glyphs, strokes=strokes), tuple(lines), (area,))


def name_places(document: Document, scanned: Mapping[int, ScannedPage]) -> Document:
    """Give a document that was laid out of printed pages the places of pictures where its pages are such.

    Where a cell of the layout is not within the white around what it holds, rows or columns may have been mistaken:
    then no figure of that page counts as read.
    """
    rows = [row for block in document.blocks if isinstance(block, Table) for row in block.rows]
    cells = [cell.location for row in rows for cell in row.cells]
    places = [place for place in cells if _is_scanned(place, scanned)]
    doubtful = {
        place.page
        for place in places
        if any(
            line.room is not None and _is_cell(line.room) and not _holds(line.room, place.box)
            for line in _find_lines(place, scanned[place.page])
        )
    }
    blocks = tuple(_name_block(block, scanned, doubtful) for block in document.blocks)
    return replace(document, blocks=blocks)


def _is_scanned(place: Location, scanned: Mapping[int, ScannedPage]) -> TypeGuard[PagePlace]:
    return isinstance(place, PagePlace) and place.page in scanned and scanned[place.page].holds(place.box)


def _is_cell(room: Box) -> bool:
    """Whether a white is as large as a cell, and not closed in by the strokes of a sign."""
    return min(room[2] - room[0], room[3] - room[1]) >= _OFF


def _holds(room: Box, box: Box) -> bool:
    return box[0] > room[0] - _OFF and box[1] > room[1] - _OFF and box[2] < room[2] + _OFF and box[3] < room[3] + _OFF


def _name_block(block: Block, scanned: Mapping[int, ScannedPage], doubtful: Collection[int]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, location=_name(block.location, scanned, doubtful))
    rows = tuple(
        Row(tuple(cell._replace(location=_name(cell.location, scanned, doubtful, cell.text)) for cell in row.cells))
        for row in block.rows
    )
    return replace(block, rows=rows)


def _name(
    location: Location, scanned: Mapping[int, ScannedPage], doubtful: Collection[int], text: str = ""
) -> Location:
    """Give the place of a text in its picture; a figure has its readings there if it stands in its cell whole."""
    if not _is_scanned(location, scanned):
        return location
    page = scanned[location.page]
    lines = list(_find_lines(location, page))
    if not lines:
        return ScanPlace(location.page, location.box, 1.0, is_inset=page.is_inset)
    box = (
        min(line.box[0] for line in lines),
        min(line.box[1] for line in lines),
        max(line.box[2] for line in lines),
        max(line.box[3] for line in lines),
    )
    likelihood = round(min(line.likelihood for line in lines), 4)
    if len(lines) > 1 or lines[0].text != text or not lines[0].readings or location.page in doubtful:
        return ScanPlace(location.page, box, likelihood, is_inset=page.is_inset, cut=lines[0].cut)
    readings = lines[0].readings
    agreed = not lines[0].stained and all(
        readings[0][way] == max(reading[way] for reading in readings) for way in (1, 2)
    )
    return ScanPlace(location.page, box, likelihood, readings, agreed, is_inset=page.is_inset, cut=lines[0].cut)


def _find_lines(location: PagePlace, page: ScannedPage) -> Iterator[ReadLine]:
    left, top, right, bottom = location.box
    for line in page.lines:
        if left <= line.middle[0] <= right and top <= line.middle[1] <= bottom:
            yield line
