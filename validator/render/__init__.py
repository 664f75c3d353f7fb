"""Results and reports as text. A renderer is a function of what it prints and of a Look, and of nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from validator.model.result import Results

from .csv_cells import render_reports_csv
from .csv_findings import render_csv
from .json_report import render_reports_json
from .json_results import render_json
from .look import Look
from .reading import Reading
from .report_table import render_reports_table
from .rule_list import RuleSummary, render_rules_json, render_rules_table
from .terminal import render_terminal

RENDERERS: Mapping[str, Callable[[Results, Look], Iterator[str]]] = {
    "terminal": render_terminal,
    "json": render_json,
    "csv": render_csv,
}

DETAILED = frozenset[str]()
"""The renderers that need every outcome of every rule, also those that hold."""

REPORT_RENDERERS: Mapping[str, Callable[[Iterable[Reading], Look, bool], Iterator[str]]] = {
    "json": render_reports_json,
    "table": render_reports_table,
    "csv": render_reports_csv,
}

RULE_RENDERERS: Mapping[str, Callable[[Iterable[RuleSummary], Look], str]] = {
    "table": render_rules_table,
    "json": render_rules_json,
}
