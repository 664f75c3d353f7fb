"""Hostile PDF files."""

import re
import zlib
from collections.abc import Iterator

from hostile.case import READ, TOLD, Hostile
from hostile.pdf_writer import FONT, PdfFile, assemble, show
from hostile.sound import pdf, pdf_pages

_DAMAGED = ("damaged",)
_PICTURES = ("scanned-pages", "no-text-inside", "nothing-in-picture")
"""What is said where pictures are not read, and where nothing is read in them."""
_NO_TEXT = (TOLD, "no-text-inside", "damaged", "scanned-pages", "not-a-report")
"""TOLD where a page has a title and no table."""
_PICTURE = b"/Type/XObject/Subtype/Image/Width 60/Height 80/BitsPerComponent 8/ColorSpace/DeviceGray"
_SCAN = b"q 595 0 0 842 0 0 cm /I1 Do Q"
_LINE = show("政府信息公开工作年度报告", 50, 50)


def cases() -> Iterator[Hostile]:
    """Give the cases."""
    yield Hostile("password.pdf", ("encrypted",), lambda: _encrypted(b"secret"))
    yield Hostile("password of the owner.pdf", (READ,), lambda: _encrypted(b""))
    yield from _without_text()
    yield from _broken()
    yield from _loops()
    yield from _too_much()
    yield from _odd_numbers()
    yield from _harmless()
    yield Hostile("not a report.pdf", ("not-a-report",), lambda: _file([show("关于放假的通知", 50, 50)]))


def _without_text() -> Iterator[Hostile]:
    yield Hostile("scanned.pdf", _PICTURES, lambda: _scanned([_SCAN, _SCAN]))
    yield Hostile("scanned in part.pdf", (TOLD,), lambda: _scanned([pdf_pages()[0], _SCAN]))
    yield Hostile(
        "scanned with a page number.pdf",
        _PICTURES,
        lambda: _scanned([_SCAN + show("2", 290, 800)] * 2),
    )
    yield Hostile("blank pages.pdf", _NO_TEXT, lambda: _file([b"", b""]))
    yield Hostile("no pages.pdf", _NO_TEXT, lambda: _file([]))
    yield Hostile("no code table.pdf", ("garbled-pages", "scanned-pages"), lambda: _garbled(b""))
    private = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <18FF> <E000> endbfrange"
    yield Hostile("private use.pdf", ("garbled-pages",), lambda: _garbled(private))
    same = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <FFFD> endbfrange"
    yield Hostile("replacement characters.pdf", ("garbled-pages",), lambda: _garbled(same))


def _broken() -> Iterator[Hostile]:
    yield Hostile("header alone.pdf", _DAMAGED, lambda: b"%PDF-1.7\n")
    yield Hostile("random.pdf", _DAMAGED, lambda: b"%PDF-1.7\n" + bytes(range(256)) * 99)
    yield Hostile("cross-references lost.pdf", (READ, "damaged"), lambda: pdf().replace(b"startxref", b"startxxxx"))
    yield Hostile("cross-references wrong.pdf", (READ, "damaged"), lambda: re.sub(rb"\n0000000\d", b"\n0000999", pdf()))
    yield Hostile("stream cut.pdf", _NO_TEXT, lambda: _with_stream(zlib.compress(pdf_pages()[0])[:700]))
    yield Hostile("stream of another kind.pdf", _NO_TEXT, lambda: _with_stream(b"not packed at all"))


def _loops() -> Iterator[Hostile]:
    loop = b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"
    yield Hostile("pages in a circle.pdf", _NO_TEXT, lambda: _with_object(2, loop))
    claims = b"<</Type/Pages/Count 2000000000/Kids[2 0 R]>>"
    yield Hostile("pages without number.pdf", ("too-many-pages", *_NO_TEXT), lambda: _with_object(2, claims))
    yield Hostile("pages nested.pdf", (READ, *_NO_TEXT), _nested_pages)
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X1 4 0 R>>/Font<</F1 3 0 R>>>>"
    again = lambda: _with_more(_LINE + b"/X1 Do /X1 Do", form, b"/X1 4 0 R")  # noqa: E731
    yield Hostile("form in itself.pdf", ("too-much-packed", "not-a-report", *_NO_TEXT), again)
    yield Hostile("object streams in a circle.pdf", _NO_TEXT, _object_stream_loop)
    yield Hostile("cross-references in a circle.pdf", (READ, "damaged"), _previous_loop)


