"""A kind of rule: all that is known of it in one record, which stands in the module of its check.

`checking.KINDS` and `comparison.KINDS` are the kinds that there are; whoever loads rules hands them in.
"""

from collections.abc import Callable, Collection
from typing import Any, Literal

import msgspec

from validator.errors import RuleError
from validator.patterns import Pattern
from validator.words import ask_nearest

from .schema import Rule

FIELD = Pattern(r"\{([a-z_.]+)\}")
"""A field of a message: "{column}", "{left}", "{difference}"."""

Subject = Literal["cells", "form", "prose", "years", "versions", "siblings", "unit", "placement"]
"""What a check looks at, which says what it is given after the rule and when it is called.

"cells" a sheet; "form" a sheet and the outcomes of the rules before it; "years" comparison.years.Years; "versions" two
reports and their form; "siblings" a report, a comparison.copying.Copy and the ruleset; "unit" a comparison.units.Whole;
"placement" a report and its identity. "prose" alone is given no rule but a claim or a statement, the rules of all kinds
of prose by kind, and a sheet, and gives one outcome or None.
"""


class Kind(msgspec.Struct, frozen=True):
    """A kind of rule. `rule` is the type of its files, `fields` what its messages may use besides what a rule brings.

    `check` gives outcomes, one for each instance of the rule. Only of a kind with `several` may users add rules; where
    `apart` names a key, those of this program have every value of it that there is.
    `judges` are the kinds of statements of the prose (model.report.Statement) that the check is called with, "claim"
    for single claims; a kind of prose without them is one that the check of another kind may choose.
    `despite`: a check of years is called also where something keeps the years from being held together.
    """

    name: str
    subject: Subject
    check: Callable[..., Any]
    fields: tuple[str, ...] = ()
    rule: type[Rule] = Rule
    several: bool = False
    apart: str = ""
    judges: tuple[str, ...] = ()
    despite: bool = False


def check_message(rule: Rule, known: Collection[str], place: str) -> None:
    """Raise RuleError if a message uses a field that is not known, or if the languages differ in them."""
    used = {language: set(FIELD.findall(rule.message.in_language(language))) for language in ("zh", "en")}
    for language, names in used.items():
        for name in sorted(names.difference(known)):
            raise RuleError.of(
                "rule-no-field", place=place, language=language, name=name, near=ask_nearest(name, known)
            )
    if used["zh"] != used["en"]:
        odd = ", ".join(sorted(used["zh"] ^ used["en"]))
        raise RuleError.of("rule-odd-field", place=place, odd=odd)
