"""`--report xlsx=FILE`: the problems as a workbook to work through, hand on and give back by `--reviews`."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from validator.errors import UsageError
from validator.model.outcome import Severity
from validator.model.result import ReportResult, Results
from validator.words import line

from .layout import make_harmless
from .look import Look
from .reviews import list_gone
from .rows import LISTED, problem_rows
from .site.entries import name_page
from .unassessed import describe_unassessed

_WIDTHS = {
    "organization": 17,
    "year": 6,
    "severity_name": 8,
    "table": 6,
    "row": 20,
    "column": 12,
    "reported": 8,
    "proposed": 8,
    "certainty": 12,
    "message": 38,
    "basis": 18,
    "place": 13,
    "source": 16,
    "finding": 12,
    "action": 12,
    "state": 10,
    "rules": 14,
    "fingerprints": 14,
    "outcome": 14,
}
_FORMATS: dict[str, dict[str, object]] = {
    "head": {"bold": True, "bg_color": "#E4E9EE"},
    "cell": {},
    "fill": {"bg_color": "#FFF9E5"},
    "error": {"bold": True, "font_color": "#A8201A"},
    "link": {"font_color": "#14548F", "underline": 1},
}
_FOR_PROGRAMS = ("rules", "fingerprints")
_MOST_LINES = 12
_MOST_LINKS = 60_000  # Excel takes 65,530 on a sheet
_MOST_ROWS = 1_048_000
_LONGEST = 32_000
_BEGUN = datetime(2000, 1, 1)
"""When a workbook says that it was made: the same results give the same bytes."""


def render_sheets(results: Results, look: Look, path: Path, pages: str = "") -> None:
    """Write the workbook to a path; `pages` leads from its folder to that of a site of the same run, "" if none.

    Raises UsageError if XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        raise UsageError.lacking("xlsx", "lists") from None
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": _BEGUN, "title": look.say(line("sheet-problems")), "comments": "gouji:results"})
    formats = {
        name: book.add_format({"border": 1, "text_wrap": True, "valign": "top", **own})
        for name, own in _FORMATS.items()
    }
    totals = _Totals()
    try:
        _list_problems(book, formats, results, look, pages, totals)
        _sum_up(book, formats, results, look, totals)
        _list_unchecked(book, formats, results, look)
        if results.reviews is not None:
            _list_gone(book, formats, results, look)
    finally:
        book.close()
    path.write_bytes(repack(path.read_bytes()))


class _Totals:
    """What the problems come to, by body and by kind, gathered while they are written."""

    def __init__(self) -> None:
        self.reports: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.by_body: dict[str, Counter[str]] = {}
        self.by_rule: dict[str, Counter[str]] = {}

    def add(self, body: str, severity: str, rule: str) -> None:
        self.by_body.setdefault(body, Counter())[severity] += 1
        self.by_rule.setdefault(rule, Counter())[severity] += 1


def _begin(book: Any, name: str, columns: Sequence[str], widths: Sequence[int], head: Any) -> Any:  # noqa: ANN401
    """Begin a sheet with a frozen row of headings, set up to be printed over the width of A4."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&C&P / &N")
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for number, (title, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, head)
    return sheet


def _write(sheet: Any, row: int, column: int, value: object, form: Any) -> None:  # noqa: ANN401
    """Write a value as text, never as a formula; a plain figure as a number."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, int) or (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 15):
        sheet.write_number(row, column, int(value), form)
    else:
        text = " ".join(value) if isinstance(value, list) else str(value)
        # A workbook keeps line breaks; what else controls is shown as an escape.
        lines = (make_harmless(part) for part in text.split("\n"))
        sheet.write_string(row, column, "\n".join(lines)[:_LONGEST], form)


def _write_row(sheet: Any, row: int, values: Iterable[object], form: Any) -> None:  # noqa: ANN401
    for column, value in enumerate(values):
        _write(sheet, row, column, value, form)


