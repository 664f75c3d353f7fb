"""Where the bundle begins: what it does without arguments, with files of a file manager, and as its own Python."""

import runpy
import sys
from pathlib import Path

import pytest

START = Path(__file__).resolve().parent.parent / "bundle" / "start.py"


@pytest.fixture
def begin(monkeypatch):
    """Start the bundle with arguments, from a file manager or not, and give the arguments of the command."""
    called: list[list[str] | None] = []
    monkeypatch.setattr("validator.cli.main", lambda args=None, **_: called.append(args))

    def call(*arguments: str, desktop: bool = False) -> list[str] | None:
        monkeypatch.setattr(sys, "argv", ["gouji", *arguments])
        monkeypatch.setenv("DISPLAY", ":0")
        for name in ("stdin", "stdout", "stderr"):
            stream = type("Stream", (), {"isatty": lambda _: not desktop, "write": lambda *_: 0, "flush": lambda _: 0})
            monkeypatch.setattr(sys, name, stream())
        runpy.run_path(str(START), run_name="__main__")
        return called.pop()

    return call


@pytest.mark.skipif(sys.platform == "win32", reason="there a console tells a shell from a file manager")
def test_files_of_a_file_manager_are_checked_and_shown(begin, tmp_path):
    file = tmp_path / "年度报告.docx"
    file.write_bytes(b"")
    assert begin(desktop=True) == ["serve", "--until-closed"]
    assert begin() == ["serve", "--until-closed"]
    assert begin(str(file), str(tmp_path), desktop=True) == ["check", "--open", str(file), str(tmp_path)]
    assert begin(str(file)) is None  # what a shell asks for is as it stands
    assert begin("--version", desktop=True) is None


def test_the_script_around_libreoffice_runs_without_a_python(monkeypatch):
    called: list[object] = []
    monkeypatch.setattr("validator.readers.convert.guard.main", lambda *arguments: called.extend(arguments))
    monkeypatch.setattr(sys, "argv", ["gouji", "-I", "-S", "guard.py", "folder", "soffice", "--headless"])
    runpy.run_path(str(START), run_name="__main__")
    assert called == ["folder", ["soffice", "--headless"]]
