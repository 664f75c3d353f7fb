"""GitHub's workflow commands as its runner parses them, and GitLab's code quality report."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from results import FAILED, NOTED, PASSED, ROW_BROKEN, SUM_BROKEN, UNREADABLE, make_report, make_results, render

from validator.model.location import TextPlace
from validator.model.outcome import Severity
from validator.model.result import Known, Results
from validator.render.look import Look

GITLAB = Path(__file__).parent.parent / "consumers" / "gitlab-code-quality.json"


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def parse_command(line: str) -> Command | None:
    """Read a line of a log as the runner does (ActionCommand.TryParseV2 and TryParse of actions/runner)."""
    text = line.lstrip()
    if text.startswith("::"):
        end = text.find("::", 2)
        if end < 0:
            return None
        name, _, rest = text[2:end].partition(" ")
        properties = {}
        for pair in filter(None, rest.strip().split(",")):
            key, equals, value = pair.partition("=")
            if equals:
                for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
                    value = value.replace(code, character)
                properties[key] = value
        data = text[end + 2 :]
        for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            data = data.replace(code, character)
        return Command(name, properties, data)
    if "##[" in line and "]" in line[line.index("##[") :]:
        return Command("of the old kind", {}, line)
    return None


def read_log(results: Results, look: Look | None = None) -> tuple[list[Command], list[str]]:
    """Give the commands and the plain lines of the log."""
    lines = render("github", results, look or Look()).split("\n")
    assert lines.pop() == ""
    parsed = [(parse_command(line), line) for line in lines]
    commands = [command for command, _ in parsed if command]
    assert {command.name for command in commands} <= {"error", "warning", "notice"}
    return commands, [line for command, line in parsed if not command]


def make_many(count: int, severity: Severity = Severity.ERROR) -> Results:
    finding = replace(ROW_BROKEN, severity=severity, location=TextPlace(3, 5))
    return make_results(
        *(replace(FAILED, source=f"{n:02}.txt", findings=(finding,), diagnosis=()) for n in range(count))
    )


def test_one_mistake_is_one_annotation_with_its_place():
    findings = (replace(ROW_BROKEN, location=TextPlace(12, 3)), SUM_BROKEN)
    commands, lines = read_log(make_results(replace(FAILED, findings=findings), PASSED))
    (command,) = commands
    assert command.properties == {
        "file": "reports/a.html",
        "line": "12",
        "col": "3",
        "title": "甲县发展局 2023年（2021年格式）",
    }
    told = command.data.split("\n")
    assert "填报为12，应为21（数字颠倒）" in told[0]
    assert told[1].startswith("applications-row-total：左边30，右边21，相差9 [第12行第3字]")
    assert told[2].startswith("applications-handled-total：左边44")
    assert lines[-1].startswith("共2份：1份有错误")


def test_places_without_lines_have_no_line():
    commands, _ = read_log(make_results(FAILED))
    assert [command.name for command in commands] == ["error", "warning", "notice"]
    assert all("line" not in command.properties for command in commands)


def test_an_unreadable_file_is_an_error():
    (command,), _ = read_log(make_results(UNREADABLE), Look("en"))
    assert command == Command("error", {"file": "reports/c.html", "title": "Could not be read"}, "the file is empty")


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("count", [9, 10, 11, 25])
def test_no_more_annotations_than_github_shows_and_nothing_lost(count, severity):
    commands, lines = read_log(make_many(count, severity))
    assert len(commands) == min(count, 10)
    told = [command.properties["file"] for command in commands if "file" in command.properties]
    logged = [line for line in lines if ".txt: " in line]
    assert len(told) + len(logged) == count
    assert told == [f"{n:02}.txt" for n in range(len(told))]
    if count > 10:
        assert len(told) == 9
        assert f"另有{count - 9}处" in commands[-1].data


def test_hostile_texts_give_no_command_of_their_own(hostile):
    commands, lines = read_log(hostile)
    assert [command.name for command in commands] == ["error", "warning", "error"]
    assert set(commands[0].properties) == {"file", "line", "col", "title"}
    assert "a::error file=x::b,c=d%0A%" in commands[0].properties["title"]
    assert "::set-output name=x::y ##[error]z" in commands[0].data
    assert len(lines) == 1
    many = make_results(*[report for report in hostile.reports for _ in range(30)])
    commands, lines = read_log(many)
    assert [command.name for command in commands].count("error") == 10
    assert len(lines) > 30


def test_what_was_left_out_is_counted():
    _, lines = read_log(replace(make_results(PASSED), known=Known(suppressed=2)))
    assert lines[-1].endswith("；按配置不列出2条")


def test_quiet_leaves_out_notes_and_the_summary():
    commands, lines = read_log(make_results(replace(FAILED, findings=(NOTED,), diagnosis=())), Look(quiet=True))
    assert (commands, lines) == ([], [])


def read_issues(results: Results, look: Look | None = None) -> list[dict]:
    """Give the issues, which must fit what GitLab documents, with a fingerprint each."""
    issues = json.loads(render("gitlab", results, look or Look()).encode("utf-8", "backslashreplace"))
    schema = json.loads(GITLAB.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


def test_every_finding_is_an_issue(samples):
    issues = read_issues(samples)
    found = [(report.source, finding.rule) for report in samples.reports for finding in report.findings]
    told = [(issue["location"]["path"], issue["check_name"]) for issue in issues]
    assert sorted(told) == sorted([*found, ("no such file.html", "unreadable")])


def test_an_issue_has_severity_line_and_place():
    findings = (replace(ROW_BROKEN, location=TextPlace(12, 3)), NOTED)
    first, second, third = read_issues(make_results(replace(FAILED, findings=findings), UNREADABLE))
    assert (first["severity"], first["location"]) == ("critical", {"path": "reports/a.html", "lines": {"begin": 12}})
    assert first["description"].startswith("applications-row-total：左边30，右边21，相差9 最可能：")
    assert (second["severity"], second["location"]["lines"]) == ("info", {"begin": 1})
    assert second["description"].endswith("[网页第2个表格第5行第3列]")
    assert (third["severity"], third["description"]) == ("blocker", "文件是空的")


def test_two_files_of_one_body_and_year_have_issues_of_their_own():
    twice = replace(FAILED, source="reports/a.docx", report=make_report("reports/a.docx", "甲县发展局"))
    again = replace(FAILED, findings=(ROW_BROKEN, ROW_BROKEN), diagnosis=())
    assert len(read_issues(make_results(FAILED, twice))) == 8
    assert {i["fingerprint"] for i in read_issues(make_results(FAILED))} >= {
        i["fingerprint"] for i in read_issues(make_results(replace(FAILED, findings=(ROW_BROKEN,))))
    }
    assert again.findings[0] is again.findings[1]


def test_hostile_texts_stay_texts(hostile):
    assert len(read_issues(hostile)) == 4
