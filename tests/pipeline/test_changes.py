"""Changed files of a git repository, and the reports that such a change touches."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from validator.errors import UsageError
from validator.pipeline.changes import changed_files, neighbours_by_name, real_place

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    person = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *person, *arguments], cwd=folder, env=clean, check=True, capture_output=True)
    return done.stdout.decode().strip()


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def repository(tmp_path) -> Path:
    top = tmp_path.resolve() / "仓库"
    for name in ("报告/2022/甲局.html", "报告/2023/甲局.html", "报告/2023/乙 局.html", "readme.md", "old.txt"):
        write(top / name, "1")
    write(top / ".gitignore", "*.tmp\n")
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-qm", "first")
    return top


def seen(repository: Path, revision: str = "HEAD", folder: Path | None = None) -> set[str]:
    return {path.relative_to(repository).as_posix() for path in changed_files(revision, folder or repository)}


def test_nothing_has_changed(repository):
    assert seen(repository) == set()


def test_changed_new_and_lost_files_with_chinese_names(repository):
    write(repository / "报告/2023/乙 局.html", "2")
    write(repository / "报告/2024/“丙”\n局.html", "1")
    write(repository / "草稿.tmp", "1")
    (repository / "old.txt").unlink()
    expected = {"报告/2023/乙 局.html", "报告/2024/“丙”\n局.html", "old.txt"}
    assert seen(repository) == expected
    assert seen(repository, folder=repository / "报告/2022") == expected
    git(repository, "add", "-A")
    assert seen(repository) == expected
    git(repository, "commit", "-qm", "second")
    assert seen(repository) == set()
    assert seen(repository, "HEAD~1") == seen(repository, "main^") == expected


def test_a_renamed_file_is_one_lost_and_one_new(repository):
    git(repository, "mv", "readme.md", "说明.md")
    assert seen(repository) == {"readme.md", "说明.md"}


def test_a_worktree_has_changes_of_its_own(repository, tmp_path):
    other = tmp_path.resolve() / "别处"
    git(repository, "worktree", "add", "-q", str(other), "-b", "side")
    write(other / "readme.md", "2")
    assert seen(other) == {"readme.md"}
    assert seen(repository) == set()


def test_submodules_are_looked_into(repository, tmp_path):
    part = tmp_path / "part"
    write(part / "2023/丁局.html", "1")
    write(part / "2022/丁局.html", "1")
    git(part, "init", "-q", "-b", "main")
    git(part, "add", "-A")
    git(part, "commit", "-qm", "first")
    git(repository, "submodule", "add", "-q", str(part), "下级")
    assert seen(repository) >= {".gitmodules", "下级/2022/丁局.html", "下级/2023/丁局.html"}
    git(repository, "commit", "-qm", "second")
    assert seen(repository) == set()
    write(repository / "下级/2023/丁局.html", "2")
    write(repository / "下级/2024/丁局.html", "1")
    assert seen(repository) == {"下级/2023/丁局.html", "下级/2024/丁局.html"}
    git(repository / "下级", "add", "-A")
    git(repository / "下级", "commit", "-qm", "third")
    assert {name for name in seen(repository) if "局" in name} == {"下级/2023/丁局.html", "下级/2024/丁局.html"}


def test_no_program_that_the_repository_names_is_run(repository, tmp_path):
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\ncat \"$1\"\n", encoding="utf-8")
    trap.chmod(0o755)
    write(repository / ".gitattributes", "*.html diff=trap\n")
    hook = write(repository / ".git/hooks/post-index-change", trap.read_text(encoding="utf-8"))
    hook.chmod(0o755)
    keys = ("core.fsmonitor", "diff.external", "diff.trap.command", "diff.trap.textconv", "core.pager", "pager.diff")
    for key in keys:
        git(repository, "config", key, str(trap))
    write(repository / "报告/2023/甲局.html", "2")
    (tmp_path / "sprung").unlink(missing_ok=True)
    assert seen(repository) == {".gitattributes", "报告/2023/甲局.html"}
    assert not (tmp_path / "sprung").exists()


def test_variables_of_a_running_hook_lead_nowhere_else(repository, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    write(repository / "readme.md", "2")
    assert seen(repository) == {"readme.md"}


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "", "HEAD:readme.md", "a\0b"])
def test_what_is_no_revision(repository, revision):
    with pytest.raises(UsageError) as caught:
        changed_files(revision, repository)
    assert "--changed-since" in str(caught.value)
    if "\0" not in revision:
        start = f"--changed-since {revision}: the repository has no such revision"
        assert str(caught.value).startswith(start)
        assert "：仓库中没有这个版本" in caught.value.words.zh
    assert not (repository / "x").exists()


def test_no_repository_no_folder_and_no_git(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match=f"^--changed-since: {tmp_path} is in no git repository$"):
        changed_files("HEAD", tmp_path)
    with pytest.raises(UsageError, match=r"/gone is in no git repository$"):
        changed_files("HEAD", tmp_path / "gone")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"^--changed-since needs git, which was not found$"):
        changed_files("HEAD", tmp_path)


def test_a_path_given_through_a_link_is_found_among_the_changed(repository, tmp_path, monkeypatch):
    write(repository / "readme.md", "2")
    (tmp_path / "link").symlink_to(repository, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    assert real_place(Path("link/readme.md")) in changed_files("HEAD", repository)


def test_neighbours_by_name():
    paths = {
        Path(name)
        for name in (
            *("r/2021/甲局.html", "r/2022/甲局.docx", "r/2023/甲局.html", "r/2023/甲局.pdf", "r/2024/甲局.html"),
            *("r/2025/甲局.html", "r/2024/乙局.html", "s/2024/甲局.html", "乙局2023年报.html", "乙局2024年报.doc"),
        )
    }
    changed = {Path("r/2023/甲局.html"), Path("乙局2023年报.html"), Path("r/2026/丙局.html")}
    assert {path.as_posix() for path in neighbours_by_name(changed, paths)} == {
        *("r/2022/甲局.docx", "r/2023/甲局.pdf", "r/2024/甲局.html", "乙局2024年报.doc"),
    }
