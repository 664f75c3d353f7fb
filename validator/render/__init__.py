"""Results and reports as text. A renderer is a function of what it prints and of a Look, and of nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from validator.model.form import Form
from validator.model.result import Results, RuleNote

from .look import Look, Reading


def _late(place: str) -> Callable[..., Any]:
    """Give the function of a module of this package, which is imported when it is first called."""
    module, _, name = place.partition(".")

    def render(*given: Any) -> Any:  # noqa: ANN401 - renderers differ in what they take
        function: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), name)
        return function(*given)

    return render


RENDERERS: Mapping[str, Callable[[Results, Look], Iterator[str]]] = {
    "terminal": _late("terminal.render_terminal"),
    "json": _late("json_text.render_json"),
    "sarif": _late("sarif.render_sarif"),
    "junit": _late("junit.render_junit"),
    "github": _late("forges.render_github"),
    "gitlab": _late("forges.render_gitlab"),
    "markdown": _late("markdown.render_markdown"),
    "csv": _late("csv_text.render_csv"),
    "problems": _late("csv_text.render_problems"),
    "text": _late("problems.render_text"),
    "cells": _late("csv_text.render_cells"),
    "html": _late("audit.render_html"),
}

FOLDER_RENDERERS: Mapping[str, Callable[..., None]] = {
    "parquet": _late("parquet.render_parquet"),
    "html": _late("site.render_site"),
    "docx": _late("notices.render_notices"),
}
"""These write several files into a folder; a format that can be one file as well does so where the path says it."""

FILE_RENDERERS: Mapping[str, Callable[[Results, Look, Path, str], None]] = {
    "xlsx": _late("sheets.render_sheets"),
}
"""These write a file that is no text; the last they take is the way to a site of the same run, "" if there is none."""

EXTRAS: Mapping[str, tuple[str, str]] = {
    "parquet": ("pyarrow", "data"),
    "xlsx": ("xlsxwriter", "lists"),
    "docx": ("docxtpl", "lists"),
}
"""Formats that need a package which is not always there, with the extra that brings it."""

DETAILED = frozenset({"junit", "cells", "html"})
"""The renderers that need every outcome of every rule, also those that hold, or the name of every cell."""

LEAN = frozenset(
    {"terminal", "text", "json", "sarif", "github", "gitlab", "markdown", "csv", "problems", "xlsx", "docx"}
)
"""Formats that show cells only where something is told of them."""

REPORT_RENDERERS: Mapping[str, Callable[[Iterable[Reading], Look, bool], Iterator[str]]] = {
    "json": _late("json_text.render_reports_json"),
    "table": _late("table_text.render_reports_table"),
    "csv": _late("csv_text.render_reports_csv"),
}

RULE_RENDERERS: Mapping[str, Callable[[Iterable[RuleNote], Look], str]] = {
    "table": _late("rulebook.render_rules_table"),
    "json": _late("rulebook.render_rules_json"),
}

FORM_RENDERERS: Mapping[str, Callable[[Iterable[Form], Look], str]] = {
    "table": _late("rulebook.render_forms_table"),
    "json": _late("rulebook.render_forms_json"),
}
