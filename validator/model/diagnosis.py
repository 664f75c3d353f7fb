"""What diagnosis proposes: a set of changes that mends the broken identities together, and the slips that made them.

Slips are data (rules/slips.yaml): what each is called, how rare it is, and examples.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from .bilingual import Bilingual
from .report import Number

Suspect = Literal["report", "extraction"]


@dataclass(frozen=True, slots=True)
class SlipExample:
    """What a report printed and what was meant: cells with their text, and the cells that should say otherwise.

    A cell that neither names holds 0; "" is a blank cell.
    """

    printed: Mapping[str, int | str]
    meant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Slip:
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
