"""The first page of the folder: bodies by years, what they break, and what stands apart."""

from collections.abc import Iterator, Sequence

import msgspec

from validator.model.outcome import Severity
from validator.model.result import Results
from validator.render.audit import Frame, PageLink, begin_page, end_page
from validator.render.look import Look
from validator.render.template import load_template
from validator.words import describe_severity

from .entries import Entry, name_rule_page, say
from .series import Series

STYLES = ("audit/style.css", "site/site.css", "audit/print.css")
STATES = ("failed", "known", "blank", "partial", "passed")
_SIGNS = {"failed": "×", "known": "∘", "blank": "□", "partial": "◐", "passed": "✓"}
_LETTERS = {Severity.ERROR: "e", Severity.WARNING: "w", Severity.NOTE: "n"}


class RuleLine(msgspec.Struct, frozen=True):
    """A rule that is broken: how often, in how many reports; `number` stands for it in the marks of reports."""

    number: int
    id: str
    title: str
    href: str
    severity: str
    word: str
    findings: int
    reports: int


def render_index(
    entries: Sequence[Entry], series: Sequence[Series], loose: Sequence[Entry], results: Results, look: Look
) -> str:
    """Give the index of all reports."""
    frame = Frame(
        title=say("site-title", look),
        trail=(PageLink(say("site-home", look), ""),),
        styles=STYLES,
        scripts=("audit/theme.js", "site/site.js"),
        version=results.version,
    )
    rules = list(count_rules(entries, results, look))
    numbers = {rule.id: rule.number for rule in rules}
    content = load_template("site/index.html.jinja")(
        series=series,
        loose=loose,
        unreadable=[entry for entry in entries if not entry.href],
        totals=results.totals,
        missing=sum(slot.missing for body in series for slot in body.slots),
        years=[slot.year for slot in series[0].slots] if series else [],
        rules=rules,
        marks=lambda entry: " ".join(_marks(entry, numbers)),
        signs=_SIGNS,
        states=STATES,
        severities=[(_LETTERS[s], look.say(describe_severity(s))) for s in Severity],
        say=lambda key, **values: say(key, look, **values),
    )
    return begin_page(frame, look) + content + end_page(frame, look)


def count_rules(entries: Sequence[Entry], results: Results, look: Look) -> Iterator[RuleLine]:
    """Give the rules that are broken, the heaviest and then the most frequent first."""
    findings: dict[str, int] = {}
    reports: dict[str, int] = {}
    worst: dict[str, Severity] = {}
    order = list(Severity)
    for entry in entries:
        for rule, severity, count in entry.broken:
            findings[rule] = findings.get(rule, 0) + count
            worst[rule] = min(worst.get(rule, severity), severity, key=order.index)
        for rule in {rule for rule, _, _ in entry.broken}:
            reports[rule] = reports.get(rule, 0) + 1
    ordered = sorted(findings, key=lambda rule: (order.index(worst[rule]), -findings[rule], rule))
    for number, rule in enumerate(ordered):
        note = results.rules.get(rule)
        yield RuleLine(
            number=number,
            id=rule,
            title=look.say(note.title) if note else rule,
            href=f"rules/{name_rule_page(rule)}",
            severity=worst[rule].value,
            word=look.say(describe_severity(worst[rule])),
            findings=findings[rule],
            reports=reports[rule],
        )


def _marks(entry: Entry, numbers: dict[str, int]) -> Iterator[str]:
    """Give what the filters look for: number and severity of each rule that a report breaks."""
    for rule, severity, _ in entry.broken:
        yield f"{_LETTERS[severity]}{numbers[rule]}"
