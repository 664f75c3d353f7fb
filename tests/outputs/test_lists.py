"""What is handed on: the list in sheets, notices, CSV for people; and what people wrote, read back over runs."""

import csv
import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from results import ALL, FAILED, PASSED, make_report, make_results

from validator.cli import main
from validator.render import RENDERERS
from validator.render.look import Look

openpyxl = pytest.importorskip("openpyxl")
docx = pytest.importorskip("docx")
pytest.importorskip("xlsxwriter")
pytest.importorskip("docxtpl")

ROOT = Path(__file__).parents[2]
SWAPPED = ROOT / "sample_reports" / "faulty" / "digits_swapped_2022" / "report.html"
PETITION = "applications.rejected.petition.natural_person"
GRANTED = "applications.granted.total"
PENDING = "review.total"


def gouji(*arguments: object, status: int | None = None):
    done = CliRunner().invoke(main, [*map(str, arguments), "--no-config"])
    assert status is None or done.exit_code == status, done.output
    return done


@pytest.fixture(scope="module")
def sound() -> dict:
    """A report without errors, as `gouji read` gives it."""
    read = CliRunner().invoke(main, ["read", str(SWAPPED), "--format", "json"])
    report = json.loads(read.stdout)
    report |= {"claims": [], "unclaimed": [], "problems": []}
    return change(report, **{PETITION: 27})


def change(report: dict, **values: int) -> dict:
    cells = {
        address: cell | {"value": values[address], "raw": str(values[address])} if address in values else cell
        for address, cell in report["cells"].items()
    }
    return report | {"cells": cells}


def write(folder: Path, reports: dict[str, dict]) -> Path:
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for name, report in reports.items():
        (folder / name).write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    return folder


def of(report: dict, body: str, year: int = 2022, **values: int) -> dict:
    return change(report, **values) | {"organization": body, "year": year}


