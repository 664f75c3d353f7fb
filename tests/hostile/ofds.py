"""Hostile OFD files."""

import re
from collections.abc import Iterator

from hostile.case import READ, TOLD, Hostile
from hostile.packing import members_of, pack, pack_blanks, part_of, repack, write_zip
from hostile.sound import ofd
from hostile.xml_bombs import TYPES, arm, nest
from ofd_writer import NAMESPACE, Line, document_root, ofd_root, page_content, text_object, zipped

_ROOT = "Doc_0/Document.xml"
_PAGE = "Doc_0/Pages/Page_0/Content.xml"
_DAMAGED = ("damaged", "wrong-suffix")
_MUCH = ("too-much-packed", "damaged")
_NO_TEXT = (TOLD, "no-text-inside", "scanned-pages", "not-a-report", *_MUCH)
"""TOLD where a page has a title and no table."""
_LINE = text_object(Line(20, 20, 4, "政府信息公开工作年度报告"))


def cases() -> Iterator[Hostile]:
    """Give the cases."""
    for name, document_type in TYPES.items():
        yield Hostile(f"entities, {name}.ofd", ("unsafe-xml",), lambda t=document_type: _armed(_PAGE, t))
    yield Hostile("entities in the root.ofd", ("unsafe-xml",), lambda: _armed("OFD.xml", TYPES["laughs"]))
    yield from _bombs()
    yield from _wrong_structure()
    yield from _loops()
    yield from _odd_numbers()
    yield from _without_text()
    other = text_object(Line(20, 20, 4, "关于放假的通知"))
    yield Hostile("not a report.ofd", ("not-a-report",), lambda: _of_pages([page_content(other)]))


def _bombs() -> Iterator[Hostile]:
    others = [member for member in members_of(ofd()) if member.name != _PAGE]
    yield Hostile("bomb.ofd", _MUCH, lambda: write_zip([pack_blanks(_PAGE, 500), *others]))
    yield Hostile("bomb that lies.ofd", _MUCH, lambda: write_zip([pack_blanks(_PAGE, 500, size=999), *others]))
    block = nest(100_000, "ofd:PageBlock").decode()
    yield Hostile("nested deeply.ofd", _MUCH, lambda: _of_pages([page_content(block)]))
    yield Hostile("nested a little.ofd", _NO_TEXT, lambda: _of_pages([page_content(_nested_blocks(200))]))
    yield Hostile(
        "pages by the thousand.ofd", ("too-many-pages", *_MUCH), lambda: _of_pages([page_content(_LINE)] * 3000)
    )
    yield Hostile("one page by the thousand.ofd", ("too-many-pages", *_MUCH), _one_page_often)
    runs = text_object(Line(20, 20, 4, "件" * 9)).replace("g 8 ", "g 99999999 ")
    yield Hostile("steps without end.ofd", _NO_TEXT, lambda: _of_pages([page_content(runs)]))
    steps = re.sub(r'DeltaX="[^"]*"', 'DeltaX="' + "g 99999999 1 " * 9999 + '"', _LINE)
    yield Hostile("steps without end, often.ofd", _NO_TEXT, lambda: _of_pages([page_content(steps * 20)]))
    long = text_object(Line(0, 20, 0.01, "件" * 10_000)) * 200
    yield Hostile("glyphs by the million.ofd", _NO_TEXT, lambda: _of_pages([page_content(long)]))
    path = " ".join(f"M 0 {n % 297} L 200 {n % 297}" for n in range(400_000))
    yield Hostile("rulings by the million.ofd", _NO_TEXT, lambda: _of_pages([page_content(_LINE + _drawn(path))]))
    cross = " ".join(f"M 0 {n / 9} L 200 {n / 9} M {n / 12} 0 L {n / 12} 290" for n in range(2400))
    yield Hostile("a grid of millions.ofd", _NO_TEXT, lambda: _of_pages([page_content(_LINE + _drawn(cross))]))


def _wrong_structure() -> Iterator[Hostile]:
    yield Hostile("no root.ofd", _DAMAGED, lambda: repack(ofd(), {"OFD.xml": None}))
    yield Hostile("no document.ofd", _DAMAGED, lambda: repack(ofd(), {_ROOT: None}))
    yield Hostile("no page content.ofd", _DAMAGED, lambda: repack(ofd(), {_PAGE: None}))
    yield Hostile("blank page content.ofd", _DAMAGED, lambda: repack(ofd(), {_PAGE: b""}))
    yield Hostile("broken XML.ofd", _DAMAGED, lambda: repack(ofd(), {_PAGE: part_of(ofd(), _PAGE)[:-300]}))
    yield Hostile("no pages.ofd", (*_NO_TEXT, *_DAMAGED), lambda: _of_pages([]))
    for name, place in {"out": "../../../../etc/passwd", "root": "/etc/passwd", "web": "http://127.0.0.1:9/a"}.items():
        build = lambda p=place: zipped({"OFD.xml": ofd_root("", [p])})  # noqa: E731
        yield Hostile(f"document that climbs, {name}.ofd", _DAMAGED, build)
        page = lambda p=place: zipped({"OFD.xml": ofd_root("", [_ROOT]), _ROOT: document_root([p])})  # noqa: E731
        yield Hostile(f"page that climbs, {name}.ofd", _DAMAGED, page)
    climbing = [*members_of(ofd()), pack("../../../tmp/climbed.xml", b"<x/>")]
    yield Hostile("names that climb.ofd", (READ, "damaged"), lambda: write_zip(climbing))


