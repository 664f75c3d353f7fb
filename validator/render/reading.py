"""A report as `gouji read` prints it: with the form that gives its cells names, and its problems in words."""

import msgspec

from validator.model.bilingual import Bilingual
from validator.model.form import Form
from validator.model.report import Report


class Reading(msgspec.Struct, frozen=True):
    """A report, the form it follows if it follows one, and a line for each of its problems."""

    report: Report
    form: Form | None
    details: tuple[Bilingual, ...]
    readable: bool = True
