"""The server behind the page: whom it answers, what it takes in, what it leaves on the disk."""

import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest

from validator.render.look import Look
from validator.serving.application import Application
from validator.serving.batches import LARGEST_FILE, Batches, _free_place

bottle = pytest.importorskip("bottle")
HOST = "127.0.0.1:5000"


@pytest.fixture
def batches(tmp_path, monkeypatch) -> Iterator[Batches]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held = Batches("zh")
    yield held
    held.close()


@pytest.fixture
def ask(batches):
    application = Application(5000, "secret", batches, Look())

    def call(method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
        given = {"Host": HOST, "Origin": f"http://{HOST}", **headers}
        path, _, query = path.partition("?")
        surroundings = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "x",
            "SERVER_PORT": "5000",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "CONTENT_LENGTH": str(len(body)),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in given.items() if value},
        }
        if "Content-Length" in headers:
            surroundings["CONTENT_LENGTH"] = headers["Content-Length"]
        answer: dict[str, Any] = {}

        def start(status: str, pairs: list[tuple[str, str]], *_: object) -> None:
            answer.update(status=int(status[:3]), headers=dict(pairs))

        said = application.app(surroundings, start)
        text = b"".join(said).decode()
        if hasattr(said, "close"):
            said.close()
        return answer["status"], answer["headers"], text

    return call


def test_the_page_asks_for_nothing_from_elsewhere(ask):
    status, headers, text = ask("GET", "/secret/", Origin="")
    assert status == 200
    assert "将报告文件或文件夹拖到这里" in text
    assert "http" not in text
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    for name in ("page.css", "page.js"):
        status, _, text = ask("GET", f"/secret/{name}", Origin="")
        assert status == 200
        assert "://" not in text


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/secret/", {"Host": "evil.example:5000"}, 403),
        ("GET", "/secret/", {"Host": "127.0.0.1:5001"}, 403),
        ("GET", "/secret/", {"Host": ""}, 403),
        ("GET", "/secret/", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("GET", "/secret/batches/x", {"Origin": "http://evil.example"}, 403),
        ("POST", "/secret/batches", {"Origin": "http://evil.example"}, 403),
        ("POST", "/secret/batches", {"Origin": "null"}, 403),
        ("POST", "/secret/batches", {"Origin": ""}, 403),
        ("POST", "/secret/batches", {"Origin": "http://127.0.0.1:5001"}, 403),
        ("GET", "/", {}, 404),
        ("GET", "/secre/", {}, 404),
        ("GET", "/guess/batches", {}, 404),
        ("GET", "/secret/batches/nobody", {}, 404),
        ("GET", "/secret/batches/nobody/pages/index.html", {}, 404),
        ("POST", "/secret/batches", {"Host": "localhost:5000", "Origin": "http://localhost:5000"}, 200),
    ],
)
def test_none_but_its_own_page_is_answered(ask, method, path, headers, status):
    assert ask(method, path, **headers)[0] == status


def test_files_are_taken_in_under_harmless_names(ask, tmp_path):
    name = json.loads(ask("POST", "/secret/batches")[2])["id"]
    for given in ("a.txt", "a.txt", "../../b.txt", "2023/c.txt", "%2Fetc%2Fd.txt", "C:%5Ce.txt"):
        assert ask("PUT", f"/secret/batches/{name}/files?name={given}", b"xyz")[0] == 204
    (folder,) = tmp_path.glob("gouji-*/*/in")
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert found == ["2023/c.txt", "C_/e.txt", "a (2).txt", "a.txt", "b.txt", "etc/d.txt"]
    assert {path.read_bytes() for path in folder.rglob("*.txt")} == {b"xyz"}
    if os.name == "posix":
        assert folder.parent.parent.stat().st_mode & 0o077 == 0


def test_what_is_too_large_is_refused_unread(ask):
    name = json.loads(ask("POST", "/secret/batches")[2])["id"]
    path = f"/secret/batches/{name}/files?name=a"
    assert ask("PUT", path, **{"Content-Length": str(LARGEST_FILE + 1)})[0] == 413
    assert ask("PUT", path, **{"Content-Length": ""})[0] == 411


def test_pages_lie_in_their_folder_and_can_ask_nothing(ask, batches):
    name = json.loads(ask("POST", "/secret/batches")[2])["id"]
    pages = batches.find(name).outputs / "pages"
    pages.mkdir()
    (pages / "index.html").write_text("x", encoding="utf-8")
    (pages.parent / "lists").mkdir()
    (pages.parent / "lists" / "a.csv").write_text("a", encoding="utf-8")
    status, headers, _ = ask("GET", f"/secret/batches/{name}/pages/index.html")
    assert status == 200
    assert headers["Content-Security-Policy"].startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in headers["Content-Security-Policy"]
    for way in ("../lists/a.csv", "..%2Flists", "/etc/passwd", "../../in"):
        assert ask("GET", f"/secret/batches/{name}/pages/{way}")[0] in (403, 404)
    assert ask("GET", f"/secret/batches/{name}/lists/a.csv")[2] == "a"


def test_what_a_page_held_goes_when_it_is_left_but_not_when_it_is_loaded_anew(ask, batches, tmp_path):
    first, second = (json.loads(ask("POST", "/secret/batches")[2])["id"] for _ in range(2))
    ask("POST", "/secret/leave", f"{first} {second} nobody".encode())
    assert ask("GET", f"/secret/batches/{second}")[0] == 200
    batches.sweep(lambda: time.monotonic() + 60)
    assert ask("GET", f"/secret/batches/{first}")[0] == 404
    assert ask("GET", f"/secret/batches/{second}")[0] == 200
    assert len(list(tmp_path.glob("gouji-*/*"))) == 1
    batches.close()
    assert not list(tmp_path.glob("gouji-*"))


@pytest.mark.parametrize(
    "name", ["", ".", "..", "/", "../..", "a\x00b", "x" * 400 + ".docx", "a/../../b", "\u202e.txt", "com1|?"]
)
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    path = _free_place(tmp_path, name)
    assert tmp_path in path.parents
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")


@pytest.mark.slow
def test_a_process_that_dies_is_told(batches, monkeypatch):
    monkeypatch.setattr("validator.serving.batches.check_batch", os._exit)
    batch = batches.find(batches.begin())
    batch.take("a.txt", io.BytesIO(b"x"), 1)
    batch.start(BoundedSemaphore(1))
    while batch.state in ("waiting", "checking"):
        time.sleep(0.05)
    assert batch.state == "failed"
    assert batch.result["error"]
    assert not list(Path(batch.outputs).iterdir())
