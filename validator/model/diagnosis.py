"""What diagnosis proposes: a set of changes that mends the broken identities together."""

from dataclasses import dataclass

from .report import Number


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that should say something else; `reported` is None where the cell is blank."""

    cell: str
    reported: Number | None
    proposed: Number


@dataclass(frozen=True, slots=True)
class Explanation:
    """A smallest set of changes under which every identity holds.

    `explains` are the fingerprints of the findings it mends. `unique`: the equations leave no other set of
    this size and no other value. `reason` is the id of a slip (data in rules/slips). `suspect` is "report" for
    a slip of the report and "extraction" for one that reading the file may have made.
    """

    changes: tuple[Change, ...]
    explains: tuple[str, ...]
    unique: bool
    reason: str
    suspect: str = "report"
