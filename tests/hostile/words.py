"""Hostile Word documents."""

from collections.abc import Iterator

from docx.oxml.ns import nsdecls
from hostile.case import READ, Hostile
from hostile.ole import encrypted_package
from hostile.packing import Member, members_of, pack, pack_blanks, part_of, repack, write_zip
from hostile.sound import other_word, word
from hostile.xml_bombs import TYPES, arm, nest

_MAIN = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_DAMAGED = ("damaged", "wrong-suffix")
_MUCH = ("too-much-packed",)
_SWOLLEN = ("too-much-packed", "damaged")
_NAMESPACE = nsdecls("w")


def cases() -> Iterator[Hostile]:
    """Give the cases."""
    yield Hostile("password.docx", ("encrypted",), encrypted_package)
    yield Hostile("password on a member.docx", ("encrypted",), _encrypted_member)
    yield from _bombs()
    for name, document_type in TYPES.items():
        yield Hostile(f"entities, {name}.docx", ("unsafe-xml",), lambda t=document_type: _with_type(t))
    yield Hostile("entities in UTF-16.docx", ("unsafe-xml", "damaged"), _with_type_in_utf16)
    yield Hostile("entities in styles.docx", ("unsafe-xml", READ), _with_type_in_styles)
    yield from _wrong_structure()
    yield from _harmless()
    yield Hostile("not a report.docx", ("not-a-report",), other_word)
    yield Hostile("no text.docx", ("no-text-inside", "not-a-report"), lambda: _with_body(b""))


def _bombs() -> Iterator[Hostile]:
    yield Hostile("bomb by ratio.docx", _MUCH, lambda: _with_member(pack_blanks(_MAIN, 500)))
    yield Hostile("bomb in all.docx", _MUCH, _many_pictures)
    yield Hostile("bomb that lies.docx", _SWOLLEN, lambda: _with_member(pack_blanks(_MAIN, 500, size=9000)))
    yield Hostile("bomb that lies little.docx", _SWOLLEN, lambda: _with_member(pack(_MAIN, b" " * 10**6, size=2**31)))
    yield Hostile("many members.docx", _MUCH, _many_members)
    yield Hostile("members that overlap.docx", _SWOLLEN, _overlapping)
    yield Hostile("members of one name.docx", _DAMAGED, lambda: _with_member(pack("word/Document.xml", b"<x/>"), 1))
    yield Hostile("nested deeply.docx", _SWOLLEN, lambda: _with_body(nest(100_000, "w:sdt")))
    yield Hostile("tables in tables.docx", _SWOLLEN, lambda: _with_body(_nested_tables(5000)))
    yield Hostile(
        "runs by the million.docx", _SWOLLEN, lambda: _with_body(_paragraph(b"<w:r><w:t>1</w:t></w:r>" * 10**6))
    )
    yield Hostile("cells by the million.docx", _SWOLLEN, lambda: _with_body(_table(1000, 1000)))
    yield Hostile("cells by the ten thousand.docx", ("not-a-report", *_SWOLLEN), lambda: _with_body(_table(300, 60)))
    yield Hostile("wide spans.docx", ("not-a-report", "no-text-inside", *_SWOLLEN), lambda: _with_body(_wide_spans()))


def _wrong_structure() -> Iterator[Hostile]:
    yield Hostile("no document.docx", _DAMAGED, lambda: repack(word(), {_MAIN: None}))
    yield Hostile("no relations.docx", (*_DAMAGED, READ), lambda: repack(word(), {"_rels/.rels": None}))
    yield Hostile("blank document.docx", _DAMAGED, lambda: repack(word(), {_MAIN: b""}))
    yield Hostile("broken XML.docx", _DAMAGED, lambda: repack(word(), {_MAIN: part_of(word(), _MAIN)[:-200]}))
    yield Hostile("random document.docx", _DAMAGED, lambda: repack(word(), {_MAIN: bytes(range(256)) * 99}))
    yield Hostile("another root.docx", (*_DAMAGED, "no-text-inside"), lambda: repack(word(), {_MAIN: b"<html/>"}))
    yield Hostile("a wrong checksum.docx", _DAMAGED, _wrong_checksum)


def _harmless() -> Iterator[Hostile]:
    yield Hostile("macros.docm", (READ,), _with_macros)
    yield Hostile("remote picture.docx", (READ,), lambda: _with_relation("image", "http://127.0.0.1:9/a.png"))
    yield Hostile("remote template.docx", (READ,), lambda: _with_relation("attachedTemplate", "http://127.0.0.1:9/a"))
    yield Hostile(
        "remote chunk.docx",
        (READ,),
        lambda: _with_relation("aFChunk", "file:///etc/passwd"),
        notes=("form-embedded-documents",),
    )
    yield Hostile("fields that fetch.docx", (READ,), _with_fields)
    yield Hostile(
        "names that climb.docx", (READ, "damaged"), lambda: _with_member(pack("../../../tmp/climbed", b"x"), 1)
    )
    yield Hostile("embedded program.docx", (READ,), lambda: repack(word(), {"word/embeddings/a.exe": b"MZ" * 999}))


