"""Copies of every format: the file itself is never opened for writing, and what fails leaves nothing behind."""

import hashlib
import io
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfWriter
from slipped import annotated_copy, slipped_draft
from variants import ofd, pdf, sheets, web, word

from validator.cli import main
from validator.pipeline import Settings, check_paths
from validator.pipeline.copies import annotate_files, mend_file
from validator.render.look import Look

WRITERS = {".docx": word, ".xlsx": sheets, ".pdf": pdf, ".ofd": ofd, ".html": web}
MENDED = (".docx", ".xlsx")
ROOT = Path(__file__).parents[2]
GIVEN = [*ROOT.glob("sample_reports/*/*/report.html")]
GIVEN += [path for end in ("html", "pdf", "docx") for path in sorted(ROOT.glob(f"../shared/corpus/*.{end}"))]


def _slow(*cases):
    return [pytest.param(case, marks=pytest.mark.slow) for case in cases]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """A folder of a report of 2023 in every format, in which one cell says 30 more than was meant."""
    folder = tmp_path_factory.mktemp("inputs")
    for suffix in WRITERS:
        (folder / f"report{suffix}").write_bytes(_write(suffix, "plain"))
    return folder


def _write(suffix, way):
    return WRITERS[suffix].WAYS[way](slipped_draft()[0])


def _state(folder):
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.iterdir())
    }


_WATCHED = """
import json, os, sys
folder, calls = os.path.realpath(sys.argv[1]), json.loads(sys.argv[2])
CHANGING = ("os.remove", "os.rename", "os.truncate", "os.chmod", "os.utime", "os.link", "os.symlink", "os.mkdir")
met = []
def watch(event, arguments):
    if event == "open" or event in CHANGING:
        for path in arguments[:2]:
            if isinstance(path, (str, bytes, os.PathLike)) and os.path.realpath(os.fsdecode(path)).startswith(folder):
                met.append((event, str(arguments[1]), arguments[2] if event == "open" else 0))
                break
sys.addaudithook(watch)
from validator.cli import main
for call in calls:
    try:
        main(call)
    except SystemExit as end:
        assert end.code in (0, 1), (call, end.code)
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
print(len(met), [one for one in met if one[0] != "open" or one[2] & writing], file=sys.stderr)
"""


def test_a_file_is_never_opened_for_writing(inputs, tmp_path):
    before = _state(inputs)
    calls = [["annotate", str(inputs), "--output", f"{tmp_path}/", "--jobs", "1"]]
    calls += [["fix", str(inputs / f"report{s}"), "--output", str(tmp_path / f"mended{s}")] for s in MENDED]
    ran = subprocess.run(
        [sys.executable, "-c", _WATCHED, str(inputs), json.dumps(calls)], capture_output=True, text=True, check=True
    )
    count, found = ran.stderr.splitlines()[-1].split(" ", 1)
    assert int(count) >= 2 * len(WRITERS)  # each is read when it is checked, and again for its copy
    assert found == "[]"
    assert _state(inputs) == before
    copies = {path.name for path in tmp_path.iterdir()}
    assert copies == {f"report{s}" for s in WRITERS} | {f"mended{s}" for s in MENDED}


@pytest.mark.parametrize("suffix", [".docx", *_slow(".xlsx", ".pdf", ".ofd", ".html")])
def test_a_copy_that_cannot_be_written_leaves_nothing(suffix, inputs, tmp_path, monkeypatch):
    before = _state(inputs)

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    commands = ("annotate", "fix") if suffix in MENDED else ("annotate",)
    for command in commands:
        ran = CliRunner().invoke(
            main, [command, str(inputs / f"report{suffix}"), "--output", str(tmp_path / f"a{suffix}")]
        )
        assert ran.exit_code == 2
        assert "Traceback" not in ran.output
    assert list(tmp_path.iterdir()) == []
    assert _state(inputs) == before


