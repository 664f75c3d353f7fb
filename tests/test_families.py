"""A form of another paper than the report on disclosure is one file, with years, words and figures of its own."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from validator.checking import check, coverage, to_findings
from validator.comparison import compare_versions, compare_years
from validator.errors import ReadError, RuleError
from validator.extraction import extract
from validator.pipeline import load_ruleset
from validator.pipeline.knowledge import load_knowledge
from validator.readers.text import read_text
from validator.readers.web import read_html

FORM = """
id: archive-2019
family: archive
about: [档案馆工作年度报表]
first_year: 2019
title: {zh: 档案馆工作年度报表, en: Yearly sheet of an archive}
basis: 虚构的通知
keys: [馆藏总量, 查档人次总量, 开放档案卷数]
tables:
  - id: archive
    name: {zh: 档案报表, en: Archive sheet}
    heading: 档案馆工作年度报表
    blocks:
      - label: 指标
        columns:
          - {id: year, label: 本期实际, en: this year}
          - {id: all, label: 本年累计, en: since January}
        rows:
          - {id: name, label: 档案馆名称, en: Name, words: true}
          - {id: kept, label: 馆藏总量, en: Kept, unit: 件, code: "01"}
          - {id: open, label: 开放档案卷数, en: Open, unit: 件, code: "02"}
          - {id: readers, label: 查档人次总量, en: Readers, unit: 人次, code: "03"}
          - id: paper
            label: 纸质利用
            en: On paper
            aliases: ["纸质利用(单位:卷)"]
            rows:
              - {id: total, label: 总数, en: total, unit: 件, code: "10", total: true}
              - {id: local, label: 本地, en: local, unit: 件, code: "11"}
              - {id: far, label: 异地, en: from afar, unit: 件, code: "12"}
          - id: screen
            label: 屏幕利用
            en: On screen
            rows:
              - {id: total, label: 总数, en: total, unit: 件, code: "20", total: true}
              - {id: local, label: 本地, en: local, unit: 件, code: "21"}
              - {id: guided, label: 是否有人引导, en: Guided, words: true}
"""
RULE = """
id: archive-paper-total
kind: identity
severity: error
for_each: [archive.paper]
check: total.year = local.year + far.year
title: {zh: 分项之和不等于总数, en: The parts do not add up}
message: {zh: "{each}：{left}，{right}", en: "{each}: {left}, {right}"}
why: {zh: 定义如此。, en: By definition.}
basis: 虚构的通知
examples:
  - holds: {total.year: 3, local.year: 1, far.year: 2}
