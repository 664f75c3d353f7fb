"""What a rule file may say. A kind of rule (see kinds.py) says which of these types, or what type of its own, it is.

The types are plain frozen dataclasses, which say all that pydantic needs to check a file (see validator/records.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from validator.model.bilingual import Bilingual
from validator.model.outcome import Severity
from validator.model.result import RuleNote

from .expression import Relator, parse_relation

GROUPS = ("applications", "review", "proactive", "statistics", "narrative", "continuity", "units", "form")
"""The groups of the built-in rules, each a folder of files."""

OrganizationLevel = Literal["county", "county-department", "township"]
ExampleValue = int | str | float


@dataclass(frozen=True, slots=True)
class SidedSeverity:
    """A severity for each way in which the two sides of a relation can differ."""

    left_greater: Severity
    right_greater: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Cells by their name in the rule and what the rule says of them: exactly one of the first three is given.

    A cell says a number or one of "blank", "/" (not applicable), "unreadable", "missing"; a cell that
    is not named holds 0. `delta` is left less right of a broken relation, `reason` why it was not assessed.
    """

    holds: Mapping[str, ExampleValue] | None = None
    breaks: Mapping[str, ExampleValue] | None = None
    not_assessed: Mapping[str, ExampleValue] | None = None
    delta: int | Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
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


@dataclass(frozen=True, kw_only=True)
class PhrasedRule(Rule):
    """A rule whose message may need pieces in words of their own: `phrases`, by name."""

    phrases: Mapping[str, Bilingual] = field(default_factory=dict)


_SIDES = ("table", "left", "right", "left_figure", "right_figure", "difference")


def _fields_of(rule_id: str, check: str, for_each: str | tuple[str, ...]) -> tuple[str, ...]:
    """Give the fields of a relation's message: its sides, what its loop stands at, and the names that it uses."""
    by_cell = isinstance(for_each, tuple) or for_each.endswith(".cells")
    loop = () if not for_each else ("each",) if by_cell else ("column", "row")
    return (*_SIDES, *loop, *parse_relation(check, f"{rule_id}: check").names)


@dataclass(frozen=True, kw_only=True)
class Relation(Rule):
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


@dataclass(frozen=True, kw_only=True)
class LinkedRelation(PhrasedRule):
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
