"""gouji as a library: what it takes and gives, its types, its documentation, and what an unguarded script meets."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import write_report

import validator
from validator import GoujiError, ReadError, Results, Settings, UsageError

ROOT = Path(__file__).parent.parent
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs/library.md").read_text(encoding="utf-8"), re.DOTALL)


def run(tmp_path: Path, script: str) -> subprocess.CompletedProcess[str]:
    path = tmp_path / "script.py"
    path.write_text(script, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b", "c"):
        write_report(tmp_path / "in" / f"{name}.json", organization=f"{name}局", cells={"review.total": 99})
    return tmp_path / "in"


def test_the_examples_of_the_documentation_hold(monkeypatch):
    monkeypatch.chdir(ROOT)
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    names: dict[str, object] = {}
    for example in EXAMPLES:
        exec(example, names)
    assert len(EXAMPLES) == 7


def test_a_path_is_one_path_however_it_is_written(folder):
    file = folder / "a.json"
    for given in (file, str(file), [file], (str(path) for path in [file]), {file}):
        assert [report.source for report in validator.check(given)] == [file.as_posix()]
    assert len(validator.check(folder)) == len(validator.check([str(folder), folder])) == 3
    assert len(validator.check([])) == 0


@pytest.mark.parametrize("given", ["", b"a.json", [b"a.json"], [""], 1, None, [None], [["a.json"]]])
def test_what_is_no_path_is_refused(given):
    for take in (validator.check, validator.read):
        with pytest.raises(UsageError, match="a path is a text or a Path, and not empty"):
            take(given)


def test_results_are_short_to_print_and_can_be_gone_through_again(folder):
    results = validator.check(folder)
    assert isinstance(results, Results)
    assert repr(results) == "<Results: reports 3, failed 3, unreadable 0, errors 3, warnings 0, notes 0>"
    assert [r.organization for r in results] == [r.organization for r in results] == ["a局", "b局", "c局"]
    first, *_ = results.to_dicts(language="en")
    assert first["status"] == "failed"
    assert first["findings"][0]["rule"] == "review-total"
    assert results.to_arrow().to_pylist()[0]["right"] == 99
    assert list(results.to_pandas()["right"]) == [99, 99, 99]
    assert list(results.to_pandas("reports")["status"]) == ["failed"] * 3
    for table in (results.to_arrow, results.to_pandas):
        with pytest.raises(UsageError, match="no table cellz; there are reports, cells"):
            table("cellz")
    with pytest.raises(UsageError, match="language"):
        results.to_dicts(language="fr")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("jobs", "2"),
        ("jobs", -1),
        ("jobs", True),
        ("jobs", 1.5),
        ("timeout", 0),
        ("timeout", "soon"),
        ("select", (1,)),
        ("select", ""),
        ("ignore", 1),
        ("rules", 1),
        ("rules", [""]),
        ("forms", [None]),
        ("cache", 1),
        ("baseline", b"x"),
        ("shard", (3, 2)),
        ("shard", "1/2"),
        ("config", "gouji.toml"),
        ("today", "2024-01-01"),
        ("diagnosis", 1),
        ("executor", None),
        ("changed_since", 1),
    ],
)
def test_a_setting_that_cannot_be_is_refused(name, value):
    with pytest.raises(UsageError, match=f"^{name} cannot be "):
        Settings(**{name: value})


def test_one_may_stand_for_several_and_a_text_for_a_path(tmp_path):
    settings = Settings(select="review", ignore=["form"], rules=str(tmp_path), cache=str(tmp_path))
    assert (settings.select, settings.ignore) == (("review",), ("form",))
    assert (settings.rules, settings.cache) == ((tmp_path,), tmp_path)
    with pytest.raises(TypeError, match="job"):
        Settings(job=1)
    with pytest.raises(UsageError, match="settings cannot be"):
        validator.check("a.json", {"jobs": 1})


def test_read_gives_a_report_or_a_list_of_them(folder):
    assert validator.read(str(folder / "a.json")).organization == "a局"
    assert [report.organization for report in validator.read([folder])] == ["a局", "b局", "c局"]
    with pytest.raises(ReadError, match="no such file or folder"):
        validator.read(folder / "nowhere.html")
    (lost,) = validator.read([folder / "nowhere.html"])
    assert [problem.kind for problem in lost.problems] == ["unreadable"]


def test_every_error_is_there_and_says_a_sentence():
    for name in ("ReadError", "RuleError", "UsageError", "ConfigError"):
        assert issubclass(getattr(validator, name), GoujiError)
    assert str(ReadError("empty")) == "the file is empty: there is nothing to check"
    assert set(dir(validator)) == set(validator.__all__)


def test_a_script_without_a_guard_needs_none_for_one_process(tmp_path, folder):
    for name in range(50):
        write_report(folder / f"{name}.json", organization=f"{name}局")
    done = run(tmp_path, "import validator\nprint('once')\nprint(len(validator.check('in')))\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "once\n53\n", "")


@pytest.mark.usefixtures("folder")
def test_a_script_without_a_guard_meets_one_clear_error(tmp_path):
    script = "import validator\nprint('once')\nvalidator.check('in', validator.Settings(jobs=2))\n"
    done = run(tmp_path, script)
    assert done.returncode == 1
    assert done.stdout == "once\n"
    assert done.stderr.count("Traceback") == 1
    assert 'under if __name__ == "__main__":' in done.stderr.splitlines()[-1]


@pytest.mark.usefixtures("folder")
def test_a_script_with_a_guard_may_use_several_processes(tmp_path):
    call = "print(validator.check('in', validator.Settings(jobs=2)))"
    done = run(tmp_path, f"import validator\nif __name__ == '__main__':\n    {call}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<Results: reports 3, failed 3")


USER = """
from pathlib import Path
from typing_extensions import assert_type
import validator
from validator import Finding, Report, ReportResult, Results, Settings

results = validator.check([Path("a"), "b"], Settings(select=("review",), jobs=2))
assert_type(results, Results)
for result in results:
    assert_type(result, ReportResult)
    for finding in result.findings:
        assert_type(finding, Finding)
        print(finding.message.zh, finding.left)
assert_type(validator.read("a"), Report)
assert_type(validator.read([Path("a")]), list[Report])
assert_type(results.to_dicts(), list[dict[str, object]])
try:
    validator.check("a")
except (validator.ReadError, validator.ConfigError) as error:
    print(error.words.zh)
"""


@pytest.mark.slow
@pytest.mark.parametrize("checker", [["mypy", "--strict"], ["pyright", "--pythonpath", sys.executable]])
def test_programs_that_use_it_are_typed(tmp_path, checker):
    pytest.importorskip(checker[0])
    script = tmp_path / "user.py"
    script.write_text(USER, encoding="utf-8")
    command = [sys.executable, "-m", *checker, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    script.write_text(USER + "validator.check(1)\nvalidator.nothing\n", encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("error") >= 2