def lines(path: Path, sheet: str = "问题清单") -> list[dict]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def fill_in(path: Path, written: dict[str, tuple[str, str]]) -> None:
    """Write beside the problem of each body what was found out and done, and filter all other rows away."""
    book = openpyxl.load_workbook(path)
    sheet = book["问题清单"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        body = sheet.cell(row, heads["单位"]).value
        if body in written:
            sheet.cell(row, heads["核实情况"]).value, sheet.cell(row, heads["整改情况"]).value = written[body]
        sheet.row_dimensions[row].hidden = body != next(iter(written))
    book.save(path)


def test_the_workbook_has_one_line_a_problem_and_what_could_not_be_read(tmp_path: Path, sound: dict) -> None:
    folder = write(tmp_path / "in", {"a.json": of(sound, "甲局", **{PETITION: 72}), "b.json": of(sound, "乙局")})
    (folder / "c.json").write_text("{", encoding="utf-8")
    done = gouji("check", folder, "--report", f"xlsx={tmp_path}/l.xlsx", "--report", f"html={tmp_path}/site/", status=1)
    assert "c.json" in done.output
    (line,) = (line for line in lines(tmp_path / "l.xlsx") if line["类别"] == "应改")
    shown = [line[name] for name in ("单位", "年度", "表", "列", "填报为", "应为")]
    assert shown == ["甲局", 2022, "表三", "自然人", 72, 27]
    assert line["行"].endswith("1.信访举报投诉类申请")
    assert line["确定程度"].startswith("确定")
    assert line["核实情况"] is None
    assert len(line["问题编号"].split()) == len(line["说明"].split("\n")) == 2
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    assert book.sheetnames == ["问题清单", "汇总", "未能核对"]
    sheet = book["问题清单"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref.startswith("A1:R"), sheet.print_title_rows) == (
        "C2",
        True,
        "$1:$1",
    )
    target = sheet.cell(2, 13).hyperlink
    page, _, anchor = f"{target.target}#{target.location}".partition("#")
    assert f'id="{anchor}"' in (tmp_path / page).read_text(encoding="utf-8")
    summary = list(book["汇总"].iter_rows(values_only=True))
    assert summary[1][:4] == ("甲局", 1, 1, 1)
    (unread,) = lines(tmp_path / "l.xlsx", "未能核对")
    assert unread["文件"].endswith("c.json")


@pytest.mark.slow
def test_the_same_results_give_the_same_bytes(tmp_path: Path, sound: dict) -> None:
    folder = write(tmp_path / "in", {"a.json": of(sound, "甲局", **{PETITION: 72})})
    for name in "xy":
        gouji("check", folder, "--report", f"xlsx={tmp_path}/{name}.xlsx", "--report", f"docx={tmp_path}/{name}/")
    assert (tmp_path / "x.xlsx").read_bytes() == (tmp_path / "y.xlsx").read_bytes()
    (one,), (other,) = (list((tmp_path / name).glob("*.docx")) for name in "xy")
    assert one.name == other.name == "整改通知-甲局.docx"
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.slow
def test_no_cell_is_run_as_a_formula(tmp_path: Path, sound: dict) -> None:
    folder = write(tmp_path / "in", {"=1+1.json": of(sound, '=HYPERLINK("x")\u202e局', **{PETITION: 72})})
    gouji("check", folder, "--report", f"xlsx={tmp_path}/l.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "l.xlsx")["问题清单"]
    assert sheet.cell(2, 1).data_type == "s"
    assert sheet.cell(2, 1).value.endswith("\\u202e局")
    assert b"<f>" not in zipfile.ZipFile(tmp_path / "l.xlsx").read("xl/worksheets/sheet1.xml")


@pytest.mark.slow
def test_a_notice_tells_a_body_all_its_problems_and_its_template_can_be_replaced(tmp_path: Path, sound: dict) -> None:
    reports = {
        "a.json": of(sound, "甲局", **{PETITION: 72}),
        "a21.json": of(sound, "甲局", 2021, **{PETITION: 72}),
        "b.json": of(sound, "乙局"),
    }
    folder = write(tmp_path / "in", reports)
    gouji("check", folder, "--report", f"docx={tmp_path}/notices/", status=1)
    names = {path.name for path in (tmp_path / "notices").glob("*.docx")}
    assert "整改通知-甲局.docx" in names
    notice = docx.Document(tmp_path / "notices" / "整改通知-甲局.docx")
    text = "\n".join(paragraph.text for paragraph in notice.paragraphs)
    assert "甲局：" in text
    assert "2021、2022年度" in text
    rows = [[cell.text for cell in row.cells] for row in notice.tables[0].rows]
    assert [row[4:6] for row in rows if row[2] == "应改" and row[5]] == [["72", "27"], ["72", "27"]]
    own = docx.Document()
    own.add_paragraph("致{{ body }}：{{ errors }}处{% for p in problems %}〔{{ p.reported }}〕{% endfor %}")
    own.save(tmp_path / "own.docx")
    gouji("check", folder, "--report", f"docx={tmp_path}/notices/", "--template", tmp_path / "own.docx", status=1)
    assert docx.Document(tmp_path / "notices" / "整改通知-甲局.docx").paragraphs[0].text.startswith("致甲局：3处〔72〕")
    own.add_paragraph("{{ body.__class__.__mro__ }}")
    own.save(tmp_path / "own.docx")
    done = gouji("check", folder, "--report", f"docx={tmp_path}/n2/", "--template", tmp_path / "own.docx", status=2)
    assert "own.docx" in done.output


def test_csv_is_one_finding_a_line_and_problems_are_numbered_in_it() -> None:
    text = "".join(RENDERERS["csv"](ALL, Look("zh")))
    assert text.startswith("\ufeff单位,年度,问题序号,类别,表,行,列,填报为,应为,")
    rows = list(csv.DictReader(StringIO(text[1:])))
    findings = [finding for result in ALL.reports for finding in result.findings]
    assert [row["编号"] for row in rows] == [finding.fingerprint for finding in findings]
    numbers = {row["编号"]: row["问题序号"] for row in rows}
    assert numbers["aaaa"] == numbers["bbbb"] == "1"
    assert {row["应为"] for row in rows if row["问题序号"] == "1"} == {"21"}
    english = "".join(RENDERERS["csv"](ALL, Look("en")))
    assert english.startswith("organization,year,problem,severity_name,")
    assert [row["fingerprint"] for row in csv.DictReader(StringIO(english))] == list(numbers)


def test_problems_are_one_a_line_under_the_headings_of_the_sheet() -> None:
    rows = list(csv.DictReader(StringIO("".join(RENDERERS["problems"](make_results(FAILED), Look("zh")))[1:])))
    assert rows[0]["问题编号"] == "aaaa bbbb"
    assert len(rows) < len(FAILED.findings)


def test_what_was_written_comes_back_though_reports_are_mended_added_and_renamed(tmp_path: Path, sound: dict) -> None:
    wrong = {PETITION: 72}
    bodies = ("甲局", "乙局", "丙局", "丁局", "戊局")
    reports = {f"{number}.json": of(sound, body, **wrong) for number, body in enumerate(bodies)}
    folder = write(tmp_path / "in", reports)
    gouji("check", folder, "--report", f"xlsx={tmp_path}/1.xlsx", status=1)
    fill_in(
        tmp_path / "1.xlsx",
        {"甲局": ("属实", ""), "乙局": ("口径不同，另有说明", ""), "丙局": ("属实", "已整改"), "丁局": ("", "已整改")},
    )
    second = {
        "renamed.json": reports["0.json"],
        "1.json": reports["1.json"],
        "2.json": of(sound, "丙局"),
        "3.json": reports["3.json"],
        "new.json": of(sound, "己局", **wrong),
    }
    write(folder, second)
    done = gouji("check", folder, "--reviews", tmp_path / "1.xlsx", "--report", f"xlsx={tmp_path}/2.xlsx", status=1)
    states = {line["单位"]: line["核实进展"] for line in lines(tmp_path / "2.xlsx") if line["类别"] == "应改"}
    assert states == {"甲局": "属实", "乙局": "有说明", "丁局": "称已整改，仍有问题", "己局": "新出现"}
    kept = {line["单位"]: line["核实情况"] for line in lines(tmp_path / "2.xlsx") if line["类别"] == "应改"}
    assert kept["乙局"] == "口径不同，另有说明"
    gone = {line["单位"]: line["本次核对"] for line in lines(tmp_path / "2.xlsx", "已消除") if line["类别"] == "应改"}
    assert gone == {"丙局": "已消除", "戊局": "本次未核对这份报告"}
    assert "新出现1处，属实1处，有说明1处，待核实0处，称已整改仍有问题1处，已消除1处，本次未核对1处" in done.output
    # The next run goes on from the second list: what is gone stays known, and what comes back is not new.
    write(folder, {**second, "4.json": reports["4.json"], "2.json": of(sound, "丙局", **wrong)})
    gouji("check", folder, "--reviews", tmp_path / "2.xlsx", "--report", f"xlsx={tmp_path}/3.xlsx", status=1)
    states = {line["单位"]: line["核实进展"] for line in lines(tmp_path / "3.xlsx") if line["类别"] == "应改"}
    assert states["丙局"] == "称已整改，仍有问题"
    assert (states["戊局"], states["己局"], states["乙局"]) == ("待核实", "待核实", "有说明")
    assert lines(tmp_path / "3.xlsx", "已消除") == []


@pytest.mark.slow
def test_a_rule_that_is_not_told_mends_nothing(tmp_path: Path, sound: dict) -> None:
    folder = write(tmp_path / "in", {"a.json": of(sound, "甲局", **{PETITION: 72})})
    gouji("check", folder, "--report", f"xlsx={tmp_path}/1.xlsx", status=1)
    options = ("--reviews", tmp_path / "1.xlsx", "--report", f"xlsx={tmp_path}/2.xlsx", "--ignore", "applications")
    gouji("check", folder, *options)
    gone = {line["本次核对"] for line in lines(tmp_path / "2.xlsx", "已消除") if line["类别"] == "应改"}
    assert gone == {"本次未核对这份报告"}


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", None])
def test_a_list_that_cannot_be_read_is_a_wrong_call(tmp_path: Path, sound: dict, content: bytes | None) -> None:
    folder = write(tmp_path / "in", {"a.json": sound})
    path = tmp_path / "l.xlsx"
    if content is not None:
        path.write_bytes(content)
    done = gouji("check", folder, "--reviews", path, status=2)
    assert "l.xlsx" in done.output
    openpyxl.Workbook().save(path)
    assert "问题编号" in gouji("check", folder, "--reviews", path, status=2).output
    both = ("--reviews", path, "--report", f"xlsx={path}")
    assert gouji("check", folder, *both, status=2).exit_code == 2


def test_a_passed_run_gives_a_list_without_lines() -> None:
    assert "".join(RENDERERS["problems"](make_results(PASSED), Look("en"))).count("\n") == 1
    hostile = replace(FAILED, report=make_report("a", "\x07县"), names={}, diagnosis=())
    text = "".join(RENDERERS["problems"](make_results(hostile), Look("zh")))
    assert "\\x07县" in text
