"""`--report html=PATH`: all reports in one file, and the page of one report in a folder of pages."""

from collections.abc import Callable, Iterator

from validator.model.result import Results
from validator.render.look import Look

from .page import PageLink
from .view import ReportView


def render_html(results: Results, look: Look) -> Iterator[str]:
    """Give one page with all reports, piece by piece; of many reports it begins with a table of contents."""
    raise NotImplementedError


def render_report_page(
    view: ReportView,
    look: Look,
    *,
    trail: tuple[PageLink, ...] = (),
    kin: tuple[PageLink, ...] = (),
    rule_href: Callable[[str], str] | None = None,
) -> str:
    """Give the page of one report in a folder of pages.

    `trail` leads to it from the index, `kin` are pages beside it, such as those of the same body's other years;
    `rule_href` gives the page of a rule, None if rules have none.
    """
    raise NotImplementedError
