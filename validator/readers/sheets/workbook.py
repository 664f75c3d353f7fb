"""A workbook's parts: which sheets it has in which order, its strings, and what its styles say of a cell."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

import msgspec

from validator.characters import INVISIBLE, LOWERED, RAISED, join_surrogates, lay_level
from validator.errors import ReadError
from validator.patterns import Pattern
from validator.readers.package import SAFELY, Element, Package, parse_xml, shorten

from .formats import BUILT_IN, GENERAL

_MOST_MARKS = 500_000
_SHORT_PART = 1_000_000  # bytes; its tree is small enough to be in memory whole
_ESCAPED = Pattern(r"_x([0-9A-Fa-f]{4})_")
_SHIFTS = {"superscript": RAISED, "subscript": LOWERED}
_BLANK_LINES = Pattern(r"\s*\n\s*")


class Style(NamedTuple):
    """What matters of a cell's style: its number format, whether it has a border, whether its text is struck out.

    `unseen`: its text has the colour of its ground, `white`: its ground is white.
    """

    code: str = GENERAL
    framed: bool = False
    struck: bool = False
    unseen: bool = False
    white: bool = True


class SheetPart(NamedTuple):
    """A sheet of figures: its name, the name of its part, and whether it is shown."""

    name: str
    part: str
    hidden: bool


class Workbook(msgspec.Struct, frozen=True):
    """What all sheets share; `sheets` are in the order of their tabs, without charts and macros.

    `rich` gives, of strings with fonts of their own, what is left of them in a cell whose own text is not seen, `faint`
    what is seen on white of those that have white letters.
    """

    package: Package
    sheets: tuple[SheetPart, ...]
    strings: Sequence[str]
    rich: Mapping[int, str]
    faint: Mapping[int, str]
    styles: Sequence[Style]
    from_1904: bool


def open_workbook(package: Package) -> Workbook:
    """Read what all sheets of a workbook share. Raises ReadError as parts that are missing or damaged do."""
    main = next((t for kind, t in _relations(package, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    root = package.parse(main)
    relations = _relations(package, main)
    sheets = []
    for sheet in root.iter("{*}sheet"):
        identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        kind, part = relations.get(identity, ("", ""))
        if kind == "worksheet":
            sheets.append(SheetPart(sheet.get("name") or "", part, sheet.get("state") in ("hidden", "veryHidden")))
    if not sheets:
        raise package.damage(f"{shorten(main, 60)}: no sheet")
    shared = [target for kind, target in relations.values() if kind == "sharedStrings"]
    styles = [target for kind, target in relations.values() if kind == "styles"]
    properties = root.find("{*}workbookPr")
    strings, rich, faint = _read_strings(package, shared[0]) if shared and package.find(shared[0]) else ([], {}, {})
    return Workbook(
        package,
        tuple(sheets),
        strings,
        rich,
        faint,
        _read_styles(package.parse(styles[0])) if styles and package.find(styles[0]) else (),
        properties is not None and properties.get("date1904") in ("1", "true"),
    )


def walk(
    package: Package, part: str, unit: str, *others: str, repeated: re.Pattern[bytes] | None = None
) -> Iterator[Element]:
    """Give the elements of these names in a part, one at a time where the part is large.

    `unit` is the element of which there are many: what stands from one to the next is in memory at once. Of what
    matches `repeated` only its first group is looked at. Nothing is fetched and no entity is expanded. Raises
    ReadError("unsafe-xml", "too-much-packed" or "damaged").
    """
    from lxml import etree

    data = package.read(part)
    if repeated is not None:
        data = repeated.sub(rb"\1", data)
    names = [f"{{*}}{tag}" for tag in (unit, *others)]
    if len(data) <= _SHORT_PART:
        yield from parse_xml(data, part, package.kind).iter(*names)
        return
    _refuse_crowded(data, unit, part)
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
        raise ReadError("unsafe-xml", part=shorten(part, 60))
    walker = etree.iterparse(BytesIO(data), tag=names, **SAFELY)
    try:
        for _, element in walker:
            yield element
            element.clear()
            before = element.getprevious()
            while before is not None:
                before.getparent().remove(before)
                before = element.getprevious()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise package.damage(f"{shorten(part, 60)}: {error}") from None


def read_rich_text(element: Element, *, struck: bool = False, on_white: bool = False) -> str:
    """Give the text of a string with its runs; readings of characters and struck runs are no part of it.

    `struck`: the cell strikes out what has no font of its own, or does not show it. `on_white`: white letters are not
    seen. Digits above or below the line are given as such, so that they do not continue the number beside them.
    """
    first = next(iter(element), None)
    if first is not None and len(element) == 1 and first.tag.endswith("}t"):
        return "" if struck else clean(first.text or "")  # as most are
    pieces: list[str] = []
    shifted = False
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "t" and not struck:
            pieces.append(child.text or "")
        elif name == "r":
            font = child.find("{*}rPr")
            if not (struck if font is None else _is_struck(font) or (on_white and _read_ink(font) == _WHITE)):
                text = "".join(piece.text or "" for piece in child.findall("{*}t"))
                align = child.find("{*}rPr/{*}vertAlign")
                shift = None if align is None else _SHIFTS.get(align.get("val") or "")
                pieces.append(text if shift is None else text.translate(shift))
                shifted = shifted or shift is not None
    text = "".join(pieces)
    return clean(lay_level(text) if shifted else text)


def clean(text: str) -> str:
    """Give the text of a cell without what is not seen, each line without blanks at its ends."""
    if text.isprintable() and "_x" not in text:
        return text.strip()
    if "_x" in text:
        text = join_surrogates(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = text.translate(INVISIBLE)
    return _BLANK_LINES.sub("\n", text.strip()) if "\n" in text else text.strip()


def _refuse_crowded(data: bytes, unit: str, part: str) -> None:
    """Refuse a part that packs too many elements and attributes between two units: they would fill the memory."""
    begins = [found.start() for found in re.finditer(rb"<(?:\w+:)?" + unit.encode() + rb"[\s>/]", data)]
    for start, end in pairwise([0, *begins, len(data)]):
        if end - start > 3 * _MOST_MARKS and data.count(b"<", start, end) + data.count(b"=", start, end) > _MOST_MARKS:
            raise ReadError(
                "too-much-packed", what=f"{shorten(part, 60)}: > {_MOST_MARKS} XML", limit=f"{_MOST_MARKS} XML"
            )


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Give the relations of a part by their id: what each is, and the part inside the package that it leads to."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if package.find(rels) is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for relation in package.parse(rels):
        if (relation.get("TargetMode") or "").lower() != "external":
            target = relation.get("Target") or ""
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id") or ""] = (relation.get("Type") or "").rpartition("/")[2], path
    return found


def _read_strings(package: Package, part: str) -> tuple[list[str], dict[int, str], dict[int, str]]:
    strings: list[str] = []
    rich: dict[int, str] = {}
    faint: dict[int, str] = {}
    for element in walk(package, part, "si"):
        text = read_rich_text(element)
        if element.find("{*}t") is None and element.find("{*}r/{*}rPr") is not None:
            rich[len(strings)] = read_rich_text(element, struck=True)
            seen = read_rich_text(element, on_white=True)
            if seen != text:
                faint[len(strings)] = seen
        strings.append(text)
    return strings, rich, faint


def _read_styles(root: Element) -> list[Style]:
    codes = dict(BUILT_IN)
    for element in root.iter("{*}numFmt"):
        codes[_whole(element.get("numFmtId"))] = element.get("formatCode") or GENERAL
    framed = [any(side.get("style") not in (None, "none") for side in border) for border in _list(root, "borders")]
    struck = [_is_struck(font) for font in _list(root, "fonts")]
    inks = [_read_ink(font) for font in _list(root, "fonts")]
    grounds = [_read_ground(fill) for fill in _list(root, "fills")]
    styles = []
    for style in _list(root, "cellXfs"):
        font, fill = _whole(style.get("fontId")), _whole(style.get("fillId"))
        ink = inks[font] if font < len(inks) else _BLACK
        ground = grounds[fill] if fill < len(grounds) else _WHITE
        code = codes.get(_whole(style.get("numFmtId")), GENERAL)
        is_framed, is_struck = _at(framed, style.get("borderId")), _at(struck, style.get("fontId"))
        styles.append(Style(code, is_framed, is_struck, bool(ink) and ink == ground, ground == _WHITE))
    return styles


_BLACK, _WHITE = "000000", "FFFFFF"
_BY_THEME = {"0": _WHITE, "1": _BLACK}
_BY_INDEX = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE, "64": _BLACK, "65": _WHITE}


def _read_ink(font: Element) -> str:
    """Give the colour of a font, black if it states none; "" for one that is not known."""
    color = font.find("{*}color")
    return _BLACK if color is None else _read_color(color)


def _read_ground(fill: Element) -> str:
    """Give the colour of a fill, white if there is none; "" for a pattern and for one that is not known."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return ""
    kind = pattern.get("patternType") or "none"
    color = pattern.find("{*}fgColor")
    if kind == "none":
        return _WHITE
    return "" if kind != "solid" or color is None else _read_color(color)


def _read_color(color: Element) -> str:
    """Give a colour as six hex digits; "" where it takes more than the workbook's own words to know it."""
    if (color.get("tint") or "0").strip("-0."):
        return ""
    if rgb := color.get("rgb"):
        return rgb[-6:].upper()
    if color.get("auto") in ("1", "true"):
        return ""
    return _BY_THEME.get(color.get("theme") or "", "") or _BY_INDEX.get(color.get("indexed") or "", "")


def _list(root: Element, name: str) -> Sequence[Element]:
    element = root.find(f"{{*}}{name}")
    return () if element is None else list(element)


def _is_struck(font: Element) -> bool:
    struck = font.find("{*}strike")
    return struck is not None and struck.get("val") not in ("0", "false")


def _at(flags: list[bool], index: str | None) -> bool:
    number = _whole(index)
    return number < len(flags) and flags[number]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
