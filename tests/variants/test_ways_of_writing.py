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

CARRIERS = ("web", "word", "sheets", "text", "structured", "archives", "pdf", "ofd")
"""The modules of this folder that write variants; one more is one name."""
LEAST_EXACT = 0.95


def try_carrier(carrier: str, folder: Path, seed: str) -> Iterator[Trial]:
    module = importlib.import_module(f"variants.{carrier}")
    return try_ways(carrier, module.SUFFIX, module.WAYS, folder, seed, module.SUFFIXES)


@pytest.mark.slow
@pytest.mark.parametrize("carrier", CARRIERS)
def test_variants_are_read_as_they_were_made(carrier: str, tmp_path: Path) -> None:
    trials = list(try_carrier(carrier, tmp_path, "1"))
    assert [trial for trial in trials if trial.verdict in ("wrong", "false")] == []
    assert count(trials)["exact"] >= LEAST_EXACT * len(trials), [t for t in trials if t.verdict != "exact"]


def main(seed: str = "1", *names: str) -> None:
    """Print what came of all variants, and each that was not exact."""
    trials = []
    with TemporaryDirectory() as folder:
        for carrier in names or CARRIERS:
            for trial in try_carrier(carrier, Path(folder), seed):
                trials.append(trial)
                if trial.verdict != "exact":
                    print(f"{trial.verdict:6} {trial.name}: {trial.detail}")
    counts = count(trials)
    print(f"{len(trials)} variants:", ", ".join(f"{verdict} {counts[verdict]}" for verdict in VERDICTS))


if __name__ == "__main__":
    main(*sys.argv[1:])