def _height(cells: Iterable[tuple[object, int]]) -> float:
    """Give the height in points of a row whose texts are broken at the width of their columns, in characters."""
    rows = 1
    for value, width in cells:
        lines = str(value or "").split("\n")
        rows = max(rows, sum(-(-sum(1 + (letter > "\u2e80") for letter in text) // (width - 1)) or 1 for text in lines))
    return 14.0 * min(rows, _MOST_LINES) + 2


def _list_problems(
    book: Any,  # noqa: ANN401 - XlsxWriter has no types
    formats: dict[str, Any],
    results: Results,
    look: Look,
    pages: str,
    totals: _Totals,
) -> None:
    headings = [look.say(line(f"column-{name}")) for name in LISTED]
    widths = [_WIDTHS[name] for name in LISTED]
    sheet = _begin(book, look.say(line("sheet-problems")), headings, widths, formats["head"])
    sheet.freeze_panes(1, 2)
    at = 0
    for result in results.reports:
        body = result.organization or look.say(line("nameless-body"))
        totals.reports[body] += 1
        totals.failed[body] += result.status == "failed"
        page = f"{pages}/reports/{name_page(result.source)}" if pages else ""
        for number, row in enumerate(problem_rows(result, results, look) if result.findings else ()):
            rules = row["rules"]
            assert isinstance(rules, list), "by the columns of problems"
            totals.add(body, str(row["severity"]), rules[0])
            if at >= _MOST_ROWS:
                continue
            at += 1
            sheet.set_row(at, _height([(row[name], _WIDTHS[name]) for name in LISTED if name not in _FOR_PROGRAMS]))
            for column, name in enumerate(LISTED):
                if name == "source" and page and at < _MOST_LINKS:
                    text = make_harmless(result.source)[:255]
                    sheet.write_url(at, column, f"external:{page}#r1-p{number}", formats["link"], text)
                    continue
                kind = "fill" if name in ("finding", "action") else "cell"
                if name == "severity_name" and row["severity"] == Severity.ERROR:
                    kind = "error"
                _write(sheet, at, column, row[name], formats[kind])
    sheet.autofilter(0, 0, max(at, 1), len(LISTED) - 1)
    for name in _FOR_PROGRAMS:
        column = LISTED.index(name)
        sheet.set_column(column, column, _WIDTHS[name], None, {"hidden": True})
    for name in ("finding", "action"):
        column = LISTED.index(name)
        choices = look.say(line(f"choices-{name}")).split("|")
        rule = {"validate": "list", "source": choices, "error_type": "information", "ignore_blank": True}
        rule["input_message"] = look.say(line("sheet-hint"))[:255]
        sheet.data_validation(1, column, max(at, 1), column, rule)
    sheet.print_area(0, 0, max(at, 1), LISTED.index("state"))


def _sum_up(book: Any, formats: dict[str, Any], results: Results, look: Look, totals: _Totals) -> None:  # noqa: ANN401
    """Write the counts by body, those with most to correct first, and below them the counts by kind of problem."""
    say = [look.say(line(key)) for key in ("column-organization", "summary-reports", "summary-failed")]
    kinds = [look.say(line(f"severity-{severity}")) for severity in Severity]
    sheet = _begin(book, look.say(line("sheet-summary")), [*say, *kinds], [44, 12, 14, 10, 10, 10], formats["head"])
    at = 0
    order = sorted(totals.reports, key=lambda body: (*_weigh(totals.by_body.get(body)), body))
    for body in order:
        at += 1
        counts = totals.by_body.get(body, Counter())
        sums = [body, totals.reports[body], totals.failed[body], *map(counts.get, Severity)]
        _write_row(sheet, at, sums, formats["cell"])
    at += 1
    everything: Counter[str] = sum(totals.by_body.values(), Counter())
    whole = [look.say(line("summary-all")), totals.reports.total(), totals.failed.total()]
    _write_row(sheet, at, [*whole, *map(everything.get, Severity)], formats["head"])
    at += 2
    _write_row(sheet, at, [look.say(line("summary-title")), "", "", *kinds], formats["head"])
    for rule in sorted(totals.by_rule, key=lambda rule: (*_weigh(totals.by_rule[rule]), rule)):
        at += 1
        title = look.say(results.rules[rule].title) if rule in results.rules else rule
        _write_row(sheet, at, [title, "", "", *map(totals.by_rule[rule].get, Severity)], formats["cell"])


def _weigh(counts: Counter[str] | None) -> tuple[int, ...]:
    return tuple(-(counts or Counter())[severity] for severity in Severity)


def _list_unchecked(book: Any, formats: dict[str, Any], results: Results, look: Look) -> None:  # noqa: ANN401
    """Write what could not be read, and which relations of which reports came to no verdict."""
    names = [look.say(line(key)) for key in ("column-organization", "column-year", "column-source", "unchecked-what")]
    sheet = _begin(book, look.say(line("sheet-unchecked")), names, [24, 8, 40, 90], formats["head"])
    at = 0
    for result in results.reports:
        for text in _unchecked(result, look):
            at += 1
            _write_row(sheet, at, (result.organization, result.year, result.source, text), formats["cell"])
    sheet.autofilter(0, 0, max(at, 1), len(names) - 1)


def _unchecked(result: ReportResult, look: Look) -> Iterator[str]:
    if result.error is not None:
        yield look.say(result.error)
    else:
        yield from describe_unassessed(result, look)


def _list_gone(book: Any, formats: dict[str, Any], results: Results, look: Look) -> None:  # noqa: ANN401
    """Write the problems of the earlier list that are gone, and those whose reports were not checked this time."""
    columns = ("outcome", *LISTED)
    headings = [look.say(line(f"column-{name}")) for name in columns]
    sheet = _begin(book, look.say(line("sheet-gone")), headings, [_WIDTHS[name] for name in columns], formats["head"])
    for at, (state, review) in enumerate(list_gone(results), 1):
        fields = dict(review.fields) | {"outcome": look.say(line(f"review-{state}"))}
        sheet.set_row(at, _height([(fields.get(name), _WIDTHS[name]) for name in columns if name not in _FOR_PROGRAMS]))
        _write_row(sheet, at, [fields.get(name) for name in columns], formats["cell"])
    for name in _FOR_PROGRAMS:
        column = columns.index(name)
        sheet.set_column(column, column, _WIDTHS[name], None, {"hidden": True})


def repack(data: bytes) -> bytes:
    """Give a package of Office the same dates every time, and links between files that every system follows."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _BEGUN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            part = old.read(name)
            # XlsxWriter writes relative links as Windows alone has them.
            new.writestr(info, part.replace(b"\\", b"/") if name.startswith("xl/worksheets/_rels/") else part)
    return packed.getvalue()
