"""The table of speed starts anywhere, measures what it can, and says in plain words why it cannot measure the rest."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FIGURE = re.compile(r".{58} +\d+\.\d\d +[<>]=  *[\d.]+(  missed)?")
REASON = re.compile(r".{58} +- +[<>]=  *[\d.]+  not measured: (.+)")


def measure(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "bench" / "table.py", "--quick", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_row_is_measured_or_says_why_not() -> None:
    measured = measure("--version", "over b2e20b2", "Banff over it, 1")
    assert (measured.returncode, measured.stderr) == (0, "")
    head, version, before, banff = measured.stdout.splitlines()
    assert head.split() == ["measured", "bar"]
    assert version.startswith("gouji --version, CPU over import click ")
    assert FIGURE.fullmatch(version)
    for row in (before, banff):  # what the old commit says for itself differs with the Python
        reason = REASON.fullmatch(row)
        assert FIGURE.fullmatch(row) or (reason and " " in reason[1] and "returned" not in reason[1])


@pytest.mark.slow
def test_a_word_that_no_row_holds_is_told_with_the_rows_there_are() -> None:
    measured = measure("nothing like it")
    assert measured.returncode == 1
    assert "check of an ofd over zip and lxml of its parts" in measured.stderr
