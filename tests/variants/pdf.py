"""PDF files: the ways their writers set marks, strike out, hide, turn and put together pages."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib.util import find_spec

from hostile.pdf_writer import FONT, PdfFile
from sheet_setter import HEIGHT, WIDTH, Sheet
from variants.frame import RAISED, STRUCK, UNSEEN, Draft, Way, corrected, earlier, footnoted, shadowed
from variants.printed import Bar, Ink, inks, raise_ink, set_draft, strike, without_rulings

SUFFIX = ".pdf"
SUFFIXES: dict[str, str] = {}

_POINTS = 72 / 25.4
_A4 = (595.0, 842.0)
_Manner = Callable[[Ink], bytes]


def _flip(y: float) -> float:
    return (HEIGHT - y) * _POINTS


def _text(ink: Ink, before: bytes = b"", after: bytes = b"") -> bytes:
    size, coded = ink.size * _POINTS, ink.text.encode("utf-16-be").hex().encode()
    return b"%sBT /F1 %.3f Tf %.3f %.3f Td <%s> Tj ET%s\n" % (
        before, size, ink.x * _POINTS, _flip(ink.y), coded, after,
    )  # fmt: skip


def _bar(bar: Bar) -> bytes:
    ends = bar.x0 * _POINTS, _flip(bar.y0), bar.x1 * _POINTS, _flip(bar.y1)
    return b"%.3f w %.3f %.3f m %.3f %.3f l S\n" % (bar.thick * _POINTS, *ends)


def _box(ink: Ink, grow: float = 0.2) -> bytes:
    left, top = ink.x - grow, ink.y - 0.95 * ink.size
    return b"%.3f %.3f %.3f %.3f re" % (
        left * _POINTS, _flip(top + 1.2 * ink.size), (ink.width + 2 * grow) * _POINTS, 1.2 * ink.size * _POINTS,
    )  # fmt: skip


def _wrapped(before: bytes, after: bytes) -> _Manner:
    return lambda ink: b"q " + before + b"\n" + _text(ink) + after + b" Q\n"


def _spaced(gap: float, ink: Ink) -> bytes:
    """Set figures with room between their digits."""
    if not ink.text.isdecimal():
        return _text(ink)
    wide = gap * ink.size * _POINTS
    moved = ink._replace(x=ink.x - (len(ink.text) - 1) * gap * ink.size / 2)
    return _text(moved, b"%.3f Tc " % wide, b" 0 Tc")


def _sign_by_sign(ink: Ink, gap: float = 0.0) -> bytes:
    """Set each sign by itself, those of figures with room between."""
    gap = gap * ink.size if ink.text.isdecimal() else 0.0
    x, pieces = ink.x - (len(ink.text) - 1) * gap / 2, []
    for sign in ink.text:
        one = ink._replace(text=sign, x=x)
        pieces.append(_text(one))
        x += one.width + gap
    return b"".join(pieces)


_RAISED: dict[str, _Manner] = {
    "small": lambda ink: _text(raise_ink(ink, 0.6, 0.4)),
    "level": lambda ink: _text(raise_ink(ink, 1.0, 0.35)),
    "high": lambda ink: _text(raise_ink(ink, 0.65, 0.6)),
    "rise": lambda ink: _text(ink._replace(size=0.6 * ink.size), b"%.3f Ts " % (0.4 * ink.size * _POINTS), b" 0 Ts"),
}
_STRUCK: dict[str, _Manner] = {
    "line": lambda ink: _text(ink) + _bar(strike(ink)),
    "double": lambda ink: _text(ink) + _bar(strike(ink, high=0.25)) + _bar(strike(ink, high=0.42)),
    "filled": lambda ink: _text(ink) + _filled(strike(ink)),
    "pieces": lambda ink: _text(ink) + b"".join(map(_bar, _cut(strike(ink), len(ink.text)))),
    "slant": lambda ink: _text(ink) + _bar(strike(ink, slant=0.6)),
    "red": lambda ink: _text(ink) + b"q 1 0 0 RG\n" + _bar(strike(ink)) + b"Q\n",
}
_UNSEEN: dict[str, _Manner] = {
    "white": _wrapped(b"1 g", b"0 g"),
    "invisible": _wrapped(b"3 Tr", b""),
    "clipped": lambda ink: b"q 0 0 3 3 re W n\n" + _text(ink) + b"Q\n",
    "tiny": lambda ink: _text(ink._replace(size=0.1)),
    "covered": lambda ink: _text(ink) + b"q 1 g " + _box(ink, 0.0) + b" f Q\n",
    "outside": lambda ink: _text(ink._replace(x=WIDTH + 30)),
    "see-through": _wrapped(b"/G1 gs", b""),
    "layer": _wrapped(b"/OC /MC1 BDC", b"EMC"),
    "aslant": lambda ink: b"q 0.8 0.6 -0.6 0.8 300 -100 cm\n" + _text(ink) + b"Q\n",
}


def _filled(bar: Bar) -> bytes:
    wide, thick = (bar.x1 - bar.x0) * _POINTS, 0.6
    return b"%.3f %.3f %.3f %.3f re f\n" % (bar.x0 * _POINTS, _flip(bar.y0) - thick / 2, wide, thick)


def _cut(bar: Bar, count: int) -> list[Bar]:
    step = (bar.x1 - bar.x0) / count
    return [Bar(bar.x0 + i * step, bar.y0, bar.x0 + (i + 1) * step, bar.y1, bar.thick) for i in range(count)]


def _content(sheet: Sheet, manners: dict[str, _Manner]) -> bytes:
    rulings = [Bar(*ruling) for table in sheet.tables for ruling in table]
    return b"".join([*map(_bar, rulings), *(manners.get(ink.kind, _text)(ink) for ink in inks(sheet))])


def _contents(draft: Draft, manners: dict[str, _Manner] | None = None) -> list[bytes]:
    return [_content(sheet, manners or {}) for sheet in set_draft(draft)]


def _file(
    contents: Sequence[bytes],
    *,
    size: tuple[float, float] = _A4,
    page: bytes = b"",
    annotations: Sequence[bytes] = (),
) -> bytes:
    """Assemble pages; a content may use the picture /I1, the faint state /G1 and the layer /MC1, which is off."""
    layer = b"<</Type/OCG/Name\x01old\x02>>"
    properties = b"/OCProperties<</OCGs[4 0 R]/D<</BaseState/ON/OFF[4 0 R]/Order[4 0 R]>>>>"
    file = PdfFile([b"<</Type/Catalog/Pages 2 0 R%s>>" % properties, b"", FONT, layer, b"<</ca 0/CA 0>>"])
    grey = b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
    file.add_stream(b"\xc0" * 64, grey)
    resources = b"/Resources<</Font<</F1 3 0 R>>/ExtGState<</G1 5 0 R>>/Properties<</MC1 4 0 R>>/XObject<</I1 6 0 R>>>>"
    kids = []
    for number, content in enumerate(contents):
        stream = file.add_stream(content)
        notes = annotations[number] if annotations else b""
        box = b"/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents %d 0 R" % (*size, stream)
        kids.append(file.add(b"<</Type/Page%s%s%s/Annots[%s]>>" % (box, resources, page, notes)))
    file.objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return file.to_bytes(1)


def _marked(make: Callable[[Draft], Draft], kind: str, manner: _Manner, draft: Draft) -> bytes:
    return _file(_contents(make(draft), {kind: manner}))


def _trailing(note: str, draft: Draft) -> bytes:
    return _file(_contents(draft.marked(lambda text: text + note)))


def _annotated(draft: Draft) -> bytes:
    """Strike figures out with annotations of the reader's program."""
    contents, notes = [], []
    for sheet in set_draft(corrected(draft)):
        contents.append(_content(sheet, {}))
        notes.append(b"".join(_strike_note(ink) for ink in inks(sheet) if ink.kind == STRUCK))
    return _file(contents, annotations=notes)


