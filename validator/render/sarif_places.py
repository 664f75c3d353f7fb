"""Where findings are, as SARIF 2.1.0 says it: artifact, region, words, and the cells by name."""

from collections.abc import Iterable
from urllib.parse import quote

from validator.model.bilingual import Bilingual
from validator.model.location import Location, OtherFilePlace, TextPlace, describe_location, location_fields
from validator.model.outcome import Finding
from validator.model.result import ReportResult

from .heading import render_heading
from .look import Look

ROOT = "SRCROOT"
"""What relative paths start from: the folder that the program ran in."""

Sarif = dict[str, object]


def locate_artifact(source: str) -> Sarif:
    """Give the path of a file as a URI: relative to the root, or a file URI if the path is absolute."""
    path = quote(source.encode("utf-8", "surrogateescape"), safe="/")
    if source.startswith("/"):
        return {"uri": f"file://{path}"}
    if source[1:3] == ":/":  # a drive of Windows
        return {"uri": f"file:///{source[:2]}{path[4:]}"}
    return {"uri": path, "uriBaseId": ROOT}


def locate(finding: Finding, report: ReportResult, look: Look) -> Sarif:
    """Give where a finding is: the place of its first cell, and all its cells by address and name."""
    return _place(finding.location, report.source, look, finding.cells, report)


def locate_related(finding: Finding, report: ReportResult, look: Look) -> list[Sarif]:
    """Give where the other cells of a finding are, each with the cell that stands there if that is known."""
    cells: dict[Location, list[str]] = {}
    for address in finding.cells:
        if address in report.cells:
            cells.setdefault(report.cells[address].location, []).append(address)
    return [
        {"id": number, **_place(place, report.source, look, cells.get(place, ()), report)}
        for number, place in enumerate(finding.related)
    ]


def _place(place: Location, source: str, look: Look, cells: Iterable[str], report: ReportResult) -> Sarif:
    words = look.say(describe_location(place))
    if isinstance(place, OtherFilePlace):
        source, place, elsewhere = place.source, place.place, True
    else:
        elsewhere = False
    physical: Sarif = {"artifactLocation": locate_artifact(source)}
    if isinstance(place, TextPlace):
        physical["region"] = {"startLine": place.line, "startColumn": place.column}
    logical = [] if elsewhere else [_cell(address, report, look) for address in cells] or [_report(report, look)]
    return {
        "physicalLocation": physical,
        **({"logicalLocations": logical} if logical else {}),
        "message": {"text": words},
        "properties": {"place": location_fields(place)},
    }


def _cell(address: str, report: ReportResult, look: Look) -> Sarif:
    name = look.say(report.names.get(address, Bilingual(address, address)))
    return {"name": name, "fullyQualifiedName": f"{_qualify(report, look)}/{address}", "kind": "cell"}


def _report(report: ReportResult, look: Look) -> Sarif:
    return {"name": render_heading(report, look), "fullyQualifiedName": _qualify(report, look), "kind": "report"}


def _qualify(report: ReportResult, look: Look) -> str:
    return f"{report.organization or render_heading(report, look)}/{report.year or '?'}"
