"""What the prose says, held against the tables and against itself: outcomes of the rules of group narrative."""

from collections.abc import Callable, Iterator, Mapping

from validator.model.outcome import Outcome, Verdict
from validator.model.report import Claim, Number, Statement
from validator.ruleset.kinds import Kind, PhrasedRule, Rule
from validator.words import line

from . import narrative_claims, narrative_parts
from .findings import PROSE, attempt
from .sheet import Sheet, cells_behind, resolve
from .wording import list_names, plain, quote_clause, quote_stretch

_OTHER_RESULTS = ("corrected", "other", "pending")
_CARRIED_FORWARD = "applications.carried_forward.total"


def check_prose(sheet: Sheet) -> Iterator[Outcome]:
    """Give an outcome for each claim and each statement of the prose that one of the rules is about.

    A statement that no kind judges is one that only other reports can confirm or deny.
    """
    report, ruleset = sheet.report, sheet.ruleset
    rules = {kind.name: rule for rule, kind in ruleset.rules_about("prose", report.form)}
    if not rules:
        return
    judges = ruleset.judges
    for claim in report.claims:
        for judge in judges.get("claim", ()):
            yield from attempt(PROSE, ruleset, _told, judge, claim, rules, sheet)
    for statement in report.statements:
        for judge in judges.get(statement.kind, ()):
            yield from attempt(PROSE, ruleset, _told, judge, statement, rules, sheet)


def _told(
    judge: Callable[..., Outcome | None], said: Claim | Statement, rules: Mapping[str, Rule], sheet: Sheet
) -> Iterator[Outcome]:
    outcome = judge(said, rules, sheet)
    if outcome is not None:
        yield outcome


def check_all_upheld(statement: Statement, rules: Mapping[str, PhrasedRule], sheet: Sheet) -> Outcome | None:
    """Check that no case has another result where all are said to be upheld."""
    rule, form = rules.get("all-upheld"), sheet.form
    if rule is None or form is None:
        return None
    filled: dict[str, Number] = {}
    totals: list[str] = []
    for case in statement.parts:
        prefix = case.quantity.rpartition(".")[0]
        totals.append(case.quantity)
        for result in ("upheld", *_OTHER_RESULTS):
            for address in cells_behind(f"{prefix}.{result}", sheet):
                value = resolve(address, sheet).value
                if value:
                    filled[address] = value
    against = [address for address in filled if address.rpartition(".")[2] in _OTHER_RESULTS]
    cells = tuple(dict.fromkeys((*against, *filled, *totals)))
    if not filled:
        return Outcome(
            rule.id, "", Verdict.NOT_ASSESSED, rule.worst, cells, reason="all-blank", location=statement.whole.location
        )
    if not against:
        return Outcome(rule.id, "", Verdict.HOLDS, rule.worst, cells, location=statement.whole.location)
    results = [(form.cells[address].name, plain(figure).zh) for address, figure in filled.items()]
    values = {
        "quote": quote_stretch(*statement.parts, statement.whole),
        "results": list_names([line("named-result", name=name, figure=plain(figure)) for name, figure in results]),
    }
    return Outcome(
        rule=rule.id,
        instance=".".join(totals),
        verdict=Verdict.BROKEN,
        severity=rule.worst,
        cells=cells,
        left=sum(filled[address] for address in against),
        right=0,
        location=statement.whole.location,
        values=values,
    )


def check_all_handled(statement: Statement, rules: Mapping[str, PhrasedRule], sheet: Sheet) -> Outcome | None:
    """Check that nothing is carried forward where all applications are said to be done."""
    rule, form = rules.get("all-handled"), sheet.form
    if rule is None or form is None or _CARRIED_FORWARD not in form.cells:
        return None
    found = resolve(_CARRIED_FORWARD, sheet)
    row = _CARRIED_FORWARD.removesuffix("total")
    filled = [a for a in form.cells if a.startswith(row) and sheet.numbers.get(a) and a != _CARRIED_FORWARD]
    verdict = Verdict.BROKEN if found.value else Verdict.HOLDS
    if found.value is None and found.reason != "blank":
        verdict = Verdict.NOT_ASSESSED
    values = {
        "quote": quote_clause(statement.whole),
        "name": list_names([form.name(_CARRIED_FORWARD)]),
        "figures": plain(found.value or 0),
    }
    return Outcome(
        rule=rule.id,
        instance="",
        verdict=verdict,
        severity=rule.worst,
        cells=(_CARRIED_FORWARD, *filled),
        left=found.value,
        right=0,
        reason=found.reason if verdict is Verdict.NOT_ASSESSED else "",
        location=statement.whole.location,
        values=values,
    )


KINDS = (
    *narrative_claims.KINDS,
    *narrative_parts.KINDS,
    Kind("all-upheld", "prose", check_all_upheld, ("quote", "results"), PhrasedRule, judges=("all-upheld",)),
    Kind("all-handled", "prose", check_all_handled, ("quote", "name", "figures"), PhrasedRule, judges=("all-handled",)),
)
