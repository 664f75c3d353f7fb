"""Results as bytes: nothing is lost, and bytes of another make run nothing."""

import json
import pickle
import zlib
from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace
from results import FAILED, PASSED, UNREADABLE

from validator.comparison import Sketch
from validator.model import location
from validator.model.location import HtmlCellPlace, LostPlace, OtherFilePlace, PagePlace, SheetPlace, WordCellPlace
from validator.model.report import CellState, ReportCell
from validator.pipeline.frozen import DamagedError, freeze, freeze_sketch, thaw, thaw_sketch

pytestmark = pytest.mark.portable


def with_cell(cell: ReportCell):
    return replace(PASSED, report=replace(PASSED.report, cells={"proactive.fees.amount": cell}))


@pytest.mark.parametrize("result", [FAILED, PASSED, UNREADABLE])
def test_a_result_comes_back_whole(result):
    assert thaw(freeze(result)) == result


@pytest.mark.parametrize("source", ["甲", "甲\udcff"])
def test_a_sketch_comes_back_whole(source):
    starts = (LostPlace("a"),)
    sketch = Sketch(source, "甲", "", None, b"12345678", b"ab", b"cd", ("一",), starts, (), frozenset({2**63}))
    assert thaw_sketch(freeze_sketch(sketch)) == sketch


def test_amounts_and_places_come_back():
    place = OtherFilePlace("甲/2022.html", HtmlCellPlace(1, 2, 3))
    cell = ReportCell(Decimal("2.50"), "2.50", CellState.NUMBER, place)
    thawed = thaw(freeze(with_cell(cell)))
    assert thawed.cells == {"proactive.fees.amount": cell}
    assert str(thawed.cells["proactive.fees.amount"].value) == "2.50"


@pytest.mark.parametrize(
    "place",
    [WordCellPlace(1, 2, 3), SheetPlace("表", "C7"), PagePlace(1, (1.5, 2.0, 3.0, 4.0)), LostPlace("为何")],
)
def test_each_place_comes_back_as_its_kind(place):
    cell = ReportCell(1, "1", CellState.NUMBER, place)
    ((_, back),) = thaw(freeze(with_cell(cell))).cells.items()
    assert type(back.location) is type(place)
    assert back == cell


def test_no_two_kinds_of_place_have_one_sign():
    kinds = [kind.__struct_config__.tag for kind in vars(location).values() if hasattr(kind, "__struct_config__")]
    assert len(kinds) == len(set(kinds)) == 11


@pytest.mark.parametrize(
    "cell",
    [
        ReportCell(10**30, "1" + "0" * 30, CellState.NUMBER, LostPlace("")),
        ReportCell(None, "\ud83d半个字", CellState.UNREADABLE, LostPlace("")),
    ],
)
def test_figures_of_any_length_and_halves_of_characters_come_back(cell):
    result = replace(with_cell(cell), source="甲\udcff.html")
    assert thaw(freeze(result)) == result


def typed(value: object) -> bytes:
    return b"\x01" + msgspec.msgpack.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"junk",
        freeze(PASSED)[:-1],
        freeze(PASSED)[:20],
        b"\x03" + freeze(PASSED)[1:],
        freeze(PASSED) + b"\x00",
        pickle.dumps(PASSED.source),
        zlib.compress(pickle.dumps(["a"])),
        b"\x80\x05cvalidator.model.location\ndescribe_location\n.",
        typed("a"),
        typed([1]),
        typed(["a", {"cells": 1}]),
        typed(["a", None, [1, "2"]]),
        typed(msgspec.msgpack.Ext(5, b"os.system")),
        b"\x02" + json.dumps(["a", 7]).encode(),
        b"\x02" + b"[" * 100_000,
        b"\x01" + b"\x91" * 100_000,
    ],
)
def test_bytes_of_another_make_are_refused_and_make_nothing(data):
    with pytest.raises(DamagedError):
        thaw(data)
