"""Results as Parquet, one file a table, for questions over many reports (docs/data.md has the columns)."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from validator.errors import UsageError
from validator.model.location import describe_location
from validator.model.outcome import Severity
from validator.model.report import Number
from validator.model.result import ReportResult, Results

from .look import Look

Record = dict[str, object]

_TEXT, _COUNT, _FIGURE, _TEXTS, _FLAG = "string", "int32", "float64", "list<string>", "bool"
_REPORT = {"source": _TEXT, "organization": _TEXT, "year": _COUNT, "form": _TEXT}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "reports": {
        **_REPORT,
        "status": _TEXT,
        "expected": _COUNT,
        "assessed": _COUNT,
        "errors": _COUNT,
        "warnings": _COUNT,
        "notes": _COUNT,
        "error": _TEXT,
    },
    "cells": {
        **_REPORT,
        "address": _TEXT,
        "value": _FIGURE,
        "raw": _TEXT,
        "state": _TEXT,
        "note": _TEXT,
        "place": _TEXT,
    },
    "claims": {
        **_REPORT,
        "quantity": _TEXT,
        "value": _FIGURE,
        "approximate": _FLAG,
        "span": _TEXT,
        "text": _TEXT,
        "scope": _TEXT,
        "place": _TEXT,
    },
    "findings": {
        **_REPORT,
        "rule": _TEXT,
        "severity": _TEXT,
        "fingerprint": _TEXT,
        "message": _TEXT,
        "cells": _TEXTS,
        "left": _FIGURE,
        "right": _FIGURE,
        "delta": _FIGURE,
        "place": _TEXT,
    },
    "changes": {
        **_REPORT,
        "cell": _TEXT,
        "reported": _FIGURE,
        "proposed": _FIGURE,
        "reason": _TEXT,
        "unique": _FLAG,
        "confidence": _TEXT,
        "explains": _TEXTS,
    },
}
"""The tables and their columns with the types of Arrow."""

_ROWS_TOGETHER = 50_000


def render_parquet(results: Results, look: Look, folder: Path) -> None:
    """Write one Parquet file a table into a folder that is there; messages and places in the language of the look.

    Raises UsageError if pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise UsageError.of("needs-package", what="parquet", extra="data") from None
    types = {
        _TEXT: pyarrow.string(),
        _COUNT: pyarrow.int32(),
        _FIGURE: pyarrow.float64(),
        _FLAG: pyarrow.bool_(),
        _TEXTS: pyarrow.list_(pyarrow.string()),
    }
    for table, columns in COLUMNS.items():
        schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
        with parquet.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as writer:
            for batch in _batches(_records(results, look, _ROWS[table])):
                try:
                    rows = pyarrow.Table.from_pylist(batch, schema=schema)
                except UnicodeEncodeError:  # half a character, out of a file name or a JSON file
                    rows = pyarrow.Table.from_pylist(list(map(_mend_texts, batch)), schema=schema)
                writer.write_table(rows)


def _records(results: Results, look: Look, rows: "_Rows") -> Iterator[Record]:
    for report in results.reports:
        whose: Record = {
            "source": report.source,
            "organization": report.organization,
            "year": report.year,
            "form": report.form,
        }
        yield from (whose | row for row in rows(report, look))


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == _ROWS_TOGETHER:
            yield batch
            batch = []
    yield batch


def _mend_texts(record: Record) -> Record:
    return {
        key: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for key, value in record.items()
    }


def _report_rows(report: ReportResult, look: Look) -> Iterator[Record]:
    yield {
        "status": report.status,
        "expected": report.coverage.expected,
        "assessed": report.coverage.assessed,
        **{f"{severity}s": report.count(severity) for severity in Severity},
        "error": None if report.error is None else look.say(report.error),
    }


def _cell_rows(report: ReportResult, look: Look) -> Iterator[Record]:
    for address, cell in report.cells.items():
        yield {
            "address": address,
            "value": _figure(cell.value),
            "raw": cell.raw,
            "state": cell.state.value,
            "note": cell.note,
            "place": look.say(describe_location(cell.location)),
        }


def _claim_rows(report: ReportResult, look: Look) -> Iterator[Record]:
    for claim in () if report.report is None else report.report.claims:
        yield {
            "quantity": claim.quantity,
            "value": _figure(claim.value),
            "approximate": claim.approximate,
            "span": claim.span,
            "text": claim.text,
            "scope": claim.scope,
            "place": look.say(describe_location(claim.location)),
        }


def _finding_rows(report: ReportResult, look: Look) -> Iterator[Record]:
    for finding in report.findings:
        yield {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "fingerprint": finding.fingerprint,
            "message": look.say(finding.message),
            "cells": list(finding.cells),
            "left": _figure(finding.left),
            "right": _figure(finding.right),
            "delta": _figure(finding.delta),
            "place": look.say(describe_location(finding.location)),
        }


def _change_rows(report: ReportResult, _: Look) -> Iterator[Record]:
    for explanation in report.diagnosis:
        for change in explanation.changes:
            yield {
                "cell": change.cell,
                "reported": _figure(change.reported),
                "proposed": _figure(change.proposed),
                "reason": change.reason or explanation.reason,
                "unique": explanation.unique,
                "confidence": explanation.confidence,
                "explains": list(explanation.explains),
            }


def _figure(number: Number | None) -> float | None:
    return None if number is None else float(number)


_Rows = Callable[[ReportResult, Look], Iterator[Record]]

_ROWS: Mapping[str, _Rows] = {
    "reports": _report_rows,
    "cells": _cell_rows,
    "claims": _claim_rows,
    "findings": _finding_rows,
    "changes": _change_rows,
}
