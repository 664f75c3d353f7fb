"""OFD files: the ways their writers set marks, strike out, hide, turn and put together pages."""

from collections.abc import Callable
from functools import partial
from xml.sax.saxutils import escape

from ofd_writer import NAMESPACE, document_root, ofd_root, package, page_content, zipped
from sheet_setter import HEIGHT, WIDTH, Line, Sheet
from variants.frame import RAISED, STRUCK, UNSEEN, Draft, Way, corrected, earlier, footnoted, shadowed
from variants.printed import Bar, Ink, grey_picture, inks, raise_ink, set_draft, strike, without_rulings

SUFFIX = ".ofd"
SUFFIXES: dict[str, str] = {}

_Manner = Callable[[Ink], str]


def _text(ink: Ink, *, attributes: str = "", parts: str = "", gap: float = 0.0) -> str:
    """Give a piece of text as one object; `gap` is the room between its signs, in sizes."""
    steps = [ink.size * ((1.0 if ord(sign) > 0x2000 else 0.5) + gap) for sign in ink.text[:-1]]
    delta = f' DeltaX="{" ".join(f"{step:.4f}" for step in steps)}"' if steps else ""
    box = f"{ink.x:.3f} {ink.y - ink.size:.3f} {ink.width + sum(steps):.3f} {ink.size * 1.2:.3f}"
    code = f'<ofd:TextCode X="0" Y="{ink.size:.4f}"{delta}>{escape(ink.text)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="7" Boundary="{box}" Font="3" Size="{ink.size:.4f}"{attributes}>{parts}{code}</ofd:TextObject>'  # noqa: E501


def _bar(bar: Bar) -> str:
    left, top, right, bottom = min(bar.x0, bar.x1), min(bar.y0, bar.y1), max(bar.x0, bar.x1), max(bar.y0, bar.y1)
    data = f"M {bar.x0 - left:.3f} {bar.y0 - top:.3f} L {bar.x1 - left:.3f} {bar.y1 - top:.3f}"
    box = f"{left:.3f} {top:.3f} {right - left:.3f} {bottom - top:.3f}"
    path = f'<ofd:PathObject ID="5" Boundary="{box}" LineWidth="{bar.thick}">'
    return f"{path}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"


def _filled(left: float, top: float, wide: float, high: float, colour: str) -> str:
    data = f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} C"
    box = f"{left:.3f} {top:.3f} {wide:.3f} {high:.3f}"
    path = f'<ofd:PathObject ID="5" Boundary="{box}" Stroke="false" Fill="true"><ofd:FillColor Value="{colour}"/>'
    return f"{path}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"


def _cover(ink: Ink) -> str:
    return _filled(ink.x, ink.y - ink.size, ink.width, 1.2 * ink.size, "255 255 255")


def _clip(ink: Ink) -> str:
    path = '<ofd:Path Boundary="0 0 1 1"><ofd:AbbreviatedData>M -9 -9 L -8 -9 L -8 -8 L -9 -8 C</ofd:AbbreviatedData>'
    return _text(ink, parts=f"<ofd:Clips><ofd:Clip><ofd:Area>{path}</ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>")


_RAISED: dict[str, _Manner] = {
    "small": lambda ink: _text(raise_ink(ink, 0.6, 0.4)),
    "level": lambda ink: _text(raise_ink(ink, 1.0, 0.35)),
    "high": lambda ink: _text(raise_ink(ink, 0.65, 0.6)),
}
_STRUCK: dict[str, _Manner] = {
    "line": lambda ink: _text(ink) + _bar(strike(ink)),
    "double": lambda ink: _text(ink) + _bar(strike(ink, high=0.25)) + _bar(strike(ink, high=0.42)),
    "filled": lambda ink: _text(ink) + _filled(ink.x - 0.1, ink.y - 0.35 * ink.size, ink.width + 0.2, 0.2, "255 0 0"),
    "slant": lambda ink: _text(ink) + _bar(strike(ink, slant=0.6)),
}
_UNSEEN: dict[str, _Manner] = {
    "white": lambda ink: _text(ink, parts='<ofd:FillColor Value="255 255 255"/>'),
    "invisible": lambda ink: _text(ink, attributes=' Visible="false"'),
    "see-through": lambda ink: _text(ink, attributes=' Alpha="0"'),
    "not-filled": lambda ink: _text(ink, attributes=' Fill="false" Stroke="false"'),
    "clipped": _clip,
    "tiny": lambda ink: _text(ink._replace(size=0.1)),
    "covered": lambda ink: _text(ink) + _cover(ink),
    "outside": lambda ink: _text(ink._replace(x=WIDTH + 30)),
}


def _content(sheet: Sheet, manners: dict[str, _Manner]) -> str:
    rulings = [Bar(*ruling) for table in sheet.tables for ruling in table]
    return "".join([*map(_bar, rulings), *(manners.get(ink.kind, _text)(ink) for ink in inks(sheet))])


def _contents(draft: Draft, manners: dict[str, _Manner] | None = None) -> list[str]:
    return [_content(sheet, manners or {}) for sheet in set_draft(draft)]


