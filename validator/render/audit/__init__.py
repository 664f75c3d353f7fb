"""The audit report a person hands on: `--report html=PATH`, all reports in one page that needs no network.

For a folder of pages: `view_report` says what there is to show, `render_report_page` makes a page of it, and a page of
one's own goes between `begin_page` and `end_page`, which hold style, script and security policy.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from validator.model.result import Results
from validator.render.look import MANY, Look
from validator.render.template import SLOT, as_html, escape, load_template, slot
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
    yield from begin_page(frame, look)
    if not alone:
        yield _contents(results, title, look, brief)
    for number, result in enumerate(results.reports, 1):
        view = view_report(result, results, look, f"r{number}")
        yield from _fill(_shorten(view) if brief else view, look, level=1 if alone else 2)
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
) -> Iterator[str]:
    """Give the page of one report in a folder of pages, piece by piece.

    `trail` leads to it from the index, `kin` are pages beside it, such as those of the same body's other years;
    `rule_href` gives the page of a rule, "" if that rule has none.
    """
    frame = _frame(view.heading, trail, version)
    yield from begin_page(frame, look)
    yield from _fill(view, look, kin=kin, rule_href=rule_href)
    yield end_page(frame, look)


def _frame(title: str, trail: tuple[PageLink, ...], version: str) -> Frame:
    return Frame(title, trail, words=_WORDS, version=version)


def _fill(
    view: ReportView,
    look: Look,
    *,
    level: int = 1,
    kin: tuple[PageLink, ...] = (),
    rule_href: RuleHref | None = None,
) -> Iterator[str]:
    """Give a report as a part of a page, piece by piece; `level` is that of its heading."""
    text = load_template("audit/report.html.jinja")(
        view=view, level=level, kin=kin, rule_href=rule_href, say=speak(look), slot=slot()
    )
    # What is long does not go through the template.
    long = [_write_legend(look) + _write_tables(view, look, level)] if view.layout and view.layout.tables else []
    long += [] if view.trial is None else [view.trial.shared]
    first, *rest = text.split(SLOT)
    yield first
    for piece, after in zip(long, rest, strict=True):
        yield piece
        yield after


@lru_cache(maxsize=8)
def _write_legend(look: Look) -> str:
    return load_template("audit/legend.html.jinja")(say=speak(look))


def _write_tables(view: ReportView, look: Look, level: int) -> str:
    """Give the tables of a report as HTML: what reports of the same layout share is written once for all of them."""
    if view.layout is None:
        return ""
    say, problems = speak(look), [problem.id for problem in view.problems]
    tables = _fill_tables(view.layout, level + 2, escape(view.id))
    pieces = list(tables.pieces)
    pieces[1::2] = [view.plain.get(address, "") for address in tables.addresses]
    for address, cell in view.cells.items():
        number = 2 * tables.addresses[address]
        pieces[number] = pieces[number].removesuffix(_as_number(tables.spans[address]))
        pieces[number + 1] = write_cell(cell, tables.spans[address], problems, say)
    return "".join(pieces)


def _as_number(span: str) -> str:
    """Give what stands between the class that all cells have and the digits of one that is just a number."""
    return f'number"{span}>'


class _Tables(NamedTuple):
    """The tables of a layout in pieces: cell after cell what stands before it, and room for it, then the rest.

    `addresses` are the numbers of the cells, `spans` what says over how many columns a cell goes.
    """

    pieces: Sequence[str]
    addresses: Mapping[str, int]
    spans: Mapping[str, str]


_ID = "<!--id-->"
"""Stands for the id of a report; no label can hold it, for these are escaped."""


@lru_cache(maxsize=16)
def _fill_tables(layout: Layout, level: int, report: str) -> _Tables:
    """Give what `_share_tables` gives, for a report of this id: on pages of their own all have the same."""
    tables = _share_tables(layout, level)
    return tables._replace(pieces=[piece.replace(_ID, report) for piece in tables.pieces])


@lru_cache(maxsize=64)
def _share_tables(layout: Layout, level: int) -> _Tables:
    """Give the tables of a layout."""
    write = load_template("audit/tables.html.jinja")
    text = write(tables=layout.tables, id=as_html(_ID), level=level, slots=lambda cells: slot(len(cells)))
    before, *rest = text.split(SLOT)
    pieces, spans = [], {}
    for place, after in zip(layout.slots, rest, strict=True):
        spans[place.address] = span = f' colspan="{place.colspan}"' if place.colspan > 1 else ""
        pieces += [f'{before}<td id="{_ID}-{escape(place.address)}" class="f {_as_number(span)}', ""]
        before = f"</td>{after}"
    return _Tables([*pieces, before], {address: number for number, address in enumerate(spans)}, spans)


def _contents(results: Results, title: str, look: Look, brief: bool) -> str:
    entries = (outline_report(result, look, f"r{number}") for number, result in enumerate(results.reports, 1))
    return load_template("audit/contents.html.jinja")(
        title=title, summary=render_summary(results, look), entries=entries, brief=brief, say=speak(look)
    )
