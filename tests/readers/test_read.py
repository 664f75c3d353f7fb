"""Files by their suffix and content: which reader they go to, and why some go to none."""

import os
from pathlib import Path

import pytest

from validator.errors import ReadError
from validator.model.document import Document, Framing, Paragraph, Remark, Table
from validator.model.location import HtmlCellPlace
from validator.model.report import Report
from validator.readers import SUFFIXES, read

TABLE = "<table><tr><td>a</td><td>1</td></tr></table>"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def code_of(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "content", "carrier"),
    [
        ("a.html", f"<p>报告</p>{TABLE}", "html"),
        ("A.HTM", f"<p>报告</p>{TABLE}", "html"),
        ("a.txt", "报告\n办结12件\n", "text"),
        ("a.md", "# 报告\n\n办结12件\n", "markdown"),
        ("年度报告（公开）.html", "<p>报告</p>", "html"),
        ("a.html", "报告\n办结12件，a<b\n", "text"),
        ("a.txt", f"<!DOCTYPE html><html><body>{TABLE}</body></html>", "html"),
        ("a.md", f"<html><body><p>报告</p>{TABLE}</body></html>", "html"),
        ("a.txt", f"<div>报告</div>{TABLE}", "html"),
    ],
)
def test_a_file_goes_to_the_reader_that_fits_its_content(tmp_path, name, content, carrier):
    document = read(write(tmp_path, name, content))
    assert isinstance(document, Document)
    assert (document.carrier, document.source) == (carrier, (tmp_path / name).as_posix())


def test_a_json_file_is_a_report(tmp_path):
    report = read(write(tmp_path, "a.json", '{"schema": "gouji.report/1", "cells": {"review.total": 3}}'))
    assert isinstance(report, Report)
    assert report.value("review.total") == 3


