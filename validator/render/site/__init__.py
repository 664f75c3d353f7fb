"""A folder of pages that needs no network: an overview, and a page for each report, each body and each rule."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from validator.model.result import Mention, ReportResult, Results, mention
from validator.render.audit import PageLink, render_report_page, view_report
from validator.render.look import Look
from validator.render.reviews import Gone, list_gone

from .bodies import Series, gather_series, name_body_page, pick_gone, render_body
from .entries import Entry, enter, name_page, name_rule_page, say
from .index import RulePages, give_rows, render_index


class Page(NamedTuple):
    """A report to write the page of: its number, the ways to the other reports of its body, and to that."""

    number: int
    kin: tuple[PageLink, ...] = ()
    body: tuple[PageLink, ...] = ()


class BodyPage(NamedTuple):
    """A body to write the page of, and its problems of an earlier list that are not there now."""

    body: Series
    gone: tuple[Gone, ...]


class Written(NamedTuple):
    """What the page of a report leaves for those about all: its line of the index.

    `rows` are the rules that it breaks, each with what the page of that rule says of it.
    """

    entry: Entry
    rows: list[tuple[str, str]]


class Writer(Protocol):
    """What writes the pages of reports and bodies."""

    def mentions(self) -> Iterable[Mention]:
        """Give number, source and body of each report."""

    def write_reports(self, pages: Sequence[Page]) -> Iterable[Written]:
        """Write the page of each report."""

    def write_bodies(self, bodies: Sequence[BodyPage]) -> None:
        """Write the page of each body."""


class PageWriter:
    """Writes pages into a folder, all of them or, in several processes, some here and some there."""

    def __init__(self, results: Results, look: Look, folder: Path) -> None:
        self._results, self._look, self._folder = results, look, folder

    def mentions(self) -> Iterable[Mention]:
        """Give number, source and body of each report."""
        return mention(self._results.reports)

    def write_reports(self, pages: Sequence[Page]) -> Iterator[Written]:
        """Write the page of each report."""
        return self.write(pages, self._results.reports)

    def write(self, pages: Iterable[Page], reports: Iterable[ReportResult]) -> Iterator[Written]:
        """Write the page of each of these reports; one that could not be read has none."""
        look = self._look
        home = PageLink(say("site-home", look), "../index.html")
        for page, result in zip(pages, reports, strict=True):
            entry = enter(result, look, self._results)
            if not entry.href:
                yield Written(entry, [])
                continue
            pieces = render_report_page(
                view_report(result, self._results, look),
                look,
                trail=(home, *page.body, PageLink(entry.heading, "")),
                kin=page.kin,
                version=self._results.version,
                rule_href=lambda rule: f"../rules/{name_rule_page(rule)}",
            )
            _write(self._folder / entry.href, pieces)
            yield Written(entry, list(give_rows(entry, result, look)))

    def write_bodies(self, bodies: Sequence[BodyPage]) -> None:
        """Write the page of each body."""
        for body, gone in bodies:
            _write(self._folder / body.href, [render_body(body, self._results, self._look, gone)])


def render_site(results: Results, look: Look, folder: Path, writer: Writer | None = None) -> None:
    """Write the index, the pages of reports and those of bodies and rules into a folder that is there.

    Reports are gone through once, here or by the `writer`; of each a line of the index is kept.
    """
    writer = writer or PageWriter(results, look, folder)
    for name in ("reports", "rules", "bodies"):
        (folder / name).mkdir()
    rules, entries = RulePages(results, look, folder / "rules"), []
    for entry, rows in writer.write_reports(link_pages(writer.mentions(), look)):
        rules.add(rows)
        entries.append(entry)
    rules.close(entries)
    series, loose = gather_series(entries)
    gone = list_gone(results)
    writer.write_bodies([BodyPage(body, tuple(pick_gone(body, gone))) for body in series])
    _write(folder / "index.html", [render_index(entries, series, loose, results, look, gone)])


def link_pages(mentions: Iterable[Mention], look: Look) -> list[Page]:
    """Give the page of each report with the ways to the reports of the same body, its years in their order."""
    mentions = list(mentions)
    bodies: dict[str, dict[int, list[Mention]]] = {}
    for one in mentions:
        if one.whose is not None and one.whose.body and one.whose.year is not None:
            bodies.setdefault(one.whose.body, {}).setdefault(one.whose.year, []).append(one)
    pages = {one.number: Page(one.number) for one in mentions}
    for body, by_year in bodies.items():
        name = by_year[max(by_year)][0].whose
        way = (PageLink(name.name, f"../{name_body_page(body)}"),) if name is not None else ()
        kin = [(one.number, link) for year in sorted(by_year) for one, link in _link_year(year, by_year[year], look)]
        for number, own in kin:
            pages[number] = Page(number, tuple(own._replace(href="") if link is own else link for _, link in kin), way)
    return list(pages.values())


def _link_year(year: int, versions: Sequence[Mention], look: Look) -> Iterator[tuple[Mention, PageLink]]:
    """Lead to the reports of a year; where there are several, by the names of their files."""
    for one in versions:
        file = one.source.replace("\\", "/").rpartition("/")[2] if len(versions) > 1 else ""
        yield one, PageLink(f"{say('site-year-of', look, year=year)} {file}".rstrip(), name_page(one.source))


def _write(path: Path, pieces: Iterable[str]) -> None:
    # Each piece by itself: style and script are plain letters, which takes no time. A file name may hold half a
    # character; a page must be whole.
    page = b"".join([piece.encode("utf-8", "backslashreplace") for piece in pieces])
    with open(path, "wb", buffering=0) as file:
        file.write(page)
