"""A cache that is damaged, full, locked or of another make costs its use and one line, never the run."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pipeline.test_ways import as_json, make_folder
from results import PASSED

from validator.errors import UsageError
from validator.pipeline import Settings, check_paths
from validator.pipeline.cache import Cache, describe_program
from validator.pipeline.frozen import pack

pytestmark = pytest.mark.portable

NAME = "gouji-cache.sqlite"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return make_folder(tmp_path_factory.mktemp("报告"), 6)


@pytest.fixture(scope="module")
def plain(folder) -> str:
    return as_json(check_paths([folder], Settings()))


@pytest.fixture
def cache(folder, tmp_path) -> Path:
    """Give a folder with a cache of the reports."""
    check_paths([folder], Settings(cache=tmp_path / "cache"))
    return tmp_path / "cache"


def rows(cache: Path) -> int:
    with closing(sqlite3.connect(cache / NAME)) as file:
        ((count,),) = file.execute("select count(*) from found").fetchall()
    return count


def check(folder: Path, cache: Path) -> tuple[str, list[str]]:
    done = check_paths([folder], Settings(cache=cache))
    return as_json(done), [note.en.partition(" (")[0] for note in done.notes]


REBUILT = "the cache {}/gouji-cache.sqlite was damaged or of another version, and was made anew"
UNUSED = "the cache {}/gouji-cache.sqlite could not be used and was left alone"


def test_a_sound_one_says_nothing(folder, plain, cache):
    assert check(folder, cache) == (plain, [])
    assert rows(cache) == 6


def damage_rows(cache: Path) -> None:
    with sqlite3.connect(cache / NAME) as file:
        file.execute("update found set frozen = ?", (b"junk",))
    file.close()


def damage_pages(cache: Path) -> None:
    path = cache / NAME
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def cut(cache: Path) -> None:
    path = cache / NAME
    path.write_bytes(path.read_bytes()[:5000])


def write_junk(cache: Path) -> None:
    (cache / NAME).write_bytes(b"no database at all " * 100)


def write_other_version(cache: Path) -> None:
    with sqlite3.connect(cache / NAME) as file:
        file.execute("pragma user_version = 77")
    file.close()


def write_first_version(cache: Path) -> None:
    (cache / NAME).unlink()
    with sqlite3.connect(cache / NAME) as file:
        file.execute("create table found (key blob primary key, frozen blob) without rowid")
    file.close()


@pytest.mark.parametrize(
    "damage", [damage_rows, damage_pages, cut, write_junk, write_other_version, write_first_version]
)
def test_one_that_is_damaged_or_of_another_version_is_made_anew(folder, plain, cache, damage):
    damage(cache)
    assert check(folder, cache) == (plain, [REBUILT.format(cache)])
    assert rows(cache) == 6
    assert check(folder, cache) == (plain, [])


def test_one_that_cannot_be_made_anew_is_left_alone(folder, plain, tmp_path):
    (tmp_path / NAME).mkdir()
    assert check(folder, tmp_path) == (plain, [UNUSED.format(tmp_path)])


def test_one_that_is_locked_is_left_alone(folder, plain, cache, monkeypatch):
    connect = sqlite3.connect
    holder = connect(cache / NAME, isolation_level=None)
    holder.execute("pragma locking_mode = exclusive")
    holder.execute("begin exclusive")
    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(path, **{**options, "timeout": 0.1}))
    assert check(folder, cache) == (plain, [UNUSED.format(cache)])
    holder.close()


def test_a_disk_that_is_full_is_told_once(tmp_path):
    notes = []
    kept = Cache(tmp_path, Settings(), notes)
    kept._file.execute("pragma max_page_count = 1")
    for number in range(3):
        kept.put([(bytes([number]) * 20, pack(PASSED)._replace(frozen=bytes(2**20)))])
    assert [note.en for note in notes] == [f"{UNUSED.format(tmp_path)} (database or disk is full)"]
    assert kept.get(bytes(20), "a") is None


def test_a_folder_that_cannot_be_made_is_a_wrong_call(folder, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="file"):
        check_paths([folder], Settings(cache=tmp_path / "file"))


def test_what_a_user_adds_is_part_of_the_key(tmp_path):
    text = 'id: "2027"\nafter: "2021"\nfirst_year: 2027\ntitle: {zh: 题, en: title}\nbasis: 据\n'
    forms, other = tmp_path / "forms", tmp_path / "other"
    for folder, name in ((forms, "2027.yaml"), (other, "2027.yml")):
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
    known = {describe_program(Settings()), describe_program(Settings(forms=(forms,)))}
    known |= {describe_program(Settings(forms=(other,))), describe_program(Settings(forms=(forms, other)))}
    (other / "2027.yml").write_text(text.replace("2027\n", "2028\n"), encoding="utf-8")
    known.add(describe_program(Settings(forms=(other,))))
    assert len(known) == 5
