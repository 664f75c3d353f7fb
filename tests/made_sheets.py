"""Reports made of a form and a few figures, for tests of rules."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from figures import make_figures
from msgspec.structs import replace

from validator.checking import check, to_findings
from validator.model.form import Form
from validator.model.location import TextPlace
from validator.model.outcome import Verdict
from validator.model.report import CellState, Number, Problem, Report, ReportCell
from validator.pipeline import load_ruleset

RULESET = load_ruleset()
APPLICANTS = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_organization")
STATES = {"blank": CellState.BLANK, "/": CellState.NOT_APPLICABLE, "unreadable": CellState.UNREADABLE}


def make_cell(value: Number | str, line: int = 1) -> ReportCell:
    """Make a cell that holds a number, or one of the words that examples of rules use."""
    if isinstance(value, str):
        return ReportCell(None, "", STATES[value], TextPlace(line, 1))
    return ReportCell(value, str(value), CellState.NUMBER, TextPlace(line, 1))


def make_report(
    form: Form,
    figures: Mapping[str, Number | str],
    *,
    default: Number | str = 0,
    year: int | None = None,
    organization: str | None = "某县人民政府",
    problems: tuple[Problem, ...] = (),
) -> Report:
    """Make a report of a form: the figures given, `default` in every other cell; "missing" leaves a cell out."""
    stated = dict.fromkeys(form.required, default) | dict(figures)
    cells = {
        address: make_cell(stated[address], line)
        for line, address in enumerate(form.cells, 1)
        if address in stated and stated[address] != "missing"
    }
    return Report("made.txt", form.id, organization, year or form.first_year, cells, (), problems)


def report_of_truth(truth: Mapping[str, object]) -> Report:
    """Make the report that a truth file of the corpus describes, without its prose."""
    cells = {}
    for line, (address, cell) in enumerate(truth["cells"].items(), 1):
        value = cell["value"] if isinstance(cell["value"], int | None) else Decimal(str(cell["value"]))
        cells[address] = ReportCell(value, cell["raw"], CellState(cell["state"]), TextPlace(line, 1))
    return Report(truth["file"], truth["form"], truth["organization"], truth["year"], cells, (), ())


def sound(form_id: str, seed: int = 1, **options: bool) -> Report:
    form = RULESET.forms[form_id]
    figures = make_figures(form, Random(seed), **options)
    report = make_report(form, figures)
    return replace(report, cells={a: c for a, c in report.cells.items() if a in figures})


def change(report: Report, figures: dict[str, int | str]) -> Report:
    """Change some cells of a report; "missing" takes a cell out."""
    stated = {address: cell.value for address, cell in report.cells.items()} | figures
    changed = make_report(RULESET.forms[report.form], stated, default="missing", organization=report.organization)
    return replace(report, cells=changed.cells)


def findings_of(report: Report):
    return to_findings(report, RULESET, check(report, RULESET))


def told(report: Report) -> set[tuple[str, str]]:
    return {(o.rule, o.instance) for o in check(report, RULESET) if o.verdict is Verdict.BROKEN}


def outcome_of(report: Report, rule: str, instance: str = ""):
    (found,) = [o for o in check(report, RULESET) if (o.rule, o.instance) == (rule, instance)]
    return found


def identity_name(outcome) -> str:
    return f"{outcome.rule}[{outcome.instance}]" if outcome.instance else outcome.rule
