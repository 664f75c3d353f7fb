"""Reports whose body or year nothing shows: they are not held against others, and that is said."""

from collections.abc import Iterator

from validator.model.bilingual import Bilingual
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Report
from validator.ruleset import Ruleset
from validator.ruleset.kinds import Kind
from validator.ruleset.schema import Rule

from .bodies import Identity

_LACKING = {
    (False, False): Bilingual("单位和年度", "the body or the year"),
    (False, True): Bilingual("单位", "the body"),
    (True, False): Bilingual("年度", "the year"),
}


def tell_unplaced(report: Report, identity: Identity, ruleset: Ruleset) -> Iterator[Outcome]:
    """Give an outcome of whether body and year of a report are known."""
    for rule, kind in ruleset.rules_about("placement", report.form):
        yield from kind.check(rule, report, identity)


def check_placement(rule: Rule, report: Report, identity: Identity) -> Iterator[Outcome]:
    """Say whether body and year of a report are known."""
    known = bool(identity.body), identity.year is not None
    if known in _LACKING:
        place = report.prose[0].location if report.prose else None
        values = {"what": _LACKING[known]}
        yield Outcome(rule.id, "", Verdict.BROKEN, rule.worst, location=place, values=values)
    else:
        yield Outcome(rule.id, "", Verdict.HOLDS, rule.worst)


KINDS = (Kind("body-unknown", "placement", check_placement, ("what",)),)
