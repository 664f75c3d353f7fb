"""A folder of pages: an index of bodies by years, a page a report and a page a rule; it needs no network."""

from collections.abc import Iterator
from pathlib import Path

from validator.model.result import Results
from validator.render.audit import PageLink, render_report_page, view_report
from validator.render.look import Look

from .entries import Entry, enter
from .index import render_index
from .names import name_rule_page
from .rules import RulePages
from .series import Series, gather_series
from .words import say


def render_site(results: Results, look: Look, folder: Path) -> None:
    """Write the index, the pages of reports and those of rules into a folder that is there.

    Reports are gone through twice and written one by one; what is kept of each is one line of the index.
    """
    entries = [enter(result, look) for result in results.reports]
    series, loose = gather_series(entries)
    _write(folder / "index.html", render_index(entries, series, loose, results, look))
    for name in ("reports", "rules"):
        (folder / name).mkdir()
    kin = {id(entry): body for body in series for entry in body.entries}
    pages = RulePages(results, entries, look, folder / "rules")
    home = PageLink(say("site-home", look), "../index.html")
    for entry, result in zip(entries, results.reports, strict=True):
        if entry.href:
            view = view_report(result, results, look)
            page = render_report_page(
                view,
                look,
                trail=(home, PageLink(entry.heading, "")),
                kin=tuple(_link_kin(entry, kin.get(id(entry)), look)),
                version=results.version,
                rule_href=lambda rule: f"../rules/{name_rule_page(rule)}",
            )
            _write(folder / entry.href, page)
            pages.add(entry, result)
    pages.close()


def _link_kin(own: Entry, body: Series | None, look: Look) -> Iterator[PageLink]:
    """Lead to the reports of the same body; where a year has several, by the names of their files."""
    for slot in body.slots if body else ():
        for entry in slot.entries:
            file = entry.source.replace("\\", "/").rpartition("/")[2] if len(slot.entries) > 1 else ""
            href = "" if entry is own else entry.href.partition("/")[2]
            yield PageLink(f"{say('site-year-of', look, year=slot.year)} {file}".rstrip(), href)


def _write(path: Path, text: str) -> None:
    # A file name may hold half a character; a page must be whole.
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
