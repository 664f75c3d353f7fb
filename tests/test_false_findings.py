"""Sound reports with prose, samples and real reports: no error and no warning is found in them."""

import pytest
from false_findings import CORPUS, find_in_corpus, find_in_made, find_in_samples


def serious(told):
    return {pair: times for pair, times in told.items() if pair[0] != "note"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_made_reports_of_three_years_each_give_no_false_finding(seed):
    made, told = find_in_made(60, seed)
    assert made >= 60
    assert serious(told) == {}


@pytest.mark.slow
def test_samples_and_real_reports_give_no_false_finding():
    assert serious(find_in_samples()) == {}
    assert not CORPUS.is_dir() or serious(find_in_corpus()) == {}
