"""The wordings and their words: the examples of the data run, and mistakes in it are named."""

import re
from pathlib import Path

import pytest
from score import FORMS, ROOT, load, read_text

from validator.errors import RuleError
from validator.ruleset.wording import expand, load_wordings

WORDINGS = load()
YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
HEADINGS = {"heading_cases": "政府信息公开行政复议情况", "heading_disclosure": "主动公开政府信息情况"}
ROWS = [wording for rows in WORDINGS.wordings.values() for wording in rows]


@pytest.mark.parametrize("wording", ROWS, ids=lambda wording: f"{wording.gives}: {wording.text}")
def test_examples_of_wordings(wording):
    before, _, rest = wording.example.partition("{")
    span, _, after = rest.partition("}")
    assert span, "braces mark the figure"
    heading = HEADINGS.get(wording.after, "依申请公开政府信息")
    stated, doubted = [], False
    for form_id, year in YEARS.items():
        claims = read_text(before + span + after, year, WORDINGS, heading)
        here = [claim for claim in claims if (claim.offset, claim.span) == (len(before), span)]
        if not wording.quantities:
            assert [claim.quantity for claim in here if claim.quantity in WORDINGS.known[form_id]] == []
        elif form_id in wording.quantities:
            doubted |= form_id in wording.doubtful and any(claim.sure for claim in here)
            wanted = re.sub(r"\\\{[a-z_]+\\\}", "[a-z_.]+", re.escape(wording.quantities[form_id]))
            stated += [claim for claim in here if re.fullmatch(wanted, claim.quantity)]
    assert stated or not wording.quantities
    assert not doubted


def test_choices_in_words_are_spelled_out():
    assert expand("专(兼)职") == ["专兼职"]
    assert sorted(expand("(一|二(三|四))[五]")) == sorted(["一", "一五", "二三", "二三五", "二四", "二四五"])
    assert sorted(expand("[政府]信息(公开|查询)")) == ["信息公开", "信息查询", "政府信息公开", "政府信息查询"]
    assert sorted(expand("收到[过]")) == ["收到", "收到过"]
    assert sorted(expand("起(诉|提[行政]诉)")) == ["起提行政诉", "起提诉", "起诉"]
    assert expand("备案") == ["备案"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("words.yaml", "  receive: >-", "  recieve: >-", "no kind of words 'receive'; did you mean 'recieve'"),
        ("words.yaml", '  repeal: "废止', '  repeal: "制发 废止', "the word 制发 has another meaning already"),
        ("wordings.yaml", "doubtful: true", "doubtfull: true", "unknown key 'doubtfull'"),
        ("wordings.yaml", "unit: paper", "unit: papers", "no unit 'papers'; did you mean 'paper'"),
        (
            "wordings.yaml",
            "words: withdraw,",
            "words: withdrew,",
            "no kind of words 'withdrew'; did you mean 'withdraw'",
        ),
        ("wordings.yaml", '"2021": ""', '"2023": ""', "no form '2023'"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, file, old, new, message):
    for path in (ROOT / "rules/claims").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name == file:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_wordings(tmp_path, FORMS)
    assert message in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_choices_spell_few_words():
    """Every start of the program spells all words out: choices beside choices soon make a hundred thousand."""
    assert len(WORDINGS.words) < 25_000