def _with_body(content: bytes) -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_NAMESPACE}><w:body>'.encode()
    return repack(word(), {_MAIN: text + content + b"</w:body></w:document>"})


def _with_type(document_type: bytes) -> bytes:
    return repack(word(), {_MAIN: arm(part_of(word(), _MAIN), document_type, b"</w:t>")})


def _with_type_in_utf16() -> bytes:
    armed = arm(part_of(word(), _MAIN), TYPES["laughs"], b"</w:t>").decode()
    return repack(word(), {_MAIN: armed.replace("UTF-8", "UTF-16").encode("utf-16")})


def _with_type_in_styles() -> bytes:
    part = part_of(word(), "word/styles.xml")
    return repack(word(), {"word/styles.xml": arm(part, TYPES["laughs"], b"<w:docDefaults")})


def _paragraph(runs: bytes) -> bytes:
    return b"<w:p>" + runs + b"</w:p>"


def _table(rows: int, columns: int) -> bytes:
    cell = b"<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    return b"<w:tbl>" + (b"<w:tr>" + cell * columns + b"</w:tr>") * rows + b"</w:tbl>"


def _nested_tables(depth: int) -> bytes:
    return b"<w:tbl><w:tr><w:tc>" * depth + _paragraph(b"") + b"</w:tc></w:tr></w:tbl>" * depth


def _wide_spans() -> bytes:
    spans = b"".join(
        b'<w:tc><w:tcPr><w:gridSpan w:val="%s"/><w:vMerge%s/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>' % pair
        for pair in (
            (b"999999999999", b""),
            (b"-5", b' w:val="restart"'),
            (b"x", b' w:val="nonsense"'),
            (b"1000000", b""),
        )
    )
    before = b'<w:trPr><w:gridBefore w:val="2000000000"/></w:trPr>'
    return b"<w:tbl>" + (b"<w:tr>" + before + spans + b"</w:tr>") * 2000 + b"</w:tbl>"


def _with_member(member: Member, at: int = 0) -> bytes:
    """Give the document with a member in front of the others, or else beside them; one of its name goes."""
    others = [own for own in members_of(word()) if own.name != member.name]
    return write_zip([*others[:3], member, *others[3:]] if at else [member, *others])


def _many_pictures() -> bytes:
    picture = pack_blanks("", 20)
    names = [f"word/media/image{number}.png" for number in range(100)]
    return write_zip(
        [*members_of(word()), *(Member(name, picture.packed, picture.size, picture.crc) for name in names)]
    )


def _many_members() -> bytes:
    tiny = pack("", b"x")
    return write_zip([*members_of(word()), *(Member(f"word/{n}.xml", tiny.packed, 1, tiny.crc) for n in range(60_000))])


def _overlapping() -> bytes:
    big = pack_blanks(_MAIN, 20)
    copies = [Member(f"word/{n}.xml", big.packed, big.size, big.crc) for n in range(10)]
    return write_zip([big, *copies], same_place=True)


def _encrypted_member() -> bytes:
    return write_zip([pack(m.name, part_of(word(), m.name), flags=0x801) for m in members_of(word())])


def _wrong_checksum() -> bytes:
    good = next(member for member in members_of(word()) if member.name == _MAIN)
    return _with_member(Member(_MAIN, good.packed, good.size, good.crc ^ 1))


def _with_macros() -> bytes:
    types = part_of(word(), "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return repack(
        word(), {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"AutoOpen" * 999}
    )


def _with_relation(kind: str, target: str) -> bytes:
    relation = (
        f'<Relationship Id="rIdEvil" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        f' Target="{target}" TargetMode="External"/></Relationships>'
    )
    part = part_of(word(), _RELATIONS).replace(b"</Relationships>", relation.encode())
    chunk = b'<w:altChunk r:id="rIdEvil"/><w:sectPr' if kind == "aFChunk" else b"<w:sectPr"
    return repack(word(), {_RELATIONS: part, _MAIN: part_of(word(), _MAIN).replace(b"<w:sectPr", chunk, 1)})


def _with_fields() -> bytes:
    fields = b"".join(
        b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>%s</w:instrText></w:r>'
        b'<w:r><w:fldChar w:fldCharType="end"/></w:r>' % code
        for code in (
            b"DDEAUTO c:\\\\windows\\\\cmd.exe",
            b"INCLUDETEXT file:///etc/passwd",
            b"INCLUDEPICTURE http://127.0.0.1:9",
        )
    )
    return repack(word(), {_MAIN: part_of(word(), _MAIN).replace(b"<w:sectPr", _paragraph(fields) + b"<w:sectPr", 1)})
