"""The entries of each body in the order of years, with the years that are missing."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from validator.render.look import Look

from .entries import Entry, name_page, say

_CHAINS = ("broken", "parts", "open", "holds", "")
_MOST_YEARS = 20


class Slot(msgspec.Struct, frozen=True):
    """A year of a body: its reports, several if it has versions; `missing` if it should have one and has none."""

    year: int
    entries: tuple[Entry, ...]
    missing: bool

    @property
    def chain(self) -> str:
        """What came of holding its carry-over against last year's report: the worst of its versions."""
        return min((entry.chain for entry in self.entries), key=_CHAINS.index, default="")


class Series(msgspec.Struct, frozen=True):
    """The reports of one body, a slot for each year of the index; `href` is its page as seen from the index."""

    name: str
    href: str
    slots: tuple[Slot, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """All reports of the body, year by year."""
        return (entry for slot in self.slots for entry in slot.entries)

    @property
    def errors(self) -> int:
        """How many problems of its reports are errors."""
        return sum(entry.errors for entry in self.entries)

    @property
    def warnings(self) -> int:
        """How many problems of its reports are warnings."""
        return sum(entry.warnings for entry in self.entries)

    @property
    def missing(self) -> int:
        """How many years have no report."""
        return sum(slot.missing for slot in self.slots)


def gather_series(entries: Sequence[Entry]) -> tuple[list[Series], list[Entry]]:
    """Give the series of all bodies, those with most errors first, and apart the reports of no known body or year.

    A year is missing if the body has a report of an earlier one: what it did before is not known. Inputs that could
    not be read are in neither.
    """
    loose: list[Entry] = []
    bodies: dict[str, dict[int, list[Entry]]] = {}
    for entry in entries:
        if entry.href and (not entry.body or entry.year is None):
            loose.append(entry)
        elif entry.href and entry.year is not None:
            bodies.setdefault(entry.body, {}).setdefault(entry.year, []).append(entry)
    years = _span({year for by_year in bodies.values() for year in by_year})
    series = [
        Series(_name(by_year), f"bodies/{name_page(body)}", tuple(_slots(by_year, years)))
        for body, by_year in bodies.items()
    ]
    return sorted(series, key=lambda body: (-body.errors, -body.warnings, -body.missing, body.name)), loose


def _span(years: set[int]) -> Sequence[int]:
    """Give the years of the index: from the first to the last, unless one was misread and they lie far apart."""
    if years and max(years) - min(years) < _MOST_YEARS:
        return range(min(years), max(years) + 1)
    return sorted(years)


def _slots(by_year: dict[int, list[Entry]], years: Sequence[int]) -> Iterator[Slot]:
    first = min(by_year)
    for year in years:
        yield Slot(year, tuple(by_year.get(year, ())), missing=year > first and year not in by_year)


def _name(by_year: dict[int, list[Entry]]) -> str:
    """Give the name that the latest report gives its body."""
    return by_year[max(by_year)][0].name


def tell_chain(slot: Slot, before: Slot | None, look: Look) -> str:
    """Say in words what came of holding a year's carry-over against the report before it; "" if it was not held."""
    if not slot.chain:
        return ""
    over = next((e.carried_over for e in slot.entries if e.chain == slot.chain), "")
    forward = next((e.carried_forward for e in before.entries if e.carried_forward), "") if before else ""
    if slot.chain == "broken" and over and forward:
        return say(
            "site-told-broken", look, over=over, forward=forward, delta=str(abs(Decimal(over) - Decimal(forward)))
        )
    return say(f"site-chain-{slot.chain}", look)
