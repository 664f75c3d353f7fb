"""Results as rows of tables: one list of columns and one mapper a table, for CSV, Parquet and what takes them over."""

from collections.abc import Callable, Iterator, Mapping

from validator.model.bilingual import Bilingual
from validator.model.location import describe_location
from validator.model.outcome import Severity
from validator.model.report import Report, name_tables
from validator.model.result import ReportResult, Results
from validator.words import line

from .json_text import to_json_number
from .look import Look
from .problems import Problem, list_problems
from .reviews import follow

Row = dict[str, object]

TEXT, COUNT, FIGURE, TEXTS, FLAG = "string", "int32", "float64", "list<string>", "bool"
_WHOSE = {"source": TEXT, "organization": TEXT, "year": COUNT, "form": TEXT}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "reports": {
        **_WHOSE,
        "status": TEXT,
        "expected": COUNT,
        "assessed": COUNT,
        "errors": COUNT,
        "warnings": COUNT,
        "notes": COUNT,
        "error": TEXT,
    },
    "cells": {
        **_WHOSE,
        "address": TEXT,
        "value": FIGURE,
        "raw": TEXT,
        "state": TEXT,
        "note": TEXT,
        "place": TEXT,
    },
    "claims": {
        **_WHOSE,
        "quantity": TEXT,
        "value": FIGURE,
        "approximate": FLAG,
        "span": TEXT,
        "text": TEXT,
        "scope": TEXT,
        "place": TEXT,
    },
    "findings": {
        **_WHOSE,
        "rule": TEXT,
        "severity": TEXT,
        "fingerprint": TEXT,
        "message": TEXT,
        "cells": TEXTS,
        "left": FIGURE,
        "right": FIGURE,
        "delta": FIGURE,
        "place": TEXT,
    },
    "problems": {
        **_WHOSE,
        "severity": TEXT,
        "table": TEXT,
        "row": TEXT,
        "column": TEXT,
        "reported": TEXT,
        "proposed": TEXT,
        "certainty": TEXT,
        "message": TEXT,
        "basis": TEXT,
        "place": TEXT,
        "finding": TEXT,
        "action": TEXT,
        "state": TEXT,
        "rules": TEXTS,
        "fingerprints": TEXTS,
    },
    "changes": {
        **_WHOSE,
        "cell": TEXT,
        "reported": FIGURE,
        "proposed": FIGURE,
        "reason": TEXT,
        "unique": FLAG,
        "confidence": TEXT,
        "explains": TEXTS,
    },
}
"""The tables and their columns with the types of Arrow. Rows may have more columns, for people."""

LISTED = (
    "organization",
    "year",
    "severity_name",
    "table",
    "row",
    "column",
    "reported",
    "proposed",
    "certainty",
    "message",
    "basis",
    "place",
    "source",
    "finding",
    "action",
    "state",
    "rules",
    "fingerprints",
)
"""The columns of the list of problems that people work through, in sheets and as CSV."""

PRINTED: Mapping[str, tuple[str, ...]] = {
    "problems": LISTED,
    "findings": (
        "organization",
        "year",
        "problem",
        *LISTED[2:13],
        "form",
        "severity",
        "rule",
        "cells",
        "left",
        "right",
        "delta",
        "fingerprint",
    ),
    "cells": (*_WHOSE, "address", "name", "value", "raw", "state", "note", "place"),
}
"""The columns of the tables that are printed as CSV, in the order in which people read them."""


def give_rows(table: str, results: Results, look: Look) -> Iterator[Row]:
    """Give the rows of a table over all reports, with the columns of COLUMNS and maybe more; KeyError for no table."""
    mapper = _MAPPERS[table]
    for result in results.reports:
        yield from mapper(result, results, look)


def cell_rows(
    report: Report, names: Mapping[str, Bilingual], table_names: Mapping[str, Bilingual], look: Look
) -> Iterator[Row]:
    """Give the cells that a report prints, with their names and those of their tables in the form's words."""
    whose = _whose(report)
    tables = name_tables(report.cells, table_names)
    for address, cell in report.cells.items():
        yield {
            **whose,
            "address": address,
            "name": look.say(names.get(address) or Bilingual(address, address)),
            "value": to_json_number(cell.value),
            "raw": cell.raw,
            "state": cell.state.value,
            "note": cell.note,
            "place": look.say(describe_location(cell.location, tables)),
        }


