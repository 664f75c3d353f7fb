"""Consistent reports of each form, made up with sparse realistic counts, and the identities they obey."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from random import Random

from validator.model.form import Form
from validator.model.location import LostPlace
from validator.model.outcome import Equation, Outcome, Severity, Slip, Verdict
from validator.model.report import CellState, ReportCell
from validator.ruleset.forms import read_forms
from validator.ruleset.loading import load_slips

RULES = Path(__file__).parents[2] / "rules"
NOWHERE = LostPlace("made up")
FORMS = ("2014", "2019", "2021")

_ORGANIZATIONS = ("enterprise", "research", "public_welfare", "legal_service", "other_organization")
_COLUMNS = ("natural_person", *_ORGANIZATIONS)
_HEADS = ("new_received", "carried_over", "handled_total", "carried_forward")
_RESULTS = ("upheld", "corrected", "other", "pending")
_SUMS_2014 = {
    "requests.received": ("received_in_person", "received_by_fax", "received_online", "received_by_letter"),
    "requests.closed": ("closed_on_time", "closed_extended"),
    "replies.denied": (
        *("denied_state_secret", "denied_trade_secret", "denied_privacy", "denied_security_stability"),
        *("denied_not_government_information", "denied_other"),
    ),
    "replies.total": (
        *("already_public", "granted", "partially_granted", "denied"),
        *("not_this_agency", "not_existing", "asked_to_correct", "directed_elsewhere"),
    ),
    "review.total": ("upheld", "corrected", "other"),
    "litigation.total": ("upheld", "corrected", "other"),
    "resources.staff": ("staff_full_time", "staff_part_time"),
}


@cache
def form_of(form: str) -> Form:
    return read_forms(sorted((RULES / "forms").glob("*.yaml")))[form]


@cache
def load_all_slips() -> tuple[Slip, ...]:
    return load_slips(RULES / "slips.yaml")


@cache
def rows_of(form: str) -> tuple[str, ...]:
    """The rows of 表三 that a full report has, in printed order."""
    block = form_of(form).table("applications").blocks[0]
    return tuple(row.id for row in block.rows if not row.stands_for)


@cache
def identities(form: str) -> tuple[tuple[str, str, Equation], ...]:
    """Rule, instance and equation of every exact identity of a form: 42 of 2021, 40 of 2019, 7 of 2014."""
    if form == "2014":
        return tuple(
            _sum("statistics", total, [f"{total.split('.')[0]}.{part}" for part in parts])
            for total, parts in _SUMS_2014.items()
        )
    made = [
        (
            "applications-balance",
            column,
            Equation(
                tuple((1, f"applications.{row}.{column}") for row in ("new_received", "carried_over")),
                "=",
                tuple((1, f"applications.{row}.{column}") for row in ("handled_total", "carried_forward")),
            ),
        )
        for column in (*_COLUMNS, "total")
    ]
    made += [_sum("applications", f"{row}.total", [f"{row}.{column}" for column in _COLUMNS]) for row in rows_of(form)]
    leaves = [row for row in rows_of(form) if row not in _HEADS]
    made += [
        _sum("applications", f"handled_total.{column}", [f"{row}.{column}" for row in leaves])
        for column in (*_COLUMNS, "total")
    ]
    made += [
        _sum(block, "total", list(_RESULTS)) for block in ("review", "litigation_direct", "litigation_after_review")
    ]
    return tuple(made)


def _sum(table: str, total: str, parts: Iterable[str]) -> tuple[str, str, Equation]:
    return (
        f"{table}-sum",
        total,
        Equation(tuple((1, f"{table}.{part}") for part in parts), "=", ((1, f"{table}.{total}"),)),
    )


def make_figures(form: str, random: Random) -> dict[str, int]:
    """Make up the counts of a consistent report: most cells 0, a few large, as in real ones."""
    figures = {address: 0 for address in form_of(form).required if not form_of(form).cells[address].is_money}
    if form == "2014":
        for address in figures:
            figures[address] = _count(random, 0.45, 2.0)
    else:
        _fill_applications(form, figures, random)
        for block in ("review", "litigation_direct", "litigation_after_review"):
            for result in _RESULTS:
                figures[f"{block}.{result}"] = _count(random, 0.35, 1.2)
    settle(figures, identities(form))
    return figures


def _fill_applications(form: str, figures: dict[str, int], random: Random) -> None:
    size = random.choice((1.0, 2.0, 3.0, 4.5))
    often = {row: random.random() ** 2 for row in rows_of(form)}
    for column in _COLUMNS:
        share = 1.0 if column == "natural_person" else random.choice((0.0, 0.1, 0.35, 0.6))
        for row in rows_of(form):
            if row not in _HEADS:
                figures[f"applications.{row}.{column}"] = _count(random, often[row] * share, size * (0.6 + share / 2))
        handled = sum(figures[f"applications.{row}.{column}"] for row in rows_of(form) if row not in _HEADS)
        forward = min(_count(random, 0.6 * share, size * 0.6), handled + 3)
        over = min(_count(random, 0.6 * share, size * 0.6), handled + forward)
        figures[f"applications.handled_total.{column}"] = handled
        figures[f"applications.carried_forward.{column}"] = forward
        figures[f"applications.carried_over.{column}"] = over
        figures[f"applications.new_received.{column}"] = handled + forward - over


def _count(random: Random, chance: float, size: float) -> int:
    """A count that is 0 but for the chance, and then has the order of magnitude e**size."""
    return 0 if random.random() >= chance else max(1, round(random.lognormvariate(size - 0.5, 1.0)))


def settle(figures: dict[str, int], equations: Iterable[tuple[str, str, Equation]]) -> None:
    """Set every total to the sum of its parts, in the order of the identities."""
    for _, _, equation in equations:
        if len(equation.right) == 1:
            figures[equation.right[0][1]] = sum(c * figures[cell] for c, cell in equation.left)


def to_cells(figures: Mapping[str, int | None], notes: Mapping[str, str] | None = None) -> dict[str, ReportCell]:
    """Give the figures as cells of a report; None is a blank cell."""
    return {
        cell: ReportCell(
            value,
            "" if value is None else str(value),
            CellState.BLANK if value is None else CellState.NUMBER,
            NOWHERE,
            (notes or {}).get(cell, ""),
        )
        for cell, value in figures.items()
    }


def check_identities(
    figures: Mapping[str, int | None], equations: Iterable[tuple[str, str, Equation]]
) -> tuple[Outcome, ...]:
    """Assess each identity; a blank cell counts as 0, a blank total leaves its identity unassessed."""
    outcomes = []
    for rule, instance, equation in equations:
        blanks = tuple(cell for cell in equation.addresses if figures[cell] is None)
        if any(cell.split(".")[-1] == "total" or "handled_total" in cell for cell in blanks):
            outcomes.append(
                Outcome(
                    rule,
                    instance,
                    Verdict.NOT_ASSESSED,
                    Severity.ERROR,
                    equation.addresses,
                    exact=True,
                    equation=equation,
                    reason="total-blank",
                )
            )
            continue
        left = sum(c * (figures[cell] or 0) for c, cell in equation.left)
        right = sum(c * (figures[cell] or 0) for c, cell in equation.right)
        outcomes.append(
            Outcome(
                rule,
                instance,
                Verdict.HOLDS if left == right else Verdict.BROKEN,
                Severity.ERROR,
                equation.addresses,
                exact=True,
                equation=equation,
                left=left,
                right=right,
                blanks=blanks,
            )
        )
    return tuple(outcomes)
