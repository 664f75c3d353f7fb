"""What checking a set of files comes to. It is frozen and complete: every renderer prints it and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

import msgspec

from .bilingual import Bilingual
from .form import Form
from .outcome import Explanation, Finding, Outcome, Severity, Verdict
from .report import CellState, Report, ReportCell, name_tables

FILE_MARK = "gouji:results"
"""Stands at the head of files of results that could be taken for reports, in a comment."""

FOLDER_MARK = ".gouji-results"
"""A file in each folder of results: such a folder may be written anew, and holds no reports."""


class Coverage(msgspec.Struct, frozen=True, array_like=True):
    """How many exact identities the report's form states, and how many could be assessed."""

    expected: int
    assessed: int


class Whose(NamedTuple):
    """Whose report it is, found out from all reports of a run: `body` is a key that all reports of one body share.

    `body` and `name` are "" where it is not certain whose it is; `year` may come from the file's name.
    """

    body: str
    name: str
    year: int | None


class ReportResult(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """One input: its findings, or the reason why it could not be read.

    `outcomes` are those of all rules to tell about, also the ones that hold; `report` is what was read, None if
    nothing was. `compared` are the outcomes of comparing it with others, until they are told among the outcomes.
    `names` gives the addresses of the form, of which findings, outcomes and diagnosis speak, in the form's words,
    `table_names` the tables that these lie in, `slips` the reasons of the diagnosis; `form_title` is that of the form.
    `whose` is None where reports were not held against each other. `known` counts the errors that are not told because
    a baseline knows them.
    """

    source: str
    report: Report | None = None
    coverage: Coverage = Coverage(0, 0)
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    compared: tuple[Outcome, ...] = ()
    diagnosis: tuple[Explanation, ...] = ()
    names: Mapping[str, Bilingual] = msgspec.field(default_factory=dict)
    slips: Mapping[str, Bilingual] = msgspec.field(default_factory=dict)
    error: Bilingual | None = None
    whose: Whose | None = None
    known: int = 0
    table_names: Mapping[str, Bilingual] = msgspec.field(default_factory=dict)
    form_title: Bilingual | None = None

    @property
    def form(self) -> str | None:
        """The form of the report, None if it is not known which."""
        return None if self.report is None else self.report.form

    @property
    def organization(self) -> str | None:
        """The body whose report it is, None if the report does not say."""
        return None if self.report is None else self.report.organization

    @property
    def year(self) -> int | None:
        """The year that the report is about, None if it does not say."""
        return None if self.report is None else self.report.year

    @property
    def cells(self) -> Mapping[str, ReportCell]:
        """The cells that the report prints, by address."""
        return {} if self.report is None else self.report.cells

    @cached_property
    def tables(self) -> Mapping[int, Bilingual]:
        """The names of those tables of the file that hold tables of the form, by their number in the file."""
        return name_tables(self.cells, self.table_names)

    @property
    def not_assessed(self) -> tuple[Outcome, ...]:
        """The outcomes that came to no verdict."""
        return tuple(outcome for outcome in self.outcomes if outcome.verdict is Verdict.NOT_ASSESSED)

    @property
    def status(self) -> str:
        """`unreadable`, `failed` (an error-level finding) or `passed`."""
        if self.error is not None:
            return "unreadable"
        return "failed" if any(f.severity is Severity.ERROR for f in self.findings) else "passed"

    @property
    def standing(self) -> "Standing":
        """What to say of the report in a word: its status, and of one that passed what that is worth."""
        if self.error is not None:
            return "unreadable"
        if any(f.severity is Severity.ERROR for f in self.findings):
            return "failed"
        if self.known:
            return "known"
        if not self.coverage.assessed:
            return "blank" if _is_blank(self.cells.values()) else "unchecked"
        return "passed" if self.coverage.assessed == self.coverage.expected else "partial"

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)


Standing = Literal["unreadable", "failed", "known", "blank", "unchecked", "partial", "passed"]
"""`known`: has errors, all of which a baseline knows; `blank`: a form that nobody has filled in; `unchecked`: there was
no identity to assess; `partial`: not all of them could be."""


def _is_blank(cells: Iterable[ReportCell]) -> bool:
    """Whether there are cells, and nothing is filled in."""
    states = {cell.state for cell in cells}
    return CellState.BLANK in states and states <= {CellState.BLANK, CellState.NOT_APPLICABLE}


