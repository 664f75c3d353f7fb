"""What a rule file may say, and a kind of rule: all that is known of it in one record.

The types of files are records (validator/records.py), which say all that is needed to check a file; a kind says which
of them, or what type of its own, its files are. The record of a kind stands in the module of its check:
`checking.KINDS` and `comparison.KINDS` are the kinds that there are; whoever loads rules hands them in.
"""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Literal

import msgspec

from validator.errors import RuleError
from validator.model.bilingual import Bilingual
from validator.model.outcome import Severity
from validator.model.result import RuleNote
from validator.patterns import Pattern
from validator.records import Record
from validator.words import ask_nearest

from .expression import Relator, parse_relation

OrganizationLevel = Literal["county", "county-department", "township"]
ExampleValue = int | str | float


class SidedSeverity(Record, frozen=True):
    """A severity for each way in which the two sides of a relation can differ."""

    left_greater: Severity
    right_greater: Severity


class Example(Record, frozen=True, kw_only=True):
    """Cells by their name in the rule and what the rule says of them: exactly one of the first three is given.

    A cell says a number or one of "blank", "/" (not applicable), "unreadable", "missing"; a cell that
    is not named holds 0. `delta` is left less right of a broken relation, `reason` why it was not assessed.
    """

    holds: Mapping[str, ExampleValue] | None = None
    breaks: Mapping[str, ExampleValue] | None = None
    not_assessed: Mapping[str, ExampleValue] | None = None
    delta: int | Decimal | None = None
    reason: str = ""


class Rule(Record, frozen=True, kw_only=True):
    """What every rule file says. `group` is the name of its folder; `forms` are the forms it applies to.

    `title` says what is wrong where it is broken, `holds` what is so where it is not.
    """

    id: str
    kind: str
    severity: Severity | SidedSeverity
    title: Bilingual
    message: Bilingual
    why: Bilingual
    basis: str
    examples: tuple[Example, ...]
    holds: Bilingual | None = None
    group: str = ""
    forms: tuple[str, ...] = ()

    @property
    def worst(self) -> Severity:
        """The heaviest severity that the rule can give."""
        if isinstance(self.severity, Severity):
            return self.severity
        return min(self.severity.left_greater, self.severity.right_greater, key=list(Severity).index)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the rule itself brings for its message, besides those of its kind."""
        return ()

    @property
    def note(self) -> RuleNote:
        """What is shown of the rule."""
        return RuleNote(
            id=self.id,
            group=self.group,
            kind=self.kind,
            severity=self.worst,
            title=self.title,
            why=self.why,
            basis=self.basis,
            forms=self.forms,
            holds=self.holds,
            formula=getattr(self, "check", ""),
        )


class PhrasedRule(Rule, frozen=True, kw_only=True):
    """A rule whose message may need pieces in words of their own: `phrases`, by name."""

    phrases: Mapping[str, Bilingual] = msgspec.field(default_factory=dict)


_SIDES = ("table", "left", "right", "left_figure", "right_figure", "difference")


def _fields_of(rule_id: str, check: str, for_each: str | tuple[str, ...]) -> tuple[str, ...]:
    """Give the fields of a relation's message: its sides, what its loop stands at, and the names that it uses."""
    by_cell = isinstance(for_each, tuple) or for_each.endswith(".cells")
    loop = () if not for_each else ("each",) if by_cell else ("column", "row")
    return (*_SIDES, *loop, *parse_relation(check, f"{rule_id}: check").names)


class Relation(Rule, frozen=True, kw_only=True):
    """A relation between cells; what stands between its sides is one of `relators`.

    `for_each` loops over the columns, the rows or a set of a table ("applications.columns") or over
    address prefixes; names in `check` and `when` are relative to it. `levels` are the kinds of organisation
    that the rule is meant for; empty means all.
    """

    relators: ClassVar[tuple[Relator, ...]]
    exact: ClassVar[bool] = False
    """Whether coverage counts it, and totals are what it says."""

    check: str
    for_each: str | tuple[str, ...] = ""
    when: str = ""
    levels: tuple[OrganizationLevel, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The sides of the relation, what its loop stands at, and the names that it uses."""
        return _fields_of(self.id, self.check, self.for_each)


class LinkedRelation(PhrasedRule, frozen=True, kw_only=True):
    """A relation between cells of a report and cells of others, whose names begin with `link`.

    `for_each` and the names in `check` are as in a Relation. `together`: turns that break are told in one finding.
    """

    link: ClassVar[str]

    check: str
    for_each: str | tuple[str, ...] = ""
    together: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The sides of the relation, what its loop stands at, and the names that it uses."""
        return _fields_of(self.id, self.check, self.for_each)


FIELD = Pattern(r"\{([a-z_.]+)\}")
"""A field of a message: "{column}", "{left}", "{difference}"."""

Subject = Literal["cells", "form", "prose", "years", "versions", "beside", "siblings", "unit", "placement"]
"""What a check looks at, which says what it is given after the rule and when it is called.

"cells" a sheet; "form" a sheet and the outcomes of the rules before it; "years" comparison.years.Years; "versions"
two reports and their form; "beside" a sheet and one of another family, of the same body and year; "siblings" a
report, a comparison.copying.Copy and the ruleset; "unit" a comparison.units.Whole; "placement" a report and its
identity. "prose" alone is given no rule but a claim or a statement, the rules of all kinds of prose by kind, and a
sheet, and gives one outcome or None.
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
