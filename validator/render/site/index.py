"""The first page of the folder, a map of bodies by years with what is wrong most; and a page a rule.

The page of a rule says what it checks, why, on what basis, and which reports break it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from shutil import copyfileobj
from typing import IO

import msgspec

from validator.model.outcome import Finding, Severity
from validator.model.result import ReportResult, Results
from validator.render.audit import Frame, PageLink, begin_page, end_page
from validator.render.look import Look
from validator.render.reviews import Gone, count_states
from validator.render.template import load_template
from validator.words import describe_severity

from .bodies import Series
from .entries import STYLES, Entry, name_rule_page, say

STATES = ("failed", "known", "blank", "partial", "passed")
_LETTERS = {Severity.ERROR: "e", Severity.WARNING: "w", Severity.NOTE: "n"}
_COUNTED = {"failed": "site-word-errors", "warned": "site-word-warnings"}
_SHOWN = 10
_TOLD = (
    "site-told",
    "site-told-broken",
    "site-chain-parts",
    "site-chain-open",
    "site-chain-holds",
    "site-told-missing",
)
"""What the script says of a cell that is pointed at."""


class RuleLine(msgspec.Struct, frozen=True):
    """A rule that is broken: in how many problems and reports; `number` stands for it in the marks of reports."""

    number: int
    id: str
    title: str
    href: str
    severity: str
    word: str
    problems: int
    reports: int


class YearLine(msgspec.Struct, frozen=True):
    """A year: its reports, how many of them have errors, and the share of those in whole per cent."""

    year: int
    reports: int
    failed: int
    share: int


def render_index(
    entries: Sequence[Entry],
    series: Sequence[Series],
    loose: Sequence[Entry],
    results: Results,
    look: Look,
    gone: Sequence[Gone] = (),
) -> str:
    """Give the overview of all reports; `gone` are the problems of an earlier list that are not there now."""
    frame = Frame(
        title=say("site-title", look),
        trail=(PageLink(say("site-home", look), ""),),
        styles=STYLES,
        scripts=("audit/theme.js", "site/site.js"),
        words=_TOLD,
        version=results.version,
        wide=True,
    )
    rules = list(count_rules(entries, results, look))
    numbers = {rule.id: rule.number for rule in rules}
    years = [slot.year for slot in series[0].slots] if series else []
    sums = {name: sum(getattr(entry, name) for entry in entries) for name in ("errors", "warnings", "notes")}
    content = load_template("site/index.html.jinja")(
        title=_name_years(years, look),
        rows=[_write_row(body, numbers, look) for body in series],
        bodies=len(series),
        worst=[body for body in series[:_SHOWN] if body.errors],
        loose=loose,
        unreadable=[entry for entry in entries if not entry.href],
        totals=results.totals,
        sums=sums,
        missing=sum(body.missing for body in series),
        years=years,
        shares=(shares := list(_share(series, years))),
        highest=max((one.share for one in shares), default=0) or 1,
        rules=rules,
        most=rules[:_SHOWN],
        progress=_count_progress(entries, gone) if results.reviews is not None else {},
        states=STATES,
        severities=[(_LETTERS[s], look.say(describe_severity(s))) for s in Severity],
        say=lambda key, **values: say(key, look, **values),
    )
    return "".join((*begin_page(frame, look), content, end_page(frame, look)))


def _count_progress(entries: Sequence[Entry], gone: Sequence[Gone]) -> dict[str, int]:
    states = (state for entry in entries for state, count in entry.states for _ in range(count))
    return {state: count for state, count in count_states(states, gone).items() if count}


def _name_years(years: Sequence[int], look: Look) -> str:
    if not years:
        return say("site-title", look)
    return say("site-title-years", look, first=years[0], last=years[-1])


def _share(series: Sequence[Series], years: Sequence[int]) -> Iterator[YearLine]:
    """Give for each year how many reports it has and how many of these have errors."""
    for number, year in enumerate(years):
        entries = [entry for body in series for entry in body.slots[number].entries]
        failed = sum(entry.state == "failed" for entry in entries)
        yield YearLine(year, len(entries), failed, round(100 * failed / len(entries)) if entries else 0)


def _write_row(body: Series, numbers: dict[str, int], look: Look) -> str:
    """Write the row of a body as HTML; there are thousands, which a template would take half of the time for."""
    from markupsafe import Markup, escape

    from validator.render.layout import make_harmless

    def clean(text: str) -> str:
        return str(escape(make_harmless(text)))

    cells = []
    for slot in body.slots:
        if slot.entries:
            gap = {"broken": " g", "parts": " d"}.get(slot.chain, "")
            many = len(slot.entries) > 1
            links = "".join(_write_link(entry, slot.chain, numbers, many, clean, look) for entry in slot.entries)
            cells.append(f'<td role="cell" class="c{gap}">{links}</td>')
        elif slot.missing:
            cells.append(f'<td role="cell" class="c m">{say("site-missing-year", look)}</td>')
        else:
            cells.append('<td role="cell"></td>')
    head = f'<th scope="row" role="rowheader"><a href="{body.href}">{clean(body.name)}</a></th>'
    return Markup(f'<tr role="row" data-e="{body.errors}">{head}{"".join(cells)}</tr>')


def _write_link(
    entry: Entry, chain: str, numbers: dict[str, int], many: bool, clean: Callable[[str], str], look: Look
) -> str:
    """Write the box of a report: how many problems are errors, else warnings; its marks are for the filters."""
    marks = " ".join(f"{_LETTERS[severity]}{numbers[rule]}" for rule, severity, _ in entry.broken)
    counts = f"{entry.errors},{entry.warnings},{entry.notes}"
    flow = f' data-c="{entry.carried_over},{entry.carried_forward},{chain}"' if entry.carried_forward or chain else ""
    shown = entry.errors if entry.state == "failed" else entry.warnings or ""
    kind = "warned" if entry.state == "passed" and entry.warnings else entry.state
    word = say(_COUNTED.get(kind, f"site-{kind}"), look)
    file = f' title="{clean(entry.source)}"' if many else ""
    if entry.states:
        flow += f' data-p="{" ".join(state for state, _ in entry.states)}"'
    said = f'<span class="sr"> {word}</span>'
    return f'<a class="{kind}" href="{entry.href}" data-m="{marks}" data-n="{counts}"{flow}{file}>{shown}{said}</a>'


def count_rules(entries: Sequence[Entry], results: Results, look: Look) -> Iterator[RuleLine]:
    """Give the rules that are broken, the heaviest and then the most frequent first."""
    problems: dict[str, int] = {}
    reports: dict[str, int] = {}
    worst: dict[str, Severity] = {}
    order = list(Severity)
    for entry in entries:
        for rule, severity, count in entry.broken:
            problems[rule] = problems.get(rule, 0) + count
            worst[rule] = min(worst.get(rule, severity), severity, key=order.index)
        for rule in {rule for rule, _, _ in entry.broken}:
            reports[rule] = reports.get(rule, 0) + 1
    ordered = sorted(problems, key=lambda rule: (order.index(worst[rule]), -problems[rule], rule))
    for number, rule in enumerate(ordered):
        note = results.rules.get(rule)
        yield RuleLine(
            number=number,
            id=rule,
            title=look.say(note.title) if note else rule,
            href=f"rules/{name_rule_page(rule)}",
            severity=worst[rule].value,
            word=look.say(describe_severity(worst[rule])),
            problems=problems[rule],
            reports=reports[rule],
        )


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
    """Writes the pages of all rules; while reports go by, what is said of them is kept beside, not in memory."""

    def __init__(self, results: Results, look: Look, folder: Path) -> None:
        self._results, self._look, self._folder = results, look, folder
        self._pending: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}

    def add(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add what `give_rows` gave of a report."""
        for rule, row in rows:
            self._pending.setdefault(rule, []).append(row)
            self._sizes[rule] = self._sizes.get(rule, 0) + len(row)
            if self._sizes[rule] > _BUFFER:
                with _open(self._beside(rule), "a") as file:
                    file.writelines(self._pending[rule])
                self._pending[rule], self._sizes[rule] = [], 0

    def close(self, entries: Sequence[Entry]) -> None:
        """Write the pages, once all reports have gone by."""
        counts = {line.id: line for line in count_rules(entries, self._results, self._look)}
        for rule in dict.fromkeys([*self._results.rules, *counts]):
            frame, beside = self._frame(rule), self._beside(rule)
            with _open(self._folder / name_rule_page(rule), "w") as page:
                page.writelines((*begin_page(frame, self._look), self._begin(rule, counts.get(rule))))
                if beside.exists():
                    with _open(beside, "r") as kept:
                        copyfileobj(kept, page)
                    beside.unlink()
                page.writelines(self._pending.get(rule, ()))
                page.write(("</ul>\n" if rule in counts else "") + end_page(frame, self._look))

    def _beside(self, rule: str) -> Path:
        return self._folder / f"{name_rule_page(rule)}.rows"

    def _begin(self, rule: str, count: RuleLine | None) -> str:
        note = self._results.rules.get(rule)
        return load_template("site/rule.html.jinja")(
            rule=rule,
            title=self._title(rule),
            severity=self._look.say(describe_severity(note.severity)) if note else "",
            group=note.group if note else "",
            why=self._look.say(note.why) if note else "",
            basis=note.basis if note else "",
            holds=self._look.say(note.holds) if note and note.holds else "",
            count=count,
            say=lambda key, **values: say(key, self._look, **values),
        )

    def _frame(self, rule: str) -> Frame:
        title = self._title(rule)
        trail = (PageLink(say("site-home", self._look), "../index.html"), PageLink(title, ""))
        return Frame(
            title=title, trail=trail, styles=STYLES, scripts=("audit/theme.js",), version=self._results.version
        )

    def _title(self, rule: str) -> str:
        note = self._results.rules.get(rule)
        return self._look.say(note.title) if note else rule


def _open(path: Path, mode: str) -> IO[str]:
    return path.open(mode, encoding="utf-8", errors="backslashreplace", newline="\n")
