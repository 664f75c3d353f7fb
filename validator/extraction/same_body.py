"""Two names as a document gives them -> whether one is a fuller name of the same body; what regions are in a name.

A name is a region, or several, and what the body is there: 青峰市 云溪县 水利局. Either part may be shortened: 县水利局
leaves regions out, 发改局 leaves characters out, a town its government.
"""

from validator.patterns import Pattern

_END = r"(?:省|自治[区州县旗]|市(?!场|政(?!府)|容)(?!(?<=城市)(?:管理|建设|规划|更新|综合|运行|执法))|州|县|区|旗|盟)"
_REGIONS = Pattern(
    rf"(?:中华人民共和国|国家[^省市县区]{{2,10}}?总局|中国人民银行)?(?:[^省市县区州旗盟]{{1,10}}?{_END}+(?!委))*"
)
_BARE = Pattern(r"[省县区州旗盟]|市(?!场|政|容)")
_TOWN = Pattern(r"(?P<town>.*(?:[镇乡]|苏木|街道))(?P<tail>人民政府|政府|办事处|办)?")
_GOVERNMENT = ("人民政府", "行政公署", "行署", "政府", "")
_CUT = {"联": "合会", "协": "会", "委": "员会", "办": "公室", "厅": ""}
"""The characters that a shortened name may lack at its end, by the one that it ends with."""
_ADDED = Pattern("(?:管理|监督|监管|工作|事务|运输|建设|开发|发展|保护|服务|救援|执法|综合|行政|地方|合作社?|联合)*")
"""What a name may leave out at either end: what is done in a field, not another field (教育 of 教育和体育)."""
_BODY_WITHIN = Pattern(
    r"[省县旗镇局院所队站厅]|街道|(?<!城)乡|(?<!城)市(?!场|政|容)|(?<![社园景港矿])区|委(?!员)|中心|公司|分[局所院]"
)
_REGION_NAME = Pattern(r"[^\W\d_]{1,9}(?:省|自治[区州县旗]|市|州|县|区|旗|盟)")
_LAST_REGION = Pattern(r"^.*[省市州盟](.{2,}[县区旗市])$")
_ZONE = Pattern(r"(?:开发|新|园|保税|示范|景|试验|度假|矿|林|社|管理|合作|集聚|保护|名胜|产业)区$")
_REGION_END = (
    "省",
    "市",
    "县",
    "区",
    "州",
    "旗",
    "盟",
    "镇",
    "乡",
    "局",
    "委",
    "街道",
    "总局",
    "政府",
    "国",
    "兵团",
    "师",
)


def is_region(name: str) -> bool:
    """Whether a text is the name of a region above towns and of nothing else."""
    return _REGION_NAME.fullmatch(name) is not None and not _ZONE.search(name)


def last_region(name: str) -> str:
    """Give the last of the regions that a name consists of: 云溪县 of 青峰市云溪县."""
    return _LAST_REGION.sub(r"\1", name)


def begins_region(name: str) -> bool:
    """Whether a text begins with the name of a region, or of those who stand above all regions."""
    return bool(_split(name)[0])


def is_town(name: str) -> bool:
    """Whether a name is that of a town or street, which is often given without its county or its government."""
    return _TOWN.fullmatch(name) is not None


def is_fuller(longer: str, name: str) -> bool:
    """Whether one name is the other with regions before it, a town's government behind it, or fewer words cut short."""
    if len(longer) <= len(name):
        return False
    towns = _TOWN.fullmatch(longer), _TOWN.fullmatch(name)
    if towns[0] and towns[1]:
        place, tail = towns[1].group("town", "tail")
        return _has_before(towns[0]["town"], place) and (not tail or bool(towns[0]["tail"]))
    (regions, base), (fewer, short) = _split(longer), _split(name)
    there = _are_regions_before(regions, fewer) or _is_autonomous(regions, fewer)
    return (there and (base == short or _is_shortened(short, base))) or _has_before(longer, name)


def _are_regions_before(regions: str, fewer: str) -> bool:
    """Whether regions are the others, alone or behind the names of higher ones."""
    surplus = regions.removesuffix(fewer)
    return regions.endswith(fewer) and (len(fewer) <= 1 or not surplus or surplus.endswith(_REGION_END))


def _is_autonomous(region: str, name: str) -> bool:
    """Whether a name of a region is that of an autonomous one without its peoples: 云州 of 云和藏族自治州."""
    return len(name) >= 3 and "自治" in region and region.startswith(name[:-1]) and region[-1] == name[-1]


def with_region(name: str, region: str) -> str:
    """Give a name that has no region, or only the word for its kind, with the region that it lies in."""
    regions, base = _split(name)
    if not regions:
        return name if name.startswith(region[:-1]) else f"{region}{name}"
    return f"{region}{base}" if regions == region[-1] else name


def is_bare(name: str) -> bool:
    """Whether a name names no region."""
    return len(_split(name)[0]) <= 1


def _split(name: str) -> tuple[str, str]:
    """Give the regions at the head of a name, or the one character that stands for them, and the rest."""
    if _BARE.match(name):
        return name[0], name[1:]
    found = _REGIONS.match(name)
    end = found.end() if found else 0
    return name[:end], name[end:]


def _has_before(longer: str, name: str) -> bool:
    """Whether one name is the other, or is so behind regions or a body that stands above it."""
    return longer == name or (longer.endswith(name) and longer.removesuffix(name).endswith(_REGION_END))


def _is_shortened(short: str, long: str) -> bool:
    """Whether one name is the other without some of its characters, none of which ends the name of a body."""
    if not short or not long:
        return long in _GOVERNMENT and not short
    short, long = short.replace("人民政府", "政府"), long.replace("人民政府", "政府")
    if short == long or len(short) < 2:
        return short == long
    if short[-1] == long[-1]:
        core, body = short[:-1], long[:-1]
    else:
        end = _CUT.get(short[-1], "")
        if not end or (not long.endswith(short[-1] + end) and not (short[-1] == "协" and long.endswith("协会"))):
            return False
        core, body = short[:-1], long.removesuffix(end)[:-1]
    left_out: set[int] = set()
    position = 0
    for character in core:
        found = body.find(character, position)
        if found < 0:
            return False
        left_out.update(range(position, found))
        position = found + 1
    left_out.update(range(position, len(body)))
    if len(core) > 1 and core in body and not _ADDED.fullmatch(body.replace(core, "", 1)):
        return False
    if core[0] not in body.removeprefix("政府")[:2] and core not in body:
        return False  # 房管 begins with the second character of 住房保障和房屋管理
    return not any(found.start() in left_out for found in _BODY_WITHIN.finditer(body))
