"""The JSON and CSV outputs: the keys of the contract, figures as numbers, texts as they are."""

import csv
import json
from decimal import Decimal
from io import StringIO

import pytest
from jsonschema import ValidationError
from msgspec.structs import replace
from results import ALL, FAILED, PASSED, ROW_BROKEN, make_report, make_results, render
from schemas import validate

from validator.model.bilingual import Bilingual
from validator.model.location import HtmlCellPlace, LostPlace, TextPlace
from validator.model.report import CellState, Claim, Problem, Report, ReportCell
from validator.model.result import Results
from validator.render import REPORT_RENDERERS
from validator.render.look import Look, Reading

REPORT = Report(
    source="a.html",
    form="2021",
    organization="甲县发展局",
    year=2023,
    cells={
        "applications.new_received.total": ReportCell(181, "181", CellState.NUMBER, HtmlCellPlace(1, 4, 9)),
        "proactive.fees.amount": ReportCell(Decimal("2.02"), "2.02", CellState.NUMBER, TextPlace(7, 2)),
        "proactive.licensing.decisions": ReportCell(10, "1 0", CellState.NUMBER, TextPlace(8, 2), note="joined"),
        "review.total": ReportCell(None, "/", CellState.NOT_APPLICABLE, LostPlace("wrapped")),
    },
    claims=(
        Claim("共受理161件", "161", 3, 161, False, "applications.new_received.total", TextPlace(3, 4), scope="局机关"),
    ),
    problems=(Problem("missing-table", LostPlace("nowhere"), ("review.total",), {"table": "review"}),),
)
READING = Reading(REPORT, None, (Bilingual("缺少表四", "table 4 is missing"),))


def check_json(results: Results, language: str = "zh") -> dict:
    value = json.loads(render("json", results, Look(language)))
    validate(value, "gouji.results-1")
    return value


def read_json(reading: Reading) -> dict:
    (text,) = REPORT_RENDERERS["json"]([reading], Look(), False)
    value = json.loads(text)
    validate(value, "gouji.report-1")
    return value


def test_results_have_the_shape_of_the_contract():
    value = check_json(ALL)
    assert value["schema"] == "gouji.results/1"
    assert value["tool"] == {"name": "gouji", "version": "9.9"}
    assert value["summary"] == {
        "reports": 3,
        "passed": 1,
        "failed": 1,
        "unreadable": 1,
        "errors": 2,
        "warnings": 1,
        "notes": 1,
    }
    failed, passed, unreadable = value["reports"]
    assert failed["status"] == "failed"
    assert failed["coverage"] == {"expected": 42, "assessed": 41}
    assert failed["findings"][2] == {
        "rule": "applications-row-total",
        "severity": "error",
        "fingerprint": "aaaa",
        "message": "applications-row-total：左边30，右边21，相差9",
        "cells": ["applications.granted.total", "applications.granted.enterprise"],
        "left": 30,
        "right": 21,
        "delta": 9,
        "location": {"table": 2, "row": 5, "column": 3},
        "related": [{"table": 2, "row": 26, "column": 3}],
    }
    assert failed["diagnosis"] == [
        {
            "changes": [
                {
                    "cell": "applications.granted.enterprise",
                    "reported": 12,
                    "proposed": 21,
                    "reason": "digits-swapped",
                }
            ],
            "explains": ["aaaa", "bbbb"],
            "unique": True,
            "reason": "digits-swapped",
            "suspect": "report",
            "confidence": "unique",
            "operation": False,
            "alternatives": 0,
            "complete": True,
            "at_least": 1,
            "parts": [],
        }
    ]
    assert failed["not_assessed"] == [
        {
            "rule": "review-total",
            "instance": "review",
            "reason": "total-blank",
            "cells": ["review.total", "review.upheld"],
        }
    ]
    assert (passed["source"], passed["status"], passed["error"]) == ("reports/b.txt", "passed", None)
    assert (unreadable["status"], unreadable["form"], unreadable["error"]) == ("unreadable", None, "文件是空的")


def test_texts_follow_the_language():
    value = check_json(ALL, "en")
    assert value["reports"][0]["findings"][2]["message"] == "applications-row-total: left 30, right 21, off by 9"
    assert value["reports"][2]["error"] == "the file is empty"


def test_warnings_alone_pass():
    warned = replace(FAILED, findings=FAILED.findings[:2], diagnosis=())
    assert check_json(make_results(warned))["reports"][0]["status"] == "passed"


def test_chinese_is_written_as_it_is():
    assert "甲县发展局" in render("json", ALL, Look())


