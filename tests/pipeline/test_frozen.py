"""Results as bytes: nothing is lost, and bytes of another make run nothing."""

import os
import pickle
import zlib
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from results import FAILED, PASSED, UNREADABLE

from validator.model.location import HtmlCellPlace, OtherFilePlace
from validator.model.report import CellState, ReportCell
from validator.pipeline.frozen import DamagedError, freeze, thaw


@pytest.mark.parametrize("result", [FAILED, PASSED, UNREADABLE])
def test_a_result_comes_back_whole(result):
    assert thaw(freeze(result)) == result


def test_amounts_and_places_come_back():
    place = OtherFilePlace("甲/2022.html", HtmlCellPlace(1, 2, 3))
    cell = ReportCell(Decimal("2.50"), "2.50", CellState.NUMBER, place)
    result = replace(PASSED, report=replace(PASSED.report, cells={"proactive.fees.amount": cell}))
    assert thaw(freeze(result)).cells == {"proactive.fees.amount": cell}
    assert str(thaw(freeze(result)).cells["proactive.fees.amount"].value) == "2.50"


class Harmful:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.target),)


def test_bytes_of_another_make_run_nothing(tmp_path):
    harmful = Harmful(tmp_path / "made")
    for value in (harmful, [harmful], replace(PASSED, source=harmful)):
        with pytest.raises(DamagedError, match="is no type of the model"):
            thaw(zlib.compress(pickle.dumps(value)))
    assert not harmful.target.exists()


def test_a_function_of_the_model_is_not_called():
    data = b"\x80\x05cvalidator.model.location\ndescribe_location\n."
    with pytest.raises(DamagedError, match="describe_location is no type"):
        thaw(zlib.compress(data))
