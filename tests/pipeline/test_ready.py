"""What is ready-made of the rules is what their files say, is never stale, and costs nothing where it fails."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from validator.pipeline import knowledge
from validator.pipeline.knowledge import KINDS, load_knowledge
from validator.ruleset import data_folder

pytestmark = [pytest.mark.portable, pytest.mark.skipif(sys.platform != "linux", reason="the folder is named for Linux")]

KEY = knowledge._KEY_BYTES


@pytest.fixture
def store(tmp_path, monkeypatch) -> Path:
    """Give an empty folder for what programs keep."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "gouji"


@pytest.fixture
def reads(monkeypatch) -> list[int]:
    """Count how often all rule files are read."""
    counted: list[int] = []
    real = knowledge._read

    def read(*own: object) -> knowledge.Stock:
        counted.append(1)
        return real(*own)

    monkeypatch.setattr(knowledge, "_read", read)
    return counted


def plain(value: object) -> object:
    """Give the contents of knowledge as plain data, to compare."""
    ruleset = value.ruleset
    parts = (ruleset.forms, ruleset.rules, ruleset.readings, value.wordings, value.slips, sorted(value.told))
    return json.loads(msgspec.json.encode(parts, order="deterministic"))


def test_it_is_what_the_files_say(store, reads):
    made, taken = load_knowledge(), load_knowledge()
    assert len(reads) == 1
    assert plain(made) == plain(taken)
    assert [type(rule) for rule in made.ruleset.rules] == [type(rule) for rule in taken.ruleset.rules]
    assert made.ruleset.kinds == taken.ruleset.kinds
    (file,) = store.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data[:5000],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda data: data[:KEY] + b"\x80\x05cos\nsystem\n." + data[KEY:],
        lambda data: data[:KEY] + msgspec.msgpack.encode([{}, [["no such kind", 1]], [], None, [], []]),
        lambda data: data + b"\x00",
    ],
)
def test_one_that_is_damaged_is_made_anew(store, reads, damage):
    sound = plain(load_knowledge())
    (file,) = store.iterdir()
    data = file.read_bytes()
    file.write_bytes(damage(data))
    assert plain(load_knowledge()) == sound
    assert len(reads) == 2
    assert file.read_bytes() == data
    assert list(store.iterdir()) == [file]


def test_files_that_no_installation_has_written_for_long_go_with_the_next_one_written(store, monkeypatch):
    store.mkdir(parents=True)
    (store / "rules-folder.msgpack").mkdir()
    gone = ["rules-0123456789abcdef.msgpack", ".rules-0123456789abcdef.msgpack.fedcba9876543210.tmp"]
    locked = "rules-00000000000000aa.msgpack"
    others = ["rules-mine.msgpack", "rules-0123456789abcdef.msgpack.bak", "notes.txt", "rules-ffff.yaml"]
    for name in (*gone, locked, *others):
        (store / name).write_bytes(b"old")
        os.utime(store / name, (0, time.time() - 31 * 24 * 3600))
    aged = store / "rules-00000000000000bb.msgpack"
    aged.symlink_to(store / "notes.txt")
    os.utime(aged, (0, 0), follow_symlinks=False)
    recent = store / "rules-00000000000000cc.msgpack"
    recent.write_bytes(b"recent")
    os.utime(recent, (0, time.time() - 29 * 24 * 3600))
    real = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name == locked:
            raise PermissionError(path)
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    kept = {path.name for path in store.iterdir()} - set(gone)
    load_knowledge()
    (written,) = {path.name for path in store.iterdir()} - kept
    assert {path.name for path in store.iterdir()} == kept | {written}
    assert knowledge._OURS.fullmatch(written)


@pytest.mark.usefixtures("store")
def test_it_counts_as_long_as_the_rule_files_are_what_they_were(reads, tmp_path, monkeypatch):
    copy = tmp_path / "rules"
    shutil.copytree(data_folder(), copy)
    monkeypatch.setattr(knowledge, "data_folder", lambda: copy)
    load_knowledge()
    load_knowledge()
    assert len(reads) == 1
    changed = next(copy.rglob("review-total.yaml"))
    status = changed.stat()
    changed.write_bytes(changed.read_bytes().replace(b"title", b"titel"))
    # As long and as old as before, as far as the system tells.
    os.utime(changed, ns=(status.st_atime_ns, status.st_mtime_ns))
    load_knowledge()
    assert len(reads) == 2


def test_rules_of_ones_own_are_read_each_time(store, reads, tmp_path):
    source = next(data_folder().rglob("review-total.yaml")).read_text(encoding="utf-8")
    own = tmp_path / "own" / "mine.yaml"
    own.parent.mkdir()
    own.write_text(source.replace("id: review-total", "id: mine").replace("upheld + ", ""), encoding="utf-8")
    for _ in range(2):
        assert load_knowledge([own.parent]).ruleset.rule("mine").group == "local"
    assert len(reads) == 2
    assert not store.exists()


@pytest.mark.parametrize("place", ["", "relative", "/proc/nowhere"])
def test_where_nothing_can_be_kept_all_is_read(place, reads, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    monkeypatch.setenv("HOME", place)
    for _ in range(2):
        assert load_knowledge().ruleset.rules
    assert len(reads) == 2


@pytest.mark.usefixtures("store")
def test_a_run_with_it_imports_no_parser_of_rules():
    load_knowledge()
    code = "import sys; from validator.cli import main; main.get_command(None, 'check')"
    code += "; import validator.pipeline.knowledge as k; k.load_knowledge(); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"yaml", "pydantic", "typing_extensions", "rich", "jinja2", "sqlite3", "multiprocessing", "lxml"}
    assert heavy.intersection(told) == set()


def test_kinds_have_types_that_can_be_kept():
    for kind in KINDS:
        msgspec.msgpack.Decoder(kind.rule)
