"""What happens to a run that is killed, asked to end, short of room, or whose files change under it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from pipeline.test_ways import GOUJI, make_folder

from validator.pipeline import Settings, check_paths, store, temporary
from validator.render import RENDERERS
from validator.render.look import Look

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def as_json(run) -> str:
    return "".join(RENDERERS["json"](run.results, Look("en")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return make_folder(tmp_path_factory.mktemp("报告"), 6)


@pytest.fixture(scope="module")
def plain(folder) -> str:
    return as_json(check_paths([folder], Settings()))


@pytest.fixture
def room(tmp_path, monkeypatch) -> Path:
    """Give a folder for temporary files of its own."""
    made = tmp_path / "tmp"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def run(*arguments: object, before: str = "", **settings: object) -> subprocess.CompletedProcess[str]:
    """Run the command, with limits of the shell before it."""
    command = [sys.executable, "-m", "validator", *map(str, arguments)]
    if before:
        command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **settings)


def check(folder: Path, *arguments: object, **settings: object) -> tuple[int, str, str]:
    environment = {**settings.pop("env", os.environ), "GOUJI_LANG": "en"}
    done = run("check", folder, "--format", "json", *arguments, env=environment, **settings)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def start(folder: Path, room: Path) -> subprocess.Popen[bytes]:
    """Start a run in a group of its own and wait until it has its store and processes."""
    running = subprocess.Popen(
        [*GOUJI, "check", str(folder), "--jobs", "2", "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    end = time.monotonic() + 30
    while not list(room.glob("gouji-run-*/*.knowledge")) and time.monotonic() < end:
        time.sleep(0.01)
    return running


def living(session: int) -> list[str]:
    """Give the processes of a session that live."""
    told = subprocess.run(["ps", "-eo", "sid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = (row.split(None, 2) for row in told.splitlines())
    return [args for sid, state, args in rows if sid == str(session) and not state.startswith("Z")]


def await_end(session: int) -> list[str]:
    end = time.monotonic() + 20
    while (left := living(session)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)])
def test_one_that_is_asked_to_end_leaves_nothing_behind(room, tmp_path, number, status):
    ignored = signal.getsignal(number) == signal.SIG_IGN  # as under nohup, which a run would take over
    if ignored:
        signal.signal(number, signal.SIG_DFL)
    running = start(make_folder(tmp_path / "many", 90), room)
    if ignored:
        signal.signal(number, signal.SIG_IGN)
    running.send_signal(number)
    assert running.wait(20) == status
    assert await_end(running.pid) == []
    assert list(room.iterdir()) == []


@pytest.mark.slow
def test_one_that_is_killed_takes_its_processes_along_and_the_next_clears_up(room, tmp_path, folder, plain):
    running = start(make_folder(tmp_path / "many", 90), room)
    running.kill()
    running.wait()
    assert await_end(running.pid) == []
    (left,) = room.glob("gouji-run-*")
    # What may belong to a run that is just starting is left alone.
    assert check(folder)[1] == plain
    assert left.exists()
    old = time.time() - 2 * temporary._NEW_SECONDS
    os.utime(left, (old, old))
    assert check(folder)[1] == plain
    assert list(room.iterdir()) == []


@pytest.mark.slow
def test_the_files_of_a_run_that_lives_are_not_cleared_away(room, folder):
    living_one = store.Store()
    old = time.time() - 2 * temporary._NEW_SECONDS
    os.utime(living_one.folder, (old, old))
    check(folder)
    assert list(room.iterdir()) == [living_one.folder]
    living_one.close()


def test_a_disk_that_is_full_is_told_in_one_line(folder):
    status, out, err = check(folder, before="ulimit -f 20")
    assert (status, out) == (2, "")
    assert err.startswith("gouji: the temporary file ")
    assert err.count("\n") == 1


def test_a_full_disk_for_the_output_is_told_in_one_line(folder):
    status, out, err = check(folder, "--output", "/dev/full")
    assert (status, out) == (2, "")
    assert err == "gouji: cannot write /dev/full: the disk is full\n"


def test_few_open_files_cost_the_processes_alone(folder, plain):
    status, out, err = check(folder, "--jobs", 2, before="ulimit -n 12")
    assert (status, out) == (1, plain)
    assert "no further processes could be started" in err


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_folder_for_temporary_files_changes_nothing(folder, plain, jobs):
    status, out, _ = check(folder, "--jobs", jobs, env={**os.environ, "TMPDIR": "/nonexistent"})
    assert (status, out) == (1, plain)


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_folder_for_temporary_files_at_all_costs_the_processes_alone(folder, plain, jobs, monkeypatch):
    def fail(**_: object) -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(temporary, "mkdtemp", fail)
    done = check_paths([folder], Settings(jobs=jobs))
    assert as_json(done) == plain
    assert len(done.notes) == jobs - 1


def test_two_runs_on_one_cache_give_the_same(folder, plain, tmp_path):
    command = [*GOUJI, "check", str(folder), "--format", "json", "--lang", "en", "--cache", str(tmp_path / "cache")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    told = [one.communicate(timeout=60)[0].decode() for one in running]
    assert told == [plain, plain]
    assert [one.returncode for one in running] == [1, 1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_vanishes_is_one_that_cannot_be_read(folder, tmp_path, jobs):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    gone = sorted(copy.rglob("*.html"))[-1]

    def watch(done: Iterable[bool], _: int) -> Iterable[bool]:
        gone.unlink(missing_ok=True)
        return done

    value = json.loads(as_json(check_paths([copy], Settings(jobs=jobs), watch)))
    errors = {report["source"]: report["error"] for report in value["reports"]}
    assert "no such file" in errors.pop(gone.as_posix())
    assert list(filter(None, errors.values())) == ["the file is empty"] or value["summary"]["unreadable"] == 2


@pytest.mark.skipif(not shutil.which("setpriv") or os.getuid() != 0, reason="rights of others than root")
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_may_not_be_read_is_unreadable_and_stops_nothing(folder, tmp_path, jobs):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    files = sorted(copy.rglob("*.html"))
    locked = copy / "锁" / "里.html"
    locked.parent.mkdir()
    shutil.copy(files[0], locked)
    files[0].chmod(0)
    locked.parent.chmod(0)
    rights = "-dac_override,-dac_read_search"
    command = ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}", *GOUJI, "check"]
    command += [str(files[0]), str(locked.parent), str(locked), str(copy), "--format", "json", "--jobs", str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    locked.parent.chmod(0o700)
    reports = {report["source"]: report for report in json.loads(done.stdout)["reports"]}
    assert done.returncode == 1
    assert "没有权限" in reports[files[0].as_posix()]["error"]
    assert "没有权限" in reports[locked.as_posix()]["error"]
    assert "没有权限" in reports[locked.parent.as_posix()]["error"]
    assert sum(report["status"] != "unreadable" for report in reports.values()) == 5


@pytest.mark.skipif(not shutil.which("setpriv") or os.getuid() != 0, reason="rights of others than root")
def test_a_file_alone_that_may_not_be_read_ends_in_3(tmp_path):
    path = tmp_path / "a.html"
    path.touch(0)
    rights = "-dac_override,-dac_read_search"
    command = ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}", *GOUJI]
    for name in ("check", "read"):
        done = subprocess.run([*command, name, str(path)], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 3
