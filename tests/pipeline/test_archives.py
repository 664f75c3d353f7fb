"""A ZIP file of reports is gone through as a folder is."""

import json
import zipfile
from pathlib import Path
from random import Random

import pytest
from carriers.reports import printed
from click.testing import CliRunner
from typeset import LAYOUTS

from validator.cli import main
from validator.pipeline.discovery import find_inputs
from validator.readers import SUFFIXES

PAGE = LAYOUTS["page"][1](printed("sound_2021"), Random(1))


def pack(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def found(*paths: Path) -> list[tuple[str, str | None]]:
    return [
        (entry.source.rpartition("/")[2], entry.error and entry.error.code) for entry in find_inputs(paths, SUFFIXES)
    ]


def check(path: Path, *options: str) -> tuple[int, dict[str, object]]:
    done = CliRunner().invoke(main, ["check", str(path), "--format", "json", *options])
    return done.exit_code, json.loads(done.stdout)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_reports_in_an_archive_are_checked_each(tmp_path: Path, jobs: str) -> None:
    path = pack(tmp_path / "all.zip", {"b.html": PAGE, "2023/a.htm": PAGE, "logo.png": b"x", "__MACOSX/._b.html": b"x"})
    status, result = check(path, "--jobs", jobs)
    assert status == 0
    assert [report["source"] for report in result["reports"]] == [
        f"{path.as_posix()}!2023/a.htm",
        f"{path.as_posix()}!b.html",
    ]
    assert all(report["status"] == "passed" for report in result["reports"])


def test_the_cache_tells_members_apart(tmp_path: Path) -> None:
    path = pack(tmp_path / "all.zip", {"a.html": PAGE, "b.html": "<p>农田水利</p>"})
    first = check(path, "--cache", str(tmp_path / "cache"))
    assert [report["status"] for report in first[1]["reports"]] == ["passed", "unreadable"]
    assert check(path, "--cache", str(tmp_path / "cache")) == first


def test_an_archive_met_in_a_folder_is_opened(tmp_path: Path) -> None:
    pack(tmp_path / "all.zip", {"a.html": PAGE})
    pack(tmp_path / "pictures.zip", {"a.png": b"x"})
    assert found(tmp_path) == [("all.zip!a.html", None)]
    assert found(tmp_path / "pictures.zip") == [("pictures.zip", "no-files")]


def test_names_lead_nowhere_else(tmp_path: Path) -> None:
    path = pack(tmp_path / "all.zip", {"../../etc/a.html": PAGE, "/b.html": PAGE, "C:\\c.html": PAGE})
    assert sorted(entry.member for entry in find_inputs([path], SUFFIXES)) == ["C_/c.html", "b.html", "etc/a.html"]


def test_a_chinese_name_of_old_programs_is_read(tmp_path: Path) -> None:
    path = pack(tmp_path / "all.zip", {"xxxx.html": PAGE})
    path.write_bytes(path.read_bytes().replace(b"xxxx", "年报".encode("gbk")))
    assert found(path) == [("all.zip!年报.html", None)]


def test_an_archive_inside_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = pack(tmp_path / "inner", {"a.html": PAGE}).read_bytes()
    path = pack(tmp_path / "all.zip", {"in.zip": inner, "b.html": PAGE})
    assert found(path) == [("all.zip!b.html", None), ("all.zip!in.zip", "archive-inside")]


def test_a_damaged_archive_and_a_bomb_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 cut")
    assert found(broken) == [("broken.zip", "damaged")]
    bomb = pack(tmp_path / "bomb.zip", {"a.xml": b" " * (5 * 2**20)})
    assert found(bomb) == [("bomb.zip", "too-much-packed")]


def test_a_member_that_is_too_large_is_not_unpacked(tmp_path: Path) -> None:
    path = pack(tmp_path / "all.zip", {"a.html": b"<p>" + b" " * (17 * 2**20)})
    status, result = check(path, "--lang", "en")
    assert status == 3
    assert "too large" in result["reports"][0]["error"]


def test_two_reports_in_a_file_are_two_results(tmp_path: Path) -> None:
    head, _, body = PAGE.partition("<body>")
    second = body.replace("2023", "2022")
    page = f"{head}<body>{body.replace('</body></html>', '')}{second}"
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    status, result = check(path)
    assert [(report["source"], report["year"]) for report in result["reports"]] == [
        (path.as_posix(), 2023),
        (f"{path.as_posix()}#2", 2022),
    ]
    assert status == 0
    both = check(tmp_path, "--jobs", "2", "--ignore", "continuity")[1]
    assert [report["year"] for report in both["reports"]] == [2023, 2022]
