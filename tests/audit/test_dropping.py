"""Files dropped into the page of `gouji serve` in a real browser, and others who try to get at them."""

import io
import os
import re
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest
from figures import make_figures
from openpyxl import load_workbook
from typeset.grid import print_report
from word_writer import write_word

from validator.pipeline import load_ruleset

pytestmark = pytest.mark.slow
SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_reports" / "faulty"
SWAPPED = SAMPLES / "digits_swapped_2022" / "report.html"
DROP = """async ([names, texts]) => {
  const bag = new DataTransfer();
  names.forEach((name, n) => bag.items.add(new File([texts[n]], name)));
  window.dispatchEvent(new DragEvent("dragenter", { dataTransfer: bag, cancelable: true }));
  window.dispatchEvent(new DragEvent("drop", { dataTransfer: bag, cancelable: true }));
}"""


@pytest.fixture
def address(tmp_path):
    """Serve the page in a process of its own, whose temporary files lie in a folder of the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "validator", "serve", "--no-browser"],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONUTF8": "1"},
    )
    yield re.search(r"http://127\.0\.0\.1:\d+/[\w-]{20,}/", process.stderr.readline()).group()
    process.terminate()
    process.wait(20)
    process.stderr.close()
    assert not list(tmp_path.glob("gouji-*"))


@pytest.fixture
def enter(browser, address):
    """Open the page in a browser of its own; at the end nothing may have been complained of or asked for elsewhere."""
    contexts, complaints = [], []

    def open_page(width=1200, theme="light"):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith(address) or complaints.append(request.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_dropped_file_is_marked_at_once(enter):
    page = enter()
    page.evaluate(DROP, [[SWAPPED.name], [SWAPPED.read_text(encoding="utf-8")]])
    line = page.locator(".report-line")
    line.wait_for(timeout=60_000)
    assert "青峰县自然资源局 2022年" in line.locator("h4").inner_text()
    assert re.search(r"72，应为\s?27", line.locator(".problems li").inner_text())
    with page.expect_popup() as opened:
        line.locator("a.go").first.click()
    audit = opened.value
    audit.wait_for_load_state()
    assert "青峰县自然资源局" in audit.title()
    assert SWAPPED.name in audit.content()
    assert "/tmp" not in audit.content()
    with page.expect_download() as list_:
        page.get_by_text("下载问题清单").click()
    assert list_.value.suggested_filename == "问题清单.xlsx"
    sheet = load_workbook(io.BytesIO(Path(list_.value.path()).read_bytes())).worksheets[0]
    assert any("青峰县自然资源局" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    page.reload()
    page.locator(".report-line").wait_for(timeout=20_000)


def _write_word(path):
    form = load_ruleset().forms["2021"]
    figures = make_figures(form, Random(5))
    figures["applications.rejected.petition.natural_person"] += 30
    texts = {address: str(figure) for address, figure in figures.items()}
    return write_word(print_report(form, texts, organization="青峰县自然资源局", year=2022), path)


def test_the_copy_of_a_word_file_has_its_problems_marked(enter, tmp_path):
    page = enter()
    page.set_input_files("#files", _write_word(tmp_path / "年度报告.docx"))
    with page.expect_download(timeout=60_000) as copy:
        page.get_by_text("下载批注副本").click(timeout=60_000)
    assert copy.value.suggested_filename.endswith(".docx")
    with zipfile.ZipFile(copy.value.path()) as package:
        assert "应为" in package.read("word/comments.xml").decode()
    with page.expect_download() as mended:
        page.get_by_text("下载更正副本").click()
    with zipfile.ZipFile(mended.value.path()) as package:
        assert "<w:ins " in package.read("word/document.xml").decode()


def test_two_people_at_once_see_their_own(enter):
    first, second = enter(), enter()
    first.set_input_files("#files", [SWAPPED, SAMPLES / "district_2023" / "report.html"])
    second.set_input_files("#files", [str(Path(__file__))])
    second.locator(".report-line.unreadable").wait_for(timeout=60_000)
    first.locator(".report-line.failed").nth(1).wait_for(timeout=60_000)
    assert first.locator(".report-line").count() == 2
    assert second.locator(".report-line").count() == 1
    assert "不支持" in second.locator(".verdict").inner_text()
    first.get_by_text("移除").click()
    assert first.locator(".report-line").count() == 0
    assert second.locator(".report-line").count() == 1


@pytest.mark.parametrize(("width", "theme"), [(1200, "light"), (390, "dark")])
def test_the_page_is_in_nobodys_way(enter, axe, width, theme):
    page = enter(width, theme)
    for filled in (False, True):
        if filled:
            page.set_input_files("#files", [SWAPPED, str(Path(__file__))])
            page.locator(".report-line").nth(1).wait_for(timeout=60_000)
            assert "1份有错误" in page.locator("[role=status]").inner_text()
        page.evaluate(axe + "; 0")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_is_enough(enter):
    page = enter()
    page.bring_to_front()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "choose-files"
    with page.expect_file_chooser() as chooser:
        page.wait_for_timeout(500)  # the browser takes a moment to hand its dialog over to the test
        page.keyboard.press("Enter")
    chooser.value.set_files(SWAPPED)
    page.locator(".report-line.failed").wait_for(timeout=60_000)


class _Hostile(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>hostile</title>")

    def log_message(self, *_):
        pass


def test_a_hostile_page_gets_nothing_even_with_the_token(browser, address):
    other = ThreadingHTTPServer(("127.0.0.1", 0), _Hostile)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{other.server_port}/")
        for method, path in (("GET", ""), ("GET", "alive"), ("POST", "batches")):
            said = page.evaluate(
                "([url, method]) => fetch(url, {method}).then(a => a.text()).catch(e => 'refused')",
                [address + path, method],
            )
            assert said == "refused"
        status = page.evaluate(
            "url => fetch(url, {method: 'POST', mode: 'no-cors', body: 'x'}).then(a => a.type).catch(e => 'refused')",
            address + "batches",
        )
        assert status in ("opaque", "refused")
        page.set_content(f"<iframe src='{address}'></iframe><form method=post action='{address}batches'></form>")
        page.wait_for_timeout(300)
        assert all("拖到这里" not in frame.content() for frame in page.frames[1:])
        with page.expect_navigation() as sent:
            page.evaluate("document.forms[0].submit()")
        assert sent.value.status == 403
        page.close()
    finally:
        other.shutdown()
        other.server_close()


def test_a_name_that_is_bound_anew_to_this_computer_is_refused(browser, address):
    port, path = re.search(r":(\d+)(/.*)", address).groups()
    page = browser.new_page()
    # Chromium resolves every name below .localhost to this computer, as a hostile resolver would its own.
    answer = page.goto(f"http://rebound.localhost:{port}{path}")
    assert answer.status == 403
    assert "拖到这里" not in page.content()
    page.close()
