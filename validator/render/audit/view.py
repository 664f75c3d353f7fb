"""A result -> what its page shows, as plain data: every text is in the language of the look."""

from dataclasses import dataclass

from validator.model.result import ReportResult, Results
from validator.render.look import Look


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One mistake: `severity` is its heaviest finding's, `rules` are those of its findings, `id` is its id in the page."""

    id: str
    severity: str
    headline: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report as its page shows it.

    `id` begins every id in the page that belongs to the report. `status` is `passed`, `failed` or `unreadable`,
    `verdict` says it in words; `error` says why it could not be read, "" if it could. `errors`, `warnings` and `notes`
    count findings; `problems` are mistakes, the worst first. `assessed` of `expected` identities came to a verdict.
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


def view_report(result: ReportResult, results: Results, look: Look, prefix: str = "r1") -> ReportView:
    """Say what the page of a report shows; `prefix` begins every id, and is another for each report of one page."""
    raise NotImplementedError
