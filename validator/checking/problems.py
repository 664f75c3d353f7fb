"""What reading the report met (model.report.Problem) -> outcomes, one for each problem of a rule's kind."""

from collections.abc import Iterator, Mapping

from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Problem, Report
from validator.ruleset import Ruleset
from validator.ruleset.schema import ProblemRule

from .sheet import Sheet
from .wording import fill_message, plain


_CHANGING = frozenset({"rows", "count", "printed", "raw"})
"""Values that an edit elsewhere may change: they do not tell one problem from another."""


def check_problems(rule: ProblemRule, sheet: Sheet) -> Iterator[Outcome]:
    """Give a broken outcome for each problem of the rule's kind."""
    for problem in sheet.report.problems:
        if problem.kind == rule.problem:
            yield Outcome(
                rule=rule.id,
                instance=".".join(str(problem.values.get(key, "")) for key in rule.values if key not in _CHANGING),
                verdict=Verdict.BROKEN,
                severity=rule.worst,
                cells=problem.cells,
                location=problem.location,
                values=_words(problem, sheet.form),
            )


def describe_problems(report: Report, ruleset: Ruleset) -> tuple[Bilingual, ...]:
    """Say each problem of a report in a sentence; one whose kind no rule tells of is named by its kind."""
    form = ruleset.form(report.form)
    messages = {rule.problem: rule.message for rule in ruleset.rules if isinstance(rule, ProblemRule)}
    return tuple(
        fill_message(messages[problem.kind], _words(problem, form)) if problem.kind in messages else plain(problem.kind)
        for problem in report.problems
    )


def _words(problem: Problem, form: Form | None) -> Mapping[str, Bilingual]:
    """Give the values of a problem in words: the ids of tables, rows, columns and cells as the form names them."""
    values = problem.values
    words = {key: plain(value) for key, value in values.items()}
    if form is None:
        return words
    table = next((table for table in form.tables if table.id == values.get("table")), None)
    if table is not None:
        words["table"] = table.name
        for cell in form.cells.values():
            if cell.table is table and cell.row.id == values.get("row"):
                words["row"] = cell.row_name
            if cell.table is table and cell.column.id == values.get("column"):
                words["column"] = cell.column_name
    if "cell" in values:
        words["cell"] = form.name(str(values["cell"]))
    return words
