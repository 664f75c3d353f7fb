"""Whose report it is: the line over what is said of it."""

from validator.model.report import Report
from validator.model.result import ReportResult
from validator.words import describe_form, line

from .look import Look


def render_heading(report: Report | ReportResult, look: Look) -> str:
    """Name the body, the year and the form of a report."""
    name = report.organization or look.say(line("nameless"))
    form = look.say(describe_form(report.form))
    if report.year is None:
        return look.say(line("heading-without-year", name=name, form=form))
    return look.say(line("heading", name=name, year=report.year, form=form))
