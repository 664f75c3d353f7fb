"""The same results whichever way a run goes: processes, order, cache, shares, an engine elsewhere; and kill -9."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from figures import make_figures
from typeset import LAYOUTS, print_report

from validator.errors import UsageError
from validator.pipeline import Settings, check_paths, join_paths, placing
from validator.pipeline.knowledge import load_knowledge
from validator.render import RENDERERS
from validator.render.look import Look
from validator.render.rows import COLUMNS

pytestmark = pytest.mark.portable

GOUJI = [sys.executable, "-m", "validator"]
HANDLED = "applications.handled_total.total"


def make_folder(folder: Path, count: int) -> Path:
    """Write reports of several bodies and years: sound ones, faulty ones, an empty file and a JSON of other kind."""
    form = load_knowledge().ruleset.forms["2021"]
    suffix, layout = LAYOUTS["page"]
    for number in range(count):
        random = Random(number)
        figures = make_figures(form, random)
        if number % 3 == 1:
            figures[HANDLED] += 10
        texts = {address: str(value) for address, value in figures.items()}
        body, year = f"云溪{number // 3}县档案局", 2021 + number % 3
        path = folder / f"{body}" / f"{year}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(layout(print_report(form, texts, organization=body, year=year), random), encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    (folder / "results.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return make_folder(tmp_path_factory.mktemp("报告"), 12)


def as_json(run) -> str:
    return "".join(RENDERERS["json"](run.results, Look()))


def check_folder(folder: Path, **settings) -> str:
    return as_json(check_paths([folder], Settings(**settings)))


@pytest.fixture(scope="module")
def plain(folder) -> str:
    return check_folder(folder)


def test_the_plain_way_finds_what_is_there(plain):
    summary = json.loads(plain)["summary"]
    assert (summary["reports"], summary["failed"], summary["unreadable"]) == (13, 8, 1)


def test_processes_change_nothing(folder, plain):
    assert check_folder(folder, jobs=2) == plain


def test_bodies_told_apart_in_a_process_of_its_own_are_the_same(folder, plain, monkeypatch):
    monkeypatch.setattr(placing, "_MANY", 0)
    assert check_folder(folder) == plain


def test_the_order_of_arguments_changes_nothing(folder, plain):
    paths = sorted(folder.iterdir(), reverse=True)
    paths.remove(folder / "results.json")
    assert as_json(check_paths([*paths, folder], Settings())) == plain


def test_a_second_run_reads_only_what_changed(folder, plain, tmp_path, monkeypatch):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    first = check_folder(copy, cache=tmp_path / "cache")
    assert first == plain.replace(folder.as_posix(), copy.as_posix())
    changed = next(copy.rglob("2022.html"))
    changed.write_text(changed.read_text(encoding="utf-8").replace("档案局", "统计局"), encoding="utf-8")
    read: list[str] = []

    def check_noting(entry, knowledge, seconds):
        read.append(entry.path.relative_to(copy).as_posix())
        return check_file(entry, knowledge, seconds)

    from validator.pipeline import single
    from validator.pipeline.single import check_file

    monkeypatch.setattr(single, "check_file", check_noting)
    second = check_folder(copy, cache=tmp_path / "cache")
    # What could not be read is tried again, for the reason may lie outside the file.
    assert read == sorted([changed.relative_to(copy).as_posix(), "空.txt", "results.json"])
    assert second == check_folder(copy)


def test_a_file_that_was_moved_is_known_and_told_under_its_new_name(folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    check_folder(copy, cache=tmp_path / "cache")
    moved = copy / "新名.html"
    next(copy.rglob("2023.html")).rename(moved)
    sources = [r["source"] for r in json.loads(check_folder(copy, cache=tmp_path / "cache"))["reports"]]
    assert moved.as_posix() in sources
    assert check_folder(copy, cache=tmp_path / "cache") == check_folder(copy)


def test_what_is_damaged_in_a_cache_is_read_once_more(folder, plain, tmp_path):
    check_folder(folder, cache=tmp_path)
    with sqlite3.connect(tmp_path / "gouji-cache.sqlite") as file:
        file.execute("update found set frozen = ?", (b"junk",))
    file.close()
    assert check_folder(folder, cache=tmp_path) == plain


def test_shares_join_to_the_same_bytes(folder, plain, tmp_path):
    for number in (3, 1, 2):
        check_paths([folder], Settings(cache=tmp_path, shard=(number, 3)))
    run = join_paths(tmp_path, Settings())
    assert as_json(run) == plain
    assert run.skipped == 1


def test_a_share_that_is_missing_or_of_another_run_is_told(folder, tmp_path):
    check_paths([folder], Settings(cache=tmp_path, shard=(1, 2)))
    with pytest.raises(UsageError, match=r"shard-2-of-2\.gouji"):
        join_paths(tmp_path, Settings())
    check_paths([next(folder.glob("云溪*"))], Settings(cache=tmp_path, shard=(2, 2)))
    with pytest.raises(UsageError, match=r"shard-1-of-2\.gouji and shard-2-of-2\.gouji are not of one run"):
        join_paths(tmp_path, Settings())
    (tmp_path / "shard-2-of-2.gouji").write_bytes(b"junk")
    with pytest.raises(UsageError, match=r"shard-2-of-2\.gouji is damaged"):
        join_paths(tmp_path, Settings())


@pytest.fixture(scope="module")
def shares(folder, tmp_path_factory) -> Path:
    kept = tmp_path_factory.mktemp("shares")
    for number in (1, 2):
        check_paths([folder], Settings(cache=kept, shard=(number, 2)))
    return kept


@pytest.fixture
def share(shares, tmp_path) -> Path:
    """Give a share of two, beside the other."""
    shutil.copytree(shares, tmp_path, dirs_exist_ok=True)
    return tmp_path / "shard-2-of-2.gouji"


@pytest.mark.parametrize("what", [b"\xff", b"\0"])
def test_a_damaged_page_inside_a_share_is_told(share, what):
    data, size = share.read_bytes(), 4096
    assert len(data) > 10 * size
    for page in range(0, len(data), 5 * size):
        share.write_bytes(data[:page] + what * size + data[page + size :])
        with pytest.raises(UsageError, match=r"shard-2-of-2\.gouji is damaged"):
            join_paths(share.parent, Settings())


def test_a_bit_inside_a_share_that_turned_over_is_told_or_of_no_account(share, plain):
    data, told = share.read_bytes(), 0
    for place in range(100, len(data), len(data) // 20):
        share.write_bytes(data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :])
        try:
            joined = join_paths(share.parent, Settings())
        except UsageError:
            told += 1
        else:
            assert as_json(joined) == plain
    assert told > 15


@pytest.mark.parametrize(
    "change",
    ["delete from done where number = (select max(number) from done)", "update done set year = 2019 where year = 2021"],
)
def test_a_share_in_which_rows_are_not_what_they_were_is_told(share, change):
    with sqlite3.connect(share) as file:
        assert file.execute(change).rowcount > 0
    file.close()
    with pytest.raises(UsageError, match=r"shard-2-of-2\.gouji is damaged"):
        join_paths(share.parent, Settings())


@pytest.mark.slow
def test_an_engine_elsewhere_gives_the_same(folder, plain, recwarn):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        address = cluster.scheduler_address.replace("tcp://", "dask://")
        told = subprocess.run(
            [*GOUJI, "check", str(folder), "--executor", address, "--format", "json"],
            capture_output=True,
            check=False,
            timeout=120,
            cwd=folder.parent,
        )
    assert told.returncode == 1
    assert told.stdout.decode() == plain
    recwarn.clear()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_run_that_is_killed_leaves_no_half_written_file_and_is_taken_up(tmp_path):
    folder = make_folder(tmp_path / "reports", 60)
    out, cache, parquet = tmp_path / "out.json", tmp_path / "cache", tmp_path / "tables"
    command = [*GOUJI, "check", str(folder), "--cache", str(cache), "--format", "json", "--output", str(out)]
    command += ["--report", f"parquet={parquet}", "--quiet", "--jobs", "2"]
    for seconds in (0.5, 1.0, 1.5):
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(seconds)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if out.exists():
            assert json.loads(out.read_text(encoding="utf-8"))["summary"]["reports"] == 61
        assert not parquet.exists() or len(list(parquet.glob("*.parquet"))) == len(COLUMNS)
    subprocess.run(command, check=False, timeout=60)
    assert out.read_text(encoding="utf-8") == check_folder(folder)
