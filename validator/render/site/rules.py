"""A page a rule: what it checks, why, on what basis, and the reports that break it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from validator.model.outcome import Finding
from validator.model.result import ReportResult, Results
from validator.render.audit import Frame, PageLink, begin_page, end_page
from validator.render.look import Look
from validator.render.template import load_template
from validator.words import describe_severity

from .entries import Entry, name_rule_page, say
from .index import STYLES, RuleLine, count_rules

_BUFFER = 1 << 16
"""So many characters of the findings of one rule are kept before they go to its page."""


def give_rows(entry: Entry, result: ReportResult, look: Look) -> Iterator[tuple[str, str]]:
    """Give each rule that a report breaks, with what the page of that rule says of it."""
    row = load_template("site/rule_row.html.jinja")
    by_rule: dict[str, list[Finding]] = {}
    for finding in result.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for rule, findings in by_rule.items():
        told = [(f.severity.value, look.say(describe_severity(f.severity)), look.say(f.message)) for f in findings]
        yield rule, row(entry=entry, told=told)


class RulePages:
    """Writes the pages of all rules while reports go by, so that their findings need not be kept."""

    def __init__(self, results: Results, entries: Sequence[Entry], look: Look, folder: Path) -> None:
        self._results, self._look, self._folder = results, look, folder
        self._counts = {line.id: line for line in count_rules(entries, results, look)}
        self._pending: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}
        for rule in dict.fromkeys([*results.rules, *self._counts]):
            self._append(rule, self._begin(rule, self._counts.get(rule)))

    def add(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add what `give_rows` gave of a report."""
        for rule, row in rows:
            self._append(rule, row)

    def close(self) -> None:
        """End all pages."""
        for rule in list(self._pending):
            self._append(rule, ("</ul>\n" if rule in self._counts else "") + end_page(self._frame(rule), self._look))
            self._flush(rule)

    def _begin(self, rule: str, count: RuleLine | None) -> str:
        note = self._results.rules.get(rule)
        content = load_template("site/rule.html.jinja")(
            rule=rule,
            title=self._title(rule),
            severity=self._look.say(describe_severity(note.severity)) if note else "",
            group=note.group if note else "",
            why=self._look.say(note.why) if note else "",
            basis=note.basis if note else "",
            formula=note.formula if note else "",
            count=count,
            say=lambda key, **values: say(key, self._look, **values),
        )
        return begin_page(self._frame(rule), self._look) + content

    def _frame(self, rule: str) -> Frame:
        title = self._title(rule)
        trail = (PageLink(say("site-home", self._look), "../index.html"), PageLink(title, ""))
        return Frame(
            title=title, trail=trail, styles=STYLES, scripts=("audit/theme.js",), version=self._results.version
        )

    def _title(self, rule: str) -> str:
        note = self._results.rules.get(rule)
        return self._look.say(note.title) if note else rule

    def _append(self, rule: str, text: str) -> None:
        self._pending.setdefault(rule, []).append(text)
        self._sizes[rule] = self._sizes.get(rule, 0) + len(text)
        if self._sizes[rule] > _BUFFER:
            self._flush(rule)

    def _flush(self, rule: str) -> None:
        with (self._folder / name_rule_page(rule)).open(
            "a", encoding="utf-8", errors="backslashreplace", newline="\n"
        ) as file:
            file.write("".join(self._pending[rule]))
        self._pending[rule], self._sizes[rule] = [], 0
