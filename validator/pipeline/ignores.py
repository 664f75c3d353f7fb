"""What the comments of a report ask not to tell (validator/readers/comments.py), held against the rules there are."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from validator.model.outcome import Finding
from validator.model.report import Problem, Report
from validator.ruleset import Ruleset

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