def _too_much() -> Iterator[Hostile]:
    yield Hostile("pages by the thousand.pdf", ("too-many-pages",), lambda: _file([b""] * 10_000))
    yield Hostile("bomb.pdf", ("too-much-packed", *_NO_TEXT), lambda: _with_stream(_bomb()))
    twice = b"/Filter[/FlateDecode/FlateDecode]"
    yield Hostile(
        "bomb in a bomb.pdf", ("too-much-packed", *_NO_TEXT), lambda: _with_stream(zlib.compress(_bomb()), twice)
    )
    text = show("件" * 1000, 0, 0, size=1) * 2000
    yield Hostile("glyphs by the million.pdf", ("too-much-packed", "not-a-report"), lambda: _file([text]))
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 595, n % 842, n % 595, n % 842 + 9) for n in range(400_000))
    yield Hostile("rulings by the million.pdf", ("too-much-packed", *_NO_TEXT), lambda: _file([_LINE + lines]))
    grid = b"".join(b"0 %g m 595 %g l S %g 0 m %g 842 l S\n" % (n / 3, n / 3, n / 4, n / 4) for n in range(2400))
    yield Hostile("a grid of millions.pdf", ("too-much-packed", *_NO_TEXT), lambda: _file([_LINE + grid]))
    saved = b"q " * 200_000 + _LINE
    yield Hostile("states saved without end.pdf", ("too-much-packed", *_NO_TEXT), lambda: _file([saved]))


def _odd_numbers() -> Iterator[Hostile]:
    for name, box in {"huge": b"0 0 9e18 9e18", "none": b"0 0 0 0", "not a number": b"NaN 0 Inf x"}.items():
        yield Hostile(
            f"page size {name}.pdf", (READ, "not-a-report", *_NO_TEXT), lambda b=box: _file(pdf_pages(), box=b)
        )
    matrix = b"BT /F1 7 Tf NaN Inf 1e999 -1e999 1e38 1e38 Tm <653F5E9C> Tj ET "
    yield Hostile("matrix not a number.pdf", (READ, TOLD), lambda: _file([matrix + pdf_pages()[0], pdf_pages()[1]]))
    far = b"1e30 w 1e38 -1e38 m 1e38 1e38 l S 0 0 m 1e38 0 l S "
    yield Hostile(
        "rulings far out.pdf", (READ, TOLD), lambda: _file([b"q " + far + b"Q " + pdf_pages()[0], pdf_pages()[1]])
    )


def _harmless() -> Iterator[Hostile]:
    script = b"/OpenAction<</S/JavaScript/JS\x01app.alert(1);this.submitForm\x02>>"
    yield Hostile("script.pdf", (READ,), lambda: _file(pdf_pages(), catalog=script))
    launch = (
        b"/OpenAction<</S/Launch/F\x01/bin/sh\x02/NewWindow true>>/AA<</WC<</S/URI/URI\x01http://127.0.0.1:9\x02>>>>"
    )
    yield Hostile("launches a program.pdf", (READ,), lambda: _file(pdf_pages(), catalog=launch))
    yield Hostile("files inside.pdf", (READ,), _with_files)
    yield Hostile("text before the header.pdf", (READ, "wrong-suffix"), lambda: b"\n\n" + pdf())
    yield Hostile("text after the end.pdf", (READ,), lambda: pdf() + b"<html><script>alert(1)</script>" * 99)
    forms = b"/AcroForm<</Fields[]/XFA\x01<!DOCTYPE x SYSTEM 'file:///etc/passwd'>\x02/NeedAppearances true>>"
    yield Hostile("forms of XML.pdf", (READ,), lambda: _file(pdf_pages(), catalog=forms))


def _file(contents: object, **options: bytes) -> bytes:
    file, root = assemble(list(contents), **options)
    return file.to_bytes(root)


