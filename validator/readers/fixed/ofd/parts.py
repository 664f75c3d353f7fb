"""The parts of an OFD package: its documents, and of each the pages with their templates, sizes and resources."""

import posixpath
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from validator.errors import ReadError
from validator.readers.package import Element, Package

from .paths import read_numbers

_WIDEST = 5000.0
_A4 = (0.0, 0.0, 210.0, 297.0)


class Resources(msgspec.Struct):
    """What objects of a page refer to by number: composite drawings, drawing parameters, and the parts of pictures."""

    drawings: dict[str, Element] = msgspec.field(default_factory=dict)
    parameters: dict[str, Element] = msgspec.field(default_factory=dict)
    pictures: dict[str, str] = msgspec.field(default_factory=dict)


class PageParts(msgspec.Struct, frozen=True):
    """A page: its box in millimetres (left, top, width, height), and the contents printed on it, lowest first."""

    name: str
    box: tuple[float, ...]
    contents: list[Element]
    resources: Resources


@lru_cache(maxsize=1024)
def plain_tag(tag: str) -> str:
    """Give a name without its namespace, of which there are several for OFD."""
    return tag.rpartition("}")[2]


def local_name(element: Element) -> str:
    """Give an element's name without its namespace."""
    return plain_tag(element.tag)


def select(element: Element | None, *names: str) -> Iterator[Element]:
    """Give the children of these names."""
    return (child for child in (element if element is not None else ()) if local_name(child) in names)


def find_documents(package: Package) -> tuple[list[str], str | None]:
    """Give the root parts of the documents in a package, in order, and the title that the first one states.

    Raises ReadError("encrypted") if parts of it are encrypted, "damaged" if it names no document.
    """
    root = package.parse("OFD.xml")
    if package.find("Encryptions.xml") or any(local_name(element) == "Encryptions" for element in root.iter()):
        raise ReadError("encrypted")
    found: list[str] = []
    title = None
    for body in select(root, "DocBody"):
        if located := _current_version(package, body) or _text(body, "DocRoot"):
            found.append(_require(package, "OFD.xml", located))
            info = next(select(body, "DocInfo"), None)
            title = title or (_text(info, "Title") if info is not None else None)
    if not found:
        raise package.damage("OFD.xml: DocRoot")
    return found, title


def list_pages(package: Package, document: str) -> tuple[Element, list[str]]:
    """Give the root element of a document and the names of its pages in order."""
    root = package.parse(document)
    pages = [page for group in select(root, "Pages") for page in select(group, "Page")]
    return root, [_require(package, document, page.get("BaseLoc") or "") for page in pages]


class DocumentParts:
    """The shared parts of a document, each read once when a page first needs it."""

    def __init__(self, package: Package, name: str, root: Element) -> None:
        self._package, self._name = package, name
        self._common = next(select(root, "CommonData"), None)
        self._box = _read_box(self._common, "PageArea") or _A4
        self._resources = Resources()
        self._read_resources(self._resources, name, select(self._common, "PublicRes", "DocumentRes"))
        self._templates = {template.get("ID"): template for template in select(self._common, "TemplatePage")}
        self._contents: dict[str, list[Element]] = {}

    def open_page(self, name: str) -> PageParts:
        """Read a page and its templates. Raises ReadError if one of them is damaged or missing."""
        root = self._package.parse(name)
        resources = self._resources
        if own := list(select(root, "PageRes")):
            resources = Resources(dict(resources.drawings), dict(resources.parameters), dict(resources.pictures))
            self._read_resources(resources, name, own)
        below: list[Element] = []
        above: list[Element] = []
        for use in select(root, "Template"):
            template = self._templates.get(use.get("TemplateID"))
            if template is None:
                raise self._package.damage(f"{name}: Template {use.get('TemplateID')}")
            order = use.get("ZOrder") or template.get("ZOrder")
            (above if order == "Foreground" else below).extend(self._read_template(template.get("BaseLoc") or ""))
        contents = [*below, *select(root, "Content"), *above]
        return PageParts(name, _read_box(root, "Area") or self._box, contents, resources)

    def _read_template(self, location: str) -> list[Element]:
        if location not in self._contents:
            root = self._package.parse(_require(self._package, self._name, location))
            self._contents[location] = list(select(root, "Content"))
        return self._contents[location]

    def _read_resources(self, into: Resources, base: str, located: Iterable[Element]) -> None:
        for location in located:
            # Without it fonts and pictures are missing; a drawing that is used is missed where it is used.
            if name := resolve(self._package, base, location.text or ""):
                root = self._package.parse(name)
                for group in root:
                    units = {unit.get("ID") or "": unit for unit in group}
                    if local_name(group) == "CompositeGraphicUnits":
                        into.drawings.update(units)
                    elif local_name(group) == "DrawParams":
                        into.parameters.update(units)
                    elif local_name(group) == "MultiMedias":
                        into.pictures.update(self._find_pictures(name, root.get("BaseLoc") or "", units))

    def _find_pictures(self, base: str, folder: str, units: dict[str, Element]) -> Iterator[tuple[str, str]]:
        for number, unit in units.items():
            for file in select(unit, "MediaFile"):
                located = (file.text or "").strip()
                part = resolve(self._package, base, posixpath.join(folder, located)) or resolve(
                    self._package, base, located
                )
                if part:
                    yield number, part


def _current_version(package: Package, body: Element) -> str | None:
    """Give the root part of the version of a document that counts, if it has several."""
    for versions in select(body, "Versions"):
        for version in select(versions, "Version"):
            if version.get("Current") == "true":
                name = _require(package, "OFD.xml", version.get("BaseLoc") or "")
                if located := _text(package.parse(name), "DocRoot"):
                    return "/" + _require(package, name, located)
    return None


def _text(element: Element, name: str) -> str | None:
    child = next(select(element, name), None)
    return child.text.strip() if child is not None and child.text else None


def _read_box(element: Element | None, area: str) -> tuple[float, ...] | None:
    """Give the physical box that an area states, if its size is that of a sheet."""
    for stated in select(element, area):
        for box in select(stated, "PhysicalBox"):
            numbers = read_numbers(box.text, 4)
            if numbers and 0 < numbers[2] <= _WIDEST and 0 < numbers[3] <= _WIDEST:
                return numbers
    return None


def _require(package: Package, base: str, location: str) -> str:
    name = resolve(package, base, location)
    if name is None:
        raise package.damage(f"{base}: {location or '?'}: missing")
    return name


def resolve(package: Package, base: str, location: str) -> str | None:
    """Give the part that a location in part `base` means: from the root, from the part's folder, or as some write it,
    from the root without saying so.
    """
    path = location.strip().replace("\\", "/")
    if not path:
        return None
    folder = posixpath.dirname(base)
    tried = [path] if path.startswith("/") else [posixpath.join(folder, path), path]
    for name in tried:
        if found := package.find(posixpath.normpath(name)):
            return found
    return None
