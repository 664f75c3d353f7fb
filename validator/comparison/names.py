"""Names of public bodies: what in them varies for one and the same body, and where a region ends in them."""

from collections.abc import Iterator
from functools import lru_cache

from validator.characters import fold
from validator.patterns import Pattern

_OWN_OFFICE = Pattern(r"\((?:本级|机关|本机关|本部|局机关|不含下属单位)\)$|(?<=政府)本级$")
_LEVELS = {"省": 0, "市": 1, "州": 1, "县": 2, "区": 2, "旗": 2, "镇": 3, "乡": 3}
"""What regions end in, and how high they stand."""

_BARE = frozenset(_LEVELS)
"""A name that begins with one of these leaves its region out: 区教育局."""

_BRACKETS = Pattern(r"[()\"“”‘’《》]")
# 教育和体育局 is 教育体育局, but 和 begins the names of some places.
_AND = Pattern(r"(?<=[\u4e00-\u9fff]{2})和(?=[^平县田顺林龙硕静政布])")
# Words of offices with such a character in them, which ends no region there.
_NO_END = Pattern(
    "城市(?=管理|建设|规划|更新|综合|运行|执法)|城乡(?=建设|规划|居民)|城镇(?=建设|化|管理|居民)|乡镇(?=企业)|乡村(?=振兴)"
    "|社区(?=矫正|建设|治理|服务|卫生)|市场(?=监)|市政(?!府)|市容|区域|县域|县级|市级|区级|省级|旗帜|区块|(?<=[园港])区(?=建设|服务)"
)
_GENERAL = "各区 各县 各市 各镇 各乡 区县 县区 市区 城区 郊区 全市 全县 全区 社区 园区 地区 辖区 乡镇 城市 省市"
_NO_REGION = frozenset(_GENERAL.split())
_PLACES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 "
    "云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 国家 中国 全国 国务院"
)
_KNOWN = tuple(_PLACES.split())
"""Names of places that stand without 省 or 市: 北京住房公积金管理中心."""

_BODY = Pattern(
    r"(?:局|委|委员会|办公室|办公厅|政府|厅|部|院|署|会|办事处|街道|镇|乡|队|公司|集团|所|站|馆|台|县|市|区|州|旗|中心|办)$"
)


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """Give a name without what varies for one body: blanks, brackets, 人民, 本级, the long words for an office.

    A name of a region alone is that of its government, whose office is another body.
    """
    text = "".join(fold(name).split())
    if "(" in text or "本级" in text:
        text = _BRACKETS.sub("", _OWN_OFFICE.sub("", text))
    text = text.replace("人民政府", "政府").replace("管理委员会", "管委会")
    if "和" in text:
        text = _AND.sub("", text)
    if text.endswith("委员会"):
        return text.removesuffix("员会")
    if text.endswith("政府办"):
        return f"{text}公室"
    if "街道办" in text:
        return text.removesuffix("事处").removesuffix("办")
    return text[:-2] if text.endswith("政府") and text[-3:-2] in _BARE else text


def is_own_office(name: str) -> bool:
    """Say whether a name is marked as that of a body without those below it: 云溪县人民政府（本级）."""
    return bool(_OWN_OFFICE.search("".join(fold(name).split())))


def is_body(text: str) -> bool:
    """Say whether a text can be the name of a body."""
    return 2 <= len(text) <= 40 and bool(_BODY.search(text)) and text not in _NO_REGION


def is_region(text: str) -> bool:
    """Say whether a text is the name of a region and of nothing else."""
    return len(text) >= 2 and text not in _NO_REGION and (text[-1] in _BARE or text.endswith("街道"))


def is_bare(name: str) -> bool:
    """Say whether a plain name names no region: 区教育局, 教育局, 城市管理局."""
    if name.startswith(_KNOWN):
        return False
    masked = _mask(name)
    return len(name) < 2 or masked[0] in _BARE or not (_BARE.intersection(masked) or "街道" in masked)


def region_level(name: str) -> int:
    """Give the level of the first region in a plain name: 0 a province, 1 a city, 2 a county, 3 a township, 4 none."""
    masked = _mask(name)
    return next((_LEVELS[character] for character in masked[1:] if character in _LEVELS), 4)


def shorter_names(name: str) -> Iterator[str]:
    """Give the names that a plain name may be shortened to: without regions at its head, or with 区 for 朝阳区."""
    masked = _mask(name)
    for position in range(1, min(len(name), 24)):
        if masked[position] in _BARE:
            if position >= 2:
                yield name[position:]
            if len(name) > position + 2:
                yield name[position + 1 :]
        elif masked.startswith("街道", position) and len(name) > position + 3:
            yield name[position + 2 :]


def _mask(name: str) -> str:
    return _NO_END.sub(lambda found: "-" * len(found.group()), name)
