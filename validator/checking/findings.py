"""Outcomes -> findings, the worst first, and the coverage; and a fault of ours -> an outcome that tells of it."""

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from validator.errors import GoujiError
from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.location import Location, LostPlace, ScanPlace
from validator.model.outcome import Finding, Outcome, Severity, Verdict
from validator.model.report import Report
from validator.model.result import Coverage
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Rule
from validator.words import line

from .forms import ProblemRule, write_problem
from .wording import fill_message, list_names, plain

PROSE = line("part-prose")
DIAGNOSIS = line("part-diagnosis")
COMPARISON = line("part-comparison")

_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
_MOST_BLANKS = 3


def coverage(outcomes: Iterable[Outcome]) -> Coverage:
    """Count the exact identities that the form states, and those that were assessed."""
    exact = [outcome.verdict for outcome in outcomes if outcome.exact]
    return Coverage(len(exact), sum(verdict is not Verdict.NOT_ASSESSED for verdict in exact))


def to_findings(report: Report, ruleset: Ruleset, outcomes: Iterable[Outcome]) -> tuple[Finding, ...]:
    """Turn the broken outcomes into findings, by severity and then in the order of the form."""
    broken = [outcome for outcome in outcomes if outcome.verdict is Verdict.BROKEN]
    if not broken:
        return ()
    rules = _by_id(ruleset)
    form = ruleset.form(report.form)
    order = _order(form) if form else {}
    seen: dict[tuple[str, str], int] = {}
    findings = []
    for outcome in broken:
        rule = rules[outcome.rule]
        try:
            message = _write(rule, outcome, form)
        except Exception as bug:  # noqa: BLE001 - a fault of ours in a sentence must not lose the finding
            fault = tell_fault(rule.title, ruleset, bug)
            message = rule.title
            findings.append(_finding(report, fault, _write(rules[fault.rule], fault, form), fingerprint(report, fault)))
        if any(_is_scanned(report, address) for address in outcome.cells):
            message = line("named-scanned", message=message)
        count = seen[rule.id, outcome.instance] = seen.get((rule.id, outcome.instance), 0) + 1
        findings.append(_finding(report, outcome, message, fingerprint(report, outcome, count)))
    return tuple(sorted(findings, key=lambda finding: _rank(finding, order)))


@lru_cache(maxsize=8)
def _by_id(ruleset: Ruleset) -> Mapping[str, Rule]:
    return {rule.id: rule for rule in ruleset.rules}


@lru_cache(maxsize=16)
def _order(form: Form) -> Mapping[str, int]:
    """Give the place of each cell on a form."""
    return {address: place for place, address in enumerate(form.cells)}


def _is_scanned(report: Report, address: str) -> bool:
    cell = report.cells.get(address)
    return cell is not None and isinstance(cell.location, ScanPlace)


def _write(rule: Rule, outcome: Outcome, form: Form | None) -> Bilingual:
    """Write the message of a broken outcome."""
    if isinstance(rule, ProblemRule):
        return write_problem(rule, outcome.values)
    message = fill_message(rule.message, outcome.values)
    if outcome.blanks and form is not None:
        return _add_blanks(message, [form.cells[address].name for address in outcome.blanks])
    return message


def fingerprint(report: Report, outcome: Outcome, count: int = 1) -> str:
    """Give 16 hex digits that stay the same while the body, the year, the rule and the instance do.

    `count` tells outcomes of one instance apart: the second broken row with the same label.
    """
    # Imported here: a sound report needs none, and all of OpenSSL comes with it.
    from hashlib import sha256

    parts = [report.organization or "", str(report.year or ""), outcome.rule, outcome.instance]
    if count > 1:
        parts.append(str(count))
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _finding(report: Report, outcome: Outcome, message: Bilingual, mark: str) -> Finding:
    places = [report.cells[address].location for address in outcome.cells if address in report.cells]
    if outcome.location is not None:
        # What the prose claims stands there; the cells that it is held against are related.
        places = [outcome.location, *(places if outcome.right is not None else ())]
    return Finding(
        rule=outcome.rule,
        severity=outcome.severity,
        fingerprint=mark,
        message=message,
        cells=outcome.cells,
        location=places[0] if places else LostPlace("whole report"),
        related=_distinct((*places[1:], *outcome.related)),
        left=outcome.left,
        right=outcome.right,
        delta=outcome.delta,
    )


def _distinct(places: Sequence[Location]) -> tuple[Location, ...]:
    return tuple(dict.fromkeys(places))


def _rank(finding: Finding, order: Mapping[str, int]) -> tuple[int, int, str]:
    place = min((order[address] for address in finding.cells if address in order), default=len(order))
    return _WEIGHT[finding.severity], place, finding.rule


def _add_blanks(message: Bilingual, names: Sequence[Bilingual]) -> Bilingual:
    """Add to a message which cells were blank and counted as 0."""
    if len(names) > _MOST_BLANKS:
        return line("named-blanks", message=message, count=len(names))
    return line("named-blank", message=message, names=list_names(names))


def attempt(
    part: Bilingual, ruleset: Ruleset, check: Callable[..., Iterable[Outcome]], *arguments: object
) -> list[Outcome]:
    """Give the outcomes of a check; if it fails half-way, those it gave and one that tells of the fault.

    `part` names what was being checked.
    """
    found: list[Outcome] = []
    try:
        found.extend(check(*arguments))
    except GoujiError:
        raise  # a bad rule or a wrong call stops the run
    except Exception as bug:  # noqa: BLE001 - a fault of ours in one check must not lose the findings of the others
        found.append(tell_fault(part, ruleset, bug))
    return found


def tell_fault(part: Bilingual, ruleset: Ruleset, bug: Exception) -> Outcome:
    """Give a broken outcome that tells of a fault of ours; raises the fault itself if no rule tells of any."""
    rule = next((rule for rule in ruleset.rules if isinstance(rule, ProblemRule) and rule.problem == "fault"), None)
    if rule is None:
        raise bug
    values = {"part": part, "detail": plain(describe_bug(bug))}
    return Outcome(rule.id, part.zh, Verdict.BROKEN, rule.worst, values=values)


def describe_bug(bug: Exception) -> str:
    """Give an exception in one line, with the place in the code at which it was raised."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__}: {bug} @ {Path(frame.filename).name}:{frame.lineno}"
