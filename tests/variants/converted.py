"""Files of older and other programs, made by LibreOffice from those of the other carriers and read through it again."""

from collections.abc import Mapping
from functools import partial

from variants import sheets, web, word
from variants.frame import Draft, Way

from validator.readers.convert import office

SUFFIX = ".doc"

office._FILTERS.update(
    {
        "doc": "doc:MS Word 97",
        "rtf": "rtf:Rich Text Format",
        "odt": "odt:writer8",
        "xls": "xls:MS Excel 97",
        "ods": "ods:calc8",
    }
)


def _convert(ways: Mapping[str, Way], way: str, given: str, target: str, draft: Draft) -> bytes:
    """Write a draft in a way of another carrier and have LibreOffice save it as another kind."""
    return convert(ways[way](draft), given, target)


def convert(data: bytes, given: str, target: str) -> bytes:
    """Have LibreOffice save a file of one suffix as another kind, both of those above."""
    program = office.find_office()
    assert program is not None, "LibreOffice is not installed"
    return office.office_at(program).convert(data, given, target, 60)


_WORDS = ("plain", "raised-align", "struck-strike", "unseen-vanish", "trailing-1", "two-reports")
_SHEETS = ("plain", "sections", "raised", "struck", "dusty", "format-scaled", "format-unit", "two-sheets")


def _ways() -> dict[str, tuple[str, Way]]:
    found: dict[str, tuple[str, Way]] = {}
    for target, suffix in (("doc", ".doc"), ("doc", ".wps"), ("rtf", ".rtf"), ("odt", ".odt"), ("docx", ".docx")):
        for way in _WORDS if suffix != ".wps" else ("plain",):
            found[f"{suffix[1:]}-{way}"] = suffix, partial(_convert, word.WAYS, way, ".docx", target)
    for target, suffix in (("xls", ".xls"), ("xls", ".et"), ("ods", ".ods"), ("xlsx", ".xlsx")):
        for way in _SHEETS if suffix != ".et" else ("plain",):
            found[f"{suffix[1:]}-{way}"] = suffix, partial(_convert, sheets.WAYS, way, ".xlsx", target)
    for target in ("doc", "docx", "odt"):
        found[f"{target}-of-page"] = f".{target}", partial(_convert, web.WAYS, "plain", ".html", target)
    return found


_FOUND = _ways()
WAYS: dict[str, Way] = {name: way for name, (_, way) in _FOUND.items()}
SUFFIXES = {name: suffix for name, (suffix, _) in _FOUND.items()}
