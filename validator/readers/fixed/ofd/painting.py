"""The objects of an OFD page -> what is printed on it, in points: glyphs, strokes, and how much pictures cover."""

from collections.abc import Iterable

import msgspec

from validator.errors import ReadError
from validator.geometry import Box, PrintedPage, Stroke
from validator.readers.fixed.legibility import SeenPage
from validator.readers.fixed.showing import BLACK, NOWHERE, PAGE_SHARE, SMALLEST, Area, Colour, PaintedText, find_shown
from validator.readers.package import Element, shorten

from .parts import PageParts, local_name, select
from .paths import (
    POINTS_A_MM,
    Space,
    find_bars,
    find_fill,
    find_rulings,
    find_slants,
    is_curved,
    read_lines,
    read_number,
    read_numbers,
)
from .text import read_glyphs

_DEEPEST = 32
_LINE_WIDTH = 0.353  # millimetres, as the standard says
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
    painter = _Painter(page, budget, (0.0, 0.0, width, height))
    painter.paint(Space(POINTS_A_MM, 0.0, 0.0, POINTS_A_MM, -left, -top))
    shown, under = find_shown(painter.texts, painter.areas)
    printed = PrintedPage(number, width, height, shown, painter.strokes, painter.slants)
    return SeenPage(printed, under, painter.pictures, painter.outlines, painter.picture, painter.insets)


