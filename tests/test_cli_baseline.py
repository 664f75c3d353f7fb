"""`gouji baseline` as users call it: written, pruned, with a configuration."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_cli import BROKEN_CELL, write_report

from validator.cli import main


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    return tmp_path


def run(*arguments: str, status: int = 0) -> Result:
    result = CliRunner(env={"GOUJI_LANG": "en"}).invoke(main, ["baseline", *arguments])
    assert result.exit_code == status, result.output
    return result


def broken(path: Path, value: int = 999, **values: object) -> Path:
    return write_report(path, cells={BROKEN_CELL: value}, **values)


def known(path: Path = Path("gouji-baseline.json")) -> list[tuple[str, str]]:
    return [(entry["source"], entry["rule"]) for entry in json.loads(path.read_text(encoding="utf-8"))["findings"]]


def test_what_is_found_is_written_down():
    broken(Path("reports/a.json"))
    write_report(Path("reports/b.json"), organization="乙局")
    result = run("reports")
    assert result.stdout == ""
    assert result.stderr.startswith("gouji-baseline.json: 1 finding(s) written; gouji check --baseline ")
    assert known() == [("reports/a.json", "review-total")]


def test_prune_drops_what_is_fixed_and_adds_nothing():
    for name, body in (("a", "甲局"), ("b", "乙局"), ("c", "丙局")):
        broken(Path(f"reports/{name}.json"), organization=body)
    run("reports", "--output", "known.json")
    write_report(Path("reports/a.json"), organization="甲局")
    os.unlink("reports/b.json")
    broken(Path("reports/d.json"), organization="丁局")
    assert run("reports", "-o", "known.json", "--prune").stderr == "known.json: 2 finding(s) dropped, 1 left\n"
    assert known(Path("known.json")) == [("reports/c.json", "review-total")]


def test_prune_needs_a_baseline():
    write_report(Path("reports/a.json"))
    result = run("reports", "--prune", status=2)
    assert result.stderr == (
        "gouji: gouji-baseline.json: there is no such baseline; "
        "make it with: gouji baseline PATH... --output gouji-baseline.json\n"
    )


def test_the_configuration_names_files_baseline_and_exemptions():
    broken(Path("reports/a.json"), organization="甲局")
    broken(Path("reports/b.json"), organization="乙局")
    Path("gouji.toml").write_text(
        'paths = ["reports"]\nbaseline = "known.json"\nlang = "zh"\n'
        '[[exemption]]\nbody = "乙局"\nreason = "已说明"\nuntil = "never"\n',
        encoding="utf-8",
    )
    assert run("--lang", "en").stderr.startswith("known.json: 1 finding(s) written")
    assert known(Path("known.json")) == [("reports/a.json", "review-total")]
    run("reports", "--no-config")
    assert known() == [("reports/a.json", "review-total"), ("reports/b.json", "review-total")]


def test_a_wrong_configuration_stops_it_with_every_line():
    Path("gouji.toml").write_text('pats = ["reports"]\n[[exemption]]\nrule = "a"\n', encoding="utf-8")
    assert run("reports", status=2).stderr == (
        "gouji: gouji.toml, line 1: unknown key 'pats'; did you mean 'paths'?\n"
        "gouji.toml, line 2: exemption 1: the key 'reason' is missing\n"
        "gouji.toml, line 2: exemption 1: the key 'until' is missing\n"
    )
    Path("gouji.toml").write_text('[[exemption]]\nrule = "review-totl"\nreason = "x"\nuntil = "never"\n', "utf-8")
    assert "gouji.toml, line 2: exemption 1, rule: no rule or group 'review-totl'; did you mean 'review-total'?" in (
        run("reports", status=2).stderr
    )
    assert not Path("gouji-baseline.json").exists()


def test_files_that_cannot_be_read_are_named_and_the_others_written():
    broken(Path("reports/a.json"))
    Path("reports/b.txt").write_text("", encoding="utf-8")
    result = run("reports", status=3)
    assert "reports/b.txt: the file is empty" in result.stderr
    assert known() == [("reports/a.json", "review-total")]


@pytest.mark.parametrize("arguments", [[], ["reports", "--config", "a.toml", "--no-config"]])
def test_wrong_usage(arguments):
    run(*arguments, status=2)
