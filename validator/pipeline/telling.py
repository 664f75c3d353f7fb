"""What was found -> what is told: only of the rules asked for, with the names that its texts need."""

from msgspec.structs import replace

from validator.checking import check
from validator.model.outcome import Verdict
from validator.model.result import ReportResult

from .knowledge import Knowledge


def tell(result: ReportResult, knowledge: Knowledge, *, detailed: bool = False) -> ReportResult:
    """Leave in a result what its user asked to be told, and add the words for it.

    `detailed` works out the outcomes that hold as well, which are not kept, and names every cell.
    """
    if detailed and result.report is not None:
        result = replace(result, outcomes=tuple(check(result.report, knowledge.ruleset)))
    if result.compared:
        result = replace(result, outcomes=(*result.outcomes, *result.compared), compared=())
    findings = tuple(finding for finding in result.findings if finding.rule in knowledge.told)
    outcomes = tuple(outcome for outcome in result.outcomes if outcome.rule in knowledge.told)
    shown = {finding.fingerprint for finding in findings}
    diagnosis = tuple(e for e in result.diagnosis if shown.intersection(e.explains))
    addresses = dict.fromkeys(
        [
            *(cell for finding in findings for cell in finding.cells),
            *(cell for o in outcomes if detailed or o.verdict is Verdict.NOT_ASSESSED for cell in o.cells),
            *(result.cells if detailed else ()),
            *(change.cell for explanation in diagnosis for change in explanation.changes),
        ]
    )
    form = knowledge.ruleset.form(result.form) or knowledge.ruleset.form_of_prose(result.year)
    return replace(
        result,
        findings=findings,
        outcomes=outcomes,
        diagnosis=diagnosis,
        names={address: form.name(address) for address in addresses},
        slips={slip.id: slip.name for slip in knowledge.slips} if diagnosis else {},
    )
