"""How many large pictures a Word document shows: a table may be one of them, and no figure in it can be read."""

import re

from validator.patterns import Pattern
from validator.readers.xml_part import Element

from .tags import COMPATIBILITY, WORD

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_BOX = f"{WORD}txbxContent"
_EMU_A_POINT = 12700
_LEAST_WIDTH = 200
_LEAST_HEIGHT = 60
"""A table takes more than this, in points; stamps, signatures and marks of a page take less."""

_LENGTH = Pattern(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})\s*(pt|in|cm|mm|px|)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}


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
