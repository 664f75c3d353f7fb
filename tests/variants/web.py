"""Web pages: every way of their styles, tags and wrappings."""

import re
from base64 import encodebytes
from functools import partial
from html import escape

from typeset import LAYOUTS
from variants.frame import RAISED, STRUCK, TOKEN, UNSEEN, Draft, Way, corrected, earlier, footnoted, shadowed

SUFFIX = ".html"

_RAISED = {
    "sup": "<sup>{}</sup>",
    "sup-link": "<a href='#n'><sup>[{}]</sup></a>",
    "align": "<span style='font-size:8pt; vertical-align:super'>{}</span>",
    "length": "<font style='VERTICAL-ALIGN: 4px'>{}</font>",
    "class": "<span class='note'>{}</span>",
    "word": "<span style='position:relative;top:-4.0pt;mso-text-raise:4.0pt'>{}</span>",
}
_STRUCK = {
    "s": "<s>{}</s>",
    "del": "<del>{}</del>",
    "strike": "<strike>{}</strike>",
    "inline": "<span style='text-decoration: line-through'>{}</span>",
    "inline-line": "<span style='text-decoration-line:underline line-through;color:red'>{}</span>",
    "class": "<span class='old'>{}</span>",
    "outside": "<span class='old'><b>{}</b></span>",
}
_UNSEEN = {
    "display": "<span style='display:none'>{}</span>",
    "hidden": "<span hidden>{}</span>",
    "visibility": "<span style='visibility:hidden'>{}</span>",
    "opacity": "<i style='opacity: 0'>{}</i>",
    "size": "<span style='font-size:0'>{}</span>",
    "far": "<span style='position:absolute;left:-9999px'>{}</span>",
    "class": "<span class='off'>{}</span>",
    "id": "<span id='gone'>{}</span>",
    "inside": "<span class='aside'><i>{}</i></span>",
    "important": "<span class='force' style='display:inline'>{}</span>",
    "collapsed": "<span style='display:inline-block;width:0;height:0;overflow:hidden'>{}</span>",
}
_STYLES = """<style>
@media print { td { display: none } }
.note { vertical-align: super } td .old, .old { text-decoration: line-through }
.off { display: none } #gone { visibility: hidden } td .aside i { font-size: 0 } .force { display: none !important }
tr.former td, tr.former { display: none }
</style></head>"""


def _page(draft: Draft, how: dict[str, str] | None = None) -> str:
    page = LAYOUTS["page"][1](draft.report, draft.random).replace("</head>", _STYLES)
    return TOKEN.sub(lambda found: (how or {}).get(found[1], "{}").format(found[2]), page)


def _marked(make: object, kind: str, pattern: str, draft: Draft) -> bytes:
    return _page(make(draft), {kind: pattern}).encode()  # type: ignore[operator]


def _trailing(note: str, draft: Draft) -> bytes:
    return _page(draft.marked(lambda text: text + note)).encode()


def _plain(encoding: str, draft: Draft) -> bytes:
    return _page(draft).encode(encoding)


def _former_row(draft: Draft) -> bytes:
    page = _page(draft)
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    row = draft.random.choice([row for row in rows if re.search(r"<td>\d+</td>", row) and "rowspan" not in row])
    former = re.sub(r"<td>(\d+)</td>", lambda found: f"<td>{int(found[1]) + 7}</td>", row)
    return page.replace(row, former.replace("<tr>", '<tr class="former">') + row, 1).encode()


def _fields(pattern: str, draft: Draft) -> bytes:
    page = _page(draft)
    return re.sub(r"(<td[^>]*>)(\d+)</td>", lambda m: m[1] + pattern.format(m[2]) + "</td>", page).encode()


def _foot_first(draft: Draft) -> bytes:
    def turn(found: re.Match[str]) -> str:
        head, body, last = found[1], found[2], found[3]
        return f"{head}<tfoot>{last}</tfoot><tbody>{body}</tbody></table>"

    return re.sub(
        r"(<table border=1>)<tbody>(.*?)(<tr>(?:(?!<tr>).)*</tr>)</tbody></table>", turn, _page(draft), flags=re.DOTALL
    ).encode()


def _framed(draft: Draft) -> bytes:
    return f'<html><body><iframe srcdoc="{escape(_page(draft))}"></iframe></body></html>'.encode()


def _divs(draft: Draft, *, roles: bool) -> bytes:
    names = {"table": "table", "tr": "row", "td": "cell"}
    shown = {"table": "table", "tr": "table-row", "td": "table-cell"}

    def turn(found: re.Match[str]) -> str:
        end, tag, rest = found.groups()
        if tag == "tbody":
            return ""
        if end:
            return "</div>"
        rest = rest.replace("colspan", "aria-colspan").replace("rowspan", "aria-rowspan")
        return f"<div role='{names[tag]}'{rest}>" if roles else f"<div style='display:{shown[tag]}'{rest}>"

    return re.sub(r"<(/?)(table|tbody|tr|td)\b([^>]*)>", turn, _page(draft)).encode()