class Mention(msgspec.Struct, frozen=True, array_like=True):
    """A report of a run by its number and its source, and whose it is; None if it could not be read."""

    number: int
    source: str
    whose: Whose | None


def mention(reports: Iterable[ReportResult]) -> Iterator[Mention]:
    """Give number, source and body of each report, in their order."""
    for number, report in enumerate(reports):
        said = report.organization or ""
        whose = report.whose or Whose(said, said, report.year)
        named = whose if whose.name else whose._replace(name=said)
        yield Mention(number, report.source, None if report.report is None else named)


class Totals(msgspec.Struct, frozen=True):
    """What all inputs of a run come to: inputs by status, findings by severity, identities expected and assessed.

    Of the passed reports, `partial` are those whose identities were not all assessed or that have none, `blank` those
    that are not filled in, `known` those whose errors a baseline knows; no report is counted in two of them.
    """

    reports: int = 0
    passed: int = 0
    failed: int = 0
    unreadable: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    expected: int = 0
    assessed: int = 0
    partial: int = 0
    blank: int = 0
    known: int = 0

    @property
    def sound(self) -> int:
        """The reports of which it can be said that they pass."""
        return self.passed - self.blank - self.known


def count_totals(reports: Iterable[ReportResult]) -> Totals:
    """Add up what the results of a run come to, in one pass."""
    statuses = {"passed": 0, "failed": 0, "unreadable": 0}
    severities = dict.fromkeys(Severity, 0)
    standings = {"partial": 0, "unchecked": 0, "blank": 0, "known": 0}
    expected = assessed = 0
    for report in reports:
        status = report.status
        statuses[status] += 1
        standing = report.standing
        if standing in standings:
            standings[standing] += 1
        for finding in report.findings:
            severities[finding.severity] += 1
        expected += report.coverage.expected
        assessed += report.coverage.assessed
    return Totals(
        sum(statuses.values()),
        **statuses,
        **{f"{severity}s": count for severity, count in severities.items()},
        expected=expected,
        assessed=assessed,
        partial=standings["partial"] + standings["unchecked"],
        blank=standings["blank"],
        known=standings["known"],
    )


class Review(msgspec.Struct, frozen=True):
    """What people wrote beside a problem in the list of an earlier run.

    `finding` is what was found out (核实情况), `action` what was done (整改情况); `fields` are all cells of the line by
    the name of their column. `fingerprints` are those of the problem's findings.
    """

    fingerprints: tuple[str, ...]
    finding: str
    action: str
    fields: tuple[tuple[str, str], ...]


class Known(msgspec.Struct, frozen=True):
    """Findings that a user has told to leave out: `suppressed` by exemptions, `baseline` known from before.

    `fixed` are the known ones that are gone, `notices` are lines about exemptions that have expired or fit nothing.
    """

    suppressed: int = 0
    baseline: int = 0
    fixed: tuple[Bilingual, ...] = ()
    notices: tuple[Bilingual, ...] = ()


class RuleNote(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as results, lists and pages show it; `severity` is the heaviest that it can give.

    `title` says what is wrong where it is broken, `holds` what is so where it is not. `forms` are the ids of the forms
    it applies to, none for all. `formula` is the relation that it checks as its file writes it, "" if it checks
    something else, and `about` what its group is about.
    """

    id: str
    group: str
    kind: str
    severity: Severity
    title: Bilingual
    why: Bilingual
    basis: str
    holds: Bilingual | None = None
    forms: tuple[str, ...] = ()
    formula: str = ""
    about: Bilingual | None = None


class Results(msgspec.Struct, frozen=True):
    """All inputs of a run, in the order of their paths.

    `reports` may be gone through any number of times and need not lie in memory. `rules` are those to tell about,
    `forms` those that reports may follow. `reviews` gives for the fingerprint of a finding what people wrote beside its
    problem; None where no earlier list was given.
    """

    reports: Iterable[ReportResult]
    version: str
    totals: Totals
    known: Known = Known()
    rules: Mapping[str, RuleNote] = msgspec.field(default_factory=dict)
    forms: Mapping[str, Form] = msgspec.field(default_factory=dict)
    reviews: Mapping[str, Review] | None = None
