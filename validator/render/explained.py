"""One mistake, one problem: the findings of a report gathered under the change that mends them."""

from dataclasses import dataclass

from validator.model.bilingual import Bilingual
from validator.model.diagnosis import Change, Explanation
from validator.model.outcome import Finding, Severity
from validator.model.result import ReportResult

from .catalogue import describe_slip, line
from .look import Look

_SHOWN_ALTERNATIVES = 2
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Findings that belong together and what may explain them, the best explanation first, maybe none."""

    findings: tuple[Finding, ...]
    explanations: tuple[Explanation, ...] = ()


def gather_troubles(report: ReportResult) -> list[Trouble]:
    """Group the findings of a report by what explains them; the worst come first, then the order of the report."""
    open_findings = {finding.fingerprint: finding for finding in report.findings}
    troubles = []
    for best in report.diagnosis:
        mended = tuple(open_findings.pop(f) for f in best.explains if f in open_findings)
        if mended:
            rivals = tuple(e for e in report.diagnosis if e is not best and set(e.explains) & set(best.explains))
            troubles.append(Trouble(_worst_first(mended), (best, *rivals)))
    troubles += [Trouble((finding,)) for finding in report.findings if finding.fingerprint in open_findings]
    order = {finding.fingerprint: place for place, finding in enumerate(report.findings)}
    return sorted(troubles, key=lambda t: (_WEIGHT[t.findings[0].severity], order[t.findings[0].fingerprint]))


def _worst_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: _WEIGHT[finding.severity]))


def describe_explanations(trouble: Trouble, report: ReportResult, look: Look) -> list[str]:
    """Say what most likely happened, one line an explanation; no line where there is none."""
    if not trouble.explanations:
        return []
    best, *rivals = trouble.explanations
    key = "extraction" if best.suspect == "extraction" else "unique" if best.unique else "first"
    count = len(best.changes)
    lines = [
        line(
            key,
            changes=_changes(best, report, look),
            reason=look.say(describe_slip(best.reason)),
            count=look.say(line("one")) if count == 1 else count,
            mended=len(best.explains),
        )
    ]
    lines += [
        line("alternative", changes=_changes(rival, report, look), reason=look.say(describe_slip(rival.reason)))
        for rival in rivals[:_SHOWN_ALTERNATIVES]
    ]
    if len(rivals) > _SHOWN_ALTERNATIVES:
        lines.append(line("more-alternatives", count=len(rivals) - _SHOWN_ALTERNATIVES))
    return [look.say(text) for text in lines]


def _changes(explanation: Explanation, report: ReportResult, look: Look) -> str:
    return look.say(line("join")).join(look.say(_change(change, report)) for change in explanation.changes)


def _change(change: Change, report: ReportResult) -> Bilingual:
    name = report.names.get(change.cell, Bilingual(change.cell, change.cell))
    blank = change.reported is None
    texts = [
        line(
            "change-blank" if blank else "change",
            cell=cell,
            reported="" if blank else str(change.reported),
            proposed=str(change.proposed),
        )
        for cell in (name.zh, name.en)
    ]
    return Bilingual(texts[0].zh, texts[1].en)