def _archive(transfer: str, draft: Draft) -> bytes:
    page = _page(draft).encode()
    packed = encodebytes(page) if transfer == "base64" else page
    if transfer == "quoted-printable":
        import quopri

        packed = quopri.encodestring(page)
    head = (
        b"From: <Saved by a browser>\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="=_part"\r\n\r\n--=_part\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: " + transfer.encode() + b"\r\n"
        b"Content-Location: http://www.example.gov.cn/a.html\r\n\r\n"
    )
    return (
        head
        + packed
        + b"\r\n--=_part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n--=_part--\r\n"
    )


def _two(draft: Draft) -> bytes:
    other = re.sub(r"^.*?<body>|</body></html>", "", _page(earlier(draft)), flags=re.DOTALL)
    return _page(draft).replace("</body>", other + "</body>").encode()


def _awaited(around: str, draft: Draft) -> bytes:
    """Write a page whose text a script would show when it is run."""
    body = re.sub(r"^.*?<body>|</body></html>", "", _page(draft), flags=re.DOTALL)
    return f"<html><head>{around.replace('…', body)}</html>".encode()


_AWAITED = {
    "post": '</head><body><div style="visibility: hidden; opacity: 0; "><section>…</section></div></body>',
    "faded-in": "<style>body { opacity: 0 } .ready { opacity: 1 }</style></head><body>…</body>",
    "sheet": "<style>#app { display: none }</style></head><body><div id=app>…</div></body>",
    "inline": "</head><body><div id=app style='display:none'>…</div></body>",
    "phone": "<style>.pc { display: block } .phone { display: none } @media (max-width: 600px) { .pc { display: none } "
    ".phone { display: block } }</style></head><body><div class=pc>…</div><div class=phone>…</div></body>",
    "saved": "<!-- saved from url=(0025)http://www.example.gov.cn --><link rel=stylesheet href='./a_files/a.css'>"
    "</head><body><noscript><table><tr><td>1<td>2</table></noscript>…</body>",
    "details": "</head><body><details><summary>报告</summary>…</details></body>",
}
_CELLS = {
    "from-word": "<p class=MsoNormal align=center><span lang=EN-US style='font-size:12.0pt'>{}<o:p></o:p></span></p>",
    "commented": "<!-- 9 -->{}<!--[if !supportMisalignedColumns]--><!--[endif]-->",
    "blanks": "&nbsp;{}&nbsp;",
    "fonts": "<font face=宋体><font size=2><b>{}</b></font></font>",
    "boxes": '<div style="overflow:hidden;width:60px;height:20px">{}</div>',
    "low-lines": '<span style="line-height:0;min-width:0;height:0">{}</span>',
}
WAYS: dict[str, Way] = {
    "plain": partial(_plain, "utf-8"),
    "gb": partial(_plain, "gb18030"),
    **{f"raised-{name}": partial(_marked, footnoted, RAISED, pattern) for name, pattern in _RAISED.items()},
    **{f"struck-{name}": partial(_marked, corrected, STRUCK, pattern) for name, pattern in _STRUCK.items()},
    **{f"unseen-{name}": partial(_marked, shadowed, UNSEEN, pattern) for name, pattern in _UNSEEN.items()},
    **{f"trailing-{number}": partial(_trailing, note) for number, note in enumerate(("[1]", "①", "[注2]", "*", "¹"))},
    "former-row": _former_row,
    "textarea": partial(_fields, "<textarea>{}</textarea>"),
    "input": partial(_fields, "<input type=text value={}>"),
    **{name: partial(_fields, pattern) for name, pattern in _CELLS.items()},
    **{f"awaited-{name}": partial(_awaited, around) for name, around in _AWAITED.items()},
    "foot-first": _foot_first,
    "framed": _framed,
    "roles": partial(_divs, roles=True),
    "displayed": partial(_divs, roles=False),
    "as-doc": partial(_plain, "utf-8"),
    "as-xls": partial(_plain, "gb18030"),
    "as-docx": partial(_plain, "utf-8"),
    "archive-quoted": partial(_archive, "quoted-printable"),
    "archive-base64": partial(_archive, "base64"),
    "archive-8bit": partial(_archive, "8bit"),
    "two-reports": _two,
}
SUFFIXES = {
    "as-doc": ".doc",
    "as-xls": ".xls",
    "as-docx": ".docx",
    "archive-quoted": ".mht",
    "archive-base64": ".mhtml",
    "archive-8bit": ".mht",
}