def _file(*documents: list[str], title: str, size: str = f"0 0 {WIDTH} {HEIGHT}") -> bytes:
    parts: dict[str, str | bytes] = {
        "OFD.xml": ofd_root(title, [f"Doc_{number}/Document.xml" for number in range(len(documents))])
    }
    for number, contents in enumerate(documents):
        names = [f"Pages/Page_{i}/Content.xml" for i in range(len(contents))]
        resources = "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
        root = document_root(names, resources).replace(f"0 0 {WIDTH} {HEIGHT}", size)
        parts[f"Doc_{number}/Document.xml"] = root
        parts[f"Doc_{number}/Res.xml"] = (
            f'<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="60" Type="Image">'
            f"<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
        )
        parts[f"Doc_{number}/Res/a.png"] = grey_picture()
        parts |= {f"Doc_{number}/{name}": page_content(content) for name, content in zip(names, contents, strict=True)}
    return zipped(parts)


def _marked(make: Callable[[Draft], Draft], kind: str, manner: _Manner, draft: Draft) -> bytes:
    return _file(_contents(make(draft), {kind: manner}), title=draft.report.title)


def _trailing(note: str, draft: Draft) -> bytes:
    return _file(_contents(draft.marked(lambda text: text + note)), title=draft.report.title)


def _spaced(gap: float, ink: Ink) -> str:
    if not ink.text.isdecimal():
        return _text(ink)
    return _text(ink._replace(x=ink.x - (len(ink.text) - 1) * gap * ink.size / 2), gap=gap)


def _sign_by_sign(ink: Ink, gap: float = 0.0) -> str:
    """Set each sign by itself, those of figures with room between."""
    gap = gap * ink.size if ink.text.isdecimal() else 0.0
    x, pieces = ink.x - (len(ink.text) - 1) * gap / 2, []
    for sign in ink.text:
        one = ink._replace(text=sign, x=x)
        pieces.append(_text(one))
        x += one.width + gap
    return "".join(pieces)


def _all(manner: _Manner, draft: Draft) -> bytes:
    return _file(_contents(draft, {"": manner}), title=draft.report.title)


_PICTURE = f'<ofd:ImageObject ID="9" ResourceID="60" Boundary="0 0 {WIDTH} {HEIGHT}" CTM="{WIDTH} 0 0 {HEIGHT} 0 0"/>'


def _with_picture(draft: Draft) -> bytes:
    contents = _contents(draft)
    return _file([contents[0], _PICTURE, *contents[1:]], title=draft.report.title)


def _under_picture(draft: Draft) -> bytes:
    hidden: dict[str, _Manner] = {"": lambda ink: _text(ink, attributes=' Visible="false"')}
    return _file([_PICTURE + content for content in _contents(draft, hidden)], title=draft.report.title)


def _on_picture(draft: Draft) -> bytes:
    return _file([_PICTURE + content for content in _contents(draft)], title=draft.report.title)


def _unruled(draft: Draft) -> bytes:
    contents = [_content(sheet, {}) for sheet in without_rulings(set_draft(draft))]
    return _file(contents, title=draft.report.title)


def _watermarked(draft: Draft) -> bytes:
    mark = _text(Ink("", "内部资料123", 0, 18, 18), parts='<ofd:FillColor Value="200 200 200"/>')
    mark = mark.replace("<ofd:TextObject ", '<ofd:TextObject CTM="0.8 -0.6 0.6 0.8 40 150" ')
    return _file([mark + content for content in _contents(draft)], title=draft.report.title)


def _two_up(draft: Draft) -> bytes:
    """Print two pages side by side on a sheet."""
    sheets = set_draft(draft)
    pairs = [sheets[i : i + 2] for i in range(0, len(sheets), 2)]
    contents = ["".join(_content(_beside(sheet, WIDTH * n), {}) for n, sheet in enumerate(pair)) for pair in pairs]
    return _file(contents, title=draft.report.title, size=f"0 0 {2 * WIDTH} {HEIGHT}")


def _beside(sheet: Sheet, x: float) -> Sheet:
    lines = [Line(line.x + x, line.y, line.size, line.text) for line in sheet.lines]
    return Sheet(lines, [[(r[0] + x, r[1], r[2] + x, r[3]) for r in table] for table in sheet.tables])


def _two_documents(draft: Draft) -> bytes:
    return _file(_contents(draft), _contents(earlier(draft)), title=draft.report.title)


def _two_reports(draft: Draft) -> bytes:
    return _file([*_contents(draft), *_contents(earlier(draft))], title=draft.report.title)


WAYS: dict[str, Way] = {
    "plain": lambda draft: _file(_contents(draft), title=draft.report.title),
    **{style: partial(lambda style, draft: package(set_draft(draft), style), style) for style in ("runs", "objects")},
    **{f"raised-{name}": partial(_marked, footnoted, RAISED, manner) for name, manner in _RAISED.items()},
    **{f"struck-{name}": partial(_marked, corrected, STRUCK, manner) for name, manner in _STRUCK.items()},
    **{f"unseen-{name}": partial(_marked, shadowed, UNSEEN, manner) for name, manner in _UNSEEN.items()},
    **{f"trailing-{number}": partial(_trailing, note) for number, note in enumerate(("[1]", "①", "*", "¹"))},
    **{f"spaced-{gap}": partial(_all, partial(_spaced, gap)) for gap in (0.15, 0.3, 0.5, 0.8)},
    "spaced-sign-by-sign": partial(_all, partial(_sign_by_sign, gap=0.5)),
    "sign-by-sign": partial(_all, _sign_by_sign),
    "bold-twice": partial(_all, lambda ink: _text(ink) + _text(ink._replace(x=ink.x + 0.1))),
    "picture-page": _with_picture,
    "under-picture": _under_picture,
    "on-picture": _on_picture,
    "unruled": _unruled,
    "watermarked": _watermarked,
    "side-by-side": _two_up,
    "two-documents": _two_documents,
    "two-reports": _two_reports,
}
