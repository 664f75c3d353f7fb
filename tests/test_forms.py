"""A form that no program knew of is one file: here of 2027, with a row more, a column less and a label changed."""

import json
import re
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from figures import make_figures
from typeset import LAYOUTS, print_report

from validator.checking import check, coverage, to_findings
from validator.cli import main
from validator.comparison import compare_years
from validator.errors import RuleError
from validator.extraction import extract
from validator.model.bilingual import Bilingual
from validator.model.outcome import Severity, Verdict
from validator.pipeline import load_ruleset
from validator.pipeline.knowledge import KINDS, load_knowledge
from validator.readers.text import read_text
from validator.readers.web import read_html
from validator.ruleset.loading import read_rule

FORM = """
id: "2027"
after: "2021"
first_year: 2027
title: {zh: 二〇二七年格式, en: Form of 2027}
basis: 虚构的通知
tables:
  - id: applications
    changes:
      - {drop: legal_service}
      - {row: {id: trade_secret, label: 9.属于商业秘密, en: 9. Trade secrets}, below: denied.administrative_query}
      - {relabel: granted, label: (一)全部公开, en: (1) Granted in full}
"""
BODY = "云溪县档案局"
FIGURES = {
    "applications.new_received": (8, 3),
    "applications.carried_over": (1, 0),
    "applications.granted": (5, 2),
    "applications.denied.trade_secret": (1, 1),
    "applications.handled_total": (6, 3),
    "applications.carried_forward": (3, 0),
}
SAID = "2027年，本机关共收到政府信息公开申请{}件，上年结转1件，予以公开7件，结转下年度继续办理3件。"
CERTAIN = [name for name in LAYOUTS if name not in ("bare_cells", "printed_lines")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    (folder / "2027.yaml").write_text(FORM, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def knowledge(folder):
    return load_knowledge(forms=[folder])


def texts_of(form, **changed):
    texts = dict.fromkeys(form.required, "0")
    for row, (people, companies) in FIGURES.items():
        texts |= {f"{row}.natural_person": people, f"{row}.enterprise": companies, f"{row}.total": people + companies}
    return {address: str(value) for address, value in (texts | changed).items()}


def set_page(form, texts, said, layout="page", year=2027):
    printed = print_report(form, texts, organization=BODY, year=year, prose={0: [said]})
    suffix, make = LAYOUTS[layout]
    return suffix, make(printed, Random(1))


def read_page(knowledge, suffix, text):
    source = f"report{suffix}"
    document = read_html(text, source) if suffix == ".html" else read_text(text, source, markdown=suffix == ".md")
    return extract(document, knowledge.ruleset.forms, knowledge.wordings)


def test_it_says_what_it_changes_and_the_rest_is_as_before(knowledge):
    old, new = knowledge.ruleset.forms["2021"], knowledge.ruleset.forms["2027"]
    own = [form for form in knowledge.ruleset.forms.values() if not form.family]
    assert [(f.id, f.first_year, f.last_year) for f in own][2:] == [
        ("2021", 2021, 2026),
        ("2027", 2027, None),
    ]
    gone, come = set(old.required) - set(new.required), set(new.required) - set(old.required)
    assert {address.rpartition(".")[2] for address in gone} == {"legal_service"}
    assert {address.rpartition(".")[0] for address in come} == {"applications.denied.trade_secret"}
    assert list(new.cells).index("applications.denied.trade_secret.total") == (
        list(new.cells).index("applications.denied.administrative_query.total") + 6
    )
    granted = Bilingual("表三 (一)全部公开·总计", "Table 3, (1) Granted in full, Total")
    assert new.name("applications.granted.total") == granted
    assert new.name("applications.denied.trade_secret.total").zh == "表三 (三)不予公开·9.属于商业秘密·总计"
    assert "applications.denied.trade_secret.enterprise" in new.computed["applications.denied.legal_person"].parts
    assert not any("legal_service" in part for cell in new.computed.values() for part in cell.parts)
    assert (new.sections, new.keys, new.table("outcomes")) == (old.sections, old.keys, old.table("outcomes"))


def test_rules_have_the_new_row_and_not_the_old_column(knowledge):
    layout = knowledge.ruleset.layout(knowledge.ruleset.forms["2027"], frozenset())
    balance = {instance.name: instance.addresses for instance in layout.instances["applications-balance"]}
    assert "legal_service" not in balance
    handled = {instance.name: instance.addresses for instance in layout.instances["applications-handled-total"]}
    assert "applications.denied.trade_secret.total" in handled["total"]
    rows = {instance.name: instance.addresses for instance in layout.instances["applications-row-total"]}
    assert len(rows["denied.trade_secret"]) == 6
    assert {"2021", "2027"} <= set(knowledge.ruleset.rule("units-proactive").forms)
    assert "2019" not in knowledge.ruleset.rule("units-proactive").forms


@pytest.mark.parametrize("layout", CERTAIN)
def test_a_sound_report_reads_back_exactly_and_gives_no_finding(knowledge, layout):
    form = knowledge.ruleset.forms["2027"]
    texts = texts_of(form)
    report = read_page(knowledge, *set_page(form, texts, SAID.format(11), layout))
    assert (report.form, report.year, report.organization) == ("2027", 2027, BODY)
    assert {address: str(cell.value) for address, cell in report.cells.items()} == texts
    outcomes = check(report, knowledge.ruleset)
    found = coverage(outcomes)
    assert found.expected == found.assessed > 30
    assert [f for f in to_findings(report, knowledge.ruleset, outcomes) if f.severity is not Severity.NOTE] == []
    assert {claim.quantity for claim in report.claims} >= {
        "applications.new_received.total",
        "applications.granted.total",
        "applications.carried_forward.total",
    }


@pytest.mark.parametrize("form_id", ["2014", "2019", "2021"])
@pytest.mark.parametrize("layout", ["page", "row_a_line", "markdown"])
def test_reports_of_other_years_are_read_as_without_it(knowledge, form_id, layout):
    form = knowledge.ruleset.forms[form_id]
    texts = {address: str(value) for address, value in make_figures(form, Random(3)).items()}
    suffix, text = set_page(form, texts, "我单位依法做好政府信息公开工作。", layout, year=form.first_year)
    report = read_page(knowledge, suffix, text)
    assert report.form == form_id
    assert report == read_page(load_knowledge(), suffix, text)


def test_prose_without_tables_takes_the_addresses_of_the_form_of_its_year(knowledge):
    text = f"{BODY}2027年政府信息公开工作年度报告\n\n" + SAID.format(11)
    report = read_page(knowledge, ".txt", text)
    assert report.form == "narrative"
    assert "applications.new_received.total" in {claim.quantity for claim in report.claims}
    assert knowledge.wordings.form_of(2027) == knowledge.wordings.form_of(None) == "2027"
    assert [knowledge.wordings.form_of(year) for year in (2010, 2014, 2020, 2026)] == ["2014", "2014", "2019", "2021"]


def gouji(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], env={"GOUJI_LANG": "zh"})


def test_a_wrong_report_is_told_diagnosed_and_shown(knowledge, folder, tmp_path):
    form = knowledge.ruleset.forms["2027"]
    texts = texts_of(form, **{"applications.denied.trade_secret.natural_person": 10})
    suffix, text = set_page(form, texts, SAID.format(21))
    path = tmp_path / f"report{suffix}"
    path.write_text(text, encoding="utf-8")
    page = tmp_path / "audit.html"
    run = gouji("check", path, "--forms", folder, "--format", "json", "--report", f"html={page}", "--report",
                f"terminal={tmp_path / 'screen.txt'}")  # fmt: skip
    assert run.exit_code == 1, run.output
    (report,) = json.loads(run.stdout)["reports"]
    assert (report["form"], report["year"], report["status"]) == ("2027", 2027, "failed")
    assert report["coverage"]["expected"] == report["coverage"]["assessed"]
    rules = {finding["rule"] for finding in report["findings"]}
    assert rules >= {"applications-handled-total", "applications-row-total", "narrative-figure"}
    best = report["diagnosis"][0]
    assert [(c["cell"], c["reported"], c["proposed"]) for c in best["changes"]] == [
        ("applications.denied.trade_secret.natural_person", 10, 1)
    ]
    assert best["unique"]
    for shown in ((tmp_path / "screen.txt").read_text(encoding="utf-8"), page.read_text(encoding="utf-8")):
        assert "9.属于商业秘密" in shown
    assert "(一)全部公开" in page.read_text(encoding="utf-8")


def test_the_same_report_without_the_folder_is_one_of_the_form_before_it(knowledge):
    form = knowledge.ruleset.forms["2027"]
    suffix, text = set_page(form, texts_of(form), SAID.format(11))
    report = read_page(load_knowledge(), suffix, text)
    assert report.form == "2021"
    assert {"extra-row", "label-damaged"} & {problem.kind for problem in report.problems}


def test_it_is_read_explained_and_listed(knowledge, folder, tmp_path):
    form = knowledge.ruleset.forms["2027"]
    suffix, text = set_page(form, texts_of(form), SAID.format(11))
    path = tmp_path / f"report{suffix}"
    path.write_text(text, encoding="utf-8")
    read = json.loads(gouji("read", path, "--forms", folder).stdout)
    assert read["form"] == "2027"
    assert read["cells"]["applications.denied.trade_secret.total"]["value"] == 2
    page = gouji("explain", "applications-balance", "--forms", folder).stdout
    assert "2027年度起" in page
    listed = gouji("forms", "--forms", folder).stdout
    assert "2027  2027年度起  二〇二七年格式\n  表二  主动公开政府信息情况\n" in listed
    assert f"  {folder / '2027.yaml'}\n" in listed
    shown = json.loads(gouji("forms", "--forms", folder, "--format", "json").stdout)["forms"]
    (last,) = (form for form in shown if form["id"] == "2027")
    assert (last["id"], last["first_year"], last["last_year"], last["after"]) == ("2027", 2027, None, "2021")
    assert [(table["id"], table["cells"]) for table in last["tables"]] == [
        ("proactive", 10),
        ("applications", 156),
        ("outcomes", 15),
    ]


def test_it_is_held_against_the_report_of_the_form_before(knowledge):
    ruleset = knowledge.ruleset
    old, new = ruleset.forms["2021"], ruleset.forms["2027"]
    before = read_page(knowledge, *set_page(old, texts_of(old), SAID.format(11), year=2026))
    after = read_page(knowledge, *set_page(new, texts_of(new), SAID.format(11)))
    assert (before.form, before.year, after.form, after.year) == ("2021", 2026, "2027", 2027)
    told = [o for r, o in compare_years([before, after], ruleset) if o.rule == "continuity-carried-over"]
    broken = {cell for o in told if o.verdict is Verdict.BROKEN for cell in o.cells}
    assert broken >= {"applications.carried_over.natural_person", "applications.carried_over.total"}
    # A column that only one of the forms has says nothing; the other columns do.
    balance = ruleset.linked(old, new)["continuity-carried-over"]
    assert {instance.name for instance in balance} == {
        *("natural_person", "enterprise", "research", "public_welfare", "other_organization", "total")
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('after: "2021"', 'after: "2012"', "after: no form '2012' begins before 2027; did you mean '2021'?"),
        ('after: "2021"\n', "", "table applications: give its name, heading and blocks"),
        ("first_year: 2027", "first_year: 2021", "reports of 2021 follow form 2021"),
        ("first_year: 2027", "first_year: 2016\nlast_year: 2017", "after: no form '2021' begins before 2016"),
        ('id: "2027"', 'id: "2028"', "id '2028' differs from the file's name"),
        ("drop: legal_service", "drop: legal_servise", "table applications: changes: 1: no row or column "
         "'legal_servise'; did you mean 'legal_service'?"),
        ("drop: legal_service", "dorp: legal_service", "unknown key 'dorp'; did you mean 'drop'?"),
        ("below: denied.administrative_query", "right_of: total", "changes: 2: say drop, or relabel and label, or "),
        ("id: applications", "id: aplications", "form 2021 has none of this id; did you mean 'applications'?"),
        ("below: denied.administrative_query", "below: granted, sets: [outcome]",
         "changes: 2: sets: no set 'outcome'; did you mean 'outcomes'?"),
        ("basis: 虚构的通知", "basis: 虚构的通知\nwithout: [outcome]",
         "without: form 2021 has no table 'outcome'; did you mean 'outcomes'?"),
    ],
)  # fmt: skip
def test_a_wrong_form_file_is_named_with_what_is_wrong(tmp_path, old, new, message):
    assert old in FORM
    path = tmp_path / "2027.yaml"
    path.write_text(FORM.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_ruleset(forms=[tmp_path])
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_form_may_not_take_the_id_of_another(tmp_path):
    (tmp_path / "2021.yaml").write_text(FORM.replace('"2027"', '"2021"'), encoding="utf-8")
    with pytest.raises(RuleError, match=r"the form '2021' is there already \(.*rules/forms/2021.yaml\)"):
        load_ruleset(forms=[tmp_path])
    with pytest.raises(RuleError, match="no form files"):
        load_ruleset(forms=[tmp_path / "nothing"])
    (tmp_path / "2021.yaml").rename(tmp_path / "narrative.yaml")
    (tmp_path / "narrative.yaml").write_text(FORM.replace('"2027"', "narrative"), encoding="utf-8")
    with pytest.raises(RuleError, match="id: 'narrative' has a meaning of its own"):
        load_ruleset(forms=[tmp_path])


def test_a_new_outcome_joins_the_sets_that_it_names(tmp_path):
    row = "{id: transferred, label: (二之一)移送, en: (2a) Transferred}"
    more = f"{FORM}      - {{row: {row}, below: partially_granted, sets: [outcomes]}}\n"
    (tmp_path / "2027.yaml").write_text(more, encoding="utf-8")
    form = load_ruleset(forms=[tmp_path]).forms["2027"]
    assert "transferred" in form.table("applications").blocks[0].sets["outcomes"]
    assert "applications.transferred.total" in form.cells


def test_a_table_may_be_left_out(tmp_path):
    (tmp_path / "2027.yaml").write_text(FORM + "without: [proactive]\n", encoding="utf-8")
    ruleset = load_ruleset(forms=[tmp_path])
    assert [table.id for table in ruleset.forms["2027"].tables] == ["applications", "outcomes"]
    assert "2027" not in ruleset.rule("units-proactive").forms
    assert "2021" in ruleset.rule("units-proactive").forms


def test_a_rule_that_names_a_cell_which_a_form_dropped_does_not_apply_to_it(tmp_path):
    # The column is named in a later turn of the loop than the first one.
    more = FORM + "  - id: proactive\n    changes: [{drop: fees}]\n"
    (tmp_path / "2027.yaml").write_text(more, encoding="utf-8")
    ruleset = load_ruleset(forms=[tmp_path])
    assert ruleset.rule("units-proactive").forms == ("2021",)
    layout = ruleset.layout(ruleset.forms["2027"], frozenset())
    assert set(layout.tables) == {"proactive", "applications", "outcomes"}
    assert layout.instances["applications-balance"]


def test_the_examples_of_the_documentation_load(tmp_path):
    page = (Path(__file__).parents[1] / "docs" / "rule-files.md").read_text(encoding="utf-8")
    rule, form, *_ = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "review-total.yaml").write_text(rule, encoding="utf-8")
    read = read_rule(tmp_path / "review-total.yaml", "local", {kind.name: kind for kind in KINDS})
    assert (read.id, read.kind, len(read.examples)) == ("review-total", "identity", 3)
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "2027.yaml").write_text(form, encoding="utf-8")
    new = load_ruleset(forms=[folder]).forms["2027"]
    assert [table.id for table in new.tables] == ["applications", "outcomes"]
    block = new.table("applications").blocks[0]
    assert [c.id for c in block.columns] == [
        *("natural_person", "enterprise", "research", "media", "public_welfare", "other_organization", "total")
    ]
    assert "media" in block.sets["applicants"]
    assert {"applications.granted.media", "applications.denied.trade_secret.total"} <= set(new.cells)


