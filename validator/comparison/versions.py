"""Two files of one body and year: a report and its published page, or two versions, held together cell by cell."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from validator.checking.wording import list_names, plain
from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.location import OtherFilePlace
from validator.model.outcome import Outcome, Verdict
from validator.model.report import CellState, Number, Report, ReportCell
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import Rule

_SHOWN = 5
_FEW_FIGURES = 12
_ALIKE = 0.2
"""Two files of many figures that agree in fewer than this share of them are hardly one report."""

_EMPTY = (CellState.BLANK, CellState.NOT_APPLICABLE)


def compare_versions(reports: Sequence[Report], ruleset: Ruleset) -> Iterator[tuple[Report, Outcome]]:
    """Compare the files of one body and year with the first of them by source, each outcome with the other file.

    Files that hardly agree anywhere are not assessed: their body or year was most likely read wrongly.
    """
    first, *others = sorted(reports, key=lambda report: report.source)
    for report in others:
        for rule, kind in ruleset.rules_about("versions", report.form):
            yield from ((report, outcome) for outcome in kind.check(rule, report, first, ruleset.form(report.form)))


def check_versions(rule: Rule, report: Report, other: Report, form: Form | None) -> Iterator[Outcome]:
    """Give the outcome of whether two files of one body and year print the same figures."""
    yield _compare(rule, report, other, form)


def _compare(rule: Rule, report: Report, other: Report, form: Form | None) -> Outcome:
    name = PurePath(other.source).name
    outcome = Outcome(rule.id, f"{name}|{PurePath(report.source).name}", Verdict.NOT_ASSESSED, rule.worst)
    shared = [address for address in report.cells if address in other.cells]
    if form is None or not any(other.cells[address].value is not None for address in shared):
        return outcome._replace(reason="missing")
    apart = [address for address in shared if _differ(report.cells[address], other.cells[address])]
    if not apart:
        return outcome._replace(verdict=Verdict.HOLDS, cells=tuple(shared))
    if not are_alike(report, other):
        return outcome._replace(reason="unlike")
    shown = [_both(form.name(address), report.cells[address], other.cells[address]) for address in apart[:_SHOWN]]
    values = {"other": plain(name), "count": plain(len(apart)), "list": _with_more(shown, len(apart))}
    one: tuple[Number | None, Number | None] = (None, None)
    if len(apart) == 1:
        one = report.cells[apart[0]].value, other.cells[apart[0]].value
    return outcome._replace(
        verdict=Verdict.BROKEN,
        cells=tuple(apart),
        left=one[0],
        right=one[1],
        values=values,
        related=tuple(OtherFilePlace(other.source, other.cells[address].location) for address in apart),
    )


def are_alike(one: Report, other: Report) -> bool:
    """Say whether two files of one body and year can be one report: enough of their figures agree, or they have few."""
    figures = [
        (cell.value, other.cells[address].value)
        for address, cell in one.cells.items()
        if address in other.cells and (cell.value or other.cells[address].value)
    ]
    return len(figures) < _FEW_FIGURES or sum(here == there for here, there in figures) >= _ALIKE * len(figures)


def _differ(one: ReportCell, other: ReportCell) -> bool:
    """Say whether two cells print different figures; a blank is as good as 0, nothing is known of the rest."""
    if one.value is not None and other.value is not None:
        return one.value != other.value
    return (one.state in _EMPTY and bool(other.value)) or (other.state in _EMPTY and bool(one.value))


def _both(name: Bilingual, one: ReportCell, other: ReportCell) -> Bilingual:
    here, there = ("空白" if cell.value is None else plain(cell.value).zh for cell in (one, other))
    english = [figure.replace("空白", "blank") for figure in (here, there)]
    zh, en = f"（本文件{here}，另一文件{there}）", f" ({english[0]} here, {english[1]} there)"
    return Bilingual(name.zh + zh, name.en + en)


def _with_more(shown: Sequence[Bilingual], count: int) -> Bilingual:
    listed = list_names(shown)
    return Bilingual(f"{listed.zh}等", f"{listed.en}; …") if count > len(shown) else listed


KINDS = (Kind("versions", "versions", check_versions, ("other", "count", "list")),)
