"""ZIP files: reports of every other carrier as their members."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from variants import ofd, pdf, sheets, structured, text, web, word
from variants.frame import Draft, Way, earlier

SUFFIX = ".zip"
SUFFIXES: dict[str, str] = {}

Members = list[tuple[str, bytes]]


def _pack(members: Members, method: int = ZIP_DEFLATED, encoding: str = "utf-8") -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, content in members:
            info = ZipInfo(name, (2024, 3, 1, 9, 0, 0))
            info.compress_type = method
            if encoding != "utf-8":  # as programs of Windows write names, which ZIP has no word for
                info.filename = name.encode(encoding).decode("cp437")
            archive.writestr(info, content)
    return target.getvalue()


def _member(name: str, write: Way, draft: Draft) -> bytes:
    return _pack([(name, write(draft))])


def _among_others(draft: Draft) -> bytes:
    others = [("年报/说明.png", b"\x89PNG\r\n"), ("__MACOSX/年报/._a.docx", b"\0"), ("年报/~$a.docx", b"\0")]
    return _pack([*others, ("年报/2023/a.docx", word.WAYS["plain"](draft))])


def _two(write: Callable[[Draft], bytes], suffix: str, draft: Draft) -> bytes:
    return _pack([(f"后{suffix}", write(draft)), (f"先/先{suffix}", write(earlier(draft)))])


WAYS: dict[str, Way] = {
    **{
        name: partial(_member, f"年度报告{module.SUFFIX}", module.WAYS[way])
        for name, module, way in (
            ("page", web, "plain"),
            ("word", word, "plain"),
            ("sheet", sheets, "plain"),
            ("pdf", pdf, next(iter(pdf.WAYS))),
            ("ofd", ofd, next(iter(ofd.WAYS))),
            ("json", structured, "full"),
            ("text", text, "framed_rows"),
        )
    },
    "stored": lambda draft: _pack([("a.html", web.WAYS["plain"](draft))], ZIP_STORED),
    "gbk-names": lambda draft: _pack([("年报/报告.docx", word.WAYS["plain"](draft))], encoding="gbk"),
    "backslashes": lambda draft: _pack([("年报\\报告.xlsx", sheets.WAYS["plain"](draft))]),
    "among-others": _among_others,
    "archive-inside": partial(_member, "页面.mht", web.WAYS["archive-base64"]),
    "exported-inside": partial(_member, "导出.doc", web.WAYS["as-doc"]),
    "two-words": partial(_two, word.WAYS["plain"], ".docx"),
    "two-pages": partial(_two, web.WAYS["plain"], ".html"),
}
