"""A folder of pages that needs no network: an overview, and a page for each report, each body and each rule."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from validator.model.result import ReportResult, Results
from validator.render.audit import PageLink, render_report_page, view_report
from validator.render.look import Look
from validator.render.reviews import list_gone

from .bodies import Series, gather_series, render_body
from .entries import Entry, enter, name_rule_page, say
from .index import RulePages, give_rows, render_index


class Page(NamedTuple):
    """A report to write the page of: its line of the index, the ways to the other reports of its body, and to that."""

    entry: Entry
    kin: tuple[PageLink, ...]
    body: tuple[PageLink, ...] = ()


Rows = list[tuple[str, str]]
"""Of one report: the rules that it breaks, each with what the page of that rule says of it."""

EnterReports = Callable[["PageWriter"], Iterable[Entry]]
"""Gives the line of each report of the results in the index, which does not need the outcomes that hold."""

WritePages = Callable[["PageWriter", Sequence[Page]], Iterable[Rows]]
"""Writes the page of each report of the results, and gives the rows for the pages of rules in the same order."""


class PageWriter:
    """Writes the pages of reports into a folder, all of them or, in several processes, some here and some there."""

    def __init__(self, results: Results, look: Look, folder: Path) -> None:
        self.results, self.look, self._folder = results, look, folder

    def enter(self, result: ReportResult) -> Entry:
        """Give the line of a report in the index."""
        return enter(result, self.look, self.results)

    def write(self, pages: Iterable[Page], reports: Iterable[ReportResult]) -> Iterator[Rows]:
        """Write the page of each of these reports; one that could not be read has none."""
        home = PageLink(say("site-home", self.look), "../index.html")
        for (entry, kin, body), result in zip(pages, reports, strict=True):
            if not entry.href:
                yield []
                continue
            page = render_report_page(
                view_report(result, self.results, self.look),
                self.look,
                trail=(home, *body, PageLink(entry.heading, "")),
                kin=kin,
                version=self.results.version,
                rule_href=lambda rule: f"../rules/{name_rule_page(rule)}",
            )
            _write(self._folder / entry.href, page)
            yield list(give_rows(entry, result, self.look))


def render_site(
    results: Results,
    look: Look,
    folder: Path,
    enter_all: EnterReports | None = None,
    write_all: WritePages | None = None,
) -> None:
    """Write the index, the pages of reports and those of rules into a folder that is there.

    Reports are gone through twice, here or by `enter_all` and `write_all`; of each a line of the index is kept.
    """
    writer = PageWriter(results, look, folder)
    entries = list(enter_all(writer) if enter_all else map(writer.enter, results.reports))
    series, loose = gather_series(entries)
    gone = list_gone(results)
    _write(folder / "index.html", render_index(entries, series, loose, results, look, gone))
    for name in ("reports", "rules", "bodies"):
        (folder / name).mkdir()
    for body in series:
        _write(folder / body.href, render_body(body, results, look, gone))
    bodies = {id(entry): body for body in series for entry in body.entries}
    pages = [
        Page(entry, tuple(_link_kin(entry, body, look)), (PageLink(body.name, f"../{body.href}"),) if body else ())
        for entry, body in ((entry, bodies.get(id(entry))) for entry in entries)
    ]
    rules = RulePages(results, entries, look, folder / "rules")
    for rows in write_all(writer, pages) if write_all else writer.write(pages, results.reports):
        rules.add(rows)
    rules.close()


def _link_kin(own: Entry, body: Series | None, look: Look) -> Iterator[PageLink]:
    """Lead to the reports of the same body; where a year has several, by the names of their files."""
    for slot in body.slots if body else ():
        for entry in slot.entries:
            file = entry.source.replace("\\", "/").rpartition("/")[2] if len(slot.entries) > 1 else ""
            href = "" if entry is own else entry.href.partition("/")[2]
            yield PageLink(f"{say('site-year-of', look, year=slot.year)} {file}".rstrip(), href)


def _write(path: Path, text: str) -> None:
    # A file name may hold half a character; a page must be whole.
    with open(path, "wb", buffering=0) as file:
        file.write(text.encode("utf-8", "backslashreplace"))
