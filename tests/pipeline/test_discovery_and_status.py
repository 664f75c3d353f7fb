"""Finding files, working through them in several processes, one fault among many files, the exit status."""

from pathlib import Path

import pytest
from results import FAILED, PASSED, UNREADABLE, WARNED

import validator
from validator.model.result import ReportResult, count_totals
from validator.pipeline import single
from validator.pipeline.discovery import Input, find_inputs
from validator.pipeline.knowledge import load_knowledge
from validator.pipeline.run import exit_status
from validator.pipeline.single import check_file, read_file

SUFFIXES = (".html", ".txt", ".json")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "b/2.txt",
        "b/1.HTML",
        "a/long/3.html",
        "a.txt",
        "note.docx",
        ".hidden/4.txt",
        "b/.5.txt",
        "plain",
        "b/~$2.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path


def names(inputs: list[Input], root: Path) -> list[str]:
    return [entry.path.relative_to(root).as_posix() for entry in inputs]


def test_a_folder_gives_its_readable_files_in_order(tree):
    found = find_inputs([tree], SUFFIXES)
    assert names(found, tree) == ["a/long/3.html", "a.txt", "b/1.HTML", "b/2.txt"]
    assert all(entry.found and entry.error is None for entry in found)


def test_order_does_not_hang_on_the_order_of_arguments(tree):
    paths = [tree / "b", tree / "a.txt", tree / "a"]
    assert find_inputs(paths, SUFFIXES) == find_inputs(paths[::-1], SUFFIXES)


def test_a_file_named_twice_is_read_once(tree):
    found = find_inputs([tree / "b", tree / "b" / "2.txt", tree], SUFFIXES)
    assert names(found, tree) == ["a/long/3.html", "a.txt", "b/1.HTML", "b/2.txt"]


def test_a_named_file_is_taken_whatever_its_suffix(tree):
    (entry,) = find_inputs([tree / "note.docx"], SUFFIXES)
    assert entry.error is None
    assert not entry.found


def test_a_missing_path_and_an_empty_folder_are_inputs_with_errors(tree):
    (tree / "empty").mkdir()
    missing, empty, good = find_inputs([tree / "zz", tree / "empty", tree / "a.txt"], SUFFIXES)[::-1]
    assert (missing.path.name, missing.error.code) == ("zz", "missing-file")
    assert (empty.path.name, empty.error.code) == ("empty", "no-files")
    assert good.error is None or good.path.name == "a.txt"


def test_a_link_in_a_circle_ends(tree):
    (tree / "b" / "loop").symlink_to(tree, target_is_directory=True)
    assert names(find_inputs([tree / "b"], SUFFIXES), tree) == ["b/1.HTML", "b/2.txt"]


@pytest.mark.parametrize(
    ("reports", "fail_on", "status"),
    [
        ((PASSED,), "error", 0),
        ((FAILED, PASSED), "error", 1),
        ((FAILED, UNREADABLE), "error", 1),
        ((PASSED, UNREADABLE), "error", 3),
        ((FAILED, UNREADABLE), "never", 3),
        ((FAILED,), "never", 0),
        ((ReportResult("w", findings=(WARNED,)),), "error", 0),
        ((ReportResult("w", findings=(WARNED,)),), "warning", 1),
        ((), "error", 0),
    ],
)
def test_exit_status(reports, fail_on, status):
    assert exit_status(count_totals(reports), fail_on) == status


def test_a_fault_of_ours_is_told_for_that_file(tree, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(single, "read", fail)
    knowledge = load_knowledge()
    (result,) = check_file(Input(tree / "a.txt"), knowledge)
    assert result.status == "unreadable"
    assert result.error.en.startswith("internal error (ZeroDivisionError: division by zero @ test_discovery_and_status")
    (reading,) = read_file(Input(tree / "a.txt"), knowledge)
    assert reading.report.problems[0].kind == "unreadable"
    assert "ZeroDivisionError" in reading.details[0].zh


def test_the_public_names_check_and_read(tree):
    report = tree / "a.txt"
    report.write_text("", encoding="utf-8")
    (result,) = validator.check([report], validator.Settings(diagnosis=False)).reports
    assert (result.source, result.status) == (report.as_posix(), "unreadable")
    with pytest.raises(validator.ReadError, match="empty"):
        validator.read(report)
    with pytest.raises(validator.UsageError, match="review-total"):
        validator.check([report], validator.Settings(select=("review-totl",)))
    assert all(getattr(validator, name) for name in validator.__all__)
    with pytest.raises(AttributeError, match="chekc"):
        _ = validator.chekc
