"""What a name shows of the level of an organisation."""

import pytest

from validator.checking import organization_level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("吴起县周湾镇人民政府", "township"),
        ("武汉市黄陂区某街道办事处", "township"),
        ("沭阳县人民政府", "county"),
        ("洪泽区人民政府办公室", "county"),
        ("沭阳县发展和改革局", "county-department"),
        ("四川省苍溪县乡村振兴局", "county-department"),
        ("常州市武进区卫生健康局", "county-department"),
        ("上海市人民政府办公厅", None),
        ("北京住房公积金管理中心", None),
        ("住房和城乡建设部", None),
        ("景德镇市人民政府", None),
        ("广西壮族自治区人民政府", None),
        ("内蒙古自治区教育厅", None),
        ("桐乡市经济和信息化局", None),
        ("苏州工业园区管理委员会", None),
        ("大连高新技术产业开发区管理委员会", None),
        ("上海市浦东新区人民政府", None),
        ("国家新闻出版署", None),
        ("", None),
        (None, None),
    ],
)
def test_levels_of_organisations(name, level):
    assert organization_level(name) == level
