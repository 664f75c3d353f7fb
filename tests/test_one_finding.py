"""The finding that docs/architecture.md follows from cell to SARIF, step by step, with the values it names."""

import json
from pathlib import Path

from validator import check as check_files
from validator.checking import check, coverage, to_findings
from validator.comparison import compare_versions
from validator.extraction import extract
from validator.model.document import Framing, Table
from validator.model.location import HtmlCellPlace
from validator.model.outcome import Verdict
from validator.pipeline import Settings
from validator.pipeline.knowledge import load_knowledge
from validator.readers import read
from validator.render import RENDERERS
from validator.render.look import Look

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "sample_reports" / "faulty" / "digits_swapped_2022"
CELL = "applications.rejected.petition.natural_person"
PLACE = HtmlCellPlace(table=3, row=19, column=4)


def test_one_finding_from_cell_to_sarif():
    document = read(FOLDER / "report.html")
    table = [block for block in document.blocks if isinstance(block, Table)][2]
    assert table.framing is Framing.GRID
    (cell,) = [cell for row in table.rows for cell in row.cells if cell.location == PLACE]
    assert cell.text == "72"

    knowledge = load_knowledge()
    ruleset = knowledge.ruleset
    report = extract(document, ruleset.forms, knowledge.wordings)
    assert (report.form, report.cells[CELL].value, report.cells[CELL].location) == ("2021", 72, PLACE)

    layout = ruleset.layout(ruleset.forms["2021"], frozenset())
    (instance,) = [i for i in layout.instances["applications-row-total"] if i.name == "rejected.petition"]
    assert instance.total == "applications.rejected.petition.total"
    assert len(instance.parts) == 6

    outcomes = check(report, ruleset)
    broken = {o.rule: (o.left, o.right) for o in outcomes if o.verdict is Verdict.BROKEN and o.exact}
    assert broken == {"applications-row-total": (86, 41), "applications-handled-total": (147, 102)}
    assert coverage(outcomes).expected == coverage(outcomes).assessed == 42

    findings = {finding.rule: finding for finding in to_findings(report, ruleset, outcomes)}
    finding = findings["applications-row-total"]
    assert finding.location == PLACE
    assert finding.message.zh.startswith("表三 (五)不予处理·1.信访举报投诉类申请：各列之和72+6+8=86，总计41")

    best = check_files([FOLDER / "report.html"], Settings(jobs=1)).reports
    (result,) = list(best)
    explanation = result.diagnosis[0]
    assert [(c.cell, c.reported, c.proposed) for c in explanation.changes] == [(CELL, 72, 27)]
    assert (explanation.reason, explanation.unique) == ("digits-swapped", True)
    assert set(explanation.explains) == {f.fingerprint for f in findings.values()}

    other = extract(read(FOLDER.parent / "cut_2022" / "report.txt"), ruleset.forms, knowledge.wordings)
    assert other.cells[CELL].value == 27
    told = [outcome for _, outcome in compare_versions([report, other], ruleset)]
    assert [(o.verdict, o.cells) for o in told] == [(Verdict.BROKEN, (CELL,))]

    results = check_files([FOLDER / "report.html"], Settings(jobs=1))
    sarif = json.loads("".join(RENDERERS["sarif"](results, Look("zh"))))
    (shown,) = [r for r in sarif["runs"][0]["results"] if r["ruleId"] == "applications-row-total"]
    assert shown["level"] == "error"
    place = shown["locations"][0]
    assert place["logicalLocations"][0]["fullyQualifiedName"].endswith(CELL)
    assert place["properties"]["place"] == {"table": 3, "row": 19, "column": 4}
    assert shown["partialFingerprints"]["gouji/v1"] == finding.fingerprint
    assert "应为27（数字颠倒）" in shown["message"]["text"]