def _whose(report: Report | ReportResult) -> Row:
    return {
        "source": report.source,
        "organization": report.organization,
        "year": report.year,
        "form": report.form,
    }


def _report_rows(result: ReportResult, _: Results, look: Look) -> Iterator[Row]:
    yield {
        **_whose(result),
        "status": result.status,
        "expected": result.coverage.expected,
        "assessed": result.coverage.assessed,
        **{f"{severity}s": result.count(severity) for severity in Severity},
        "error": None if result.error is None else look.say(result.error),
    }


def _cell_rows(result: ReportResult, _: Results, look: Look) -> Iterator[Row]:
    if result.report is not None:
        yield from cell_rows(result.report, result.names, result.table_names, look)


def _claim_rows(result: ReportResult, _: Results, look: Look) -> Iterator[Row]:
    for claim in () if result.report is None else result.report.claims:
        yield {
            **_whose(result),
            "quantity": claim.quantity,
            "value": to_json_number(claim.value),
            "approximate": claim.approximate,
            "span": claim.span,
            "text": claim.text,
            "scope": claim.scope,
            "place": look.say(describe_location(claim.location, result.tables)),
        }


def problem_rows(result: ReportResult, results: Results, look: Look) -> Iterator[Row]:
    """Give the problems of a report, the worst first, with what people wrote of them in an earlier list."""
    for problem in list_problems(result, results, look):
        progress = follow(problem.fingerprints, results.reviews)
        yield {
            **_whose(result),
            **_describe(problem, look),
            "severity": problem.severity,
            "severity_name": look.say(line(f"severity-{problem.severity}")),
            "message": "\n".join(problem.said),
            "place": problem.place,
            "finding": progress.finding,
            "action": progress.action,
            "state": look.say(line(f"review-{progress.state}")) if progress.state else "",
            "rules": list(problem.rules),
            "fingerprints": list(problem.fingerprints),
        }


def _describe(problem: Problem | None, look: Look) -> Row:
    """Give the columns that problems and findings have in common: the cell to change and what it should say."""
    names = ("table", "row", "column", "reported", "proposed", "certainty")
    if problem is None:
        return dict.fromkeys((*names, "basis"), "")
    return {name: getattr(problem, name) for name in names} | {"basis": look.say(line("join")).join(problem.basis)}


def _finding_rows(result: ReportResult, results: Results, look: Look) -> Iterator[Row]:
    problems = list_problems(result, results, look) if result.findings else []
    numbered = {one: number for number, problem in enumerate(problems) for one in problem.fingerprints}
    for finding in result.findings:
        number = numbered.get(finding.fingerprint)
        yield {
            **_whose(result),
            **_describe(None if number is None else problems[number], look),
            "problem": None if number is None else number + 1,
            "rule": finding.rule,
            "severity": finding.severity.value,
            "severity_name": look.say(line(f"severity-{finding.severity}")),
            "fingerprint": finding.fingerprint,
            "message": look.say(finding.message),
            "cells": list(finding.cells),
            "left": to_json_number(finding.left),
            "right": to_json_number(finding.right),
            "delta": to_json_number(finding.delta),
            "place": look.say(describe_location(finding.location, result.tables)),
        }


def _change_rows(result: ReportResult, _: Results, __: Look) -> Iterator[Row]:
    for explanation in result.diagnosis:
        for change in explanation.changes:
            yield {
                **_whose(result),
                "cell": change.cell,
                "reported": to_json_number(change.reported),
                "proposed": to_json_number(change.proposed),
                "reason": change.reason or explanation.reason,
                "unique": explanation.unique,
                "confidence": explanation.confidence,
                "explains": list(explanation.explains),
            }


_MAPPERS: Mapping[str, Callable[[ReportResult, Results, Look], Iterator[Row]]] = {
    "reports": _report_rows,
    "cells": _cell_rows,
    "claims": _claim_rows,
    "findings": _finding_rows,
    "problems": problem_rows,
    "changes": _change_rows,
}
