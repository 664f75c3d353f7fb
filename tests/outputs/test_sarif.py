"""SARIF 2.1.0: valid by the official schema, places as exact as the carrier allows, one fingerprint a finding."""

import json
import os
from functools import cache
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from jsonschema import Draft7Validator
from msgspec.structs import replace
from results import FAILED, GRANTED, GRANTED_TOTAL, PASSED, ROW_BROKEN, UNREADABLE, make_results, render

from validator.model.location import HtmlCellPlace, OtherFilePlace, PagePlace, SheetPlace, TextPlace
from validator.model.outcome import Severity
from validator.model.result import Known, Results
from validator.render.look import Look

SCHEMA = Path(__file__).parent.parent / "consumers" / "sarif-schema-2.1.0.json"


@cache
def schema() -> Draft7Validator:
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def read_run(results: Results, look: Look | None = None) -> dict:
    """Give the one run of the log, which must fit the schema and number its rules rightly."""
    text = render("sarif", results, look or Look()).encode("utf-8", "backslashreplace").decode()
    log = json.loads(text)
    assert [error.message for error in schema().iter_errors(log)] == []
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    return run


def place_of(location: object) -> dict:
    finding = replace(ROW_BROKEN, location=location, related=())
    (result,) = read_run(make_results(replace(FAILED, findings=(finding,), diagnosis=())))["results"]
    return result["locations"][0]


def test_the_schema_refuses_what_is_no_sarif():
    assert list(schema().iter_errors({"version": "2.1.0", "runs": [{"results": []}]}))


def test_every_finding_of_the_samples_is_a_result(samples):
    run = read_run(samples)
    found = [(f.rule, f.severity.value, f.fingerprint) for r in samples.reports for f in r.findings]
    told = [(r["ruleId"], r["level"], r["partialFingerprints"]["gouji/v1"]) for r in run["results"]]
    assert sorted(told) == sorted(found)
    for rule in run["tool"]["driver"]["rules"]:
        assert f"gouji explain {rule['id']}" in rule["help"]["text"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "no%20such%20file.html"
    assert run["invocations"][0]["executionSuccessful"] is False


def test_a_result_tells_what_where_and_how_sure(made):
    run = read_run(made)
    result = next(result for result in run["results"] if result["ruleId"] == "applications-row-total")
    assert result["message"]["text"].splitlines()[0] == "applications-row-total：左边30，右边21，相差9"
    assert "填报为12，应为21（数字颠倒）" in result["message"]["text"].splitlines()[1]
    assert result["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "reports/a.html", "uriBaseId": "SRCROOT"}},
            "logicalLocations": [
                {
                    "name": "表三 (一)予以公开·总计",
                    "fullyQualifiedName": f"甲县发展局/2023/{GRANTED_TOTAL}",
                    "kind": "cell",
                },
                {
                    "name": "表三 (一)予以公开·法人或其他组织·商业企业",
                    "fullyQualifiedName": f"甲县发展局/2023/{GRANTED}",
                    "kind": "cell",
                },
            ],
            "message": {"text": "网页第2个表格第5行第3列"},
            "properties": {"place": {"table": 2, "row": 5, "column": 3}},
        }
    ]
    assert result["properties"]["confidence"] == "unique"
    assert result["properties"]["proposal"] == [
        {"cell": GRANTED, "reported": 12, "proposed": 21, "reason": "digits-swapped"}
    ]
    rule = next(rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "applications-row-total")
    assert (rule["name"], rule["defaultConfiguration"]) == ("ApplicationsRowTotal", {"level": "error"})
    assert rule["help"]["text"] == "\n".join(
        ["applications-row-total的标题", "因", "依据：表三", "详见：gouji explain applications-row-total"]
    )


def test_findings_without_a_mend_have_no_confidence(made):
    warned = next(result for result in read_run(made)["results"] if result["ruleId"] == "form-fees")
    assert "confidence" not in warned["properties"]
    assert warned["locations"][0]["logicalLocations"][0]["kind"] == "report"


def test_lines_are_a_region_and_other_places_are_not():
    assert place_of(TextPlace(7, 12))["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 12}
    for place, words, fields in (
        (PagePlace(3, (72.0, 144.0, 90.0, 150.0)), "第3页，距左2.5厘米、距上5.1厘米", {"page": 3}),
        (SheetPlace("表三", "C7"), "工作表“表三”C7", {"sheet": "表三", "cell": "C7"}),
        (HtmlCellPlace(1, 2, 3), "网页第1个表格第2行第3列", {"table": 1, "row": 2, "column": 3}),
    ):
        told = place_of(place)
        assert "region" not in told["physicalLocation"]
        assert told["message"]["text"] == words
        assert fields.items() <= told["properties"]["place"].items()


def test_a_place_in_another_file_points_there():
    finding = replace(ROW_BROKEN, related=(OtherFilePlace("2022/去年.txt", TextPlace(4, 1)), HtmlCellPlace(2, 5, 3)))
    (result,) = read_run(make_results(replace(FAILED, findings=(finding,), diagnosis=())))["results"]
    other, own = result["relatedLocations"]
    assert other["physicalLocation"] == {
        "artifactLocation": {"uri": "2022/%E5%8E%BB%E5%B9%B4.txt", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 4, "startColumn": 1},
    }
    assert own["logicalLocations"][0]["fullyQualifiedName"] == f"甲县发展局/2023/{GRANTED}"


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("reports/年报 2023.html", "reports/%E5%B9%B4%E6%8A%A5%202023.html"),
        ("a:b/c#d?.html", "a%3Ab/c%23d%3F.html"),
        ("/data/a b.html", "file:///data/a%20b.html"),
        ("C:/data/a b.html", "file:///C:/data/a%20b.html"),
        ("../a%20b.html", "../a%2520b.html"),
        (os.fsdecode(b"\xb0\xa1.html"), "%B0%A1.html"),
    ],
)
def test_paths_are_uris(source, uri):
    (result,) = read_run(make_results(replace(FAILED, source=source, findings=(ROW_BROKEN,), diagnosis=())))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"] == uri
    assert ("uriBaseId" in artifact) is not uri.startswith("file:")
    parts = urlsplit(uri)
    assert (parts.query, parts.fragment) == ("", "")
    assert unquote_to_bytes(parts.path).endswith(os.fsencode(source.lstrip("/")))


def test_levels_are_those_of_the_findings():
    findings = tuple(replace(ROW_BROKEN, severity=severity, fingerprint=severity) for severity in Severity)
    results = read_run(make_results(replace(FAILED, findings=findings, diagnosis=())))["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]


def test_nothing_found_is_a_successful_run_without_results():
    run = read_run(make_results(PASSED))
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert read_run(make_results(PASSED, UNREADABLE))["invocations"][0]["executionSuccessful"] is False


def test_hostile_texts_stay_texts(hostile):
    run = read_run(hostile)
    assert len(run["results"]) == 3
    assert all("::set-output name=x::y" in result["message"]["text"] for result in run["results"])


def test_the_run_says_how_much_was_checked_and_what_was_left_out(made):
    assert read_run(replace(made, known=Known(suppressed=2, baseline=3)))["properties"] == {
        "reports": 3,
        "identitiesExpected": 84,
        "identitiesAssessed": 83,
        "suppressed": 2,
        "knownFromBaseline": 3,
    }


def test_texts_follow_the_language(made):
    run = read_run(made, Look("en"))
    assert run["language"] == "en-US"
    assert "digits swapped" in run["results"][0]["message"]["text"]
