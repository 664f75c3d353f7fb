"""What an object of an OFD page states of its look, in attributes, colours and drawing parameters -> how it is seen."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from validator.geometry import Box
from validator.readers.fixed.showing import BLACK, Colour
from validator.readers.package import Element

from .parts import plain_tag, select
from .paths import read_box, read_number, read_numbers
from .text import Manner, read_manner

_DEEPEST = 32
_LINE_WIDTH = 0.353  # millimetres, as the standard says

Parts = dict[str, list[Element]]
"""The children of an object by name."""


class TextLook(NamedTuple):
    """How a text is set and painted: `colour` is None for an unknown one; `invisible`: it is not painted."""

    manner: Manner
    colour: Colour | None
    invisible: bool


class PathLook(NamedTuple):
    """Whether a path is drawn, by lines of this width in millimetres; whether it is filled, and whether that shows.

    `solid`: what is filled covers what lies under it, in this colour, which is None for an unknown one.
    """

    stroked: bool
    width: float
    fills: bool
    filled: bool
    solid: bool
    colour: Colour | None


class Stated(msgspec.Struct):
    """What an object states: where it lies, its parts that hold text or paths, the others, and a key of its look.

    `parameters` names the set of drawing parameters that it rests on.
    """

    boundary: Box
    matrix: str | None
    contents: list[Element]
    parts: Parts
    attributes: dict[str, str]
    parameters: str | None
    key: tuple[object, ...]


def read_stated(item: Element, content: str, parameters: str | None) -> Stated:
    """Give what an object states; its contents are the children of that name, its attributes those of its look.

    Objects with the same key look the same wherever they lie. `parameters` are those of what is around it.
    """
    attributes = dict(item.items())
    attributes.pop("ID", None)
    boundary, matrix = attributes.pop("Boundary", None), attributes.pop("CTM", None)
    parameters = attributes.pop("DrawParam", None) or parameters
    contents: list[Element] = []
    parts: Parts = {}
    key: tuple[object, ...] = (parameters, *attributes.items())
    for part in item:
        name = plain_tag(part.tag)
        if name == content:
            contents.append(part)
        else:
            parts.setdefault(name, []).append(part)
            key += (name, len(part), *part.items())
    return Stated(read_box(boundary), matrix, contents, parts, attributes, parameters, key)


class Looks(msgspec.Struct):
    """Sees how objects of a page look; most look like others. `parameters` are the sets of drawing parameters."""

    parameters: Mapping[str, Element]
    texts: dict[tuple[object, ...], TextLook] = msgspec.field(default_factory=dict)
    paths: dict[tuple[object, ...], PathLook] = msgspec.field(default_factory=dict)

    def see_text(self, stated: Stated) -> TextLook:
        """Give how a text object looks. Raises ValueError if the size of its signs is no number."""
        known = self.texts.get(stated.key)
        if known is None:
            attributes, parts, parameters = stated.attributes, stated.parts, stated.parameters
            stroked = attributes.get("Stroke") == "true" and self._shows(parts, "StrokeColor", parameters)
            filled = attributes.get("Fill") != "false" and self._shows(parts, "FillColor", parameters)
            hidden = attributes.get("Visible") == "false" or attributes.get("Alpha") == "0"
            colour = self._colour(parts, "FillColor" if filled else "StrokeColor", parameters)
            known = TextLook(read_manner(attributes), colour, hidden or not (stroked or filled))
            self.texts[stated.key] = known
        return known

    def see_path(self, stated: Stated) -> PathLook:
        """Give how a path object looks."""
        known = self.paths.get(stated.key)
        if known is None:
            attributes, parts, parameters = stated.attributes, stated.parts, stated.parameters
            fills = attributes.get("Fill") == "true" and self._shows(parts, "FillColor", parameters)
            solid = self._is_solid(attributes, parts, parameters) and "Clips" not in parts
            known = self.paths[stated.key] = PathLook(
                attributes.get("Stroke") != "false" and self._shows(parts, "StrokeColor", parameters, white=False),
                read_number(self._setting(attributes, "LineWidth", parameters), _LINE_WIDTH),
                fills,
                fills and self._shows(parts, "FillColor", parameters, white=False),
                solid,
                self._colour(parts, "FillColor", parameters) if solid else None,
            )
        return known

    def _colour(self, parts: Parts, name: str, parameters: str | None) -> Colour | None:
        """Give the colour that an object is painted in, black if it states none; None for several and unknown ones."""
        stated = self._find_colour(parts, name, parameters)
        if stated is None:
            return BLACK
        values = read_numbers(stated.get("Value"), 1)
        if values is None or stated.get("ColorSpace") or len(stated):
            return None
        values = read_numbers(stated.get("Value"), 3) or values * 3
        red, green, blue = (min(max(round(value), 0), 255) for value in values)
        return red, green, blue

    def _shows(self, parts: Parts, name: str, parameters: str | None, *, white: bool = True) -> bool:
        """Say whether what is painted in this colour of an object is seen on white paper, or if white, at all."""
        stated = self._find_colour(parts, name, parameters)
        if stated is None:
            return True
        values = (stated.get("Value") or "").split()
        return stated.get("Alpha") != "0" and (white or not values or any(value != "255" for value in values))

    def _is_solid(self, attributes: Mapping[str, str], parts: Parts, parameters: str | None) -> bool:
        stated = self._find_colour(parts, "FillColor", parameters)
        alphas = attributes.get("Alpha"), None if stated is None else stated.get("Alpha")
        return all(alpha in (None, "255") for alpha in alphas) and attributes.get("BlendMode") in (None, "Normal")

    def _find_colour(self, parts: Parts, name: str, parameters: str | None) -> Element | None:
        if name in parts:
            return parts[name][0]
        return next((colour for chosen in self._chain(parameters) for colour in select(chosen, name)), None)

    def _setting(self, attributes: Mapping[str, str], name: str, parameters: str | None) -> str | None:
        stated = attributes.get(name)
        return (
            stated
            if stated is not None
            else next((value for chosen in self._chain(parameters) if (value := chosen.get(name)) is not None), None)
        )

    def _chain(self, parameters: str | None) -> list[Element]:
        """Give a set of drawing parameters and those that it rests on."""
        chain: list[Element] = []
        while parameters and len(chain) < _DEEPEST:
            chosen = self.parameters.get(parameters)
            if chosen is None:
                break
            chain.append(chosen)
            parameters = chosen.get("Relative")
        return chain
