"""The objects of an OFD page -> what is printed on it, in points: glyphs, strokes, and how much pictures cover."""

from collections.abc import Iterable

import msgspec

from validator.errors import ReadError
from validator.geometry import Box, PrintedPage, Stroke
from validator.readers.fixed.legibility import SeenPage
from validator.readers.fixed.showing import NOWHERE, PAGE_SHARE, Area, PaintedText, find_shown
from validator.readers.package import Element, shorten

from .looks import Looks, Parts, read_stated
from .parts import PageParts, local_name, plain_tag, select
from .paths import (
    POINTS_A_MM,
    Space,
    draw_pieces,
    find_bars,
    find_fill,
    find_pieces,
    find_space,
    is_curved,
    read_box,
    read_lines,
    read_numbers,
    read_pieces,
)
from .text import read_glyphs

_DEEPEST = 32
_MARGIN = 1.5  # points by which a ruling may stick out of its boundary
_MANY_POINTS = 8  # of a curved figure that may be a character turned into a drawing


class Budget:
    """How many objects may still be painted: drawings that repeat drawings could make it any number."""

    def __init__(self, most: int) -> None:
        self._most = self._left = most

    def spend(self, count: int) -> None:
        """Count objects; raises ReadError("too-much-packed") when there are more than in any report."""
        self._left -= count
        if self._left < 0:
            raise ReadError("too-much-packed", what=f"OFD: > {self._most}", limit=self._most)


def paint_page(page: PageParts, number: int, budget: Budget) -> SeenPage:
    """Give what a page, the file's `number`th, shows. Raises ReadError if one of its objects is damaged."""
    left, top, width, height = (value * POINTS_A_MM for value in page.box)
    painter = _Painter(page, budget, (0.0, 0.0, width, height), Looks(page.resources.parameters))
    painter.paint(Space(POINTS_A_MM, 0.0, 0.0, POINTS_A_MM, -left, -top))
    shown, under = find_shown(painter.texts, painter.areas)
    printed = PrintedPage(number, width, height, shown, painter.strokes, painter.slants)
    return SeenPage(printed, under, painter.pictures, painter.outlines, painter.picture, painter.insets)