TABLE = """
id: "2028"
after: "2021"
first_year: 2028
title: {zh: 二〇二八年格式, en: Form of 2028}
basis: 虚构的通知
tables:
  - id: platforms
    name: {zh: 表五, en: Table 5}
    heading: 政府信息公开平台建设情况
    blocks:
      - label: 平台情况
        columns:
          - {id: owned, label: 自有平台数, en: owned}
          - {id: shared, label: 共用平台数, en: shared}
          - {id: total, label: 平台总计, en: total, total: true}
        rows:
          - {id: websites, label: 政府网站, en: Websites}
          - {id: accounts, label: 政务新媒体账号, en: Accounts}
"""
SUMS = """
id: platforms-row-total
kind: identity
severity: error
for_each: platforms.rows
check: owned + shared = total
title: {zh: 各列之和等于总计, en: The columns add up}
message: {zh: "{table} {row}：{left}，总计{right}", en: "{table}, {row}: {left}, total {right}"}
why: {zh: 总计是各列之和, en: The total is the sum}
basis: 虚构的通知
examples:
  - breaks: {owned: 1, total: 2}
    delta: -1
"""
PRINTED = """<p>七、政府信息公开平台建设情况</p><table>
<tr><td>平台情况</td><td>自有平台数</td><td>共用平台数</td><td>平台总计</td></tr>
<tr><td>政府网站</td><td>1</td><td>2</td><td>4</td></tr>
<tr><td>政务新媒体账号</td><td>3</td><td></td><td>3</td></tr></table>"""


