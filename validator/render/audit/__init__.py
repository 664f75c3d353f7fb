"""The audit report a person hands on: `--report html=PATH`, all reports in one page that needs no network.

For a folder of pages: `view_report` says what there is to show, `render_report_page` makes a page of it, and a page of
one's own goes between `begin_page` and `end_page`, which hold style, script and security policy.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

from msgspec.structs import replace

from validator.model.result import Results
from validator.render.layout import make_harmless
from validator.render.look import MANY, Look
from validator.render.template import load_template
from validator.render.terminal import render_summary
from validator.words import line

from .cell import write_cell
from .page import Frame, PageLink, begin_page, end_page, speak
from .problem import headline
from .table import Layout
from .view import ReportView, outline_report, view_report

__all__ = [
    "Frame",
    "PageLink",
    "ReportView",
    "begin_page",
    "end_page",
    "headline",
    "render_html",
    "render_report_page",
    "view_report",
]

_WORDS = (
    "try-panel",
    "try-empty",
    "try-raw",
    "try-place",
    "try-blank",
    "try-not-applicable",
    "try-unreadable",
    "try-missing",
    "try-relations",
    "try-none",
    "try-problems",
    "try-claims",
    "rule-holds",
    "try-broken",
    "try-unassessed",
    "try-edit",
    "try-reset",
    "try-accept",
    "try-was",
    "try-undo",
    "try-copy",
    "try-clear",
    "try-close",
    "try-copied",
    "try-by-hand",
    "try-summary",
    "try-turned",
    "try-not-a-number",
    "try-figure",
    "try-change",
)
"""What the script of a report says; it fills their fields itself."""

RuleHref = Callable[[str], str]


def render_html(results: Results, look: Look) -> Iterator[str]:
    """Give one page with all reports, piece by piece; of several reports it begins with a table of contents.

    Of more than MANY reports it has the problems, and the tables of those with errors alone.
    """
    first_two = list(islice(results.reports, 2))
    alone = len(first_two) == 1
    title = outline_report(first_two[0], look).heading if alone else look.say(line("audit-title"))
    brief = results.totals.reports > MANY
    frame = _frame(title, (), results.version)
    yield begin_page(frame, look)
    if not alone:
        yield _contents(results, title, look, brief)
    for number, result in enumerate(results.reports, 1):
        view = view_report(result, results, look, f"r{number}")
        yield _fill(_shorten(view) if brief else view, look, level=1 if alone else 2)
    yield end_page(frame, look)


def _shorten(view: ReportView) -> ReportView:
    """Leave out of a report what makes a page of many large."""
    return replace(view, trial=None, prose=(), stray=(), unclaimed=(), layout=view.layout if view.errors else None)


def render_report_page(
    view: ReportView,
    look: Look,
    *,
    trail: tuple[PageLink, ...] = (),
    kin: tuple[PageLink, ...] = (),
    rule_href: RuleHref | None = None,
    version: str = "",
) -> str:
    """Give the page of one report in a folder of pages.

    `trail` leads to it from the index, `kin` are pages beside it, such as those of the same body's other years;
    `rule_href` gives the page of a rule, "" if that rule has none.
    """
    frame = _frame(view.heading, trail, version)
    return begin_page(frame, look) + _fill(view, look, kin=kin, rule_href=rule_href) + end_page(frame, look)


def _frame(title: str, trail: tuple[PageLink, ...], version: str) -> Frame:
    return Frame(title, trail, words=_WORDS, version=version)


def _fill(
    view: ReportView,
    look: Look,
    *,
    level: int = 1,
    kin: tuple[PageLink, ...] = (),
    rule_href: RuleHref | None = None,
) -> str:
    """Give a report as a part of a page; `level` is that of its heading."""
    return load_template("audit/report.html.jinja")(
        view=view,
        level=level,
        kin=kin,
        rule_href=rule_href,
        say=speak(look),
        tables=_write_tables(view, look, level),
        legend=_write_legend(look),
    )


@lru_cache(maxsize=8)
def _write_legend(look: Look) -> str:
    from markupsafe import Markup

    return Markup(load_template("audit/legend.html.jinja")(say=speak(look)))


def _write_tables(view: ReportView, look: Look, level: int) -> str:
    """Give the tables of a report as HTML: what reports of the same layout share is written once for all of them."""
    from markupsafe import Markup

    if view.layout is None:
        return ""
    say, problems, report = speak(look), [problem.id for problem in view.problems], str(Markup.escape(view.id))
    begin, pieces = _fill_tables(view.layout, level + 2, report)
    parts, cells = [begin], view.cells
    for address, head, span, after in pieces:
        cell = cells[address]
        if cell.mark is None and cell.state == "number" and not cell.touched and cell.text.isalnum():
            parts.append(f'{head}number"{span}>{cell.text}</td>{after}')  # as `write_cell` writes nearly all of them
        else:
            parts.append(write_cell(cell, head, span, problems, say) + after)
    return Markup("".join(parts))


_ID, _SLOT = "<!--id-->", "<!--cell-->"
"""Stand for the id of a report, and for a cell; no label can hold them, for these are escaped."""

_Piece = tuple[str, str, str, str]
"""The address of a cell, its tag up to what it is like, its span, and what follows the cell."""


@lru_cache(maxsize=16)
def _fill_tables(layout: Layout, level: int, report: str) -> tuple[str, tuple[_Piece, ...]]:
    """Give what `_share_tables` gives, for a report of this id: on pages of their own all have the same."""
    begin, pieces = _share_tables(layout, level)
    return begin.replace(_ID, report), tuple(
        (address, head.replace(_ID, report), span, after.replace(_ID, report)) for address, head, span, after in pieces
    )


@lru_cache(maxsize=64)
def _share_tables(layout: Layout, level: int) -> tuple[str, tuple[_Piece, ...]]:
    """Give what the tables of a layout begin with, and their cells with what follows each."""
    from markupsafe import Markup

    write = load_template("audit/tables.html.jinja")
    text = write(tables=layout.tables, id=Markup(_ID), level=level, slots=lambda cells: Markup(_SLOT * len(cells)))
    begin, *rest = text.split(_SLOT)
    return begin, tuple(
        (
            slot.address,
            f'<td id="{_ID}-{Markup.escape(make_harmless(slot.address))}" class="f ',
            f' colspan="{slot.colspan}"' if slot.colspan > 1 else "",
            after,
        )
        for slot, after in zip(layout.slots, rest, strict=True)
    )


def _contents(results: Results, title: str, look: Look, brief: bool) -> str:
    entries = (outline_report(result, look, f"r{number}") for number, result in enumerate(results.reports, 1))
    return load_template("audit/contents.html.jinja")(
        title=title, summary=render_summary(results, look), entries=entries, brief=brief, say=speak(look)
    )
