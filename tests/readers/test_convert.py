"""Old formats through LibreOffice: what comes out is what went in, nothing is run or fetched, failures are one line."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from openpyxl import Workbook

from validator.errors import ReadError
from validator.model.document import Paragraph, Remark
from validator.readers import read
from validator.readers.convert import convert, office
from validator.readers.package import OLE

needs_office = pytest.mark.skipif(
    office.find_office() is None and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)
NAMES = ("office", "text", "table", "script", "svg:svg-compatible", "draw:drawing")
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long or short}:1.0"'
    for short, _, long in (name.partition(":") for name in NAMES)
)
MORE_SPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
LIBRARY = 'xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"'
BODY = "\\uc1\\u25919?\\u24220? 2023\\par"  # 政府


@pytest.fixture(autouse=True, scope="module")
def _end_office() -> Iterator[None]:
    yield
    office.close_office()


def open_document(kind: str, body: str, scripts: str = "", extra: dict[str, str] | None = None) -> bytes:
    content = (
        f'<?xml version="1.0"?><office:document-content {SPACES} {MORE_SPACES} office:version="1.2">{scripts}'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    media = f"application/vnd.oasis.opendocument.{kind}"
    parts = {"content.xml": content, **(extra or {})}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (("/", media), *((name, "text/xml") for name in parts))
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", media)
        for name, text in parts.items():
            package.writestr(name, text)
        manifest = f'<manifest:manifest xmlns:manifest="{space}">{entries}</manifest:manifest>'
        package.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()


def code_of(data: bytes, name: str, target: str = "docx", seconds: float = 120) -> ReadError:
    with pytest.raises(ReadError) as caught:
        convert(data, name, target, seconds)
    return caught.value


@needs_office
def test_a_file_of_a_long_chinese_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / ("某某县人民政府办公室政府信息公开工作年度报告（公开稿）" * 2 + ".rtf")
    path.write_bytes(("{\\rtf1\\ansi " + BODY + "}").encode())
    document = read(path)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["政府 2023"]
    assert document.source == path.as_posix()


@needs_office
def test_text_under_doc_is_converted_by_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(("{\\rtf1\\ansi " + BODY + "}").encode())
    assert [block.text for block in read(path).blocks] == ["政府 2023"]


@needs_office
def test_changes_that_wait_for_approval_are_kept() -> None:
    who = "<dc:creator>a</dc:creator><dc:date>2024-01-05T10:00:00</dc:date>"
    info = f'<office:change-info xmlns:dc="http://purl.org/dc/elements/1.1/">{who}</office:change-info>'
    body = (
        '<text:tracked-changes><text:changed-region text:id="a" xml:id="a"><text:deletion>'
        f"{info}<text:p>12</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>共<text:change text:change-id="a"/>13件</text:p>'
    )
    with zipfile.ZipFile(BytesIO(convert(open_document("text", body), "a.odt", "docx"))) as package:
        document = package.read("word/document.xml").decode()
    assert "<w:del " in document
    assert ">12</w:delText>" in document


@needs_office
def test_formats_of_numbers_survive_and_formulas_are_told(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["规章", 1234, 12.5], ["文件", 6, 0.25], ["合计", "=B1+B2", "12"]):
        book.active.append(row)
    book.active["B1"].number_format = "#,##0"
    book.active["C1"].number_format = "0.00"
    book.active["C2"].number_format = "0%"
    target = BytesIO()
    book.save(target)
    found = office.find_office()
    assert found is not None
    running = office.office_at(found)
    old = _save_as(running, target.getvalue(), "xls", "MS Excel 97")
    assert old.startswith(OLE)
    for name in ("a.xls", "a.et"):
        path = tmp_path / name
        path.write_bytes(old)
        document = read(path)
        (table,) = document.blocks
        texts = [[cell.text for cell in row.cells] for row in table.rows]
        assert texts == [["规章", "1,234", "12.50"], ["文件", "6", "25%"], ["合计", "1240", "12"]]
        assert Remark("formulas-recalculated", {"count": 1}) in document.remarks


def _save_as(running: office.Office, data: bytes, suffix: str, name: str) -> bytes:
    """Let LibreOffice write an old file, to have one to read."""
    filters = office._FILTERS
    filters[suffix] = f"{suffix}:{name}"
    try:
        return running.convert(data, ".xlsx", suffix, 60)
    finally:
        del filters[suffix]


@needs_office
def test_nothing_is_fetched_and_no_macro_runs(tmp_path: Path) -> None:
    """A file that asks for pictures, sections, objects and sheets of a server, and writes a file when it is opened.

    Under the settings of a fresh profile the server is asked for img and obj; under ours it must not be. The macro
    would not run under either, for a conversion runs none; ours forbid it as well.
    """
    written = tmp_path / "written"
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_listen, args=(server, asked), daemon=True).start()
        there = f"http://127.0.0.1:{server.getsockname()[1]}"
        link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
        size = 'svg:width="3cm" svg:height="3cm"'
        event = (
            '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script"'
            ' script:event-name="dom:load" xlink:type="simple"'
            ' xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>'
            "</office:event-listeners></office:scripts>"
        )
        code = f'Sub Main\nOpen "{written}" For Output As #1\nClose #1\nShell("touch {written}")\nEnd Sub'
        macro = {
            "Basic/script-lc.xml": f"<library:libraries {LIBRARY} {MORE_SPACES}>"
            '<library:library library:name="Standard" library:link="false"/></library:libraries>',
            "Basic/Standard/script-lb.xml": f'<library:library {LIBRARY}><library:element library:name="M"/>'
            "</library:library>",
            "Basic/Standard/M.xml": '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M"'
            f' script:language="StarBasic">{code.replace("&", "&amp;")}</script:module>',
        }
        text = (
            f'<text:p>报告</text:p><text:p><draw:frame {size}><draw:image xlink:href="{there}/img" {link}/>'
            '</draw:frame></text:p><text:section text:name="s">'
            f'<text:section-source xlink:href="{there}/section" {link}/><text:p>旧</text:p></text:section><text:p>'
            f'<draw:frame {size}><draw:object xlink:href="{there}/obj" {link}/>'
            "</draw:frame></text:p>"
        )
        sheet = (
            '<table:table table:name="a"><table:table-row><table:table-cell table:formula="of:=WEBSERVICE(&quot;'
            f'{there}/ws&quot;)"/><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table>'
            f'<table:table table:name="b"><table:table-source xlink:href="{there}/ods" {link}/></table:table>'
        )
        fields = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{there}/rtf"}}}}{{\\*\\template {there}/dot}}'
        assert b"word/document.xml" in convert(open_document("text", text, event, macro), "a.odt", "docx")
        assert b"xl/workbook.xml" in convert(open_document("spreadsheet", sheet, event, macro), "a.ods", "xlsx")
        assert b"word/document.xml" in convert(f"{{\\rtf1 {fields}{BODY}}}".encode(), "a.rtf", "docx")
        time.sleep(0.5)
    assert asked == []
    assert not written.exists()


def _listen(server: socket.socket, asked: list[bytes]) -> None:
    try:
        while True:
            connection, _ = server.accept()
            asked.append(connection.recv(100))
            connection.close()
    except OSError:
        return  # the test is over


@needs_office
def test_what_it_cannot_open_is_told_and_the_next_file_is_read() -> None:
    nothing = OLE + bytes(2000)
    error = code_of(nothing, "a.wps")
    assert (error.code, error.values["suffix"], error.values["better"]) == ("office-failed", ".wps", ".docx")
    assert convert(("{\\rtf1 " + BODY + "}").encode(), "b.rtf", "docx").startswith(b"PK")


@needs_office
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_office_that_died_is_replaced_and_leaves_nothing_behind() -> None:
    data = ("{\\rtf1 " + BODY + "}").encode()
    convert(data, "a.rtf", "docx")
    (running,) = office._running
    os.killpg(_child_of(running._guard.pid), signal.SIGKILL)
    end = time.monotonic() + 5
    while not running.is_worn and time.monotonic() < end:
        time.sleep(0.02)
    assert convert(data, "b.rtf", "docx").startswith(b"PK")
    assert office._running[0] is not running
    assert not running._folder.exists()


def _child_of(pid: int) -> int:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return int(found.stdout.split()[0])


def write_office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of our own in the place of LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\nimport pathlib, sys, time\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    office.close_office()
    monkeypatch.setenv(office.OVERRIDE, str(path))


STARTS = "own = pathlib.Path(sys.argv[-1])\nif own.name == 'open.txt':\n    own.with_name('.~lock.open.txt#').touch()\n"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="scripts that run by themselves")
def test_one_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_office(tmp_path, f"{STARTS}time.sleep(60)", monkeypatch)
    start = time.monotonic()
    error = code_of(b"{\\rtf1 a}", "a.rtf", seconds=1)
    assert (error.code, error.values) == ("office-slow", {"seconds": 1, "suffix": ".rtf", "better": ".docx"})
    assert time.monotonic() - start < 10
    assert office._running == []


@pytest.mark.skipif(sys.platform == "win32", reason="scripts that run by themselves")
@pytest.mark.parametrize(
    ("script", "code", "detail"),
    [
        ("print('Error: no room'); sys.exit(7)", "office-failed", "Error: no room"),
        (f"{STARTS}    time.sleep(60)", "office-failed", "no output"),
        pytest.param("time.sleep(60)", "office-slow", None, marks=pytest.mark.slow),
    ],
)
def test_one_that_does_not_work_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, code: str, detail: str | None
) -> None:
    write_office(tmp_path, script, monkeypatch)
    monkeypatch.setattr(office, "START_SECONDS", 1)
    error = code_of(b"{\\rtf1 a}", "a.rtf")
    assert (error.code, error.values.get("detail")) == (code, detail)


@pytest.mark.skipif(sys.platform == "win32", reason="scripts that run by themselves")
def test_an_office_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "soffice"
    script.write_text(f"#!{sys.executable}\nimport pathlib, sys, time\n{STARTS}    time.sleep(60)\n", encoding="utf-8")
    script.chmod(0o755)
    caller = (
        "import os, sys\nfrom validator.readers.convert import office\n"
        f"running = office.office_at({str(script)!r})\nprint(running._folder, flush=True)\nos.kill(os.getpid(), 9)\n"
    )
    told = subprocess.run([sys.executable, "-c", caller], capture_output=True, text=True, check=False, cwd=os.getcwd())
    folder = Path(told.stdout.strip())
    assert folder.name.startswith("gouji-office-")
    end = time.monotonic() + 5
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not folder.exists()
    assert str(folder) not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_without_an_office_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(office.OVERRIDE, str(tmp_path / "nowhere"))
    error = code_of(b"{\\rtf1 a}", "a.rtf")
    assert (error.code, error.values) == ("needs-office", {"suffix": ".rtf", "better": ".docx"})
    assert code_of(open_document("spreadsheet", ""), "a.ods", "xlsx").values["better"] == ".xlsx"


def test_new_files_under_old_suffixes_need_no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(office.OVERRIDE, str(tmp_path / "nowhere"))
    book = Workbook()
    book.active.append(["甲", 1])
    book.save(tmp_path / "a.xlsx")
    for suffix in (".et", ".xls"):
        document = read((tmp_path / "a.xlsx").rename(tmp_path / f"a{suffix}"))
        assert [[cell.text for cell in row.cells] for row in document.blocks[0].rows] == [["甲", "1"]]
        (tmp_path / f"a{suffix}").rename(tmp_path / "a.xlsx")


def ole(stream: str, start: bytes) -> bytes:
    """A container with as much in it as tells what it holds: a header, a directory entry, the start of a stream."""
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + pack("<HB", len(name) + 2, 2) + bytes(49) + pack("<IQ", 1, 4096)
    header = OLE + bytes(22) + pack("<H", 9)
    return header.ljust(512, b"\0") + entry.ljust(512, b"\0") + start.ljust(4096, b"\0")


@pytest.mark.parametrize(
    ("data", "name", "code", "actual"),
    [
        (ole("WordDocument", bytes(10) + pack("<H", 0x0100)), "a.doc", "encrypted", None),
        (ole("WordDocument", bytes(10) + pack("<H", 0x0100)), "a.wps", "encrypted", None),
        (ole("Workbook", pack("<HH", 0x809, 2) + bytes(2) + pack("<HH", 0x2F, 4)), "a.xls", "encrypted", None),
        (ole("Book", pack("<HH", 0x809, 2) + bytes(2) + pack("<HH", 0x2F, 4)), "a.et", "encrypted", None),
        (ole("EncryptedPackage", b""), "a.doc", "encrypted", None),
        (ole("WordDocument", b""), "a.xls", "wrong-suffix", "DOC"),
        (ole("Workbook", b""), "a.wps", "wrong-suffix", "XLS"),
        (ole("Workbook", b""), "a.xls", "needs-office", None),
    ],
)
def test_old_containers_tell_what_they_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes, name: str, code: str, actual: str | None
) -> None:
    monkeypatch.setenv(office.OVERRIDE, str(tmp_path / "nowhere"))
    error = code_of(data, name, "docx" if name[-3:] in ("doc", "wps") else "xlsx")
    assert (error.code, error.values.get("actual")) == (code, actual)


@pytest.mark.parametrize(("depth", "code"), [(900, "needs-office"), (1100, "too-deep")])
def test_groups_nested_beyond_reason_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, depth: int, code: str
) -> None:
    monkeypatch.setenv(office.OVERRIDE, str(tmp_path / "nowhere"))
    text = b"{\\rtf1 " + b"\\{" * 2000 + b"{a}" * 2000 + b"{" * depth + b"}" * depth + b"}"
    assert code_of(text, "a.doc").code == code


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"META-INF/manifest.xml": "<manifest:encryption-data/>"}, "encrypted"),
        ({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "unsafe-xml"),
        ({"Pictures/a.xml": " " * 9_000_000}, "too-much-packed"),
        (
            {
                "content.xml": '<table:table-row table:number-rows-repeated="1048576">'
                '<table:table-cell table:number-columns-repeated="9"><text:p>1</text:p></table:table-cell>'
            },
            "too-much-packed",
        ),
    ],
)
def test_packages_are_looked_at_before_they_are_converted(part: dict[str, str], code: str) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in part.items():
            package.writestr(name, text)
    assert code_of(target.getvalue(), "a.ods", "xlsx").code == code