def test_a_table_that_no_form_had_is_read_and_checked_by_a_rule_of_ones_own(tmp_path):
    forms, rules = tmp_path / "forms", tmp_path / "rules"
    for folder, name, text in ((forms, "2028.yaml", TABLE), (rules, "platforms-row-total.yaml", SUMS)):
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
    knowledge = load_knowledge([rules], forms=[forms])
    form = knowledge.ruleset.forms["2028"]
    texts = {address: "0" for address in form.required if not address.startswith("platforms")}
    suffix, page = set_page(form, texts, SAID.replace("2027", "2028").format(0), year=2028)
    report = read_page(knowledge, suffix, page.replace("</body>", f"{PRINTED}</body>"))
    assert report.form == "2028"
    assert {a: c.value for a, c in report.cells.items() if a.startswith("platforms")} == {
        **{"platforms.websites.owned": 1, "platforms.websites.shared": 2, "platforms.websites.total": 4},
        **{"platforms.accounts.owned": 3, "platforms.accounts.shared": None, "platforms.accounts.total": 3},
    }
    found = to_findings(report, knowledge.ruleset, check(report, knowledge.ruleset))
    told = [finding.message.zh for finding in found if finding.rule == "platforms-row-total"]
    assert told == ["表五 政府网站：1+2=3，总计4"]
