"""A site written by several processes: the same bytes, and whole also where processes die."""

import os
import signal
from multiprocessing import active_children, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from test_cli import write_report

from validator.pipeline import Settings, check_paths, pages
from validator.pipeline.pages import write_reports, write_site
from validator.render.look import Look

REAL = write_reports


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for number in range(40):
        cells = {"review.total": 99} if number % 3 == 0 else {}
        name = f"{number % 8}县发展局"
        write_report(folder / f"{number:02}.json", organization=name, year=2020 + number // 8, cells=cells)
    (folder / "07.html").touch()
    return folder


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(reports: Path, folder: Path, jobs: int, watch=None) -> dict[str, bytes]:
    results = check_paths([reports], Settings(detailed=True, pages=True, jobs=jobs)).results
    assert len(waiting()) == (jobs if jobs > 1 else 0)
    folder.mkdir()
    write_site(results, Look(), folder, watch)
    assert not waiting()
    return read_all(folder)


def waiting() -> list[BaseProcess]:
    return [child for child in active_children() if child.daemon]


@pytest.fixture(scope="module")
def alone(reports, tmp_path_factory) -> dict[str, bytes]:
    return write(reports, tmp_path_factory.mktemp("alone") / "1", 1)


def test_several_processes_write_the_same_bytes(reports, alone, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "_TOGETHER", 7)
    assert len([name for name in alone if name.startswith("reports/")]) == 40
    assert write(reports, tmp_path / "2", 2) == alone


def test_each_page_passes_the_bar_in_its_turn(reports, tmp_path):
    seen = []

    def watch(done, total):
        for item in done:
            seen.append((item, total))
            yield item

    write(reports, tmp_path / "1", 2, watch)
    assert seen == [(True, 41)] * 41


def test_pages_are_written_here_where_processes_die(reports, alone, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "write_reports", _die)
    assert write(reports, tmp_path / "2", 2) == alone


def _die(*given: object) -> bytes:
    if parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return REAL(*given)


def test_processes_that_wait_end_with_the_results(reports):
    run = check_paths([reports], Settings(detailed=True, pages=True, jobs=2))
    assert len(waiting()) == 2
    del run
    assert not waiting()
