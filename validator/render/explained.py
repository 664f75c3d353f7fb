"""One mistake, one problem: the findings of a report gathered under the change that mends them."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from validator.model.bilingual import Bilingual
from validator.model.location import describe_location
from validator.model.outcome import Change, Explanation, Finding, Severity
from validator.model.result import ReportResult
from validator.words import line

from .look import Look

_SHOWN_RIVALS = 2
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


class Trouble(msgspec.Struct, frozen=True):
    """Findings that belong together and what may explain them, the best explanation first, maybe none."""

    findings: tuple[Finding, ...]
    explanations: tuple[Explanation, ...] = ()


def gather_troubles(report: ReportResult) -> list[Trouble]:
    """Group the findings of a report by what explains them; the worst come first, then the order of the report."""
    order = {finding.fingerprint: place for place, finding in enumerate(report.findings)}
    untold = {finding.fingerprint: finding for finding in report.findings}
    # Mistakes that have nothing to do with each other are told apart, also where one explanation holds both.
    explanations = list(dict.fromkeys(part for whole in report.diagnosis for part in whole.parts or (whole,)))
    troubles = []
    for best in explanations:
        mended = [untold.pop(fingerprint) for fingerprint in best.explains if fingerprint in untold]
        if mended:
            rivals = [e for e in explanations if e.changes != best.changes and set(e.explains) & set(best.explains)]
            mended.sort(key=lambda finding: _WEIGHT[finding.severity])
            troubles.append(Trouble(tuple(mended), (best, *rivals)))
    troubles += [Trouble((finding,)) for finding in untold.values()]
    return sorted(troubles, key=lambda t: (_WEIGHT[t.findings[0].severity], order[t.findings[0].fingerprint]))


def describe_counts(troubles: Sequence[Trouble], look: Look) -> str:
    """Say how many places must be mended and how many be looked at, and how many relations the first ones break."""
    by_weight = Counter(trouble.findings[0].severity for trouble in troubles)
    broken = sum(
        finding.severity is Severity.ERROR and finding.left is not None
        for trouble in troubles
        for finding in trouble.findings
    )
    said = []
    if by_weight[Severity.ERROR]:
        count = sum(_count_places(trouble) for trouble in troubles)
        said.append(line("places-wrong" if broken else "places-wrong-alone", count=count, broken=broken))
    if count := by_weight[Severity.WARNING]:
        said.append(line("places-doubtful", count=count))
    if count := by_weight[Severity.NOTE]:
        said.append(line("places-noted", count=count))
    return look.say(line("join")).join(look.say(text) for text in said)


def _count_places(trouble: Trouble) -> int:
    """Say how many cells an error leaves to be mended, as far as is known."""
    if trouble.findings[0].severity is not Severity.ERROR:
        return 0
    return max(len(trouble.explanations[0].changes), 1) if trouble.explanations else 1


def shown_explanations(trouble: Trouble) -> list[Explanation]:
    """Give the explanations that are told, the best one first; there are as many lines of them, or one more."""
    best, rivals = trouble.explanations[:1], trouble.explanations[1:]
    return [*best, *[rival for rival in rivals if rival.changes][:_SHOWN_RIVALS]]


def describe_explanations(trouble: Trouble, report: ReportResult, look: Look) -> list[tuple[str, str]]:
    """Say what most likely happened, one line an explanation, and where that is; no line where there is none."""
    if not trouble.explanations:
        return []
    best = trouble.explanations[0]
    if not best.changes:
        return [(look.say(line("nothing-small", at_least=best.at_least)), "")]
    count = look.say(line("one")) if len(best.changes) == 1 else len(best.changes)
    mended = len(best.explains)
    text = line(
        "extraction" if best.suspect == "extraction" else best.confidence,
        changes=_describe_changes(best, report, look),
        mends=look.say(line("mends-one" if mended == 1 else "mends", count=count, mended=mended)),
        count=count,
        mended=mended,
    )
    told = [(look.say(text), _describe_places(best, report, look))]
    shown = shown_explanations(trouble)[1:]
    for rival in shown:
        key = "larger" if rival.confidence == "larger" else "rival"
        text = line(key, changes=_describe_changes(rival, report, look))
        told.append((look.say(text), _describe_places(rival, report, look)))
    untold = best.alternatives - sum(rival.confidence != "larger" for rival in shown)
    if untold > 0:
        told.append((look.say(line("more-rivals", count=untold)), ""))
    return told


def _describe_places(explanation: Explanation, report: ReportResult, look: Look) -> str:
    """Say where the cells that should change stand."""
    cells = [report.cells[change.cell] for change in explanation.changes if change.cell in report.cells]
    tables = report.tables
    return look.say(line("list")).join(look.say(describe_location(cell.location, tables)) for cell in cells)


def _describe_changes(explanation: Explanation, report: ReportResult, look: Look) -> str:
    """Say each change with its reason; a reason that all share, or that is one act, is said once at the end."""
    reasons = {change.reason or explanation.reason for change in explanation.changes}
    shared = explanation.operation or len(reasons) == 1
    changes = [
        _describe_change(change, report, look) + ("" if shared else _describe_reason(change.reason, report, look))
        for change in explanation.changes
    ]
    reason = explanation.reason if explanation.operation else reasons.pop()
    return look.say(line("join")).join(changes) + (_describe_reason(reason, report, look) if shared else "")


def _describe_change(change: Change, report: ReportResult, look: Look) -> str:
    name = report.names.get(change.cell, Bilingual(change.cell, change.cell))
    key = "change-blank" if change.reported is None else "change"
    figures = {"reported": str(change.reported), "proposed": str(change.proposed)}
    return look.say(line(key, cell=look.say(name), **figures))


def _describe_reason(reason: str, report: ReportResult, look: Look) -> str:
    return look.say(line("reason", reason=look.say(report.slips.get(reason, Bilingual(reason, reason)))))
