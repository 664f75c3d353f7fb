"""The tables of Parquet: their columns as documented, and the queries of the docs give what they say."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from results import ALL, FAILED, GRANTED, make_report, make_results

from validator.errors import UsageError
from validator.render.look import Look
from validator.render.parquet import COLUMNS, render_parquet

pytest.importorskip("pyarrow")
from pyarrow import parquet


def write(folder: Path, results=ALL) -> dict[str, list[dict]]:
    render_parquet(results, Look(), folder)
    return {table: parquet.read_table(folder / f"{table}.parquet").to_pylist() for table in COLUMNS}


def test_the_tables_hold_what_the_results_hold(tmp_path):
    tables = write(tmp_path)
    assert [(row["source"], row["status"], row["errors"]) for row in tables["reports"]] == [
        ("reports/a.html", "failed", 2),
        ("reports/b.txt", "passed", 0),
        ("reports/c.html", "unreadable", 0),
    ]
    assert tables["reports"][2]["error"] == "文件是空的"
    (granted,) = (row for row in tables["cells"] if row["address"] == GRANTED)
    assert (granted["organization"], granted["year"], granted["value"]) == ("甲县发展局", 2023, 12.0)
    worst = tables["findings"][2]
    assert (worst["rule"], worst["severity"], worst["left"], worst["right"], worst["delta"]) == (
        "applications-row-total",
        "error",
        30.0,
        21.0,
        9.0,
    )
    (change,) = tables["changes"]
    assert (change["cell"], change["proposed"], change["explains"]) == (GRANTED, 21.0, ["aaaa", "bbbb"])


def test_columns_are_those_of_the_schema(tmp_path):
    write(tmp_path)
    for table, columns in COLUMNS.items():
        schema = parquet.read_schema(tmp_path / f"{table}.parquet")
        assert schema.names == list(columns)


def test_the_documented_columns_are_the_columns():
    page = (Path(__file__).parents[1] / "docs" / "data.md").read_text(encoding="utf-8")
    for table, columns in COLUMNS.items():
        section = page.partition(f"### `{table}`")[2].partition("\n### ")[0]
        for column, kind in columns.items():
            assert f"| `{column}` | {kind} |" in section, (table, column)


def test_half_a_character_of_a_name_harms_nothing(tmp_path):
    hostile = make_results(replace(FAILED, source="a\udce4.html", report=make_report("a", "甲\ud800县")))
    tables = write(tmp_path, hostile)
    assert tables["reports"][0]["source"] == "a?.html"


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r'pip install "\.\[data\]"'):
        render_parquet(ALL, Look(), tmp_path)


def test_the_queries_of_the_docs_run(tmp_path, monkeypatch):
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "results").mkdir()
    write(tmp_path / "results")
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parents[1] / "docs" / "data.md").read_text(encoding="utf-8")
    queries = [part.partition("```")[0] for part in page.split("```sql\n")[1:]]
    assert len(queries) >= 3
    found = [duckdb.sql(query).fetchall() for query in queries]
    assert ("applications-row-total", "error", 1, 1) in found[0]
    assert found[1][0][0] == "甲县发展局"
