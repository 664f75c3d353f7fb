"""Files of every suffix that are empty, too large, cut, or something else than their suffix says."""

from collections.abc import Iterator

from hostile.case import READ, TOLD, Hostile
from hostile.packing import pack, write_zip
from hostile.sound import ofd, page, pdf, rtf, sheets, word

from validator.readers import SUFFIXES

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = {
    b"%PDF-1.7\n": (".pdf",),
    b"PK\x03\x04": (".docx", ".docm", ".xlsx", ".xlsm", ".ofd", ".odt", ".ods"),
    _OLE: (".doc", ".wps", ".xls", ".et"),
    b"{\\rtf1": (".rtf",),
    b"<html><body>": (".html", ".htm"),
    b"text": (".txt", ".md"),
    b"{": (".json",),
}
_PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(64)
_EXE = b"MZ\x90\0\x03\0\0\0" + bytes(4096)
_DISCLOSED = "政府信息公开"


def cases() -> Iterator[Hostile]:
    """Give the cases."""
    for suffix in SUFFIXES:
        yield Hostile(f"empty{suffix}", ("empty",), bytes)
    for start, suffixes in _STARTS.items():
        for suffix in suffixes:
            yield Hostile(f"huge{suffix}", ("too-large",), lambda start=start: start, size=200 * 2**20)
    yield from _under_other_suffixes()
    yield from _cut()
    yield from _texts()


def _under_other_suffixes() -> Iterator[Hostile]:
    wrong = ("wrong-suffix",)
    yield Hostile("pdf under docx.docx", wrong, pdf)
    yield Hostile("pdf under doc.doc", wrong, pdf)
    yield Hostile("pdf under html.html", wrong, pdf)
    yield Hostile("docx under pdf.pdf", wrong, word)
    yield Hostile("docx under xlsx.xlsx", wrong, word)
    yield Hostile("docx under ofd.ofd", ("wrong-suffix", "damaged"), word)
    yield Hostile("docx under odt.odt", ("wrong-suffix", "damaged"), word)
    yield Hostile("docx under txt.txt", wrong, word)
    yield Hostile("xlsx under docx.docx", wrong, sheets)
    yield Hostile("zip under docx.docx", ("wrong-suffix", "damaged"), _any_zip)
    yield Hostile("zip under xlsx.xlsx", ("wrong-suffix", "damaged"), _any_zip)
    yield Hostile("zip under ofd.ofd", ("wrong-suffix", "damaged"), _any_zip)
    yield Hostile("html under xls.xls", (READ,), page, notes=("form-page-under-suffix",))
    yield Hostile("html under docx.docx", (READ,), page, notes=("form-page-under-suffix",))
    yield Hostile("png under pdf.pdf", wrong, lambda: _PNG)
    yield Hostile("png under ofd.ofd", wrong, lambda: _PNG)
    yield Hostile("exe under doc.doc", wrong, lambda: _EXE)
    yield Hostile("exe under xlsx.xlsx", wrong, lambda: _EXE)
    yield Hostile("text under pdf.pdf", wrong, _DISCLOSED.encode)
    yield Hostile("ole under docx.docx", ("wrong-suffix", "damaged", "encrypted"), lambda: _OLE + bytes(8192))
    yield Hostile("docx under doc.doc", (READ,), word, office=True)
    yield Hostile("rtf under doc.doc", (READ,), rtf, office=True)
    yield Hostile("xlsx under et.et", (READ,), sheets, office=True)


def _any_zip() -> bytes:
    return write_zip([pack("notes.txt", "附件".encode()), pack("inner.zip", write_zip([pack("a.txt", b"a" * 9999)]))])


def _cut() -> Iterator[Hostile]:
    for name, build in {"docx": word, "xlsx": sheets, "ofd": ofd}.items():
        for part in (3, 50, 97):
            yield Hostile(f"cut at {part}.{name}", ("damaged", "wrong-suffix"), lambda b=build, p=part: _first(b(), p))
    yield Hostile("cut at 3.pdf", ("damaged", "no-text-inside"), lambda: _first(pdf(), 3))
    yield Hostile("cut at 50.pdf", ("damaged", "no-text-inside", TOLD), lambda: _first(pdf(), 50))
    yield Hostile("cut at 60.html", (TOLD,), lambda: _first(page(), 60))
    yield Hostile("cut at 60.rtf", (TOLD, "office-failed", "damaged"), lambda: _first(rtf(), 60), office=True)


def _first(content: bytes, percent: int) -> bytes:
    return content[: len(content) * percent // 100]


def _texts() -> Iterator[Hostile]:
    yield Hostile("nested tables of 50 MB.html", ("too-large",), lambda: b"<table><tr><td>" * (50 * 2**20 // 15))
    yield Hostile("nested tables.html", ("too-large", "too-deep"), lambda: b"<table><tr><td>" * 100_000)
    yield Hostile("scripts.html", (READ,), _page_with_scripts)
    garbled = _DISCLOSED * 200
    yield Hostile("garbled.html", ("mojibake",), ("<p>" + garbled.encode().decode("latin-1")).encode)
    yield Hostile("not a report.html", ("not-a-report",), "<p>关于放假的通知</p>".encode)
    yield Hostile("nested.json", ("json-syntax",), lambda: b'{"cells":' * 200_000)
    yield Hostile("random.txt", ("binary", "not-a-report"), lambda: bytes(range(256)) * 9999)


def _page_with_scripts() -> bytes:
    evil = b"<script>fetch('http://127.0.0.1:9/');document.body.innerHTML=''</script><img src=http://127.0.0.1:9/x.png>"
    return page().replace(b"<h1>", evil + b"<iframe src='file:///etc/passwd'></iframe><h1>")