def _strike_note(ink: Ink) -> bytes:
    left, right = ink.x * _POINTS, (ink.x + ink.width) * _POINTS
    bottom, top = _flip(ink.y + 0.12 * ink.size), _flip(ink.y - 0.88 * ink.size)
    corners = b"%.2f %.2f %.2f %.2f" % (left, bottom, right, top)
    quad = b"%.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f" % (left, top, right, top, left, bottom, right, bottom)
    return b"<</Type/Annot/Subtype/StrikeOut/F 4/C[1 0 0]/Rect[%s]/QuadPoints[%s]>>" % (corners, quad)


def _all(manner: _Manner, draft: Draft) -> bytes:
    return _file(_contents(draft, {"": manner}))


def _turned(quarters: int, draft: Draft) -> bytes:
    """Print on pages that are shown turned, as landscape sheets of scanners and Word are stored."""
    turn = {1: b"0 1 -1 0 %g 0 cm\n" % _A4[1], 3: b"0 -1 1 0 0 %g cm\n" % _A4[0], 2: b"-1 0 0 -1 %g %g cm\n" % _A4}
    size = _A4 if quarters == 2 else (_A4[1], _A4[0])
    contents = [turn[quarters] + content for content in _contents(draft)]
    return _file(contents, size=size, page=b"/Rotate %d" % (90 * quarters))