def test_a_pdf_that_is_encrypted_is_refused_and_nothing_written(inputs, tmp_path):
    """One that opens without a password, so that it can be checked, but says what may be done with it."""
    writer = PdfWriter(io.BytesIO((inputs / "report.pdf").read_bytes()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    with (tmp_path / "a.pdf").open("wb") as file:
        writer.write(file)
    before = _state(tmp_path)
    ran = CliRunner().invoke(main, ["annotate", str(tmp_path / "a.pdf"), "--output", str(tmp_path / "b.pdf")])
    assert "应为" not in ran.stdout
    assert "文件设有密码或权限限制，不能加批注" in ran.stderr
    assert _state(tmp_path) == before


@pytest.mark.parametrize("suffix", [".docx", *_slow(".xlsx")])
def test_of_a_signed_file_of_office_it_is_told(suffix, tmp_path):
    signed = io.BytesIO(_write(suffix, "plain"))
    with zipfile.ZipFile(signed, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    (tmp_path / f"a{suffix}").write_bytes(signed.getvalue())
    (copy,) = annotate_files(check_paths([tmp_path / f"a{suffix}"], Settings()).results, Look())
    assert "签名在副本中不再有效" in copy.remarks[0].zh
    ran = CliRunner().invoke(main, ["fix", str(tmp_path / f"a{suffix}"), "--output", str(tmp_path / f"b{suffix}")])
    assert "签名在副本中不再有效" in ran.stderr


@pytest.mark.slow
def test_a_copy_takes_at_most_three_times_the_check(inputs, capsys):
    for path in sorted(inputs.iterdir()):
        took = {}
        for annotated in (False, True):
            times = []
            for _ in range(4):  # the first one imports
                start = time.process_time()
                results = check_paths([path], Settings(jobs=1)).results
                list(results.reports)
                if annotated:
                    (copy,) = annotate_files(results, Look())
                    assert copy.error is None
                times.append(time.process_time() - start)
            took[annotated] = min(times)
        with capsys.disabled():
            print(f" {path.suffix} {took[True] / took[False]:.1f}x", end="")
        assert took[True] <= 3 * took[False]


@pytest.mark.slow
@pytest.mark.parametrize("given", GIVEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_copy_reads_as_the_same_report_and_a_copy_of_it_is_the_same(given, tmp_path):
    path, kind = tmp_path / f"a{given.suffix}", given.suffix[1:].upper()
    data = given.read_bytes()
    copy, before = annotated_copy(data, path, "TXT/HTML" if kind == "HTML" else kind)
    again, after = annotated_copy(copy, path, "TXT/HTML" if kind == "HTML" else kind)
    assert after == before
    if kind == "PDF":
        assert copy.startswith(data)
        assert again.startswith(copy)
    else:
        assert again == copy


def _schema_errors(data, suffix, tmp_path):
    from openxml_audit import OpenXmlValidator

    path = tmp_path / f"checked{suffix}"
    path.write_bytes(data)
    return {(error.part_uri, error.node, error.description) for error in OpenXmlValidator().validate(path).errors}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "way"),
    [
        (".docx", "plain"),
        (".docx", "pending"),
        (".docx", "two-reports"),
        (".xlsx", "plain"),
        (".xlsx", "formulas"),
        (".xlsx", "two-sheets"),
        (".xlsx", "xlsxwriter"),
    ],
)
def test_the_schemas_of_office_find_nothing_that_the_file_did_not_have(suffix, way, tmp_path):
    data = _write(suffix, way)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    results = check_paths([path], Settings()).results
    (annotated,) = annotate_files(results, Look())
    mended = mend_file(path, results, Look())
    known = _schema_errors(data, suffix, tmp_path)
    assert _schema_errors(annotated.data, suffix, tmp_path) <= known
    assert _schema_errors(mended.data, suffix, tmp_path) <= known
    part, written = (
        ("word/comments.xml", b"<w:comment ") if suffix == ".docx" else ("xl/gouji/comments1.xml", b"<comment ")
    )
    assert _schema_errors(_broken(annotated.data, part, written), suffix, tmp_path) - known != set()


def _broken(data, part, written):
    """Give a package in whose part an element stands that no schema has, to see that the schemas are looked at."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(written, b"<wrong/>" + written, 1) if name == part else content)
    return target.getvalue()
