"""Writes the planned reports as files of many kinds, some beside others in one folder, some in folders of years."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from carriers.making import require
from carriers.printing import print_pages
from comparison.made_series import form_of
from sheet_writer import write_sheet
from typeset import LAYOUTS, PrintedReport, print_report
from word_writer import write_word

from repository.planned import BODIES, CITY, CITY_MEMBERS, COUNTY, FOREST, WATER, WELFARE, Planned, plan

MIXED = ("page", "docx", "markdown", "xlsx", "word_page", "framed_rows", "pdf", "covered_blank")
"""Kinds of files: layouts of text and of web pages, and writers."""

WEB = ("page", "word_page")
"""Kinds that are written in no time."""

DAMAGED = "杂件/损坏的报告.docx"
NAMELESS = "杂件/扫描件识别.txt"

_SHEET = """<style>@page {size: A4; margin: 20mm 15mm} body {font: 9pt "Noto Sans CJK SC"}
table {border-collapse: collapse; width: 100%} td {border: 1px solid black; text-align: center; padding: 2px}</style>"""


def write_repository(folder: Path, kinds: Sequence[str] = MIXED) -> dict[Path, Planned]:
    """Write all reports into a folder, its gouji.toml, a damaged file and a report that does not say whose it is.

    Gives the reports by the paths of their files.
    """
    (folder / "gouji.toml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "gouji.toml").write_text(_configuration(), encoding="utf-8")
    written: dict[Path, Planned] = {}
    pages: list[tuple[Path, Path, bool]] = []
    for report in plan():
        kind = kinds[(BODIES.index(report.body) + report.year + bool(report.version)) % len(kinds)]
        path = folder / _place(report, "." + (LAYOUTS[kind][0].lstrip(".") if kind in LAYOUTS else kind))
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(_print(report), kind, path, pages)
        written[path] = report
    if pages:
        with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            print_pages(require("chromium", "chromium-browser", "google-chrome"), pages, Path(profile))
        for page, _, _ in pages:
            page.unlink()
    _write_others(folder)
    return written


def _print(report: Planned) -> PrintedReport:
    texts = {address: str(value) for address, value in report.figures.items()}
    return print_report(form_of(report.year), texts, organization=report.body, year=report.year, prose=report.prose)


def _write(printed: PrintedReport, kind: str, path: Path, pages: list[tuple[Path, Path, bool]]) -> None:
    if kind == "docx":
        write_word(printed, path)
    elif kind == "xlsx":
        write_sheet(printed, path)
    elif kind == "pdf":
        page = path.with_suffix(".print.htm")
        text = LAYOUTS["page"][1](printed, Random(1))
        page.write_text(text.replace("</head>", _SHEET + "</head>"), encoding="utf-8")
        pages.append((page, path, True))
    else:
        path.write_text(LAYOUTS[kind][1](printed, Random(1)), encoding="utf-8")


def _place(report: Planned, suffix: str) -> str:
    """Give the path of a report: departments in folders of a government, bodies side by side, folders of years."""
    body, year, version = report.body, report.year, report.version
    if body == COUNTY:
        return f"云溪县/{year}年度报告{suffix}"
    if body.startswith("云溪县"):
        return f"云溪县/{body}/{year}{suffix}"
    if body in (CITY, *CITY_MEMBERS):
        return f"清河市各单位/{year}年/{body}{suffix}"
    if body in (FOREST, WATER):
        return f"其他单位/{body}{year}年政府信息公开工作年度报告{suffix}"
    assert body == WELFARE
    return f"其他单位/{body}/{year}{version}{suffix}"


def _configuration() -> str:
    members = ", ".join(f'"{name}"' for name in CITY_MEMBERS)
    return f'[[unit]]\nbody = "{CITY}"\nmembers = [{members}]\nexact = true\n'


def _write_others(folder: Path) -> None:
    """Write a file that cannot be read, and a sound report without body and year."""
    (folder / "杂件").mkdir(exist_ok=True)
    (folder / DAMAGED).write_bytes(b"PK\x03\x04" + bytes(2000))
    printed = _print(plan()[-1])
    printed.title = "政府信息公开工作年度报告"
    heading, _, tables = printed.sections[0]
    printed.sections[0] = (heading, ["我单位依法做好政府信息公开工作。"], tables)
    (folder / NAMELESS).write_text(LAYOUTS["framed_rows"][1](printed, Random(1)), encoding="utf-8")
