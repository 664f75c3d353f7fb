"""Many files in several processes: their order, and what a process that dies or hangs costs."""

import os
import time
from pathlib import Path

from validator.pipeline.discovery import Input
from validator.pipeline.frozen import thaw
from validator.pipeline.knowledge import load_knowledge
from validator.pipeline.settings import Settings
from validator.pipeline.workers import check_here


class Deadly(type(Path())):
    """A path that ends the process that asks for its suffix."""

    @property
    def suffix(self) -> str:
        os._exit(7)


class Endless(type(Path())):
    """A path whose suffix is never known."""

    @property
    def suffix(self) -> str:
        time.sleep(600)
        return ".txt"


def check_files(inputs: list[Input], **settings) -> list[tuple[str, str]]:
    done = list(check_here(enumerate(inputs), len(inputs), load_knowledge(diagnosis=False), Settings(**settings)))
    assert [number for number, _ in done] == list(range(len(inputs)))
    results = [thaw(checked.frozen) for _, checked in done]
    return [(Path(result.source).name, result.error.en.partition(":")[0][:30]) for result in results]


def make_files(folder: Path, count: int) -> list[Input]:
    for number in range(count):
        (folder / f"{number:02}.txt").write_text("" if number % 2 else "天气很好。", encoding="utf-8")
    return [Input(folder / f"{number:02}.txt") for number in range(count)]


ALIEN, EMPTY = "neither tables nor sections of", "the file is empty"


def test_results_come_in_order_and_a_dead_or_hanging_process_loses_one_file_alone(tmp_path):
    inputs = make_files(tmp_path, 20)
    inputs[3] = Input(Deadly(tmp_path, "deadly.txt"))
    inputs[12] = Input(Endless(tmp_path, "endless.txt"))
    expected = [(f"{number:02}.txt", EMPTY if number % 2 else ALIEN) for number in range(20)]
    expected[3] = ("deadly.txt", "internal error (the process at")
    expected[12] = ("endless.txt", "not done within 5 s, so it was")
    assert check_files(inputs, jobs=2, timeout=5) == expected


def test_a_bad_input_is_told_from_a_process_as_from_here(tmp_path):
    inputs = make_files(tmp_path, 2)
    inputs.append(Input(tmp_path / "none.txt"))
    assert check_files(inputs, jobs=2) == check_files(inputs, jobs=1)
