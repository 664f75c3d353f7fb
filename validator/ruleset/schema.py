"""What a rule file may say. Each kind of rule is one of these types; `KINDS` is the closed set of them.

The types are plain frozen dataclasses, which say all that pydantic needs to check a file (see validator/records.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from validator.model.bilingual import Bilingual
from validator.model.form import FormId
from validator.model.outcome import Severity

GROUPS = ("applications", "review", "proactive", "statistics", "narrative", "continuity", "units", "form")
"""The groups of the built-in rules, each a folder of files."""

OrganizationLevel = Literal["county", "county-department", "township"]
ExampleValue = int | str | Decimal
"""The text stands before the decimal number: pydantic takes the first that fits, and "1.5" would fit both."""


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
    """What every rule file says. `group` is the name of its folder; `forms` are the forms it applies to."""

    id: str
    kind: str
    severity: Severity | SidedSeverity
    title: Bilingual
    message: Bilingual
    why: Bilingual
    basis: str
    examples: tuple[Example, ...]
    group: str = ""
    forms: tuple[FormId, ...] = ()

    @property
    def worst(self) -> Severity:
        """The heaviest severity that the rule can give."""
        if isinstance(self.severity, Severity):
            return self.severity
        return min(self.severity.left_greater, self.severity.right_greater, key=list(Severity).index)


@dataclass(frozen=True, kw_only=True)
class Relation(Rule):
    """A relation between cells: `identity` (=, exact), `bound` (<=, >=), `both-or-neither` (<=>) or `distinct` (!=).

    `for_each` loops over the columns, the rows or a set of a table ("applications.columns") or over
    address prefixes; names in `check` and `when` are relative to it. `levels` are the kinds of organisation
    that the rule is meant for; empty means all.
    """

    check: str
    for_each: str | tuple[str, ...] = ""
    when: str = ""
    levels: tuple[OrganizationLevel, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProblemRule(Rule):
    """One finding for each problem of a kind that reading the report met; `values` are the fields it brings."""

    problem: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FormRule(Rule):
    """A rule about the form as a whole, whose kind says all there is to say."""


@dataclass(frozen=True, kw_only=True)
class ProseRule(Rule):
    """A rule about what the prose says, whose kind says what; `phrases` are pieces that its message may need."""

    phrases: Mapping[str, Bilingual] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SeriesRule(Rule):
    """A rule that needs other reports beside the one it is told in: the body's other years, versions, a unit.

    `phrases` are pieces that its message may need.
    """

    phrases: Mapping[str, Bilingual] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LinkedRelation(SeriesRule):
    """A relation between cells of a report and cells of others, whose names begin with `link`.

    `for_each` and the names in `check` are as in a Relation. `together`: turns that break are told in one finding.
    """

    check: str
    for_each: str | tuple[str, ...] = ""
    together: bool = False

    @property
    def link(self) -> str:
        """What the names of cells of the other reports begin with."""
        return "units." if self.kind == "unit-sum" else "last."


@dataclass(frozen=True, kw_only=True)
class YearRelation(LinkedRelation):
    """A relation with last year's report; `parts_severity` is for turns that are no total, where only they break."""

    parts_severity: Severity | None = None


@dataclass(frozen=True, kw_only=True)
class UnitRelation(LinkedRelation):
    """A relation with the sums over a unit's members.

    `exact_severity` is for a unit whose sums are meant to be exact. `complete_only`: held against nothing but the sums
    of such a unit with no member missing.
    """

    exact_severity: Severity | None = None
    complete_only: bool = False


@dataclass(frozen=True, kw_only=True)
class IdenticalRule(SeriesRule):
    """Tables that repeat last year's: at least so many figures in so many different values, stocks left out."""

    tables: tuple[str, ...]
    figures: int
    different: int
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SlipRule(SeriesRule):
    """An amount that is so many times last year's, or so many times less, that its unit is in doubt."""

    cells: tuple[str, ...]
    at_least: int
    at_most: int


@dataclass(frozen=True, kw_only=True)
class CopyRule(SeriesRule):
    """Prose that stands in another report: from this percentage on, of so many characters at least.

    Sentences with one of the words of `leave_out` are what the form or the law says and do not count.
    """

    percent: int
    characters: int
    leave_out: tuple[str, ...] = ()


KINDS: Mapping[str, type[Rule]] = {
    "identity": Relation,
    "bound": Relation,
    "both-or-neither": Relation,
    "distinct": Relation,
    "problem": ProblemRule,
    "form-year": FormRule,
    "count-cells": FormRule,
    "blank-cells": FormRule,
    "blank-totals": FormRule,
    "blank-parts": FormRule,
    "no-figures": FormRule,
    "claim": ProseRule,
    "claim-blank": ProseRule,
    "claim-scoped": ProseRule,
    "claim-approximate": ProseRule,
    "claim-loose": ProseRule,
    "all-upheld": ProseRule,
    "all-handled": ProseRule,
    "flow": ProseRule,
    "parts": ProseRule,
    "outcomes": ProseRule,
    "share": ProseRule,
    "share-cut": ProseRule,
    "growth": ProseRule,
    "last-year": YearRelation,
    "unit-sum": UnitRelation,
    "growth-last-year": SeriesRule,
    "unit-slip": SlipRule,
    "identical-years": IdenticalRule,
    "year-missing": SeriesRule,
    "body-unknown": SeriesRule,
    "versions": SeriesRule,
    "copied-last-year": CopyRule,
    "copied-sibling": CopyRule,
    "year-left": SeriesRule,
    "name-left": SeriesRule,
}
