"""The parts of a Word package that a reader needs, found by what it says of them; and what each element is to it.

An element that is not named here is not text, nor holds any.
"""

import posixpath
from collections.abc import Iterator

import msgspec

from validator.errors import ReadError
from validator.readers.package import Element, Package, parse_xml

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

VALUE = f"{WORD}val"

(
    UNSEEN,
    RUN,
    TEXT,
    THROUGH,
    TAB,
    BREAK,
    HYPHEN,
    SYMBOL,
    FIELD_MARK,
    FIELD_CODE,
    NOTE,
    DRAWING,
    FORMULA,
    ALTERNATE,
    PARAGRAPH,
    TABLE,
    ROW,
    CELL,
    EMBEDDED,
) = range(19)

_NAMES = {
    RUN: "r",
    TEXT: "t",
    # Deleted text and text that was moved away are not among these: what counts is the text as accepted.
    THROUGH: "body hyperlink ins moveTo smartTag customXml sdt sdtContent fldSimple dir bdo ruby rubyBase",
    TAB: "tab ptab",
    BREAK: "br cr",
    HYPHEN: "noBreakHyphen",
    SYMBOL: "sym",
    FIELD_MARK: "fldChar",
    FIELD_CODE: "instrText",
    NOTE: "footnoteReference endnoteReference",
    DRAWING: "drawing pict object",
    PARAGRAPH: "p",
    TABLE: "tbl",
    ROW: "tr",
    CELL: "tc",
    EMBEDDED: "altChunk",
}
KINDS = {WORD + name: kind for kind, names in _NAMES.items() for name in names.split()} | {
    f"{MATH}oMathPara": THROUGH,
    f"{MATH}oMath": FORMULA,
    f"{COMPATIBILITY}AlternateContent": ALTERNATE,
}


def word_names(names: str) -> tuple[str, ...]:
    """Give the full names of Word elements that are named in a text, parted by blanks."""
    return tuple(WORD + name for name in names.split())


_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MAIN_TYPES = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
_MACRO_TYPES = ("ms-word.document.macroenabled.main+xml", "ms-word.template.macroenabledtemplate.main+xml")
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


class WordParts(msgspec.Struct, frozen=True):
    """The parts of a package by what they are to it: "officeDocument", "styles", "numbering", "footnotes" and so on."""

    package: Package
    names: dict[str, str]

    def read(self, kind: str) -> bytes | None:
        """Give the bytes of a part; None if the document has none of this kind. ReadError if it is damaged."""
        name = self.names.get(kind)
        return None if name is None else self.package.read(name)

    def parse(self, kind: str) -> Element | None:
        """Give the root of a part, its elements named as in the transitional form of the standard; None as above."""
        name = self.names.get(kind)
        if name is None:
            return None
        root = self.package.parse(name)
        return _rename(root, name, self.package.kind) if root.tag.startswith(STRICT) else root

    def find_related(self) -> dict[str, str]:
        """Give the names of the parts that the document refers to, such as its pictures, by what it calls them."""
        found = _relations(self.package, self.names["officeDocument"])
        return {relation.get("Id") or "": path for relation, path in found}

    def find_title(self) -> str | None:
        """Give the title that the properties of the document state."""
        data = self.read("core-properties")
        if not data or b":title" not in data:
            return None
        title = next(parse_xml(data, self.names["core-properties"], self.package.kind).iter(_TITLE), None)
        return (title.text or "").strip() or None if title is not None else None


def find_parts(package: Package, source: str) -> WordParts:
    """Find the parts of a document; ReadError("wrong-suffix" or "damaged") if the package is none."""
    names = _follow(package, "")
    if "officeDocument" not in names and (main := _find_by_type(package)):
        names["officeDocument"] = main
    main = names.get("officeDocument", "")
    if package.find(main) is None:
        actual = _other_kind(package)
        if actual is None:
            raise package.damage(f"{main or 'word/document.xml'}: missing")
        raise ReadError("wrong-suffix", suffix=posixpath.splitext(source)[1].lower(), actual=actual)
    return WordParts(package, names | _follow(package, main))


def _follow(package: Package, part: str) -> dict[str, str]:
    """Give the parts that a part, or for "" the package, is related to, by their kinds."""
    names: dict[str, str] = {}
    for relation, path in _relations(package, part):
        names.setdefault((relation.get("Type") or "").rpartition("/")[2], path)
    return names


def _relations(package: Package, part: str) -> Iterator[tuple[Element, str]]:
    """Give the relations of a part, or for "" of the package, to other parts; what is outside of it is none."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if package.find(relations) is None:
        return
    for relation in package.parse(relations).iter(_RELATION):
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External" and target:
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if package.find(path) is not None:
                yield relation, path


def _find_by_type(package: Package) -> str | None:
    if package.find("[Content_Types].xml") is None:
        return None
    for override in package.parse("[Content_Types].xml").iter(_OVERRIDE):
        if (override.get("ContentType") or "").lower().endswith(_MAIN_TYPES + _MACRO_TYPES):
            return (override.get("PartName") or "").lstrip("/")
    return None


def _other_kind(package: Package) -> str | None:
    kinds = (("xl/workbook.xml", "XLSX"), ("ppt/presentation.xml", "PPTX"), ("OFD.xml", "OFD"), ("content.xml", "ODF"))
    return next((kind for name, kind in kinds if package.find(name)), None)


def _rename(root: Element, name: str, kind: str) -> Element:
    """Give a tree whose names are strict with transitional names, which are all that readers here know."""
    from lxml import etree

    data: bytes = etree.tostring(root, encoding="utf-8")
    for strict, transitional in _STRICT_NAMES:
        data = data.replace(strict, transitional)
    return parse_xml(data, name, kind)
