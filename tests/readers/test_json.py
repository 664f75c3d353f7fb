"""JSON in the shape of gouji.report/1, as this program prints it and as others may write it."""

import json
from decimal import Decimal

import pytest

from validator.errors import ReadError
from validator.model.location import JsonPlace
from validator.model.report import CellState, Claim, Problem, ReportCell
from validator.readers.json_report import read_json

ADDRESS = "applications.new_received.total"
PLACE = JsonPlace(f"cells.{ADDRESS}")


def write(cells: object, **others: object) -> bytes:
    return json.dumps({"schema": "gouji.report/1", "cells": cells, **others}, ensure_ascii=False).encode()


def read_cell(cell: object) -> ReportCell:
    return read_json(write({ADDRESS: cell}), "a.json").cells[ADDRESS]


def test_a_full_report_is_read_back():
    claim = {
        "text": "全年受理161件。",
        "span": "161",
        "value": 161,
        "approximate": False,
        "quantity": ADDRESS,
        "location": {"line": 3},
        "scope": "局机关",
    }
    data = write(
        {ADDRESS: {"value": 181, "raw": "181", "state": "number", "location": {"table": 2, "row": 4, "column": 10}}},
        source="a.html",
        form="2021",
        organization="某局",
        year=2023,
        claims=[claim],
        problems=[{"kind": "missing-table", "detail": "表四", "cells": ["review.total"], "location": {}}],
        later={"unknown": 1},
    )

    report = read_json(data, "a.json")

    assert (report.source, report.form, report.organization, report.year) == ("a.json", "2021", "某局", 2023)
    assert report.cells == {ADDRESS: ReportCell(181, "181", CellState.NUMBER, PLACE)}
    assert report.claims == (
        Claim("全年受理161件。", "161", 4, 161, False, ADDRESS, JsonPlace("claims[0]"), scope="局机关"),
    )
    assert report.problems == (
        Problem("missing-table", JsonPlace("problems[0]"), ("review.total",), {"detail": "表四"}),
    )


def test_what_is_not_known_of_a_report_is_none():
    report = read_json(write({}), "a.json")
    assert (report.form, report.organization, report.year) == (None, None, None)
    assert (report.cells, report.claims, report.problems) == ({}, (), ())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (3, ReportCell(3, "3", CellState.NUMBER, PLACE)),
        (-3, ReportCell(-3, "-3", CellState.NUMBER, PLACE)),
        (3.0, ReportCell(3, "3", CellState.NUMBER, PLACE)),
        (52.15, ReportCell(Decimal("52.15"), "52.15", CellState.NUMBER, PLACE)),
        (None, ReportCell(None, "", CellState.BLANK, PLACE)),
        ("12件", ReportCell(12, "12件", CellState.NUMBER, PLACE)),
        ("/", ReportCell(None, "/", CellState.NOT_APPLICABLE, PLACE)),
        ({"value": 3}, ReportCell(3, "3", CellState.NUMBER, PLACE)),
        ({"value": 3, "other": []}, ReportCell(3, "3", CellState.NUMBER, PLACE)),
        ({"value": 10, "raw": "1 0", "note": "joined"}, ReportCell(10, "1 0", CellState.NUMBER, PLACE, "joined")),
        ({"value": None}, ReportCell(None, "", CellState.BLANK, PLACE)),
        ({}, ReportCell(None, "", CellState.BLANK, PLACE)),
        ({"value": None, "raw": "/"}, ReportCell(None, "/", CellState.NOT_APPLICABLE, PLACE)),
        ({"value": None, "raw": "12"}, ReportCell(None, "12", CellState.UNREADABLE, PLACE)),
        ({"raw": "1 0"}, ReportCell(10, "1 0", CellState.NUMBER, PLACE, "joined")),
        ({"raw": "约12"}, ReportCell(None, "约12", CellState.UNREADABLE, PLACE, "approximate")),
        ({"raw": "1,23"}, ReportCell(None, "1,23", CellState.UNREADABLE, PLACE, "not-a-number")),
        ({"value": None, "state": "unreadable"}, ReportCell(None, "", CellState.UNREADABLE, PLACE)),
    ],
)
def test_a_cell_may_leave_out_what_follows_from_the_rest(cell, expected):
    read = read_cell(cell)
    assert read == expected
    assert type(read.value) is type(expected.value)


def test_decimals_are_kept_as_they_are_written():
    data = (
        b'{"schema": "gouji.report/1", "cells": {"proactive.fees.amount": {"value": 59237.2449, "raw": "59,237.2449"}}}'
    )
    cell = read_json(data, "a.json").cells["proactive.fees.amount"]
    assert (cell.value, cell.raw) == (Decimal("59237.2449"), "59,237.2449")


def test_an_address_that_no_form_has_is_kept_for_the_caller():
    assert read_json(write({"applications.nonsense": 1}), "a.json").cells["applications.nonsense"].value == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32-be"])
def test_every_encoding_of_unicode_is_read(encoding):
    data = write({}, organization="某局").decode().encode(encoding)
    assert read_json(data, "a.json").organization == "某局"


