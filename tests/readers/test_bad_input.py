"""Hostile and broken files: each ends in a document or a ReadError, soon and within reasonable memory."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from validator.errors import ReadError
from validator.readers import read

SIZE = 2_000_000


def repeat(markup: str) -> str:
    return markup * (SIZE // len(markup))


# Suffix, what reading comes to (a document or the code of the ReadError), and the content.
HOSTILE: dict[str, tuple[str, str, Callable[[], str | bytes]]] = {
    "nested blocks": (".html", "too-deep", lambda: "<div>" * 100_000 + "x" + "</div>" * 100_000),
    "nested tables": (".html", "too-large", lambda: "<table><tr><td>" * 100_000 + "x"),
    "nested tables of two cells": (".html", "document", lambda: "<table><tr><td>a<td>b" * 900),
    "nested lists": (".html", "too-large", lambda: repeat("<ul><li>")),
    "nested preformatted text": (".html", "document", lambda: "<pre>" * 3_000 + "x"),
    "nested spans": (".html", "too-large", lambda: repeat("<span>")),
    "ends of nothing": (".html", "no-text", lambda: "<div><span>" * 490 + "</x>" * 190_000),
    "formatting opened anew": (".html", "too-deep", lambda: "".join(f"<p><b i={i}></p>" for i in range(20_000))),
    "attributes": (".html", "too-large", lambda: "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">x"),
    "quoted attributes": (".html", "too-large", lambda: "<p " + " ".join(f'a{i}=">"' for i in range(150_000)) + ">x"),
    "cells without end": (".html", "document", lambda: "<table><tr>" + "<td>1" * 190_000),
    "rows without end": (".html", "document", lambda: "<table>" + "<tr><td>1<td>2" * 60_000),
    "wide spans": (".html", "document", lambda: "<table>" + repeat("<tr><td colspan=1000 rowspan=1000>x<td>y")),
    "covered rows": (
        ".html",
        "too-large",
        lambda: "<table>" + ("<tr><td colspan=1000 rowspan=1000>x" + "<tr><td>y" * 999) * 150,
    ),
    "text in a table": (".html", "document", lambda: "<table>" + "<tr>x" * 190_000),
    "angle brackets": (".html", "too-large", lambda: "<p>" + repeat("<")),
    "an attribute without end": (".html", "no-text", lambda: "<p a='" + repeat("x")),
    "a comment without end": (".html", "too-large", lambda: "<p>x<!--" + repeat("<div>")),
    "line breaks": (".html", "no-text", lambda: "<br>" * 190_000),
    "invisible references": (".html", "no-text", lambda: "<p>" + repeat("&#8203;")),
    "one long line": (".html", "document", lambda: "<p>" + repeat("一件")),
    "random bytes in a page": (".html", "binary", lambda: random.Random(1).randbytes(SIZE)),
    "random bytes in a text": (".txt", "binary", lambda: random.Random(2).randbytes(SIZE)),
    "nul characters": (".md", "binary", lambda: bytes(SIZE)),
    "surrogates in UTF-16": (".txt", "document", lambda: b"\xff\xfe" + b"\x00\xd8" * (SIZE // 2)),
    "broken gb18030": (".txt", "document", lambda: ("政府信息公开".encode("gb18030") + b"\xff") * (SIZE // 13)),
    "one long line of text": (".txt", "document", lambda: repeat("受理12件，")),
    "tables in a text": (".md", "too-large", lambda: repeat("前<table><tr><td>a<td>1</table>\n")[:400_000]),
    "open tables in a text": (".txt", "too-large", lambda: "前" + repeat("<table><tr>")),
    "nested JSON": (".json", "json-syntax", lambda: repeat('{"cells":')),
    "a long number in JSON": (
        ".json",
        "json-syntax",
        lambda: '{"schema": "gouji.report/1", "cells": {"a": ' + "9" * SIZE + "}}",
    ),
    "many cells in JSON": (
        ".json",
        "document",
        lambda: '{"schema": "gouji.report/1", "cells": {' + ",".join(f'"a{i}": 1' for i in range(150_000)) + "}}",
    ),
}


def write(folder: Path, name: str) -> Path:
    suffix, _, build = HOSTILE[name]
    content = build()
    path = folder / f"hostile{suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def outcome(path: Path) -> str:
    try:
        read(path)
    except ReadError as error:
        return error.code
    return "document"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_comes_to_an_end_soon(tmp_path, name):
    path = write(tmp_path, name)
    start = time.process_time()
    assert outcome(path) == HOSTILE[name][1]
    assert time.process_time() - start < 5


@pytest.mark.skipif(sys.platform == "win32", reason="the resource module is of Unix")
@pytest.mark.parametrize("name", ["formatting opened anew", "cells without end", "line breaks", "wide spans"])
def test_a_hostile_file_takes_reasonable_memory(tmp_path, name):
    path = write(tmp_path, name)
    script = (
        "import resource, sys, pathlib, validator.errors, validator.readers\n"
        "try: validator.readers.read(pathlib.Path(sys.argv[1]))\n"
        "except validator.errors.ReadError: pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    kilobytes = int(done.stdout) // (1024 if sys.platform == "darwin" else 1)
    assert kilobytes < 700_000


def test_limits_leave_room_for_the_worst_of_real_pages(tmp_path):
    # A page of 600 kB from an old editor: tags in capitals, no end tags, a font left open in every tenth cell.
    row = "<TR>" + "<TD><FONT size=2>1</FONT>" * 9 + "<TD><P><SPAN lang=EN-US>2<o:p></o:p></SPAN>"
    broken = "<TR><TD><FONT color=red>合计" + "<TD>1" * 9
    path = tmp_path / "a.html"
    path.write_text("<TABLE>" + (row * 9 + broken) * 200 + "</TABLE>" + "<DIV>" * 60 + "完", encoding="utf-8")

    table, end = read(path).blocks

    assert len(table.rows) == 2000
    assert [cell.text for cell in table.rows[1999].cells] == ["合计", *["1"] * 9]
    assert [cell.text for cell in table.rows[1998].cells] == [*["1"] * 9, "2"]
    assert end.text == "完"
