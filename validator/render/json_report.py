"""`gouji read --format json`: schema gouji.report/1, one object a report. Keys are added, never renamed or removed."""

from collections.abc import Iterable, Iterator

from validator.model.report import Claim, ReportCell

from .json_text import to_json_number, to_json_place, write_json
from .look import Look
from .reading import Reading

SCHEMA = "gouji.report/1"


def render_reports_json(readings: Iterable[Reading], look: Look, many: bool) -> Iterator[str]:
    """Give each report as a JSON object: one line each if there are many, indented if there is one."""
    return (write_json(to_json_report(reading, look), indent=None if many else 2) for reading in readings)


def to_json_report(reading: Reading, look: Look) -> dict[str, object]:
    """Give a report in the shape that `gouji check` reads back from a .json file."""
    report = reading.report
    return {
        "schema": SCHEMA,
        "source": report.source,
        "form": report.form,
        "organization": report.organization,
        "year": report.year,
        "cells": {address: _cell(cell) for address, cell in report.cells.items()},
        "claims": [_claim(claim) for claim in report.claims],
        "unclaimed": [
            {
                "text": claim.text,
                "span": claim.span,
                "value": to_json_number(claim.value),
                "location": to_json_place(claim.location),
            }
            for claim in report.unclaimed
        ],
        "problems": [
            {
                "kind": problem.kind,
                "detail": look.say(detail),
                "cells": list(problem.cells),
                "location": to_json_place(problem.location),
            }
            for problem, detail in zip(report.problems, reading.details, strict=True)
        ],
    }


def _cell(cell: ReportCell) -> dict[str, object]:
    note = {"note": cell.note} if cell.note else {}
    return {
        "value": to_json_number(cell.value),
        "raw": cell.raw,
        "state": cell.state.value,
        "location": to_json_place(cell.location),
        **note,
    }


def _claim(claim: Claim) -> dict[str, object]:
    scope = {"scope": claim.scope} if claim.scope else {}
    return {
        "text": claim.text,
        "span": claim.span,
        "value": to_json_number(claim.value),
        "approximate": claim.approximate,
        "quantity": claim.quantity,
        "sure": claim.sure,
        "location": to_json_place(claim.location),
        **scope,
    }
