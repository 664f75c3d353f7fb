"""What a rule says of a report: one Outcome for every instance of every rule, and the Finding for a clerk.

An Explanation of findings is a set of changes that mends the broken identities together, and the slips that made them.
Slips are data (rules/slips.yaml): what each is called, how rare it is, and examples.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Literal, NamedTuple

import msgspec

from validator.records import Record

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


class Equation(msgspec.Struct, frozen=True, array_like=True, cache_hash=True, dict=True):
    """A linear relation between cells: the terms of the left side, the relation, the terms of the right.

    A term is a whole coefficient and a cell address. A constant is a term with the address "". All reports of a form
    share the equations of its rules, so what follows from one is worked out once.
    """

    left: tuple[tuple[int, str], ...]
    relation: Literal["=", "<=", ">="]
    right: tuple[tuple[int, str], ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The cells of the equation, left side first, each once."""
        return tuple(dict.fromkeys(address for _, address in (*self.left, *self.right) if address))

    @cached_property
    def coefficients(self) -> Mapping[str, int]:
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


Suspect = Literal["report", "extraction"]


class SlipExample(Record, frozen=True):
    """What a report printed and what was meant: cells with their text, and the cells that should say otherwise.

    A cell that neither names holds 0; "" is a blank cell.
    """

    printed: Mapping[str, int | str]
    meant: Mapping[str, int]


class Slip(Record, frozen=True, eq=False):
    """A way in which a figure goes wrong. Each `id` is one that validator/diagnosis recognises.

    `bits` says how rare the slip is among all slips, as the binary logarithm of one in how many; how many wrong
    figures it could have made of the right one is added by the code that recognises it.
    """

    id: str
    name: Bilingual
    why: Bilingual
    bits: int
    suspect: Suspect = "report"
    examples: tuple[SlipExample, ...] = ()


Confidence = Literal["unique", "one-of", "detected", "larger", "partial"]
"""How far the equations carry an explanation.

"unique": they leave no other; "one-of": others stand, which are told too; "detected": they show that something
is wrong among these cells and cannot show which; "larger": it mends the same as a smaller one before it and takes a
cell more; "partial": it mends some of what is broken, not all.
"""


class Change(msgspec.Struct, frozen=True, array_like=True):
    """One cell that should say something else; `reported` is None where the cell is blank.

    `reason` is the slip that made this figure, `mends` the fingerprints of the findings that name the cell.
    """

    cell: str
    reported: Number | None
    proposed: Number
    reason: str = ""
    mends: tuple[str, ...] = ()


class Explanation(msgspec.Struct, frozen=True, array_like=True):
    """A smallest set of changes under which every identity it shares cells with holds.

    `explains` are the fingerprints of the findings it mends. `unique`: the equations leave no other set of
    this size and no other value. `reason` is the id of a slip (data in rules/slips). `suspect` is "report" for
    a slip of the report and "extraction" for one that reading the file may have made.

    `operation`: the changes are one act, such as a block of cells typed one column off, and count once.
    `alternatives` is how many other sets as small mend the same, told or not. `complete`: those are all there are,
    and none smaller exists. `at_least`: fewer changed cells than this cannot mend it, which is proved.
    Where changes have nothing to do with each other, `parts` are the single mistakes, each with what it mends.
    No changes at all (reason "nothing-small") say that no small set was found.
    """

    changes: tuple[Change, ...]
    explains: tuple[str, ...]
    unique: bool
    reason: str
    suspect: Suspect = "report"
    confidence: Confidence = "one-of"
    operation: bool = False
    alternatives: int = 0
    complete: bool = True
    at_least: int = 1
    parts: tuple["Explanation", ...] = ()
