"""What went wrong in reading, or in checking itself -> outcomes.

A problem of reading (model.report.Problem) is told by the rule of its kind. A fault of ours in one check is told by an
outcome of its own, so that what the other checks found is not lost.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from validator.errors import GoujiError
from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Problem, Report
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import Rule
from validator.words import line

from .sheet import Sheet
from .wording import fill_message, plain

PROSE = line("part-prose")
DIAGNOSIS = line("part-diagnosis")
COMPARISON = line("part-comparison")

_CHANGING = frozenset({"rows", "count", "printed", "raw", "line"})
"""Values that an edit elsewhere may change: they do not tell one problem from another."""


@dataclass(frozen=True, kw_only=True)
class ProblemRule(Rule):
    """One finding for each problem of a kind that reading the report met; `values` are the fields it brings."""

    problem: str
    values: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The values that the problem brings."""
        return self.values


def check_problems(rule: ProblemRule, sheet: Sheet) -> Iterator[Outcome]:
    """Give a broken outcome for each problem of the rule's kind."""
    for problem in sheet.report.problems:
        if problem.kind == rule.problem:
            yield Outcome(
                rule=rule.id,
                instance=_instance(rule, problem),
                verdict=Verdict.BROKEN,
                severity=rule.worst,
                cells=problem.cells,
                location=problem.location,
                values=_words(problem, sheet.form),
            )


def _instance(rule: ProblemRule, problem: Problem) -> str:
    lasting = [str(problem.values[key]) for key in rule.values if key in problem.values and key not in _CHANGING]
    return ".".join(lasting) or str(problem.values.get("detail", ""))


def describe_problems(report: Report, ruleset: Ruleset) -> tuple[Bilingual, ...]:
    """Say each problem of a report in a sentence; one whose kind no rule tells of is named by its kind."""
    form = ruleset.form(report.form)
    rules: dict[str, ProblemRule] = {}
    for rule in ruleset.rules:
        if isinstance(rule, ProblemRule):
            rules.setdefault(rule.problem, rule)
    return tuple(
        write_problem(rules[problem.kind], _words(problem, form)) if problem.kind in rules else plain(problem.kind)
        for problem in report.problems
    )


def write_problem(rule: ProblemRule, words: Mapping[str, Bilingual]) -> Bilingual:
    """Write the message of a problem. One read back from JSON brings a sentence, `detail`, and no other value."""
    if all(name in words for name in rule.values):
        return fill_message(rule.message, words)
    return words.get("detail", rule.title)


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
    if "tables" in values:
        names = [table.name for table in form.tables if table.id in str(values["tables"]).split()]
        words["tables"] = Bilingual("、".join(n.zh for n in names), ", ".join(n.en for n in names))
    if "cell" in values:
        words["cell"] = form.name(str(values["cell"]))
    return words


def attempt(part: Bilingual, ruleset: Ruleset, check: Callable[[], Iterable[Outcome]]) -> Iterator[Outcome]:
    """Give the outcomes of a check; if it fails half-way, those it gave and one that tells of the fault.

    `part` names what was being checked.
    """
    try:
        yield from check()
    except GoujiError:
        raise  # a bad rule or a wrong call stops the run
    except Exception as bug:  # noqa: BLE001 - a fault of ours in one check must not lose the findings of the others
        yield tell_fault(part, ruleset, bug)


def tell_fault(part: Bilingual, ruleset: Ruleset, bug: Exception) -> Outcome:
    """Give a broken outcome that tells of a fault of ours; raises the fault itself if no rule tells of any."""
    rule = next((rule for rule in ruleset.rules if isinstance(rule, ProblemRule) and rule.problem == "fault"), None)
    if rule is None:
        raise bug
    values = {"part": part, "detail": plain(describe_bug(bug))}
    return Outcome(rule.id, part.zh, Verdict.BROKEN, rule.worst, values=values)


def describe_bug(bug: Exception) -> str:
    """Give an exception in one line, with the place in the code at which it was raised."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__}: {bug} @ {Path(frame.filename).name}:{frame.lineno}"


KINDS = (Kind("problem", "cells", check_problems, rule=ProblemRule, several=True, apart="problem"),)
