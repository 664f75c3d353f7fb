"""What was found -> what is told: of the rules asked for, without what a user has told to leave out.

Left out is what is exempted, ignored by a comment or known from a baseline. `Suppressions.apply` may go over a result
any number of times and always leaves the same; a `Tally` goes along once, and in the end says how much was left out and
what of the configuration has come to nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from validator.checking import check
from validator.config import Config, Exemption, Steps, line_of
from validator.config.baseline import Baseline, Seen
from validator.config.exempting import Exempting, Use
from validator.model.bilingual import Bilingual
from validator.model.outcome import Finding, Severity
from validator.model.report import Problem, Report
from validator.model.result import Known, ReportResult
from validator.ruleset import Ruleset
from validator.words import line

from .knowledge import Knowledge


def tell(result: ReportResult, knowledge: Knowledge, *, detailed: bool = False) -> ReportResult:
    """Leave in a result what its user asked to be told, and add the words for it.

    `detailed` works out the outcomes that hold as well, which are not kept.
    """
    if detailed and result.report is not None:
        result = replace(result, outcomes=tuple(check(result.report, knowledge.ruleset)))
    if result.compared:
        result = replace(result, outcomes=(*result.outcomes, *result.compared), compared=())
    form = knowledge.ruleset.form(result.form)
    title = None if form is None else form.title
    findings, outcomes = result.findings, result.outcomes
    if not (findings or outcomes or detailed):
        return replace(result, form_title=title)
    if len(knowledge.told) < len(knowledge.ruleset.rules):
        findings = tuple(finding for finding in findings if finding.rule in knowledge.told)
        outcomes = tuple(outcome for outcome in outcomes if outcome.rule in knowledge.told)
    shown = {finding.fingerprint for finding in findings}
    diagnosis = tuple(e for e in result.diagnosis if shown.intersection(e.explains))
    form = form or knowledge.ruleset.form_of_prose(result.year)
    return replace(
        result,
        findings=findings,
        outcomes=outcomes,
        diagnosis=diagnosis,
        names=form.names,
        table_names=form.table_names,
        slips={slip.id: slip.name for slip in knowledge.slips} if diagnosis else {},
        form_title=title,
    )


_ASKED, _UNKNOWN = "inline-ignore", "inline-ignore-unknown"
_OWN = "form-inline-ignore"


class Ignore(NamedTuple):
    """A rule or a group that a comment in a line asks to leave out."""

    rule: str
    line: int


def vet_ignores(report: Report, ruleset: Ruleset) -> Report:
    """Mark the comments that name no rule or group: they have no effect, and are told with the nearest name."""
    if all(problem.kind != _ASKED for problem in report.problems):
        return report
    known = {rule.id for rule in ruleset.rules} | {rule.group for rule in ruleset.rules}
    return replace(report, problems=tuple(_vet(problem, known) for problem in report.problems))


def _vet(problem: Problem, known: Iterable[str]) -> Problem:
    rule = str(problem.values.get("rule", ""))
    # A report that was read back from JSON tells its problems in a sentence, without the rule: it asks for nothing.
    if problem.kind != _ASKED or not rule or rule in known:
        return problem
    # Imported here: only a wrong comment pays for it.
    from difflib import get_close_matches

    near = get_close_matches(rule, sorted(known), n=1, cutoff=0)[0]
    return replace(problem, kind=_UNKNOWN, values={**problem.values, "near": near})


def find_ignores(report: Report | None) -> list[Ignore]:
    """Give what the comments of a report ask to leave out."""
    problems = () if report is None else report.problems
    return [
        Ignore(str(problem.values["rule"]), int(problem.values["line"]))
        for problem in problems
        if problem.kind == _ASKED and "rule" in problem.values
    ]


def is_ignored(finding: Finding, ignores: Iterable[Ignore], groups: Mapping[str, str]) -> bool:
    """Whether a comment asks to leave out a finding; what the comments themselves ask is always told."""
    names = (finding.rule, groups.get(finding.rule))
    return not finding.rule.startswith(_OWN) and any(ignore.rule in names for ignore in ignores)


_MOST_NOTICES = 20


class Suppressions(msgspec.Struct, frozen=True):
    """What is to be left out. `groups` gives the group of each rule, `lines` those of the configuration `file`."""

    exempting: Exempting
    groups: Mapping[str, str]
    baseline: Baseline | None = None
    inline: bool = True
    file: str = ""
    lines: Mapping[Steps, int] = {}

    def apply(self, result: ReportResult, tally: "Tally | None" = None) -> ReportResult:
        """Leave in a result the findings to tell, and the explanations that explain any of these."""
        if result.error is not None:
            return result
        report = (result.source, result.organization, result.year)
        ignores = find_ignores(result.report) if self.inline else []
        findings = tuple(f for f in result.findings if not is_ignored(f, ignores, self.groups))
        parted = self.exempting.part(findings, *report)
        new = parted.kept
        if self.baseline is not None:
            _, new = self.baseline.split(parted.kept, *report)
        if tally is not None:
            tally.count_ignores(result, ignores, len(result.findings) - len(findings))
            tally.use.add(parted)
            if tally.seen is not None:
                untold = [finding for finding in result.findings if finding not in parted.kept]
                tally.seen.add(parted.kept, *report, untold)
        if len(new) == len(result.findings):
            return result
        shown = {finding.fingerprint for finding in new}
        kept = tuple(e for e in result.diagnosis if shown.intersection(e.explains))
        known = sum(finding.severity is Severity.ERROR for finding in parted.kept if finding not in new)
        return replace(result, findings=new, diagnosis=kept, known=known)

    def tally(self) -> "Tally":
        """Begin to count."""
        return Tally(self, seen=None if self.baseline is None else Seen(self.baseline))


class Tally(msgspec.Struct):
    """What the suppressions have left out of the results of a run, and what of the configuration was of use."""

    suppressions: Suppressions
    use: Use = msgspec.field(default_factory=Use)
    seen: Seen | None = None
    ignored: int = 0
    idle: int = 0
    idle_ignores: list[tuple[str, Ignore]] = msgspec.field(default_factory=list)

    def count_ignores(self, result: ReportResult, ignores: Collection[Ignore], ignored: int) -> None:
        """Count what comments have left out, and note those that have nothing to leave out."""
        self.ignored += ignored
        for ignore in ignores:
            if not any(is_ignored(finding, [ignore], self.suppressions.groups) for finding in result.findings):
                self.idle += 1
                # Memory must not grow with the number of files.
                if len(self.idle_ignores) < _MOST_NOTICES:
                    self.idle_ignores.append((result.source, ignore))

    def known(self, told: Collection[str], *, whole: bool) -> Known:
        """Say what was left out. `told` are the rules told about; `whole`: all files and all rules were gone through.

        An exemption or a comment for a rule that is not told about is not judged.
        """
        exempting = self.suppressions.exempting
        file = self.suppressions.file
        judged = {*told, *(group for rule, group in self.suppressions.groups.items() if rule in told)}
        notices = [
            line("exemption-expired", file=file, line=place, until=e.until, count=count, reason=e.reason)
            for e, place, count in ((*self._placed(number), count) for number, count in self.use.expired())
        ]
        notices += [
            line("exemption-idle", file=file, line=place, reason=e.reason)
            for e, place in map(self._placed, self.use.idle(exempting.exemptions, whole=whole))
            if not e.rule or e.rule in judged
        ]
        idle = [(source, ignore) for source, ignore in self.idle_ignores if ignore.rule in judged]
        notices += [line("ignore-idle", source=source, line=i.line, rule=i.rule) for source, i in idle]
        if self.idle > len(self.idle_ignores):
            notices.append(line("ignore-idle-more", count=self.idle - len(self.idle_ignores)))
        return Known(
            suppressed=self.use.suppressed + self.ignored,
            baseline=0 if self.seen is None else self.seen.known,
            fixed=self._fixed(told),
            notices=tuple(notices),
        )

    def _placed(self, number: int) -> tuple[Exemption, int]:
        """Give an exemption and the line of the configuration in which it begins."""
        return self.suppressions.exempting.exemptions[number], line_of(self.suppressions.lines, ("exemption", number))

    def _fixed(self, told: Collection[str]) -> tuple[Bilingual, ...]:
        entries = () if self.seen is None else self.seen.fixed(told)
        return tuple(line("fixed-finding", source=e.source, rule=e.rule, message=e.message) for e in entries)


def make_suppressions(config: Config, ruleset: Ruleset, baseline: Baseline | None, today: date) -> Suppressions:
    """Make those of a run out of what its configuration and its baseline say."""
    groups = {rule.id: rule.group for rule in ruleset.rules}
    exempting = Exempting(config.exemptions, config.folder, groups, today)
    return Suppressions(exempting, groups, baseline, config.inline_ignore, config.file, config.lines)


def known_addresses(ruleset: Ruleset) -> frozenset[str]:
    """Give every address that a finding may name: the cells of all forms, and the sums and counts that prose states."""
    forms = ruleset.forms.values()
    return frozenset(address for form in forms for address in (*form.cells, *form.computed))


def refuse_names(config: Config, ruleset: Ruleset) -> None:
    """Refuse a configuration that names rules or cells that do not exist; ConfigError tells all of them."""
    if config.lines or config.exemptions:
        from validator.config.names import check_names

        check_names(config, {rule.id: rule.group for rule in ruleset.rules}, known_addresses(ruleset))
