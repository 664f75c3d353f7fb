"""`--report text`: the problems as a plain list, ready to be sent: table, row, column, reported, should be, basis."""

from collections.abc import Iterator

from validator.model.result import ReportResult, Results
from validator.words import line

from .heading import render_heading
from .layout import make_harmless
from .look import Look
from .problems import Problem, list_problems
from .terminal import render_unreadable


def render_text(results: Results, look: Look) -> Iterator[str]:
    """Give each report with its problems by number; reports without any only where the look is not quiet."""
    for result in results.reports:
        if result.error is not None:
            yield make_harmless(render_unreadable(result, look)) + "\n\n"
            continue
        problems = list_problems(result, results, look)
        if problems or not look.quiet:
            yield "".join(f"{make_harmless(text)}\n" for text in _lines(result, problems, look)) + "\n"


def _lines(result: ReportResult, problems: list[Problem], look: Look) -> Iterator[str]:
    heading = f"{render_heading(result, look)}  {result.source}"
    if not problems:
        yield f"{heading}  {look.say(line('list-none'))}"
        return
    yield look.say(line("list-heading", report=heading, count=len(problems)))
    for number, problem in enumerate(problems, 1):
        yield from describe_problem(problem, look, f"{number}. ")


def describe_problem(problem: Problem, look: Look, lead: str = "", *, place: bool = True) -> Iterator[str]:
    """Say a problem in lines: what and, if asked, where; reported and should be, the sides in figures, the basis."""
    indent = " " * len(lead)
    name = " ".join(part for part in (problem.table, problem.row, problem.column) if part)
    yield lead + (name or problem.title)
    if place:
        yield indent + look.say(line("list-place", place=problem.place))
    if problem.reported:
        yield indent + look.say(line("list-reported", reported=problem.reported))
    if problem.proposed:
        key = "list-proposed" if problem.is_certain else "list-perhaps"
        yield indent + look.say(line(key, proposed=problem.proposed, certainty=problem.certainty))
    for said in problem.said:
        yield indent + said
    if problem.basis:
        yield indent + look.say(line("list-basis", basis=look.say(line("join")).join(problem.basis)))
