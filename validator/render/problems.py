"""A result -> its problems as a list to work through: one mistake each, with the cell or words to change first.

Lists that people hand on (`--report text` is the plainest), notes in their own documents and the cards of the audit
page all speak of these.
"""

from collections.abc import Iterator

import msgspec

from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.location import Location, describe_location
from validator.model.outcome import Change, Explanation
from validator.model.report import CellState
from validator.model.result import ReportResult, Results
from validator.words import line

from .explained import Trouble, describe_explanations, gather_troubles
from .layout import make_harmless
from .look import Look, render_heading
from .terminal import render_unreadable


class Problem(msgspec.Struct, frozen=True):
    """One mistake, in the words of a look.

    `cell` is the address to change first and `location` its place, or that of the words; "" where no cell is meant.
    `table`, `row` and `column` name it by the form, `reported` is what it says ("" where that is no figure),
    `proposed` what it should say ("" where nothing is proposed) and `certainty` how sure that is; `is_certain` if the
    relations leave no other change of this size. `changes` are all cells that must change together, `others` those that
    lie in the same broken relations. `said` are the messages of its findings, the heaviest first, `likely` what most
    likely happened, `basis` what its rules rest on.
    """

    fingerprints: tuple[str, ...]
    rules: tuple[str, ...]
    severity: str
    title: str
    cell: str
    location: Location
    place: str
    table: str
    row: str
    column: str
    reported: str
    proposed: str
    certainty: str
    said: tuple[str, ...]
    likely: tuple[str, ...]
    basis: tuple[str, ...]
    is_certain: bool = False
    changes: tuple[Change, ...] = ()
    others: tuple[str, ...] = ()


def list_problems(result: ReportResult, results: Results, look: Look) -> list[Problem]:
    """Give the problems of a report, the worst first."""
    form = results.forms.get(result.form or "")
    return [_describe(trouble, result, results, form, look) for trouble in gather_troubles(result)]


def _describe(trouble: Trouble, result: ReportResult, results: Results, form: Form | None, look: Look) -> Problem:
    first = trouble.findings[0]
    best = trouble.explanations[0] if trouble.explanations and trouble.explanations[0].changes else None
    change = best.changes[0] if best is not None else None
    cell = change.cell if change is not None else _named_cell(trouble, result)
    standing = result.cells.get(cell)
    location = standing.location if change is not None and standing is not None else first.location
    table, row, column = name_cell(cell, result, form, look) if cell else ("", "", "")
    notes = [results.rules[f.rule] for f in trouble.findings if f.rule in results.rules]
    named = dict.fromkeys(address for finding in trouble.findings for address in finding.cells)
    changed = tuple(one.cell for one in best.changes) if best is not None else (cell,)
    return Problem(
        fingerprints=tuple(finding.fingerprint for finding in trouble.findings),
        rules=tuple(dict.fromkeys(finding.rule for finding in trouble.findings)),
        severity=str(first.severity),
        title=look.say(results.rules[first.rule].title) if first.rule in results.rules else first.rule,
        cell=cell,
        location=location,
        place=look.say(describe_location(location, result.tables)),
        table=table,
        row=row,
        column=column,
        reported=_reported(cell, result, look) if standing is not None and standing.location == location else "",
        proposed="" if change is None else str(change.proposed),
        certainty=look.say(_certainty(best)),
        said=tuple(look.say(finding.message) for finding in trouble.findings),
        likely=tuple(text for text, _ in describe_explanations(trouble, result, look)),
        basis=tuple(dict.fromkeys(note.basis for note in notes if note.basis)),
        is_certain=best is not None and _is_certain(best),
        changes=() if best is None else best.changes,
        others=tuple(address for address in named if address not in changed and address in result.cells),
    )


def _named_cell(trouble: Trouble, result: ReportResult) -> str:
    """Give the cell that a problem without a proposal is about: the first named that the report prints."""
    cells = trouble.findings[0].cells
    return next((address for address in cells if address in result.cells), cells[0] if cells else "")


def name_cell(address: str, result: ReportResult, form: Form | None, look: Look) -> tuple[str, str, str]:
    """Name the table, the row and the column of an address by the form; what has none of them by its whole name."""
    cell = form.cells.get(address) if form is not None else None
    if cell is not None:
        return look.say(cell.table.name), look.say(cell.row_name), look.say(cell.column_name)
    computed = form.computed.get(address) if form is not None else None
    if computed is not None:
        return look.say(computed.table), look.say(computed.row), look.say(computed.column)
    return "", look.say(result.names.get(address, Bilingual(address, address))), ""


def _reported(address: str, result: ReportResult, look: Look) -> str:
    cell = result.cells.get(address)
    if cell is None:
        return ""
    return look.say(line("blank-figure")) if cell.state is CellState.BLANK else cell.raw.strip()


def _is_certain(best: Explanation) -> bool:
    return best.unique and best.confidence == "unique" and best.suspect == "report"


def _certainty(best: Explanation | None) -> Bilingual:
    if best is None:
        return line("not-inferred")
    if best.suspect == "extraction":
        return line("misread")
    if _is_certain(best):
        return line("certain")
    match best.confidence:
        case "detected":
            return line("undecided")
        case "partial":
            return line("in-part")
    return line("likely", count=best.alternatives) if best.alternatives else line("undecided")


def render_text(results: Results, look: Look) -> Iterator[str]:
    """Give each report with its problems by number; reports without any only where the look is not quiet."""
    for result in results.reports:
        if result.error is not None:
            yield make_harmless(render_unreadable(result, look)) + "\n\n"
            continue
        problems = list_problems(result, results, look)
        if problems or not look.quiet:
            yield "".join(f"{make_harmless(text)}\n" for text in _list_lines(result, problems, look)) + "\n"


def _list_lines(result: ReportResult, problems: list[Problem], look: Look) -> Iterator[str]:
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
