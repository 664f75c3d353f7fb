"""Wrong figures in the text of made reports are told, and sound ones are not accused."""

import pytest
from end_to_end import AS_ERRORS, NOTES, REPORTED, run


@pytest.mark.slow
def test_wrong_figures_are_reported_and_sound_reports_are_not():
    found = run(150, 11)
    assert found["reported"] >= REPORTED
    assert found["errors"] >= AS_ERRORS
    assert (found["false_errors"], found["false_warnings"]) == (0, 0)
    assert found["notes"] <= NOTES
