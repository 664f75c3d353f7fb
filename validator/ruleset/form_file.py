"""What a form file (rules/forms/*.yaml) may say. forms.py turns it into the Form that every layer uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from validator.model.bilingual import Bilingual


@dataclass(frozen=True)
class ColumnSpec:
    """A column, or with `columns` a label over several; its id, if any, begins theirs."""

    label: str
    id: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    total: bool = False
    money: bool = False
    signed: bool = False
    columns: tuple["ColumnSpec", ...] = ()


@dataclass(frozen=True)
class RowSpec:
    """A row, or with `rows` a label over several; its id, if any, begins theirs."""

    label: str
    id: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    total: bool = False
    money: bool = False
    may_stand_alone: bool = False
    rows: tuple["RowSpec", ...] = ()


@dataclass(frozen=True)
class SumSpec:
    """A column that no form prints but prose speaks of: the sum of some that it does print."""

    id: str
    label: str
    en: str
    sums: tuple[str, ...]


@dataclass(frozen=True)
class BlockSpec:
    """A part of a table under one header; `sets` names groups of rows or columns for rules."""

    label: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    note: str = ""
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    computed: tuple[SumSpec, ...] = ()


@dataclass(frozen=True)
class Change:
    """How a table differs from that of the form before; rows and columns are named by their ids in the table.

    `drop` leaves a row or column out, with those inside it. `relabel` gives one the `label`, `en` and `aliases` beside
    it. `row` is a new one `below` another, `column` a new one `right_of` another, and a member of `sets`.
    """

    drop: str = ""
    relabel: str = ""
    label: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    row: RowSpec | None = None
    below: str = ""
    column: ColumnSpec | None = None
    right_of: str = ""
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSpec:
    """A table; its addresses begin with `prefix`, or with its id if that is not given.

    Without blocks it is the table of this id in the form before, with `changes`.
    """

    id: str
    name: Bilingual | None = None
    heading: str = ""
    blocks: tuple[BlockSpec, ...] = ()
    prefix: str | None = None
    by_position: bool = False
    units: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class SectionSpec:
    """A heading of the report, and how real reports word it."""

    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormFile:
    """A form, in use from `first_year` to `last_year` or until a later one begins.

    `keys` are words that only its tables print. `after` is the form that it follows: tables, keys and sections that it
    does not give are as there, but for the tables of `without`, and so is how prose words its figures.
    """

    id: str
    first_year: int
    title: Bilingual
    basis: str
    keys: tuple[str, ...] = ()
    sections: tuple[SectionSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    last_year: int | None = None
    after: str = ""
    without: tuple[str, ...] = ()