@pytest.mark.parametrize(
    ("cell", "where", "problem"),
    [
        (True, "value", "found true or false"),
        ([1], "value", "found a list"),
        ({"value": "3"}, "value", "found text"),
        ({"value": True}, "value", "found true or false"),
        ({"value": 10**15}, "value", "at most 15 digits"),
        ({"value": 3, "raw": 3}, "raw", "expected text, found a number"),
        ({"value": 3, "note": None}, "note", "expected text, found nothing"),
        ({"value": 3, "state": "figure"}, "state", "found figure"),
        ({"value": 3, "state": ["number"]}, "state", "found a list"),
        ({"value": 3, "state": "blank"}, "", "state blank does not go with value 3"),
        ({"value": None, "state": "number"}, "", "state number does not go with value nothing"),
    ],
)
def test_a_cell_of_the_wrong_shape_is_told_by_its_key(cell, where, problem):
    with pytest.raises(ReadError) as caught:
        read_cell(cell)
    assert caught.value.code == "json-shape"
    assert caught.value.values["where"] == f"cells.{ADDRESS}" + (f".{where}" if where else "")
    assert problem in str(caught.value.values["problem"])


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[]", "$"),
        ('"text"', "$"),
        ("3", "$"),
        ("{}", "schema"),
        ('{"schema": "gouji.report/2", "cells": {}}', "schema"),
        ('{"schema": ["gouji.report/1"], "cells": {}}', "schema"),
        ('{"schema": "gouji.results/1", "reports": []}', "schema"),
        ('{"schema": "gouji.report/1"}', "cells"),
        ('{"schema": "gouji.report/1", "cells": []}', "cells"),
        ('{"schema": "gouji.report/1", "cells": {"a": NaN}}', "$"),
        ('{"schema": "gouji.report/1", "cells": {"a": {"value": -Infinity}}}', "$"),
        ('{"schema": "gouji.report/1", "cells": {"a": 1, "a": 2}}', "a"),
        ('{"schema": "gouji.report/1", "cells": {"a": 1e999999999}}', "cells.a.value"),
        ('{"schema": "gouji.report/1", "cells": {"a": 1e-999999999}}', "cells.a.value"),
        ('{"schema": "gouji.report/1", "cells": {}, "year": true}', "year"),
        ('{"schema": "gouji.report/1", "cells": {}, "year": "2023"}', "year"),
        ('{"schema": "gouji.report/1", "cells": {}, "form": 2021}', "form"),
        ('{"schema": "gouji.report/1", "cells": {}, "organization": {}}', "organization"),
    ],
)
def test_a_report_of_the_wrong_shape_is_told_by_its_key(text, where):
    with pytest.raises(ReadError) as caught:
        read_json(text.encode(), "a.json")
    assert (caught.value.code, caught.value.values["where"]) == ("json-shape", where)


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"",
        b"{}\n{}",
        b"\xff\xfe\x00",
        '{"organization": "某局"}'.encode("gb18030"),
        b"[" * 100_000,
        b'{"cells": {"a": ' + b"1" * 5000 + b"}}",
        b'{"cells": {"a": 1e' + b"9" * 30 + b"}}",
    ],
)
def test_what_is_no_json_is_refused(data):
    with pytest.raises(ReadError) as caught:
        read_json(data, "a.json")
    assert caught.value.code == "json-syntax"
    assert caught.value.values["reason"]


def test_claims_and_problems_without_the_shape_are_left_out():
    good = {"text": "1件", "span": "1", "value": 1, "approximate": False, "quantity": ADDRESS}
    bad = [
        {**good, "value": True},
        {**good, "value": "1"},
        {**good, "span": "2"},
        {**good, "approximate": None},
        {key: value for key, value in good.items() if key != "quantity"},
        None,
    ]
    report = read_json(write({}, claims=[*bad, good], problems=[3, {"detail": "x"}, {"kind": "k", "cells": 1}]), "a")
    assert [claim.location for claim in report.claims] == [JsonPlace("claims[6]")]
    assert report.problems == (Problem("k", JsonPlace("problems[2]")),)


@pytest.mark.parametrize("wrong", [{}, "text", 3, None])
def test_claims_and_problems_that_are_no_lists_are_left_out(wrong):
    report = read_json(write({}, claims=wrong, problems=wrong), "a.json")
    assert (report.claims, report.problems) == ((), ())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\ud800", "\ufffd"),
        (r"云\udc00局", "云\ufffd局"),
        (r"\ud840\udc00", "\U00020000"),
        (r"\udc00\ud840", "\ufffd\ufffd"),
    ],
)
def test_halves_of_characters_are_joined_or_replaced(written: str, read: str) -> None:
    data = write({ADDRESS: {"raw": "HALF"}}, organization="HALF", problems=[{"kind": "HALF", "detail": "HALF"}])
    report = read_json(data.replace(b"HALF", written.encode()), "a.json")
    assert (report.organization, report.cells[ADDRESS].raw) == (read, read)
    assert report.problems == (Problem(read, JsonPlace("problems[0]"), (), {"detail": read}),)


def test_halves_written_as_bytes_are_replaced() -> None:
    data = write({}, organization="HALF").replace(b"HALF", b"\xed\xa0\x80")
    assert read_json(data, "a.json").organization == "\ufffd"


@pytest.mark.parametrize("year", [0, -1, 10**5, 10**30])
def test_a_year_that_is_none_is_refused(year: int) -> None:
    with pytest.raises(ReadError) as refused:
        read_json(write({}, year=year), "a.json")
    assert refused.value.values["where"] == "year"
