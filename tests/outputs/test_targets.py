"""Where results go: never in place of what is read, whole or not at all, and never read as reports afterwards."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_cli import write_report

from validator.cli import main
from validator.cli import output as writing
from validator.errors import ReadError
from validator.pipeline.discovery import find_inputs
from validator.readers import SUFFIXES, read
from validator.render import EXTRAS

FORMATS_OF_FILES = (
    "terminal",
    "json",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "markdown",
    "csv",
    "problems",
    "cells",
    "html",
    "xlsx",
)


def gouji(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="gouji")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOUJI_LANG", raising=False)
    return tmp_path


@pytest.fixture
def report() -> Path:
    return write_report(Path("reports/a.json"))


def check_refused(result: Result, *said: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    for text in said:
        assert text in result.stderr


@pytest.mark.parametrize("name", FORMATS_OF_FILES)
def test_no_format_replaces_the_report_that_is_checked(report, name):
    before = report.read_bytes()
    check_refused(gouji("check", report, "-f", name, "-o", report), "reports/a.json", "要核对的文件")
    check_refused(gouji("check", report, "--report", f"{name}={report}"), "reports/a.json")
    check_refused(gouji("check", "reports", "--report", f"{name}=reports/../reports/a.json"), "reports/a.json")
    assert report.read_bytes() == before


@pytest.mark.parametrize("make_link", [os.symlink, os.link])
def test_a_link_to_an_input_is_refused(report, make_link):
    before = report.read_bytes()
    make_link(report.absolute(), "link.json")
    check_refused(gouji("check", report, "-f", "json", "-o", "link.json"), "link.json")
    check_refused(gouji("check", "link.json", "-f", "json", "-o", report), "reports/a.json")
    check_refused(gouji("check", "reports", "-f", "json", "-o", "link.json"), "link.json")
    assert report.read_bytes() == Path("link.json").read_bytes() == before


def test_an_input_is_refused_whatever_link_its_folder_is_reached_by(report):
    os.symlink(Path("reports").absolute(), "other", target_is_directory=True)
    check_refused(gouji("check", "other", "-f", "json", "-o", report))
    check_refused(gouji("check", "reports", "--report", "html=other/"))


@pytest.mark.parametrize("target", ["reports/", "./", "./reports/../", "reports/sub/"])
def test_a_folder_that_holds_an_input_is_refused(target):
    kept = write_report(Path("reports/sub/a.json"))
    Path("reports/.gouji-results").touch()
    Path("reports/sub/.gouji-results").touch()
    check_refused(gouji("check", kept, "--report", f"html={target}"), "里有要核对的文件")
    check_refused(gouji("check", kept, "-f", "parquet", "-o", target), "里有要核对的文件")
    assert kept.exists()


def test_a_folder_of_other_things_is_told_before_the_check(report):
    Path("notes").mkdir()
    Path("notes/plan.txt").write_text("x", encoding="utf-8")
    check_refused(gouji("check", report, "--report", "html=notes/"), "notes")
    assert os.listdir("notes") == ["plan.txt"]


@pytest.mark.parametrize("arguments", [("read",), ("baseline",)])
def test_other_commands_do_not_replace_an_input(report, arguments):
    before = report.read_bytes()
    check_refused(gouji(*arguments, report, "--output", report), "reports/a.json")
    assert report.read_bytes() == before


def test_what_a_run_reads_besides_is_no_output(report):
    Path("gouji.toml").write_text('ignore = ["form"]\n', encoding="utf-8")
    check_refused(gouji("check", report, "-f", "json", "-o", "gouji.toml"), "gouji.toml")
    assert gouji("baseline", report).exit_code == 0
    check_refused(
        gouji("check", report, "--baseline", "gouji-baseline.json", "-f", "json", "-o", "./gouji-baseline.json")
    )
    assert gouji("check", report, "--cache", "kept", "--shard", "1/1").exit_code == 0
    check_refused(gouji("join", "kept", "-f", "json", "-o", "kept/shard-1-of-1.gouji"))


@pytest.mark.parametrize(
    ("first", "second"), [("json=a.out", "csv=./a.out"), ("html=site/", "json=site/a.json"), ("html=s/", "parquet=s")]
)
def test_two_results_for_one_place_are_refused(report, first, second):
    check_refused(gouji("check", report, "--report", first, "--report", second), "同一个位置")
    assert sorted(os.listdir()) == ["reports"]


@pytest.mark.parametrize(
    ("target", "said"),
    [("nowhere/out.json", "没有这个文件或文件夹"), ("reports", "是文件夹"), ("reports/a.json/x", "不是文件夹")],
)
def test_a_target_that_cannot_be_written_is_told_before_the_check(report, target, said, monkeypatch):
    monkeypatch.setattr("validator.cli.check.check_paths", lambda *_: pytest.fail("it was checked"))
    check_refused(gouji("check", report, "--report", f"json={target}"), target, said)


@pytest.mark.parametrize("mode", ["r+b", "xb"])
def test_a_target_that_is_closed_to_us_is_told_before_the_check(report, mode, monkeypatch):
    Path("a.csv").write_text("open in another program", encoding="utf-8")
    opened = Path.open

    def refuse(self: Path, how: str = "r", **options: object) -> object:
        if how == mode:
            raise PermissionError(13, "Permission denied")
        return opened(self, how, **options)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("validator.cli.check.check_paths", lambda *_: pytest.fail("it was checked"))
    check_refused(gouji("check", report, "--report", "csv=a.csv"), "a.csv：没有权限，或文件可能已在 Excel 等程序中打开")


@pytest.mark.usefixtures("report")
def test_results_beside_the_reports_may_be_written_anew():
    for _ in range(2):
        result = gouji(
            *("check", "reports", "--report", "html=reports/site/", "--report", "html=reports/audit.html"),
            *("--report", "json=reports/all.json", "--report", "markdown=reports/comment.md"),
        )
        assert result.exit_code == 0, result.output
        assert "共1份" in result.stdout


@pytest.mark.usefixtures("report")
def test_what_was_written_is_passed_over_and_counted():
    written = ("html=reports/site/", "html=reports/audit.htm", "markdown=reports/comment.md", "json=reports/all.json")
    gouji("check", "reports", *(word for target in written for word in ("--report", target)))
    shutil.copytree("reports/site/reports", "reports/pages")
    result = gouji("check", "reports", "-f", "json")
    assert result.exit_code == 0
    assert '"reports": 1' in result.stdout
    assert "有5个不是报告" in result.stderr  # a site, an audit page, a comment, JSON, a page out of the site


def test_what_was_written_is_no_report_when_it_is_named_either(report):
    gouji("check", report, "--report", "html=site/", "--report", "html=audit.html", "--report", "markdown=c.md")
    for named in ("site", "site/index.html", "audit.html", "c.md"):
        result = gouji("check", named)
        assert result.exit_code == 3
        assert f"{named}：这是 gouji 写出的结果" in result.stdout
        assert "what gouji wrote" in gouji("check", named, "--lang", "en").stdout
    with pytest.raises(ReadError, match="what gouji wrote"):
        read(Path("audit.html"))
    (entry,) = find_inputs([Path("site")], SUFFIXES)
    assert entry.error is not None


def test_a_report_that_speaks_of_the_mark_in_its_text_stays_a_report():
    page = "<!doctype html><h1>甲县发展局2023年政府信息公开工作年度报告</h1>" + "<p>一、总体情况</p>" * 400
    Path("a.html").write_text(page + "<!-- gouji:results -->", encoding="utf-8")
    assert read(Path("a.html")).source == "a.html"


def test_an_old_site_comes_back_if_the_new_one_cannot_take_its_place(report, monkeypatch):
    assert gouji("check", report, "--report", "html=site/").exit_code == 0
    before = sorted(path.name for path in Path("site").rglob("*"))
    rename = Path.rename
    calls = []

    def fail_once(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    result = gouji("check", report, "--report", "html=site/")
    assert result.exit_code == 2
    assert "无法写入 site/：磁盘已满" in result.stderr
    assert sorted(path.name for path in Path("site").rglob("*")) == before
    assert sorted(os.listdir()) == ["reports", "site"]


def test_a_draft_has_a_name_that_cannot_be_guessed_and_follows_no_link(report, monkeypatch):
    names = {writing._draft(Path("a.json")).name for _ in range(100)}
    assert len(names) == 100
    Path("victim").write_text("kept", encoding="utf-8")
    monkeypatch.setattr(writing, "_draft", lambda path: path.with_name("draft"))
    os.symlink(Path("victim").absolute(), "draft")
    assert gouji("check", report, "-f", "json", "-o", "out.json").exit_code == 2
    assert Path("victim").read_text(encoding="utf-8") == "kept"


def test_control_and_direction_characters_go_into_no_csv():
    bad = "\x1b]0;\x07\u202e县\u2066\x00\u200f"
    write_report(Path("a.json"), organization=f"甲{bad}局", cells={"review.total": 99})
    for name in ("csv", "cells"):
        text = gouji("check", "a.json", "-f", name, "--fail-on", "never").stdout
        assert "\\u202e县" in text
        assert not {character for character in text if character != "\n" and ord(character) < 32}
        assert not set("\u202e\u2066\u200f") & set(text)
        assert text.startswith("\ufeff") is (name == "csv")  # the mark of UTF-8, for Excel
    assert "\\u202e县" in gouji("read", "a.json", "--format", "csv").stdout


@pytest.mark.parametrize(("name", "package", "extra"), [(n, *needs) for n, needs in EXTRAS.items()])
def test_a_format_without_its_package_is_refused_before_anything_is_read(name, package, extra, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    result = gouji("check", "nowhere.html", "--report", f"{name}=out/")
    assert result.exit_code == 2
    assert f'{name} 须另装组件，请在 gouji 的文件夹中运行：pip install ".[{extra}]"' in result.stderr
    assert not Path("out").exists()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    bundled = gouji("check", "nowhere.html", "--report", f"{name}=out/", "--lang", "en").stderr
    assert f"{name} needs an extra ({extra}) that this bundle comes without" in bundled
    assert "pip" not in bundled
