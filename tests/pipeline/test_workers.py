"""Many files in several processes: what a process that dies, hangs or does not start costs, and when."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

from validator.pipeline import crew as crews
from validator.pipeline.crew import Crew, Worker
from validator.pipeline.discovery import Input
from validator.pipeline.each import Task, check_all
from validator.pipeline.frozen import Done, thaw
from validator.pipeline.knowledge import load_knowledge
from validator.pipeline.settings import Settings

pytestmark = pytest.mark.portable


class Deadly(type(Path())):
    """A path that ends the process that asks for its suffix."""

    @property
    def suffix(self) -> str:
        os._exit(7)


class DeadlyOnce(type(Path())):
    """A path that ends the first process that asks for its suffix, and leaves a sign that it did."""

    @property
    def suffix(self) -> str:
        sign = Path(f"{self}.sign")
        if not sign.exists():
            sign.touch()
            os._exit(7)
        return ".txt"


class Endless(type(Path())):
    """A path whose suffix is never known."""

    @property
    def suffix(self) -> str:
        time.sleep(600)
        return ".txt"


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(diagnosis=False)


@pytest.fixture
def check(knowledge, tmp_path) -> Callable[..., tuple[list[tuple[str, str]], list[str]]]:
    """Give what checks files and gives name and error of each in order, and the notes of the run."""

    def check_files(inputs: list[Input], each: Callable[[Done], None] = lambda _: None, **settings):
        done = []
        with Crew(knowledge, tmp_path, Settings(**settings).timeout, settings.get("jobs", 1)) as crew:
            task = Task(knowledge, Settings(**settings), crew, [])
            for one in check_all(enumerate(inputs), len(inputs), task):
                each(one)
                done.append(one)
        assert sorted(number for number, _ in done) == list(range(len(inputs)))
        results = [thaw(checked.frozen) for _, checked in sorted(done)]
        told = [(Path(result.source).name, result.error.en.partition(":")[0][:30]) for result in results]
        return told, [note.en for note in task.notes]

    return check_files


def make_files(folder: Path, count: int) -> list[Input]:
    for number in range(count):
        (folder / f"{number:02}.txt").write_text("" if number % 2 else "天气很好。", encoding="utf-8")
    return [Input(folder / f"{number:02}.txt") for number in range(count)]


ALIEN, EMPTY = "neither tables nor sections of", "the file is empty"


def expect(count: int) -> list[tuple[str, str]]:
    return [(f"{number:02}.txt", EMPTY if number % 2 else ALIEN) for number in range(count)]


@pytest.mark.slow  # what hangs is waited for
def test_a_dead_or_hanging_process_loses_one_file_alone(check, tmp_path):
    inputs = make_files(tmp_path, 20)
    inputs[3] = Input(Deadly(tmp_path, "deadly.txt"))
    inputs[12] = Input(Endless(tmp_path, "endless.txt"))
    expected = expect(20)
    expected[3] = ("deadly.txt", "internal error (the process at")
    expected[12] = ("endless.txt", "not done within 6 s, so it was")
    assert check(inputs, jobs=2, timeout=6) == (expected, [])
    assert not [child for child in active_children() if child.daemon]


def test_a_file_whose_process_died_is_tried_once_more_alone(check, tmp_path):
    inputs = make_files(tmp_path, 6)
    (tmp_path / "02.txt").unlink()
    (tmp_path / "2.txt").write_text("天气很好。", encoding="utf-8")
    inputs[2] = Input(DeadlyOnce(tmp_path, "2.txt"))
    expected = expect(6)
    expected[2] = ("2.txt", ALIEN)
    assert check(inputs, jobs=2) == (expected, [])
    assert (tmp_path / "2.txt.sign").exists()


def test_a_bad_input_is_told_from_a_process_as_from_here(check, tmp_path):
    inputs = make_files(tmp_path, 2)
    inputs.append(Input(tmp_path / "none.txt"))
    assert check(inputs, jobs=2) == check(inputs, jobs=1)


NO_PROCESSES = ["no further processes could be started; the files were checked one after the other"]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_processes_that_are_killed_between_files_lose_nothing(check, tmp_path):
    done: list[int] = []

    def kill(file: Done) -> None:
        # Counted, for a file that was lost comes last, when one that is lost once more is given up.
        done.append(file[0])
        if len(done) in (5, 10):
            for child in active_children():
                os.kill(child.pid, signal.SIGKILL)

    assert check(make_files(tmp_path, 30), kill, jobs=2) == (expect(30), [])


def test_processes_that_die_before_their_first_file_are_started_anew_and_then_done_without(
    check, tmp_path, monkeypatch, capfd
):
    started = []

    def start(*arguments: object) -> Worker:
        started.append(arguments)
        return real(str(tmp_path / "no such file"), 1)

    real = Worker
    monkeypatch.setattr(crews, "Worker", start)
    assert check(make_files(tmp_path, 6), jobs=2) == (expect(6), NO_PROCESSES)
    assert 2 < len(started) <= 2 * crews._STARTS + 1
    assert capfd.readouterr() == ("", "")


def test_a_process_that_died_before_its_first_file_is_started_anew(check, tmp_path, monkeypatch):
    def start(*_: object) -> Worker:
        monkeypatch.setattr(crews, "Worker", real)
        return real(str(tmp_path / "no such file"), 1)

    real = Worker
    monkeypatch.setattr(crews, "Worker", start)
    assert check(make_files(tmp_path, 6), jobs=2) == (expect(6), [])


def test_where_no_process_can_be_started_all_is_checked_in_this_one(check, tmp_path, monkeypatch):
    def start(*_: object) -> Iterator[None]:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(crews, "Worker", start)
    assert check(make_files(tmp_path, 6), jobs=2) == (expect(6), NO_PROCESSES)
