"""A part of a package that is XML -> its tree of elements; document types are refused, and nothing is fetched."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from validator.errors import ReadError

_MEGABYTE = 2**20
_LONGEST = 16 * _MEGABYTE
_MOST_MARKS = 1_000_000  # tags and attributes; a tree of so many takes about 250 MB

SAFELY: Mapping[str, bool] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How every part is parsed: nothing is expanded, nothing is fetched."""


class Element(Protocol):
    """What readers use of an element of lxml, which is imported only where a part is parsed."""

    @property
    def tag(self) -> str:
        """The name, in the form "{namespace}name"."""

    @property
    def text(self) -> str | None:
        """The text before the first child."""

    @property
    def tail(self) -> str | None:
        """The text between the end of this element and the next."""

    @property
    def attrib(self) -> Mapping[str, str]:
        """The attributes by name."""

    def get(self, key: str, default: str = ...) -> str | None:
        """Give an attribute."""

    def find(self, path: str) -> "Element | None":
        """Give the first element on a path."""

    def findall(self, path: str) -> "list[Element]":
        """Give all elements on a path."""

    def iter(self, *tags: str) -> "Iterator[Element]":
        """Give this element and all below it that have one of the names, in the order of the file."""

    def getparent(self) -> "Element | None":
        """Give the element around this one."""

    def __iter__(self) -> "Iterator[Element]": ...

    def __len__(self) -> int: ...


def parse_xml(data: bytes, part: str, kind: str) -> Element:
    """Give the root element of an XML part of a package of that kind, without comments and instructions.

    Entities are not expanded and nothing is fetched. Raises ReadError: "unsafe-xml" (a document type is declared),
    "damaged", "too-much-packed", and "needs-extra" if lxml is not installed.
    """
    try:
        from lxml import etree
    except ImportError:
        extra = "pdf" if kind == "OFD" else "office"
        raise ReadError("needs-extra", suffix=f".{kind.lower()}", extra=extra) from None
    name = shorten(part, 60)
    if len(data) > _LONGEST:
        what = f"{name}: {len(data) // _MEGABYTE} MB"
        raise ReadError("too-much-packed", what=what, limit=f"{_LONGEST // _MEGABYTE} MB")
    marks = data.count(b"<") + data.count(b"=")
    if marks > _MOST_MARKS:
        raise ReadError("too-much-packed", what=f"{name}: {marks} XML", limit=f"{_MOST_MARKS} XML")
    if b"<!DOCTYPE" in data:
        raise ReadError("unsafe-xml", part=name)
    try:
        tree = etree.fromstring(data, etree.XMLParser(**SAFELY))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", kind=kind, detail=shorten(f"{name}: {error}")) from None
    if tree.getroottree().docinfo.internalDTD is not None:  # declared in an encoding such as UTF-16
        raise ReadError("unsafe-xml", part=name)
    root: Element = tree
    return root


def shorten(text: str, length: int = 100) -> str:
    """Give the first line of a detail that a message quotes, cut to `length` characters."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= length else f"{line[: length - 1]}…"
