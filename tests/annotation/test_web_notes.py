"""Notes in a web page: a style sheet more and no other byte, at the right elements of the tree of browsers."""

import re
import shutil
from email import message_from_bytes
from pathlib import Path

import pytest
import tinycss2
from selectolax.lexbor import LexborHTMLParser
from slipped import annotated_copy, slipped_draft
from variants import web

from validator.annotation.notes import COLOURS
from validator.model.document import Table
from validator.pipeline import Settings, check_paths
from validator.pipeline.copies import annotate_files
from validator.readers.decoding import decode
from validator.readers.web import find_web_places, read_markup
from validator.render.look import Look

SAMPLES = sorted((Path(__file__).parents[2] / "sample_reports").glob("*/*/report.html"))
OPENING = '<style data-gouji="notes">'


def _write(way):
    draft, said = slipped_draft()
    return web.WAYS[way](draft), said


@pytest.fixture(scope="module")
def slipped():
    return _write("plain")


def _copy(data, path, look=Look(), actual="TXT/HTML"):  # noqa: B008 - it is frozen
    return annotated_copy(data, path, actual, look)


def _rules(page):
    """Give the contents that the sheet of a page prints, and the colours behind elements, by the selectors."""
    contents, colours = {}, {}
    sheet = page[page.index(OPENING) + len(OPENING) :].partition("</style>")[0]
    for rule in tinycss2.parse_stylesheet(sheet, skip_whitespace=True, skip_comments=True):
        if rule.type == "qualified-rule":
            selector = tinycss2.serialize(rule.prelude)
            for one in tinycss2.parse_declaration_list(rule.content, skip_whitespace=True):
                if one.name == "content":
                    contents[selector] = one.value[0].value
                if one.name == "background" and "::" not in selector:
                    colours[selector] = tinycss2.serialize(one.value)
    return contents, colours


def _marked(page, colour):
    """Give the texts of the elements that a colour lies behind."""
    tree = LexborHTMLParser(page)
    found = [tree.css(selector) for selector, said in _rules(page)[1].items() if said == f"#{COLOURS[colour]}"]
    assert all(len(nodes) == 1 for nodes in found)
    return [node.text().strip() for (node,) in found]


def test_the_cell_is_marked_and_its_note_stands_below_its_table(slipped, tmp_path):
    data, figure = slipped
    page = _copy(data, tmp_path / "a.html")[0].decode()
    assert _marked(page, "error") == [str(figure)]
    assert _marked(page, "touched")
    contents, _ = _rules(page)
    ((table, said),) = ((selector, said) for selector, said in contents.items() if "填报为" in said)
    assert said.startswith("1  表三 (五)不予处理·1.信访举报投诉类申请 自然人\n填报为：")
    assert f"应为：{figure - 30}（确定" in said
    (found,) = LexborHTMLParser(page).css(table.removesuffix("::after"))
    assert found.tag == "table"
    assert "信访举报投诉类申请" in found.text()
    assert contents["html>body::before"] == "gouji（勾稽）核对批注，共1条：编号在有关的格上，内容在表的下方"


