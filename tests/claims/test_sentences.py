"""Sentences of our own, as reports of many kinds word them, and what must not be read in others."""

from pathlib import Path

import pytest
from score import RECALL, SURE_PRECISION, SURE_RECALL, load, read_file, score

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / ".." / "shared" / "corpus"


@pytest.mark.parametrize("name", ["sentences.jsonl"])
def test_claims_of_our_own_sentences(name):
    ours = read_file(HERE / name)
    assert len(ours) >= 150
    result = score(ours, load())
    assert [fault for fault in result.faults if "missed" in fault or "wrong" in fault.lower()] == []
    assert result.sure_recall >= SURE_RECALL


def test_claims_of_paraphrases():
    """Sentences in the manner of many provinces and years, labelled before they were read."""
    result = score(read_file(HERE / "paraphrases.jsonl"), load())
    assert result.expected >= 450
    assert result.recall >= RECALL, "\n".join(result.faults)
    assert result.sure_precision >= SURE_PRECISION, "\n".join(result.faults)
    assert result.sure_recall >= SURE_RECALL, "\n".join(result.faults)


def test_claims_of_batches():
    """Batches of sentences that were labelled, then read for the first time; docs/claims.md has their first scores."""
    result = score(read_file(HERE / "unseen.jsonl"), load())
    assert result.expected >= 800
    assert result.recall >= 0.96, "\n".join(result.faults)
    assert result.sure_precision >= SURE_PRECISION, "\n".join(result.faults)
    assert result.sure_recall >= SURE_RECALL, "\n".join(result.faults)


@pytest.mark.parametrize("name", ["claims.jsonl", "claims2.jsonl"])
def test_claims_of_real_reports(name):
    if not (CORPUS / name).exists():
        pytest.skip("the corpus of real reports is not here")
    result = score(read_file(CORPUS / name), load())
    assert result.recall >= RECALL, "\n".join(result.faults)
    assert result.sure_precision >= SURE_PRECISION - (name == "claims.jsonl") * 0.005, "\n".join(result.faults)
    assert result.sure_recall >= SURE_RECALL, "\n".join(result.faults)


def test_the_score_counts_what_is_wrong():
    wrong = {"text": "全年共收到政府信息公开申请12件。", "year": 2023}
    missed = [{"quantity": "applications.handled_total.total", "value": 12, "span": "12"}]
    result = score([wrong | {"claims": missed}], load())
    assert (result.expected, result.read, result.right, result.sure) == (1, 1, 0, 1)
    assert (result.precision, result.recall) == (0.0, 0.0)
    assert "missed applications.handled_total.total" in result.faults[0]
    assert "WRONG  applications.new_received.total" in result.faults[0]
