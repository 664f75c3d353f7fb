"""The audit report a person hands on: pages that need no network, of one report or of many.

For a folder of pages: `view_report` says what there is to show, `render_report_page` makes a page of it, and a page of
one's own goes between `begin_page` and `end_page`, which hold style, script and security policy.
"""

from .page import Frame, PageLink, begin_page, end_page
from .problem import headline
from .report_page import render_html, render_report_page
from .view import ReportView, view_report

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