def test_notes_are_in_english_if_asked(slipped, tmp_path):
    contents, _ = _rules(_copy(slipped[0], tmp_path / "a.html", Look("en"))[0].decode())
    assert any(f"Should be: {slipped[1] - 30} (certain" in said for said in contents.values())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_no_other_byte_differs_and_the_sheet_is_ascii(encoding, slipped, tmp_path):
    data = slipped[0].decode().encode(encoding)
    copy, before = _copy(data, tmp_path / "a.html")
    own = "utf-16-le" if encoding == "utf-16" else encoding
    start, end = copy.index(OPENING.encode(own)), copy.index("</style>".encode(own), copy.index(OPENING.encode(own)))
    end += len("</style>".encode(own))
    assert copy[:start] + copy[end:] == data
    assert copy[start:end].decode(own).isascii()
    assert _copy(copy, tmp_path / "a.html") == (copy, before)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("</body>", "</body><!-- </body> -->"),
        pytest.param(*("</body>", "<script>var end = '</body>'</script></body>"), marks=pytest.mark.slow),
        pytest.param(*("</body>", ""), marks=pytest.mark.slow),
        ("</body></html>", ""),
        pytest.param(*("</body>", "</body><p>附件</p><table><tr><td>9</table>"), marks=pytest.mark.slow),
        ("<head>", "<head><noscript><p>请启用脚本</p></noscript>"),
        pytest.param(
            *("<body>", "<body><p><noscript><div>请启用脚本</div></noscript>首页</p>"), marks=pytest.mark.slow
        ),
        pytest.param(*("<body>", "<body><div id='main'><b><p>"), marks=pytest.mark.slow),
        ("</body>", "<!-- </body>"),
        pytest.param(*("</body>", "<textarea>备注</body>"), marks=pytest.mark.slow),
    ],
)
def test_pages_that_are_not_well_formed(written, instead, slipped, tmp_path):
    data = slipped[0].decode().replace(written, instead).encode()
    copy, before = _copy(data, tmp_path / "a.html")
    page = copy.decode()
    assert (
        page.replace(page[page.index(OPENING) : page.index("</style>", page.index(OPENING)) + 8], "").encode() == data
    )
    if "noscript" not in instead:  # which stands in another tree than this one
        assert _marked(page, "error") == [str(slipped[1])]
    assert _copy(copy, tmp_path / "a.html") == (copy, before)


def test_a_mended_page_loses_its_notes(slipped, tmp_path):
    data, figure = slipped
    copy, _ = _copy(data, tmp_path / "a.html")
    right = copy.decode().replace(f"<td>{figure}</td>", f"<td>{figure - 30}</td>", 1).encode()
    mended, (report,) = _copy(right, tmp_path / "a.html")
    assert report.findings == ()
    assert mended == data.decode().replace(f"<td>{figure}</td>", f"<td>{figure - 30}</td>", 1).encode()


def test_what_has_no_place_in_the_page_is_told_at_its_head(tmp_path):
    contents, colours = _rules(_copy(_write("framed")[0], tmp_path / "a.html")[0].decode())
    assert colours == {}
    assert "1  表三 (五)不予处理·1.信访举报投诉类申请 自然人" in contents["html>body::before"]


def test_a_note_on_words_stands_below_their_paragraph(slipped, tmp_path):
    said = "2023年共收到政府信息公开申请99999件。"
    data = slipped[0].decode().replace("我单位依法做好政府信息公开工作。", said).encode()
    page = _copy(data, tmp_path / "a.html")[0].decode()
    assert said in _marked(page, "error")
    (selector,) = (one for one, words in _rules(page)[0].items() if "99999" in words)
    assert LexborHTMLParser(page).css_first(selector.removesuffix("::after")).text() == said


def test_nothing_of_the_page_can_end_the_sheet_or_a_string_of_it(tmp_path, slipped):
    said = '2023年共收到政府信息公开申请99999件</style><script>x()</script>"}*{}\\。'
    escaped = said.replace("<", "&lt;")
    data = slipped[0].decode().replace("我单位依法做好政府信息公开工作。", escaped).encode()
    page = _copy(data, tmp_path / "a.html")[0].decode()
    sheet = page[page.index(OPENING) + len(OPENING) :].partition("</style>")[0]
    assert not re.search(r"[<>](?!body|\*|[a-z1-6]+:nth)|url\(|@import", sheet)
    assert LexborHTMLParser(page).css("script") == []


def test_a_page_under_the_suffix_of_an_office_comes_back_as_a_page(slipped, tmp_path):
    (tmp_path / "a.doc").write_bytes(slipped[0])
    (copy,) = annotate_files(check_paths([tmp_path / "a.doc"], Settings()).results, Look())
    assert copy.error is None
    assert copy.path.name == "a.doc.html"
    assert "用浏览器打开" in copy.remarks[0].zh
    assert _marked(copy.data.decode(), "error") == [str(slipped[1])]


