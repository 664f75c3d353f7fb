"""What checking a set of files comes to. It is frozen and complete: every renderer prints it and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .bilingual import Bilingual
from .diagnosis import Explanation
from .form import FormId
from .outcome import Finding, Outcome, Severity
from .report import ReportCell


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many exact identities the report's form states, and how many could be assessed."""

    expected: int
    assessed: int


@dataclass(frozen=True, slots=True)
class ReportResult:
    """One input: its findings, or the reason why it could not be read.

    `cells` are the cells that findings, outcomes and diagnosis name; `names` gives each address in the form's words.
    `slips` gives the reasons of the diagnosis in words. `not_assessed` are the outcomes that came to no verdict.
    """

    source: str
    form: FormId | str | None = None
    organization: str | None = None
    year: int | None = None
    coverage: Coverage = Coverage(0, 0)
    findings: tuple[Finding, ...] = ()
    not_assessed: tuple[Outcome, ...] = ()
    diagnosis: tuple[Explanation, ...] = ()
    cells: Mapping[str, ReportCell] = field(default_factory=dict)
    names: Mapping[str, Bilingual] = field(default_factory=dict)
    slips: Mapping[str, Bilingual] = field(default_factory=dict)
    error: Bilingual | None = None

    @property
    def status(self) -> str:
        """`unreadable`, `failed` (an error-level finding) or `passed`."""
        if self.error is not None:
            return "unreadable"
        return "failed" if any(f.severity is Severity.ERROR for f in self.findings) else "passed"

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Results:
    """All inputs of a run, in the order of their paths."""

    reports: tuple[ReportResult, ...]
    version: str