def _loops() -> Iterator[Hostile]:
    head = '<ofd:Template TemplateID="2"/>'
    own = '<ofd:TemplatePage ID="2" BaseLoc="P/0.xml"/>'
    page = page_content(_LINE, head)
    yield Hostile("template of itself.ofd", _NO_TEXT, lambda: _of_pages([page], own))
    for name, count in {"itself": 1, "doubling": 2}.items():
        again = '<ofd:CompositeObject ID="9" ResourceID="90" Boundary="0 0 9 9"/>' * count
        yield Hostile(
            f"drawing of {name}.ofd", _NO_TEXT, lambda a=again: _of_pages([page_content(a + _LINE)], *_drawings(a))
        )
    tree = [f'<ofd:CompositeObject ID="9" ResourceID="{n + 1}" Boundary="0 0 9 9"/>' * 10 for n in range(90, 105)]
    yield Hostile(
        "drawings of drawings.ofd", _NO_TEXT, lambda: _of_pages([page_content(tree[0])], *_drawings(*tree, _LINE))
    )


def _odd_numbers() -> Iterator[Hostile]:
    for name, matrix in {
        "not numbers": "NaN Infinity x",
        "huge": "1e300 0 0 1e300 1e308 1e308",
        "zero": "0 0 0 0 0 0",
    }.items():
        build = lambda m=matrix: _changed(b"<ofd:TextObject ", f'<ofd:TextObject CTM="{m}" '.encode())  # noqa: E731
        yield Hostile(f"matrices, {name}.ofd", (READ, *_NO_TEXT), build)
    for name, box in {"not numbers": b"NaN x 0 Infinity", "huge": b"0 0 1e308 1e308", "none": b"0 0 0 0"}.items():
        build = lambda b=box: _boxed(b)  # noqa: E731
        yield Hostile(f"page size, {name}.ofd", (READ, *_NO_TEXT), build)
    sizes = lambda: _changed(b'Size="', b'Size="-9e99')  # noqa: E731
    yield Hostile("sizes below nothing.ofd", (READ, *_NO_TEXT), sizes)
    bad = lambda: _changed(b"<ofd:AbbreviatedData>", b"<ofd:AbbreviatedData>M L 1 X Q NaN B A A 1e999 ")  # noqa: E731
    yield Hostile("paths without sense.ofd", _NO_TEXT, bad)


def _without_text() -> Iterator[Hostile]:
    picture = '<ofd:ImageObject ID="4" ResourceID="5" Boundary="0 0 210 297"/>'
    yield Hostile("scanned.ofd", ("scanned-pages",), lambda: _of_pages([page_content(picture)] * 2))
    yield Hostile(
        "scanned in part.ofd", ("scanned-pages",), lambda: _of_pages([page_content(_LINE), page_content(picture)])
    )
    yield Hostile("blank pages.ofd", _NO_TEXT, lambda: _of_pages([page_content("")] * 2))
    private = text_object(Line(20, 20, 4, "".join(chr(0xE000 + n) for n in range(40))))
    yield Hostile("private use.ofd", ("garbled-pages",), lambda: _of_pages([page_content(private * 9)]))


def _armed(name: str, document_type: bytes) -> bytes:
    part = part_of(ofd(), name)
    if not part.startswith(b"<?xml"):
        part = b'<?xml version="1.0" encoding="UTF-8"?>' + part
    return repack(ofd(), {name: arm(part, document_type, b"</ofd:")})


def _of_pages(pages: list[str], common: str = "", more: dict[str, str] | None = None) -> bytes:
    names = [f"P/{number}.xml" for number in range(len(pages))]
    parts = {f"Doc_0/{name}": content for name, content in zip(names, pages, strict=True)}
    return zipped({"OFD.xml": ofd_root("", [_ROOT]), _ROOT: document_root(names, common), **parts, **(more or {})})


def _one_page_often() -> bytes:
    pages = document_root(["P/0.xml"] * 200_000)
    return zipped({"OFD.xml": ofd_root("", [_ROOT]), _ROOT: pages, "Doc_0/P/0.xml": page_content(_LINE)})


def _nested_blocks(depth: int) -> str:
    return "<ofd:PageBlock>" * depth + _LINE + "</ofd:PageBlock>" * depth


def _drawn(data: str) -> str:
    return (
        f'<ofd:PathObject ID="5" Boundary="0 0 210 297" LineWidth="0.2"><ofd:AbbreviatedData>{data}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _drawings(*contents: str) -> tuple[str, dict[str, str]]:
    """Give what names a part of drawings, numbered from 90, and that part."""
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{number}" Width="9" Height="9"><ofd:Content>{content}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
        for number, content in enumerate(contents, start=90)
    )
    part = (
        f'<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>'
        "</ofd:Res>"
    )
    return "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>", {"Doc_0/Res.xml": part}


def _changed(old: bytes, new: bytes) -> bytes:
    part = part_of(ofd(), _PAGE)
    assert old in part
    return repack(ofd(), {_PAGE: part.replace(old, new)})


def _boxed(box: bytes) -> bytes:
    part = part_of(ofd(), _ROOT)
    return repack(ofd(), {_ROOT: re.sub(rb"(<ofd:PhysicalBox>)[^<]*", lambda found: found[1] + box, part)})
