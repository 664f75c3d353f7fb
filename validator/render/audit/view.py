"""A result -> what its page shows, as plain data: every text is in the language of the look."""

from collections import Counter
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from validator.model.form import Form
from validator.model.outcome import Finding, Outcome, Severity, Verdict
from validator.model.report import Claim
from validator.model.result import ReportResult, Results
from validator.render.explained import Trouble, describe_counts, gather_troubles
from validator.render.look import Look, render_heading
from validator.render.unassessed import describe_unassessed
from validator.words import describe_form, line

from .cell import CellView, find_marks, find_sums, find_touched, show_cells, show_plain
from .problem import CellLink, ProblemView, match_outcomes, show_problems
from .prose import ParagraphView, Stated, judge_claims, mark_prose
from .table import Layout, lay_tables
from .trial import Trial, expand_with, write_trial

_BEFORE, _AFTER = 16, 8


class ReportView(msgspec.Struct, frozen=True):
    """One report as its page shows it.

    `id` begins every id in the page that belongs to the report. `status` is `passed`, `failed`, `unreadable` or
    `open` (nothing wrong is told, and yet it is no pass), `verdict` says it in words; `error` says why it could not
    be read, "" if it could. `errors`, `warnings` and `notes` count problems by the heaviest finding of each;
    `problems` are mistakes, the worst first; `plain` (just a number, as digits) and `cells` (all others, and any of
    which there is more to say) lie in the places of `layout`. `assessed` of `expected` identities came to a verdict,
    `unassessed` says which did not. `stray` are figures of the prose that were not found again in `prose`, `unclaimed`
    the words around those that no reading claims. `trial` is the data of the
    page's script, None where there is no table.
    """

    id: str
    source: str
    name: str
    year: int | None
    heading: str
    form: str
    status: str
    verdict: str
    error: str
    errors: int
    warnings: int
    notes: int
    expected: int
    assessed: int
    problems: tuple[ProblemView, ...] = ()
    unassessed: tuple[str, ...] = ()
    layout: Layout | None = None
    plain: Mapping[str, str] = {}
    cells: Mapping[str, CellView] = {}
    prose: tuple[ParagraphView, ...] = ()
    stray: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()
    trial: Trial | None = None


def outline_report(result: ReportResult, look: Look, prefix: str = "r1") -> ReportView:
    """Say whose report it is and what it came to, without anything that is in it."""
    troubles = gather_troubles(result) if result.findings else []
    counts = Counter(trouble.findings[0].severity for trouble in troubles)
    return ReportView(
        id=prefix,
        source=result.source,
        name=result.organization or (look.say(line("nameless")) if result.error is None else result.source),
        year=result.year,
        heading=render_heading(result, look) if result.report is not None else result.source,
        form=look.say(describe_form(result.form, result.form_title)),
        status="open" if result.standing in ("known", "blank", "unchecked") else result.status,
        verdict=look.say(
            line(f"verdict-{result.standing}", count=result.known, counts=describe_counts(troubles, look))
        ),
        error="" if result.error is None else look.say(result.error),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.NOTE],
        expected=result.coverage.expected,
        assessed=result.coverage.assessed,
    )


def view_report(result: ReportResult, results: Results, look: Look, prefix: str = "r1") -> ReportView:
    """Say what the page of a report shows; `prefix` begins every id, and is another for each report of one page."""
    form = next((form for form in results.forms.values() if form.id == result.form), None)
    troubles = gather_troubles(result)
    stated = judge_claims(result, expand_with(form, result))
    prose, anchors = mark_prose(result.report, stated, prefix) if result.report is not None else ([], {})
    outcomes = match_outcomes(result)
    linker = _Linker(result, form, stated, anchors, outcomes, look, prefix)
    problems = show_problems(troubles, result, results, outcomes, linker.links, look, prefix)
    view = replace(
        outline_report(result, look, prefix),
        problems=problems,
        unassessed=tuple(describe_unassessed(result, look)),
        prose=tuple(prose),
        unclaimed=tuple(_around(one) for one in result.report.unclaimed) if result.report is not None else (),
        stray=tuple(one.claim.text for number, one in enumerate(stated) if number not in anchors),
    )
    if form is None or not result.cells:
        return view
    marks, touched = find_marks(troubles, outcomes), find_touched(result)
    named = {card.id: linker.cells(trouble) for card, trouble in zip(problems, troubles, strict=True)}
    told = [(one, anchors.get(number, "")) for number, one in enumerate(stated)]
    layout, plain = lay_tables(form, frozenset(result.cells), look), show_plain(result.cells)
    special = (layout.addresses - plain.keys()) | (layout.addresses & {*marks, *touched})
    return replace(
        view,
        form=look.say(form.title),
        layout=layout,
        plain=plain,
        cells=show_cells(special, result.cells, marks, touched),
        trial=write_trial(result, form, results.rules, plain, problems, named, told, look),
    )


def _around(claim: Claim) -> str:
    """Give the words around a figure."""
    return claim.text[max(claim.offset - _BEFORE, 0) : claim.offset + len(claim.span) + _AFTER]


class _Linker:
    """Finds the places in the page of what findings name."""

    def __init__(
        self,
        result: ReportResult,
        form: Form | None,
        stated: list[Stated],
        anchors: dict[int, str],
        outcomes: dict[str, Outcome],
        look: Look,
        prefix: str,
    ) -> None:
        self._result, self._form, self._look, self._prefix = result, form, look, prefix
        self._expand = expand_with(form, result)
        self._outcomes = outcomes
        self._claims = {
            (one.outcome.rule, one.outcome.cells, one.outcome.right): (one, anchors[number])
            for number, one in enumerate(stated)
            if one.outcome is not None and one.outcome.verdict is Verdict.BROKEN and number in anchors
        }

    def links(self, finding: Finding) -> tuple[CellLink, ...]:
        """Give the ways to what a finding names: the figure of the prose if there is one, and its cells."""
        links = []
        claim = self._claims.get((finding.rule, finding.cells, finding.right))
        if claim is not None:
            links.append(CellLink(self._look.say(line("in-the-text", figure=claim[0].claim.span)), claim[1]))
        cells = [cell for address in self._primary(finding) for cell in self._expand(address)]
        for address in dict.fromkeys(cells):
            links.append(CellLink(self._name(address), f"{self._prefix}-{address}"))
        return tuple(links)

    def cells(self, trouble: Trouble) -> tuple[str, ...]:
        """Give the cells that a trouble names, those to change first."""
        changed = [change.cell for explanation in trouble.explanations[:1] for change in explanation.changes]
        named = [cell for finding in trouble.findings for address in finding.cells for cell in self._expand(address)]
        return tuple(dict.fromkeys((*changed, *named)))

    def _primary(self, finding: Finding) -> tuple[str, ...]:
        """Give the cells to look at first: the one that should change, the total that does not add up, or the first."""
        suspected = [
            change.cell
            for explanation in self._result.diagnosis
            for change in explanation.changes
            if explanation.confidence == "unique" and finding.fingerprint in explanation.explains
        ]
        outcome = self._outcomes.get(finding.fingerprint)
        if any(cell in finding.cells for cell in suspected):
            return tuple(cell for cell in suspected if cell in finding.cells)
        if outcome is not None and outcome.equation is not None:
            return find_sums(outcome.equation)
        return finding.cells[:2]

    def _name(self, address: str) -> str:
        return address if self._form is None else self._look.say(self._form.name(address))
