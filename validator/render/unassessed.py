"""What could not be assessed, gathered by table and reason, with the cells that stood in the way."""

from validator.model.bilingual import Bilingual
from validator.model.outcome import Outcome
from validator.model.report import CellState
from validator.model.result import ReportResult
from validator.words import describe_reason, line

from .look import Look

_SHOWN_CELLS = 3


def describe_unassessed(report: ReportResult, look: Look) -> list[str]:
    """Say in a line for each table and reason how many relations came to no verdict; no line if all did."""
    return [text for _, text in list_unassessed(report, look)]


def list_unassessed(report: ReportResult, look: Look) -> list[tuple[str, str]]:
    """Give each of these lines with the address of the cell that stood in the way, or else the first one named."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in report.not_assessed:
        groups.setdefault((_table(outcome, report, look), outcome.reason), []).append(outcome)
    return [
        (
            _place(outcomes, report),
            look.say(
                line("not-assessed-line", table=table, reason=describe_reason(reason, report.year), count=len(outcomes))
            )
            + _culprits(outcomes, report, look),
        )
        for (table, reason), outcomes in groups.items()
    ]


def _place(outcomes: list[Outcome], report: ReportResult) -> str:
    culprits = (_culprit(outcome, report) for outcome in outcomes)
    named = (cell for outcome in outcomes for cell in outcome.cells)
    return next((cell for cell in (*culprits, *named) if cell in report.cells), "")


def _table(outcome: Outcome, report: ReportResult, look: Look) -> str:
    return f"{split_name(outcome.cells[0], report, look)[0]} " if outcome.cells else ""


def _culprits(outcomes: list[Outcome], report: ReportResult, look: Look) -> str:
    """Name for the first outcomes the cell that stood in the way, without its table, which the line has named."""
    cells = list(dict.fromkeys(cell for outcome in outcomes if (cell := _culprit(outcome, report))))
    if not cells:
        return ""
    names = look.say(line("list")).join(split_name(cell, report, look)[1] for cell in cells[:_SHOWN_CELLS])
    more = look.say(line("names-more", names=names)) if len(cells) > _SHOWN_CELLS else names
    return look.say(line("not-assessed-cells", cells=more))


def _culprit(outcome: Outcome, report: ReportResult) -> str:
    """Give the cell that stood in the way: a total before its parts, else the first; "" if there is none."""
    cells = [cell for cell in outcome.cells if _stands_in_the_way(cell, outcome.reason, report)]
    sides = (outcome.equation.left, outcome.equation.right) if outcome.equation else ()
    totals = [side[0][1] for side in sides if len(side) == 1]
    return next((cell for cell in (*totals, *cells) if cell in cells), "")


def _stands_in_the_way(address: str, reason: str, report: ReportResult) -> bool:
    cell = report.cells.get(address)
    if reason == "missing":
        return cell is None
    if reason == "unreadable":
        return cell is not None and cell.state is CellState.UNREADABLE
    return cell is None or cell.state is not CellState.NUMBER


def split_name(address: str, report: ReportResult, look: Look) -> tuple[str, str]:
    """Part the name of a cell into its table and the rest, as FormCell.name joins them."""
    name = look.say(report.names.get(address, Bilingual(address, address)))
    table, separator, rest = name.partition(" " if look.language == "zh" else ", ")
    return (table, rest) if separator else ("", name)
