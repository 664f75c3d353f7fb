"""A report as structured counts: cells by address, claims of the prose, and what could not be read."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

import msgspec

from validator.words import join_names, line

from .bilingual import Bilingual
from .document import Paragraph
from .location import TABLE_PLACES, Location

Number = int | Decimal


class CellState(StrEnum):
    """What a cell holds; only NUMBER has a value."""

    NUMBER = "number"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


class ReportCell(NamedTuple):
    """A cell of the form as this report prints it.

    `note` says how the reading came about when it is more than the printed number alone:
    "joined" (digits that stood apart), "annotated" (words beside the number), "chosen" (picked
    among readings by an identity), "ambiguous" (the text does not show which cell a number is in),
    "approximate", "not-a-number"; "" otherwise.
    """

    value: Number | None
    raw: str
    state: CellState
    location: Location
    note: str = ""


class Claim(msgspec.Struct, frozen=True, array_like=True):
    """A quantity that the prose states. `span` are the exact characters, `offset` where they begin in `text`.

    `quantity` is a cell address, a computed address or `narrative.<name>`. `scope` is the word that
    narrows the claim to less than the whole report, "" if none does; `reading` names the readings that the
    wording allows, a key of the data file of claims. One that is not `sure` is for a person to look at.
    """

    text: str
    span: str
    offset: int
    value: Number
    approximate: bool
    quantity: str
    location: Location
    scope: str = ""
    reading: str = ""
    sure: bool = True


class Statement(msgspec.Struct, frozen=True, array_like=True):
    """Figures of the prose that must fit together; each is a claim, with the quantity "" if no table knows it.

    `kind` says how `whole` and `parts` hang together: "list" (the parts make up the whole), "members" (some parts
    of it), "share" (a percentage, and what it is of), "growth" (a percentage with its sign, this year's figure and
    last year's if the text gives it), "change" (a difference from last year with its sign, and this year's figure),
    "previous" (last year's figure, and this year's), "applicants", "results", "grounds", "outcomes" (parts of
    applications or cases), "flow" (received, carried over, handled, carried forward), "all-upheld" (words, and the
    cases they are said of), "all-handled" (words). `beside` are further figures of the same paragraph that they may be
    measured by.
    """

    kind: str
    whole: Claim
    parts: tuple[Claim, ...]
    beside: tuple[Claim, ...] = ()


class Problem(msgspec.Struct, frozen=True, array_like=True):
    """Something the reading met: a kind with a rule of its own, the cells concerned and values for its message."""

    kind: str
    location: Location
    cells: tuple[str, ...] = ()
    values: Mapping[str, str | int] = msgspec.field(default_factory=dict)


class Subtotal(msgspec.Struct, frozen=True, array_like=True):
    """A sum that a report prints in a column which its form lacks: under which label, and of which cells."""

    label: str
    cells: tuple[str, ...]
    value: Number
    location: Location


class Report(msgspec.Struct, frozen=True, array_like=True):
    """One report. `form` is None when the content shows tables of a form but not which form.

    `form` is "narrative" when there is no table of a known form at all. `prose` is the running text, headings among
    it; `line_per_paragraph` says that each of its paragraphs is one printed line. `unclaimed` are figures beside words
    of disclosure work that no reading claims and that equal no cell, as claims without a quantity.
    """

    source: str
    form: str | None
    organization: str | None
    year: int | None
    cells: Mapping[str, ReportCell]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    statements: tuple[Statement, ...] = ()
    prose: tuple[Paragraph, ...] = ()
    line_per_paragraph: bool = False
    unclaimed: tuple[Claim, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()

    def value(self, address: str) -> Number | None:
        """Give the number of a cell; None if it is missing or holds none."""
        cell = self.cells.get(address)
        return None if cell is None else cell.value


def name_tables(cells: Mapping[str, ReportCell], names: Mapping[str, Bilingual]) -> dict[int, Bilingual]:
    """Name the tables of a file, by their number in it, with the names of the form's; these are by cell address.

    Places count rows in the table of the file. Where it is a part of a table of the form or holds several of them, its
    number stands beside their names.
    """
    held: dict[int, dict[Bilingual, None]] = {}
    places = [(cell.location, names.get(address)) for address, cell in cells.items()]
    for number, name in dict.fromkeys([(p.table, name) for p, name in places if isinstance(p, TABLE_PLACES) and name]):
        held.setdefault(number, {})[name] = None
    parts = Counter(name for found in held.values() for name in found)
    return {
        number: next(iter(found))
        if len(found) == 1 and parts[next(iter(found))] == 1
        else line("place-table-in-part", number=number, names=join_names(found, "list"))
        for number, found in held.items()
    }
