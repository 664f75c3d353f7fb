"""The evaluator of the page against the one of the checks, on random reports with random figures tried."""

import json
from pathlib import Path
from random import Random

from made_sheets import RULESET, make_cell, sound
from msgspec.structs import replace

import validator.render
from validator.checking import check
from validator.model.report import CellState
from validator.model.result import ReportResult
from validator.render.audit.trial import write_number, write_trial
from validator.render.look import Look

SCRIPT = Path(validator.render.__file__).parent / "templates" / "audit" / "evaluate.js"
RUN = """cases => JSON.stringify(JSON.parse(cases).map(({relations, totals, cells}) =>
  gouji.evaluate(relations, totals, cells.map(([state, value]) => ({state, figure: value && gouji.parse(value)})))
    .map(one => [one.verdict, one.reason, one.left === null ? null : gouji.write(one.left),
                 one.right === null ? null : gouji.write(one.right)])))"""
STATES = ("blank", "/", "unreadable")


def disturb(cells, random, count, states=STATES):
    """Give some cells other figures or none; rows that may stand for others stay as they are."""
    changed = dict(cells)
    for address in random.sample([a for a in cells if not a.startswith("applications.other.")], count):
        value = random.choice([0, 1, random.randrange(200), *states])
        changed[address] = make_cell(value)
    return changed


def make_case(seed):
    """Give what the page is given, with figures tried in it, and what the check says of them."""
    random = Random(seed)
    report = sound(random.choice(["2014", "2019", "2021"]), seed)
    report = replace(report, cells=disturb(report.cells, random, random.randrange(12)))
    if random.random() < 0.3:
        lost = random.choice([a for a in report.cells if not a.startswith("applications.other.")])
        report = replace(report, cells={a: c for a, c in report.cells.items() if a != lost})
    tried = replace(report, cells=disturb(report.cells, random, random.randrange(1, 8), STATES[:2]))
    before = [o for o in check(report, RULESET) if o.equation is not None]
    after = {(o.rule, o.instance): o for o in check(tried, RULESET)}
    result = ReportResult("made", report, outcomes=tuple(before))
    data = json.loads(write_trial(result, RULESET.forms[report.form], {}, {}, (), {}, (), Look()).shared)
    cells = []
    for address, *_ in data["cells"]:
        cell = tried.cells.get(address)
        value = None if cell is None or cell.state is not CellState.NUMBER else write_number(cell.value)
        cells.append(["missing" if cell is None else str(cell.state), value])
    relations = [[left, relation, right] for _, _, left, relation, right in data["relations"]]
    expected = [after.get((o.rule, o.instance)) for o in before]
    return {"relations": relations, "totals": data["totals"], "cells": cells}, before, expected


def told(outcome):
    sides = [None if side is None else write_number(side) for side in (outcome.left, outcome.right)]
    return [str(outcome.verdict), outcome.reason, *sides]


def test_every_relation_comes_out_as_in_the_check(browser):
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    made = [make_case(seed) for seed in range(150)]
    found = json.loads(page.evaluate(RUN, json.dumps([case for case, _, _ in made])))
    page.close()
    seen = set()
    for (_, before, expected), judged in zip(made, found, strict=True):
        for outcome, wanted, got in zip(before, expected, judged, strict=True):
            # A rule with a condition says nothing where the figures tried no longer meet it.
            if wanted is None:
                continue
            assert got[:2] == told(wanted)[:2], (outcome.rule, outcome.instance)
            if wanted.verdict != "not_assessed":
                assert got[2:] == told(wanted)[2:], (outcome.rule, outcome.instance)
            seen.add((str(wanted.verdict), wanted.reason))
    reasons = {"total-blank", "all-blank", "parts-blank", "missing", "unreadable", "not-applicable"}
    assert {("holds", ""), ("broken", "")} | {("not_assessed", r) for r in reasons - {"not-applicable"}} <= seen


TYPED = {
    "1,204": ["number", "1204"],
    "１２.５０": ["number", "12.5"],
    " -3 ": ["number", "-3"],
    "": ["blank", None],
    "/": ["not_applicable", None],
    "无": ["not_applicable", None],
    "——": ["not_applicable", None],
    "99999999999999999999.5": ["number", "99999999999999999999.5"],
} | dict.fromkeys(["1 2", "1,2", "12件", "1e5", "1.2.3", "0.1234567890123", "<b>"])
READ = """all => all.map(typed => {
  const read = gouji.read(typed);
  return read && [read.state, read.figure === null ? null : gouji.write(read.figure)];
})"""


def test_what_is_typed_is_a_figure_or_refused(browser):
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate(READ, list(TYPED))
    page.close()
    assert dict(zip(TYPED, found, strict=True)) == TYPED