def test_suffixes_are_those_that_can_be_read():
    text = (".html", ".htm", ".mht", ".mhtml", ".txt", ".md", ".json")
    office = (".docx", ".docm", ".xlsx", ".xlsm", ".pdf", ".ofd")
    old = (".doc", ".wps", ".rtf", ".odt", ".xls", ".et", ".ods")
    assert (*text, *office, *old) == SUFFIXES


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.md"])
def test_remarks_of_decoding_are_kept(tmp_path, name):
    content = "<p>政府信息公开年度报告</p>\n".encode() + TABLE.encode() + b"\xff\n"
    assert read(write(tmp_path, name, content)).remarks == (Remark("characters-replaced", {"count": 1}),)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("12<sup>3</sup>", "12³"),
        ("12^3^", "12³"),
        ("12[^3]", "12³"),
        ("12[^a]", "12"),
        ("~~17~~12", "12"),
        ("<del>17</del>12", "12"),
        ("12<s style='color:red'>3</s>", "12"),
        ("H<sub>2</sub>O", "H₂O"),
        ("**12**", "12"),
        ("a ~~b", "a ~~b"),
    ],
)
def test_marks_of_markdown_are_no_digits_of_a_figure(written, shown, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(f"| 行 | 数 |\n|---|---|\n| 甲 | {written} |\n", encoding="utf-8")
    (table,) = read(path).blocks
    assert table.rows[1].cells[1].text == shown


def test_a_strike_that_begins_in_one_cell_takes_nothing_from_the_next(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("| 甲 ~~ | 12 | ~~ |\n|---|---|---|\n| 乙 | 13 | 14 |\n", encoding="utf-8")
    (table,) = read(path).blocks
    assert [cell.text for cell in table.rows[0].cells] == ["甲 ~~", "12", "~~"]


def test_a_quoted_table_of_markdown_is_a_table(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("> ## 一、概述\n>\n> | 甲 | 12 |\n> |---|---|\n> | 乙 | 13 |\n", encoding="utf-8")
    heading, table = read(path).blocks
    assert heading.text == "一、概述"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["甲", "12"], ["乙", "13"]]


def test_html_tables_inside_markdown_stand_between_its_lines(tmp_path):
    content = (
        "# 年度报告\n\n二、主动公开情况\n\n"
        "<table>\n<caption>表二</caption><tr><td>规章</td>\n<td>3</td></tr>\n</table>\n\n"
        "三、申请情况\n\n| 一 | 12 |\n|---|---|\n| 二 | 4 |\n\n"
        "前<table><tr><td>x<td><table><tr><td>y</table></table>后\n"
    )
    document = read(write(tmp_path, "a.md", content))
    assert [
        (b.text, b.location.line) if isinstance(b, Paragraph) else [[c.text for c in r.cells] for r in b.rows]
        for b in document.blocks
    ] == [
        ("年度报告", 1),
        ("二、主动公开情况", 3),
        ("表二", 5),
        [["规章", "3"]],
        ("三、申请情况", 10),
        [["一", "12"], ["二", "4"]],
        ("前后", 16),
        [["x", "y"]],
    ]
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert [t.framing for t in tables] == [Framing.GRID, Framing.ROWS, Framing.GRID]
    assert tables[0].rows[0].cells[1].location == HtmlCellPlace(1, 1, 2)
    assert tables[1].rows[0].cells[1].location.line == 12
    assert tables[2].rows[0].cells[1].location == HtmlCellPlace(2, 1, 2)
    assert not document.ends_open


def test_an_html_table_without_an_end_is_not_lost(tmp_path):
    document = read(write(tmp_path, "a.txt", "前\n<TABLE><TR><TD>a<TD>1<TR><TD>b<TD>2\n"))
    paragraph, table = document.blocks
    assert paragraph.text == "前"
    assert [[c.text for c in r.cells] for r in table.rows] == [["a", "1"], ["b", "2"]]


def test_a_text_that_ends_with_an_html_table_does_not_end_open(tmp_path):
    assert not read(write(tmp_path, "a.md", f"前\n{TABLE}")).ends_open
    assert read(write(tmp_path, "a.md", f"{TABLE}\n后")).ends_open


def test_the_word_table_in_a_text_is_no_table(tmp_path):
    document = read(write(tmp_path, "a.txt", "网页用 <table> 排版。\n办结12件。\n"))
    assert [b.text for b in document.blocks] == ["网页用 <table> 排版。", "办结12件。"]


OLE = "DOC/XLS/WPS"
MAY_HOLD = {
    ".docx": (OLE, "DOCX", "ZIP"),
    ".docm": (OLE, "DOCX", "ZIP"),
    ".xlsx": (OLE, "XLSX", "ZIP"),
    ".xlsm": (OLE, "XLSX", "ZIP"),
    ".pdf": ("PDF",),
    ".ofd": ("OFD", "ZIP"),
    ".doc": (OLE, "RTF", "DOCX", "ZIP"),
    ".wps": (OLE, "RTF", "DOCX", "ZIP"),
    ".rtf": ("RTF",),
    ".odt": ("ZIP",),
    ".xls": (OLE, "XLSX", "ZIP"),
    ".et": (OLE, "XLSX", "ZIP"),
    ".ods": ("ZIP",),
    ".html": ("MHTML",),
    ".htm": ("MHTML",),
    ".mht": ("MHTML",),
    ".mhtml": ("MHTML",),
}
"""What the readers of these suffixes look at themselves: an encrypted document lies in an OLE container, too."""


@pytest.mark.parametrize(
    ("head", "actual"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xef\xbb\xbf%PDF-1.4", "PDF"),
        (b"PK\x03\x04....mimetype", "ZIP"),
        (b"PK\x03\x04....word/document.xml", "DOCX"),
        (b"PK\x03\x04....xl/workbook.xml", "XLSX"),
        (b"PK\x03\x04....OFD.xml", "OFD"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/XLS/WPS"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08\x00", "GZIP"),
        (b"From: <Saved by x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "MHTML"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', "Word XML"),
    ],
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_content_of_another_kind_is_told(tmp_path, suffix, head, actual):
    exported = actual == "MHTML" and suffix not in (".txt", ".md", ".json", ".pdf", ".ofd")
    if exported or actual in MAY_HOLD.get(suffix, ()):
        return
    path = write(tmp_path, f"a{suffix}", head + bytes(200))
    with pytest.raises(ReadError) as caught:
        read(path)
    assert (caught.value.code, caught.value.values) == ("wrong-suffix", {"suffix": suffix, "actual": actual})


@pytest.mark.parametrize("suffix", [".html", ".doc"])
@pytest.mark.parametrize(
    "head",
    [
        "<html><head><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->",
        "<?xml version='1.0'?><!-- <?mso-application progid='Word.Document'?> --><html><head>",
        "<!---->" * 400 + "<html><head>",
    ],
)
def test_a_page_that_names_word_within_is_a_page(tmp_path, suffix, head):
    document = read(write(tmp_path, f"a{suffix}", f"{head}</head><body>{TABLE}</body></html>"))
    assert isinstance(document, Document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row.cells] for table in tables for row in table.rows] == [["a", "1"]]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(tmp_path, suffix, content):
    assert code_of(write(tmp_path, f"a{suffix}", content)) == "empty"


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        *((suffix, "部门,件数\n办公室,12\n") for suffix in (".docx", ".pdf", ".doc", ".xls", ".et", ".ods")),
        *((suffix, TABLE) for suffix in (".pdf", ".ofd")),
    ],
)
def test_text_under_the_suffix_of_an_office_program_is_told(tmp_path, suffix, content):
    with pytest.raises(ReadError) as caught:
        read(write(tmp_path, f"a{suffix}", content))
    assert caught.value.values == {"suffix": suffix, "actual": "TXT/HTML"}


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.md"])
@pytest.mark.parametrize("blank", ["\u3000\n", "\u00a0 ", "\ufeff\u200b\n"])
def test_a_file_of_blanks_is_empty(tmp_path, name, blank):
    assert code_of(write(tmp_path, name, blank * 3)) in ("empty", "binary")


def test_a_page_that_scripts_would_fill_has_no_text(tmp_path):
    page = "<html><head><title>年度报告</title></head><body><div id=app></div><script>load()</script></body></html>"
    assert code_of(write(tmp_path, "a.html", page)) == "no-text"


@pytest.mark.parametrize(
    ("suffix", "limit", "head"),
    [
        (".html", 16, b"<p>"),
        (".htm", 16, b"<p>"),
        (".txt", 32, b"<p>"),
        (".md", 32, b"<p>"),
        (".json", 32, b"<p>"),
        (".docx", 64, b"PK\x03\x04"),
        (".pdf", 64, b"%PDF-1.7"),
        (".doc", 64, b"{\\rtf1"),
    ],
)
def test_a_file_over_the_limit_is_not_read(tmp_path, suffix, limit, head):
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(limit * 2**20 + 1)  # sparse: nothing of the size is written
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.code == "too-large"
    assert caught.value.values == {"size": f"{limit}.0 MB", "limit": f"{limit} MB"}


def test_a_large_file_of_another_kind_is_told_by_its_kind(tmp_path):
    path = write(tmp_path, "a.html", b"%PDF-1.7")
    os.truncate(path, 100 * 2**20)
    assert code_of(path) == "wrong-suffix"


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.ppt", "unknown-suffix"), ("a.xlsb", "unknown-suffix"), ("a", "no-suffix"), (".md", "no-suffix")],
)
def test_a_name_that_tells_no_reader(tmp_path, name, code):
    path = write(tmp_path, name, "x")
    with pytest.raises(ReadError) as caught:
        read(path)
    assert (caught.value.code, caught.value.values["known"]) == (code, " ".join(SUFFIXES))


