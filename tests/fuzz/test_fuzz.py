"""A short form of the long run of tests/fuzz/run.py: some changed reports of each format, the same every time."""

from pathlib import Path

import pytest
from fuzz.run import FORMATS, OLD, make_input, try_inputs

from validator.readers.convert.office import find_office

INPUTS = {"html": 150, "txt": 200, "md": 150, "json": 200}
FEWER = 60


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_changed_reports_are_read_rightly_or_refused(kind: str, tmp_path: Path) -> None:
    assert list(try_inputs(kind, 11, range(INPUTS.get(kind, FEWER)), tmp_path)) == []


@pytest.mark.slow
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", OLD)
def test_changed_reports_of_old_formats_are_read_rightly_or_refused(kind: str, tmp_path: Path) -> None:
    assert list(try_inputs(kind, 11, range(15), tmp_path)) == []


def test_an_input_is_made_from_its_number_alone() -> None:
    (first, changed), (second, again) = (make_input("txt", 3, 8) for _ in range(2))
    assert first == second
    assert (changed and changed.figures) == (again and again.figures)