def _sideways(quarters: int, draft: Draft) -> bytes:
    """Print pages that lie sideways on a sheet that stands upright."""
    turn = {1: b"0 -1 1 0 0 %g cm\n" % _A4[0], 3: b"0 1 -1 0 %g 0 cm\n" % _A4[1]}
    return _file([turn[quarters] + content for content in _contents(draft)], size=(_A4[1], _A4[0]))


def _two_up(draft: Draft) -> bytes:
    """Print two pages side by side on a sheet."""
    contents = _contents(draft)
    pairs = [contents[i : i + 2] for i in range(0, len(contents), 2)]
    scale = b"q 0.7071 0 0 0.7071 %g 0 cm\n"
    sheets = [b"".join(scale % (421 * side) + page + b"Q\n" for side, page in enumerate(pair)) for pair in pairs]
    return _file(sheets, size=(842.0, 595.0))


def _with_picture(draft: Draft) -> bytes:
    """Put a page that is a picture between the others."""
    contents = _contents(draft)
    picture = b"q 595 0 0 842 0 0 cm /I1 Do Q\n"
    return _file([contents[0], picture, *contents[1:]])


def _under_picture(draft: Draft) -> bytes:
    """Lay the text, not drawn, under a picture of the page, as programs do that read scans."""
    return _file([b"q 595 0 0 842 0 0 cm /I1 Do Q q 3 Tr\n" + content + b"Q\n" for content in _contents(draft)])


def _behind_picture(draft: Draft) -> bytes:
    """Lay the text behind a picture that covers it."""
    picture = b"q 595 0 0 842 0 0 cm /I1 Do Q\n"
    return _file([picture + content for content in _contents(draft)])


def _unruled(draft: Draft) -> bytes:
    return _file([_content(sheet, {}) for sheet in without_rulings(set_draft(draft))])


def _dashed(draft: Draft) -> bytes:
    return _file([b"[2 1.5] 0 d\n" + content for content in _contents(draft)])


def _watermarked(draft: Draft) -> bytes:
    mark = Ink("", "内部资料123", 40, 150, 18)
    aslant = b"q 0.8 g 0.8 0.6 -0.6 0.8 0 -200 cm\n" + _text(mark) + b"Q 0 g\n"
    return _file([aslant + content for content in _contents(draft)])