def test_what_is_not_there_cannot_be_opened(tmp_path):
    assert code_of(tmp_path / "a.html") == "cannot-open"


def test_a_folder_cannot_be_opened(tmp_path):
    (tmp_path / "a.html").mkdir()
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "a.html")
    assert caught.value.values == {"reason": "not-a-file"}


def test_a_name_that_no_file_can_have_cannot_be_opened(tmp_path):
    assert code_of(tmp_path / "a\0b.html") == "cannot-open"
    assert code_of(tmp_path / ("长" * 300 + ".html")) == "cannot-open"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.html")
    assert code_of(tmp_path / "a.html") == "cannot-open"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_cannot_be_opened(tmp_path):
    path = write(tmp_path, "a.html", "<p>x")
    path.chmod(0)
    assert code_of(path) == "cannot-open"


PAGE = "<html><head><title>云溪县档案局报告</title></head><body><p>政府信息公开工作年度报告</p></body></html>"


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".docm", ".xls", ".xlsx", ".xlsm", ".odt", ".ods", ".wps", ".et"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_page_under_the_suffix_of_an_office_file_is_read_and_told(tmp_path: Path, suffix: str, encoding: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(PAGE.encode(encoding))
    document = read(path)
    assert isinstance(document, Document)
    assert document.title == "云溪县档案局报告"
    assert [(remark.code, remark.values) for remark in document.remarks] == [("page-under-suffix", {"suffix": suffix})]


def test_text_under_the_suffix_of_an_office_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_text("政府信息公开<p>", encoding="utf-8")
    with pytest.raises(ReadError) as refused:
        read(path)
    assert refused.value.code == "wrong-suffix"


def archive(*parts: tuple[str, bytes]) -> bytes:
    listed = b"".join(b"--b\r\nContent-Type: %b\r\n\r\n%b\r\n" % (kind.encode(), body) for kind, body in parts)
    head = b"From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    return head + listed + b"--b--\r\n"


@pytest.mark.parametrize("suffix", [".mht", ".mhtml", ".html", ".doc"])
def test_a_page_saved_in_one_file_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(archive(("text/css", b"p{}"), ("text/html; charset=gb2312", PAGE.encode("gb18030"))))
    document = read(path)
    assert isinstance(document, Document)
    assert document.title == "云溪县档案局报告"


def test_an_archive_without_a_page_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_bytes(archive(("image/png", b"x")))
    with pytest.raises(ReadError) as refused:
        read(path)
    assert refused.value.code == "damaged"


def test_archives_inside_archives_are_not_gone_into_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    inside = b"x"
    for number in range(40):
        head = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % number
        inside = head + b"--b%d\r\n%b\r\n--b%d--\r\n" % (number, inside, number)
    path.write_bytes(b"From: a\r\n" + inside)
    with pytest.raises(ReadError) as refused:
        read(path)
    assert refused.value.code == "too-deep"
