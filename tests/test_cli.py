"""The command as users and scripts call it: exit statuses, streams, files, encodings, languages."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from figures import make_figures
from schemas import validate
from typeset.grid import print_report
from word_writer import write_word

from validator import __version__
from validator.cli import main
from validator.cli.options import FORMATS
from validator.pipeline import load_ruleset
from validator.render import RENDERERS
from validator.words.read_errors import READ_ERRORS

FORM = load_ruleset().forms["2021"]
SOUND = make_figures(FORM, Random(1))
BROKEN_CELL = "review.total"


def write_report(path: Path, **values: object) -> Path:
    """Write a sound report of 2023 in the JSON of `gouji read`, with these values instead of its own."""
    cells = {**SOUND, **values.pop("cells", {})}
    report = {
        "schema": "gouji.report/1",
        "source": "made by a test",
        "form": "2021",
        "organization": "甲县发展局",
        "year": 2023,
        "cells": {
            address: {"value": value, "raw": "", "state": "blank", "location": {}}
            if value is None
            else {"value": value, "raw": str(value), "state": "number", "location": {}}
            for address, value in cells.items()
        },
        "claims": [],
        "problems": [],
        **values,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write_report(tmp_path / "sound.json")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    cells = {BROKEN_CELL: SOUND[BROKEN_CELL] + 1}
    return write_report(tmp_path / "faulty.json", organization="乙县发展局", cells=cells)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.html"
    path.touch()
    return path


@pytest.fixture
def gouji(monkeypatch) -> Callable[..., Result]:
    monkeypatch.delenv("GOUJI_LANG", raising=False)

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="gouji")

    return call


def write_faulty_word(path: Path) -> Path:
    figures = {**SOUND, BROKEN_CELL: SOUND[BROKEN_CELL] + 1}
    texts = {address: str(figure) for address, figure in figures.items()}
    return write_word(print_report(FORM, texts, organization="乙县发展局", year=2023), path)


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "validator", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_a_sound_report_passes(gouji, sound):
    result = gouji("check", sound)
    assert result.exit_code == 0
    assert "√ 通过（核对 42/42） 甲县发展局 2023年（2021年格式）" in result.stdout
    assert result.stderr == ""


def test_a_faulty_report_fails_with_cell_figures_and_place(gouji, faulty):
    result = gouji("check", faulty, "--format", "json")
    assert result.exit_code == 1
    value = json.loads(result.stdout)
    validate(value, "gouji.results-1")
    (report,) = value["reports"]
    assert report["status"] == "failed"
    (finding,) = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert finding["rule"] == "review-total"
    assert BROKEN_CELL in finding["cells"]
    assert abs(finding["delta"]) == 1
    assert {finding["left"], finding["right"]} == {SOUND[BROKEN_CELL], SOUND[BROKEN_CELL] + 1}


def test_one_bad_file_among_three_hides_neither_of_the_others(gouji, sound, faulty, empty):
    result = gouji("check", sound, faulty, empty)
    assert result.exit_code == 1
    assert "× 错误" in result.stdout
    assert f"√ 通过（核对 42/42） 甲县发展局 2023年（2021年格式）  {sound}" in result.stdout
    assert f"无法读取\n  {empty}：文件是空的" in result.stdout
    assert "共3份：1份有错误，1份通过，1份无法读取" in result.stdout


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("files", "arguments", "status"),
    [
        (["sound.json"], [], 0),
        (["warned.json"], [], 0),
        (["warned.json"], ["--fail-on", "warning"], 1),
        (["faulty.json"], [], 1),
        (["faulty.json"], ["--fail-on", "never"], 0),
        (["faulty.json", "empty.html"], [], 1),
        (["faulty.json", "empty.html"], ["--fail-on", "never"], 3),
        (["sound.json", "empty.html"], [], 3),
        (["nowhere.html"], [], 3),
        (["faulty.json"], ["--select", "no-such-rule"], 2),
        (["faulty.json"], ["--rules", "own"], 2),
    ],
)
@pytest.mark.usefixtures("sound", "faulty", "empty")
def test_the_status_is_the_same_for_each_format(gouji, name, files, arguments, status, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_report(Path("warned.json"), year=2022, cells={BROKEN_CELL: None})
    Path("own").mkdir()
    Path("own", "bad.yaml").write_text("id: other", encoding="utf-8")
    result = gouji("check", *files, *arguments, "--format", name, "--output", "out")
    assert result.exit_code == status, result.output
    assert Path("out").exists() is (status != 2)


def test_a_missing_file_is_an_unreadable_input(gouji, sound, tmp_path):
    result = gouji("check", tmp_path / "nowhere.html", sound)
    assert result.exit_code == 3
    assert "nowhere.html：没有这个文件或文件夹" in result.stdout
    assert "√ 通过" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("check",),
        ("chekc", "x"),
        ("check", "x", "--format", "pdf"),
        ("check", "x", "--report", "json"),
        ("check", "x", "--report", "pdf=x"),
        ("check", "x", "--jobs", "-1"),
        ("check", "x", "--baseline", "b.json"),
        ("check", "x", "--report", "json=a", "--report", "csv=a"),
        ("check", "x", "--rules", "/nonexistent"),
        ("explain",),
    ],
)
def test_wrong_usage_is_status_2(gouji, arguments):
    result = gouji(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (("check", "x", "--select", "review-totl"), "review-total"),
        (("check", "x", "--ignore", "aplications"), "applications"),
        (("explain", "applications-balnce"), "applications-balance"),
    ],
)
def test_a_wrong_rule_gives_the_nearest_name(gouji, arguments, nearest):
    result = gouji(*arguments)
    assert result.exit_code == 2
    assert f"；是否应为“{nearest}”？" in result.stderr
    assert result.stderr.count("\n") == 1
    assert f"; did you mean '{nearest}'?" in gouji(*arguments, "--lang", "en").stderr


def test_a_bad_rule_file_is_status_2_in_one_line(gouji, sound, tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "my-rule.yaml").write_text("id: my-rule\nkind: identty\n", encoding="utf-8")
    result = gouji("check", sound, "--rules", folder)
    assert result.exit_code == 2
    assert "my-rule.yaml" in result.stderr
    assert "；是否应为“identity”？" in result.stderr
    assert result.stderr.count("\n") == 1


def test_select_and_ignore_choose_what_is_told(gouji, faulty):
    assert gouji("check", faulty, "--ignore", "review").exit_code == 0
    assert gouji("check", faulty, "--ignore", "review-total").exit_code == 0
    assert gouji("check", faulty, "--select", "applications").exit_code == 0
    assert gouji("check", faulty, "--select", "review").exit_code == 1
    ignored = json.loads(gouji("check", faulty, "--ignore", "review", "--format", "json").stdout)
    assert ignored["reports"][0]["coverage"] == {"expected": 42, "assessed": 42}
    assert ignored["reports"][0]["diagnosis"] == []


def test_one_run_writes_several_reports(gouji, faulty, tmp_path):
    first, second = tmp_path / "out.json", tmp_path / "out.csv"
    result = gouji("check", faulty, "--report", f"json={first}", "--report", f"csv={second}")
    assert result.exit_code == 1
    assert "× 错误" in result.stdout
    assert json.loads(first.read_text(encoding="utf-8"))["summary"]["errors"] == 1
    assert second.read_text(encoding="utf-8").startswith("\ufeff单位,年度,问题序号,类别,")


def test_output_goes_to_the_file_alone(gouji, sound, empty, tmp_path):
    target = tmp_path / "out.json"
    result = gouji("check", sound, empty, "--format", "json", "--output", target)
    assert result.stdout == ""
    assert result.stderr.startswith(f"{empty}：文件是空的")
    assert "共2份" in result.stderr
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["reports"] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.html", "out.json", "sound.json"]


def test_without_a_diagnosis_the_same_is_found_and_no_cause_is_told(gouji, faulty):
    (told,) = json.loads(gouji("check", faulty, "--format", "json").stdout)["reports"]
    (bare,) = json.loads(gouji("check", faulty, "--format", "json", "--no-diagnosis").stdout)["reports"]
    assert told["diagnosis"]
    assert bare == {**told, "diagnosis": []}


def test_a_picture_is_not_read_where_that_is_not_asked_for(gouji, tmp_path):
    picture = tmp_path / "page.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    result = gouji("check", picture, "--scans", "off")
    assert result.exit_code == 3
    assert READ_ERRORS["scans-off"][0] in result.stdout


def test_rules_for_a_file_are_those_of_its_form(gouji, sound):
    every, own = (
        {rule["id"] for rule in json.loads(gouji("rules", "--format", "json", *options).stdout)["rules"]}
        for options in ((), ("--for", sound))
    )
    assert own < every
    assert {"applications-balance", "form-year"} <= own
    assert "statistics-received-total" in every - own


def test_the_page_is_served_at_the_port_that_is_asked_for(gouji, monkeypatch):
    served = []
    monkeypatch.setattr("validator.serving.server.serve", lambda *asked, **how: served.append((*asked, how)))
    assert gouji("serve", "--port", 8023, "--no-browser").exit_code == 0
    ((port, language, how),) = served
    assert (port, language, how["open_page"], how["end_when_left"]) == (8023, "zh", False, False)


def test_statistics_go_to_standard_error_alone(gouji, faulty):
    result = gouji("check", faulty, "--format", "json", "--statistics", "--lang", "en")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["summary"]["errors"] == 1
    time, stages, *rules = result.stderr.splitlines()
    assert time.endswith("report(s) a second")
    assert "for checking" in stages
    assert ["review-total", "1", "0", "0", "1", "0"] in [line.split() for line in rules]


def test_a_file_that_cannot_be_written_is_status_2_in_one_line(gouji, sound, tmp_path):
    target = tmp_path / "no folder" / "out.json"
    result = gouji("check", sound, "--format", "json", "--output", target, "--quiet")
    assert result.exit_code == 2
    assert result.stderr == f"gouji: 无法写入 {target}：没有这个文件或文件夹\n"


def test_an_output_that_is_a_link_or_a_device_stays_one(gouji, sound, tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    assert gouji("check", sound, "--format", "json", "--output", link).exit_code == 0
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("{")
    assert gouji("check", sound, "--format", "json", "--output", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_the_bytes_do_not_depend_on_jobs_or_the_order_of_arguments(faulty, sound, empty, tmp_path):
    for number in range(4):
        write_report(tmp_path / "many" / f"{number}.json", year=2021 + number)
    paths = [faulty, sound, empty, tmp_path / "many"]

    def reports(folder: str) -> list[str]:
        (tmp_path / folder).mkdir()
        return [f"--report={name}={tmp_path / folder / name}" for name in RENDERERS]

    one = run("check", *paths, "--format", "json", "--jobs", 1, *reports("one"))
    two = run("check", *paths[::-1], "--format", "json", "--jobs", 2, *reports("two"), PYTHONHASHSEED="7")
    assert one.returncode == two.returncode == 1
    assert one.stdout == two.stdout
    for name in RENDERERS:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() != b""
    sources = [report["source"] for report in json.loads(one.stdout)["reports"]]
    assert sources == sorted(sources)
    assert len(sources) == 7


@pytest.mark.usefixtures("sound")
def test_json_of_other_kinds_in_a_folder_is_left_out_but_not_when_named(gouji, tmp_path):
    other = tmp_path / "package.json"
    other.write_text('{"name": "x"}', encoding="utf-8")
    found = gouji("check", tmp_path)
    assert found.exit_code == 0
    assert "package.json" not in found.stdout
    assert found.stderr == "文件夹中有1个不是报告的 .json 或 gouji 写出的结果，已略过\n"
    assert gouji("check", other).exit_code == 3


def test_languages(gouji, faulty, empty, monkeypatch):
    assert "1 with errors" in gouji("check", faulty, "--lang", "en").stdout
    monkeypatch.setenv("GOUJI_LANG", "en")
    result = CliRunner().invoke(main, ["check", str(empty)])
    assert "Could not be read" in result.stdout
    assert "the file is empty" in result.stdout


def test_read_prints_one_pretty_object_for_a_file(gouji, sound):
    result = gouji("read", sound)
    assert result.exit_code == 0
    value = json.loads(result.stdout)
    validate(value, "gouji.report-1")
    assert result.stdout.startswith('{\n  "schema": "gouji.report/1",\n')
    assert {address: cell["value"] for address, cell in value["cells"].items()} == SOUND


@pytest.mark.usefixtures("sound", "faulty")
def test_read_prints_one_object_a_line_for_a_folder(gouji, empty):
    result = gouji("read", empty.parent)
    assert result.exit_code == 3
    values = [json.loads(line) for line in result.stdout.splitlines()]
    for value in values:
        validate(value, "gouji.report-1")
    assert [Path(value["source"]).name for value in values] == ["empty.html", "faulty.json", "sound.json"]
    assert (values[0]["form"], values[0]["cells"]) == (None, {})
    assert values[0]["problems"][0]["kind"] == "unreadable"
    assert values[0]["problems"][0]["detail"].startswith("文件是空的")
    assert result.stderr == f"{empty}：{values[0]['problems'][0]['detail']}\n"


def test_what_read_prints_can_be_checked(gouji, faulty, tmp_path):
    again = tmp_path / "again.json"
    assert gouji("read", faulty, "--output", again).exit_code == 0
    first = json.loads(gouji("check", faulty, "--format", "json").stdout)["reports"][0]
    second = json.loads(gouji("check", again, "--format", "json").stdout)["reports"][0]
    assert [finding["fingerprint"] for finding in second["findings"]] == [
        finding["fingerprint"] for finding in first["findings"]
    ]


def test_read_as_table_and_csv(gouji, sound):
    table = gouji("read", sound, "--format", "table").stdout
    rows = [line.split() for line in table.splitlines()]
    row = next(row for row in rows if row and row[0].startswith("一、本年新收"))
    columns = [column.id for column in FORM.table("applications").blocks[0].columns]
    assert row[1:] == [str(SOUND[f"applications.new_received.{column}"]) for column in columns]
    lines = gouji("read", sound, "--format", "csv").stdout.splitlines()
    assert len(lines) == 1 + len(SOUND)


def test_rules_and_explain(gouji):
    listed = json.loads(gouji("rules", "--format", "json").stdout)["rules"]
    assert {"id": "review-total", "group": "review"}.items() <= next(
        rule for rule in listed if rule["id"] == "review-total"
    ).items()
    assert "applications-balance" in gouji("rules").stdout
    zh, en = gouji("explain", "review-total").stdout, gouji("explain", "review-total", "--lang", "en").stdout
    assert "review-total" in zh
    assert "review-total" in en
    assert zh != en
    relation = gouji("explain", "applications-balance").stdout
    assert relation.startswith("applications-balance  ")
    assert "\n  一、本年新收政府信息公开申请数量 + 二、上年结转政府信息公开申请数量 = (七)总计 + 四、" in relation
    assert not re.search(r"[`#*]|new_received", relation)


@pytest.mark.slow
def test_no_relation_is_explained_by_addresses(gouji):
    """A clerk reads the words of the form and signs, whatever names the file of the rule has."""
    for rule in load_ruleset().rules:
        if rule.note.formula:
            said = gouji("explain", rule.id).stdout.partition("\n核对什么\n")[2].partition("\n理由\n")[0]
            assert said.strip()
            assert not re.search(r"[a-z<>!*]", said), rule.id


def test_a_file_without_a_command_is_checked(gouji, faulty, sound, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert gouji(faulty).stdout == gouji("check", faulty).stdout
    assert gouji("--lang", "en", sound).stdout == gouji("check", sound, "--lang", "en").stdout
    assert json.loads(gouji("--format", "json", faulty).stdout)["summary"]["errors"] == 1
    missing = gouji("nothing-like-it")
    assert missing.exit_code == 3
    assert "nothing-like-it：没有这个文件或文件夹" in missing.stdout
    assert gouji("chekc", faulty).exit_code == 2
    write_report(Path("chekc"))  # a file of such a name is what is meant
    assert "没有后缀" in gouji("chekc").stdout


def test_the_next_step_is_told_to_people_alone(gouji, faulty, sound, tmp_path):
    assert gouji(faulty).stderr.startswith(f"下一步：写成可以转交的网页：gouji {faulty} --report html=核对报告.html")
    assert "gouji 文件夹 --report html=核对结果/" in gouji(faulty, write_report(tmp_path / "b.json", year=2020)).stderr
    word = write_faulty_word(tmp_path / "年度 报告.docx")
    assert gouji(word).stderr.startswith(f'下一步：标在文件的副本上：gouji annotate "{word}"；')
    for silent in ([sound], [faulty, "--quiet"], [faulty, "--format", "json"]):
        assert gouji(*silent).stderr == ""


def test_what_this_console_cannot_show_is_written_to_files_all_the_same(faulty, tmp_path):
    target = tmp_path / "out.csv"
    result = run("check", faulty, "--report", f"csv={target}", PYTHONIOENCODING="cp437")
    assert b"1 with errors" in result.stdout
    assert b"(cp437)" in result.stderr
    assert "总计" in target.read_text(encoding="utf-8")
    value = json.loads(run("check", faulty, "--format", "json", PYTHONIOENCODING="cp437").stdout)
    assert "总计" in value["reports"][0]["findings"][0]["message"]


@pytest.mark.parametrize(
    ("words", "number", "expected"),
    [
        ("gouji check --select review-t", 3, "review-total"),
        ("gouji explain applications-bal", 2, "applications-balance"),
    ],
)
def test_shells_complete_the_ids_of_rules(words, number, expected):
    done = run(_GOUJI_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(number))
    assert f"plain,{expected}" in done.stdout.decode().splitlines()


def test_the_audit_page_is_opened_where_it_lies(gouji, faulty, tmp_path, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = gouji(faulty, "--open")
    assert result.exit_code == 1
    (page,) = tmp_path.glob("gouji-page-*/核对报告.html")
    assert opened == [page.as_uri()]
    assert f"核对报告已写入 {page}" in result.stderr
    assert gouji(faulty, "--open", "--report", f"html={tmp_path / 'own'}/").exit_code == 1
    assert opened[1] == (tmp_path / "own" / "index.html").as_uri()


def test_version(gouji):
    assert gouji("-V").stdout == gouji("--version").stdout
    assert gouji("--version").stdout == f"gouji {__version__}\n"


def test_version_imports_no_heavy_library():
    code = (
        "import sys; sys.argv = ['gouji', '--version']\n"
        "from validator.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({'pydantic', 'rich', 'yaml', 'selectolax', 'multiprocessing', 'jinja2'} & set(sys.modules)))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert printed.splitlines()[-1] == "[]"


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_console_encoding_breaks_the_output(tmp_path, encoding, lang):
    path = write_report(tmp_path / "𠮷.json", organization="𠮷县[red]局[/]\u202e\x1b[2J", cells={BROKEN_CELL: 9999})
    result = run("check", path, "--lang", lang, PYTHONIOENCODING=encoding)
    assert result.returncode == 1
    text = result.stdout.decode(encoding)
    why, *steps = result.stderr.decode(encoding).splitlines()
    english = lang == "en" or encoding == "ascii"
    if lang == "zh" and english:
        assert why.startswith("gouji: this console cannot show Chinese (ascii)")
        (why,) = steps
    assert why.startswith("Next: " if english else "下一步：")
    assert ("the total says" if english else "总计") in text
    assert "9999" in text
    assert "[red]" in text
    assert "\x1b" not in text


def test_json_is_utf8_whatever_the_console(sound):
    result = run("check", sound, "--format", "json", PYTHONIOENCODING="gbk")
    assert json.loads(result.stdout.decode("utf-8"))["reports"][0]["organization"] == "甲县发展局"


def test_a_reader_that_leaves_early_changes_nothing(faulty):
    command = '"$0" -m validator check --quiet "$1" | head -c 1 > /dev/null; echo ${PIPESTATUS[0]}'
    result = subprocess.run(["bash", "-c", command, sys.executable, faulty], capture_output=True, check=True, text=True)
    assert (result.stdout, result.stderr) == ("1\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_status_2_in_one_line(faulty):
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "validator", "check", faulty], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1


def test_a_name_that_is_not_text_is_shown(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb0\xa1.json"))
    write_report(path)
    result = run("check", path, "--format", "json")
    assert result.returncode == 0
    assert json.loads(result.stdout)["reports"][0]["source"].endswith("\udcb0\udca1.json")
    assert run("check", path).returncode == 0
