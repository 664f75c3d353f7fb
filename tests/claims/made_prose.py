"""Reports made of a few sentences and a few cells, and what is found in them."""

from collections.abc import Mapping

from made_sheets import RULESET, make_report
from msgspec.structs import replace
from score import load

from validator.checking import check, to_findings
from validator.extraction.claims import Prose, read_prose
from validator.model.document import Paragraph
from validator.model.location import TextPlace
from validator.model.outcome import Finding, Outcome
from validator.model.report import Number, Report

WORDINGS = load()
FORMS = {"statistics": "2014", "made": "2019", "published": "2019"}


def read_lines(text: str, year: int = 2023, *, lines: bool = False) -> Prose:
    paragraphs = [Paragraph(line, TextPlace(number, 1)) for number, line in enumerate(text.split("\n"), 1)]
    return read_prose(paragraphs, lines, None, year, WORDINGS)


def report_with(
    text: str,
    figures: Mapping[str, Number | str],
    *,
    form_id: str = "2021",
    organization: str | None = "某县人民政府",
    default: Number | str = 0,
) -> Report:
    form = RULESET.forms[form_id]
    report = make_report(form, figures, organization=organization, default=default)
    prose = read_prose([Paragraph(text, TextPlace(500, 1))], False, form_id, form.first_year, WORDINGS)
    return replace(report, claims=prose.claims, statements=prose.statements)


def outcomes_of(report: Report) -> list[Outcome]:
    return [outcome for outcome in check(report, RULESET) if outcome.rule.startswith("narrative-")]


def findings_of(report: Report) -> list[Finding]:
    found = to_findings(report, RULESET, check(report, RULESET))
    return [finding for finding in found if finding.rule.startswith("narrative-")]