class _Painter(msgspec.Struct):
    """What is painted of a page so far; `area` is the page itself, in points."""

    page: PageParts
    budget: Budget
    area: Box
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
            name = local_name(item)
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
                    paint(self, item, space, item.get("DrawParam") or parameters)
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
        inner = _own_space(item, _boundary(item)).inside(space)
        for content in select(drawing, "Content"):
            self._paint_all(content, inner, item.get("DrawParam") or parameters, depth)

    def _paint_text(self, item: Element, space: Space, parameters: str | None) -> None:
        parts = _sort_parts(item)
        stroked = item.get("Stroke") == "true" and self._shows(parts, "StrokeColor", parameters)
        filled = item.get("Fill") != "false" and self._shows(parts, "FillColor", parameters)
        invisible = item.get("Visible") == "false" or item.get("Alpha") == "0" or not (stroked or filled)
        codes = parts.get("TextCode", [])
        self.budget.spend(sum([len(code.text or "") for code in codes]))
        boundary = _boundary(item)
        own = _own_space(item, boundary).inside(space)
        right, bottom = self.area[2:]
        glyphs = [glyph for glyph in read_glyphs(item, codes, own, self.runs) if glyph.bottom - glyph.top >= SMALLEST]
        self.runs += len(codes)
        colour = self._colour(parts, "FillColor" if filled else "StrokeColor", parameters)
        painted = PaintedText(self.order, glyphs, colour, self._clip(item, parts, boundary, space), invisible)
        if [g for g in glyphs if not (0 <= g[1] + g[3] <= 2 * right and 0 <= g[2] + g[4] <= 2 * bottom)]:
            painted.clip_to(self.area)
        self.texts.append(painted)

    def _clip(self, item: Element, parts: dict[str, list[Element]], boundary: Box, space: Space) -> Box | None:
        """Give what the clips of an object leave of the page, None if it has none; those of one clip count as one."""
        if "Clips" not in parts:
            return None
        left, top, right, bottom = self.area
        own = _own_space(item, boundary).inside(space)
        for clip in (clip for clips in parts["Clips"] for clip in select(clips, "Clip")):
            points: list[tuple[float, float]] = []
            for area in select(clip, "Area"):
                matrix = read_numbers(area.get("CTM"), 6)
                for path in select(area, "Path", "Text"):
                    if local_name(path) == "Text":
                        return None
                    inner = _own_space(path, _boundary(path))
                    within = Space(*matrix) if matrix else Space()
                    around = inner.inside(within).inside(own)
                    for data in select(path, "AbbreviatedData"):
                        points.extend(point for line in read_lines(data.text or "", around) for point, _ in line)
            if points:
                left, right = max(left, min(x for x, _ in points)), min(right, max(x for x, _ in points))
                top, bottom = max(top, min(y for _, y in points)), min(bottom, max(y for _, y in points))
        return (left, top, right, bottom) if left < right and top < bottom else NOWHERE

    def _colour(self, parts: dict[str, list[Element]], name: str, parameters: str | None) -> Colour | None:
        """Give the colour that an object is painted in, black if it states none; None for several and unknown ones."""
        if name not in parts and not parameters:
            return BLACK
        stated = parts.get(name) or [c for chosen in self._chain(parameters) for c in select(chosen, name)]
        if not stated:
            return BLACK
        values = read_numbers(stated[0].get("Value"), 1)
        if values is None or stated[0].get("ColorSpace") or len(stated[0]):
            return None
        values = read_numbers(stated[0].get("Value"), 3) or values * 3
        red, green, blue = (min(max(round(value), 0), 255) for value in values)
        return red, green, blue

    def _paint_path(self, item: Element, space: Space, parameters: str | None) -> None:
        parts = _sort_parts(item)
        stated = _boundary(item)
        own = _own_space(item, stated).inside(space)
        within = self._cut_to(stated, space)
        stroked = item.get("Stroke") != "false" and self._shows(parts, "StrokeColor", parameters, white=False)
        fills = item.get("Fill") == "true" and self._shows(parts, "FillColor", parameters)
        filled = fills and self._shows(parts, "FillColor", parameters, white=False)
        for data in parts.get("AbbreviatedData", ()):
            written = data.text or ""
            self.budget.spend(len(written) // 8)
            lines = read_lines(written, own)
            if (stroked or filled) and is_curved(lines, _MANY_POINTS):
                self.outlines += 1
            if stroked:
                width = read_number(self._setting(item, "LineWidth", parameters), _LINE_WIDTH)
                self.strokes.extend(find_rulings(lines, width * own.scale(), within))
                self.slants.extend(find_slants(lines))
            if filled:
                self.strokes.extend(find_bars(lines, within))
            if fills and (box := find_fill(lines, within)):
                opaque = box[1] and self._is_solid(item, parts, parameters) and "Clips" not in parts
                colour = self._colour(parts, "FillColor", parameters) if opaque else None
                self.areas.append(Area(self.order, box[0], colour))

    def _paint_picture(self, item: Element, space: Space, _: str | None) -> None:
        left, top, right, bottom = self._cut_to(_boundary(item), space)
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

    def _shows(self, parts: dict[str, list[Element]], name: str, parameters: str | None, *, white: bool = True) -> bool:
        """Say whether what is painted in this colour of an object is seen on white paper, or if white, at all."""
        if name not in parts and not parameters:
            return True
        stated = parts.get(name) or [c for chosen in self._chain(parameters) for c in select(chosen, name)]
        if not stated:
            return True
        values = (stated[0].get("Value") or "").split()
        return stated[0].get("Alpha") != "0" and (white or not values or any(value != "255" for value in values))

    def _is_solid(self, item: Element, parts: dict[str, list[Element]], parameters: str | None) -> bool:
        stated = parts.get("FillColor") or [
            c for chosen in self._chain(parameters) for c in select(chosen, "FillColor")
        ]
        covering = [item.get("Alpha"), *(colour.get("Alpha") for colour in stated[:1])]
        return all(alpha in (None, "255") for alpha in covering) and item.get("BlendMode") in (None, "Normal")

    def _setting(self, item: Element, name: str, parameters: str | None) -> str | None:
        for holder in (item, *self._chain(parameters)):
            if (value := holder.get(name)) is not None:
                return value
        return None

    def _chain(self, parameters: str | None) -> list[Element]:
        """Give a set of drawing parameters and those that it rests on."""
        chain: list[Element] = []
        while parameters and len(chain) < _DEEPEST:
            chosen = self.page.resources.parameters.get(parameters)
            if chosen is None:
                break
            chain.append(chosen)
            parameters = chosen.get("Relative")
        return chain


_PAINTERS = {
    "TextObject": _Painter._paint_text,
    "PathObject": _Painter._paint_path,
    "ImageObject": _Painter._paint_picture,
}


_EFFORT = {"TextObject": 4, "PathObject": 4, "CompositeObject": 10}
"""What an object costs of the budget, beside its characters or points: in proportion to the time it takes."""


def _sort_parts(item: Element) -> dict[str, list[Element]]:
    """Give the children of an object by name."""
    parts: dict[str, list[Element]] = {}
    for part in item:
        parts.setdefault(local_name(part), []).append(part)
    return parts


def _boundary(item: Element) -> Box:
    """Give the boundary that an object states: left, top, width, height; zeros if it states none."""
    stated = read_numbers(item.get("Boundary"), 4)
    return (stated[0], stated[1], stated[2], stated[3]) if stated else (0.0, 0.0, 0.0, 0.0)


def _own_space(item: Element, boundary: Box) -> Space:
    """Give the transform from an object to what is around it: its own matrix, then to the corner of its boundary."""
    written = item.get("CTM")
    if not written:
        return Space(e=boundary[0], f=boundary[1])
    matrix = read_numbers(written, 6)
    if matrix is None:
        raise ValueError(f"CTM={written}")
    a, b, c, d, e, f = matrix
    return Space(a, b, c, d, e + boundary[0], f + boundary[1])
