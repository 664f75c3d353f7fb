"""Baselines: written, read again, and held against findings."""

import json
from pathlib import Path

import pytest
from made_findings import find

from validator.config.baseline import Baseline, Seen, load_baseline, make_entries, write_baseline
from validator.errors import ConfigError

ONE, TWO, THREE = (find("review-total", digit * 16) for digit in "123")
BODY = ("甲县发展局", 2023)
NOBODY = (None, 2023)
RULES = {"review-total"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def baseline_of(folder, *reports) -> Baseline:
    """Write a baseline of (source, findings, body, year) and read it again."""
    entries = [e for source, findings, *who in reports for e in make_entries(findings, source, *who, folder)]
    path = folder / "known.json"
    path.write_text(write_baseline(entries), encoding="utf-8")
    return load_baseline(path)


def test_the_file_has_one_finding_a_line_in_a_fixed_order(folder):
    entries = make_entries([TWO, ONE], "b.html", *BODY, folder) + make_entries([ONE, ONE], "a.html", *NOBODY, folder)
    text = write_baseline(entries)
    assert text == write_baseline(entries[::-1])
    first, *lines, last = text.splitlines()
    assert (first, last) == ('{"schema": "gouji.baseline/1", "findings": [', "]}")
    assert [json.loads(line.rstrip(",")) for line in lines] == [
        {"fingerprint": mark * 16, "rule": "review-total", "source": source, "body": body, "year": 2023,
         "message": "review-total有误"}
        for mark, source, body in (("1", "a.html", None), ("1", "b.html", "甲县发展局"), ("2", "b.html", "甲县发展局"))
    ]  # fmt: skip
    assert json.loads(write_baseline([])) == {"schema": "gouji.baseline/1", "findings": []}


def test_a_round_trip_changes_nothing(folder):
    baseline = baseline_of(folder, ("a.html", [ONE, TWO], *BODY), ("b/c.html", [ONE], *NOBODY))
    assert write_baseline(baseline.entries) == (folder / "known.json").read_text(encoding="utf-8")
    assert [entry.source for entry in baseline.entries] == ["a.html", "a.html", "b/c.html"]


def test_only_what_is_not_in_the_baseline_is_new(folder):
    baseline = baseline_of(folder, ("a.html", [ONE, TWO], *BODY))
    assert baseline.split([ONE, THREE, TWO], "a.html", *BODY) == ((ONE, TWO), (THREE,))


def test_a_report_with_body_and_year_is_known_in_every_file(folder):
    baseline = baseline_of(folder, ("a.html", [ONE], *BODY))
    assert baseline.split([ONE], "renamed.html", *BODY) == ((ONE,), ())


def test_without_body_or_year_a_finding_is_known_in_its_file_alone(folder):
    baseline = baseline_of(folder, ("a.html", [ONE], *NOBODY))
    assert baseline.split([ONE], "a.html", *NOBODY) == ((ONE,), ())
    assert baseline.split([ONE], "b.html", *NOBODY) == ((), (ONE,))


def test_files_are_named_from_the_folder_of_the_baseline(folder, monkeypatch):
    baseline = baseline_of(folder, ("sub/a.html", [ONE], *NOBODY))
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    assert baseline.split([ONE], "a.html", *NOBODY) == ((ONE,), ())
    assert baseline.split([ONE], "../a.html", *NOBODY) == ((), (ONE,))


def test_fixed_are_known_findings_that_are_gone_from_a_checked_report(folder):
    baseline = baseline_of(
        folder, ("a.html", [ONE, TWO], *BODY), ("b.html", [ONE, TWO], *NOBODY), ("c.html", [THREE], *NOBODY)
    )
    seen = Seen(baseline)
    seen.add([ONE], "other-name.html", *BODY)
    seen.add([TWO, THREE], "b.html", *NOBODY)
    assert seen.known == 2
    assert [(entry.source, entry.fingerprint[0]) for entry in seen.fixed(RULES)] == [("a.html", "2"), ("b.html", "1")]
    assert seen.fixed({"form-year"}) == ()


def test_two_versions_of_one_report_are_fixed_when_both_are(folder):
    baseline = baseline_of(folder, ("a.html", [ONE], *BODY), ("a.docx", [ONE], *BODY))
    seen = Seen(baseline)
    seen.add([], "a.html", *BODY)
    seen.add([ONE], "a.docx", *BODY)
    assert seen.fixed(RULES) == ()


def test_prune_drops_what_is_fixed_and_what_has_no_file_any_more(folder):
    (folder / "unchecked.html").touch()
    baseline = baseline_of(
        folder, *((name, [ONE], *NOBODY) for name in ("kept.html", "fixed.html", "unchecked.html", "deleted.html"))
    )
    seen = Seen(baseline)
    seen.add([ONE], "kept.html", *NOBODY)
    seen.add([], "fixed.html", *NOBODY)
    assert [entry.source for entry in seen.pruned(RULES)] == ["kept.html", "unchecked.html"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "known.json: there is no such baseline; make it with: gouji baseline PATH... --output known.json"),
        ('{"schema":\n<<<<<<< HEAD\n', "known.json, line 2: not JSON: Expecting value"),
        ('{"schema": "gouji.results/1"}', "known.json: not a baseline: its schema is 'gouji.results/1', not "
         "'gouji.baseline/1'"),
        ('{"reports": []}', "known.json: not a baseline: unknown key 'reports'"),
        ('{"schema": "gouji.baseline/1", "findings": [{"rule": "a", "fingerprint": 1, "source": "a", "body": null, '
         '"year": null}]}', "known.json: not a baseline: findings: 1: fingerprint: 1 is not a text"),
        ("[]", "known.json: not a baseline: [] is not keys with values"),
    ],
)  # fmt: skip
def test_what_is_no_baseline(folder, text, told):
    if text is not None:
        (folder / "known.json").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_baseline(Path("known.json"))
    assert str(caught.value) == told
    assert caught.value.zh.startswith("known.json")