"""
FIGURES = {
    "kept": (5012, 5012),
    "open": (310, 320),
    "readers": (12, 12),
    "paper.total": (10, 11),
    "paper.local": (4, 5),
    "paper.far": (6, 6),
    "screen.total": (8, 8),
    "screen.local": (7, 7),
}
GROUPS = {"paper": "纸质利用（单位：卷）", "screen": "屏幕利用"}
TITLE = "云溪县档案馆工作年度报表"


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    forms, rules = tmp_path_factory.mktemp("forms"), tmp_path_factory.mktemp("rules")
    (forms / "archive-2019.yaml").write_text(FORM, encoding="utf-8")
    (rules / "archive-paper-total.yaml").write_text(RULE, encoding="utf-8")
    return forms, rules


@pytest.fixture(scope="module")
def knowledge(folders):
    forms, rules = folders
    return load_knowledge(rules=[rules], forms=[forms])


def lines_of(form, figures=FIGURES, *, codes=True, without=()):
    """Give the rows as printed: the labels of the groups that begin, the label, unit, code and figures."""
    shown = set()
    yield ["档案馆名称", "云溪县档案馆"]
    for row in form.tables[0].blocks[0].rows:
        if row.id in without or row.id == "name":
            continue
        head = []
        if row.group and row.group not in shown:
            shown.add(row.group)
            head = [GROUPS[row.group]]
        if row.words:
            yield [*head, row.label.zh, "■是 □否"]
        else:
            code = [row.code] if codes else []
            yield [*head, row.label.zh, *([row.unit] if row.unit else []), *code, *map(str, figures[row.id])]


def rows_of(form, **given):
    """Give the rows of a page: a group beside its rows, a unit and, with codes, a code for each row."""
    codes = given.get("codes", True)
    groups = [row.group for row in form.tables[0].blocks[0].rows if row.id not in given.get("without", ())]
    for line in lines_of(form, **given):
        head, cells = "", list(line)
        if cells[0] in GROUPS.values():
            (group,) = (name for name, label in GROUPS.items() if label == cells[0])
            head = f"<td rowspan={groups.count(group)}>{cells.pop(0)}</td>"
        label = cells.pop(0)
        wide = "" if head or label in ("本地", "异地", "是否有人引导") else " colspan=2"
        if cells[-1].isdigit():
            unit = cells.pop(0) if not cells[0].isdigit() else ""
            yield f"{head}<td{wide}>{label}</td><td>{unit}</td>" + "".join(f"<td>{cell}</td>" for cell in cells)
        else:
            yield f"{head}<td{wide}>{label}</td><td colspan={4 if codes else 3}>{cells[0]}</td>"


def page_of(form, year=2023, title=TITLE, **given):
    rows = "".join(f"<tr>{row}</tr>" for row in rows_of(form, **given))
    code = "<td>代码</td>" if given.get("codes", True) else ""
    head = f"<tr><td colspan=2>指标名称</td><td>计量单位</td>{code}<td>本期实际</td><td>本年累计</td></tr>"
    return f"<h1>{title}</h1><p>（{year}年度）</p><p>填报单位：云溪县档案局</p><table>{head}{rows}</table>"


def text_of(form, between, year=2023, **given):
    lines = [TITLE, f"（{year}年度）", "填报单位：云溪县档案局", *map(between.join, lines_of(form, **given))]
    return "\n".join(lines) + "\n"


def read(knowledge, text, suffix=".html"):
    document = read_html(text, "a.html") if suffix == ".html" else read_text(text, "a.txt", markdown=False)
    return extract(document, knowledge.ruleset.forms, knowledge.wordings)


def figures_of(report):
    return {address: cell.value for address, cell in report.cells.items()}


WANTED = {
    f"archive.{row}.{column}": value
    for row, pair in FIGURES.items()
    for column, value in zip(("year", "all"), pair, strict=True)
}


@pytest.mark.parametrize("codes", [True, False])
@pytest.mark.parametrize("carrier", ["page", "bars", "blanks"])
def test_codes_units_and_rows_of_words_are_no_figures(knowledge, carrier, codes):
    form = knowledge.ruleset.forms["archive-2019"]
    between = {"bars": " | ", "blanks": " "}.get(carrier)
    text = page_of(form, codes=codes) if between is None else text_of(form, between, codes=codes)
    report = read(knowledge, text, ".html" if between is None else ".txt")
    assert (report.form, report.organization, report.year) == ("archive-2019", "云溪县档案局", 2023)
    assert figures_of(report) == WANTED
    assert report.problems == ()


def test_a_figure_that_equals_its_code_is_kept(knowledge):
    form = knowledge.ruleset.forms["archive-2019"]
    figures = FIGURES | {"paper.total": (10, 12), "paper.far": (12, 12), "screen.local": (21, 21)}
    for codes in (True, False):
        report = read(knowledge, page_of(form, figures=figures, codes=codes))
        assert report.cells["archive.paper.total.year"].value == 10
        assert report.cells["archive.screen.local.year"].value == 21
        assert report.cells["archive.paper.far.all"].value == 12


def test_of_rows_of_the_same_words_the_printed_group_tells_which(knowledge):
    form = knowledge.ruleset.forms["archive-2019"]
    gone = ("paper.total", "paper.local", "paper.far")
    report = read(knowledge, page_of(form, without=gone))
    assert {a: v for a, v in WANTED.items() if a.split(".")[1] != "paper"} == figures_of(report)
    assert [p.kind for p in report.problems] == ["missing-row"]


def test_its_rules_apply_to_it_alone(knowledge):
    ruleset = knowledge.ruleset
    form = ruleset.forms["archive-2019"]
    assert ruleset.rule("archive-paper-total").forms == ("archive-2019",)
    sound = check(read(knowledge, page_of(form)), ruleset)
    assert (coverage(sound).expected, coverage(sound).assessed) == (1, 1)
    wrong = read(knowledge, page_of(form, figures=FIGURES | {"paper.far": (9, 6)}))
    found = to_findings(wrong, ruleset, check(wrong, ruleset))
    assert [(f.rule, f.left, f.right) for f in found] == [("archive-paper-total", 10, 13)]
    assert to_findings(wrong, ruleset, sound) == ()


def test_years_of_families_are_their_own(knowledge):
    ruleset = knowledge.ruleset
    forms = ruleset.forms
    assert [form.id for form in forms.values() if not form.family] == ["2014", "2019", "2021"]
    assert (forms["archive-2019"].first_year, forms["archive-2019"].last_year) == (2019, None)
    assert (forms["2019"].last_year, ruleset.form_of_prose(2023).id) == (2020, "2021")
    assert knowledge.wordings.form_of(None) == knowledge.wordings.form_of(2030) == "2021"
    early = read(knowledge, page_of(forms["archive-2019"], year=2017))
    (finding,) = to_findings(early, ruleset, check(early, ruleset))
    assert finding.rule == "form-year"
    assert "无全国统一格式" in finding.message.zh


def test_a_document_is_of_a_family_by_its_name_and_its_words(knowledge):
    form = knowledge.ruleset.forms["archive-2019"]
    with pytest.raises(ReadError, match=r"no[rt].*report"):
        read(knowledge, page_of(form, title="云溪县档案馆概况"))
    with pytest.raises(ReadError, match=r"no[rt].*report"):
        read(knowledge, f"<h1>{TITLE}</h1><p>馆藏总量</p><p>详见附件。</p>")
    # A report on disclosure may speak of it.
    said = f"<h1>云溪县档案局2023年政府信息公开工作年度报告</h1><p>按时报送{TITLE}。</p><p>馆藏总量</p>"
    assert read(knowledge, said).form == "narrative"


@pytest.mark.parametrize("title", ["云溪县档案局2022年档案馆工作年度报表", "2022年度云溪县档案局档案馆工作年度报表"])
def test_its_title_names_body_and_year(knowledge, title):
    form = knowledge.ruleset.forms["archive-2019"]
    page = page_of(form, title=title).replace("<p>（2023年度）</p><p>填报单位：云溪县档案局</p>", "")
    report = read(knowledge, page)
    assert (report.organization, report.year) == ("云溪县档案局", 2022)


def test_families_are_not_held_against_each_other(knowledge):
    ruleset = knowledge.ruleset
    form = ruleset.forms["archive-2019"]
    said = "<h1>云溪县档案局{}年政府信息公开工作年度报告</h1><p>{}年收到政府信息公开申请5件。</p>"
    sheets = [read(knowledge, page_of(form, year=year)) for year in (2021, 2023)]
    reports = [read(knowledge, said.format(year, year)) for year in (2022, 2023)]
    told = [(r.form, o.rule, o.instance) for r, o in compare_years([*sheets, *reports], ruleset) if o.left is None]
    missing = [(form, instance) for form, rule, instance in told if rule == "continuity-year-missing"]
    assert missing == [("narrative", ""), ("archive-2019", "2022")]
    assert list(compare_versions([sheets[1], reports[1]], ruleset)) == []


def test_two_forms_of_a_family_may_not_cover_one_year(tmp_path):
    (tmp_path / "archive-2019.yaml").write_text(FORM, encoding="utf-8")
    second = FORM.replace("archive-2019", "archive-2020").replace("first_year: 2019", "first_year: 2019")
    (tmp_path / "archive-2020.yaml").write_text(second, encoding="utf-8")
    with pytest.raises(RuleError, match="reports of 2019 follow form archive-2019"):
        load_ruleset(forms=[tmp_path])


def test_a_row_that_a_page_break_joined_of_two_is_not_read(knowledge):
    document = read_html(page_of(knowledge.ruleset.forms["archive-2019"]), "a.html")
    table = document.blocks[-1]
    label = "本地\n异地"
    first = next(row for row in table.rows if row.cells[0].text == "本地")
    rows = [row for row in table.rows if row is not first]
    rows = [
        replace(row, cells=(row.cells[0]._replace(text=label), *row.cells[1:])) if row.cells[0].text == "异地" else row
        for row in rows
    ]
    document = replace(document, blocks=(*document.blocks[:-1], replace(table, rows=tuple(rows))))
    report = extract(document, knowledge.ruleset.forms, knowledge.wordings)
    found = {address: value for address, value in figures_of(report).items() if address.startswith("archive.paper")}
    assert found == {"archive.paper.total.year": 10, "archive.paper.total.all": 11}
    assert [(p.kind, p.values["count"]) for p in report.problems] == [("missing-row", 2)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("far.year", "fer.year", "form archive-2019 has no cell 'fer.year'; did you mean 'far.year'?"),
        (
            "[archive.paper]",
            "[archiv.paper]",
            "no cell or group of cells 'archiv.paper'; did you mean 'archive.paper.far'?",
        ),
    ],
)
def test_a_wrong_name_in_its_rule_is_held_against_its_own_names(tmp_path, folders, old, new, message):
    (tmp_path / "archive-paper-total.yaml").write_text(RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_ruleset([tmp_path], [folders[0]])
    assert message in str(caught.value)
