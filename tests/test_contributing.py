"""What CONTRIBUTING.md says that a change costs, tried: a rule, an alias and a wording are a file or a line of YAML.

A form is tried in tests/test_forms.py, a kind of rule in tests/comparison/test_kinds.py.
"""

from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from typeset import LAYOUTS, print_report

import validator
from validator.checking import check, to_findings
from validator.extraction import extract
from validator.extraction.claims import read_prose
from validator.model.document import Paragraph
from validator.model.location import TextPlace
from validator.pipeline import load_ruleset
from validator.pipeline.knowledge import load_knowledge
from validator.pipeline.rulebook import write_rule_pages
from validator.readers.web import read_html
from validator.ruleset.forms import read_forms
from validator.ruleset.loading import data_folder
from validator.ruleset.wording import load_wordings

RULE = """
id: review-pending-few
kind: bound
severity: note
check: review.pending <= 3
title: {zh: 尚未审结的不多, en: Few cases are pending}
message: {zh: "{table}：尚未审结{left}", en: "{table}: pending {left}"}
why: {zh: 因, en: why}
basis: 依据
examples:
  - breaks: {review.pending: 4}
    delta: 1
"""


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge()


def page(form, labels=(), **figures):
    texts = dict.fromkeys(form.required, "0") | {address: str(value) for address, value in figures.items()}
    printed = print_report(form, texts, labels=dict(labels))
    return read_html(LAYOUTS["page"][1](printed, Random(1)), "report.html")


def test_a_rule_is_one_file_with_a_page_of_its_own(tmp_path: Path, knowledge):
    (tmp_path / "review-pending-few.yaml").write_text(RULE, encoding="utf-8")
    ruleset = load_ruleset(tmp_path)
    figures = {"review.pending": 4, "review.total": 4}
    report = extract(page(ruleset.forms["2021"], **figures), ruleset.forms, knowledge.wordings)
    (finding,) = [f for f in to_findings(report, ruleset, check(report, ruleset)) if f.rule == "review-pending-few"]
    assert finding.message.zh == "表四：尚未审结4"
    assert "Few cases are pending" in dict(write_rule_pages(ruleset))["review-pending-few.md"]


def test_an_alias_is_one_word_of_a_form_file(tmp_path: Path, knowledge):
    own, other = "四、结转下年度继续办理", "四、留待次年办理"
    folder = tmp_path / "forms"
    copytree(data_folder() / "forms", folder)
    text = (folder / "2021.yaml").read_text(encoding="utf-8")
    assert "aliases: [四、结转下年度继续办理数量]" in text
    changed = text.replace("aliases: [四、结转下年度继续办理数量]", f"aliases: [四、结转下年度继续办理数量, {other}]")
    (folder / "2021.yaml").write_text(changed, encoding="utf-8")
    forms = read_forms(sorted(folder.glob("*.yaml")))
    figures = {f"applications.{row}.{column}": 3 for row in ("new_received", "carried_forward")
               for column in ("natural_person", "total")}  # fmt: skip
    document = page(forms["2021"], {own: other}, **figures)
    damaged = [p.kind for p in extract(document, knowledge.ruleset.forms, knowledge.wordings).problems]
    assert "label-damaged" in damaged or "missing-row" in damaged
    report = extract(document, forms, knowledge.wordings)
    assert report.cells["applications.carried_forward.total"].value == 3
    assert "label-damaged" not in [p.kind for p in report.problems]


def test_a_wording_is_a_row_and_an_example(tmp_path: Path, knowledge):
    folder = tmp_path / "claims"
    copytree(data_folder() / "claims", folder)
    file = folder / "wordings.yaml"
    text = file.read_text(encoding="utf-8")
    head = "  applications:\n    - {words: "
    assert head in text
    row = (
        "    - {words: complaint apply, quantity: {'2019': applications.rejected.petition.total}, "
        "example: '投诉举报方面的申请{11}件。'}\n"
    )
    file.write_text(text.replace(head, head.replace("    -", row + "    -")), encoding="utf-8")
    wordings = load_wordings(folder, knowledge.ruleset.forms)
    assert len(wordings.wordings["applications"]) == len(knowledge.wordings.wordings["applications"]) + 1
    said = [Paragraph("依申请公开中，投诉举报方面的申请11件。", TextPlace(1, 1))]
    assert "applications.rejected.petition.total" not in {
        claim.quantity for claim in read_prose(said, False, "2021", 2023, knowledge.wordings).claims
    }
    (claim,) = read_prose(said, False, "2021", 2023, wordings).claims
    assert (claim.quantity, claim.value) == ("applications.rejected.petition.total", 11)


def test_modules_stay_below_three_hundred_lines() -> None:
    package = Path(validator.__file__).parent
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in package.rglob("*.py")}
    assert len(sizes) > 100
    assert [path.name for path, size in sizes.items() if size >= 300] == []
