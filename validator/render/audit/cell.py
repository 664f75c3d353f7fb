"""The cells of a report as its page shows them: what they say, and the sign of those that are wrong."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from validator.model.outcome import Equation, Outcome, Severity, Verdict
from validator.model.report import CellState, ReportCell
from validator.model.result import ReportResult
from validator.render.explained import Trouble, shown_explanations
from validator.render.template import escape

_SHOWN_RAW = 16
_FEW_CELLS = 3


class Mark(msgspec.Struct, frozen=True):
    """Why a cell stands out.

    `kind`: "suspect" (should say something else: `proposed`), "perhaps" (one of several that may), "sum" (a total that
    does not add up) or "odd" (told of by itself). `problem` is the number of the problem that tells of it.
    """

    kind: str
    problem: int
    proposed: str = ""


STATES = {state: state.value for state in CellState}
"""The words of the states; an enumeration takes longer to give them."""


class CellView(msgspec.Struct, frozen=True):
    """A cell: `state` is that of the report or "missing"; `touched` says that it lies in a broken relation."""

    text: str
    state: str
    touched: bool = False
    mark: Mark | None = None


def show_plain(cells: Mapping[str, ReportCell]) -> dict[str, str]:
    """Give the cells that are just the whole number that is printed, which nearly all are, with its digits."""
    number = CellState.NUMBER
    return {
        address: raw
        for address, (value, raw, state, *_) in cells.items()
        if state is number and type(value) is int and raw == str(value)
    }


def show_cells(
    addresses: Iterable[str], cells: Mapping[str, ReportCell], marks: Mapping[str, Mark], touched: Collection[str]
) -> dict[str, CellView]:
    """Give the cells at these addresses as they are to be shown, those too that the report lacks."""
    shown: dict[str, CellView] = {}
    for address in addresses:
        cell = cells.get(address)
        state = "missing" if cell is None else STATES[cell.state]
        shown[address] = CellView(_text(cell), state, address in touched, marks.get(address))
    return shown


def _text(cell: ReportCell | None) -> str:
    if cell is None or cell.state is CellState.BLANK:
        return ""
    value = cell.value
    if value is not None:
        return str(value) if isinstance(value, int) else f"{value:f}"
    raw = cell.raw.strip()
    return raw if len(raw) <= _SHOWN_RAW else f"{raw[:_SHOWN_RAW]}…"


_SIGNS = {"suspect": "×", "perhaps": "?", "sum": "≠", "odd": "!"}


def write_cell(cell: CellView, span: str, problems: Sequence[str], say: Callable[[str], str]) -> str:
    """Give a cell as HTML, from the last word of its class to the end of its text.

    `problems` are the ids of the report's problems.
    """
    mark = cell.mark
    text = escape(cell.text)
    kind = f"{cell.state}{' touched' if cell.touched else ''}{f' {mark.kind}' if mark else ''}"
    about = f' aria-describedby="{escape(problems[mark.problem])}-h"' if mark else ""
    if cell.state == "missing":
        text = f'<span class="sr">{escape(say("state-missing"))}</span>'
    elif cell.state == "unreadable":
        text = f'<span class="v">{text or "?"}</span><b class="sign">?</b>'
    elif mark:
        text = f'<span class="v">{text}</span><b class="sign">{_SIGNS[mark.kind]}</b>'
        if mark.proposed:
            lead = f'<span aria-hidden="true">→</span><span class="sr">{escape(say("should-be"))}</span>'
            text += f'<span class="should">{lead}{escape(mark.proposed)}</span>'
    return f'{kind}"{span}{about}>{text}'


def find_marks(troubles: Sequence[Trouble], outcomes: Mapping[str, Outcome]) -> dict[str, Mark]:
    """Say which cells stand out and why; `outcomes` are the broken ones by the fingerprint of their finding."""
    marks: dict[str, Mark] = {}
    for number, trouble in enumerate(troubles):
        best = trouble.explanations[0] if trouble.explanations else None
        if best is not None and best.changes:
            kind = "suspect" if best.confidence == "unique" else "perhaps"
            # Where the relations cannot tell which cell it is, none of those that may be stands out above the others.
            likely = (
                [best] if kind == "suspect" else [e for e in shown_explanations(trouble) if e.confidence != "larger"]
            )
            for change in (change for explanation in likely for change in explanation.changes):
                marks.setdefault(change.cell, Mark(kind, number, str(change.proposed)))
            continue
        for finding in trouble.findings:
            outcome = outcomes.get(finding.fingerprint)
            if finding.severity is Severity.NOTE:
                continue
            if outcome is not None and outcome.equation is not None:
                for address in find_sums(outcome.equation):
                    marks.setdefault(address, Mark("sum", number))
            elif len(finding.cells) <= _FEW_CELLS:
                for address in finding.cells:
                    marks.setdefault(address, Mark("odd", number))
    return marks


def find_sums(equation: Equation) -> tuple[str, ...]:
    """Give the cells that stand alone on a side; all of them where none does."""
    sides = (equation.left, equation.right)
    return tuple(side[0][1] for side in sides if len(side) == 1 and side[0][1]) or equation.addresses


def find_touched(result: ReportResult) -> frozenset[str]:
    """Give the cells that lie in a relation that does not hold."""
    return frozenset(
        address
        for outcome in result.outcomes
        if outcome.verdict is Verdict.BROKEN and outcome.equation is not None
        for address in outcome.equation.addresses
    )
