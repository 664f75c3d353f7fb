"""The problems of a report as cards: what was found in figures, what most likely happened, and where to look."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from validator.model.bilingual import Bilingual
from validator.model.location import ScanPlace, describe_location
from validator.model.outcome import Equation, Finding, Outcome, Severity, Verdict
from validator.model.report import ReportCell
from validator.model.result import ReportResult, Results, RuleNote
from validator.render.explained import Trouble, describe_explanations, shown_explanations
from validator.render.layout import make_harmless
from validator.render.look import Look
from validator.render.reviews import Progress, follow
from validator.words import line, mark

_SHOWN_LINKS = 4
_SHOWN_CUTS = 30
"""As many figures as a column of the form has."""


class CellLink(msgspec.Struct, frozen=True):
    """A way to a cell or a figure of the prose in the same page."""

    text: str
    id: str


class FindingView(msgspec.Struct, frozen=True):
    """A finding: its message, where it stands, its rule and what that rule rests on, and ways to what it names.

    `cuts` show what is printed in its cells where that was read from a picture: the name of each, and a data: address.
    """

    message: str
    place: str
    rule: str
    title: str
    basis: str
    links: tuple[CellLink, ...]
    cuts: tuple[tuple[str, str], ...] = ()


class ExplanationView(msgspec.Struct, frozen=True):
    """What may have happened; `changes` are the cells by address with the value that each should have."""

    text: str
    place: str
    changes: tuple[tuple[str, str], ...]


class ProblemView(msgspec.Struct, frozen=True):
    """One mistake. `id` is its id in the page, `severity` that of its heaviest finding.

    `headline` is the cell that is suspected, or what is wrong in general; `drawing` is SVG of the sum that does not
    come out, "" if it is none; `progress` says how far it has come since an earlier list.
    """

    id: str
    severity: str
    word: str
    sign: str
    headline: str
    findings: tuple[FindingView, ...]
    explanations: tuple[ExplanationView, ...]
    drawing: str = ""
    progress: Progress = Progress()

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of its findings, each once."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))


def show_problems(
    troubles: Sequence[Trouble],
    result: ReportResult,
    results: Results,
    outcomes: Mapping[str, Outcome],
    link: Callable[[Finding], tuple[CellLink, ...]],
    look: Look,
    prefix: str,
) -> tuple[ProblemView, ...]:
    """Give a card for each trouble, in their order.

    `outcomes` are those of the findings by fingerprint; `link` gives the ways to what a finding names.
    """
    return tuple(
        _show(trouble, f"{prefix}-p{number}", result, results, outcomes, link, look)
        for number, trouble in enumerate(troubles)
    )


def _show(
    trouble: Trouble,
    problem_id: str,
    result: ReportResult,
    results: Results,
    outcomes: Mapping[str, Outcome],
    link: Callable[[Finding], tuple[CellLink, ...]],
    look: Look,
) -> ProblemView:
    first, rules = trouble.findings[0], results.rules
    severity = first.severity
    findings = tuple(_show_finding(finding, result, rules, link(finding), look) for finding in trouble.findings)
    outcome = outcomes.get(first.fingerprint)
    equation = None if outcome is None or severity is Severity.NOTE else outcome.equation
    return ProblemView(
        problem_id,
        str(severity),
        look.say(line(f"severity-{severity}")),
        look.say(mark(severity)),
        headline(trouble, result, rules, look),
        findings,
        tuple(_show_explanations(trouble, result, look)),
        "" if equation is None else draw_sum(equation, result.cells, look.say(first.message)),
        follow((finding.fingerprint for finding in trouble.findings), results.reviews),
    )


def headline(trouble: Trouble, result: ReportResult, rules: Mapping[str, RuleNote], look: Look) -> str:
    """Name the one cell that is suspected; else say which rule is broken."""
    best = trouble.explanations[0] if trouble.explanations else None
    if best is None or len(best.changes) != 1 or best.confidence != "unique":
        rule = trouble.findings[0].rule
        return look.say(rules[rule].title) if rule in rules else rule
    cell = best.changes[0].cell
    return look.say(result.names.get(cell, Bilingual(cell, cell)))


def _show_finding(
    finding: Finding, result: ReportResult, rules: Mapping[str, RuleNote], links: tuple[CellLink, ...], look: Look
) -> FindingView:
    note = rules.get(finding.rule)
    return FindingView(
        look.say(finding.message),
        look.say(describe_location(finding.location, result.tables)),
        finding.rule,
        finding.rule if note is None else look.say(note.title),
        "" if note is None else note.basis,
        links[:_SHOWN_LINKS],
        tuple(_cut_out(finding, result, look))[:_SHOWN_CUTS],
    )


def _cut_out(finding: Finding, result: ReportResult, look: Look) -> Iterator[tuple[str, str]]:
    for address in finding.cells:
        cell = result.cells.get(address)
        if cell is not None and isinstance(cell.location, ScanPlace) and cell.location.cut:
            name = look.say(result.names.get(address, Bilingual(address, address)))
            yield name, f"data:image/png;base64,{b64encode(cell.location.cut).decode()}"


def _show_explanations(trouble: Trouble, result: ReportResult, look: Look) -> list[ExplanationView]:
    shown = shown_explanations(trouble)
    told = describe_explanations(trouble, result, look)
    views = []
    for number, (text, place) in enumerate(told):
        changes = shown[number].changes if number < len(shown) else ()
        views.append(ExplanationView(text, place, tuple((c.cell, str(c.proposed)) for c in changes)))
    return views


def match_outcomes(result: ReportResult) -> dict[str, Outcome]:
    """Find the outcome that each finding tells of, by the finding's fingerprint."""
    broken: dict[tuple[object, ...], list[Outcome]] = {}
    for outcome in result.outcomes:
        if outcome.verdict is Verdict.BROKEN:
            broken.setdefault((outcome.rule, outcome.cells, outcome.left, outcome.right), []).append(outcome)
    matched = {}
    for finding in result.findings:
        alike = broken.get((finding.rule, finding.cells, finding.left, finding.right))
        if alike:
            matched[finding.fingerprint] = alike.pop(0) if len(alike) > 1 else alike[0]
    return matched