class _Painter(msgspec.Struct):
    """What is painted of a page so far; `area` is the page itself, in points."""

    page: PageParts
    budget: Budget
    area: Box
    looks: Looks
    texts: list[PaintedText] = msgspec.field(default_factory=list)
    areas: list[Area] = msgspec.field(default_factory=list)
    strokes: list[Stroke] = msgspec.field(default_factory=list)
    slants: list[tuple[float, float, float, float]] = msgspec.field(default_factory=list)
    pictures: float = 0.0
    picture: tuple[str, float] | None = None
    insets: list[tuple[Box, str]] = msgspec.field(default_factory=list)
    outlines: int = 0
    order: int = 0
    runs: int = 1

    def paint(self, space: Space) -> None:
        for content in self.page.contents:
            for layer in select(content, "Layer"):
                self._paint_all(layer, space, layer.get("DrawParam"), 0)

    def _paint_all(self, objects: Iterable[Element], space: Space, parameters: str | None, depth: int) -> None:
        for item in objects:
            name = plain_tag(item.tag)
            self.budget.spend(_EFFORT.get(name, 1))
            self.order += 1
            if name != "TextObject" and (item.get("Visible") == "false" or item.get("Alpha") == "0"):
                continue
            if name == "PageBlock":
                self._paint_all(item, space, parameters, self._deeper(depth))
                continue
            try:
                if name == "CompositeObject":
                    self._paint_drawing(item, space, parameters, self._deeper(depth))
                elif paint := _PAINTERS.get(name):
                    paint(self, item, space, parameters)
            except ValueError as error:
                detail = shorten(f"{self.page.name}: {name} {item.get('ID')}: {error}")
                raise ReadError("damaged", kind="OFD", detail=detail) from None

    def _deeper(self, depth: int) -> int:
        if depth >= _DEEPEST:
            raise ReadError("too-much-packed", what=f"{self.page.name}: {depth + 1}", limit=_DEEPEST)
        return depth + 1

    def _paint_drawing(self, item: Element, space: Space, parameters: str | None, depth: int) -> None:
        drawing = self.page.resources.drawings.get(item.get("ResourceID") or "")
        if drawing is None:
            raise ValueError(f"ResourceID={item.get('ResourceID')}")
        inner = find_space(item.get("CTM"), read_box(item.get("Boundary")), space)
        for content in select(drawing, "Content"):
            self._paint_all(content, inner, item.get("DrawParam") or parameters, depth)

    def _paint_text(self, item: Element, space: Space, parameters: str | None) -> None:
        stated = read_stated(item, "TextCode", parameters)
        parts = stated.parts
        texts = [code.text or "" for code in stated.contents]
        self.budget.spend(sum(map(len, texts)))
        own = find_space(stated.matrix, stated.boundary, space)
        look = self.looks.see_text(stated)
        glyphs, box = read_glyphs(look.manner, stated.contents, texts, own, self.runs)
        self.runs += len(texts)
        clip = self._clip(own, parts) if "Clips" in parts else None
        painted = PaintedText(self.order, glyphs, look.colour, clip, look.invisible)
        right, bottom = self.area[2:]
        if not (box and box[0] >= 0 <= box[1] and box[2] <= right and box[3] <= bottom) and [
            g for g in glyphs if not (0 <= g[1] + g[3] <= 2 * right and 0 <= g[2] + g[4] <= 2 * bottom)
        ]:
            painted.clip_to(self.area)
        self.texts.append(painted)

    def _clip(self, own: Space, parts: Parts) -> Box | None:
        """Give what the clips of an object leave of the page, None for all; those of one clip count as one."""
        left, top, right, bottom = self.area
        for clip in (clip for clips in parts["Clips"] for clip in select(clips, "Clip")):
            points: list[tuple[float, float]] = []
            for area in select(clip, "Area"):
                matrix = read_numbers(area.get("CTM"), 6)
                for path in select(area, "Path", "Text"):
                    if local_name(path) == "Text":
                        return None
                    within = Space(*matrix) if matrix else Space()
                    around = find_space(path.get("CTM"), read_box(path.get("Boundary")), within).inside(own)
                    for data in select(path, "AbbreviatedData"):
                        points.extend(point for line in read_lines(data.text or "", around) for point, _ in line)
            if points:
                left, right = max(left, min(x for x, _ in points)), min(right, max(x for x, _ in points))
                top, bottom = max(top, min(y for _, y in points)), min(bottom, max(y for _, y in points))
        return (left, top, right, bottom) if left < right and top < bottom else NOWHERE

    def _paint_path(self, item: Element, space: Space, parameters: str | None) -> None:
        stated = read_stated(item, "AbbreviatedData", parameters)
        own = find_space(stated.matrix, stated.boundary, space)
        within = self._cut_to(stated.boundary, space)
        stroked, width, fills, filled, solid, colour = self.looks.see_path(stated)
        for data in stated.contents:
            written = data.text or ""
            self.budget.spend(len(written) // 8)
            if stroked and not fills and (pieces := read_pieces(written, own)):
                draw_pieces(pieces, width * own.scale(), within, self.strokes, self.slants)
                continue
            lines = read_lines(written, own)
            if (stroked or filled) and is_curved(lines, _MANY_POINTS):
                self.outlines += 1
            if stroked:
                draw_pieces(find_pieces(lines), width * own.scale(), within, self.strokes, self.slants)
            if filled:
                self.strokes.extend(find_bars(lines, within))
            if fills and (box := find_fill(lines, within)):
                opaque = box[1] and solid
                self.areas.append(Area(self.order, box[0], colour if opaque else None))

    def _paint_picture(self, item: Element, space: Space, _: str | None) -> None:
        left, top, right, bottom = self._cut_to(read_box(item.get("Boundary")), space)
        size = max(0.0, right - left) * max(0.0, bottom - top)
        self.pictures += size
        is_large = size >= PAGE_SHARE * self.area[2] * self.area[3]
        is_solid = item.get("Alpha") in (None, "255") and item.get("BlendMode") in (None, "Normal")
        part = self.page.resources.pictures.get(item.get("ResourceID") or "")
        if is_large and part:
            self.picture = (part, right - left)
        if part:
            self.insets.append(((left, top, right, bottom), part))
        self.areas.append(Area(self.order, (left, top, right, bottom), None, is_large and is_solid))

    def _cut_to(self, boundary: Box, space: Space) -> Box:
        """Give the box that an object is cut to, on the page; without one of its own, the page."""
        left, top, width, height = boundary
        if not (width or height):
            return self.area
        box = space.cover(left, top, left + width, top + height)
        return (
            max(box[0] - _MARGIN, 0.0),
            max(box[1] - _MARGIN, 0.0),
            min(box[2] + _MARGIN, self.area[2]),
            min(box[3] + _MARGIN, self.area[3]),
        )


_PAINTERS = {
    "TextObject": _Painter._paint_text,
    "PathObject": _Painter._paint_path,
    "ImageObject": _Painter._paint_picture,
}


_EFFORT = {"TextObject": 4, "PathObject": 4, "CompositeObject": 10}
"""What an object costs of the budget, beside its characters or points: in proportion to the time it takes."""
