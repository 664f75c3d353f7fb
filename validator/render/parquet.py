"""Results as tables of Arrow, and as Parquet, one file a table, for questions over many reports (docs/data.md)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from validator.errors import UsageError
from validator.model.result import Results

from .look import Look
from .rows import COLUMNS, COUNT, FIGURE, FLAG, TEXT, TEXTS, Row, give_rows

_ROWS_TOGETHER = 50_000


def render_parquet(results: Results, look: Look, folder: Path) -> None:
    """Write one Parquet file a table into a folder that is there; messages and places in the language of the look.

    Raises UsageError if pyarrow is not installed.
    """
    for table in COLUMNS:
        schema = _schema(table)
        from pyarrow import parquet

        with parquet.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as writer:
            for batch in _batches(give_rows(table, results, look)):
                writer.write_table(_make_table(batch, table, schema))


def make_table(results: Results, table: str, look: Look) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Give a table of results as a pyarrow.Table. Raises UsageError for no such table, or without pyarrow."""
    if table not in COLUMNS:
        raise UsageError.of("no-table", name=table, tables=", ".join(COLUMNS))
    schema = _schema(table)
    return _make_table(list(give_rows(table, results, look)), table, schema)


def _schema(table: str) -> Any:  # noqa: ANN401
    try:
        import pyarrow
    except ModuleNotFoundError:
        raise UsageError.lacking("parquet", "data") from None
    types = {
        TEXT: pyarrow.string(),
        COUNT: pyarrow.int32(),
        FIGURE: pyarrow.float64(),
        FLAG: pyarrow.bool_(),
        TEXTS: pyarrow.list_(pyarrow.string()),
    }
    return pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS[table].items()])


def _make_table(rows: list[Row], table: str, schema: Any) -> Any:  # noqa: ANN401
    import pyarrow

    figures = [name for name, kind in COLUMNS[table].items() if kind == FIGURE]
    for row in rows:
        row.update((name, float(value)) for name in figures if isinstance(value := row[name], int))
    try:
        return pyarrow.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:  # half a character, out of a file name or a JSON file
        return pyarrow.Table.from_pylist(list(map(_mend_texts, rows)), schema=schema)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Give the rows some at a time, at least one batch."""
    going = iter(rows)
    yield list(islice(going, _ROWS_TOGETHER))
    while batch := list(islice(going, _ROWS_TOGETHER)):
        yield batch


def _mend_texts(row: Row) -> Row:
    return {
        key: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for key, value in row.items()
    }