@pytest.mark.parametrize(
    "way", ["archive-quoted", *(pytest.param(w, marks=pytest.mark.slow) for w in ("archive-base64", "archive-8bit"))]
)
def test_in_an_archive_the_page_is_annotated_and_other_parts_stay(way, tmp_path):
    data, figure = _write(way)
    copy, before = _copy(data, tmp_path / "a.mht", actual="MHTML")
    parts = [list(message_from_bytes(file).walk()) for file in (data, copy)]
    (old, new) = (found[1].get_payload(decode=True).replace(b"\r\n", b"\n").decode() for found in parts)
    assert _marked(new, "error") == [str(figure)]
    assert re.sub(f"{OPENING}[^<]*</style>", "", new).strip() == old.strip()
    assert parts[0][2].as_bytes() == parts[1][2].as_bytes()
    again, after = _copy(copy, tmp_path / "a.mht", actual="MHTML")
    assert (again, after) == (copy, before)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_every_place_that_is_read_has_the_element_that_says_it(path):
    markup = decode(path.read_bytes(), html=True)[0].encode()
    blocks = read_markup(markup, "a.html").blocks
    said = [(c.location, c.text) for b in blocks if isinstance(b, Table) for row in b.rows for c in row.cells]
    said += [(block.location, block.text) for block in blocks if not isinstance(block, Table)]
    _, places = find_web_places(markup)
    assert {place for place, _ in said} <= places.keys()
    assert [text for place, text in said if "".join(text.split()) not in "".join(places[place].text().split())] == []


_TEXTS = """selectors => selectors.map(selector => {
  const found = document.querySelectorAll(selector);
  return found.length === 1 ? found[0].textContent : found.length;
})"""


@pytest.mark.slow
def test_a_browser_finds_the_same_elements(tmp_path):
    """Of every place of the samples and of many ways to write a page, not only of those that have a note."""
    from playwright.sync_api import sync_playwright

    from validator.annotation.web import _Page

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("needs Chromium")
    pages = [path.read_bytes() for path in SAMPLES]
    pages += [_write(way)[0] for way in web.WAYS if way not in ("gb", "as-xls") and not way.startswith("archive")]
    plain = _write("plain")[0].decode()
    for written, instead in (
        ("<head>", "<head><noscript><p>请启用脚本</p></noscript>"),
        ("<body>", "<body><p><noscript><div>请启用脚本</div></noscript>首页</p>"),
        ("<body>", "<body><font><b><p><div>"),
        ("<tr>", "<tr><b>错位</b>"),
        ("<tbody>", ""),
        ("</td>", ""),
    ):
        pages.append(plain.replace(written, instead).encode())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = chromium.new_context(offline=True).new_page()
        for data in pages:
            path = tmp_path / "a.html"
            path.write_bytes(data + f"{OPENING}</style>".encode())
            page = _Page(path.read_bytes())
            found = {page.select(node): node.text() for place in page.places if (node := page.find(place)) is not None}
            tab.goto(path.as_uri(), wait_until="domcontentloaded")
            shown = tab.evaluate(_TEXTS, list(found))
            assert [str(text).split() for text in shown] == [text.split() for text in found.values()]
        copy, _ = _copy(plain.encode(), path)
        path.write_bytes(copy)
        tab.goto(path.as_uri())
        ((selector, number),) = ((one, said) for one, said in _rules(copy.decode())[0].items() if said == "1")
        cell = selector.removesuffix("::after")
        assert tab.eval_on_selector(cell, "cell => getComputedStyle(cell, '::after').content") == f'"{number}"'
        tab.hover(cell)
        assert "填报为" in tab.eval_on_selector(cell, "cell => getComputedStyle(cell, '::after').content")
        chromium.close()
