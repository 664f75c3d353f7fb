"""What is said of a report that shows no error: passed, not filled in, known from a baseline, or without last year."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_cli import SOUND, write_report

from validator.cli import main

ROOT = Path(__file__).parent.parent


def gouji(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="gouji")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOUJI_LANG", raising=False)
    return tmp_path


def test_a_blank_form_is_not_filled_in_and_no_pass():
    write_report(Path("blank.json"), cells=dict.fromkeys(SOUND))
    said = gouji("check", "blank.json", "--ignore", "form").stdout
    assert "· 未填写：表中全部空白，无法核对（0/42） 甲县发展局 2023年（2021年格式）  blank.json" in said
    assert "0份通过，1份未填写" in said
    assert "√" not in said
    assert "0 passed, 1 not filled in" in gouji("check", "blank.json", "--lang", "en").stdout
    assert json.loads(gouji("check", "blank.json", "-f", "json").stdout)["summary"]["passed"] == 1


def test_a_form_with_one_figure_is_filled_in():
    write_report(Path("a.json"), cells={**dict.fromkeys(SOUND), "applications.new_received.total": 1})
    assert "未填写：" not in gouji("check", "a.json", "--ignore", "form").stdout


def test_errors_that_a_baseline_knows_are_no_pass():
    write_report(Path("a.json"), cells={"review.total": 99, "litigation_direct.total": 98})
    assert gouji("baseline", "a.json").exit_code == 0
    result = gouji("check", "a.json", "--baseline", "gouji-baseline.json")
    assert result.exit_code == 0
    assert "· 错误2处，均已记入基线，无新增（核对 42/42） 甲县发展局" in result.stdout
    assert "0份通过，1份的错误均已记入基线" in result.stdout
    assert "√" not in result.stdout
    write_report(Path("a.json"))
    assert "√ 通过" in gouji("check", "a.json", "--baseline", "gouji-baseline.json").stdout


def test_pages_and_comments_say_the_same():
    write_report(Path("in/blank.json"), cells=dict.fromkeys(SOUND))
    write_report(Path("in/known.json"), organization="乙县发展局", cells={"review.total": 99})
    gouji("baseline", "in/known.json")
    gouji("check", "in", "--baseline", "gouji-baseline.json", "--report", "html=site/", "--report", "html=a.html")
    page, index = Path("a.html").read_text(encoding="utf-8"), Path("site/index.html").read_text(encoding="utf-8")
    for text in ("未填写：表中全部空白，无法核对", "错误1处，均已记入基线，无新增"):
        assert text in page
    assert '<span class="badge">✓' not in page
    map_ = index[index.index('id="map"') : index.index("</table>")]
    assert re.search(r'class="[^"]*\bblank\b', map_)
    assert re.search(r'class="[^"]*\bknown\b', map_)
    assert not re.search(r'class="[^"]*\bpassed\b', map_)
    comment = gouji("check", "in", "--baseline", "gouji-baseline.json", "-f", "markdown").stdout
    assert "没有发现错误，1份的错误均已记入基线，1份未填写" in comment
    assert "| 2 | 0 | 0 | 0 |" in comment


def test_a_report_whose_last_year_is_missing_lacks_no_table():
    for year, form in ((2021, "2021"), (2023, "2021"), (2024, "2021")):
        write_report(Path(f"in/{year}.json"), year=year, form=form)
    said = gouji("check", "in").stdout
    assert "没有2022年度的报告：" in said
    assert "没有2021年度的报告" not in said
    assert "没有2023年度的报告" not in said
    assert "缺少相应的表" not in said
    assert "there is no report of 2022:" in gouji("check", "in", "--lang", "en").stdout


def test_a_script_tells_findings_and_unreadable_files_apart():
    block = re.search(r"```sh\n(gouji check reports/.*?)```", (ROOT / "docs/ci.md").read_text(encoding="utf-8"), re.S)
    write_report(Path("reports/a.json"), cells={"review.total": 99})
    Path("reports/b.html").touch()
    script = block[1].replace("gouji check", f"{sys.executable} -m validator check").replace("python3", sys.executable)
    done = subprocess.run(["sh", "-euc", f'{script}\necho "$status"'], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["1 errors, 1 files that could not be read", "1"]
