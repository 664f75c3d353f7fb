"""The pictures of a Word document that are as large as a table: how many there are, and where they stand."""

import re
from collections.abc import Sequence
from functools import partial

from validator.patterns import Pattern
from validator.readers.opening import Inset
from validator.readers.package import Element

from .parts import COMPATIBILITY, WORD, WordParts

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VML = "{urn:schemas-microsoft-com:vml}"
_BOX = f"{WORD}txbxContent"
_EMU_A_POINT = 12700
_LEAST_WIDTH = 200
_LEAST_HEIGHT = 60
"""A table takes more than this, in points; stamps, signatures and marks of a page take less."""

_LENGTH = Pattern(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})\s*(pt|in|cm|mm|px|)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}


def find_insets(drawings: Sequence[tuple[int, Element]], parts: WordParts) -> list[Inset]:
    """Give the large pictures among these drawings, each of which stands before the block of a number."""
    names = parts.find_related() if drawings else {}
    insets: list[Inset] = []
    for before, drawing in drawings:
        large = [*filter(_is_large_drawing, drawing.iter(f"{_DRAWING}extent"))]
        pictures = [*drawing.iter(_PICTURE)] if large else []
        called = [picture.get(f"{_RELATION}embed") for picture in pictures]
        called += [image.get(f"{_RELATION}id") for image in drawing.iter(f"{_VML}imagedata") if _is_large_shape(image)]
        insets.extend(Inset(before, partial(parts.package.read, names[name])) for name in called if name in names)
    return insets


def count_pictures(root: Element) -> int:
    """Count what is shown as a picture of the size of a table: images, charts and embedded sheets."""
    drawn = sum(1 for extent in root.iter(f"{_DRAWING}extent") if _is_large_drawing(extent))
    old = sum(1 for image in root.iter(f"{_VML}imagedata") if _is_large_shape(image))
    return drawn + old


def _is_large_drawing(extent: Element) -> bool:
    frame = extent.getparent()
    if frame is None or next(frame.iter(_BOX), None) is not None:
        return False
    return (
        _number(extent.get("cx")) >= _LEAST_WIDTH * _EMU_A_POINT
        and _number(extent.get("cy")) >= _LEAST_HEIGHT * _EMU_A_POINT
    )


def _is_large_shape(image: Element) -> bool:
    shape = image.getparent()
    if shape is None or _is_fallback(shape):
        return False
    sizes = {
        name.lower(): float(size) * _POINTS[unit.lower()]
        for name, size, unit in _LENGTH.findall(shape.get("style") or "")
        if size.count(".") < 2 and size != "."
    }
    return sizes.get("width", 0) >= _LEAST_WIDTH and sizes.get("height", 0) >= _LEAST_HEIGHT


def _is_fallback(element: Element) -> bool:
    """Whether an element only stands in for a drawing that is shown, and counted."""
    above = element.getparent()
    while above is not None:
        if above.tag == f"{COMPATIBILITY}Fallback":
            return True
        above = above.getparent()
    return False


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 15 else 0
