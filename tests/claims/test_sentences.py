"""Sentences of our own, as reports of many kinds word them, and what must not be read in others."""

import json
from pathlib import Path

import pytest
from score import BAR, load, score

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / ".." / "shared" / "corpus" / "claims.jsonl"


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_claims_of_our_own_sentences():
    ours = records(HERE / "sentences.jsonl")
    assert len(ours) >= 150
    result = score(ours, load())
    assert result.faults == []
    assert result.expected >= 400


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real reports is not here")
def test_claims_of_real_reports():
    result = score(records(CORPUS), load())
    assert result.precision >= BAR, "\n".join(result.faults)
    assert result.recall >= BAR, "\n".join(result.faults)


def test_the_score_counts_what_is_wrong():
    wrong = {"text": "全年共收到政府信息公开申请12件。", "year": 2023}
    missed = [{"quantity": "applications.handled_total.total", "value": 12, "span": "12"}]
    result = score([wrong | {"claims": missed}], load())
    assert (result.expected, result.read, result.right) == (1, 1, 0)
    assert (result.precision, result.recall) == (0.0, 0.0)
    assert "missed applications.handled_total.total" in result.faults[0]
    assert "wrong  applications.new_received.total" in result.faults[0]
