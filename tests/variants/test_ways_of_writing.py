"""Seeded variants of reports in every carrier: no wrong figure, no false alarm, nearly all of them exact.

`python tests/variants/test_ways_of_writing.py [SEED]` makes and reads all of them and prints the counts.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

import pytest
from variants.frame import VERDICTS, Trial, count, try_ways

from validator.readers.convert.office import find_office

CARRIERS = ("web", "word", "sheets", "text", "structured", "archives", "converted", "pdf", "ofd", "writers")
"""The modules of this folder that write variants; one more is one name."""
LEAST_EXACT = 0.95
MANY = ("converted", "word", "sheets", "writers")
"""Those whose ways take long to write: the test tries some of them, the script all."""


def try_carrier(carrier: str, folder: Path, seed: str, *, few: bool = False) -> Iterator[Trial]:
    module = importlib.import_module(f"variants.{carrier}")
    return try_ways(carrier, module.SUFFIX, module.WAYS, folder, seed, module.SUFFIXES, few=few)


@pytest.mark.slow
@pytest.mark.parametrize("carrier", CARRIERS)
def test_variants_are_read_as_they_were_made(carrier: str, tmp_path: Path) -> None:
    if carrier in ("converted", "writers") and find_office() is None:
        pytest.skip("LibreOffice is not installed")
    for library in ("reportlab", "fpdf", "typst", "weasyprint") if carrier == "writers" else ():
        pytest.importorskip(library)
    trials = list(try_carrier(carrier, tmp_path, "1", few=carrier in MANY))
    assert [trial for trial in trials if trial.verdict in ("wrong", "false")] == []
    whole = [trial for trial in trials if "-crowded-" not in trial.name]
    others = [trial for trial in whole if trial.verdict != "exact"]
    assert len(others) <= max(1, (1 - LEAST_EXACT) * len(whole)), others


def main(seed: str = "1", *names: str) -> None:
    """Print each variant that was not exact, and a table of what came of those of each carrier."""
    trials = []
    with TemporaryDirectory() as folder:
        for carrier in names or CARRIERS:
            for trial in try_carrier(carrier, Path(folder), seed):
                trials.append(trial)
                if trial.verdict != "exact":
                    print(f"{trial.verdict:6} {trial.name}: {trial.detail}")
    print(f"{'':12}{'variants':>9}", *(f"{verdict:>6}" for verdict in VERDICTS))
    for carrier in [*(names or CARRIERS), ""]:
        own = [trial for trial in trials if trial.name.startswith(f"{carrier}-" if carrier else "")]
        print(f"{carrier or 'together':12}{len(own):9}", *(f"{count(own)[verdict]:6}" for verdict in VERDICTS))


if __name__ == "__main__":
    main(*sys.argv[1:])
