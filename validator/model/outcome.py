"""What a rule says of a report: one Outcome for every instance of every rule, and the Finding for a clerk."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

from .bilingual import Bilingual
from .location import Location
from .report import Number


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Verdict(StrEnum):
    """What an instance of a rule came to. NOT_ASSESSED is never a pass."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_ASSESSED = "not_assessed"


class Equation(msgspec.Struct, frozen=True, array_like=True):
    """A linear relation between cells: the terms of the left side, the relation, the terms of the right.

    A term is a whole coefficient and a cell address. A constant is a term with the address "".
    """

    left: tuple[tuple[int, str], ...]
    relation: Literal["=", "<=", ">="]
    right: tuple[tuple[int, str], ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The cells of the equation, left side first, each once."""
        return tuple(dict.fromkeys(address for _, address in (*self.left, *self.right) if address))

    @property
    def coefficients(self) -> dict[str, int]:
        """The coefficient of each cell in left - right; the constant under ""."""
        result: dict[str, int] = {}
        for sign, terms in ((1, self.left), (-1, self.right)):
            for coefficient, address in terms:
                result[address] = result.get(address, 0) + sign * coefficient
        return result


NO_VALUES: Mapping[str, Bilingual] = {}
"""For an outcome that has nothing to say."""


class Outcome(NamedTuple):
    """What one instance of a rule came to.

    `instance` tells instances of a rule apart ("natural_person"); `exact` marks the identities of the
    form that coverage counts. `blanks` are the cells that were blank and counted as 0. `reason` says why
    it was not assessed: "total-blank" (also of the outcome that tells of blank totals), "all-blank",
    "parts-blank", "missing", "unreadable", "not-applicable", between reports also "blank" (a cell that the other
    report would have to agree with) and "no-report" (that of the year before). `values` fill the rule's message.
    `related` are further places, in other files.
    """

    rule: str
    instance: str
    verdict: Verdict
    severity: Severity
    cells: tuple[str, ...] = ()
    exact: bool = False
    equation: Equation | None = None
    left: Number | None = None
    right: Number | None = None
    blanks: tuple[str, ...] = ()
    reason: str = ""
    location: Location | None = None
    values: Mapping[str, Bilingual] = NO_VALUES
    related: tuple[Location, ...] = ()

    @property
    def delta(self) -> Number | None:
        """Left side less right side; None if either is not known."""
        return None if self.left is None or self.right is None else self.left - self.right


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """A broken rule as a clerk reads it: a message that makes sense alone, and where to look.

    `location` is where the first cell stands, `related` where the others do. `fingerprint` stays the same
    over runs and over edits elsewhere: it hashes the report's body and year, the rule and the instance.
    """

    rule: str
    severity: Severity
    fingerprint: str
    message: Bilingual
    cells: tuple[str, ...]
    location: Location
    related: tuple[Location, ...] = ()
    left: Number | None = None
    right: Number | None = None
    delta: Number | None = None