def _ahead(draft: Draft) -> bytes:
    return b"\r\nX-Powered-By: portal\r\n\r\n" + _file(_contents(draft))


def _two_reports(draft: Draft) -> bytes:
    return _file([*_contents(draft), *_contents(earlier(draft))])


def _moved_box(draft: Draft) -> bytes:
    moved = [b"1 0 0 1 -100 50 cm\n" + content for content in _contents(draft)]
    data = _file(moved)
    return data.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[-100 50 495 892]")


def _in_forms(draft: Draft) -> bytes:
    """Draw each page through a form object, as programs do that put files together."""
    contents = _contents(draft)
    file = PdfFile([b"<</Type/Catalog/Pages 2 0 R>>", b"", FONT])
    kids = []
    for content in contents:
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        form = file.add_stream(content, entries)
        stream = file.add_stream(b"q 1 0 0 1 0 0 cm /Fm0 Do Q")
        resources = b"/Resources<</XObject<</Fm0 %d 0 R>>>>" % form
        kids.append(
            file.add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R%s>>" % (stream, resources))
        )
    file.objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return file.to_bytes(1)


def _by_weasyprint(make: Callable[[Draft], Draft], how: dict[str, str], draft: Draft) -> bytes:
    from variants.web import _page
    from weasyprint import HTML

    style = "<style>body{font:9pt 'Noto Sans CJK SC'}table{border-collapse:collapse;width:100%}"
    style += "td{border:.5pt solid;padding:2pt}</style></head>"
    page = _page(make(draft), how).replace("@media print { td { display: none } }", "").replace("</head>", style)
    return bytes(HTML(string=page).write_pdf() or b"")


_WEB: Iterable[tuple[str, Callable[[Draft], Draft], dict[str, str]]] = (
    ("plain", lambda draft: draft, {}),
    ("raised", footnoted, {RAISED: "<sup>{}</sup>"}),
    ("struck", corrected, {STRUCK: "<s>{}</s>"}),
    ("unseen", shadowed, {UNSEEN: "<span style='color:white'>{}</span>"}),
)

WAYS: dict[str, Way] = {
    "plain": lambda draft: _file(_contents(draft)),
    **{f"raised-{name}": partial(_marked, footnoted, RAISED, manner) for name, manner in _RAISED.items()},
    **{f"struck-{name}": partial(_marked, corrected, STRUCK, manner) for name, manner in _STRUCK.items()},
    "struck-annotation": _annotated,
    **{f"unseen-{name}": partial(_marked, shadowed, UNSEEN, manner) for name, manner in _UNSEEN.items()},
    **{f"trailing-{number}": partial(_trailing, note) for number, note in enumerate(("[1]", "①", "*", "¹"))},
    **{f"spaced-{gap}": partial(_all, partial(_spaced, gap)) for gap in (0.15, 0.3, 0.5, 0.8)},
    "spaced-sign-by-sign": partial(_all, partial(_sign_by_sign, gap=0.5)),
    "sign-by-sign": partial(_all, _sign_by_sign),
    "bold-twice": partial(_all, lambda ink: _text(ink) + _text(ink._replace(x=ink.x + 0.1))),
    **{f"rotated-{quarters}": partial(_turned, quarters) for quarters in (1, 2, 3)},
    **{f"sideways-{quarters}": partial(_sideways, quarters) for quarters in (1, 3)},
    "side-by-side": _two_up,
    "picture-page": _with_picture,
    "under-picture": _under_picture,
    "on-picture": _behind_picture,
    "unruled": _unruled,
    "dashed": _dashed,
    "watermarked": _watermarked,
    "bytes-ahead": _ahead,
    "two-reports": _two_reports,
    "moved-box": _moved_box,
    "in-forms": _in_forms,
    **({f"weasyprint-{name}": partial(_by_weasyprint, make, how) for name, make, how in _WEB}
       if find_spec("weasyprint") else {}),
}  # fmt: skip