@pytest.mark.parametrize(
    ("figure", "printed"), [(Decimal("2.50"), 2.5), (Decimal("316441.12"), 316441.12), (Decimal("8.00"), 8), (-3, -3)]
)
def test_figures_are_numbers(figure, printed):
    finding = replace(ROW_BROKEN, left=figure)
    value = check_json(make_results(replace(FAILED, findings=(finding,))))
    assert value["reports"][0]["findings"][0]["left"] == printed


def test_schema_refuses_a_pass_with_an_error_text():
    value = check_json(ALL)
    value["reports"][1]["error"] = "no"
    with pytest.raises(ValidationError):
        validate(value, "gouji.results-1")


def test_report_has_the_shape_of_the_contract():
    assert read_json(READING) == {
        "schema": "gouji.report/1",
        "source": "a.html",
        "form": "2021",
        "organization": "甲县发展局",
        "year": 2023,
        "cells": {
            "applications.new_received.total": {
                "value": 181,
                "raw": "181",
                "state": "number",
                "location": {"table": 1, "row": 4, "column": 9},
            },
            "proactive.fees.amount": {
                "value": 2.02,
                "raw": "2.02",
                "state": "number",
                "location": {"line": 7, "column": 2},
            },
            "proactive.licensing.decisions": {
                "value": 10,
                "raw": "1 0",
                "state": "number",
                "location": {"line": 8, "column": 2},
                "note": "joined",
            },
            "review.total": {"value": None, "raw": "/", "state": "not_applicable", "location": {"reason": "wrapped"}},
        },
        "claims": [
            {
                "text": "共受理161件",
                "span": "161",
                "value": 161,
                "approximate": False,
                "quantity": "applications.new_received.total",
                "sure": True,
                "location": {"line": 3, "column": 4},
                "scope": "局机关",
            }
        ],
        "unclaimed": [],
        "problems": [
            {
                "kind": "missing-table",
                "detail": "缺少表四",
                "cells": ["review.total"],
                "location": {"reason": "nowhere"},
            }
        ],
    }


def test_many_reports_are_one_object_a_line():
    first, second = REPORT_RENDERERS["json"]([READING, READING], Look(), True)
    assert first.count("\n") == 1
    assert json.loads(first) == json.loads(second) == read_json(READING)


def test_csv_of_findings_has_one_finding_a_line():
    rows = list(csv.DictReader(StringIO(render("csv", ALL, Look("en")))))
    assert [row["rule"] for row in rows] == [finding.rule for finding in FAILED.findings]
    assert rows[2] == {
        "source": "reports/a.html",
        "organization": "甲县发展局",
        "year": "2023",
        "form": "2021",
        "severity": "error",
        "severity_name": "to correct",
        "problem": "1",
        "table": "",
        "row": "Table 3, (1) Granted, Enterprises",
        "column": "",
        "reported": "12",
        "proposed": "21",
        "certainty": "certain: no other change of this size",
        "basis": "",
        "rule": "applications-row-total",
        "message": "applications-row-total: left 30, right 21, off by 9",
        "cells": "applications.granted.total applications.granted.enterprise",
        "left": "30",
        "right": "21",
        "delta": "9",
        "place": "table no. 2 of the page, row 5, column 3",
        "fingerprint": "aaaa",
    }
    assert rows[0]["left"] == ""


@pytest.mark.parametrize("name", ["=1+1", "@sum", "+cmd|' /C calc'!A0", "-2+3"])
def test_no_cell_of_a_csv_is_a_formula(name):
    hostile = make_results(replace(FAILED, report=make_report("a.html", name)))
    rows = list(csv.DictReader(StringIO(render("csv", hostile, Look("en")))))
    assert rows[0]["organization"] == f"'{name}"


def test_signed_figures_of_a_csv_stay_figures():
    finding = replace(ROW_BROKEN, left=-3)
    rows = list(csv.DictReader(StringIO(render("csv", make_results(replace(FAILED, findings=(finding,))), Look("en")))))
    assert rows[0]["left"] == "-3"


def test_csv_of_cells_has_one_cell_a_line_under_one_header():
    text = "".join(REPORT_RENDERERS["csv"]([READING, READING], Look(), True))
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 2 * len(REPORT.cells)
    assert (rows[1]["address"], rows[1]["value"], rows[1]["place"]) == ("proactive.fees.amount", "2.02", "第7行第2字")
    assert (rows[3]["state"], rows[3]["value"], rows[3]["raw"]) == ("not_applicable", "", "/")


def test_passed_reports_have_no_csv_lines():
    assert render("csv", make_results(PASSED), Look()).count("\n") == 1
