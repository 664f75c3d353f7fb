"""What renderers have in common: how results should look, a report as `gouji read` gives it, the line over a report."""

import msgspec

from validator.model.bilingual import Bilingual, Language
from validator.model.form import Form
from validator.model.report import Report
from validator.model.result import ReportResult
from validator.words import describe_form, line

MANY = 20
"""From more reports on one page is cut, for no browser likes to open 20 MB: a site has all of it."""


class Look(msgspec.Struct, frozen=True):
    """The language, whether to leave out all but problems, and the screen.

    `width` is in character cells, None where lines must not be broken (a pipe, a file).
    """

    language: Language = "zh"
    quiet: bool = False
    width: int | None = None
    colour: bool = False

    def say(self, text: Bilingual) -> str:
        """Give the text in the language of this look."""
        return text.in_language(self.language)


class Reading(msgspec.Struct, frozen=True):
    """A report, the form it follows if it follows one, and a line for each of its problems."""

    report: Report
    form: Form | None
    details: tuple[Bilingual, ...]
    readable: bool = True


def render_heading(report: ReportResult | Reading, look: Look) -> str:
    """Name the body, the year and the form of a report."""
    if isinstance(report, Reading):
        return _head(report.report, None if report.form is None else report.form.title, look)
    return _head(report, report.form_title, look)


def _head(report: Report | ReportResult, title: Bilingual | None, look: Look) -> str:
    name = report.organization or look.say(line("nameless"))
    form = look.say(describe_form(report.form, title))
    if report.year is None:
        return look.say(line("heading-without-year", name=name, form=form))
    return look.say(line("heading", name=name, year=report.year, form=form))
