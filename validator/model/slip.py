"""The slips of people and extractors as data: what each is called, how rare it is, and examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .bilingual import Bilingual

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
