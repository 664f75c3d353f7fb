"""Comments that ask not to tell what a rule finds."""

import time

import pytest

from validator.model.document import Paragraph, Remark
from validator.model.location import TextPlace
from validator.readers import read
from validator.readers.decoding import find_ignores, hide_comments

PAGE = "<html><body>\n<p>政府信息公开工作年度报告</p>\n{}\n</body></html>"


def ignore(line, rule, reason):
    return Remark("inline-ignore", {"line": line, "rule": rule, "reason": reason}, TextPlace(line, 1))


def malformed(line, comment):
    return Remark("inline-ignore-malformed", {"line": line, "comment": comment}, TextPlace(line, 1))


@pytest.mark.parametrize(
    ("comment", "remark"),
    [
        ("<!-- gouji: ignore review-total 复议机关已书面说明 -->", ignore(1, "review-total", "复议机关已书面说明")),
        ("\n\n<!--gouji:ignore narrative — 见 附件\n二-->", ignore(3, "narrative", "见 附件 二")),
        ("<!-- gouji： ignore form-year：补报 -->", ignore(1, "form-year", "补报")),
        ("<!-- gouji: ignore form-year (补报) -->", ignore(1, "form-year", "(补报)")),
        ("<!-- gouji: ignore review-total -->", malformed(1, "ignore review-total")),
        ("<!-- gouji: ignore review-total : - -->", malformed(1, "ignore review-total : -")),
        ("<!-- gouji: ignroe review-total 理由 -->", malformed(1, "ignroe review-total 理由")),
        ("<!-- gouji: -->", malformed(1, "")),
    ],
)
def test_what_a_comment_asks(comment, remark):
    assert find_ignores(comment) == (remark,)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- screen: gouji check a.html -->",
        "gouji: ignore review-total x",
        "<!-- gouji: ignore review-total x",
        "<!-->",
    ],
)
def test_what_is_no_comment_to_this_program(text):
    assert find_ignores(text) == ()


def test_a_page_hands_its_comments_on_and_shows_none(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE.format("<!-- gouji: ignore review-total 已说明 -->"), encoding="utf-8")
    document = read(path)
    assert document.remarks == (ignore(3, "review-total", "已说明"),)
    assert [block.text for block in document.blocks] == ["政府信息公开工作年度报告"]


def test_markdown_shows_no_comment_and_keeps_its_lines(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "# 政府信息公开\n<!-- gouji: ignore narrative\n已说明 --> 受理3件\n<!-- 2件 -->\n完", encoding="utf-8"
    )
    document = read(path)
    assert document.remarks == (ignore(2, "narrative", "已说明"),)
    shown = [(block.text, block.location.line) for block in document.blocks if isinstance(block, Paragraph)]
    assert shown == [("政府信息公开", 1), ("受理3件", 3), ("完", 5)]


def test_plain_text_has_no_comments(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("政府信息公开\n<!-- gouji: ignore narrative 已说明 -->\n", encoding="utf-8")
    assert read(path).remarks == ()


def test_places_stay_where_they_were():
    text = "a <!-- 一\n二 --> b <!-- c --> d <!-- e"
    hidden = hide_comments(text)
    assert len(hidden) == len(text)
    assert [(word, hidden.index(word)) for word in ("a", "\n", "b", "d", "e")] == [
        (word, text.index(word)) for word in ("a", "\n", "b")
    ] + [("d", text.index("d")), ("e", text.rindex("e"))]
    assert "一" not in hidden
    assert "c" not in hidden


@pytest.mark.parametrize(
    "text", ["<!-- gouji:" * 400_000, "<!-- gouji: ignore a b -->" * 200_000, "<!--" + " " * 4_000_000]
)
def test_many_comments_take_no_long_time(text):
    start = time.perf_counter()
    assert len(find_ignores(text)) <= 50
    hide_comments(text)
    assert time.perf_counter() - start < 10