def _encrypted(user: bytes) -> bytes:
    file, root = assemble(pdf_pages())
    return file.to_bytes(root, user=user)


def _with_object(number: int, body: bytes) -> bytes:
    file, root = assemble(pdf_pages())
    file.objects[number - 1] = body
    return file.to_bytes(root)


def _with_more(content: bytes, entries: bytes, name: bytes) -> bytes:
    """Give a page whose resource of that name is object 4: a stream of the same content with these entries."""
    form = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)
    resources = b"/Resources<</Font<</F1 3 0 R>>/XObject<<%s>>>>" % name
    file, root = assemble([content], page=resources, more=[form])
    return _once(file).to_bytes(root)


def _once(file: PdfFile) -> PdfFile:
    """Leave the first resources out where a page was given others."""
    own = b"/Resources<</Font<</F1 3 0 R>>>>"
    file.objects[:] = [body.replace(own, b"") if body.count(b"/Resources") == 2 else body for body in file.objects]
    return file


def _scanned(contents: list[bytes]) -> bytes:
    picture = zlib.compress(bytes(60 * 80))
    more = b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (_PICTURE, len(picture), picture)
    resources = b"/Resources<</Font<</F1 3 0 R>>/XObject<</I1 4 0 R>>>>"
    file, root = assemble(contents, page=resources, more=[more])
    return _once(file).to_bytes(root)


def _garbled(code_table: bytes) -> bytes:
    """Give the report in a font whose codes mean nothing without a table, and with this one."""
    font = FONT.replace(b"UniGB-UCS2-H", b"Identity-H").replace(b"GB1", b"Identity")
    start = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
    table = start + code_table + b" endcmap end end"
    more = b"<</Length %d>>\nstream\n%s\nendstream" % (len(table), table)
    font = font[:-2] + (b"/ToUnicode 4 0 R>>" if code_table else b">>")
    shown = [re.sub(rb"<([0-9a-f]+)>", lambda found: b"<%s>" % _shift(found[1]), page) for page in pdf_pages()]
    return _file(shown, font=font, more=[more])


def _shift(code: bytes) -> bytes:
    """Give glyph numbers in the place of characters, as subset fonts have them."""
    signs = bytes.fromhex(code.decode()).decode("utf-16-be")
    return "".join(f"{ord(sign) % 6000 + 10:04x}" for sign in signs).encode()


def _bomb() -> bytes:
    packer = zlib.compressobj(9)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    return block + again * 1000


def _with_stream(data: bytes, filters: bytes = b"/Filter/FlateDecode") -> bytes:
    """Give the report with this as the content of its first page."""
    file, root = assemble(pdf_pages())
    file.objects[3] = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (filters, len(data), data)
    return file.to_bytes(root)


def _nested_pages() -> bytes:
    file, root = assemble(pdf_pages())
    kids = file.objects[1]
    for _ in range(20_000):
        inner = file.add(kids)
        kids = b"<</Type/Pages/Count 2/Kids[%d 0 R]>>" % inner
    file.objects[1] = kids
    return file.to_bytes(root)


def _object_stream_loop() -> bytes:
    file, root = assemble([_LINE])
    inside = b"1 0 2 9 <<>> <<>>"
    number = len(file.objects) + 1
    file.add(
        b"<</Type/ObjStm/N 2/First 8/Extends %d 0 R/Length %d>>\nstream\n%s\nendstream" % (number, len(inside), inside)
    )
    file.objects[0] = b"%d 0 R" % number
    return file.to_bytes(root)


def _previous_loop() -> bytes:
    file, root = assemble(pdf_pages())
    plain = file.to_bytes(root)
    start = plain.rindex(b"xref\n0 ")
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def _with_files() -> bytes:
    file, _ = assemble(pdf_pages())
    inner = file.add_stream(b"MZ" * 999, b"/Type/EmbeddedFile")
    told = b"/Names<</EmbeddedFiles<</Names[\x01a.exe\x02<</Type/Filespec/F\x01a.exe\x02/EF<</F %d 0 R>>>>]>>>>" % inner
    file.objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % told
    return file.to_bytes(1)
