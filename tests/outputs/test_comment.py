"""The Markdown comment, read by GitHub's own Markdown parser: order, folding, limits, and texts that stay texts."""

import re
from html import unescape

import cmarkgfm
import pytest
from msgspec.structs import replace
from results import ALL, FAILED, GRANTED, PASSED, ROW_BROKEN, UNREADABLE, make_results, render

from validator.model.bilingual import Bilingual
from validator.model.result import Known, Results
from validator.render.look import Look

GITHUB_TAKES = 65_536
MENTION = re.compile(r"(?<![a-zA-Z0-9_`])@[a-z0-9]", re.I)
REFERENCE = re.compile(r"(?<!\w)(?:#|GH-|[!$%&~])\w", re.I)
EMOJI = re.compile(r":[a-z0-9_+-]+:")


def show(results: Results, look: Look | None = None) -> str:
    """Give the comment as HTML; nothing in it may be a link, and no text what a forge makes a link or a ping of."""
    text = render("markdown", results, look or Look()).encode("utf-8", "backslashreplace").decode()
    assert len(text) <= GITHUB_TAKES
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    tags = {tag.split()[0].strip("/") for tag in re.findall(r"<(/?[a-z][^>]*)>", html)}
    assert tags <= {"h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "p", "br", "strong", "sub"} | {
        "details",
        "summary",
        "blockquote",
    }
    words = unescape(re.sub(r"<[^>]*>", "\n", html))
    for pattern in (MENTION, REFERENCE, EMOJI):
        assert pattern.findall(words) == []
    assert "://" not in words
    assert not re.search(r"www\.", words)
    return html


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_the_summary_is_a_table():
    html = show(ALL)
    assert "<h3>勾稽核对：1份报告有错误，1份无法读取</h3>" in html
    cells = re.findall(r'<t[hd] align="right">(.*?)</t[hd]>', html)
    assert dict(zip(cells[:8], cells[8:], strict=True)) == {
        "报告": "3",
        "有错误": "1",
        "通过": "1",
        "无法读取": "1",
        "错误": "2",
        "警告": "1",
        "提示": "1",
        "勾稽关系核对": "83/84",
    }


def test_the_likely_cause_is_bold_and_its_findings_are_folded():
    html = show(ALL)
    assert re.search(r"<strong>最可能：.*商业企业填报为12，应为21（数字颠倒）.*?</strong>", html)
    assert "<summary>错误：2条</summary>" in html
    assert text_of(html).count("左边30，右边21，相差9") == 1


def test_problems_come_first_and_unreadable_files_apart():
    text = text_of(show(make_results(replace(FAILED, source="z.html"), PASSED, UNREADABLE)))
    order = ["z.html", "无法读取\n", "reports/c.html：文件是空的", "未能核对"]
    assert [text.index(words, 100) for words in order] == sorted(text.index(words, 100) for words in order)
    warned = replace(FAILED, source="a.html", findings=FAILED.findings[:2], diagnosis=())
    text = text_of(show(make_results(warned, replace(FAILED, source="z.html"))))
    assert text.index("z.html") < text.index("a.html")


def test_samples_are_shown_whole(samples):
    text = text_of(show(samples))
    assert "篇幅所限" not in text
    for report in samples.reports:
        for finding in report.findings:
            assert f"({finding.rule})" in text


@pytest.mark.parametrize("count", [300, 1200])
def test_a_comment_that_would_be_too_long_is_cut_and_says_so(count):
    reports = [replace(FAILED, source=f"{n:04}.html") for n in range(count)]
    lost = [replace(UNREADABLE, source=f"lost/{n:04}.html") for n in range(count)]
    results = make_results(*reports, *lost)
    text = text_of(show(results))
    (left,) = re.findall(r"另有(\d+)处问题没有列出", text)
    assert text.count("左边30，右边21") < count
    shown = sum(text.count(f"({finding.rule})") for finding in FAILED.findings)
    assert shown + int(left) == 4 * count
    assert f"另有{count - 50}份没有列出" in text


def test_one_endless_message_does_not_break_the_limit():
    finding = replace(ROW_BROKEN, message=Bilingual("长" * 70_000, ""))
    endless = replace(UNREADABLE, error=Bilingual("|" * 70_000, ""))
    text = text_of(show(make_results(replace(FAILED, findings=(finding,)), endless)))
    assert "另有1处问题没有列出" in text
    assert "另有1份没有列出" in text


def test_hostile_texts_stay_texts(hostile):
    html = show(hostile)
    plain = text_of(html).replace("\u200b", "")
    assert "##[error]z]]><b>&amp;\"'|`x`$(id) @admin @org/team #12 GH-7 !3 %4 ~bug :tada:" in plain
    assert "[l](http://evil.example) www.evil.example <!-- -->" in plain
    assert len(re.findall(r"<td", html)) == 8


@pytest.mark.parametrize("text", ["# x", "- x", "1. x", "> x", "    x", "===", "---", "| a | b |", "<details>", "~~~"])
def test_no_text_begins_a_block(text):
    report = replace(FAILED, source=text, names=dict.fromkeys(FAILED.names, Bilingual(text, text)))
    html = show(make_results(report, replace(UNREADABLE, source=text)))
    assert html.count("<h3") == html.count("<table") == 1
    assert html.count("<details>") == html.count("</details>") == 2
    assert text.strip() in text_of(html).replace("\u200b", "")


def test_what_was_left_out_is_told():
    known = Known(2, 3, (Bilingual("丙局 review-total", ""),), (Bilingual("第3行的例外已到期", ""),))
    text = text_of(show(replace(ALL, known=known)))
    for words in ("第3行的例外已到期", "基线中的1条已改正", "按配置不列出2条", "已记入基线3条"):
        assert words in text


def test_quiet_leaves_out_notes_and_what_was_not_assessed():
    quiet, loud = text_of(show(ALL, Look(quiet=True))), text_of(show(ALL))
    for words in ("form-blank", "未能核对"):
        assert words in loud
        assert words not in quiet


def test_english():
    text = text_of(show(ALL, Look("en")))
    assert "Cross-check: 1 report(s) with errors, 1 unreadable" in text
    assert GRANTED not in text


def test_nothing_wrong_says_so():
    assert "没有发现错误" in show(make_results(PASSED))
