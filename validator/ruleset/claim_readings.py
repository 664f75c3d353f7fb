"""rules/claims/readings.yaml -> what else the quantity of a claim may mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from validator.errors import RuleError
from validator.patterns import Pattern

_FIELD = Pattern(r"\{([a-z_]+)\}")
_TERM = Pattern(r"\s*([+-]?)\s*([a-z][a-z0-9_.{}]*)")


Terms = tuple[tuple[int, str], ...]


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What else a quantity may mean: further sums of cells that a claim of it may equal.

    `quantity` matches the address, with a group for each of its {words}; `reading` is that of the claim, "" for
    any. The addresses of `also` hold the same {words}. `at_most`: any figure up to the first sum holds. `loose`:
    a disagreement weighs less.
    """

    quantity: Pattern
    reading: str = ""
    also: tuple[Terms, ...] = ()
    at_most: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class ReadingSpec:
    """One entry: a quantity, the reading of the claim, and the sums that it may be as well."""

    quantity: str
    reading: str = ""
    also: tuple[str, ...] = ()
    at_most: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """The file: a list of entries, of which the first that fits a claim is taken."""

    readings: tuple[ReadingSpec, ...]


def load_readings(path: Path) -> tuple[Reading, ...]:
    """Load the readings of claims; RuleError names the file and the entry that is wrong."""
    from .reading import fill, read_yaml

    return tuple(
        Reading(
            quantity=_pattern(spec.quantity),
            reading=spec.reading,
            also=tuple(_terms(text, spec.quantity, path) for text in spec.also),
            at_most=spec.at_most,
            loose=spec.loose,
        )
        for spec in fill(ReadingFile, read_yaml(path), str(path)).readings
    )


def spell_reading(reading: Reading, quantity: str) -> tuple[Terms, ...] | None:
    """Give the sums that a claim of this quantity may be, its own address first; None if the reading does not fit."""
    found = reading.quantity.fullmatch(quantity)
    if found is None:
        return None
    words: Mapping[str, str] = found.groupdict()
    spelled = (
        tuple((factor, _FIELD.sub(lambda m: words[m[1]], name)) for factor, name in sums) for sums in reading.also
    )
    return (((1, quantity),), *spelled)


def _pattern(quantity: str) -> Pattern:
    escaped = re.escape(quantity).replace(r"\{", "{").replace(r"\}", "}")
    return Pattern(_FIELD.sub(r"(?P<\1>[a-z_]+)", escaped))


def _terms(text: str, quantity: str, path: Path) -> Terms:
    terms: list[tuple[int, str]] = []
    position = 0
    while position < len(text):
        found = _TERM.match(text, position)
        if found is None or (terms and not found.group(1)):
            raise RuleError.of("words-sum", place=f"{path}: {quantity}", text=text)
        terms.append((-1 if found.group(1) == "-" else 1, found.group(2)))
        position = found.end()
    return tuple(terms)
