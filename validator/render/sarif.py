"""`gouji check --format sarif`: SARIF 2.1.0, for code scanning and editors.

Places have a region where the carrier has lines. There are no `fixes`: no program should change a figure that an
authority has published, so the likely mend is told in the message and in the properties.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from validator.model.bilingual import Bilingual
from validator.model.location import Location, OtherFilePlace, TextPlace, describe_location, location_fields
from validator.model.outcome import Explanation, Finding, Severity
from validator.model.result import ReportResult, Results, RuleNote
from validator.words import line

from .explained import describe_explanations, gather_troubles
from .json_text import to_json_number, write_json, write_json_items
from .look import Look, render_heading

ROOT = "SRCROOT"
"""What relative paths start from: the folder that the program ran in."""

Sarif = dict[str, object]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_CODE_SCANNING = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def render_sarif(results: Results, look: Look) -> Iterator[str]:
    """Turn the results into one SARIF log with one run; the rules are those that have a finding."""
    used: dict[str, int] = {}
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"results": ['
    yield from write_json_items(_results(results, look, used))
    unreadable = results.totals.unreadable
    successful = "false" if unreadable else "true"
    yield f'],\n"invocations": [{{"executionSuccessful": {successful}, "toolExecutionNotifications": ['
    if unreadable:
        yield from write_json_items(_notify(report, look) for report in results.reports if report.error is not None)
    # What follows needs the results to have been gone through: a rule's number is the order in which it was met.
    closing = write_json(
        {
            "tool": {
                "driver": {
                    "name": "gouji",
                    "version": results.version,
                    "rules": [_rule(rule, results.rules.get(rule), look) for rule in used],
                }
            },
            "originalUriBaseIds": {ROOT: {"description": {"text": "the folder that the program ran in"}}},
            "columnKind": "unicodeCodePoints",
            "language": "zh-CN" if look.language == "zh" else "en-US",
            "properties": {
                "reports": results.totals.reports,
                "identitiesExpected": results.totals.expected,
                "identitiesAssessed": results.totals.assessed,
                "suppressed": results.known.suppressed,
                "knownFromBaseline": results.known.baseline,
            },
        },
        indent=None,
    )
    yield f"]}}],\n{closing[1:-2]}}}]}}\n"


def _results(results: Results, look: Look, used: dict[str, int]) -> Iterator[Sarif]:
    for report in results.reports:
        for trouble in gather_troubles(report) if report.findings else ():
            told = [text for text, _ in describe_explanations(trouble, report, look)]
            best = trouble.explanations[0] if trouble.explanations else None
            for finding in trouble.findings:
                index = used.setdefault(finding.rule, len(used))
                yield _result(finding, index, told, best, report, look)


def _result(
    finding: Finding, index: int, told: list[str], best: Explanation | None, report: ReportResult, look: Look
) -> Sarif:
    related = locate_related(finding, report, look)
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": "\n".join([look.say(finding.message), *told])},
        "locations": [locate(finding, report, look)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"gouji/v1": finding.fingerprint},
        "properties": {
            "organization": report.organization,
            "year": report.year,
            "left": to_json_number(finding.left),
            "right": to_json_number(finding.right),
            "delta": to_json_number(finding.delta),
            **({} if best is None else _proposal(best)),
        },
    }


def _proposal(best: Explanation) -> Sarif:
    """Say how sure the likely mend is, and what it changes; `alternatives` are other mends as small."""
    return {
        "confidence": best.confidence,
        "suspect": best.suspect,
        "alternatives": best.alternatives,
        "proposal": [
            {
                "cell": change.cell,
                "reported": to_json_number(change.reported),
                "proposed": to_json_number(change.proposed),
                "reason": change.reason or best.reason,
            }
            for change in best.changes
        ],
    }


def _rule(rule: str, note: RuleNote | None, look: Look) -> Sarif:
    if note is None:
        return {"id": rule}
    title, why = look.say(note.title), look.say(note.why)
    said = [why, look.say(line("list-basis", basis=note.basis)), look.say(line("explain-more", rule=rule))]
    return {
        "id": rule,
        "name": "".join(word.capitalize() for word in rule.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {"text": "\n".join([title, *said]), "markdown": "\n\n".join([f"**{title}**", *said])},
        "defaultConfiguration": {"level": note.severity.value},
        "properties": {"tags": [note.group], "problem.severity": _CODE_SCANNING[note.severity]},
    }


def _notify(report: ReportResult, look: Look) -> Sarif:
    text = "" if report.error is None else look.say(report.error)
    return {
        "level": "error",
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": locate_artifact(report.source)}}],
    }


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
    words = look.say(describe_location(place, report.tables))
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
