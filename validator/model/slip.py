"""The slips of people and extractors as data: what each is called, how rare it is, and examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .bilingual import Bilingual

SlipId = Literal[
    "digit-changed",
    "digits-swapped",
    "digit-dropped",
    "digit-doubled",
    "digit-added",
    "off-by-one",
    "sign",
    "thousands-separator",
    "neighbouring-column",
    "neighbouring-row",
    "cells-exchanged",
    "total-left-zero",
    "total-left-blank",
    "left-out",
    "subtotal-counted",
    "number-split",
    "row-shifted",
    "rows-exchanged",
    "column-blank",
    "row-blank",
    "unknown",
    "several-slips",
    "nothing-small",
]
"""The closed set of slips that diagnosis can recognise. A file of data may be missing; then it is not looked for."""

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
    """A way in which a figure goes wrong.

    `bits` says how rare the slip is among all slips, as the binary logarithm of one in how many; how many wrong
    figures it could have made of the right one is added by the code that recognises it.
    """

    id: SlipId
    name: Bilingual
    why: Bilingual
    bits: int
    suspect: Suspect = "report"
    examples: tuple[SlipExample, ...] = ()
