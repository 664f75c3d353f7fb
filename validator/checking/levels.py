"""The rank of an organisation, as far as its name alone shows it."""

import re
from functools import lru_cache

_PROVINCE = re.compile(r"^(?:..|黑龙江|内蒙古)省|^.{2,3}(?:壮族|回族|维吾尔)?自治区")
# Not every 区 is a district of its own: these zones are run by the body that set them up.
_ZONE = r"(?<!自治)(?<!开发)(?<!新)(?<!园)(?<!地)(?<!社)(?<!景)(?<!示范)(?<!保税)(?<!合作)(?<!管理)(?<!高新)"
_COUNTY = rf"(?:[^县区旗镇乡]{{1,12}}(?:县|旗|(?<!.市){_ZONE}区|市[^市区]{{1,4}}{_ZONE}区))"
_TOWNSHIP = re.compile(r".{2,}(?:镇|乡|苏木|街道)(?:人民政府|政府|办事处)?(?:办公室|党政办公室|党政综合办公室)?$")
_GOVERNMENT = re.compile(rf"^{_COUNTY}(?:人民)?政府(?:办公室|办)?$")
_DEPARTMENT = re.compile(rf"^{_COUNTY}(?!人民政府).*(?:局|委|委员会|办公室|办|中心|队|处|所|院|会|社)$")


@lru_cache(maxsize=1024)
def organization_level(name: str | None) -> str | None:
    """Give the level that a name shows for certain, one of schema.OrganizationLevel; None if it shows none.

    A bare city may be of county level, so it and its departments have none.
    """
    if not name:
        return None
    name = _PROVINCE.sub("", name)
    for level, pattern in (("township", _TOWNSHIP), ("county", _GOVERNMENT), ("county-department", _DEPARTMENT)):
        if pattern.match(name):
            return level
    return None
