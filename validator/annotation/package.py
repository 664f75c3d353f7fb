"""Parts of a ZIP package -> the package with some of them changed or added; all others stay as they are."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from validator.readers.package import Package, open_package

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "[Content_Types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_EMPTY_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_ADDED = (1980, 1, 1, 0, 0, 0)


def parse_whole(data: bytes) -> Any:  # noqa: ANN401 - an element of lxml, which is imported where it is used
    """Give the root of an XML part that a reader has accepted, with its comments and instructions kept."""
    from lxml import etree

    return etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_blank_text=False)
    )


def write_part(root: Any) -> bytes:  # noqa: ANN401
    """Give the bytes of an XML part, with all that stands before its root."""
    from lxml import etree

    data: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def repack(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Give the package with these parts in the place of those of their names, new ones last; None drops a part."""
    target = io.BytesIO()
    rest = dict(parts)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            content = rest.pop(member.filename, b"") if member.filename in rest else old.read(member)
            if content is not None:
                new.writestr(member, content, member.compress_type)
        for name, content in rest.items():
            if content is not None:
                new.writestr(zipfile.ZipInfo(name, _ADDED), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def is_signed(data: bytes, kind: str) -> bool:
    """Whether a package carries electronic signatures, as Word and Excel keep them or as OFD does."""
    names = (name.lower() for name in open_package(data, kind).names)
    return any(name.startswith("_xmlsignatures/") or name.endswith("/signatures.xml") for name in names)


class Patch:
    """A package that is being changed: parts as they will be, by name, with relations and content types."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts: dict[str, bytes | None] = {}

    def read(self, name: str) -> bytes | None:
        """Give a part as it is by now; None if there is none of this name."""
        filed = self.package.find(name)
        if (filed or name) in self.parts:
            return self.parts[filed or name]
        return None if filed is None else self.package.read(filed)

    def parse(self, name: str) -> Any:  # noqa: ANN401
        """Give the root of a part that is there, as it is by now."""
        return parse_whole(self.read(name) or b"")

    def write(self, name: str, data: bytes) -> None:
        """Set a part."""
        self.parts[self.package.find(name) or name] = data

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self.parts[self.package.find(name) or name] = None

    def follow(self, part: str, kind: str) -> str:
        """Give the part that a part is related to in this way, "" if to none."""
        data = self.read(_relations_of(part))
        for relation in parse_whole(data).iter(RELATION) if data else ():
            if (relation.get("Type") or "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
                return posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(part), relation.get("Target") or "")
                ).lstrip("/")
        return ""

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another and give the id of the relation; `kind` is a whole address, `target` a part."""
        from lxml import etree

        name = _relations_of(part)
        root = parse_whole(self.read(name) or _EMPTY_RELATIONS)
        taken = {relation.get("Id") for relation in root.iter(RELATION)}
        identity = next(f"rIdGouji{n}" for n in range(1, len(taken) + 2) if f"rIdGouji{n}" not in taken)
        etree.SubElement(root, RELATION, Id=identity, Type=kind, Target=f"/{target}")
        self.write(name, write_part(root))
        return identity

    def free_name(self, pattern: str) -> str:
        """Give the first name of a pattern with {} that no part has."""
        number = 1
        while self.read(pattern.format(number)) is not None:
            number += 1
        return pattern.format(number)

    def set_type(self, name: str, content_type: str) -> None:
        """Say of what type a part is."""
        from lxml import etree

        root = self.parse(_TYPES)
        if any((one.get("PartName") or "").lower() == f"/{name}".lower() for one in root.iter(f"{_TYPE}Override")):
            return
        etree.SubElement(root, f"{_TYPE}Override", PartName=f"/{name}", ContentType=content_type)
        self.write(_TYPES, write_part(root))

    def set_suffix_type(self, suffix: str, content_type: str) -> None:
        """Say of what type parts with a suffix are, unless that is said."""
        from lxml import etree

        root = self.parse(_TYPES)
        if not any((one.get("Extension") or "").lower() == suffix for one in root.iter(f"{_TYPE}Default")):
            root.insert(0, etree.Element(f"{_TYPE}Default", Extension=suffix, ContentType=content_type))
            self.write(_TYPES, write_part(root))


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
