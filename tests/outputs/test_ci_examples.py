"""The pre-commit hook, the GitHub action and the examples of docs/ci.md, run as far as one machine allows."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

ROOT = Path(__file__).parent.parent.parent
FAULTY = ROOT / "sample_reports" / "faulty" / "district_2023" / "report.html"
SOUND = ROOT / "sample_reports" / "sound" / "county_bureau_2023" / "report.html"
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.S))


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Path:
    """A folder with a sound and a faulty report, in which the command is on the path."""
    (tmp_path / "reports").mkdir()
    shutil.copy(SOUND, tmp_path / "reports" / "县 局.html")
    shutil.copy(FAULTY, tmp_path / "reports" / "区;$(touch x).html")
    programs = tmp_path / ".programs"
    programs.mkdir()
    (programs / "gouji").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m validator "$@"\n')
    (programs / "gouji").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("GOUJI_LANG", raising=False)
    return tmp_path


def run_bash(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub runs one with `shell: bash`."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def run_action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the step of the action that checks, with the environment that GitHub gives it."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    values = {name: given["default"] for name, given in action["inputs"].items()} | inputs
    (step,) = [step for step in action["runs"]["steps"] if "gouji check" in step.get("run", "")]
    assert "${{" not in step["run"]
    environment = {name: fill(text, values) for name, text in step["env"].items()}
    runner = {"RUNNER_TEMP": str(folder), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    return run_bash(step["run"], folder, **environment, **runner)


def fill(text: str, inputs: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], text)


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", ".github/workflows/reports.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_files_fit_the_schemas_of_the_forges(schema, name, tmp_path):
    path = tmp_path / Path(name).name
    path.write_text(EXAMPLES.get(name) or (ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    good = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, str(path)])
    assert good.exit_code == 0, good.output
    path.write_text("jobs: 1\nruns: 1\nstages: 1\n", encoding="utf-8")
    assert CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, str(path)]).exit_code == 1


def test_the_workflow_gives_the_action_only_inputs_that_it_has():
    (job,) = yaml.safe_load(EXAMPLES[".github/workflows/reports.yml"])["jobs"].values()
    given = job["steps"][-1]["with"]
    assert given.keys() <= yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"].keys()


def test_the_action_annotates_summarises_and_fails(repository):
    result = run_action(repository, paths="reports", sarif="out.sarif")
    assert result.returncode == 1, result.stderr
    assert "::error file=reports/区;$(touch x).html,title=" in result.stdout
    assert (
        (repository / "summary.md")
        .read_text(encoding="utf-8")
        .startswith("<!-- gouji:results -->\n\n### 勾稽核对：1份报告有错误")
    )
    assert (repository / "out.sarif").read_text(encoding="utf-8").startswith('{"$schema"')
    assert not (repository / "x").exists()


def test_the_action_takes_lines_as_arguments_and_nothing_as_a_command(repository):
    result = run_action(
        repository, paths="reports/县 局.html\n$(touch x)\n", arguments="--ignore\nform", summary="false", lang="en"
    )
    assert result.returncode == 3
    assert "title=Could not be read::no such file or folder" in result.stdout
    assert sorted(path.name for path in repository.iterdir()) == [".programs", "reports"]
    assert run_action(repository, paths="reports", **{"fail-on": "never"}).returncode == 0


def test_the_job_of_gitlab_writes_what_it_hands_over(repository):
    (job,) = yaml.safe_load(EXAMPLES[".gitlab-ci.yml"]).values()
    assert job["variables"]["GOUJI"].startswith("gouji[office,pdf] @ ")
    assert job["before_script"] == ['python -m pip install --quiet "$GOUJI"']
    assert run_bash("\n".join(job["script"]), repository).returncode == 1
    for path in job["artifacts"]["reports"].values():
        assert "区;$(touch x).html" in (repository / path).read_text(encoding="utf-8")


def test_the_hook_and_its_configuration_are_valid(tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text(EXAMPLES[".pre-commit-config.yaml"], encoding="utf-8")
    for command, path in (("validate-manifest", ROOT / ".pre-commit-hooks.yaml"), ("validate-config", config)):
        result = subprocess.run(
            [sys.executable, "-m", "pre_commit", command, path], capture_output=True, check=False, text=True
        )
        assert result.returncode == 0, result.stdout


def test_the_hook_takes_the_carriers_that_are_nothing_else():
    from validator.readers import SUFFIXES

    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    taken = {suffix for suffix in SUFFIXES if re.search(hook["files"], f"reports/年报{suffix}")}
    assert set(SUFFIXES) - taken == {".txt", ".md", ".json"}


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository, from which hooks are installed")
def test_pre_commit_installs_and_runs_the_hook_as_the_example_says(tmp_path):
    clone, repository = tmp_path / "gouji", tmp_path / "work"
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "clone", "-q", ROOT, clone], check=True)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", clone)  # as it is here, committed or not
    subprocess.run([*git, "add", "-A"], cwd=clone, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], cwd=clone, check=True)
    subprocess.run([*git, "tag", "-f", "v0.1.0"], cwd=clone, check=True)
    (repository / "reports").mkdir(parents=True)
    report = repository / "reports" / "区 1.html"
    shutil.copy(FAULTY, report)
    shutil.copy(FAULTY, repository / "elsewhere.html")
    config = EXAMPLES[".pre-commit-config.yaml"].replace("https://example.org/gouji.git", str(clone))
    (repository / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    subprocess.run([*git, "init", "-q"], cwd=repository, check=True)
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    environment.pop("PYTHONPATH", None)

    def run_hooks() -> tuple[int, str]:
        subprocess.run([*git, "add", "-A"], cwd=repository, check=True)
        command = [sys.executable, "-m", "pre_commit", "run", "--color=never"]
        result = subprocess.run(
            command, cwd=repository, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        return result.returncode, result.stdout + result.stderr

    status, printed = run_hooks()
    if "No matching distribution" in printed:
        pytest.skip("packages cannot be installed here")
    assert status == 1, printed
    assert "表四 行政复议：四项结果之和10+1=11，总计0，相差11" in printed
    assert "- exit code: 1" in printed
    assert "共1份：" in printed
    shutil.copy(SOUND, report)
    assert run_hooks()[0] == 0
