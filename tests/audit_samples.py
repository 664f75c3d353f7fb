"""Results of sample reports for the tests of pages, with every outcome."""

from functools import cache
from pathlib import Path

from validator import Settings, check
from validator.model.result import Results

SAMPLES = Path(__file__).parent.parent / "sample_reports"


@cache
def check_samples(*names: str) -> Results:
    """Check sample reports, each by its path in the folder of samples."""
    return check([SAMPLES / name for name in names], Settings(detailed=True, jobs=1))
