"""Results and reports as text. A renderer is a function of what it prints and of a Look, and of nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from validator.model.form import Form
from validator.model.result import Results, RuleNote

from .audit import render_html
from .csv_text import render_cells, render_csv, render_reports_csv
from .github import render_github
from .gitlab import render_gitlab
from .json_report import render_reports_json
from .json_results import render_json
from .junit import render_junit
from .look import Look
from .markdown import render_markdown
from .parquet import render_parquet
from .reading import Reading
from .report_table import render_reports_table
from .rule_list import render_forms_json, render_forms_table, render_rules_json, render_rules_table
from .sarif import render_sarif
from .site import render_site
from .terminal import render_terminal

RENDERERS: Mapping[str, Callable[[Results, Look], Iterator[str]]] = {
    "terminal": render_terminal,
    "json": render_json,
    "sarif": render_sarif,
    "junit": render_junit,
    "github": render_github,
    "gitlab": render_gitlab,
    "markdown": render_markdown,
    "csv": render_csv,
    "cells": render_cells,
    "html": render_html,
}

FOLDER_RENDERERS: Mapping[str, Callable[[Results, Look, Path], None]] = {
    "parquet": render_parquet,
    "html": render_site,
}
"""These write several files into a folder; a format that can be one file as well does so where the path says it."""

DETAILED = frozenset({"junit", "cells", "html"})
"""The renderers that need every outcome of every rule, also those that hold, or the name of every cell."""

REPORT_RENDERERS: Mapping[str, Callable[[Iterable[Reading], Look, bool], Iterator[str]]] = {
    "json": render_reports_json,
    "table": render_reports_table,
    "csv": render_reports_csv,
}

RULE_RENDERERS: Mapping[str, Callable[[Iterable[RuleNote], Look], str]] = {
    "table": render_rules_table,
    "json": render_rules_json,
}

FORM_RENDERERS: Mapping[str, Callable[[Iterable[Form], Look], str]] = {
    "table": render_forms_table,
    "json": render_forms_json,
}