_WIDTH, _BAR, _LABEL = 300, 15, 90
_MOST_PARTS = 40
_LEAST_TEXT = 7  # pixels that a digit takes

Sides = tuple[list[int], list[int]]


def draw_sum(equation: Equation, cells: Mapping[str, ReportCell], said: str) -> str:
    """Give the drawing as SVG; `said` are the same figures in words, for those who hear the page.

    "" for what is no plain sum of counts: other factors, bounds, blanks without a figure, negative figures.
    """
    from markupsafe import Markup, escape

    sides = _read_sides(equation, cells)
    if sides is None:
        return ""
    sums = sum(sides[0]), sum(sides[1])
    scale = _WIDTH / max(sums)
    rows = "".join(
        _draw_side(side, other, number * (_BAR + 4), scale)
        for number, (side, other) in enumerate(((sides[0], sums[1]), (sides[1], sums[0])))
    )
    height = 2 * _BAR + 5  # the line around the lower bar included
    label = escape(make_harmless(said))
    return Markup(
        f'<svg class="drawing" viewBox="0 0 {_WIDTH + _LABEL} {height}" role="img" aria-label="{label}">{rows}</svg>'
    )


def _read_sides(equation: Equation, cells: Mapping[str, ReportCell]) -> Sides | None:
    sides: Sides = ([], [])
    if equation.relation != "=":
        return None
    for side, terms in zip(sides, (equation.left, equation.right), strict=True):
        for factor, address in terms:
            cell = cells.get(address)
            value = cell.value if cell is not None and cell.value is not None else 0
            if factor != 1 or not address or not isinstance(value, int) or value < 0:
                return None
            side.append(value)
    shown = [value for side in sides for value in side]
    return sides if any(shown) and len(shown) <= _MOST_PARTS and sum(sides[0]) != sum(sides[1]) else None


def _draw_side(values: Sequence[int], other: int, top: int, scale: float) -> str:
    """Draw the parts of a side one after the other, what it lacks against the other side, and its sum."""
    drawn, at, total = [], 0.0, sum(values)
    for number, value in enumerate(values):
        wide = value * scale
        drawn.append(_box(at, top, wide, f"part{number % 2}", value))
        at += wide
    if total < other:
        drawn.append(_box(at, top, (other - total) * scale, "lack", 0))
    sign = f"={total}" if total >= other else f"={total}  (−{other - total})"
    drawn.append(f'<text x="{_WIDTH + 5}" y="{top + 12}">{sign}</text>')
    return "".join(drawn)


def _box(left: float, top: int, wide: float, kind: str, value: int) -> str:
    if wide < 0.05:
        return ""
    box = f'<rect class="{kind}" x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{_BAR}"/>'
    if not value or wide < _LEAST_TEXT * len(str(value)) + 2:
        return box
    return f'{box}<text class="in" x="{left + wide / 2:.1f}" y="{top + 11.5}">{value}</text>'
