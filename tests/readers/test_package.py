"""ZIP packages and their XML parts: what is sound is read, what may do harm or is damaged ends in one ReadError."""

import io
import struct
import sys
import tracemalloc
import zipfile
import zlib

import pytest

from validator.errors import ReadError
from validator.readers.package import Package, open_package, parse_xml

MEGABYTE = 2**20
XML = b"<a>" + b"<b>1</b>" * 50 + b"</a>"


def pack(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def patch(data: bytes, at: int, layout: str, value: int, *, central: bool = True) -> bytes:
    """Overwrite a field of the first central entry (or of the first local header)."""
    start = data.index(b"PK\x01\x02") if central else 0
    changed = bytearray(data)
    struct.pack_into(layout, changed, start + at, value)
    return bytes(changed)


def failure(data: bytes, kind: str = "DOCX", **options: str) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(ReadError) as caught:
        read_parts(open_package(data, kind, **options))
    return caught.value.code, caught.value.values


def read_parts(package: Package) -> dict[str, bytes]:
    return {name: package.read(name) for name in package.names}


def read_all(data: bytes) -> dict[str, bytes] | str:
    try:
        return read_parts(open_package(data, "DOCX"))
    except ReadError as error:
        return error.code


def test_parts_are_found_whatever_case_and_slashes() -> None:
    package = open_package(pack({"word/": b"", "word/document.xml": XML, "Doc_0\\Pages\\a.xml": b"<p/>"}), "OFD")
    assert package.names == ("word/document.xml", "Doc_0/Pages/a.xml")
    assert package.read("/Word/Document.XML") == XML
    assert package.find("./doc_0/pages/A.xml") == "Doc_0/Pages/a.xml"
    assert package.find("nothing.xml") is None
    assert package.parse("word/document.xml").findall("b")[49].text == "1"


def test_stored_members_and_names_that_climb_are_only_bytes() -> None:
    package = open_package(pack({"../../etc/passwd": b"x", "a.xml": XML}, zipfile.ZIP_STORED), "OFD")
    assert read_parts(package) == {"../../etc/passwd": b"x", "a.xml": XML}


def test_a_missing_part_is_damage() -> None:
    with pytest.raises(ReadError) as caught:
        open_package(pack({"a.xml": XML}), "XLSX").read("xl/workbook.xml")
    assert (caught.value.code, caught.value.values["detail"]) == ("damaged", "xl/workbook.xml: missing")


def test_a_large_picture_is_no_bomb() -> None:
    picture = zlib.compress(bytes(1000)) * (40 * MEGABYTE // 17)
    package = open_package(pack({"word/media/a.png": picture, "a.xml": XML}, zipfile.ZIP_STORED), "DOCX")
    assert package.read("a.xml") == XML
    blank = open_package(pack({"word/media/stamp.bmp": bytes(26 * MEGABYTE), "a.xml": XML}), "DOCX")
    assert set(read_parts(blank)) == {"word/media/stamp.bmp", "a.xml"}


@pytest.mark.parametrize("cut", [5, 60, 200, -1, -10])
def test_a_package_cut_short_is_damaged(cut: int) -> None:
    data = pack({"a.xml": XML, "b.xml": XML})
    code, values = failure(data[:cut])
    assert (code, values["kind"]) == ("damaged", "DOCX")


def test_every_flipped_byte_is_read_right_or_refused() -> None:
    members = {"a.xml": XML, "b.xml": b"<b>2</b>"}
    data = pack(members)
    for index in range(len(data)):
        changed = bytearray(data)
        changed[index] ^= 0x41
        outcome = read_all(bytes(changed))
        if isinstance(outcome, str):
            assert outcome in {"damaged", "encrypted", "too-much-packed"}
        else:
            assert sorted(outcome.values()) == sorted(members.values())


def test_encrypted_members() -> None:
    assert failure(patch(pack({"a.xml": XML}), 8, "<H", 1))[0] == "encrypted"


def test_ole_containers() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    assert failure(ole + "EncryptedPackage".encode("utf-16-le") + bytes(90)) == ("encrypted", {})
    assert failure(ole, suffix=".docm") == ("wrong-suffix", {"suffix": ".docm", "actual": "DOC/XLS/WPS"})
    assert failure(ole, "XLSX") == ("wrong-suffix", {"suffix": ".xlsx", "actual": "DOC/XLS/WPS"})


def test_bombs_are_told_by_their_headers() -> None:
    assert failure(pack({"word/document.xml": b" " * (8 * MEGABYTE)})) == (
        "too-much-packed",
        {"what": "word/document.xml: 1028 : 1", "limit": "200 : 1"},
    )
    assert failure(patch(pack({"a.xml": XML}), 24, "<I", 50 * MEGABYTE)) == (
        "too-much-packed",
        {"what": "a.xml: 50 MB", "limit": "32 MB"},
    )
    assert failure(patch(pack({"a.png": XML}), 24, "<I", 65 * MEGABYTE))[1]["limit"] == "64 MB"
    assert failure(pack({f"{i}.xml": b"" for i in range(5000)})) == (
        "too-much-packed",
        {"what": "ZIP: 5000", "limit": "4096"},
    )


def test_many_large_members_together_are_too_much() -> None:
    data = pack({f"{i}.png": b"" for i in range(5)}, zipfile.ZIP_STORED)
    changed = bytearray(data)
    start = -1
    while (start := data.find(b"PK\x01\x02", start + 1)) >= 0:
        struct.pack_into("<I", changed, start + 24, 60 * MEGABYTE)
    assert failure(bytes(changed)) == ("too-much-packed", {"what": "ZIP: 300 MB", "limit": "256 MB"})


def test_a_size_that_lies_inflates_nothing_more() -> None:
    data = patch(pack({"a.xml": b" " * (100 * MEGABYTE)}), 24, "<I", 1000)
    tracemalloc.start()
    try:
        assert failure(data)[1] == {"kind": "DOCX", "detail": "a.xml: size"}
        assert tracemalloc.get_traced_memory()[1] < 2 * MEGABYTE
    finally:
        tracemalloc.stop()
    assert failure(patch(pack({"a.xml": XML}), 24, "<I", len(XML) + 1))[1]["detail"] == "a.xml: size"


def test_members_twice_or_over_one_another() -> None:
    twice = pack({"a.xml": b"<a>1</a>", "b.xml": b"<a>2</a>"}).replace(b"b.xml", b"a.xml")
    assert failure(twice)[1]["detail"] == "a.xml: twice"
    assert failure(pack({"a.xml": b"1", "A.XML": b"2"}))[1]["detail"] == "A.XML: twice"
    data = pack({"a.xml": XML, "b.xml": XML})
    second = data.rindex(b"PK\x01\x02")
    changed = bytearray(data)
    struct.pack_into("<I", changed, second + 42, 10)
    assert failure(bytes(changed))[1]["detail"] == "b.xml: overlap"


def test_unknown_compression_is_damage() -> None:
    assert failure(pack({"a.xml": XML}, zipfile.ZIP_BZIP2))[1]["detail"] == "a.xml: compression 12"


BOMB = b'<!DOCTYPE a [<!ENTITY x "ha">' + b'<!ENTITY y "&x;&x;&x;">' + b"]><a>&y;</a>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        BOMB.decode(),
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><a>&x;</a>',
        "<!DOCTYPE a><a/>",
    ],
)
def test_document_types_are_refused(text: str, encoding: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_xml(text.encode(encoding), "word/document.xml", "DOCX")
    assert (caught.value.code, caught.value.values) == ("unsafe-xml", {"part": "word/document.xml"})


def test_comments_and_instructions_leave_no_gap() -> None:
    root = parse_xml(b"<a>1<!-- -->2<?x y?>3<b/>4</a>", "a.xml", "DOCX")
    assert (root.text, [child.tag for child in root], root[0].tail) == ("123", ["b"], "4")  # type: ignore[index]


@pytest.mark.parametrize(
    "data",
    [b"", b"<a>", b"<a></b>", b"\xff\xfe", b"<a>&nbsp;</a>", b"<a>" * 300 + b"</a>" * 300, b"<a>\x01</a>", XML[:-3]],
)
def test_malformed_xml_is_damage(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        parse_xml(data, "word/document.xml", "DOCX")
    assert caught.value.code == "damaged"
    assert str(caught.value.values["detail"]).startswith("word/document.xml: ")


def test_too_many_elements_are_refused_before_they_are_built() -> None:
    with pytest.raises(ReadError) as caught:
        parse_xml(b"<a>" + b"<b/>" * 1_000_000 + b"</a>", "xl/a.xml", "XLSX")
    assert caught.value.values == {"what": "xl/a.xml: 1000002 XML", "limit": "1000000 XML"}


def test_without_lxml_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    package: Package = open_package(pack({"a.xml": XML}), "OFD")
    with pytest.raises(ReadError) as caught:
        package.parse("a.xml")
    assert (caught.value.code, caught.value.values) == ("needs-extra", {"suffix": ".ofd", "extra": "pdf"})
