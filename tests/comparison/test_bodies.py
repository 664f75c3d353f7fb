"""Which reports are of one body: variants of its name, folders and file names; never across regions."""

from time import perf_counter

import pytest

from validator.comparison import Origin, identify, identify_names
from validator.comparison.bodies import year_of_file
from validator.config import Renaming


def groups(*rows, renamings=()):
    """Give the numbers of the rows that are of one body; a row is a name or a name and a source."""
    origins = [
        Origin(row, 2015 + n, f"{n}.html") if isinstance(row, str) else Origin(*row) for n, row in enumerate(rows)
    ]
    found: dict[str, list[int]] = {}
    for number, identity in enumerate(identify(origins, renamings)):
        found.setdefault(identity.body or f"unknown {number}", []).append(number)
    return sorted(found.values())


@pytest.mark.parametrize(
    "names",
    [
        ("北京市朝阳区教育局", "朝阳区教育局", "区教育局"),
        ("云溪县人民政府", "云溪县政府", "云溪县", "云 溪 县人民政府"),
        ("云溪县人民政府（本级）", "云溪县人民政府"),
        ("云溪县人民政府办公室", "云溪县政府办公室", "云溪县政府办"),
        ("云溪县教育和体育局", "云溪县教育体育局"),
        ("云溪县发展和改革委员会", "云溪县发展和改革委"),
        ("江苏省云溪县白水镇人民政府", "云溪县白水镇人民政府", "白水镇政府"),
        ("盐城市亭湖区城关街道办事处", "亭湖区城关街道"),
        ("云溪县市场监督管理局", "县市场监督管理局"),
        ("云溪高新区管理委员会", "云溪高新区管委会"),
    ],
)
def test_variants_of_a_name_are_one_body(names):
    assert groups(*names) == [list(range(len(names)))]


@pytest.mark.parametrize(
    "names",
    [
        ("云溪县人民政府", "云溪县人民政府办公室"),
        ("云溪县教育局", "云溪县教育和体育局"),
        ("北京市朝阳区教育局", "长春市朝阳区教育局"),
        ("云溪县教育局", "白水县教育局"),
        ("和平区教育局", "平区教育局"),
        ("云溪县白水镇人民政府", "云溪县白水镇财政所"),
        ("云溪县统计局", "国家统计局云溪调查队"),
        ("新城区城市管理局", "老城区城市管理局"),
    ],
)
def test_other_bodies_stay_apart(names):
    assert groups(*names) == [[number] for number in range(len(names))]


def test_a_short_name_that_fits_two_bodies_fits_none():
    assert groups("北京市朝阳区教育局", "长春市朝阳区教育局", "朝阳区教育局") == [[0], [1], [2]]


def test_a_name_without_a_region_belongs_to_its_folder():
    rows = [("区教育局", y, f"{region}/教育局/{y}.html") for region in ("朝阳区", "海淀区") for y in (2022, 2023)]
    assert groups(*rows) == [[0, 1], [2, 3]]
    rows = [("教育局", y, f"{town}/{y}/jyj.html") for town in ("a", "b") for y in (2022, 2023)]
    assert groups(*rows) == [[0, 1], [2, 3]]
    assert groups(("云溪县教育局", 2022, "yunxi/2022.html"), ("教育局", 2023, "baishui/2023.html")) == [[0], [1]]


def test_a_place_without_its_kind_is_a_region_as_well():
    rows = [("北京住房公积金管理中心", 2022, "html/a.html"), ("北京住房公积金管理中心", 2023, "docx/b.docx")]
    assert groups(*rows, (None, None, "pdf/03_北京住房公积金管理中心_2021.pdf")) == [[0, 1, 2]]


def test_regions_of_folders_tell_bodies_of_one_name_apart():
    rows = [("鼓楼区教育局", 2023, "南京市/1.html"), ("鼓楼区教育局", 2022, "徐州市/2.html")]
    assert groups(*rows) == [[0], [1]]
    assert groups(("南京市鼓楼区教育局", 2021, "0.html"), *rows) == [[0, 1], [2]]


def test_a_government_with_two_reports_of_one_year_has_two_series():
    rows = [("云溪县人民政府", 2022, "a"), ("云溪县人民政府", 2023, "b"), ("云溪县人民政府（本级）", 2023, "c")]
    assert groups(*rows) == [[0, 1], [2]]


def test_bodies_without_a_name_are_told_by_file_and_folder():
    rows = [
        ("云溪县档案局", 2022, "x/2022.html"),
        (None, None, "y/云溪县档案局2023年度报告.docx"),
        (None, 2021, "z/云溪县档案局/2021年.html"),
        (None, 2020, "other/2020.html"),
    ]
    assert groups(*rows) == [[0, 1, 2], [3]]
    found = identify([Origin(*row) for row in rows])
    assert [identity.year for identity in found] == [2022, 2023, 2021, 2020]
    assert found[3].body == found[3].name == ""
    assert {identity.name for identity in found[:3]} == {"云溪县档案局"}
    years = [("云溪县档案局", 2021, "a/1.html"), ("云溪县档案局", 2022, "a/2.html"), (None, 2023, "a/3.html")]
    assert groups(*years) == [[0, 1, 2]]
    assert groups(*years[1:]) == [[0], [1]]


def test_the_full_name_is_shown():
    found = identify([Origin("区教育局", 2022, "朝阳区/2022.html"), Origin("朝阳区教育局", 2023, "朝阳区/2023.html")])
    assert [identity.name for identity in found] == ["朝阳区教育局", "朝阳区教育局"]
    found = identify([Origin("云溪县人民政府（本级）", 2022, "a"), Origin("云溪县人民政府", 2023, "b")])
    assert found[0].name == "云溪县人民政府"


def test_renamed_bodies():
    renaming = [Renaming("科学技术局", "科技和工业局", 2021)]
    rows = [(f"云溪县{name}", year, f"{year}") for name, year in (("科学技术局", 2020), ("科技和工业局", 2021))]
    assert groups(*rows) == [[0], [1]]
    assert groups(*rows, renamings=renaming) == [[0, 1]]
    late = ("云溪县科学技术局", 2022, "2022")
    assert groups(*rows, late, renamings=renaming) == [[0, 1], [2]]


def test_names_of_a_configuration_find_their_bodies():
    origins = [Origin("云州市云溪县教育局", 2022, "a"), Origin("白水县教育局", 2022, "b")]
    keys = [identity.body for identity in identify(origins)]
    named = identify_names(["云溪县教育局", "青州市白水县教育局", "教育局", "红岩县教育局"], origins)
    assert list(named.values()) == [*keys, "", ""]


@pytest.mark.parametrize(
    ("source", "year"),
    [
        ("云溪县档案局2023年度报告.docx", 2023),
        ("a/2022/report.html", 2022),
        ("2021.html", 2021),
        ("2021年与2022年报告.html", None),
        ("t20240115_123.html", None),
        ("2024-01-15 公布 2023年报告.pdf", 2023),
        ("报告2023-2024.pdf", None),
        ("第2099号.pdf", None),
    ],
)
def test_the_year_of_a_file(source, year):
    assert year_of_file(source) == year


def test_twenty_thousand_names_take_seconds_at_most():
    stems = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")
    origins = [
        Origin(f"{'云州市' if n % 3 else ''}{f'{n:05}'.translate(stems)}县教育局", 2023, f"{n}.html")
        for n in range(20_000)
    ]
    started = perf_counter()
    assert len({identity.body for identity in identify(origins)}) == 20_000
    assert perf_counter() - started < 15
