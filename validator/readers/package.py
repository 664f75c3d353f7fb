"""Packages of ZIP members (Word, sheets, OFD) -> the bytes of their parts, opened as if their maker meant harm.

Nothing is ever written to a disk. A size is believed when it has been inflated, not because a header states it, and
whatever is ambiguous (two members of one name, members that overlap) is refused: programs would differ about it. Of XML
parts document types are refused, and nothing is fetched.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Protocol

from validator.errors import ReadError

_MEGABYTE = 2**20
_MOST_MEMBERS = 4096
_LARGEST_MEMBER = 64 * _MEGABYTE  # as large as a file may be: pictures hardly shrink when they are packed
_LARGEST_XML = 32 * _MEGABYTE
_LARGEST_TOTAL = 256 * _MEGABYTE
_HIGHEST_RATIO = 200  # of XML; text and tables of a report pack by far less
_RATIO_COUNTS_FROM = 4 * _MEGABYTE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a container of older programs, in which encrypted documents lie too."""

_CENTRAL_ENTRY = b"PK\x01\x02"
_END_OF_DIRECTORY = b"PK\x05\x06"
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, length of the name, length of the extra field
_ENCRYPTED = 0x1 | 0x40 | 0x2000

_LONGEST_TREE = 16 * _MEGABYTE
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

    def items(self) -> list[tuple[str, str]]:
        """Give the attributes in their order."""

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


class Package:
    """The parts of an opened package: `names` in the order of the file, with "/" between folders; no folders."""

    def __init__(self, data: bytes, kind: str, members: list[zipfile.ZipInfo]) -> None:
        self.kind = kind
        self._data = data
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._by_folded: dict[str, str] = {}
        for member in members:
            name = _plain(member.filename)
            if name.casefold() in self._by_folded:
                raise self.damage(f"{shorten(name)}: twice")
            self._members[name] = member
            self._by_folded[name.casefold()] = name
        self.names = tuple(self._members)

    def find(self, name: str) -> str | None:
        """Give the name under which a part is filed, whatever the case, the slashes and the way it is written."""
        return self._by_folded.get(_plain(name).casefold())

    def read(self, name: str) -> bytes:
        """Give the bytes of a part, found as by `find`; ReadError if it is not there, damaged or too large."""
        filed = self.find(name)
        if filed is None:
            raise self.damage(f"{shorten(name)}: missing")
        return self._inflate(filed, self._members[filed])

    def size(self, name: str) -> int:
        """Give how many bytes a part has; it is there."""
        return self._members[name].file_size

    def parse(self, name: str) -> Element:
        """Give the root element of an XML part, found as by `find`; ReadError as for `read` and `parse_xml`."""
        return parse_xml(self.read(name), name, self.kind)

    def damage(self, detail: str) -> ReadError:
        """Give the error that says what is wrong inside the package, ready to be raised."""
        return ReadError("damaged", kind=self.kind, detail=shorten(detail))

    def _inflate(self, name: str, member: zipfile.ZipInfo) -> bytes:
        start = member.header_offset
        try:
            signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(self._data, start)
        except struct.error:
            signature = b""
        if signature != b"PK\x03\x04":
            raise self.damage(f"{shorten(name)}: header")
        start += _LOCAL_HEADER.size + name_length + extra_length
        packed = self._data[start : start + member.compress_size]
        if len(packed) < member.compress_size:
            raise self.damage(f"{shorten(name)}: cut short")
        content = packed
        if member.compress_type == zipfile.ZIP_DEFLATED:
            inflating = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = inflating.decompress(packed, member.file_size + 1)
            except zlib.error as error:
                raise self.damage(f"{shorten(name)}: {error}") from None
        elif member.compress_type != zipfile.ZIP_STORED:
            raise self.damage(f"{shorten(name)}: compression {member.compress_type}")
        if len(content) != member.file_size:
            raise self.damage(f"{shorten(name)}: size")
        if zlib.crc32(content) != member.CRC:
            raise self.damage(f"{shorten(name)}: CRC")
        return content


def open_package(data: bytes, kind: str, *, suffix: str | None = None) -> Package:
    """Open the bytes of a ZIP package; `kind` is DOCX, XLSX or OFD, `suffix` that of the file, for messages.

    Raises ReadError: "encrypted" (also for an encrypted document in an OLE container), "wrong-suffix" (for any other
    OLE container), "damaged", and "too-much-packed" if members are too many or unpack to too much.
    """
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError("encrypted")
        raise ReadError("wrong-suffix", suffix=suffix or f".{kind.lower()}", actual="DOC/XLS/WPS")
    count = data.count(_CENTRAL_ENTRY)  # before a million of them become objects
    if count > _MOST_MEMBERS:
        raise _too_much(f"ZIP: {count}", str(_MOST_MEMBERS))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, OverflowError) as error:
        raise ReadError("damaged", kind=kind, detail=shorten(str(error) or type(error).__name__)) from None
    (stated,) = struct.unpack_from("<H", data, data.rfind(_END_OF_DIRECTORY) + 10)
    if len(entries) != stated:
        raise ReadError("damaged", kind=kind, detail=f"ZIP: {len(entries)} / {stated}")
    members = [entry for entry in entries if not entry.is_dir()]
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ReadError("encrypted")
    _refuse_bombs(members)
    package = Package(data, kind, members)
    for member, following in pairwise(sorted(members, key=lambda member: member.header_offset)):
        end = member.header_offset + _LOCAL_HEADER.size + member.compress_size
        if end > following.header_offset:
            raise package.damage(f"{shorten(_plain(following.filename))}: overlap")
    return package


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        name, size = shorten(_plain(member.filename), 60), member.file_size
        is_xml = member.filename.casefold().endswith((".xml", ".rels"))
        limit = _LARGEST_XML if is_xml else _LARGEST_MEMBER
        if size > limit:
            raise _too_much(f"{name}: {size // _MEGABYTE} MB", f"{limit // _MEGABYTE} MB")
        if is_xml and size > _RATIO_COUNTS_FROM and size > _HIGHEST_RATIO * member.compress_size:
            raise _too_much(f"{name}: {size // max(1, member.compress_size)} : 1", f"{_HIGHEST_RATIO} : 1")
    total = sum(member.file_size for member in members)
    if total > _LARGEST_TOTAL:
        raise _too_much(f"ZIP: {total // _MEGABYTE} MB", f"{_LARGEST_TOTAL // _MEGABYTE} MB")


def _too_much(what: str, limit: str) -> ReadError:
    return ReadError("too-much-packed", what=what, limit=limit)


def _plain(name: str) -> str:
    """Give a member's name as parts refer to it: "/" between folders and none before the first."""
    steps = [step for step in name.replace("\\", "/").split("/") if step not in {"", "."}]
    return "/".join(steps)


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
    if len(data) > _LONGEST_TREE:
        what = f"{name}: {len(data) // _MEGABYTE} MB"
        raise ReadError("too-much-packed", what=what, limit=f"{_LONGEST_TREE // _MEGABYTE} MB")
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
