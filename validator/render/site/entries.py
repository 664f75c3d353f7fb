"""A result -> its line in the index: whose it is, its state, what is wrong in it, what it carries over and forward."""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from validator.model.outcome import Outcome, Severity, Verdict
from validator.model.result import ReportResult, Results
from validator.patterns import Pattern
from validator.render.audit import headline
from validator.render.explained import gather_troubles
from validator.render.look import Look, render_heading
from validator.render.reviews import follow
from validator.words import line

STYLES = ("audit/style.css", "site/site.css", "audit/print.css")
"""The styles of the pages of the folder beside those of reports."""

_CARRIED = "continuity-carried-over"
_OVER, _FORWARD = "applications.carried_over.total", "applications.carried_forward.total"
_SAFE = Pattern("[a-z0-9-]{1,60}")
_MOST_PROBLEMS = 40
"""So many problems of a report are named on the page of its body; the others are counted."""


class Entry(msgspec.Struct, frozen=True):
    """A report in the index. `href` is its page as seen from the index, "" if it could not be read.

    `state` is `failed`, `partial` (passed, but not every identity was assessed), `passed` or `unreadable`. `errors`,
    `warnings` and `notes` count problems by the heaviest finding of each; `broken` counts for each rule the problems
    that it is part of, by severity; `problems` are severity, headline, id in the page of the report, and how
    far it has come since an earlier list ("" without one); `states` counts all of these.
    `carried_over` and `carried_forward` are totals of table 3 as printed in the cells, "" if there are none; `chain` is
    what came of holding the first against last year's second: `holds`, `broken`, `parts` (columns differ under equal
    totals), `open` (not assessed), "" if it was not held.
    """

    source: str
    href: str
    heading: str
    body: str
    name: str
    year: int | None
    state: str
    errors: int
    warnings: int
    notes: int
    expected: int
    assessed: int
    broken: tuple[tuple[str, Severity, int], ...]
    problems: tuple[tuple[str, str, str, str], ...] = ()
    states: tuple[tuple[str, int], ...] = ()
    organization: str = ""
    carried_over: str = ""
    carried_forward: str = ""
    chain: str = ""
    error: str = ""


def enter(result: ReportResult, look: Look, results: Results | None = None) -> Entry:
    """Give the line of a result in the index."""
    whose = result.whose
    name = (whose.name if whose else "") or result.organization or ""
    troubles = gather_troubles(result) if result.findings else []
    counts = Counter(trouble.findings[0].severity for trouble in troubles)
    broken: Counter[tuple[str, Severity]] = Counter()
    for trouble in troubles:
        worst: dict[str, Severity] = {}
        for finding in trouble.findings:  # the heaviest first
            worst.setdefault(finding.rule, finding.severity)
        broken.update(worst.items())
    rules, reviews = ({}, None) if results is None else (results.rules, results.reviews)
    states = [follow((finding.fingerprint for finding in trouble.findings), reviews).state for trouble in troubles]
    told = tuple(
        (str(trouble.findings[0].severity), headline(trouble, result, rules, look), f"r1-p{number}", state)
        for number, (trouble, state) in enumerate(zip(troubles[:_MOST_PROBLEMS], states, strict=False))
    )
    return Entry(
        source=result.source,
        href="" if result.report is None else f"reports/{name_page(result.source)}",
        heading=result.source if result.report is None else render_heading(result, look),
        body=whose.body if whose else name,
        name=name,
        year=whose.year if whose else result.year,
        state="partial" if result.standing == "unchecked" else result.standing,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.NOTE],
        expected=result.coverage.expected,
        assessed=result.coverage.assessed,
        broken=tuple((rule, severity, count) for (rule, severity), count in sorted(broken.items())),
        problems=told,
        states=tuple(sorted(Counter(states).items())) if reviews is not None else (),
        organization=result.organization or "",
        carried_over=_figure(result, _OVER),
        carried_forward=_figure(result, _FORWARD),
        chain=_judge_chain([outcome for outcome in result.outcomes if outcome.rule == _CARRIED]),
        error="" if result.error is None else look.say(result.error),
    )


def _figure(result: ReportResult, address: str) -> str:
    cell = result.cells.get(address)
    return "" if cell is None or cell.value is None else str(cell.value)


def _judge_chain(outcomes: Sequence[Outcome]) -> str:
    """Say what came of holding what is carried over against last year's report; the totals count before columns."""
    verdicts = {outcome.instance: outcome.verdict for outcome in outcomes}
    if not verdicts:
        return ""
    if verdicts.get("total") is Verdict.BROKEN:
        return "broken"
    if Verdict.BROKEN in verdicts.values():
        return "parts"
    return "holds" if verdicts.get("total") is Verdict.HOLDS else "open"


def name_page(of: str) -> str:
    """Give the file of the page of a report by its source, or of a body by its key: short and safe everywhere."""
    return f"{_hash(of)}.html"


def name_rule_page(rule: str) -> str:
    """Give the file of the page of a rule; what goes before its id keeps it off the names that Windows reserves."""
    return f"rule-{rule if _SAFE.fullmatch(rule) else _hash(rule)}.html"


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def say(key: str, look: Look, **values: str | int) -> str:
    """Give a line of the catalogue with its values filled in."""
    return look.say(line(key, **values))
