"""gouji.toml as users write it: found, read, and told line by line where it is wrong."""

from pathlib import Path

import pytest

from validator.config import Exemption, Renaming, Unit, Waiver, line_of
from validator.config.loading import load_config
from validator.config.names import check_names
from validator.errors import ConfigError

FULL = """\
paths = ["reports", "../more"]
exclude = ["drafts", "2019/*.html"]
select = ["applications"]
ignore = ["form-blank-cells"]
rules = ["rules"]
fail-on = "warning"
lang = "en"
jobs = 0
baseline = "known.json"
cache = ".cache"
timeout = 30
inline-ignore = false

[[exemption]]
path = "reports/2023/*.html"
rule = "review-total"
cell = "review.*"
reason = "复议机关已书面说明"
until = 2026-12-31

[[exemption]]
fingerprint = "0123456789abcdef"
body = "甲县发展局"
year = 2022
reason = "known"
until = "never"

[[waiver]]
body = "乙市档案局"
year = 2024
reason = "机构改革"

[[renamed]]
from = "甲县发展和改革局"
to = "甲县发展局"
since = 2021

[[unit]]
body = "甲县人民政府"
members = ["甲县发展局", "甲县民政局"]
exact = true
scope = "县直部门"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str, name: str = "gouji.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_that_a_file_can_set(folder):
    write(folder, FULL)
    config = load_config()
    assert (config.file, config.folder) == ("gouji.toml", folder)
    assert config.paths == (Path("reports"), Path("../more"))
    assert (config.select, config.ignore) == (("applications",), ("form-blank-cells",))
    assert (config.rules, config.baseline, config.cache) == ((Path("rules"),), Path("known.json"), Path(".cache"))
    assert (config.fail_on, config.lang, config.jobs, config.timeout) == ("warning", "en", 0, 30)
    assert config.inline_ignore is False
    assert config.exemptions == (
        Exemption(
            "复议机关已书面说明",
            "2026-12-31",
            path="reports/2023/*.html",
            rule="review-total",
            cell="review.*",
        ),
        Exemption("known", "never", body="甲县发展局", year=2022, fingerprint="0123456789abcdef"),
    )
    assert [line_of(config.lines, ("exemption", n)) for n in range(2)] == [14, 21]
    assert config.waivers == (Waiver(reason="机构改革", body="乙市档案局", year=2024, rule="continuity"),)
    assert config.renamed == (Renaming("甲县发展和改革局", "甲县发展局", 2021),)
    assert config.units == (Unit("甲县人民政府", ("甲县发展局", "甲县民政局"), exact=True, scope="县直部门"),)
    assert [config.excludes(Path(name)) for name in ("drafts/a.html", "a/drafts/b/c.txt", "2019/a.html")] == [True] * 3
    assert [config.excludes(Path(name)) for name in ("a/2019/a.html", "2019/a/b.html", "drafts.html")] == [False] * 3


def test_the_nearest_file_above_counts_and_its_paths_start_from_it(folder, monkeypatch):
    write(folder, 'lang = "zh"')
    write(folder / "a", '[tool.gouji]\nlang = "en"\npaths = ["x"]\n', "pyproject.toml")
    write(folder / "a/b", "[tool.other]\n# gouji\n", "pyproject.toml")
    (folder / "a/b/c").mkdir()
    monkeypatch.chdir(folder / "a/b/c")
    config = load_config()
    assert (config.file, config.lang, config.paths) == (
        (folder / "a/pyproject.toml").as_posix(),
        "en",
        (Path("../../x"),),
    )
    assert load_config(folder).lang == "zh"
    write(folder / "a", "jobs = 2")
    assert load_config().jobs == 2
    assert load_config().lang is None


def test_a_file_that_is_named_must_be_there_and_say_something(folder):
    with pytest.raises(ConfigError, match=r"^no\.toml: cannot be read: no such file or folder$"):
        load_config(explicit=Path("no.toml"))
    write(folder, "[tool.ruff]\n", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"^pyproject\.toml: there is no table \[tool\.gouji\]$"):
        load_config(explicit=Path("pyproject.toml"))
    assert load_config(explicit=write(folder, "jobs = 3", "other.toml")).jobs == 3


def test_a_broken_file_of_other_tools_is_passed_by(folder):
    write(folder, 'lang = "en"')
    write(folder / "a", "[tool.ruff\n", "pyproject.toml")
    assert load_config(folder / "a").lang == "en"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lang = "zh"\n\nexclud = ["x"]', ["line 3: unknown key 'exclud'; did you mean 'exclude'?"]),
        ('fail_on = "error"', ["line 1: unknown key 'fail_on'; did you mean 'fail-on'?"]),
        ('fail-on = "eror"', ["line 1: fail-on: 'eror' is not one of error, warning, never; did you mean 'error'?"]),
        ('jobs = "2"', ["line 1: jobs: '2' is not a whole number"]),
        ("jobs = true", ["line 1: jobs: True is not a whole number"]),
        ("jobs = -1", ["line 1: jobs: -1 is less than 0"]),
        ("timeout = 0", ["line 1: timeout: 0 is not greater than 0"]),
        ("timeout = inf", ["line 1: timeout: inf is not greater than 0"]),
        ('paths = "a"', ["line 1: paths: 'a' is not a list"]),
        ('paths = [\n"a",\n2]', ["line 3: paths 2: 2 is not a text"]),
        ('exclude = ["[z-a]"]', ["line 1: exclude 1: '[z-a]' is no pattern of paths"]),
        (
            '[[exemption]]\nrule = "a"\nresaon = "x"\n',
            [
                "line 1: exemption 1: the key 'until' is missing",
                "line 3: exemption 1: unknown key 'resaon'; did you mean 'reason'?",
            ],
        ),
        (
            '[[exemption]]\nreason = "x"\nuntil = "never"\n[[exemption]]\nbody = "a"\nreason = ""\nuntil = "31.12."',
            [
                "line 1: exemption 1: give at least one condition: path, body, year, rule, cell, fingerprint",
                "line 6: exemption 2, reason: must not be blank",
                "line 7: exemption 2, until: '31.12.' is neither a date (2026-12-31) nor 'never'",
            ],
        ),
        ('[exemption]\nreason = "x"', ["line 1: exemption: write it in double brackets: [[exemption]]"]),
        (
            '[[exemption]]\nreason = "x"\nuntil = 2026-01-01\nfingerprint = "ABC"\nyear = 23',
            [
                "line 4: exemption 1, fingerprint: 'ABC' is not 16 hex digits",
                "line 5: exemption 1, year: 23 is no year of a report",
            ],
        ),
        ('[[renamed]]\nform = "a"\nto = "b"', ["line 2: renamed 1: unknown key 'form'; did you mean 'from'?"]),
        ('[[renamed]]\nfrom = "a"\nto = "a"', ["line 3: renamed 1, to: both names are the same"]),
        ('[[unit]]\nbody = "a"\nmembers = ["b",\n"a"]', ["line 4: unit 1, members 2: 'a' stands twice"]),
        ('paths = ["a"', ["line 1: not TOML: Unclosed array"]),
        ("jobs = 1\njobs = 2", ["line 2: not TOML: Cannot overwrite a value"]),
        ("\njobs = “1”", ["line 2: not TOML: Invalid value; the line has full-width “”, use the plain ones"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(folder, text, told):
    write(folder, text)
    with pytest.raises(ConfigError) as caught:
        load_config()
    assert str(caught.value).split("\n") == [f"gouji.toml, {line}" for line in told]
    assert [line.partition("：")[0] for line in caught.value.zh.split("\n")] == [
        f"gouji.toml 第{line.split()[1].rstrip(':')}行" for line in told
    ]


def test_what_is_wrong_in_pyproject_has_its_line_there(folder):
    write(folder, '[project]\nname = "x"\n\n[tool.gouji]\npats = []\n', "pyproject.toml")
    with pytest.raises(
        ConfigError, match=r"^pyproject\.toml, line 5: unknown key 'pats'; did you mean 'paths'\?$"
    ) as e:
        load_config()
    assert e.value.words.zh == "pyproject.toml 第5行：没有“pats”这个键；是否应为“paths”？"


def test_encodings(folder):
    path = folder / "gouji.toml"
    path.write_bytes('\ufeffpaths = ["报告"]\r\njobs = 1\r\n'.encode())
    assert load_config().paths == (Path("报告"),)
    path.write_bytes('jobs = 1\npaths = ["报告"]\n'.encode("gbk"))
    with pytest.raises(ConfigError, match=r"^gouji\.toml, line 2: not in UTF-8 but in GBK; save the file as UTF-8$"):
        load_config()
    path.write_bytes("jobs = 1\n".encode("utf-16"))
    with pytest.raises(ConfigError, match="line 1: not in UTF-8 but in UTF-16;"):
        load_config()


def test_names_of_rules_and_cells_must_exist(folder):
    write(
        folder,
        'select = ["review-totl"]\nignore = ["form"]\n[[exemption]]\nrule = "aplications"\ncell = "review.upheald"\n'
        'reason = "x"\nuntil = "never"\n[[exemption]]\ncell = "fees.*"\nreason = "x"\nuntil = "never"\n'
        '[[waiver]]\nreason = "x"\n[[waiver]]\nreason = "x"\nrule = "carried"\n',
    )
    groups = {"review-total": "review", "applications-balance": "applications", "form-year": "form"}
    with pytest.raises(ConfigError) as caught:
        check_names(load_config(), groups, {"review.upheld", "review.total"})
    assert str(caught.value).split("\n") == [
        "gouji.toml, line 1: select 1: no rule or group 'review-totl'; did you mean 'review-total'?",
        "gouji.toml, line 4: exemption 1, rule: no rule or group 'aplications'; did you mean 'applications'?",
        "gouji.toml, line 5: exemption 1, cell: no cell 'review.upheald'; did you mean 'review.upheld'?",
        "gouji.toml, line 9: exemption 2, cell: no cell fits 'fees.*'",
        "gouji.toml, line 16: waiver 2, rule: no rule or group 'carried'",
    ]


def test_without_a_file_nothing_is_set(folder):
    assert load_config(folder).exemptions == ()
    assert not load_config(folder).excludes(Path("a.html"))
